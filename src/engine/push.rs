//! Pushes an image (`POST /images/{name}/push`) and tells how far each layer is.

use super::Engine;
use super::call::{Call, Wait};
use super::credentials::REGISTRY_AUTH;
use super::registry_words::explained;
use crate::domain::{Failure, FailureKind, ImageReference, Progress};
use hyper::header::HeaderValue;

/// `{}`: engines want the header even where nobody is logged in.
const NOBODY: HeaderValue = HeaderValue::from_static("e30=");

impl Engine {
    /// Pushes one tag, or all that the repository has here; gives the digest of the last one, which may be empty.
    /// Dropping the future ends the push.
    pub(super) async fn push(
        &self,
        reference: &str,
        all_tags: bool,
        mut progress: impl FnMut(Progress),
    ) -> Result<String, Failure> {
        let parsed: ImageReference = reference.parse().map_err(|invalid: crate::domain::Invalid| {
            Failure::new(FailureKind::BadRequest, invalid.sentence().to_owned())
        })?;
        let credentials = self.credentials_for(&parsed).await?.unwrap_or(NOBODY);
        let name = parsed.short_name();
        let mut call = Call::post(&["images", &name, "push"]).wait(Wait::Forever).header(REGISTRY_AUTH, credentials);
        if !all_tags {
            call = call.query("tag", parsed.tag().unwrap_or("latest"));
        }
        let mut digest = String::new();
        let each = |step: Progress| {
            if let Some(told) = digest_in(&step.status) {
                told.clone_into(&mut digest);
            }
            progress(step);
        };
        self.follow_steps("“push”", call, each).await.map_err(|failure| explained(failure, parsed.registry()))?;
        Ok(digest)
    }
}

/// `1.2: digest: sha256:… size: 527`
fn digest_in(status: &str) -> Option<&str> {
    let (_, rest) = status.split_once("digest: ")?;
    rest.split_whitespace().next()
}

#[cfg(test)]
mod tests {
    use super::super::canned::{answer, engine};

    #[tokio::test]
    async fn the_tag_goes_apart_and_the_digest_comes_back() {
        let body = "{\"status\":\"Pushing\",\"progressDetail\":{\"current\":1,\"total\":2},\"id\":\"ab\"}\r\n\
                    {\"status\":\"1: digest: sha256:12 size: 527\"}\r\n\
                    {\"progressDetail\":{},\"aux\":{\"Tag\":\"1\",\"Digest\":\"sha256:12\",\"Size\":527}}\r\n";
        let (engine, mut heads) = engine(vec![answer("200 OK", "", body)]);
        engine.set_api(crate::domain::ApiVersion { major: 1, minor: 41 });
        let mut steps = Vec::new();
        let digest = engine.push("localhost:5000/a/b:1", false, |step| steps.push(step)).await;
        assert_eq!((digest.as_deref(), steps.len()), (Ok("sha256:12"), 2));
        let head = heads.recv().await.unwrap();
        assert!(head.starts_with("POST /v1.41/images/localhost:5000%2Fa%2Fb/push?tag=1 HTTP"), "{head}");
        assert!(head.to_ascii_lowercase().contains("x-registry-auth: e30="), "{head}");
    }
}
