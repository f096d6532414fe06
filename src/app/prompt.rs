//! A line being typed into a pane: the filter of a list, the search of a log.

use super::line_input::LineInput;

#[derive(Debug)]
pub struct Prompt {
    pub purpose: Purpose,
    pub input: LineInput,
    /// What was there before, for Esc.
    pub before: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Filters the list as it is typed.
    Filter,
    /// Searches the log or the tree in the detail pane.
    Search,
    /// What the Top tab calls the host's `ps` with.
    PsArguments,
}

impl Purpose {
    /// Whether each change counts at once, and not only the line as a whole.
    pub fn is_incremental(self) -> bool {
        match self {
            Self::Filter | Self::Search => true,
            Self::PsArguments => false,
        }
    }
}
