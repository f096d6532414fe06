//! Looks through the folder: what is sent, what is left out, and what cannot be read, before anything is built.

use super::{Context, Entry, Kind, failure, reason, unreadable};
use crate::domain::text::counted;
use crate::domain::{BuildSpec, Builder, Dockerfile, Failure, Ignore};
use std::ffi::OsString;
use std::fs::{self, File, Metadata};
use std::path::{Component, Path, PathBuf};

/// Names that a sentence lists; further ones are counted.
const LISTED: usize = 5;
/// Bytes of a Dockerfile or an ignore file that are read.
const LARGEST_TEXT: u64 = 4 << 20;
/// What BuildKit makes of a Dockerfile that is to be left out.
const HIDDEN: &str = "BuildKit needs the Dockerfile in the folder: a COPY of all takes it along, although it is to be left out. \
                      The classic builder takes it away.";
/// What a Dockerfile that mounts secrets has to go without.
const SECRETS: &str = "The Dockerfile mounts secrets or ssh keys, which cannot be handed over from here: its steps find none. \
                       “docker build” takes them by --secret and --ssh.";
const IGNORE_FILE: &str = ".dockerignore";

/// Goes through it; `is_over` says that nobody waits for it any more.
///
/// # Errors
/// What is wrong with the folder, its Dockerfile or its ignore file; everything in it that cannot be read, by name.
pub fn walk(root: PathBuf, spec: &BuildSpec, is_over: &dyn Fn() -> bool) -> Result<Context, Failure> {
    let found =
        fs::metadata(&root).map_err(|error| unreadable(&root, &error).with_hint("Name a folder of this machine."))?;
    if !found.is_dir() {
        return Err(
            failure(format!("{} is no folder.", spec.folder)).with_hint("Name the folder that the Dockerfile lies in.")
        );
    }
    let written = read_dockerfile(&root, spec)?;
    let dockerfile = Dockerfile::parse(&written);
    let ignore = read_ignore(&root, spec.dockerfile())?;
    let is_hidden = spec.is_elsewhere() || ignore.leaves_out(spec.dockerfile());
    let ignore = if spec.is_elsewhere() { ignore } else { ignore.but_for(spec.dockerfile()) };
    // Only the classic builder reads it: to take away then what is named in it.
    let ignore = if spec.builder == Builder::Classic { ignore.but_for(IGNORE_FILE) } else { ignore };
    let mut walk = Walk {
        root: &root,
        ignore,
        is_over,
        entries: Vec::new(),
        waiting: Vec::new(),
        left_out: 0,
        unreadable: Vec::new(),
        special: Vec::new(),
    };
    walk.folder(Path::new(""))?;
    let Walk { mut entries, left_out, unreadable, special, .. } = walk;
    if !unreadable.is_empty() {
        let count = counted(unreadable.len(), "thing in the folder", "things in the folder");
        return Err(failure(format!("{count} cannot be read: {}.", listed(&unreadable)))
            .with_hint("Nothing was sent. Make it readable, or leave it out by a line in .dockerignore."));
    }
    let mut notes = Vec::new();
    if left_out > 0 {
        notes.push(format!("Left out by {}: {left_out}.", ignore_name(&root, spec.dockerfile())));
    }
    if is_hidden && spec.builder == Builder::BuildKit {
        notes.push(HIDDEN.to_owned());
    }
    if spec.is_elsewhere() {
        from_elsewhere(&root, spec, written, &mut entries)?;
    }
    if dockerfile.wants_secrets {
        notes.push(SECRETS.to_owned());
    }
    if !special.is_empty() {
        notes.push(format!("Not sent, being no file, folder or link: {}.", listed(&special)));
    }
    let outward = entries.iter().filter(|entry| leads_out(entry)).map(|entry| shown(&entry.path)).collect();
    Ok(Context { entries, dockerfile, outward, notes, root })
}

