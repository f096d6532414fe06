//! Docker contexts: the engines that the `docker` command knows by name.

use super::Environment;
use crate::domain::{Endpoint, Failure, FailureKind, TlsFiles, order};
use serde::Deserialize;
use std::path::{Path, PathBuf};

/// One context of the user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Context {
    pub name: String,
    /// A failure where it names no engine that can be reached from here.
    pub endpoint: Result<Endpoint, Failure>,
}

/// What `docker` calls the engine of this machine; no file says more about it.
const DEFAULT: &str = "default";

/// All of them, by name. What cannot be read is left out: it says nothing of a host.
pub fn all(environment: &Environment) -> Vec<Context> {
    let Some(folder) = docker_folder(environment) else { return Vec::new() };
    let entries = std::fs::read_dir(folder.join("contexts/meta")).into_iter().flatten().flatten();
    let mut contexts: Vec<Context> = entries.filter_map(|entry| read(&folder, &entry.path())).collect();
    order::sort_by(&mut contexts, |one, other| one.name.cmp(&other.name));
    contexts
}

/// The name in `DOCKER_CONTEXT`, where it is another one than the default.
pub fn of_variable(environment: &Environment) -> Option<&str> {
    environment.variable("DOCKER_CONTEXT").filter(|name| *name != DEFAULT)
}

/// The name that `docker context use` has written, where it is another one than the default.
pub fn current(environment: &Environment) -> Option<String> {
    let text = std::fs::read_to_string(docker_folder(environment)?.join("config.json")).ok()?;
    let config: ClientConfig = serde_json::from_str(&text).ok()?;
    Some(config.current_context).filter(|name| !name.is_empty() && name != DEFAULT)
}

/// Where the docker client keeps what it knows.
pub fn docker_folder(environment: &Environment) -> Option<PathBuf> {
    let named = environment.variable("DOCKER_CONFIG").map(|path| environment.expand(path));
    named.or_else(|| Some(environment.home.as_deref()?.join(".docker")))
}

/// `ca.pem`, `cert.pem` and `key.pem` of a folder, those that are there.
pub fn certificates(folder: &Path) -> TlsFiles {
    let file = |name: &str| Some(folder.join(name)).filter(|path| path.exists());
    TlsFiles { ca: file("ca.pem"), cert: file("cert.pem"), key: file("key.pem") }
}

fn read(folder: &Path, meta: &Path) -> Option<Context> {
    let text = std::fs::read_to_string(meta.join("meta.json")).ok()?;
    let Meta { name, endpoints } = serde_json::from_str(&text).ok()?;
    // Both trees name a context's folder alike, by the hash of its name.
    let identity = certificates(&folder.join("contexts/tls").join(meta.file_name()?).join("docker"));
    let endpoint = endpoint(&name, endpoints.docker, identity);
    Some(Context { name, endpoint })
}

fn endpoint(name: &str, docker: Docker, identity: TlsFiles) -> Result<Endpoint, Failure> {
    if docker.host.is_empty() {
        let sentence = format!("The Docker context “{name}” names no engine.");
        return Err(Failure::new(FailureKind::BadRequest, sentence)
            .with_hint(format!("`docker context inspect {name}` shows what it has.")));
    }
    let is_tls = docker.skip_tls_verify || identity != TlsFiles::default();
    let read = if is_tls { Endpoint::parse_with_tls(&docker.host, identity) } else { docker.host.parse() };
    let mut endpoint = read.map_err(|failure| Failure {
        sentence: format!("The Docker context “{name}” cannot be used: {}", failure.sentence),
        ..failure
    })?;
    if let Endpoint::Tls { skip_verify, .. } = &mut endpoint {
        *skip_verify = docker.skip_tls_verify;
    }
    Ok(endpoint)
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct ClientConfig {
    current_context: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Meta {
    name: String,
    #[serde(default)]
    endpoints: Endpoints,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Endpoints {
    docker: Docker,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct Docker {
    host: String,
    #[serde(rename = "SkipTLSVerify")]
    skip_tls_verify: bool,
}
