//! What is fixed of each view: one row of facts each, and what is read from them.

use super::View;
use crate::app::detail::Tab;

/// What is the same of a view whatever the host.
struct Facts {
    title: &'static str,
    /// Where the line of views has little room.
    short: &'static str,
    /// What a list of them has none of.
    plural: &'static str,
    /// DESIGN: 1 Containers … 9 System, 0 Hosts.
    digit: char,
    /// The tabs that its things have in the detail pane, in order; the first one is shown until another is chosen.
    tabs: &'static [Tab],
    /// The command that helps where there are none, and what it does.
    remedy: Option<(&'static str, &'static str)>,
}

const CONTAINERS: Facts = Facts {
    title: "Containers",
    short: "Cont",
    plural: "containers",
    digit: '1',
    tabs: &[Tab::Logs, Tab::Stats, Tab::Top, Tab::Inspect, Tab::Env, Tab::Changes, Tab::Files, Tab::Links],
    remedy: Some(("container.create", "creates one")),
};

const IMAGES: Facts = Facts {
    title: "Images",
    short: "Images",
    plural: "images",
    digit: '2',
    tabs: &[Tab::History, Tab::Platforms, Tab::Inspect, Tab::Links],
    remedy: Some(("image.pull", "pulls one")),
};

const VOLUMES: Facts = Facts {
    title: "Volumes",
    short: "Vols",
    plural: "volumes",
    digit: '3',
    tabs: &[Tab::Inspect, Tab::Files, Tab::Links],
    remedy: None,
};

const NETWORKS: Facts = Facts {
    title: "Networks",
    short: "Nets",
    plural: "networks",
    digit: '4',
    tabs: &[Tab::Members, Tab::Inspect, Tab::Links],
    remedy: None,
};

const REGISTRIES: Facts = Facts {
    title: "Registries",
    short: "Regs",
    plural: "registries",
    digit: '7',
    tabs: &[Tab::Inspect],
    remedy: Some(("registry.login", "logs in to one")),
};

const EVENTS: Facts = Facts {
    title: "Events",
    short: "Events",
    plural: "events",
    digit: '8',
    tabs: &[Tab::Inspect],
    remedy: Some(("events.range", "asks for older ones")),
};

const SYSTEM: Facts = Facts {
    title: "System",
    short: "System",
    plural: "figures of its disk",
    digit: '9',
    tabs: &[Tab::Engine, Tab::Items, Tab::Plugins, Tab::Inspect],
    remedy: None,
};

impl View {
    pub const ALL: [Self; 7] =
        [Self::Containers, Self::Images, Self::Volumes, Self::Networks, Self::Registries, Self::Events, Self::System];

    fn facts(self) -> &'static Facts {
        match self {
            Self::Containers => &CONTAINERS,
            Self::Images => &IMAGES,
            Self::Volumes => &VOLUMES,
            Self::Networks => &NETWORKS,
            Self::Registries => &REGISTRIES,
            Self::Events => &EVENTS,
            Self::System => &SYSTEM,
        }
    }

    pub fn title(self) -> &'static str {
        self.facts().title
    }

    /// The name that it has on narrow screens.
    pub fn short_title(self) -> &'static str {
        self.facts().short
    }

    /// What a list of them has none of.
    pub fn plural(self) -> &'static str {
        self.facts().plural
    }

    /// The digit that shows it.
    pub fn digit(self) -> char {
        self.facts().digit
    }

    /// The tabs that its things have, in order.
    pub fn tabs(self) -> &'static [Tab] {
        self.facts().tabs
    }

    /// The command that helps where the list is empty, and what it does.
    pub fn remedy(self) -> Option<(&'static str, &'static str)> {
        self.facts().remedy
    }
}
