//! Builds an image (`POST /build`): sends the folder while it is read, and tells each step while it is done.
//!
//! BuildKit takes the folder by the same call (`version=2`), without a session of its own protocol; then its steps come
//! as messages within the same stream. What a session alone could carry (secrets, an agent's keys) it has to go without.

mod reader;
mod trace;

use super::Engine;
use super::body::ByteStream;
use super::call::{Call, Wait};
use super::image_files::TAR;
use super::json_stream::ObjectStream;
use crate::domain::{BuildNews, BuildSpec, Builder, Done, Failure, FailureKind, ImageReference, Progress, StepState};
use hyper::header::HeaderName;
use reader::Reader;
use tokio::sync::mpsc::Sender;

/// Carries credentials for several registries, JSON in base64url.
const REGISTRY_CONFIG: HeaderName = HeaderName::from_static("x-registry-config");

impl Engine {
    /// `bases` are the images that the Dockerfile builds on. Dropping the future ends the build: an engine whose client
    /// has gone stops the step and takes its container away.
    ///
    /// # Errors
    /// The builder's own words, with the step that failed; a failure within `context` as it is.
    pub async fn build(
        &self,
        spec: &BuildSpec,
        bases: &[String],
        context: ByteStream,
        told: &Sender<BuildNews>,
    ) -> Result<Done, Failure> {
        let bases: Vec<ImageReference> = bases.iter().filter_map(|base| base.parse().ok()).collect();
        let mut call = build_call(spec, context);
        match spec.builder {
            Builder::Classic => {
                if let Some(config) = self.credentials_for_all(&bases).await? {
                    call = call.header(REGISTRY_CONFIG, config);
                }
            }
            Builder::BuildKit => self.fetch_private(&bases, told).await?,
        }
        let response = self.open(call).await.map_err(|failure| explained(spec, failure))?;
        let mut objects = ObjectStream::new(response.into_body());
        let mut reader = Reader::default();
        while let Some(object) = objects.next().await? {
            let read = reader.read(&object);
            for news in read.news {
                // Who does not listen any more still waits for the end.
                let _ = told.send(news).await;
            }
            if let Some(failure) = read.failure {
                return Err(without_session(failure));
            }
        }
        match reader.image() {
            Some(image) => Ok(Done::Built { image }),
            None => Err(Failure::new(FailureKind::Lost, "The builder ended without an image and without a word.")
                .with_hint(
                    "The engine may have been stopped in the middle: look whether it is there, and build again.",
                )),
        }
    }

    /// BuildKit asks nobody for credentials here: base images of registries that somebody is logged in to are pulled before.
    async fn fetch_private(&self, bases: &[ImageReference], told: &Sender<BuildNews>) -> Result<(), Failure> {
        for base in bases {
            if self.credentials_for(base).await?.is_none() {
                continue;
            }
            let (key, name): (Box<str>, Box<str>) = (format!("pull {base}").into(), format!("Pull {base}").into());
            let step = |state| BuildNews::Step { key: key.clone(), name: name.clone(), state };
            let _ = told.send(step(StepState::Running)).await;
            // Each word replaces the one before: one that finds no room is no loss.
            let each = |progress: Progress| drop(told.try_send(BuildNews::Part { key: key.clone(), progress }));
            let pulled = self.pull(&base.to_string(), "", false, each).await;
            let ended = if pulled.is_ok() { StepState::Done(None) } else { StepState::Failed };
            let _ = told.send(step(ended)).await;
            pulled?;
        }
        Ok(())
    }
}

/// What a session of BuildKit's own protocol would have brought.
fn without_session(failure: Failure) -> Failure {
    let words = failure.sentence.to_lowercase();
    let is_missed = ["no active session", "secret", "ssh"].iter().any(|sign| words.contains(sign))
        && ["no active session", "not found", "unset", "forward"].iter().any(|sign| words.contains(sign));
    match (is_missed, &failure.hint) {
        (true, Some(hint)) => failure.clone().with_hint(format!("{hint} {SECRETS}")),
        (true, None) => failure.with_hint(SECRETS),
        (false, _) => failure,
    }
}

const SECRETS: &str =
    "Secrets and ssh keys cannot be handed over from here: “docker build” takes them by --secret and --ssh.";

fn build_call(spec: &BuildSpec, context: ByteStream) -> Call {
    let call = Call::post(&["build"]).wait(Wait::Forever);
    let call = spec.query().iter().fold(call, |call, (name, value)| call.query(name, value));
    call.body_stream(TAR, context)
}

/// A refusal with what can be done about it.
fn explained(spec: &BuildSpec, failure: Failure) -> Failure {
    let words = failure.sentence.to_lowercase();
    if spec.builder == Builder::BuildKit && words.contains("buildkit") {
        return failure.with_hint("Choose the classic builder in the form.");
    }
    if words.contains("dockerfile") && (words.contains("locate") || words.contains("no such file")) {
        return failure.with_hint(format!("Is there a {} in {}?", spec.dockerfile(), spec.folder));
    }
    failure
}

#[cfg(test)]
mod tests;
