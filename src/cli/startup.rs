//! What the screen is started with: settings from every layer, theme and host.

use super::Stop;
use super::arguments::{Arguments, LogLevel};
use crate::config::{self, Environment, Files, HostChoice, KnownHost, Layer, Settings, Theme};
use crate::domain::{ApiVersion, Endpoint};
use std::path::PathBuf;

/// Everything the UI needs to know at its start.
#[derive(Debug)]
pub struct Startup {
    pub settings: Settings,
    pub theme: Theme,
    /// Of no meaning with `demo`.
    pub host: HostChoice,
    /// How many containers the embedded engine makes up, 0 for the dozen it comes with; `None` for a real engine.
    pub demo: Option<usize>,
    /// By `--read-only`: whatever the profiles say.
    pub read_only: bool,
    /// The version of the API that `DOCKER_API_VERSION` asks for.
    pub api: Option<ApiVersion>,
    /// Every host that can be chosen.
    pub roster: Vec<KnownHost>,
    pub log_level: LogLevel,
    pub log_file: PathBuf,
    pub files: Files,
}

impl Startup {
    pub(super) fn new(arguments: &Arguments, environment: &Environment) -> Result<Self, Stop> {
        let files = Files::locate(environment, arguments.config.clone());
        let settings = settings(arguments, environment, &files)?;
        let theme = Theme::load(&settings.theme, &files.themes, environment)?;
        let host = host(arguments, environment, &settings)?;
        let is_demo = host.candidates().first().is_some_and(|first| first.endpoint == Endpoint::Demo);
        let asked = arguments.demo_containers.and_then(|count| usize::try_from(count).ok());
        Ok(Self {
            read_only: arguments.read_only,
            api: api(environment)?,
            roster: if is_demo { config::demo_roster() } else { config::roster(&settings, environment) },
            demo: is_demo.then_some(asked.unwrap_or(0)),
            host,
            theme,
            settings,
            log_level: arguments.log_level,
            log_file: arguments.log_file.clone().unwrap_or_else(|| files.log.clone()),
            files,
        })
    }
}

fn host(arguments: &Arguments, environment: &Environment, settings: &Settings) -> Result<HostChoice, Stop> {
    let flag = if arguments.demo { Some("demo://") } else { arguments.host.as_deref() };
    config::choose(settings, flag, environment).map_err(|failure| Stop::Told(failure.to_string()))
}

/// What `DOCKER_API_VERSION` asks for, as the docker client reads it.
pub(super) fn api(environment: &Environment) -> Result<Option<ApiVersion>, Stop> {
    let Some(text) = environment.variable("DOCKER_API_VERSION") else { return Ok(None) };
    let none = || Stop::Told(format!("DOCKER_API_VERSION is “{text}”, which is no version: it is written 1.41."));
    ApiVersion::parse(text.trim_start_matches('v')).map(Some).ok_or_else(none)
}

/// Default < file < environment < flags.
pub(super) fn settings(arguments: &Arguments, environment: &Environment, files: &Files) -> Result<Settings, Stop> {
    let file = config::read_file(&files.config, !files.config_is_named)?;
    Ok(Settings::default().with(file).with(Layer::of(environment)).with(flags(arguments)?))
}

fn flags(arguments: &Arguments) -> Result<Layer, Stop> {
    let keys_preset = arguments.keys_preset.as_deref().map(str::parse).transpose();
    let keys_preset = keys_preset.map_err(|allowed: String| Stop::Told(format!("--keys-preset must be {allowed}.")))?;
    Ok(Layer { theme: arguments.theme.clone(), keys_preset, ..Layer::default() })
}
