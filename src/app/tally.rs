//! What follows from all rows together: counted when rows or samples come, never while drawing.

use super::usage::UsageBook;
use crate::domain::{Container, ContainerId, Health, ImageId};
use std::collections::HashMap;

/// Figures over all containers of a host, and the ways from things to the containers that use them.
#[derive(Debug, Default)]
pub struct Tally {
    pub up: usize,
    pub down: usize,
    pub unhealthy: usize,
    pub load: Option<Load>,
    places: HashMap<ContainerId, usize>,
    image_users: HashMap<ImageId, usize>,
    volume_users: HashMap<Box<str>, Vec<Box<str>>>,
    network_users: HashMap<Box<str>, usize>,
}

/// What the containers whose stats are known use together.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Load {
    /// Percent of one core.
    pub cpu_percent: f64,
    /// Bytes.
    pub memory: u64,
}

impl Tally {
    /// Counts the containers anew.
    pub fn of(containers: &[Container], usage: &UsageBook) -> Self {
        let mut tally = Self { places: HashMap::with_capacity(containers.len()), ..Self::default() };
        for (place, container) in containers.iter().enumerate() {
            if container.state.is_up() {
                tally.up += 1;
            } else {
                tally.down += 1;
            }
            tally.unhealthy += usize::from(container.health == Health::Unhealthy);
            tally.places.insert(container.id.clone(), place);
            *tally.image_users.entry(container.image_id.clone()).or_default() += 1;
            for mount in container.mounts.iter().filter(|mount| &*mount.kind == "volume") {
                tally.volume_users.entry(mount.name.clone()).or_default().push(container.name.clone());
            }
            for attachment in &container.networks {
                *tally.network_users.entry(attachment.network.clone()).or_default() += 1;
            }
        }
        tally.weigh(usage);
        tally
    }

    /// Sums up the load anew, after samples came.
    pub fn weigh(&mut self, usage: &UsageBook) {
        self.load = usage.all_latest().fold(None, |load: Option<Load>, usage| {
            let load = load.unwrap_or_default();
            Some(Load {
                cpu_percent: load.cpu_percent + usage.cpu_percent,
                memory: load.memory.saturating_add(usage.memory),
            })
        });
    }

    /// The index of a container among the rows.
    pub fn place(&self, id: &ContainerId) -> Option<usize> {
        self.places.get(id).copied()
    }

    /// How many containers were made from an image.
    pub fn image_users(&self, id: &ImageId) -> usize {
        self.image_users.get(id).copied().unwrap_or(0)
    }

    /// The names of the containers that mount a volume.
    pub fn volume_users(&self, name: &str) -> &[Box<str>] {
        self.volume_users.get(name).map_or(&[], Vec::as_slice)
    }

    /// How many containers are attached to a network, stopped ones included.
    pub fn network_users(&self, name: &str) -> usize {
        self.network_users.get(name).copied().unwrap_or(0)
    }
}
