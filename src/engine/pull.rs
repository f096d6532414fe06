//! Pulls an image (`POST /images/create`) and tells how far it is.

use super::Engine;
use super::call::{Call, Wait};
use super::credentials::REGISTRY_AUTH;
use crate::domain::{Done, Failure, Progress, split_tag};

impl Engine {
    /// Dropping the future ends the pull: the engine stops when its client has gone.
    pub(super) async fn pull(&self, reference: &str, mut progress: impl FnMut(Progress)) -> Result<Done, Failure> {
        let mut call = pull_call(reference);
        if let Ok(reference) = reference.parse()
            && let Some(credentials) = self.credentials_for(&reference).await?
        {
            call = call.header(REGISTRY_AUTH, credentials);
        }
        let mut last = String::new();
        let each = |step: Progress| {
            if step.part.is_empty() {
                step.status.as_ref().clone_into(&mut last);
            }
            progress(step);
        };
        self.follow_steps("“pull”", call, each).await?;
        Ok(Done::Pulled { status: last })
    }
}

/// A digest or a tag, `latest` when there is neither (the engine would pull every tag). The engine connects to the
/// registry before it sends the head of its answer.
fn pull_call(reference: &str) -> Call {
    let call = Call::post(&["images", "create"]).wait(Wait::Forever);
    if reference.contains('@') {
        return call.query("fromImage", reference);
    }
    let (repository, tag) = split_tag(reference);
    call.query("fromImage", repository).query("tag", if tag.is_empty() { "latest" } else { tag })
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
}
