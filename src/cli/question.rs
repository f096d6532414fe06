//! What `check`, `hosts` and `ps` want to know of engines; the runtime finds it out and prints it.

use super::arguments::{Arguments, Command};
use super::{Stop, files, startup};
use crate::config::{self, Candidate, Environment, HostChoice, KnownHost, Settings, Source};
use crate::domain::{ApiVersion, Failure, HostId};

/// Hosts, and what to tell of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    pub hosts: Vec<AskedHost>,
    pub form: Form,
    /// The version of the API that `DOCKER_API_VERSION` asks for.
    pub api: Option<ApiVersion>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AskedHost {
    pub name: HostId,
    pub source: Source,
    /// Why this host and no other, the end of a sentence.
    pub reason: &'static str,
    /// What to try, in order; a failure where its address cannot be used.
    pub candidates: Result<Vec<Candidate>, Failure>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Each step of connecting to the one host.
    Check,
    /// A row for each host.
    Hosts { json: bool },
    /// A row for each container: also those that do not run (`all`), with their host's name where there are several.
    Ps { all: bool, of_all_hosts: bool, json: bool },
}

impl Question {
    /// The question of a command; `None` for commands that ask no engine anything.
    pub(super) fn of(
        command: &Command,
        arguments: &Arguments,
        environment: &Environment,
    ) -> Result<Option<Self>, Stop> {
        let (flag, form) = match command {
            Command::Check { name } => (name.as_deref().or(arguments.host.as_deref()), Form::Check),
            Command::Hosts { json } => (None, Form::Hosts { json: *json }),
            Command::Ps { all, all_hosts, json } => {
                (arguments.host.as_deref(), Form::Ps { all: *all, of_all_hosts: *all_hosts, json: *json })
            }
            Command::Completions { .. }
            | Command::Man
            | Command::Config { .. }
            | Command::Keys { .. }
            | Command::Operations => {
                return Ok(None);
            }
        };
        let settings = startup::settings(arguments, environment, &files(arguments, environment))?;
        let hosts = match form {
            Form::Check | Form::Ps { of_all_hosts: false, .. } => vec![chosen(&settings, flag, environment)?],
            Form::Hosts { .. } | Form::Ps { .. } => every(&settings, environment),
        };
        Ok(Some(Self { hosts, form, api: startup::api(environment)? }))
    }
}

fn chosen(settings: &Settings, flag: Option<&str>, environment: &Environment) -> Result<AskedHost, Stop> {
    let choice = config::choose(settings, flag, environment).map_err(|failure| Stop::Told(failure.to_string()))?;
    let reason = if flag.is_some() {
        "asked for on the command line"
    } else if environment.variable("DOCKER_HOST").is_some() {
        "named by DOCKER_HOST"
    } else if matches!(choice, HostChoice::Discover(_)) {
        "the first known socket that answers, as nothing names a host"
    } else if environment.variable("DOCKER_CONTEXT").is_some_and(|name| name != "default") {
        "named by DOCKER_CONTEXT"
    } else if settings.default_host.is_some() {
        "the default_host of the config file"
    } else {
        "Docker's current context"
    };
    let candidates = choice.candidates();
    let first = candidates.first().filter(|_| !matches!(choice, HostChoice::Discover(_)));
    let name = first.map_or_else(|| HostId::new("local"), |first| first.name.clone());
    let source = first.map_or(Source::Known, |first| first.source);
    Ok(AskedHost { name, source, reason, candidates: Ok(candidates) })
}

/// As the Hosts view lists them.
fn every(settings: &Settings, environment: &Environment) -> Vec<AskedHost> {
    let asked = |known: KnownHost| {
        let KnownHost { name, source, endpoint, .. } = known;
        let reason = if source == Source::Profile { "a profile" } else { "discovered" };
        let candidates = endpoint.map(|endpoint| vec![Candidate { name: name.clone(), endpoint, source }]);
        AskedHost { name, source, reason, candidates }
    };
    config::roster(settings, environment).into_iter().map(asked).collect()
}
