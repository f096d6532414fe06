//! Plugins: those that the engine brings along, and those that were installed.

/// One plugin, or one driver that the engine has built in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plugin {
    pub name: Box<str>,
    /// `volume`, `network`, `log`, `authorization`; of an installed one, the capability it offers.
    pub kind: Box<str>,
    /// `None`: it is built in and cannot be switched.
    pub enabled: Option<bool>,
    pub description: Box<str>,
}
