//! Where a key means something.

/// A place in the program with keys of its own. Inner scopes are asked before outer ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    Anywhere,
    /// Any list has the focus.
    Lists,
    Containers,
    Images,
    Volumes,
    Networks,
    /// The detail pane has the focus, whatever its tab.
    Detail,
    Logs,
    Top,
    Inspect,
    Env,
}

impl Scope {
    pub const ALL: [Self; 11] = [
        Self::Anywhere,
        Self::Lists,
        Self::Containers,
        Self::Images,
        Self::Volumes,
        Self::Networks,
        Self::Detail,
        Self::Logs,
        Self::Top,
        Self::Inspect,
        Self::Env,
    ];

    /// The heading in help and README.
    pub fn title(self) -> &'static str {
        match self {
            Self::Anywhere => "Anywhere",
            Self::Lists => "Lists",
            Self::Containers => "Containers",
            Self::Images => "Images",
            Self::Volumes => "Volumes",
            Self::Networks => "Networks",
            Self::Detail => "Detail",
            Self::Logs => "Logs",
            Self::Top => "Top",
            Self::Inspect => "Inspect",
            Self::Env => "Env",
        }
    }
}
