//! `POST /images/create`: a pull with its progress, layer by layer, over a few seconds.

use super::call::{Call, JSON, Refusal, Reply, STREAM_DEPTH};
use super::clock::SECOND;
use super::images::Image;
use super::random::Random;
use super::refer::{registry, repository, with_tag};
use super::seed;
use super::world::{Due, World};
use bytes::Bytes;
use serde_json::{Value, json};
use std::collections::VecDeque;
use tokio::sync::mpsc;

/// Between two lines of progress.
const STEP: i64 = SECOND / 12;

#[derive(Debug)]
pub struct Pull {
    reference: String,
    lines: VecDeque<Value>,
    /// `None` when it ends in an error.
    image: Option<Image>,
    sender: mpsc::Sender<Bytes>,
}

impl Pull {
    /// Lines that are told one after the other, with no image at their end.
    pub fn told(reference: String, lines: VecDeque<Value>, sender: mpsc::Sender<Bytes>) -> Self {
        Self { reference, lines, image: None, sender }
    }
}

/// `fromImage`, `tag`.
pub fn create(world: &mut World, call: &Call) -> Result<Reply, Refusal> {
    let name = call.text("fromImage").unwrap_or_default();
    let tag = call.text("tag").unwrap_or_default();
    if name.is_empty() || name.chars().any(|c| c.is_ascii_uppercase() || c.is_whitespace()) {
        return Refusal::new(400, "invalid reference format");
    }
    let reference = match tag {
        "" => with_tag(name),
        tag if tag.starts_with("sha256:") => format!("{name}@{tag}"),
        tag => with_tag(&format!("{name}:{tag}")),
    };
    let repo = repository(&reference).to_owned();
    if let Some(host) =
        registry(&reference).filter(|host| !["ghcr.io", "quay.io", "registry.example.com"].contains(host))
    {
        let host = host.split(':').next().unwrap_or(host);
        let message = format!("Get \"https://{host}/v2/\": dial tcp: lookup {host} on 127.0.0.53:53: no such host");
        return Refusal::new(500, message);
    }
    let mut random = Random::for_text(world.seed, &reference);
    let familiar = reference.split('/').count() == 1;
    let known = seed::known_image(&repo).or_else(|| (!familiar && !repo.contains("missing")).then_some(seed::PLAIN));
    let Some(known) = known else {
        let message = format!(
            "pull access denied for {repo}, repository does not exist or may require 'docker login': denied: requested \
             access to the resource is denied"
        );
        return Refusal::new(404, message);
    };
    let tag = reference.rsplit(':').next().unwrap_or("latest").to_owned();
    let image = seed::image(world, &reference, known, &mut random);
    let mut lines = VecDeque::from([json!({ "status": format!("Pulling from {}", hub_path(&repo)), "id": tag })]);
    let present = world.image_at(&reference).is_some_and(|present| present.id == image.id);
    // A tag that no registry has; its name says so.
    let unknown_tag = tag.contains("missing");
    if unknown_tag {
        let message = format!("manifest for {reference} not found: manifest unknown: manifest unknown");
        return Refusal::new(404, message);
    }
    let broken = tag.contains("broken");
    if !present {
        layers(&image, &mut random, broken, &mut lines);
    }
    if broken {
        let message = "unexpected EOF";
        lines.push_back(json!({ "errorDetail": { "message": message }, "error": message }));
    } else {
        let digest = image.digests.first().and_then(|digest| digest.split('@').nth(1)).unwrap_or_default();
        lines.push_back(json!({ "status": format!("Digest: {digest}") }));
        let status = if present { "Image is up to date for" } else { "Downloaded newer image for" };
        lines.push_back(json!({ "status": format!("Status: {status} {reference}") }));
    }
    let (sender, chunks) = mpsc::channel(STREAM_DEPTH);
    let id = world.next_serial();
    let image = (!broken).then_some(image);
    world.pulls.insert(id, Pull { reference, lines, image, sender });
    step(world, id);
    Ok(Reply::stream(JSON, chunks))
}

fn hub_path(repo: &str) -> String {
    match registry(repo) {
        Some(host) => repo.trim_start_matches(host).trim_start_matches('/').to_owned(),
        None if repo.contains('/') => repo.to_owned(),
        None => format!("library/{repo}"),
    }
}

/// The lines of all layers: three are downloaded side by side, then they are unpacked in order.
fn layers(image: &Image, random: &mut Random, broken: bool, lines: &mut VecDeque<Value>) {
    let sizes: Vec<(String, u64)> = image
        .layers
        .iter()
        .rev()
        .filter(|(_, size)| *size > 0)
        .map(|(_, size)| (random.hex(12), size / 3 + 1))
        .collect();
    let line = |id: &str, status: &str| json!({ "status": status, "progressDetail": {}, "id": id });
    lines.extend(sizes.iter().map(|(id, _)| line(id, "Pulling fs layer")));
    lines.extend(sizes.iter().skip(3).map(|(id, _)| line(id, "Waiting")));
    let progress = |id: &str, status: &str, current: u64, total: u64| {
        json!({ "status": status, "progressDetail": { "current": current, "total": total },
            "progress": bar(current, total), "id": id })
    };
    for group in sizes.chunks(3) {
        for part in 1..=8_u64 {
            for (id, total) in group {
                lines.push_back(progress(id, "Downloading", total * part / 8, *total));
            }
            if broken && part == 4 {
                return;
            }
        }
        for (id, _) in group {
            lines.extend([line(id, "Verifying Checksum"), line(id, "Download complete")]);
        }
    }
    for (id, total) in &sizes {
        lines.extend((1..=4).map(|part| progress(id, "Extracting", total * part / 4, *total)));
        lines.push_back(line(id, "Pull complete"));
    }
}

/// `[====>    ]  1.2MB/3.4MB`, as engines draw it for old clients.
fn bar(current: u64, total: u64) -> String {
    let done = usize::try_from(current * 50 / total.max(1)).unwrap_or(50).min(50);
    let size = |bytes: u64| match bytes as f64 {
        few if few < 1e3 => format!("{few}B"),
        kilo if kilo < 1e6 => format!("{:.4}kB", kilo / 1e3),
        mega => format!("{:.2}MB", mega / 1e6),
    };
    format!("[{}>{}]  {}/{}", "=".repeat(done), " ".repeat(50 - done), size(current), size(total))
}

/// Sends the next lines; at the end the image is there.
pub fn step(world: &mut World, id: u64) {
    let Some(pull) = world.pulls.get_mut(&id) else { return };
    // As real engines, a pull whose client left is given up.
    if pull.sender.is_closed() {
        world.pulls.remove(&id);
        return;
    }
    for _ in 0..3 {
        let Ok(room) = pull.sender.try_reserve() else { break };
        match pull.lines.pop_front() {
            // Engines end each line of progress this way.
            Some(line) => room.send(format!("{line}\r\n").into()),
            None => break,
        }
    }
    if !pull.lines.is_empty() {
        world.schedule(world.now + STEP, Due::Pull(id));
        return;
    }
    let Some(pull) = world.pulls.remove(&id) else { return };
    let Some(image) = pull.image else { return };
    if !world.images.iter().any(|known| known.id == image.id) {
        for known in &mut world.images {
            known.tags.retain(|tag| *tag != pull.reference);
        }
        world.images.push(image);
    }
    world.tell_image("pull", &pull.reference, repository(&pull.reference));
}
