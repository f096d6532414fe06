//! What a field asks: label, hint, shape and the check of what is typed. Tables of these make the forms.

use crate::domain::Invalid;

/// The description of a field.
#[derive(Debug)]
pub struct Ask {
    pub name: Name,
    pub label: &'static str,
    /// What to write, shown while the field has the focus.
    pub hint: &'static str,
    pub section: Section,
    pub shape: Shape,
    /// What is wrong with a text, or with one line where there are several. Empty text is never asked about.
    pub check: fn(&str) -> Result<(), Invalid>,
}

/// Which field of which meaning; unique in a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Name {
    Image,
    Name,
    Command,
    Entrypoint,
    Start,
    Environment,
    EnvironmentFile,
    Labels,
    WorkingDir,
    User,
    Ports,
    Network,
    Hostname,
    ExtraHosts,
    Dns,
    Mounts,
    Memory,
    Cpus,
    Restart,
    AutoRemove,
    Tty,
    InPane,
    Interactive,
    Init,
    Privileged,
    CapAdd,
    CapDrop,
    Reference,
    Signal,
    Address,
    Tls,
    Ca,
    Certificate,
    Key,
    Color,
    ReadOnly,
    ByName,
    Default,
    Path,
    Owner,
    Lines,
    Times,
    Raw,
    Since,
    Until,
    Folder,
    Dockerfile,
    Tags,
    Arguments,
    Target,
    Platform,
    NoCache,
    PullBases,
    Builder,
    AllTags,
    Author,
    Message,
    Changes,
    Pause,
    Driver,
    Options,
    Subnets,
    Internal,
    Attachable,
    Ipv6,
    Container,
    Aliases,
    Address4,
    Address6,
    Registry,
    Password,
    Settings,
}

/// A part of a long form that can be skipped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    Basics,
    Environment,
    Network,
    Storage,
    Runtime,
    Security,
    Options,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// One line of text.
    Line,
    /// One line that is never shown.
    Secret,
    /// One entry a line.
    Lines,
    /// Yes or no, and what it is at first.
    Toggle(bool),
}

impl Section {
    pub fn title(self) -> &'static str {
        match self {
            Self::Basics => "Basics",
            Self::Environment => "Environment",
            Self::Network => "Network",
            Self::Storage => "Storage",
            Self::Runtime => "Runtime and limits",
            Self::Security => "Security",
            Self::Options => "Options",
        }
    }
}
