//! Clearing a host of everything that nobody uses, by choice: what would go of each kind, and how much that frees.

use super::act::{ConfirmOption, OptionName, is_on};
use super::unused::Unused as Networks;
use crate::app::host::Host;
use crate::domain::text::{counted, long_bytes};
use crate::domain::{
    Container, DiskItem, DiskKind, ImageRequest, NetworkRequest, PruneReach, Request, SystemRequest, VolumeRequest,
};
use std::collections::HashSet;

/// What nobody uses, as the engine told it last.
#[derive(Clone, Debug)]
pub struct Sweep {
    containers: Unused,
    /// While all containers stay, and once those are gone that do not run.
    plans: [Plan; 2],
    /// `None`: the engine keeps none (Podman).
    cache: Option<Unused>,
    reach: PruneReach,
}

/// What containers could hold, and nobody does.
#[derive(Clone, Debug)]
struct Plan {
    dangling: Unused,
    images: Unused,
    volumes: Unused,
    /// `None`: they are not known yet.
    networks: Option<usize>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Unused {
    count: usize,
    bytes: u64,
}

impl Unused {
    fn of<'a>(items: impl Iterator<Item = &'a DiskItem>) -> Self {
        items.fold(Self::default(), |sum, item| Self {
            count: sum.count + 1,
            bytes: sum.bytes.saturating_add(item.size),
        })
    }
}

impl Plan {
    fn of(host: &Host, takes_stopped: bool) -> Self {
        let stays = |row: &&Container| !takes_stopped || row.state.is_up();
        let rows: Vec<&Container> = host.containers.rows.iter().filter(stays).collect();
        let images: HashSet<&str> = rows.iter().map(|row| bare(row.image_id.as_str())).collect();
        let volumes: HashSet<&str> =
            rows.iter().flat_map(|row| &row.mounts).map(|mount| &*mount.name).filter(|name| !name.is_empty()).collect();
        // The engine knows better who holds it while nothing has gone.
        let free_image = |item: &&DiskItem| match takes_stopped {
            true => !images.contains(bare(&item.id)),
            false => !item.in_use,
        };
        let free_volume = |item: &&DiskItem| match takes_stopped {
            true => !volumes.contains(&*item.name),
            false => !item.in_use,
        };
        Self {
            dangling: Unused::of(of_kind(host, DiskKind::Images).filter(free_image).filter(|item| item.is_dangling)),
            images: Unused::of(of_kind(host, DiskKind::Images).filter(free_image)),
            volumes: Unused::of(of_kind(host, DiskKind::Volumes).filter(free_volume)),
            networks: host.networks.fresh.at.map(|_| Networks::networks(host, takes_stopped).count()),
        }
    }
}

/// Podman leaves out what sort of digest it is.
fn bare(id: &str) -> &str {
    id.strip_prefix("sha256:").unwrap_or(id)
}

fn of_kind(host: &Host, kind: DiskKind) -> impl Iterator<Item = &DiskItem> {
    host.disk.rows.iter().filter(move |row| row.kind == kind).flat_map(|row| &row.items)
}

impl Sweep {
    /// `reach` is how this engine names volumes of all kinds that nobody uses.
    pub fn new(host: &Host, reach: PruneReach) -> Self {
        let is_podman = host.facts.as_ref().is_some_and(|facts| &*facts.product == "Podman");
        let stopped = of_kind(host, DiskKind::Containers).filter(|item| !item.in_use);
        let cache = of_kind(host, DiskKind::BuildCache).filter(|item| !item.in_use);
        Self {
            containers: Unused::of(stopped),
            plans: [Plan::of(host, false), Plan::of(host, true)],
            cache: (!is_podman).then(|| Unused::of(cache)),
            reach,
        }
    }

    /// The same, with what became known meanwhile.
    pub fn again(&self, host: &Host) -> Self {
        Self::new(host, self.reach)
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
        let is_on = |name| is_on(options, name);
        let [kept, swept] = &self.plans;
        let plan = if is_on(OptionName::StoppedContainers) { swept } else { kept };
        let images = if is_on(OptionName::UnusedImages) { plan.images } else { plan.dangling };
        let takes_images = is_on(OptionName::UnusedImages) || is_on(OptionName::DanglingImages);
        let kinds = [
            (is_on(OptionName::StoppedContainers), self.containers, "container", "containers"),
            (takes_images, images, "image", "images"),
            (is_on(OptionName::UnusedVolumes), plan.volumes, "volume", "volumes"),
            (is_on(OptionName::BuildCache), self.cache.unwrap_or_default(), "cache record", "cache records"),
        ];
        let mut total: u64 = 0;
        let mut told = Vec::new();
        for (_, unused, one, many) in kinds.into_iter().filter(|(on, ..)| *on) {
            total = total.saturating_add(unused.bytes);
            told.push(format!("{} ({})", counted(unused.count, one, many), long_bytes(unused.bytes)));
        }
        if is_on(OptionName::UnusedNetworks) {
            let networks = plan.networks.map(|count| counted(count, "network", "networks"));
            told.insert(told.len().min(1), networks.unwrap_or_else(|| "networks (not counted yet)".to_owned()));
        }
        let mut notes = Vec::new();
        if !told.is_empty() {
            notes.push(format!("That frees {}, or more where images share what goes.", long_bytes(total)));
            notes.push(format!("As it was measured: {}.", told.join(", ")));
        }
        if is_on(OptionName::UnusedVolumes) && plan.volumes.count > 0 {
            notes.push("What is in those volumes is lost for good.".to_owned());
        }
        notes
    }
}
