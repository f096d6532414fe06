//! The request to save lines: it changes this machine alone, and asks no engine.

use super::act::{Act, Verb, command_line};
use super::api::ApiCall;
use crate::domain::TextSave;

impl Act for TextSave {
    fn verb(&self) -> Verb {
        Verb::new("Save", "Saving", "Saved")
    }

    fn object(&self) -> &str {
        &self.what
    }

    fn nouns(&self) -> &'static str {
        "files"
    }

    fn consequence(&self) -> String {
        "Writes a file here; it appears when all of it is written.".to_owned()
    }

    fn api(&self) -> ApiCall {
        ApiCall::new("GET", "/events".to_owned(), &[])
    }

    fn docker_words(&self) -> Vec<String> {
        command_line(&["events"], &[], &[])
    }

    fn is_change(&self) -> bool {
        false
    }

    fn is_destructive(&self) -> bool {
        false
    }
}
