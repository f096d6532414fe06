//! Images: list, inspect, history, tag, remove, prune.

use super::call::{Call, Refusal, Reply};
use super::clock::{SECOND, rfc3339};
use super::container::Container;
use super::random::Random;
use super::refer::{repository, with_tag};
use super::world::World;
use crate::domain::order;
use serde_json::{Map, Value, json};

#[derive(Clone, Debug)]
pub struct Image {
    /// `sha256:…`.
    pub id: String,
    pub tags: Vec<String>,
    pub digests: Vec<String>,
    pub created: i64,
    /// Bytes.
    pub size: u64,
    /// Bytes in layers that other images have as well.
    pub shared: u64,
    /// What containers made of it start with (`Config`).
    pub config: Value,
    /// Newest first: what made it, and its bytes.
    pub layers: Vec<(String, u64)>,
    /// Programs that exec finds in it; empty for an image without a shell.
    pub programs: Vec<String>,
}

impl Image {
    pub fn short_id(&self) -> &str {
        self.id.trim_start_matches("sha256:").get(..12).unwrap_or(&self.id)
    }
}

impl World {
    /// Finds an image by tag, digest, id or the beginning of an id.
    pub fn image_at(&self, given: &str) -> Option<&Image> {
        self.image_index(given).and_then(|index| self.images.get(index))
    }

    fn image_index(&self, given: &str) -> Option<usize> {
        let tag = with_tag(given);
        let tagged = self.images.iter().position(|image| image.tags.contains(&tag) || image.digests.contains(&tag));
        let bare = given.strip_prefix("sha256:").unwrap_or(given);
        let by_id = || {
            let digits = bare.len() >= 4 && bare.chars().all(|c| c.is_ascii_hexdigit());
            let fits = |image: &Image| image.id.strip_prefix("sha256:").is_some_and(|id| id.starts_with(bare));
            self.images.iter().position(|image| digits && fits(image))
        };
        tagged.or_else(by_id)
    }

    fn require_image(&self, given: &str) -> Result<usize, Refusal> {
        self.image_index(given).map_or_else(|| Refusal::new(404, format!("No such image: {}", with_tag(given))), Ok)
    }

    pub fn tell_image(&mut self, action: &str, actor: &str, name: &str) {
        let attributes = Map::from_iter([("name".to_owned(), Value::from(name))]);
        self.events.tell(self.now, "image", action, actor, attributes);
    }
}

/// `GET /images/json`: `all`, `filters` (dangling, reference, label), `shared-size`.
pub fn list(world: &World, call: &Call) -> Reply {
    let dangling = call.filter("dangling").first().map(|word| matches!(word.as_str(), "true" | "1"));
    let references = call.filter("reference");
    let labels = call.filter("label");
    let shared = call.flag("shared-size");
    let fits = |image: &&Image| {
        dangling.is_none_or(|wanted| wanted == image.tags.is_empty())
            && (references.is_empty()
                || image.tags.iter().any(|tag| references.iter().any(|word| tag == word || repository(tag) == word)))
            && labels.iter().all(|label| image.config.pointer(&format!("/Labels/{label}")).is_some())
    };
    let mut images: Vec<&Image> = world.images.iter().filter(fits).collect();
    order::sort_by_key(&mut images, |image| std::cmp::Reverse(image.created));
    let rows: Vec<Value> = images
        .into_iter()
        .map(|image| {
            let users = world.containers.values().filter(|container| container.spec.image_id == image.id).count();
            // Before 1.43 an image without a tag carried words for that.
            let untagged = image.tags.is_empty() && call.api < 43;
            let tags = if untagged { json!(["<none>:<none>"]) } else { json!(image.tags) };
            let digests = if untagged { json!(["<none>@<none>"]) } else { json!(image.digests) };
            json!({
                "Id": image.id,
                "ParentId": "",
                "RepoTags": tags,
                "RepoDigests": digests,
                "Created": image.created / SECOND,
                "Size": image.size,
                "SharedSize": if shared { image.shared as i64 } else { -1 },
                "Labels": image.config.get("Labels"),
                "Containers": if shared { users as i64 } else { -1 },
            })
        })
        .collect();
    Reply::ok(&rows.into())
}

pub fn inspect(world: &World, given: &str) -> Result<Reply, Refusal> {
    let index = world.require_image(given)?;
    let Some(image) = world.images.get(index) else { return super::routes::page_not_found() };
    let layers: Vec<String> = image
        .layers
        .iter()
        .rev()
        .filter(|(_, size)| *size > 0)
        .map(|(made, _)| format!("sha256:{}", Random::for_text(0, made).hex(64)))
        .collect();
    Ok(Reply::ok(&json!({
        "Id": image.id,
        "RepoTags": image.tags,
        "RepoDigests": image.digests,
        "Parent": "",
        "Comment": "buildkit.dockerfile.v0",
        "Created": rfc3339(image.created),
        "DockerVersion": "",
        "Author": "",
        "Config": image.config,
        "Architecture": "amd64",
        "Os": "linux",
        "Size": image.size,
        "GraphDriver": { "Name": "overlay2", "Data": {} },
        "RootFS": { "Type": "layers", "Layers": layers },
        "Metadata": { "LastTagTime": rfc3339(image.created) },
    })))
}

pub fn history(world: &World, given: &str) -> Result<Reply, Refusal> {
    let index = world.require_image(given)?;
    let Some(image) = world.images.get(index) else { return super::routes::page_not_found() };
    let rows: Vec<Value> = image
        .layers
        .iter()
        .enumerate()
        .map(|(number, (made, size))| {
            let newest = number == 0;
            json!({
                "Id": if newest { image.id.as_str() } else { "<missing>" },
                "Created": image.created / SECOND - number as i64 * 2,
                "CreatedBy": made,
                "Tags": if newest && !image.tags.is_empty() { json!(image.tags) } else { Value::Null },
                "Size": size,
                "Comment": "buildkit.dockerfile.v0",
            })
        })
        .collect();
    Ok(Reply::ok(&rows.into()))
}

