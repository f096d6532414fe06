//! Pulls an image (`POST /images/create`) and tells how far it is.

use super::Engine;
use super::call::{Call, Wait};
use super::failure::malformed;
use super::json_stream::ObjectStream;
use super::lenient::{Text, or_default};
use crate::domain::{Done, Failure, FailureKind, Progress, split_tag};
use serde::Deserialize;

impl Engine {
    /// Dropping the future ends the pull: the engine stops when its client has gone.
    pub(super) async fn pull(&self, reference: &str, mut progress: impl FnMut(Progress)) -> Result<Done, Failure> {
        // The engine connects to the registry before it sends the head of its answer.
        let response = self.open(pull_call(reference)).await?;
        let mut objects = ObjectStream::new(response.into_body());
        let mut last = String::new();
        while let Some(object) = objects.next().await? {
            let step = read_step(&object)?;
            if step.part.is_empty() {
                step.status.as_ref().clone_into(&mut last);
            }
            progress(step);
        }
        Ok(Done::Pulled { status: last })
    }
}

/// A digest or a tag, `latest` when there is neither (the engine would pull every tag).
fn pull_call(reference: &str) -> Call {
    let call = Call::post(&["images", "create"]).wait(Wait::Forever);
    if reference.contains('@') {
        return call.query("fromImage", reference);
    }
    let (repository, tag) = split_tag(reference);
    call.query("fromImage", repository).query("tag", if tag.is_empty() { "latest" } else { tag })
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Step<'a> {
    #[serde(borrow)]
    status: Text<'a>,
    /// Podman's words for the whole.
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

/// Errors come within an answer of status 200.
fn read_step(object: &[u8]) -> Result<Progress, Failure> {
    let step: Step<'_> = serde_json::from_slice(object).map_err(|error| malformed("“pull”", &error))?;
    if !step.error.0.is_empty() {
        return Err(pull_failure(&step.error.0));
    }
    let (status, is_stream) = if step.status.0.is_empty() { (step.stream, true) } else { (step.status, false) };
    // The first line of a pull carries the tag as its id: that is no layer.
    let is_layer = !is_stream && !status.0.starts_with("Pulling from ");
    Ok(Progress {
        part: if is_layer { step.id.boxed() } else { Box::default() },
        status: status.0.trim().into(),
        done: step.detail.current,
        total: step.detail.total,
    })
}

fn pull_failure(words: &str) -> Failure {
    let sentence = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let kind = if sentence.contains("not found") || sentence.contains("manifest unknown") {
        FailureKind::NotFound
    } else if sentence.contains("unauthorized") || sentence.contains("denied") {
        FailureKind::Unauthorized
    } else {
        FailureKind::Engine
    };
    Failure::new(kind, sentence)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_asked_for_as_the_docker_client_does() {
        for (reference, query) in [
            ("nginx", "fromImage=nginx&tag=latest"),
            ("localhost:5000/a/b:1", "fromImage=localhost:5000%2Fa%2Fb&tag=1"),
            ("a@sha256:12", "fromImage=a@sha256:12"),
        ] {
            assert_eq!(pull_call(reference).path, format!("/images/create?{query}"));
        }
    }

    #[test]
    fn layers_and_words_about_the_whole_are_told_apart() {
        let layer =
            read_step(br#"{"status":"Downloading","progressDetail":{"current":5,"total":9},"id":"ab"}"#).unwrap();
        assert_eq!((&*layer.part, layer.done, layer.total), ("ab", 5, 9));
        assert_eq!(&*read_step(br#"{"status":"Pulling from library/x","id":"latest"}"#).unwrap().part, "");
        assert_eq!(
            &*read_step(br#"{"stream":"Trying to pull x...\n","error":null}"#).unwrap().status,
            "Trying to pull x..."
        );
        let failure =
            read_step(br#"{"errorDetail":{"message":"x"},"error":"manifest for x:1 not found"}"#).unwrap_err();
        assert_eq!(failure.kind, FailureKind::NotFound);
    }
}
