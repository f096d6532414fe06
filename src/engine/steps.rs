//! Streams of steps, as engines answer pull, push, load and import: how far each layer is, and words about the whole.

use super::Engine;
use super::call::Call;
use super::failure::malformed;
use super::json_stream::ObjectStream;
use super::step_message::{StepMessage, step_failure};
use crate::domain::{Failure, FailureKind, Progress};

impl Engine {
    /// Tells each step as it comes. Dropping the future ends the act: the engine stops when its client has gone.
    pub(super) async fn follow_steps(
        &self,
        what: &str,
        call: Call,
        mut each: impl FnMut(Progress),
    ) -> Result<(), Failure> {
        // Docker answers 500 where the registry refused it.
        let opened = self.open(call).await;
        let response = opened.map_err(|failure| match failure.kind {
            FailureKind::Engine => explained(&failure.sentence),
            _ => failure,
        })?;
        let mut objects = ObjectStream::new(response.into_body());
        while let Some(object) = objects.next().await? {
            if let Some(step) = read_step(what, &object)? {
                each(step);
            }
        }
        Ok(())
    }
}

/// Errors come within an answer of status 200. What has no words is for programs.
fn read_step(what: &str, object: &[u8]) -> Result<Option<Progress>, Failure> {
    let step: StepMessage<'_> = serde_json::from_slice(object).map_err(|error| malformed(what, &error))?;
    if !step.error.0.is_empty() {
        return Err(explained(&step.error.0));
    }
    let (words, is_stream) = if step.status.0.is_empty() { (&step.stream, true) } else { (&step.status, false) };
    if words.0.trim().is_empty() {
        return Ok(None);
    }
    // The first line of a pull carries the tag as its id: that is no layer.
    let is_layer = !is_stream && !words.0.starts_with("Pulling from ");
    let part = if is_layer { step.id.0.as_ref().into() } else { Box::default() };
    Ok(Some(step.progress(part, &words.0)))
}

/// What an engine or a registry says when it goes wrong in the middle, with what can be done.
fn explained(words: &str) -> Failure {
    let failure = step_failure(words, &["denied"]);
    let has = |signs: &[&str]| signs.iter().any(|sign| failure.sentence.contains(sign));
    if failure.kind == FailureKind::Unauthorized {
        failure.with_hint(LOGIN)
    } else if has(&["not found", "manifest unknown", "does not exist"]) {
        Failure { kind: FailureKind::NotFound, ..failure }
    } else {
        failure
    }
}

const LOGIN: &str = "If it wants a login: log in to it in the Registries view, or by `docker login`.";

#[cfg(test)]
mod tests {
    use super::*;

    fn read(object: &[u8]) -> Progress {
        read_step("“pull”", object).unwrap().unwrap()
    }

    #[test]
    fn layers_and_words_about_the_whole_are_told_apart() {
        let layer = read(br#"{"status":"Downloading","progressDetail":{"current":5,"total":9},"id":"ab"}"#);
        assert_eq!((&*layer.part, layer.done, layer.total), ("ab", 5, 9));
        assert_eq!(&*read(br#"{"status":"Pulling from library/x","id":"latest"}"#).part, "");
        assert_eq!(&*read(br#"{"stream":"Trying to pull x...\n","error":null}"#).status, "Trying to pull x...");
        assert_eq!(read_step("“push”", br#"{"progressDetail":{},"aux":{"Tag":"1","Size":7}}"#), Ok(None));
    }

    #[test]
    fn what_goes_wrong_has_its_kind() {
        for (words, kind) in [
            ("manifest for x:1 not found", FailureKind::NotFound),
            (
                "pull access denied for x, repository does not exist or may require 'docker login'",
                FailureKind::Unauthorized,
            ),
            ("no basic auth credentials", FailureKind::Unauthorized),
            ("no space left on device", FailureKind::Engine),
        ] {
            let object = serde_json::json!({"errorDetail": {"message": "x"}, "error": words}).to_string();
            assert_eq!(read_step("“push”", object.as_bytes()).unwrap_err().kind, kind, "{words}");
        }
    }
}