/// `POST /images/{name}/tag?repo=…&tag=…`.
pub fn tag(world: &mut World, given: &str, call: &Call) -> Result<Reply, Refusal> {
    let index = world.require_image(given)?;
    let repo = call.text("repo").unwrap_or_default();
    if repo.is_empty() || repo.chars().any(|c| c.is_ascii_uppercase() || c.is_whitespace()) {
        return Refusal::new(400, format!("invalid reference format: {repo:?}"));
    }
    let tag = call.text("tag").filter(|tag| !tag.is_empty()).unwrap_or("latest");
    let name = with_tag(&format!("{repo}:{tag}"));
    // A tag is one image's: it leaves the one that had it.
    for image in &mut world.images {
        image.tags.retain(|known| *known != name);
    }
    let Some(image) = world.images.get_mut(index) else { return super::routes::page_not_found() };
    image.tags.push(name.clone());
    let id = image.id.clone();
    world.tell_image("tag", &id, &name);
    Ok(Reply::empty(201))
}

/// `DELETE /images/{name}`: `force`, `noprune`.
pub fn remove(world: &mut World, given: &str, call: &Call) -> Result<Reply, Refusal> {
    let index = world.require_image(given)?;
    let Some(image) = world.images.get(index).cloned() else { return super::routes::page_not_found() };
    let force = call.flag("force");
    let name = with_tag(given);
    let by_tag = image.tags.contains(&name);
    let users: Vec<&Container> =
        world.containers.values().filter(|container| container.spec.image_id == image.id).collect();
    if by_tag && image.tags.len() > 1 {
        return Ok(untag(world, index, &[name], false));
    }
    check_use(&image, &users, by_tag.then_some(given), force)?;
    // Forced by its tag while in use: the tag goes, the image stays for its containers.
    let keep = !users.is_empty();
    Ok(untag(world, index, &image.tags, !keep))
}

/// Dockerd's refusals for an image that is in use or has several names.
fn check_use(image: &Image, users: &[&Container], tag: Option<&str>, force: bool) -> Result<(), Refusal> {
    let short = image.short_id();
    if let Some(tag) = tag {
        return match users.first() {
            Some(user) if !force => Refusal::new(
                409,
                format!(
                    "conflict: unable to remove repository reference \"{tag}\" (must force) - container {} is using its \
                     referenced image {short}",
                    user.short_id()
                ),
            ),
            _ => Ok(()),
        };
    }
    let conflict =
        |how: &str, why: String| Refusal::new(409, format!("conflict: unable to delete {short} ({how}) - {why}"));
    if let Some(user) = users.iter().find(|user| user.is_alive()) {
        return conflict("cannot be forced", format!("image is being used by running container {}", user.short_id()));
    }
    if force {
        return Ok(());
    }
    if let Some(user) = users.first() {
        return conflict("must be forced", format!("image is being used by stopped container {}", user.short_id()));
    }
    if image.tags.len() > 1 {
        return conflict("must be forced", "image is referenced in multiple repositories".into());
    }
    Ok(())
}

fn untag(world: &mut World, index: usize, tags: &[String], delete: bool) -> Reply {
    let Some(image) = world.images.get_mut(index) else { return Reply::ok(&json!([])) };
    let id = image.id.clone();
    image.tags.retain(|tag| !tags.contains(tag));
    let mut rows: Vec<Value> = tags.iter().map(|tag| json!({ "Untagged": tag })).collect();
    let layers = image.layers.clone();
    if delete {
        rows.extend(image.digests.iter().map(|digest| json!({ "Untagged": digest })));
        rows.push(json!({ "Deleted": id }));
        let layers = layers.iter().filter(|(_, size)| *size > 0);
        rows.extend(
            layers.map(|(made, _)| json!({ "Deleted": format!("sha256:{}", Random::for_text(0, made).hex(64)) })),
        );
        world.images.remove(index);
    }
    for _ in tags {
        world.tell_image("untag", &id, &id);
    }
    if delete {
        world.tell_image("delete", &id, &id);
    }
    Reply::ok(&rows.into())
}

/// `24h`, as clients send ages.
fn hours(text: &str) -> Option<i64> {
    text.strip_suffix('h')?.parse().ok()
}

/// `POST /images/prune`: dangling ones, or with `dangling=false` all that no container uses.
pub fn prune(world: &mut World, call: &Call) -> Reply {
    let all = call.filter("dangling").iter().any(|word| matches!(word.as_str(), "false" | "0"));
    let used: Vec<String> = world.containers.values().map(|container| container.spec.image_id.clone()).collect();
    let until =
        call.filter("until").first().and_then(|text| hours(text)).map(|hours| world.now - hours * 3_600 * SECOND);
    let goes = |image: &Image| {
        !used.contains(&image.id) && (all || image.tags.is_empty()) && until.is_none_or(|until| image.created < until)
    };
    let mut rows = Vec::new();
    let mut space = 0;
    let gone: Vec<Image> = world.images.extract_if(.., |image| goes(image)).collect();
    for image in gone {
        rows.extend(image.tags.iter().map(|tag| json!({ "Untagged": tag })));
        rows.push(json!({ "Deleted": image.id }));
        space += image.size.saturating_sub(image.shared);
        world.tell_image("delete", &image.id, &image.id);
    }
    Reply::ok(&json!({ "ImagesDeleted": rows, "SpaceReclaimed": space }))
}
