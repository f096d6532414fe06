//! The program without a terminal, as a shell runs it: what it printed and how it ended.

use serde_json::Value;
use std::path::Path;
use std::process::Command;

#[derive(Debug)]
pub struct Told {
    pub out: String,
    pub err: String,
    pub status: Option<i32>,
}

impl Told {
    /// The output as a list of JSON objects.
    pub fn list(&self) -> Vec<Value> {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error} in {self:?}"))
    }

    /// Fails where it did not end like this.
    pub fn ended(self, status: i32) -> Self {
        assert_eq!(self.status, Some(status), "{self:?}");
        self
    }

    /// Fails where it did not print this.
    pub fn says(self, words: &str) -> Self {
        assert!(self.out.contains(words), "“{words}” is not in {self:?}");
        self
    }
}

/// Runs the program in this home, with these variables and nothing else of the user's but PATH.
pub async fn told(home: &Path, variables: &[(&str, &str)], words: &[&str]) -> Told {
    let mut command = Command::new(super::terminal::program());
    let path = std::env::var_os("PATH").unwrap_or_default();
    command.args(words).env_clear().env("HOME", home).env("PATH", path).env("XDG_RUNTIME_DIR", home);
    command.envs(variables.iter().copied());
    let output = tokio::task::spawn_blocking(move || command.output()).await.expect("a thread").expect("the program");
    Told {
        out: String::from_utf8_lossy(&output.stdout).into_owned(),
        err: String::from_utf8_lossy(&output.stderr).into_owned(),
        status: output.status.code(),
    }
}
