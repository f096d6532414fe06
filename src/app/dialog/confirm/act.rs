//! The acts that are asked about first: their options, and the requests that come of them.

use super::prune::PrunePlan;
use super::removal::Removal;
use super::sweep::Sweep;
use super::unused::Unused;
use crate::app::host::Host;
use crate::app::line_input::LineInput;
use crate::domain::{
    ContainerRequest, Network, NetworkRequest, PluginRequest, Request, Target, VolumeName, VolumeRequest,
};

/// What is to be done, before the options are applied.
#[derive(Clone, Debug)]
pub enum Act {
    Stop(Vec<Target>),
    Restart(Vec<Target>),
    Kill {
        targets: Vec<Target>,
        signal: String,
    },
    Remove(Vec<Target>),
    RemoveImages(Removal),
    RemoveVolumes(Vec<VolumeName>),
    RemoveNetworks(Vec<Network>),
    PruneImages(PrunePlan),
    Disconnect {
        network: Network,
        target: Target,
    },
    Unused(Unused),
    DisablePlugin(Box<str>),
    RemovePlugin(Box<str>),
    /// Everything that nobody uses, by choice.
    Sweep(Sweep),
    /// Requests without options, and what is to be said of them.
    Plain {
        requests: Vec<Request>,
        notes: Vec<String>,
    },
}

/// Seconds that engines wait for a container to stop where nobody says otherwise.
const PATIENCE: &str = "10";

/// Something about the act that can be chosen in the dialog.
#[derive(Debug)]
pub enum ConfirmOption {
    Toggle {
        name: OptionName,
        on: bool,
    },
    Seconds {
        name: OptionName,
        text: LineInput,
    },
    /// As in `7d`; empty for any.
    Age {
        name: OptionName,
        text: LineInput,
    },
    Text {
        name: OptionName,
        text: LineInput,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OptionName {
    Timeout,
    Force,
    ForceImage,
    Volumes,
    AllNames,
    KeepParents,
    UnusedImages,
    OlderThan,
    ForceVolume,
    ForceDisconnect,
    ForceDisable,
    ForcePlugin,
    AllVolumes,
    WithLabels,
    StoppedContainers,
    UnusedNetworks,
    DanglingImages,
    UnusedVolumes,
    BuildCache,
}

impl OptionName {
    pub fn label(self) -> &'static str {
        match self {
            Self::Timeout => "seconds until it is killed (empty: its own setting)",
            Self::Force => "force (kill it if it runs)",
            Self::ForceImage => "force (even if containers use it)",
            Self::AllNames => "all names that it has, not only the first",
            Self::Volumes => "remove its anonymous volumes",
            Self::KeepParents => "keep parents without a name",
            Self::UnusedImages => "all that no container uses, also those with a name",
            Self::StoppedContainers => "containers that do not run",
            Self::UnusedNetworks => "networks that nothing uses",
            Self::DanglingImages => "images without a name",
            Self::UnusedVolumes => "volumes that no container has, with what is in them",
            Self::BuildCache => "the cache of builds",
            Self::OlderThan => "only those older than (12h, 7d, 4w; empty: any)",
            Self::ForceVolume => "force (even if its driver does not answer)",
            Self::ForceDisconnect => "force (even if the container does not answer)",
            Self::ForceDisable => "force (even if something uses it)",
            Self::ForcePlugin => "force (even if it is enabled)",
            Self::AllVolumes => "named ones as well, not only anonymous ones",
            Self::WithLabels => "only with these labels (key or key=value)",
        }
    }
}

impl Act {
    /// What can be chosen, as it is at first.
    pub(super) fn options(&self, host: &Host) -> Vec<ConfirmOption> {
        let toggle = |name, on| ConfirmOption::Toggle { name, on };
        match self {
            Self::Stop(_) | Self::Restart(_) => {
                // Podman gives containers that were made over this API a timeout of nothing at all.
                let is_podman = host.facts.as_ref().is_some_and(|facts| &*facts.product == "Podman");
                let text = if is_podman { LineInput::new(PATIENCE) } else { LineInput::default() };
                vec![ConfirmOption::Seconds { name: OptionName::Timeout, text }]
            }
            Self::PruneImages(_) => PrunePlan::options(),
            Self::Kill { .. } | Self::RemoveNetworks(_) | Self::Plain { .. } => Vec::new(),
            Self::RemoveVolumes(_) => vec![toggle(OptionName::ForceVolume, false)],
            Self::Disconnect { .. } => vec![toggle(OptionName::ForceDisconnect, false)],
            Self::DisablePlugin(_) => vec![toggle(OptionName::ForceDisable, false)],
            Self::RemovePlugin(_) => vec![toggle(OptionName::ForcePlugin, false)],
            Self::Unused(prune) => {
                let labels = ConfirmOption::Text { name: OptionName::WithLabels, text: LineInput::default() };
                let all = prune.is_divided().then(|| toggle(OptionName::AllVolumes, false));
                all.into_iter().chain([labels]).collect()
            }
            Self::Sweep(sweep) => sweep.options(),
            Self::Remove(targets) => {
                let any_up =
                    targets.iter().any(|target| host.container(&target.id).is_some_and(|row| row.state.is_up()));
                vec![toggle(OptionName::Force, any_up), toggle(OptionName::Volumes, false)]
            }
            Self::RemoveImages(removal) => removal.options(),
        }
    }

