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
    Registries,
    Events,
    System,
    /// The list of all hosts, and the page about one of them.
    Hosts,
    /// The detail pane has the focus, whatever its tab.
    Detail,
    Logs,
    Stats,
    /// A tab of the detail pane that is a table: Top, Env, Changes, History, Platforms, Members, Links.
    Tables,
    Top,
    Inspect,
    Env,
    /// A tab whose rows are other things: Members, Links.
    Links,
    /// The Plugins tab has the focus.
    Plugins,
    /// The Files tab has the focus.
    Files,
    /// The console pane has the focus, and what is typed means commands of it.
    Console,
    /// A part of what a session shows is being marked.
    Marking,
    /// What is typed goes to the session in the console pane.
    Session,
    /// The failure at the foot has the keyboard.
    Notice,
}

impl Scope {
    pub const ALL: [Self; 24] = [
        Self::Anywhere,
        Self::Lists,
        Self::Containers,
        Self::Images,
        Self::Volumes,
        Self::Networks,
        Self::Registries,
        Self::Events,
        Self::System,
        Self::Hosts,
        Self::Detail,
        Self::Logs,
        Self::Stats,
        Self::Tables,
        Self::Top,
        Self::Inspect,
        Self::Env,
        Self::Links,
        Self::Plugins,
        Self::Files,
        Self::Console,
        Self::Marking,
        Self::Session,
        Self::Notice,
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
            Self::Registries => "Registries",
            Self::Events => "Events",
            Self::System => "System",
            Self::Hosts => "Hosts",
            Self::Detail => "Detail",
            Self::Logs => "Logs",
            Self::Stats => "Stats",
            Self::Tables => "Tables",
            Self::Top => "Top",
            Self::Inspect => "Inspect",
            Self::Env => "Env",
            Self::Links => "Links",
            Self::Plugins => "Plugins",
            Self::Files => "Files",
            Self::Console => "Console",
            Self::Marking => "Marking in the console",
            Self::Session => "In a session",
            Self::Notice => "Notice",
        }
    }

    /// Why its commands mean nothing where the user is.
    pub fn elsewhere(self) -> &'static str {
        match self {
            Self::Anywhere => "it works anywhere",
            Self::Lists => "it works in a list",
            Self::Containers => "it works among the containers",
            Self::Images => "it works among the images",
            Self::Volumes => "it works among the volumes",
            Self::Networks => "it works among the networks",
            Self::Registries => "it works among the registries",
            Self::Events => "it works among the events",
            Self::System => "it works in the System view",
            Self::Hosts => "it works in the Hosts view",
            Self::Detail => "it works in the detail pane",
            Self::Logs => "it works in a log",
            Self::Stats => "it works in the Stats tab",
            Self::Tables => "it works in the tabs Top, Env, Changes, History, Platforms, Members and Links",
            Self::Top => "it works in the Top tab",
            Self::Inspect => "it works in the Inspect tab",
            Self::Env => "it works in the Env tab",
            Self::Links => "it works in the tabs Links and Members",
            Self::Plugins => "it works in the Plugins tab of the System view",
            Self::Files => "it works in the Files tab",
            Self::Console => "it works in the console pane",
            Self::Marking => "it works while a part of a session is marked",
            Self::Session => "it works while a session in a pane is typed to",
            Self::Notice => "no failure has the focus",
        }
    }
}
