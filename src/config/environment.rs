//! What the process was started with, captured once: everything that reads it is a pure function of this.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The environment of the process and the folders the platform gives it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Environment {
    /// Variables whose name and value are Unicode.
    pub variables: BTreeMap<String, String>,
    pub home: Option<PathBuf>,
    /// Where the program was started: paths that begin nowhere else begin there.
    pub folder: Option<PathBuf>,
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
            folder: std::env::current_dir().ok(),
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

    /// A path of the user as one that begins at the root: `~/` is the home folder, all else lies where the program was
    /// started, as far as these are known.
    pub fn expand(&self, path: &str) -> PathBuf {
        self.expand_in(self.folder.as_deref().unwrap_or(Path::new("")), path)
    }

    /// The same for a path that lies in this folder, unless it begins elsewhere.
    pub fn expand_in(&self, folder: &Path, path: &str) -> PathBuf {
        match (path.strip_prefix("~/"), &self.home) {
            (Some(rest), Some(home)) => home.join(rest),
            _ => folder.join(path),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_begin_at_home_or_where_the_program_was_started() {
        let mut environment = Environment { home: Some("/home/me".into()), ..Environment::default() };
        assert_eq!(environment.expand("a.tar"), PathBuf::from("a.tar"), "it is not known where that is");
        environment.folder = Some("/srv".into());
        for (typed, meant) in [("~/a.tar", "/home/me/a.tar"), ("a.tar", "/srv/a.tar"), ("/tmp/a.tar", "/tmp/a.tar")] {
            assert_eq!(environment.expand(typed), PathBuf::from(meant), "{typed}");
        }
        assert_eq!(environment.expand_in(Path::new("/opt"), "a.tar"), PathBuf::from("/opt/a.tar"));
    }
}
