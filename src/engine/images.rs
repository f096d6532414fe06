//! Images made without a build, and images that nobody needs: import, commit, prune.

use super::Engine;
use super::body::ByteStream;
use super::call::{Call, Wait};
use super::image_files::TAR;
use super::lenient::{List, Word, or_default};
use super::registry_words::explained;
use crate::domain::{Commit, Done, Failure, FailureKind, ImageImport, ImportSource, Progress, prune_filters};
use serde::Deserialize;
use std::collections::HashSet;

impl Engine {
    /// `POST /images/create?fromSrc=…`: an image of one layer, made of an archive that is sent (`archive`) or that the
    /// engine fetches itself. Gives its id.
    pub async fn import_image(
        &self,
        import: &ImageImport,
        archive: Option<ByteStream>,
        mut progress: impl FnMut(Progress),
    ) -> Result<String, Failure> {
        let source = match &import.source {
            ImportSource::File(_) => "-",
            ImportSource::Address(address) => address,
        };
        let mut call = Call::post(&["images", "create"]).query("fromSrc", source).wait(Wait::Forever);
        // Podman takes no tag apart from the name.
        for (name, value) in [("repo", &import.reference), ("message", &import.message), ("platform", &import.platform)]
        {
            if !value.is_empty() {
                call = call.query(name, value);
            }
        }
        call = import.changes.iter().fold(call, |call, change| call.query("changes", change));
        if let Some(archive) = archive {
            call = call.body_stream(TAR, archive);
        }
        let mut id = String::new();
        let each = |step: Progress| {
            if step.status.starts_with("sha256:") {
                step.status.as_ref().clone_into(&mut id);
            }
            progress(Progress { part: Box::default(), ..step });
        };
        let done = self.follow_steps("“import”", call, each).await;
        match &import.source {
            ImportSource::File(_) => done?,
            ImportSource::Address(address) => done.map_err(|failure| explained(failure, address))?,
        }
        Ok(id)
    }

    /// `POST /commit`: the image gets the container's own settings, with the changes.
    pub(super) async fn commit(&self, commit: &Commit) -> Result<Done, Failure> {
        let pause = if commit.pause { "1" } else { "0" };
        let mut call = Call::post(&["commit"]).query("container", commit.target.id.as_str()).query("pause", pause);
        let (repository, tag) = crate::domain::split_tag(&commit.reference);
        let given = [("repo", repository), ("tag", tag), ("author", &commit.author), ("comment", &commit.message)];
        for (name, value) in given {
            if !value.is_empty() {
                call = call.query(name, value);
            }
        }
        if !commit.changes.is_empty() {
            call = call.query("changes", &commit.changes.join("\n"));
        }
        // Copying a big container's files takes its time. Engines want a body, and take what is left out of it from the container.
        let call = call.json(&serde_json::json!({})).wait(Wait::Forever);
        let made: Committed = self.ask_json("“commit”", call).await?;
        if made.id.0.is_empty() {
            return Err(Failure::new(FailureKind::Malformed, "The engine made an image and did not tell its id."));
        }
        Ok(Done::ImageMade { id: made.id.0.into() })
    }

    /// `POST /libpod/images/prune`: Podman 4 prunes all that no container uses in no other way.
    async fn prune_images_by_libpod(&self, until: &str) -> Result<Done, Failure> {
        let mut call = Call::post(&["libpod", "images", "prune"]).query("all", "true").wait(Wait::Forever);
        if !until.is_empty() {
            call = call.query("filters", &format!("{{\"until\":[\"{until}\"]}}"));
        }
        let pruned: List<Reclaimed, Reclaimed> = self.ask_json("“prune”", call).await?;
        let bytes = pruned.0.iter().map(|one| u64::try_from(one.size).unwrap_or(0)).fold(0, u64::saturating_add);
        Ok(Done::ImagesPruned { names: 0, images: pruned.0.len(), bytes })
    }

    /// `POST /images/prune`: those without a name, or all that no container uses; `until` as engines take it (`24h`,
    /// or a time), empty for any age.
    pub(super) async fn prune_images(&self, unused: bool, until: &str) -> Result<Done, Failure> {
        // Layers are told as deleted as well: what was an image is known from before.
        let known = self.all_images().await.unwrap_or_default();
        let known: HashSet<&str> = known.iter().map(|image| digits(image.id.as_str())).collect();
        let call = Call::post(&["images", "prune"]).query("filters", &prune_filters(unused, until)).wait(Wait::Forever);
        let pruned: Pruned = match self.ask_json("“prune”", call).await {
            Err(failure) if unused && failure.sentence.contains("\"dangling\" filter more than once") => {
                return self.prune_images_by_libpod(until).await;
            }
            pruned => pruned?,
        };
        let mut names = 0;
        let mut images = 0;
        for item in pruned.images_deleted.0 {
            names += usize::from(!item.untagged.0.is_empty());
            images += usize::from(known.contains(digits(&item.deleted.0)));
        }
        Ok(Done::ImagesPruned { names, images, bytes: u64::try_from(pruned.space_reclaimed).unwrap_or(0) })
    }
}

/// An id without the word for how it was made, which Podman leaves out.
fn digits(id: &str) -> &str {
    id.trim_start_matches("sha256:")
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct Reclaimed {
    #[serde(deserialize_with = "or_default")]
    size: i64,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct Committed {
    id: Word,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct Pruned {
    images_deleted: List<Deleted, Deleted>,
    #[serde(deserialize_with = "or_default")]
    space_reclaimed: i64,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct Deleted {
    untagged: Word,
    deleted: Word,
}
