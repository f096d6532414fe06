//! Carries out a [`Request`]: one engine call each, a few for what engines have no one call for.

mod container;
mod image;
mod plugin;
mod storage;
mod system;

use super::Engine;
use super::failure::from_bollard;
use crate::domain::{Done, Failure, FailureKind, Progress, Request};
use bollard::errors::Error;
use hyper::StatusCode;

impl Engine {
    /// Asks the engine for it and waits until it is done. `progress` is told of long requests.
    pub async fn perform(&self, request: &Request, progress: impl FnMut(Progress) + Send) -> Result<Done, Failure> {
        match request {
            Request::Container(request) => self.perform_on_container(request).await,
            Request::Image(request) => self.perform_on_image(request, progress).await,
            Request::ImageFile(_) => Err(Failure::new(
                FailureKind::Unsupported,
                "An engine has no files here: the program reads and writes archives.",
            )),
            Request::Volume(request) => self.perform_on_volume(request, progress).await,
            Request::Network(request) => self.perform_on_network(request).await,
            Request::System(request) => self.perform_on_system(request).await,
            Request::Plugin(request) => self.perform_on_plugin(request, progress).await,
            Request::Build(_) => {
                Err(Failure::new(FailureKind::Unsupported, "An engine reads no folders here: the program sends them."))
            }
            Request::File(_) => Err(Failure::new(
                FailureKind::Unsupported,
                "An engine has no files here: the program reads and writes archives.",
            )),
            Request::Raw(_) => {
                Err(Failure::new(FailureKind::Unsupported, "What was typed is sent with its answer told."))
            }
            Request::Registry(_) => Err(Failure::new(
                FailureKind::Unsupported,
                "An engine does this for no registry: the program itself does.",
            )),
            Request::SaveLog(_) | Request::SaveText(_) => {
                Err(Failure::new(FailureKind::Unsupported, "An engine writes no files here: the program does."))
            }
        }
    }
}

/// What the answer to an act means.
fn changed(answer: Result<(), Error>) -> Result<Done, Failure> {
    match answer {
        Ok(()) => Ok(Done::Changed),
        Err(Error::DockerResponseServerError { status_code, .. }) if status_code == StatusCode::NOT_MODIFIED => {
            Ok(Done::NothingToDo)
        }
        Err(error) => Err(from_bollard(error)),
    }
}
