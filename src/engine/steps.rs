//! Streams of steps, as engines answer pull, push, load and import: how far each layer is, and words about the whole.

use super::Engine;
use super::call::Call;
use super::failure::malformed;
use super::json_stream::ObjectStream;
use super::lenient::{Text, or_default};
use crate::domain::{Failure, FailureKind, Progress};
use serde::Deserialize;

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
            FailureKind::Engine => step_failure(&failure.sentence),
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

#[derive(Default, Deserialize)]
#[serde(default)]
struct Step<'a> {
    #[serde(borrow)]
    status: Text<'a>,
    /// Podman's words for the whole, and Docker's when it loads.
    #[serde(borrow)]
    stream: Text<'a>,
    #[serde(borrow)]
    id: Text<'a>,
    #[serde(borrow)]
    error: Text<'a>,
    #[serde(rename = "progressDetail", deserialize_with = "or_default")]
    detail: Detail,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Detail {
    #[serde(deserialize_with = "or_default")]
    current: u64,
    #[serde(deserialize_with = "or_default")]
    total: u64,
}

/// Errors come within an answer of status 200. What has no words is for programs.
fn read_step(what: &str, object: &[u8]) -> Result<Option<Progress>, Failure> {
    let step: Step<'_> = serde_json::from_slice(object).map_err(|error| malformed(what, &error))?;
    if !step.error.0.is_empty() {
        return Err(step_failure(&step.error.0));
    }
    let (status, is_stream) = if step.status.0.is_empty() { (step.stream, true) } else { (step.status, false) };
    if status.0.trim().is_empty() {
        return Ok(None);
    }
    // The first line of a pull carries the tag as its id: that is no layer.
    let is_layer = !is_stream && !status.0.starts_with("Pulling from ");
    Ok(Some(Progress {
        part: if is_layer { step.id.boxed() } else { Box::default() },
        status: status.0.trim().into(),
        done: step.detail.current,
        total: step.detail.total,
    }))
}

/// What an engine or a registry says when it goes wrong in the middle.
fn step_failure(words: &str) -> Failure {
    let sentence = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let has = |signs: &[&str]| signs.iter().any(|sign| sentence.contains(sign));
    let kind = if has(&["no basic auth", "unauthorized", "authentication required", "denied"]) {
        FailureKind::Unauthorized
    } else if has(&["not found", "manifest unknown", "does not exist"]) {
        FailureKind::NotFound
    } else {
        FailureKind::Engine
    };
    let failure = Failure::new(kind, sentence);
    match kind {
        FailureKind::Unauthorized => failure.with_hint(LOGIN),
        _ => failure,
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
