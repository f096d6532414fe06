//! Clearing a host of everything that nobody uses, by choice: what would go of each kind, and how much that frees.

use super::act::{ConfirmOption, OptionName, is_on};
use super::unused::Unused as Networks;
use crate::app::host::Host;
use crate::domain::text::{clean, counted, long_bytes};
use crate::domain::{
    Container, DiskItem, DiskKind, ImageRequest, NetworkRequest, PruneReach, Request, SystemRequest, VolumeRequest,
};
use std::collections::HashSet;

/// Names told of each kind; more are counted.
const NAMED: usize = 4;

/// What nobody uses, as the engine told it last.
#[derive(Clone, Debug)]
pub struct Sweep {
    containers: Unused,
    /// While all containers stay, and once those are gone that do not run.
    plans: [Plan; 2],
    /// `None`: the engine keeps none (Podman).
    cache: Option<Unused>,
    /// The cache of builds has layers of images as well.
    cache_holds: bool,
    reach: PruneReach,
}

/// What containers could hold, and nobody does.
#[derive(Clone, Debug)]
struct Plan {
    dangling: Images,
    images: Images,
    volumes: Unused,
    /// `None`: they are not known yet.
    networks: Option<Unused>,
}

#[derive(Clone, Debug, Default)]
struct Unused {
    count: usize,
    /// At the least.
    bytes: u64,
    /// The first of them.
    names: Vec<String>,
}

#[derive(Clone, Debug)]
struct Images {
    unused: Unused,
    /// Bytes that go at the most: layers that only images share which go are counted once. `None`: nobody knows.
    most: Option<u64>,
    /// Some of what they are made of stays, as others have it.
    is_shared: bool,
}

impl Unused {
    fn of<'a>(items: impl Iterator<Item = &'a DiskItem>) -> Self {
        let mut all = Self::default();
        for item in items {
            all.count += 1;
            all.bytes = all.bytes.saturating_add(item.size);
            if all.names.len() < NAMED {
                all.names.push(title(item));
            }
        }
        all
    }

    /// `3 volumes (70.0 KiB): data, old, tmp and 1 more.`
    fn told(&self, one: &str, many: &str) -> String {
        let bytes = if self.bytes > 0 { format!(" ({})", long_bytes(self.bytes)) } else { String::new() };
        let names = match self.count.saturating_sub(self.names.len()) {
            _ if self.names.is_empty() => String::new(),
            0 => format!(": {}", self.names.join(", ")),
            more => format!(": {} and {more} more", self.names.join(", ")),
        };
        format!("{}{bytes}{names}.", counted(self.count, one, many))
    }
}

impl Images {
    fn of(host: &Host, goes: impl Fn(&DiskItem) -> bool) -> Self {
        let (going, staying): (Vec<&DiskItem>, Vec<&DiskItem>) =
            of_kind(host, DiskKind::Images).partition(|item| goes(item));
        let unused = Unused::of(going.iter().copied());
        let layers: u64 = host.disk.rows.iter().filter(|row| row.kind == DiskKind::Images).map(|row| row.size).sum();
        let own = |items: &[&DiskItem]| items.iter().fold(0_u64, |sum, item| sum.saturating_add(item.size));
        // Of what the others share, the largest share of one stays in any case.
        let stays = own(&staying).saturating_add(staying.iter().map(|item| item.shared).max().unwrap_or(0));
        let whole = unused.bytes.saturating_add(going.iter().map(|item| item.shared).fold(0, u64::saturating_add));
        let most = match going.as_slice() {
            // Whoever shares with it stays.
            [] | [_] => Some(unused.bytes),
            _ => layers.checked_sub(stays).map(|most| most.min(whole)).filter(|most| *most >= unused.bytes),
        };
        let is_shared = going.iter().any(|item| item.shared > 0);
        Self { most, unused, is_shared }
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
        let is_free_image = |item: &DiskItem| match takes_stopped {
            true => !images.contains(bare(&item.id)),
            false => !item.in_use,
        };
        let is_free_volume = |item: &&DiskItem| match takes_stopped {
            true => !volumes.contains(&*item.name),
            false => !item.in_use,
        };
        Self {
            dangling: Images::of(host, |item| item.is_dangling && is_free_image(item)),
            images: Images::of(host, is_free_image),
            volumes: Unused::of(of_kind(host, DiskKind::Volumes).filter(is_free_volume)),
            networks: host.networks.fresh.at.map(|_| {
                let networks = Networks::networks(host, takes_stopped);
                let names = networks.names().take(NAMED).map(|name| clean(name).into_owned()).collect();
                Unused { count: networks.count(), bytes: 0, names }
            }),
        }
    }
}