/// Sends a Dockerfile that does not lie in the folder. The classic builder takes away what its ignore file names, once it has
/// read both: so nothing of this gets into the image.
fn from_elsewhere(root: &Path, spec: &BuildSpec, written: String, entries: &mut Vec<Entry>) -> Result<(), Failure> {
    let name = spec.sent_dockerfile();
    let mut made = vec![(name, written)];
    if spec.builder == Builder::Classic {
        let own = match text(&root.join(ignore_name(root, spec.dockerfile()))) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => IGNORE_FILE.to_owned(),
            Err(error) => return Err(unreadable(&root.join(IGNORE_FILE), &error)),
        };
        made.push((IGNORE_FILE, format!("{own}\n{name}\n")));
    }
    for (name, text) in made {
        entries.retain(|entry| entry.path != Path::new(name));
        let kind = Kind::Made(text.into_bytes());
        entries.insert(0, Entry { path: name.into(), kind, mode: 0o644, modified: None });
    }
    Ok(())
}

struct Walk<'a> {
    root: &'a Path,
    ignore: Ignore,
    is_over: &'a dyn Fn() -> bool,
    entries: Vec<Entry>,
    /// Folders that are left out themselves, in which an exception may lie: sent when one does.
    waiting: Vec<Entry>,
    left_out: usize,
    unreadable: Vec<String>,
    special: Vec<String>,
}

impl Walk<'_> {
    /// What is in a folder, in the order of names. Folders are no deeper than paths can be long.
    fn folder(&mut self, folder: &Path) -> Result<(), Failure> {
        let names = match self.names(folder) {
            Ok(names) => names,
            Err(error) => {
                self.cannot_read(folder, &error);
                return Ok(());
            }
        };
        for name in names {
            if (self.is_over)() {
                return Err(failure("Nobody waits for the build any more."));
            }
            let path = folder.join(name);
            // What is gone meanwhile is as if it had never been there.
            if let Ok(known) = fs::symlink_metadata(self.root.join(&path)) {
                self.entry(path, &known)?;
            }
        }
        Ok(())
    }

    fn cannot_read(&mut self, path: &Path, error: &std::io::Error) {
        self.unreadable.push(format!("{} ({})", shown(path), reason(error)));
    }

    fn names(&self, folder: &Path) -> std::io::Result<Vec<OsString>> {
        let read = fs::read_dir(self.root.join(folder))?;
        let mut names = read.map(|entry| entry.map(|entry| entry.file_name())).collect::<Result<Vec<_>, _>>()?;
        names.sort_unstable();
        Ok(names)
    }

    fn entry(&mut self, path: PathBuf, known: &Metadata) -> Result<(), Failure> {
        let is_left_out = self.ignore.leaves_out(&shown(&path));
        let kind = match known.file_type() {
            kind if kind.is_dir() => return self.go_into(path, known, is_left_out),
            _ if is_left_out => {
                self.left_out += 1;
                return Ok(());
            }
            kind if kind.is_symlink() => match fs::read_link(self.root.join(&path)) {
                Ok(target) => Kind::Link(target),
                Err(error) => {
                    self.cannot_read(&path, &error);
                    return Ok(());
                }
            },
            kind if kind.is_file() => match File::open(self.root.join(&path)) {
                Ok(_) => Kind::File(known.len()),
                Err(error) => {
                    self.cannot_read(&path, &error);
                    return Ok(());
                }
            },
            _ => {
                self.special.push(shown(&path));
                return Ok(());
            }
        };
        let entry = entry(path, kind, known);
        self.entries.append(&mut self.waiting);
        self.entries.push(entry);
        Ok(())
    }

    fn go_into(&mut self, path: PathBuf, known: &Metadata, is_left_out: bool) -> Result<(), Failure> {
        let entry = entry(path.clone(), Kind::Folder, known);
        if !is_left_out {
            self.entries.append(&mut self.waiting);
            self.entries.push(entry);
            return self.folder(&path);
        }
        self.left_out += 1;
        if !self.ignore.may_keep_within(&shown(&path)) {
            return Ok(());
        }
        let (depth, found) = (self.waiting.len(), self.unreadable.len());
        self.waiting.push(entry);
        self.folder(&path)?;
        // What was to be left out need not be readable, unless something in it was found after all.
        if self.waiting.len() > depth {
            self.unreadable.truncate(found);
        } else {
            self.left_out -= 1;
        }
        self.waiting.truncate(depth);
        Ok(())
    }
}

