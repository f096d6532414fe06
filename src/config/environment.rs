//! What the process was started with, captured once: everything that reads it is a pure function of this.

use std::collections::BTreeMap;
use std::path::PathBuf;

/// The environment of the process and the folders the platform gives it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Environment {
    /// Variables whose name and value are Unicode.
    pub variables: BTreeMap<String, String>,
    pub home: Option<PathBuf>,
    /// Where this program's settings belong.
    pub config_dir: Option<PathBuf>,
    /// Where this program's logs belong.
    pub state_dir: Option<PathBuf>,
    /// Where the user's own engines put their sockets (`/run/user/1000`).
    pub runtime_dir: Option<PathBuf>,
}

impl Environment {
    /// The environment of this process.
    pub fn capture() -> Self {
        let variables: BTreeMap<String, String> = std::env::vars_os()
            .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
            .collect();
        let project = directories::ProjectDirs::from("", "", "dockerui-tui");
        let runtime_dir = variables.get("XDG_RUNTIME_DIR").map(PathBuf::from).or_else(users_runtime_dir);
        Self {
            home: directories::BaseDirs::new().map(|dirs| dirs.home_dir().to_owned()),
            config_dir: project.as_ref().map(|dirs| dirs.config_dir().to_owned()),
            // Only Linux has a state folder.
            state_dir: project.map(|dirs| dirs.state_dir().unwrap_or(dirs.data_local_dir()).to_owned()),
            runtime_dir,
            variables,
        }
    }

    /// A variable that is set to something.
    pub fn variable(&self, name: &str) -> Option<&str> {
        self.variables.get(name).map(String::as_str).filter(|value| !value.is_empty())
    }

    /// A path of the user with `~/` at its beginning replaced by the home folder.
    pub fn expand(&self, path: &str) -> PathBuf {
        match (path.strip_prefix("~/"), &self.home) {
            (Some(rest), Some(home)) => home.join(rest),
            _ => PathBuf::from(path),
        }
    }
}

/// Where systemd puts it: `XDG_RUNTIME_DIR` is often missing under `su` and plain ssh commands.
#[cfg(unix)]
fn users_runtime_dir() -> Option<PathBuf> {
    Some(PathBuf::from(format!("/run/user/{}", rustix::process::getuid().as_raw())))
}

#[cfg(not(unix))]
fn users_runtime_dir() -> Option<PathBuf> {
    None
}
