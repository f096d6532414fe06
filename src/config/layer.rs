//! One source of settings: what it says, and only that.

use super::thresholds::ThresholdsLayer;
use super::{
    ByteSize, Column, ConfigError, Environment, HighlightRule, HostProfile, KeyOverride, KeysPreset, Period, Settings,
    Theme, read, schema,
};
use crate::domain::RegistryProfile;
use std::path::Path;

/// What a file, the environment or the command line sets; `None` where it is silent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layer {
    /// The inner `None` is a host left to discovery on purpose (`default_host = ""`).
    pub default_host: Option<Option<String>>,
    pub theme: Option<String>,
    pub keys_preset: Option<KeysPreset>,
    pub poll_interval: Option<Period>,
    pub mouse: Option<bool>,
    pub show_all: Option<bool>,
    pub default_sort: Option<Column>,
    pub columns: Option<Vec<Column>>,
    pub log_tail: Option<u32>,
    pub log_memory: Option<ByteSize>,
    pub log_timestamps: Option<bool>,
    pub log_wrap: Option<bool>,
    pub log_json_fields: Option<Vec<String>>,
    pub log_highlight: Option<Vec<HighlightRule>>,
    pub stats_interval: Option<Period>,
    pub stats_history: Option<Period>,
    pub thresholds: ThresholdsLayer,
    pub console_scrollback: Option<u32>,
    pub keys: Option<Vec<KeyOverride>>,
    pub hosts: Option<Vec<HostProfile>>,
    pub registries: Option<Vec<RegistryProfile>>,
}

impl Layer {
    /// What a config file says; the path is for the errors only.
    pub fn parse(path: &Path, text: &str) -> Result<Self, Vec<ConfigError>> {
        read::document(path, text, schema::layer)
    }

    /// What the environment says: `DOCKERUI_THEME`, and `NO_COLOR` when that is not there.
    pub fn of(environment: &Environment) -> Self {
        let no_color = environment.variable("NO_COLOR").map(|_| Theme::MONO);
        let theme = environment.variable("DOCKERUI_THEME").or(no_color).map(str::to_owned);
        Self { theme, ..Self::default() }
    }
}

impl Settings {
    /// These settings with a layer laid over them.
    #[must_use]
    pub fn with(mut self, layer: Layer) -> Self {
        set(&mut self.default_host, layer.default_host);
        set(&mut self.theme, layer.theme);
        set(&mut self.keys_preset, layer.keys_preset);
        set(&mut self.poll_interval, layer.poll_interval);
        set(&mut self.mouse, layer.mouse);
        set(&mut self.show_all, layer.show_all);
        set(&mut self.default_sort, layer.default_sort);
        set(&mut self.columns, layer.columns);
        set(&mut self.logs.tail, layer.log_tail);
        set(&mut self.logs.memory, layer.log_memory);
        set(&mut self.logs.timestamps, layer.log_timestamps);
        set(&mut self.logs.wrap, layer.log_wrap);
        set(&mut self.logs.json_fields, layer.log_json_fields.map(Into::into));
        set(&mut self.logs.highlight, layer.log_highlight.map(Into::into));
        set(&mut self.stats.interval, layer.stats_interval);
        set(&mut self.stats.history, layer.stats_history);
        self.stats.thresholds = layer.thresholds.over(self.stats.thresholds);
        set(&mut self.console.scrollback, layer.console_scrollback);
        set(&mut self.keys, layer.keys);
        set(&mut self.hosts, layer.hosts);
        set(&mut self.registries, layer.registries);
        self
    }
}

fn set<T>(setting: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *setting = value;
    }
}
