//! What the list pane lists: one kind of things of the host on screen, or the hosts themselves.

use super::view::View;

/// Where the user is. What a host shows is the host's own and kept in its [`View`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Place {
    /// At the host on screen.
    #[default]
    Host,
    /// Above all hosts.
    Hosts,
    /// Among the containers of all hosts.
    Everywhere,
}

/// What stands in the list pane.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Listing {
    View(View),
    Hosts,
    Everywhere,
}

impl Listing {
    /// All that has a name in the line of views, in its order.
    pub fn all() -> impl Iterator<Item = Self> {
        View::ALL.into_iter().map(Self::View).chain([Self::Hosts])
    }

    pub fn title(self) -> &'static str {
        match self {
            Self::View(view) => view.title(),
            Self::Hosts => "Hosts",
            Self::Everywhere => "All containers",
        }
    }

    /// The name that it has on narrow screens.
    pub fn short_title(self) -> &'static str {
        match self {
            Self::View(view) => view.short_title(),
            Self::Hosts | Self::Everywhere => self.title(),
        }
    }

    /// What a list of them has none of.
    pub fn plural(self) -> &'static str {
        match self {
            Self::View(view) => view.plural(),
            Self::Hosts => "hosts",
            Self::Everywhere => "containers",
        }
    }

    /// The digit that shows it (DESIGN: 1 Containers … 9 System, 0 Hosts).
    pub fn digit(self) -> char {
        match self {
            Self::View(view) => view.digit(),
            Self::Hosts => '0',
            Self::Everywhere => '@',
        }
    }
}

impl From<View> for Listing {
    fn from(view: View) -> Self {
        Self::View(view)
    }
}
