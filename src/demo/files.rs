//! Files of containers and volumes: a small tree each, made when it is first looked at, and the archives of it.

use super::call::{Body, Call, Refusal, Reply};
use super::clock::{SECOND, rfc3339};
use super::world::World;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::Read;
use tar::{Archive, Builder, EntryType, Header};

/// By path below the root, without a slash before it; a folder is there before what is in it.
pub type Tree = BTreeMap<String, Node>;

#[derive(Clone, Debug)]
pub struct Node {
    pub kind: Kind,
    pub mode: u32,
    pub user: u64,
    /// Nanoseconds.
    pub modified: i64,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    Folder,
    File(Vec<u8>),
    Link(String),
}

/// `GET` and `HEAD /containers/{id}/archive?path=…`
pub fn read(world: &mut World, given: &str, call: &Call) -> Result<Reply, Refusal> {
    let asked = call.text("path").unwrap_or_default().to_owned();
    let (owner, path) = place(world, given, &asked)?;
    let tree = tree(world, &owner);
    let below = asked.ends_with("/.") || asked == ".";
    let path = if below { followed(tree, path) } else { path };
    let missing = || Refusal { status: 404, message: format!("Could not find the file {asked} in container {given}") };
    let node = node_at(tree, &path).ok_or_else(missing)?;
    if below && node.kind != Kind::Folder {
        return Refusal::new(500, format!("lstat {asked}: not a directory"));
    }
    let name = path.rsplit('/').next().unwrap_or_default();
    let stat = STANDARD.encode(stat(name, &node).to_string());
    let first = if below { "." } else { name };
    let bytes = archive(tree, &path, first);
    Ok(Reply { status: 200, content_type: super::image_files::TAR, body: Body::Archive { stat, bytes: bytes.into() } })
}

/// `GET /containers/{id}/export`
pub fn export(world: &mut World, given: &str) -> Result<Reply, Refusal> {
    let key = world.find(given)?;
    let owner = Owner::Container(world.container_mut(key)?.id.clone());
    let bytes = archive(tree(world, &owner), "", ".");
    Ok(Reply { status: 200, content_type: super::image_files::TAR, body: Body::Whole(bytes.into()) })
}

/// `PUT /containers/{id}/archive?path=…`
pub fn write(world: &mut World, given: &str, call: &Call) -> Result<Reply, Refusal> {
    let asked = call.text("path").unwrap_or_default().to_owned();
    let (owner, path) = place(world, given, &asked)?;
    let is_read_only = world.container(given)?.spec.host.get("ReadonlyRootfs").and_then(Value::as_bool) == Some(true);
    if is_read_only && matches!(owner, Owner::Container(_)) {
        return Refusal::new(400, "container rootfs is marked read-only");
    }
    let now = world.now;
    let tree = tree(world, &owner);
    if node_at(tree, &path).is_none_or(|node| node.kind != Kind::Folder) {
        return Refusal::new(404, format!("Could not find the file {asked} in container {given}"));
    }
    let mut archive = Archive::new(&*call.body);
    let read = archive.entries().and_then(|entries| {
        for entry in entries {
            let mut entry = entry?;
            let header = entry.header();
            let (mode, user) = (header.mode()? & 0o7777, header.uid()?);
            let name = String::from_utf8_lossy(&entry.path_bytes()).trim_matches(['.', '/']).to_owned();
            let kind = match entry.header().entry_type() {
                EntryType::Directory => Kind::Folder,
                EntryType::Symlink => Kind::Link(
                    entry.link_name_bytes().map(|link| String::from_utf8_lossy(&link).into_owned()).unwrap_or_default(),
                ),
                _ => {
                    let mut bytes = Vec::new();
                    entry.read_to_end(&mut bytes)?;
                    Kind::File(bytes)
                }
            };
            tree.insert(joined(&path, &name), Node { kind, mode, user, modified: now });
        }
        Ok(())
    });
    match read {
        Ok(()) => Ok(Reply::empty(200)),
        Err(error) => Refusal::new(500, format!("Error processing tar file(exit status 1): {error}")),
    }
}

/// Whose tree it is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Owner {
    Container(String),
    Volume(String),
}

/// Whose tree a path is in, and where there: volumes lie over the container's own files.
fn place(world: &World, given: &str, path: &str) -> Result<(Owner, String), Refusal> {
    let container = world.container(given)?;
    let path = normal(path);
    let mounts = container.spec.mounts.as_array().into_iter().flatten();
    for mount in mounts {
        let text = |key: &str| mount.get(key).and_then(Value::as_str).unwrap_or_default();
        let below = path.strip_prefix(&normal(text("Destination")));
        if let (false, Some(below)) = (text("Name").is_empty(), below)
            && (below.is_empty() || below.starts_with('/'))
        {
            return Ok((Owner::Volume(text("Name").to_owned()), below.trim_start_matches('/').to_owned()));
        }
    }
    Ok((Owner::Container(container.id.clone()), path))
}

fn normal(path: &str) -> String {
    let parts: Vec<&str> = path.split('/').filter(|part| !matches!(*part, "" | ".")).collect();
    parts.join("/")
}

fn joined(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}

/// The tree, made when it is first asked for.
fn tree<'a>(world: &'a mut World, owner: &Owner) -> &'a mut Tree {
    if !world.files.contains_key(owner) {
        let made = match owner {
            Owner::Container(id) => match world.container(id) {
                Ok(container) => own_files(&container.name, &container.spec.profile, container.created),
                Err(_) => Tree::new(),
            },
            Owner::Volume(_) => volume_files(world.now),
        };
        world.files.insert(owner.clone(), made);
    }
    world.files.entry(owner.clone()).or_default()
}

