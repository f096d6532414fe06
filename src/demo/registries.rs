//! What registries say: a search of Docker Hub, the digest and the platforms of a name, a push.

use super::call::{Call, JSON, Refusal, Reply, STREAM_DEPTH};
use super::pull::{self, Pull};
use super::random::Random;
use super::refer::{registry, repository, with_tag};
use super::world::World;
use serde_json::{Value, json};
use std::collections::VecDeque;
use tokio::sync::mpsc;

/// Names, descriptions and stars of a few repositories.
const HUB: &[(&str, &str, u64)] = &[
    ("nginx", "Official build of Nginx.", 20_500),
    ("postgres", "The PostgreSQL object-relational database system provides reliability and data integrity.", 14_300),
    ("redis", "Redis is the world’s fastest data platform for caching, vector search, and NoSQL databases.", 13_300),
    ("busybox", "Busybox base image.", 3_400),
    (
        "alpine",
        "A minimal Docker image based on Alpine Linux with a complete package index and only 5 MB in size!",
        11_300,
    ),
    ("grafana/grafana", "The official Grafana docker container", 3_800),
    ("nginx/nginx-prometheus-exporter", "NGINX Prometheus Exporter for NGINX and NGINX Plus", 50),
    ("bitnami/redis", "Bitnami container image for Redis", 340),
];

/// `GET /images/search?term=…`
pub fn search(call: &Call) -> Reply {
    let term = call.text("term").unwrap_or_default().to_lowercase();
    let fits = |(name, words, _): &&(&str, &str, u64)| name.contains(&term) || words.to_lowercase().contains(&term);
    let row = |(name, words, stars): &(&str, &str, u64)| {
        json!({ "name": name, "description": words, "star_count": stars, "is_official": !name.contains('/'),
            "is_automated": false })
    };
    let rows: Vec<Value> = HUB.iter().filter(fits).map(row).collect();
    Reply::ok(&rows.into())
}

/// `GET /distribution/{name}/json`: what registries have is what was pulled, but for names that speak of `latest`.
pub fn distribution(world: &World, name: &str) -> Result<Reply, Refusal> {
    let reference = with_tag(name);
    if registry(&reference).is_some_and(|host| !["ghcr.io", "quay.io", "registry.example.com"].contains(&host)) {
        return Refusal::new(500, "dial tcp: lookup registry on 127.0.0.53:53: no such host");
    }
    let digests = world.image_at(&reference).map(|image| image.digests.clone()).unwrap_or_default();
    let known = digests.first().and_then(|digest| digest.split('@').nth(1).map(str::to_owned));
    let newer = || format!("sha256:{}", Random::for_text(world.seed, &reference).hex(64));
    let digest = match known {
        Some(digest) if !reference.ends_with(":latest") => digest,
        _ => newer(),
    };
    let platforms = [("amd64", ""), ("arm64", "v8"), ("arm", "v7")];
    let platforms = platforms
        .map(|(architecture, variant)| json!({ "os": "linux", "architecture": architecture, "variant": variant }));
    Ok(Reply::ok(&json!({
        "Descriptor": { "mediaType": "application/vnd.oci.image.index.v1+json", "digest": digest, "size": 1862 },
        "Platforms": platforms,
    })))
}

/// `POST /images/{name}/push?tag=…`
pub fn push(world: &mut World, name: &str, call: &Call) -> Result<Reply, Refusal> {
    let tag = call.text("tag").unwrap_or_default();
    let reference = if tag.is_empty() { with_tag(name) } else { with_tag(&format!("{name}:{tag}")) };
    let repo = repository(&reference).to_owned();
    let mut lines = VecDeque::from([json!({ "status": format!("The push refers to repository [{repo}]") })]);
    let failure = |message: &str| json!({ "errorDetail": { "message": message }, "error": message });
    match (world.image_at(&reference).cloned(), registry(&reference)) {
        (None, _) => lines.push_back(failure(&format!("An image does not exist locally with the tag: {repo}"))),
        (Some(_), None) => lines.push_back(failure("denied: requested access to the resource is denied")),
        (Some(image), Some(_)) => {
            let mut random = Random::for_text(world.seed, &reference);
            let sizes = image.layers.iter().filter(|(_, size)| *size > 0).map(|(_, size)| (random.hex(12), *size));
            for (id, size) in sizes.collect::<Vec<_>>() {
                lines.push_back(json!({ "status": "Preparing", "progressDetail": {}, "id": id }));
                lines.extend((1..=6_u64).map(|part| {
                    json!({ "status": "Pushing", "progressDetail": { "current": size * part / 6, "total": size }, "id": id })
                }));
                lines.push_back(json!({ "status": "Pushed", "progressDetail": {}, "id": id }));
            }
            let digest = format!("sha256:{}", random.hex(64));
            let tag = reference.rsplit(':').next().unwrap_or("latest");
            lines.push_back(json!({ "status": format!("{tag}: digest: {digest} size: 1572") }));
        }
    }
    let (sender, chunks) = mpsc::channel(STREAM_DEPTH);
    let id = world.next_serial();
    world.pulls.insert(id, Pull::told(reference, lines, sender));
    pull::step(world, id);
    Ok(Reply::stream(JSON, chunks))
}
