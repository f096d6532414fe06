//! Where this program's files lie.

use super::Environment;
use std::path::PathBuf;

/// The program's files; none of them needs to exist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Files {
    pub config: PathBuf,
    /// Whether the user named the config file: then it must exist.
    pub config_is_named: bool,
    /// The user's own themes, `NAME.toml` each.
    pub themes: PathBuf,
    pub log: PathBuf,
    /// Every changing call, one line each.
    pub audit: PathBuf,
}

impl Files {
    /// By `--config`, else `DOCKERUI_CONFIG`, else the platform's folders (the current folder where it has none).
    pub fn locate(environment: &Environment, config_flag: Option<PathBuf>) -> Self {
        let named =
            config_flag.or_else(|| environment.variable("DOCKERUI_CONFIG").map(|path| environment.expand(path)));
        let config_is_named = named.is_some();
        let config = named.unwrap_or_else(|| environment.config_dir.clone().unwrap_or_default().join("config.toml"));
        let state = environment.state_dir.clone().unwrap_or_default();
        Self {
            themes: config.with_file_name("themes"),
            config,
            config_is_named,
            log: state.join("dockerui-tui.log"),
            audit: state.join("audit.log"),
        }
    }
}
