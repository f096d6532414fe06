//! Requests about plugins: what is installed into an engine and runs beside it.

use super::Request;
use super::act::{Act, Verb, command_line};
use super::api::{ApiCall, encode, switch};
use crate::domain::plugin::{Privilege, discreet_setting};

/// One changing call on one plugin.
#[derive(Clone, Debug, PartialEq)]
pub enum PluginRequest {
    /// `POST /plugins/pull`, then its settings, then enabling it.
    Install(Box<PluginInstall>),
    /// `POST /plugins/{name}/upgrade`
    Upgrade { name: Box<str>, reference: String, privileges: Vec<Privilege> },
    /// `POST /plugins/{name}/enable`
    Enable { name: Box<str> },
    /// `POST /plugins/{name}/disable`
    Disable { name: Box<str>, force: bool },
    /// `DELETE /plugins/{name}`
    Remove { name: Box<str>, force: bool },
    /// `POST /plugins/{name}/set`, each as `NAME=value`.
    Set { name: Box<str>, settings: Vec<String> },
}

/// A plugin from a registry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PluginInstall {
    pub reference: String,
    /// What it is called here; empty for its own name.
    pub alias: String,
    /// As `NAME=value`.
    pub settings: Vec<String>,
    pub enable: bool,
    /// What it wants to be allowed, which whoever installs it agrees to.
    pub privileges: Vec<Privilege>,
}

impl PluginInstall {
    /// What it is called here once it is installed.
    pub fn name(&self) -> &str {
        if self.alias.is_empty() { &self.reference } else { &self.alias }
    }
}

impl From<PluginRequest> for Request {
    fn from(request: PluginRequest) -> Self {
        Self::Plugin(request)
    }
}

impl PluginRequest {
    fn words(&self, settings: &[String]) -> Vec<String> {
        match self {
            Self::Install(install) => {
                let mut words = command_line(&["plugin", "install", "--grant-all-permissions"], &[], &[]);
                if !install.alias.is_empty() {
                    words.extend(["--alias".to_owned(), install.alias.clone()]);
                }
                words.extend((!install.enable).then(|| "--disable".to_owned()));
                words.push(install.reference.clone());
                words.extend_from_slice(settings);
                words
            }
            Self::Upgrade { name, reference, .. } => {
                command_line(&["plugin", "upgrade", "--grant-all-permissions"], &[], &[name, reference])
            }
            Self::Enable { name } => command_line(&["plugin", "enable"], &[], &[name]),
            Self::Disable { name, force } => command_line(&["plugin", "disable"], &[(*force, "--force")], &[name]),
            Self::Remove { name, force } => command_line(&["plugin", "rm"], &[(*force, "--force")], &[name]),
            Self::Set { name, .. } => {
                let mut words = command_line(&["plugin", "set"], &[], &[name]);
                words.extend_from_slice(settings);
                words
            }
        }
    }

    fn settings(&self) -> &[String] {
        match self {
            Self::Install(install) => &install.settings,
            Self::Set { settings, .. } => settings,
            Self::Upgrade { .. } | Self::Enable { .. } | Self::Disable { .. } | Self::Remove { .. } => &[],
        }
    }
}

impl Act for PluginRequest {
    fn verb(&self) -> Verb {
        match self {
            Self::Install(_) => Verb::new("Install", "Installing", "Installed"),
            Self::Upgrade { .. } => Verb::new("Upgrade", "Upgrading", "Upgraded"),
            Self::Enable { .. } => Verb::new("Enable", "Enabling", "Enabled"),
            Self::Disable { .. } => Verb::new("Disable", "Disabling", "Disabled"),
            Self::Remove { .. } => Verb::new("Remove", "Removing", "Removed"),
            Self::Set { .. } => Verb::new("Set", "Setting up", "Set up"),
        }
    }

    fn object(&self) -> &str {
        match self {
            Self::Install(install) => install.name(),
            Self::Upgrade { name, .. }
            | Self::Enable { name }
            | Self::Disable { name, .. }
            | Self::Remove { name, .. }
            | Self::Set { name, .. } => name,
        }
    }

    fn nouns(&self) -> &'static str {
        "plugins"
    }

    fn consequence(&self) -> String {
        match self {
            Self::Install(install) if install.enable => {
                "Installs the plugin, allows it what it wants, and starts it: it runs as root on the engine's machine."
            }
            Self::Install(_) => "Installs the plugin and allows it what it wants; it does nothing until it is enabled.",
            Self::Upgrade { .. } => {
                "Puts another version in the plugin's place and allows it what that wants. Its settings stay; it stays \
                 disabled until it is enabled."
            }
            Self::Enable { .. } => "Starts the plugin, which runs as root on the engine's machine.",
            Self::Disable { force: false, .. } => {
                "Stops the plugin: volumes, networks and logs that need it cannot be used until it is enabled again. \
                 The engine refuses while something uses it."
            }
            Self::Disable { force: true, .. } => {
                "Stops the plugin even if something uses it: what depends on it breaks until it is enabled again."
            }
            Self::Remove { .. } => "Deletes the plugin with its settings and its own files; this cannot be undone.",
            Self::Set { .. } => "Changes how the plugin is set up; that counts from when it is enabled.",
        }
        .to_owned()
    }

    fn api(&self) -> ApiCall {
        let of = |name: &str, act: &str| format!("/plugins/{}/{act}", encode(name));
        match self {
            Self::Install(install) => ApiCall::new(
                "POST",
                "/plugins/pull".to_owned(),
                &[("remote", install.reference.clone()), ("name", install.alias.clone())],
            ),
            Self::Upgrade { name, reference, .. } => {
                ApiCall::new("POST", of(name, "upgrade"), &[("remote", reference.clone())])
            }
            Self::Enable { name } => ApiCall::new("POST", of(name, "enable"), &[]),
            Self::Disable { name, force } => ApiCall::new("POST", of(name, "disable"), &[("force", switch(*force))]),
            Self::Remove { name, force } => {
                ApiCall::new("DELETE", format!("/plugins/{}", encode(name)), &[("force", switch(*force))])
            }
            Self::Set { name, .. } => ApiCall::new("POST", of(name, "set"), &[]),
        }
    }

    fn docker_words(&self) -> Vec<String> {
        self.words(self.settings())
    }

    fn discreet_words(&self) -> Vec<String> {
        let discreet: Vec<String> = self.settings().iter().map(|setting| discreet_setting(setting)).collect();
        self.words(&discreet)
    }

    fn is_destructive(&self) -> bool {
        match self {
            Self::Disable { .. } | Self::Remove { .. } => true,
            Self::Install(_) | Self::Upgrade { .. } | Self::Enable { .. } | Self::Set { .. } => false,
        }
    }

    fn tells_progress(&self) -> bool {
        matches!(self, Self::Install(_) | Self::Upgrade { .. })
    }
}
