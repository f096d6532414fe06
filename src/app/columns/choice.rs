//! Which columns each view shows, in which order.

use super::{Column, images, networks, volumes};
use crate::app::view::View;
use crate::config::Settings;

/// Names of columns, by view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnChoice {
    containers: Vec<&'static str>,
    images: Vec<&'static str>,
    volumes: Vec<&'static str>,
    networks: Vec<&'static str>,
}

impl ColumnChoice {
    /// As the settings say; the other views begin with their defaults.
    pub fn new(settings: &Settings) -> Self {
        Self {
            containers: settings.columns.iter().map(|column| column.name()).collect(),
            images: defaults(images::COLUMNS),
            volumes: defaults(volumes::COLUMNS),
            networks: defaults(networks::COLUMNS),
        }
    }

    pub fn of(&self, view: View) -> &[&'static str] {
        match view {
            View::Containers => &self.containers,
            View::Images => &self.images,
            View::Volumes => &self.volumes,
            View::Networks => &self.networks,
        }
    }

    pub fn set(&mut self, view: View, names: Vec<&'static str>) {
        match view {
            View::Containers => self.containers = names,
            View::Images => self.images = names,
            View::Volumes => self.volumes = names,
            View::Networks => self.networks = names,
        }
    }

    /// The columns of a view's table that are shown.
    pub fn pick<R>(&self, view: View, columns: &'static [Column<R>]) -> Vec<&'static Column<R>> {
        self.of(view).iter().filter_map(|name| columns.iter().find(|column| column.name == *name)).collect()
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
        assert_eq!(choice.pick(View::Containers, containers::COLUMNS).len(), containers::COLUMNS.len());
        assert_eq!(choice.of(View::Containers).len(), containers::COLUMNS.len());
    }
}
