//! Pulls an image (`POST /images/create`) and tells how far it is.

use super::Engine;
use super::call::{Call, Wait};
use super::credentials::REGISTRY_AUTH;
use super::registry_words::explained;
use crate::domain::{Done, Failure, ImageReference, Progress, split_tag};

impl Engine {
    /// Dropping the future ends the pull: the engine stops when its client has gone.
    pub(super) async fn pull(
        &self,
        reference: &str,
        platform: &str,
        all_tags: bool,
        mut progress: impl FnMut(Progress),
    ) -> Result<Done, Failure> {
        let mut call = pull_call(reference, platform, all_tags);
        let mut registry = "its registry".to_owned();
        if let Ok(reference) = reference.parse::<ImageReference>() {
            reference.registry().clone_into(&mut registry);
            if let Some(credentials) = self.credentials_for(&reference).await? {
                call = call.header(REGISTRY_AUTH, credentials);
            }
        }
        let mut last = String::new();
        let each = |step: Progress| {
            if step.part.is_empty() {
                step.status.as_ref().clone_into(&mut last);
            }
            progress(step);
        };
        self.follow_steps("“pull”", call, each).await.map_err(|failure| explained(failure, &registry))?;
        Ok(Done::Pulled { status: last })
    }
}

/// A digest or a tag, `latest` when there is neither, as the engine pulls every tag then. It connects to the registry
/// before it sends the head of its answer.
fn pull_call(reference: &str, platform: &str, all_tags: bool) -> Call {
    let mut call = Call::post(&["images", "create"]).wait(Wait::Forever);
    let (repository, tag) = split_tag(reference);
    call = match (all_tags, reference.contains('@')) {
        (true, _) => call.query("fromImage", repository),
        (false, true) => call.query("fromImage", reference),
        (false, false) => call.query("fromImage", repository).query("tag", if tag.is_empty() { "latest" } else { tag }),
    };
    if platform.is_empty() { call } else { call.query("platform", platform) }
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
            assert_eq!(pull_call(reference, "", false).path, format!("/images/create?{query}"));
        }
        assert_eq!(pull_call("a:1", "linux/arm64", true).path, "/images/create?fromImage=a&platform=linux%2Farm64");
    }
}