    /// What is asked of the engine as the options stand.
    pub(super) fn requests(&self, options: &[ConfirmOption]) -> Vec<Request> {
        let timeout = seconds(options);
        match self {
            Self::Stop(targets) => each(targets, |target| ContainerRequest::Stop { target, timeout }),
            Self::Restart(targets) => each(targets, |target| ContainerRequest::Restart { target, timeout }),
            Self::Kill { targets, signal } => {
                each(targets, |target| ContainerRequest::Kill { target, signal: signal.clone() })
            }
            Self::Remove(targets) => {
                let (force, volumes) = (is_on(options, OptionName::Force), is_on(options, OptionName::Volumes));
                each(targets, |target| ContainerRequest::Remove { target, force, volumes })
            }
            Self::RemoveImages(removal) => removal.requests(options),
            Self::RemoveVolumes(names) => {
                let force = is_on(options, OptionName::ForceVolume);
                each(names, |name| VolumeRequest::Remove { name, force })
            }
            Self::Disconnect { network, target } => vec![
                NetworkRequest::Disconnect {
                    id: network.id.clone(),
                    name: network.name.clone(),
                    target: target.clone(),
                    force: is_on(options, OptionName::ForceDisconnect),
                }
                .into(),
            ],
            Self::DisablePlugin(name) => {
                let force = is_on(options, OptionName::ForceDisable);
                vec![PluginRequest::Disable { name: name.clone(), force }.into()]
            }
            Self::RemovePlugin(name) => {
                let force = is_on(options, OptionName::ForcePlugin);
                vec![PluginRequest::Remove { name: name.clone(), force }.into()]
            }
            Self::Unused(prune) => vec![prune.request(is_on(options, OptionName::AllVolumes), labels(options))],
            Self::RemoveNetworks(networks) => {
                each(networks, |network| NetworkRequest::Remove { id: network.id, name: network.name })
            }
            Self::PruneImages(_) => PrunePlan::requests(options),
            Self::Sweep(sweep) => sweep.requests(options),
            Self::Plain { requests, .. } => requests.clone(),
        }
    }
}

impl Act {
    /// What is to be said as the options stand, where that depends on them.
    pub(super) fn notes_now(&self, options: &[ConfirmOption]) -> Option<Vec<String>> {
        if let Self::Sweep(sweep) = self {
            return Some(sweep.notes(options));
        }
        if let Self::RemoveImages(removal) = self {
            return Some(removal.notes(options));
        }
        if let Self::PruneImages(plan) = self {
            return Some(plan.notes(options));
        }
        let Self::Unused(prune) = self else { return None };
        Some(prune.notes(is_on(options, OptionName::AllVolumes), labels(options)))
    }

    /// Whether what it tells first is how much goes.
    pub fn is_measured(&self) -> bool {
        matches!(self, Self::Sweep(_) | Self::PruneImages(_) | Self::Unused(_))
    }

    /// Whether its targets are kinds of things that its choices name.
    pub fn names_kinds(&self) -> bool {
        matches!(self, Self::Sweep(_))
    }

    /// Why it cannot be done as the options stand.
    pub(super) fn hindrance(&self, options: &[ConfirmOption]) -> Option<String> {
        match self {
            Self::Unused(prune) => prune.hindrance(is_on(options, OptionName::AllVolumes), labels(options)),
            Self::Sweep(sweep) => sweep.requests(options).is_empty().then(|| "Nothing is chosen.".to_owned()),
            _ => None,
        }
    }
}

fn each<T: Clone, R: Into<Request>>(objects: &[T], request: impl Fn(T) -> R) -> Vec<Request> {
    objects.iter().cloned().map(|object| request(object).into()).collect()
}

pub(super) fn is_on(options: &[ConfirmOption], wanted: OptionName) -> bool {
    options.iter().any(|option| matches!(option, ConfirmOption::Toggle { name, on: true } if *name == wanted))
}

fn seconds(options: &[ConfirmOption]) -> Option<u32> {
    options.iter().find_map(|option| match option {
        ConfirmOption::Seconds { text, .. } => text.text().parse().ok(),
        ConfirmOption::Toggle { .. } | ConfirmOption::Age { .. } | ConfirmOption::Text { .. } => None,
    })
}

fn labels(options: &[ConfirmOption]) -> &str {
    let text = options.iter().find_map(|option| match option {
        ConfirmOption::Text { name: OptionName::WithLabels, text } => Some(text.text()),
        ConfirmOption::Text { .. }
        | ConfirmOption::Age { .. }
        | ConfirmOption::Toggle { .. }
        | ConfirmOption::Seconds { .. } => None,
    });
    text.unwrap_or_default()
}
