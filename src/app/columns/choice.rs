//! Which columns each view shows, in which order.

use super::{Column, events, hosts, images, networks, registries, system, volumes};
use crate::app::listing::Listing;
use crate::app::view::View;
use crate::config::Settings;

/// Names of columns, by what is listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnChoice {
    containers: Vec<&'static str>,
    images: Vec<&'static str>,
    volumes: Vec<&'static str>,
    networks: Vec<&'static str>,
    registries: Vec<&'static str>,
    events: Vec<&'static str>,
    system: Vec<&'static str>,
    hosts: Vec<&'static str>,
    everywhere: Vec<&'static str>,
}

impl ColumnChoice {
    /// As the settings say; the other views begin with their defaults.
    pub fn new(settings: &Settings) -> Self {
        Self {
            containers: settings.columns.iter().map(|column| column.name()).collect(),
            images: defaults(images::COLUMNS),
            volumes: defaults(volumes::COLUMNS),
            networks: defaults(networks::COLUMNS),
            registries: defaults(registries::COLUMNS),
            events: defaults(events::COLUMNS),
            system: defaults(system::COLUMNS),
            hosts: defaults(hosts::COLUMNS),
            everywhere: std::iter::once("host").chain(settings.columns.iter().map(|column| column.name())).collect(),
        }
    }

    pub fn of(&self, listing: impl Into<Listing>) -> &[&'static str] {
        match listing.into() {
            Listing::View(View::Containers) => &self.containers,
            Listing::View(View::Images) => &self.images,
            Listing::View(View::Volumes) => &self.volumes,
            Listing::View(View::Networks) => &self.networks,
            Listing::View(View::Registries) => &self.registries,
            Listing::View(View::Events) => &self.events,
            Listing::View(View::System) => &self.system,
            Listing::Hosts => &self.hosts,
            Listing::Everywhere => &self.everywhere,
        }
    }

    pub fn set(&mut self, listing: Listing, names: Vec<&'static str>) {
        match listing {
            Listing::View(View::Containers) => self.containers = names,
            Listing::View(View::Images) => self.images = names,
            Listing::View(View::Volumes) => self.volumes = names,
            Listing::View(View::Networks) => self.networks = names,
            Listing::View(View::Registries) => self.registries = names,
            Listing::View(View::Events) => self.events = names,
            Listing::View(View::System) => self.system = names,
            Listing::Hosts => self.hosts = names,
            Listing::Everywhere => self.everywhere = names,
        }
    }

    /// The columns of a table that are shown.
    pub fn pick<R>(
        &self,
        listing: impl Into<Listing>,
        columns: impl Iterator<Item = &'static Column<R>> + Clone,
    ) -> Vec<&'static Column<R>> {
        self.of(listing).iter().filter_map(|name| columns.clone().find(|column| column.name == *name)).collect()
    }
}

fn defaults<R>(columns: &'static [Column<R>]) -> Vec<&'static str> {
    columns.iter().filter(|column| column.default).map(|column| column.name).collect()
}

#[cfg(test)]
mod tests {
    use super::super::containers;
    use super::*;

    #[test]
    fn every_column_of_the_settings_is_in_the_table() {
        let settings = Settings { columns: crate::config::Column::ALL.to_vec(), ..Settings::default() };
        let choice = ColumnChoice::new(&settings);
        assert_eq!(choice.pick(View::Containers, containers::COLUMNS.iter()).len(), containers::COLUMNS.len());
        assert_eq!(choice.of(View::Containers).len(), containers::COLUMNS.len());
    }
}