fn node_at(tree: &Tree, path: &str) -> Option<Node> {
    if path.is_empty() {
        return Some(Node { kind: Kind::Folder, mode: 0o755, user: 0, modified: 0 });
    }
    tree.get(path).cloned()
}

/// A link at the end of a path leads on.
fn followed(tree: &Tree, path: String) -> String {
    match tree.get(&path).map(|node| &node.kind) {
        Some(Kind::Link(target)) if target.starts_with('/') => normal(target),
        Some(Kind::Link(target)) => {
            let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
            joined(folder, &normal(target))
        }
        Some(Kind::Folder | Kind::File(_)) | None => path,
    }
}

/// Modes as Go writes them.
fn stat(name: &str, node: &Node) -> Value {
    let (size, high, target) = match &node.kind {
        Kind::Folder => (4096, 1_u32 << 31, ""),
        Kind::File(bytes) => (bytes.len(), 0, ""),
        Kind::Link(target) => (target.len(), 1 << 27, target.as_str()),
    };
    let mode = high | (node.mode & 0o777);
    json!({ "name": name, "size": size, "mode": mode, "mtime": rfc3339(node.modified), "linkTarget": target })
}

/// What is at a path and below it, its own name being `first`.
fn archive(tree: &Tree, path: &str, first: &str) -> Vec<u8> {
    let mut builder = Builder::new(Vec::new());
    let prefix = if path.is_empty() { String::new() } else { format!("{path}/") };
    if let Some(node) = node_at(tree, path) {
        append(&mut builder, first, &node);
    }
    for (name, node) in tree.iter().filter(|(name, _)| name.starts_with(&prefix)) {
        let below = name.get(prefix.len()..).unwrap_or_default();
        append(&mut builder, &format!("{first}/{below}"), node);
    }
    // Writing to memory cannot fail.
    builder.into_inner().unwrap_or_default()
}

fn append(builder: &mut Builder<Vec<u8>>, name: &str, node: &Node) {
    let mut header = Header::new_gnu();
    header.set_mode(node.mode);
    header.set_uid(node.user);
    header.set_gid(node.user);
    header.set_mtime(u64::try_from(node.modified / SECOND).unwrap_or(0));
    // Writing to memory cannot fail.
    let _ = match &node.kind {
        Kind::Folder => {
            header.set_entry_type(EntryType::Directory);
            header.set_size(0);
            builder.append_data(&mut header, format!("{name}/"), std::io::empty())
        }
        Kind::File(bytes) => {
            header.set_size(bytes.len() as u64);
            builder.append_data(&mut header, name, bytes.as_slice())
        }
        Kind::Link(target) => {
            header.set_entry_type(EntryType::Symlink);
            header.set_size(0);
            builder.append_link(&mut header, name, target)
        }
    };
}

fn own_files(name: &str, profile: &str, made: i64) -> Tree {
    let mut tree = Tree::new();
    let mut folder = |path: &str| put(&mut tree, path, Kind::Folder, 0o755, made);
    for path in ["bin", "etc", "home", "proc", "root", "srv", "tmp", "usr", "usr/bin", "var", "var/log"] {
        folder(path);
    }
    let mut file = |path: &str, mode: u32, text: &str| put(&mut tree, path, Kind::File(text.into()), mode, made);
    file("etc/hostname", 0o644, &format!("{name}\n"));
    file("etc/hosts", 0o644, "127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost\n");
    file("etc/os-release", 0o644, "ID=alpine\nVERSION_ID=3.20\nPRETTY_NAME=\"Alpine Linux v3.20\"\n");
    file("etc/passwd", 0o644, "root:x:0:0:root:/root:/bin/sh\napp:x:1000:1000::/srv:/bin/sh\n");
    file("etc/shadow", 0o640, "root:*::0:::::\n");
    file("usr/bin/app", 0o755, "\u{7f}ELF\0\0\0\u{1}");
    file("var/log/app.log", 0o644, &"GET / 200\n".repeat(400));
    if profile == "nginx" {
        put(&mut tree, "etc/nginx", Kind::Folder, 0o755, made);
        let conf = "worker_processes auto;\nevents { worker_connections 1024; }\nhttp { include conf.d/*.conf; }\n";
        put(&mut tree, "etc/nginx/nginx.conf", Kind::File(conf.into()), 0o644, made);
        put(&mut tree, "srv/index.html", Kind::File("<h1>It works</h1>\n".into()), 0o644, made);
    }
    put(&mut tree, "etc/mtab", Kind::Link("/proc/mounts".into()), 0o777, made);
    put(&mut tree, "lib", Kind::Link("usr/bin".into()), 0o777, made);
    tree
}

fn volume_files(now: i64) -> Tree {
    let mut tree = Tree::new();
    put(&mut tree, "data", Kind::Folder, 0o750, now);
    put(&mut tree, "data/1.db", Kind::File(vec![0; 8192]), 0o600, now);
    put(&mut tree, "README", Kind::File("What is kept here.\n".into()), 0o644, now);
    tree
}

fn put(tree: &mut Tree, path: &str, kind: Kind, mode: u32, modified: i64) {
    tree.insert(path.to_owned(), Node { kind, mode, user: 0, modified });
}