/// An image without a name by its id; an anonymous volume by its first digits.
fn title(item: &DiskItem) -> String {
    match bare(&item.name) {
        name if name.len() == 64 && name.bytes().all(|byte| byte.is_ascii_hexdigit()) => {
            name.get(..12).unwrap_or(name).to_owned()
        }
        _ => clean(&item.name).into_owned(),
    }
}

/// Podman leaves out what sort of digest it is.
fn bare(id: &str) -> &str {
    id.strip_prefix("sha256:").unwrap_or(id)
}

fn of_kind(host: &Host, kind: DiskKind) -> impl Iterator<Item = &DiskItem> {
    host.disk.rows.iter().filter(move |row| row.kind == kind).flat_map(|row| &row.items)
}

/// What builds keep of their own and no image has: a prune without `all` leaves the others.
fn goes_with_cache(item: &&DiskItem) -> bool {
    !item.in_use && !item.is_shared && !matches!(&*item.note, "internal" | "frontend")
}

impl Sweep {
    /// `reach` is how this engine names volumes of all kinds that nobody uses.
    pub fn new(host: &Host, reach: PruneReach) -> Self {
        let is_podman = host.facts.as_ref().is_some_and(|facts| &*facts.product == "Podman");
        let stopped = of_kind(host, DiskKind::Containers).filter(|item| !item.in_use);
        let cache =
            Unused { names: Vec::new(), ..Unused::of(of_kind(host, DiskKind::BuildCache).filter(goes_with_cache)) };
        Self {
            containers: Unused::of(stopped),
            plans: [Plan::of(host, false), Plan::of(host, true)],
            cache: (!is_podman).then_some(cache),
            cache_holds: of_kind(host, DiskKind::BuildCache).any(|item| item.is_shared),
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
        options.extend(self.cache.as_ref().map(|_| toggle(OptionName::BuildCache, true)));
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

    /// What goes of each kind as the options stand, by name, and what all of it frees.
    pub(super) fn notes(&self, options: &[ConfirmOption]) -> Vec<String> {
        let is_on = |name| is_on(options, name);
        let [kept, swept] = &self.plans;
        let plan = if is_on(OptionName::StoppedContainers) { swept } else { kept };
        let takes_images = is_on(OptionName::UnusedImages) || is_on(OptionName::DanglingImages);
        let takes_cache = is_on(OptionName::BuildCache);
        let images = if is_on(OptionName::UnusedImages) { &plan.images } else { &plan.dangling };
        let nothing = Unused::default();
        let networks = plan.networks.as_ref().unwrap_or(&nothing);
        let kinds = [
            (is_on(OptionName::StoppedContainers), &self.containers, "container", "containers"),
            (is_on(OptionName::UnusedNetworks) && plan.networks.is_some(), networks, "network", "networks"),
            (takes_images, &images.unused, "image", "images"),
            (is_on(OptionName::UnusedVolumes), &plan.volumes, "volume", "volumes"),
            (takes_cache, self.cache.as_ref().unwrap_or(&nothing), "record of builds", "records of builds"),
        ];
        let chosen = || kinds.iter().filter(|(on, ..)| *on);
        let least = chosen().fold(0_u64, |sum, (_, unused, ..)| sum.saturating_add(unused.bytes));
        let most = match takes_images {
            true => images.most.map(|most| (least - images.unused.bytes).saturating_add(most)),
            false => Some(least),
        };
        let mut notes = Vec::new();
        if chosen().next().is_some() {
            notes.push(match most.map(long_bytes) {
                Some(most) if most == long_bytes(least) => format!("That frees {most}."),
                Some(most) => format!("That frees {} to {most}: images share layers.", long_bytes(least)),
                None => format!("That frees {}, or more where images share what goes.", long_bytes(least)),
            });
        }
        notes.extend(
            chosen().filter(|(_, unused, ..)| unused.count > 0).map(|(_, unused, one, many)| unused.told(one, many)),
        );
        let none: Vec<&str> = chosen().filter(|(_, unused, ..)| unused.count == 0).map(|(.., many)| *many).collect();
        if let [one] = none.as_slice() {
            notes.push(format!("There are no {one} to clear."));
        } else if let [first @ .., last] = none.as_slice() {
            notes.push(format!("There are no {} and no {last} to clear.", first.join(", no ")));
        }
        if is_on(OptionName::UnusedNetworks) && plan.networks.is_none() {
            notes.push("The networks are being counted…".to_owned());
        }
        if takes_images && images.unused.count > 0 {
            if self.cache_holds && !takes_cache {
                notes.push("Layers that builds keep as well are freed only with the cache of builds.".to_owned());
            }
            if self.cache.is_none() && images.is_shared {
                notes.push("Podman will say more: it counts layers as freed that stay with other images.".to_owned());
            }
        }
        if is_on(OptionName::UnusedVolumes) && plan.volumes.count > 0 {
            notes.push("What is in those volumes is lost for good.".to_owned());
        }
        notes
    }
}
