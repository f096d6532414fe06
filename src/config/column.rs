//! The columns that a list of containers can show.

use std::fmt;
use std::str::FromStr;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    Name,
    State,
    Image,
    Cpu,
    Memory,
    Network,
    Block,
    Pids,
    Ports,
    Project,
    Age,
    Id,
    Command,
    Networks,
}

impl Column {
    pub const ALL: [Self; 14] = [
        Self::Name,
        Self::State,
        Self::Image,
        Self::Cpu,
        Self::Memory,
        Self::Network,
        Self::Block,
        Self::Pids,
        Self::Ports,
        Self::Project,
        Self::Age,
        Self::Id,
        Self::Command,
        Self::Networks,
    ];

    /// What is shown when the user says nothing.
    pub const DEFAULT: [Self; 9] = [
        Self::Name,
        Self::State,
        Self::Image,
        Self::Cpu,
        Self::Memory,
        Self::Network,
        Self::Ports,
        Self::Project,
        Self::Age,
    ];

    /// The word in the config file.
    pub fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::State => "state",
            Self::Image => "image",
            Self::Cpu => "cpu",
            Self::Memory => "memory",
            Self::Network => "network",
            Self::Block => "block",
            Self::Pids => "pids",
            Self::Ports => "ports",
            Self::Project => "project",
            Self::Age => "age",
            Self::Id => "id",
            Self::Command => "command",
            Self::Networks => "networks",
        }
    }
}

impl FromStr for Column {
    /// What is allowed instead.
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let names = || Self::ALL.map(Self::name).join(", ");
        Self::ALL
            .into_iter()
            .find(|column| column.name() == text)
            .ok_or_else(|| format!("a column, which “{text}” is not; columns are {}", names()))
    }
}

impl fmt::Display for Column {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