fn entry(path: PathBuf, kind: Kind, known: &Metadata) -> Entry {
    Entry { path, kind, mode: mode(known), modified: known.modified().ok() }
}

#[cfg(unix)]
fn mode(known: &Metadata) -> u32 {
    std::os::unix::fs::PermissionsExt::mode(&known.permissions()) & 0o7777
}

#[cfg(not(unix))]
fn mode(_: &Metadata) -> u32 {
    0o755
}

/// Whether it is a link with so many `..` that it leaves the root.
fn leads_out(entry: &Entry) -> bool {
    let Kind::Link(target) = &entry.kind else { return false };
    let mut depth = entry.path.components().count().saturating_sub(1);
    for part in target.components() {
        match part {
            Component::ParentDir if depth == 0 => return true,
            Component::ParentDir => depth -= 1,
            Component::Normal(_) => depth += 1,
            Component::CurDir | Component::RootDir | Component::Prefix(_) => {}
        }
    }
    false
}

/// A path as patterns and sentences have it.
fn shown(path: &Path) -> String {
    let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
    parts.join("/")
}

pub(in crate::runtime) fn listed(names: &[String]) -> String {
    let more = names.len().saturating_sub(LISTED);
    let first = names.iter().take(LISTED).map(String::as_str).collect::<Vec<_>>().join(", ");
    if more > 0 { format!("{first} and {more} more") } else { first }
}

fn read_dockerfile(root: &Path, spec: &BuildSpec) -> Result<String, Failure> {
    let path = Path::new(spec.dockerfile());
    match text(&root.join(path)) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound && spec.is_elsewhere() => {
            Err(failure(format!("There is no {} on this machine.", spec.dockerfile()))
                .with_hint("Name the Dockerfile by its path within the folder, or from / or ~/ on."))
        }
        Ok(text) => Ok(text),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            let known = super::look::dockerfiles(root);
            let hint = match known.as_slice() {
                [] => "Nothing in it looks like one.".to_owned(),
                known => format!("There is {}.", known.join(", ")),
            };
            Err(failure(format!("There is no {} in {}.", spec.dockerfile(), spec.folder)).with_hint(hint))
        }
        Err(error) => Err(unreadable(&root.join(path), &error)),
    }
}

/// The ignore file that belongs to the Dockerfile, else that of the folder.
fn ignore_name(root: &Path, dockerfile: &str) -> String {
    let own = format!("{dockerfile}{IGNORE_FILE}");
    if root.join(&own).is_file() { own } else { IGNORE_FILE.to_owned() }
}

pub(super) fn read_ignore(root: &Path, dockerfile: &str) -> Result<Ignore, Failure> {
    let name = ignore_name(root, dockerfile);
    match text(&root.join(&name)) {
        Ok(text) => Ignore::parse(&text).map_err(|invalid| {
            failure(format!("{name}: {}", invalid.sentence()))
                .with_hint("Nothing was sent. Put that line right, and build again.")
        }),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Ignore::default()),
        Err(error) => Err(unreadable(&root.join(&name), &error)),
    }
}

/// A small text file; what is not UTF-8 in it is replaced.
pub(super) fn text(path: &Path) -> std::io::Result<String> {
    let known = fs::metadata(path)?;
    if !known.is_file() {
        return Err(std::io::Error::other("it is no regular file"));
    }
    if known.len() > LARGEST_TEXT {
        return Err(std::io::Error::other("it is larger than 4 MiB"));
    }
    Ok(String::from_utf8_lossy(&fs::read(path)?).into_owned())
}
