//! The request to save a log: the one that reads an engine and changes this machine.

use super::act::{Act, Verb, command_line};
use super::api::{ApiCall, encode, switch};
use crate::domain::LogSave;

impl Act for LogSave {
    fn verb(&self) -> Verb {
        Verb::new("Save", "Saving the log of", "Saved the log of")
    }

    fn object(&self) -> &str {
        &self.target.name
    }

    fn nouns(&self) -> &'static str {
        "logs"
    }

    fn question(&self) -> String {
        format!("Save the log of {}?", self.target.name)
    }

    fn consequence(&self) -> String {
        "Writes its log to a file here; the file appears when all of it is written.".to_owned()
    }

    fn api(&self) -> ApiCall {
        let path = format!("/containers/{}/logs", encode(&self.target.name));
        ApiCall::new("GET", path, &[("stdout", switch(true)), ("stderr", switch(true))])
    }

    fn docker_words(&self) -> Vec<String> {
        command_line(&["logs"], &[(self.form.times, "--timestamps")], &[&self.target.name])
    }

    fn is_change(&self) -> bool {
        false
    }

    fn is_destructive(&self) -> bool {
        false
    }
}
