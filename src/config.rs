//! The settings: their defaults, and how the config file, the environment and the command line change them.
//!
//! Each source becomes a [`Layer`] of its own; [`Settings::with`] lays one over what is there, in the order default <
//! file < environment < flags. Mistakes are [`ConfigError`]s that name their line; all of a file are told at once.

mod bytesize;
mod color;
mod column;
mod contexts;
mod duration;
pub mod edit;
mod environment;
mod error;
mod files;
mod highlight;
mod host;
mod keys;
mod layer;
mod nearest;
mod read;
mod roster;
mod schema;
mod ssh_config;
#[cfg(test)]
mod tests;
mod theme;
mod thresholds;

pub use bytesize::ByteSize;
pub use color::ColorSpec;
pub use column::Column;
pub use contexts::docker_folder;
pub use duration::Period;
pub use environment::Environment;
pub use error::{ConfigError, Place};
pub use files::Files;
pub use highlight::HighlightRule;
pub use host::{Candidate, Confirm, HostChoice, HostProfile, Source, choose, profile_endpoint};
pub use keys::{KeyOverride, KeysPreset};
pub use layer::Layer;
pub use nearest::nearest;
pub use roster::{KnownHost, demo_roster, roster};
pub use theme::{Role, StyleSpec, Theme};
pub use thresholds::{Threshold, Thresholds};

use crate::domain::RegistryProfile;
use std::path::Path;
use std::sync::Arc;

/// Every setting at its default with a comment: what `config example` prints and `config init` writes.
pub const EXAMPLE: &str = include_str!("../config.example.toml");

/// What holds for this run of the program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// A profile's or discovered host's name; `None`: the first socket that answers.
    pub default_host: Option<String>,
    /// A theme's name, or `auto`.
    pub theme: String,
    pub keys_preset: KeysPreset,
    /// How often to ask for the whole list although events tell of every change.
    pub poll_interval: Period,
    pub mouse: bool,
    /// Whether stopped containers are shown at start.
    pub show_all: bool,
    /// The column that the containers are sorted by at start.
    pub default_sort: Column,
    /// The visible columns of the containers, in order.
    pub columns: Vec<Column>,
    pub logs: LogSettings,
    pub stats: StatsSettings,
    pub console: ConsoleSettings,
    /// The user's own keys, over those of the preset.
    pub keys: Vec<KeyOverride>,
    pub hosts: Vec<HostProfile>,
    /// Registries beside those that engines and logins name.
    pub registries: Vec<RegistryProfile>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogSettings {
    /// How many of the last lines to ask for first.
    pub tail: u32,
    /// What one container's lines may take in memory.
    pub memory: ByteSize,
    pub timestamps: bool,
    pub wrap: bool,
    /// The fields shown of lines that are JSON objects; `*` is all that are not named.
    pub json_fields: Arc<[String]>,
    /// What is set apart; later rules lie over earlier ones.
    pub highlight: Arc<[HighlightRule]>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatsSettings {
    /// How often each visible container is sampled.
    pub interval: Period,
    /// How far back the charts reach.
    pub history: Period,
    /// What is coloured and told.
    pub thresholds: Thresholds,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConsoleSettings {
    /// Rows above the screen of each session in a pane that can be scrolled back to.
    pub scrollback: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            default_host: None,
            theme: Theme::AUTO.to_owned(),
            keys_preset: KeysPreset::Default,
            poll_interval: Period::from_secs(5),
            mouse: true,
            show_all: true,
            default_sort: Column::State,
            columns: Column::DEFAULT.to_vec(),
            logs: LogSettings {
                tail: 1000,
                memory: ByteSize::new(64 << 20),
                timestamps: false,
                wrap: false,
                json_fields: ["time", "level", "msg", "*"].map(str::to_owned).into(),
                highlight: Arc::from([]),
            },
            stats: StatsSettings {
                interval: Period::from_secs(2),
                history: Period::from_secs(600),
                thresholds: Thresholds::default(),
            },
            console: ConsoleSettings { scrollback: 1000 },
            keys: Vec::new(),
            hosts: Vec::new(),
            registries: Vec::new(),
        }
    }
}

/// Reads a config file; one that does not exist is an empty layer when `optional` (the user did not name it).
pub fn read_file(path: &Path, optional: bool) -> Result<Layer, Vec<ConfigError>> {
    match std::fs::read_to_string(path) {
        Ok(text) => Layer::parse(path, &text),
        Err(error) if optional && error.kind() == std::io::ErrorKind::NotFound => Ok(Layer::default()),
        Err(error) => Err(vec![ConfigError::new(path, format!("The file cannot be read: {error}."))]),
    }
}
