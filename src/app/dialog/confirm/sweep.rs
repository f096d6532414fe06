//! Clearing a host of everything that nobody uses, by choice: what would go of each kind, and how much that frees.

use super::act::{ConfirmOption, OptionName, is_on};
use crate::app::host::Host;
use crate::domain::text::{counted, long_bytes};
use crate::domain::{
    DiskItem, DiskKind, ImageRequest, NetworkRequest, PruneReach, Request, SystemRequest, VolumeRequest,
};

/// What nobody uses, as the engine told it last.
#[derive(Clone, Debug)]
pub struct Sweep {
    containers: Unused,
    dangling: Unused,
    images: Unused,
    volumes: Unused,
    /// `None`: the engine keeps none (Podman).
    cache: Option<Unused>,
    reach: PruneReach,
}

#[derive(Clone, Copy, Debug, Default)]
struct Unused {
    count: usize,
    bytes: u64,
}

impl Sweep {
    /// `reach` is how this engine names volumes of all kinds that nobody uses.
    pub fn new(host: &Host, reach: PruneReach) -> Self {
        let unused = |kind: DiskKind, fits: fn(&DiskItem) -> bool| {
            let found = host.disk.rows.iter().find(|row| row.kind == kind);
            let (count, bytes) = found.map(|row| row.unused(fits)).unwrap_or_default();
            Unused { count, bytes }
        };
        let is_podman = host.facts.as_ref().is_some_and(|facts| &*facts.product == "Podman");
        Self {
            containers: unused(DiskKind::Containers, |item| &*item.note != "paused"),
            dangling: unused(DiskKind::Images, |item| item.is_dangling),
            images: unused(DiskKind::Images, |_| true),
            volumes: unused(DiskKind::Volumes, |_| true),
            cache: (!is_podman).then(|| unused(DiskKind::BuildCache, |_| true)),
            reach,
        }
    }

    /// What is lost for good is not chosen at first.
    pub(super) fn options(&self) -> Vec<ConfirmOption> {
        let toggle = |name, on| ConfirmOption::Toggle { name, on };
        let mut options = vec![
            toggle(OptionName::StoppedContainers, true),
            toggle(OptionName::UnusedNetworks, true),
            toggle(OptionName::DanglingImages, true),
            toggle(OptionName::UnusedImages, false),
            toggle(OptionName::UnusedVolumes, false),
        ];
        options.extend(self.cache.map(|_| toggle(OptionName::BuildCache, true)));
        options
    }

    /// In the order in which one frees what the next may take.
    pub(super) fn requests(&self, options: &[ConfirmOption]) -> Vec<Request> {
        let unused = is_on(options, OptionName::UnusedImages);
        let chosen: [(bool, Request); 5] = [
            (is_on(options, OptionName::StoppedContainers), SystemRequest::PruneContainers.into()),
            (is_on(options, OptionName::UnusedNetworks), NetworkRequest::Prune { labels: Vec::new() }.into()),
            (
                unused || is_on(options, OptionName::DanglingImages),
                ImageRequest::Prune { unused, until: String::new() }.into(),
            ),
            (
                is_on(options, OptionName::UnusedVolumes),
                VolumeRequest::Prune { reach: self.reach, labels: Vec::new() }.into(),
            ),
            (is_on(options, OptionName::BuildCache), SystemRequest::PruneBuildCache { all: false }.into()),
        ];
        chosen.into_iter().filter(|(on, _)| *on).map(|(_, request)| request).collect()
    }

    /// What goes of each kind as the options stand, and what all of it frees.
    pub(super) fn notes(&self, options: &[ConfirmOption]) -> Vec<String> {
        let images = if is_on(options, OptionName::UnusedImages) { self.images } else { self.dangling };
        let takes_images = is_on(options, OptionName::UnusedImages) || is_on(options, OptionName::DanglingImages);
        let kinds = [
            (is_on(options, OptionName::StoppedContainers), self.containers, "container", "containers"),
            (takes_images, images, "image", "images"),
            (is_on(options, OptionName::UnusedVolumes), self.volumes, "volume", "volumes"),
            (is_on(options, OptionName::BuildCache), self.cache.unwrap_or_default(), "cache record", "cache records"),
        ];
        let chosen = kinds.into_iter().filter(|(on, ..)| *on);
        let mut total: u64 = 0;
        let mut told = Vec::new();
        for (_, unused, one, many) in chosen {
            total = total.saturating_add(unused.bytes);
            told.push(format!("{} ({})", counted(unused.count, one, many), long_bytes(unused.bytes)));
        }
        let mut notes = Vec::new();
        if !told.is_empty() {
            notes.push(format!("As it was measured: {}.", told.join(", ")));
            notes.push(format!("That frees {} or more: what goes first may free what others held.", long_bytes(total)));
        }
        if is_on(options, OptionName::UnusedVolumes) && self.volumes.count > 0 {
            notes.push("What is in those volumes is lost for good.".to_owned());
        }
        notes
    }
}
