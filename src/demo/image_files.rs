//! Images as archives, and images made of archives and of containers: save, load, import, commit.

use super::call::{Body, Call, JSON, Refusal, Reply};
use super::clock::SECOND;
use super::images::Image;
use super::random::Random;
use super::refer::with_tag;
use super::seed;
use super::world::World;
use serde_json::{Value, json};
use std::io::Read;

/// The list of an archive's images.
const MANIFEST: &str = "manifest.json";
pub const TAR: &str = "application/x-tar";

/// `GET /images/get?names=…`: an archive of the names alone, with a few bytes for each layer.
pub fn save(world: &World, names: &[&str]) -> Result<Reply, Refusal> {
    let mut entries = Vec::new();
    let mut archive = tar::Builder::new(Vec::new());
    for name in names {
        let Some(image) = world.image_at(name) else { return Refusal::new(404, format!("No such image: {name}")) };
        let tags: Vec<&String> = image.tags.iter().filter(|tag| **tag == with_tag(name)).collect();
        let config = format!("{}.json", image.short_id());
        entries.push(json!({ "Config": config, "RepoTags": tags, "Layers": [] }));
        append(&mut archive, &config, image.config.to_string().as_bytes());
    }
    append(&mut archive, MANIFEST, Value::from(entries).to_string().as_bytes());
    // Writing to memory cannot fail.
    let bytes = archive.into_inner().unwrap_or_default();
    Ok(Reply { status: 200, content_type: TAR, body: Body::Whole(bytes.into()) })
}

fn append(archive: &mut tar::Builder<Vec<u8>>, name: &str, bytes: &[u8]) {
    let mut header = tar::Header::new_gnu();
    header.set_size(bytes.len() as u64);
    header.set_mode(0o644);
    header.set_cksum();
    // Writing to memory cannot fail, and the names are short.
    let _ = archive.append_data(&mut header, name, bytes);
}

/// `POST /images/load`: the images that its list names, made of nothing.
pub fn load(world: &mut World, call: &Call) -> Result<Reply, Refusal> {
    let mut lines = String::new();
    let Some(listed) = listed(&call.body) else {
        let message = "Error processing tar file(exit status 1): archive/tar: invalid tar header";
        lines.push_str(&format!("{}\r\n", json!({ "errorDetail": { "message": message }, "error": message })));
        return Ok(streamed(lines));
    };
    for image in listed.as_array().into_iter().flatten() {
        let config = image.get("Config").and_then(Value::as_str).unwrap_or_default();
        let tags = image.get("RepoTags").and_then(Value::as_array).into_iter().flatten();
        let tags: Vec<String> = tags.filter_map(Value::as_str).map(str::to_owned).collect();
        lines.push_str(&format!(
            "{}\r\n",
            json!({ "status": "Loading layer", "id": "5f70bf18a086",
            "progressDetail": { "current": 512, "total": 512 } })
        ));
        for tag in &tags {
            let known = world.images.iter().any(|known| known.short_id() == config.trim_end_matches(".json"));
            if !known {
                let made = seed::image(world, tag, seed::PLAIN, &mut Random::for_text(world.seed, config));
                add(world, Image { digests: Vec::new(), ..made }, tag);
            }
            lines.push_str(&format!("{}\r\n", json!({ "stream": format!("Loaded image: {tag}\n") })));
        }
    }
    Ok(streamed(lines))
}

fn streamed(lines: String) -> Reply {
    Reply { status: 200, content_type: JSON, body: Body::Whole(lines.into()) }
}

fn listed(body: &[u8]) -> Option<Value> {
    let mut archive = tar::Archive::new(body);
    for entry in archive.entries().ok()? {
        let mut entry = entry.ok()?;
        if entry.path().ok()?.as_os_str() == MANIFEST {
            let mut text = String::new();
            entry.read_to_string(&mut text).ok()?;
            return serde_json::from_str(&text).ok();
        }
    }
    None
}

/// Takes an image in under a name, which another one may lose by it.
fn add(world: &mut World, mut image: Image, name: &str) {
    let tag = with_tag(name);
    for known in &mut world.images {
        known.tags.retain(|known| *known != tag);
    }
    image.tags = if name.is_empty() { Vec::new() } else { vec![tag] };
    let id = image.id.clone();
    world.images.push(image);
    world.tell_image("import", &id, name);
}

/// `POST /images/create?fromSrc=…`
pub fn import(world: &mut World, call: &Call) -> Result<Reply, Refusal> {
    let source = call.text("fromSrc").unwrap_or_default();
    if source != "-" {
        let host = source.split('/').nth(2).unwrap_or(source);
        let message = format!("Get \"{source}\": dial tcp: lookup {host} on 127.0.0.53:53: no such host");
        return Refusal::new(500, message);
    }
    if tar::Archive::new(&*call.body).entries().ok().and_then(|mut entries| entries.next()).is_none_or(|e| e.is_err()) {
        return Refusal::new(500, "Error processing tar file(exit status 1): archive/tar: invalid tar header");
    }
    let name = call.text("repo").unwrap_or_default().to_owned();
    let image =
        made(world, &name, call.text("message").unwrap_or("Imported from -"), call.body.len() as u64, json!({}));
    let id = image.id.clone();
    add(world, image, &name);
    Ok(streamed(format!("{}\r\n", json!({ "status": id }))))
}

/// `POST /commit`
pub fn commit(world: &mut World, call: &Call) -> Result<Reply, Refusal> {
    let container = world.container(call.text("container").unwrap_or_default())?;
    let parent = world.image_at(&container.spec.image_id).cloned();
    let name = match (call.text("repo").unwrap_or_default(), call.text("tag").unwrap_or_default()) {
        ("", _) => String::new(),
        (repository, "") => repository.to_owned(),
        (repository, tag) => format!("{repository}:{tag}"),
    };
    let config = parent.as_ref().map_or_else(|| json!({}), |parent| parent.config.clone());
    let mut image = made(world, &name, call.text("comment").unwrap_or_default(), 4096, config);
    if let Some(parent) = parent {
        image.size += parent.size;
        image.shared = parent.size;
        image.layers.extend(parent.layers);
    }
    let id = image.id.clone();
    add(world, image, &name);
    Ok(Reply::json(201, &json!({ "Id": id })))
}

fn made(world: &mut World, name: &str, message: &str, size: u64, config: Value) -> Image {
    let serial = world.next_serial();
    let mut random = Random::for_text(world.seed, &format!("{name}{serial}{message}"));
    Image {
        id: format!("sha256:{}", random.hex(64)),
        tags: Vec::new(),
        digests: Vec::new(),
        created: world.now / SECOND * SECOND,
        size,
        shared: 0,
        config,
        layers: vec![(message.to_owned(), size)],
        programs: Vec::new(),
    }
}
