//! Carries out requests about images.

use super::changed;
use crate::domain::{Done, Failure, ImageRequest, Progress, split_tag};
use crate::engine::Engine;
use crate::engine::call::{Wait, encode};
use crate::engine::failure::from_bollard;
use bollard::query_parameters::{RemoveImageOptions, TagImageOptions};

impl Engine {
    pub(super) async fn perform_on_image(
        &self,
        request: &ImageRequest,
        progress: impl FnMut(Progress),
    ) -> Result<Done, Failure> {
        match request {
            ImageRequest::Pull { reference, platform, all_tags } => {
                self.pull(reference, platform, *all_tags, progress).await
            }
            ImageRequest::Push { reference, all_tags, from } => {
                if !from.is_empty() {
                    self.tag(from, reference).await?;
                }
                self.push(reference, *all_tags, progress).await.map(|digest| Done::Pushed { digest })
            }
            ImageRequest::Remove { reference, force, prune_parents, .. } => {
                self.remove_image(reference, *force, !prune_parents).await
            }
            ImageRequest::Untag { reference, .. } => self.remove_image(reference, false, false).await,
            ImageRequest::Commit(commit) => self.commit(commit).await,
            ImageRequest::Prune { unused, until } => self.prune_images(*unused, until).await,
            ImageRequest::Tag { id, new, .. } => self.tag(id.as_str(), new).await,
        }
    }

    async fn tag(&self, image: &str, new: &str) -> Result<Done, Failure> {
        let (repository, tag) = split_tag(new);
        let options = TagImageOptions {
            repo: Some(repository.to_owned()),
            tag: Some(if tag.is_empty() { "latest" } else { tag }.to_owned()),
        };
        changed(self.bollard(Wait::Act)?.tag_image(&encode(image), Some(options)).await)
    }

    async fn remove_image(&self, reference: &str, force: bool, keep_parents: bool) -> Result<Done, Failure> {
        let options = RemoveImageOptions { force, noprune: keep_parents, ..RemoveImageOptions::default() };
        let docker = self.bollard(Wait::Act)?;
        let items = docker.remove_image(&encode(reference), Some(options), None).await.map_err(from_bollard)?;
        let mut untagged = Vec::new();
        let mut deleted = Vec::new();
        for item in items {
            untagged.extend(item.untagged);
            deleted.extend(item.deleted);
        }
        Ok(Done::ImageRemoved { untagged, deleted })
    }
}
