//! Images as tar archives: saved from an engine, loaded into one.

use super::Engine;
use super::body::ByteStream;
use super::call::{Call, Wait};
use super::direct::DirectBody;
use crate::domain::{Failure, Progress};

/// The media type of an archive.
pub(super) const TAR: &str = "application/x-tar";

impl Engine {
    /// `GET /images/get`: one archive with all of these images, as it comes. The engine packs it while it is read;
    /// dropping it ends that.
    pub async fn save_images(&self, references: &[String]) -> Result<DirectBody, Failure> {
        let call = Call::get(&["images", "get"]).wait(Wait::Forever);
        let call = references.iter().fold(call, |call, reference| call.query("names", reference));
        Ok(self.direct_body(call).await?.1)
    }

    /// `POST /images/load`: takes an archive while it is read. Tells what the engine says: names and ids that were
    /// loaded, each once.
    pub async fn load_images(
        &self,
        archive: ByteStream,
        mut progress: impl FnMut(Progress),
    ) -> Result<Vec<String>, Failure> {
        let call = Call::post(&["images", "load"]).query("quiet", "0").body_stream(TAR, archive);
        let mut loaded = Vec::new();
        self.follow_steps("“load”", call, |step| {
            loaded.extend(loaded_names(&step.status).filter(|_| step.part.is_empty()));
            progress(step);
        })
        .await?;
        loaded.sort();
        loaded.dedup();
        Ok(loaded)
    }
}

/// `Loaded image: busybox:1`, `Loaded image ID: sha256:…`, of Podman with several names.
fn loaded_names(status: &str) -> impl Iterator<Item = String> {
    let names =
        status.strip_prefix("Loaded image").and_then(|rest| rest.split_once(": ")).map_or("", |(_, names)| names);
    names.split(',').map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect::<Vec<_>>().into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_loaded_is_read_out_of_the_engines_words() {
        let names = |status| loaded_names(status).collect::<Vec<_>>();
        assert_eq!(names("Loaded image: localhost:5000/a:1"), ["localhost:5000/a:1"]);
        assert_eq!(names("Loaded image ID: sha256:12"), ["sha256:12"]);
        assert_eq!(names("Loaded image: a:1,b:2"), ["a:1", "b:2"]);
        assert!(names("Loading layer").is_empty());
    }
}
