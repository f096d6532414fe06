//! What the lines' times are shown as.

/// What the lines' times are shown as. The pane leaves room for them in front of each line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Timestamps {
    #[default]
    Off,
    /// `14:51:07 `.
    Time,
    /// `2026-11-20 14:51:07.123 `.
    Full,
    /// `2026-11-20 14:51:07.123Z `, wherever the user is.
    Utc,
    /// How long ago: `  15m `.
    Age,
}

impl Timestamps {
    /// Columns that a time takes, the space behind it included.
    pub fn columns(self) -> usize {
        match self {
            Self::Off => 0,
            Self::Time => 9,
            Self::Full => 24,
            Self::Utc => 25,
            Self::Age => 6,
        }
    }

    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self::Off => Self::Time,
            Self::Time => Self::Full,
            Self::Full => Self::Utc,
            Self::Utc => Self::Age,
            Self::Age => Self::Off,
        }
    }
}
