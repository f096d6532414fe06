//! Tests of unpacking: whatever an archive says, nothing is written outside of the folder, and all of it within.

use super::unpack::{Halt, Workshop, tree};
use proptest::prelude::*;
use std::fs;
use std::io;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;
use tar::{Archive, Builder, EntryType, Header};

/// A folder of a test's own, with a folder `into` in it.
struct Place(PathBuf);

impl Place {
    fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let place = std::env::temp_dir().join(format!("dockerui-unpack-{}-{number}", std::process::id()));
        fs::create_dir_all(place.join("into")).unwrap();
        fs::write(place.join("canary"), "alive").unwrap();
        Self(place)
    }

    fn folder(&self) -> PathBuf {
        self.0.join("into")
    }

    /// What is there beside the folder.
    fn outside(&self) -> Vec<String> {
        let mut names: Vec<String> =
            fs::read_dir(&self.0).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = fs::set_permissions(self.folder(), fs::Permissions::from_mode(0o700));
        fs::remove_dir_all(&self.0).unwrap();
    }
}

/// One entry whose name is written as it is, however hostile.
fn add(builder: &mut Builder<Vec<u8>>, kind: EntryType, name: &[u8], target: &[u8], mode: u32, bytes: &[u8]) {
    let mut header = Header::new_gnu();
    let gnu = header.as_gnu_mut().unwrap();
    gnu.name[..name.len().min(100)].copy_from_slice(&name[..name.len().min(100)]);
    gnu.linkname[..target.len().min(100)].copy_from_slice(&target[..target.len().min(100)]);
    header.set_entry_type(kind);
    header.set_mode(mode);
    header.set_mtime(1_000_000_000);
    header.set_size(bytes.len() as u64);
    header.set_cksum();
    builder.append(&header, bytes).unwrap();
}

fn unpack(archive: &[u8], into: &Path) -> Result<super::unpack::Unpacked, Halt> {
    tree(&mut Archive::new(archive), into, 0o755, Duration::MAX, |_| {})
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().mode() & 0o7777
}

#[test]
fn files_folders_and_links_are_there_with_their_permissions() {
    let place = Place::new();
    let mut builder = Builder::new(Vec::new());
    add(&mut builder, EntryType::Directory, b"./", b"", 0o750, b"");
    add(&mut builder, EntryType::Directory, b"./sub/", b"", 0o555, b"");
    add(&mut builder, EntryType::Regular, b"./sub/run.sh", b"", 0o4755, b"#!/bin/sh\n");
    add(&mut builder, EntryType::Symlink, b"./link", b"/etc/passwd", 0o777, b"");
    add(&mut builder, EntryType::Link, b"./again", b"./sub/run.sh", 0o755, b"");
    add(&mut builder, EntryType::Fifo, b"./pipe", b"", 0o644, b"");
    add(&mut builder, EntryType::Regular, b"./caf\xe9\n", b"", 0o600, b"x");
    let done = unpack(&builder.into_inner().unwrap(), &place.folder()).unwrap();
    let into = place.folder();
    assert_eq!((done.files, done.bytes, done.left_out), (4, 11, 1));
    assert_eq!((mode(&into), mode(&into.join("sub"))), (0o750, 0o555));
    // No bit that would lend the rights of whoever downloads.
    assert_eq!(mode(&into.join("sub/run.sh")), 0o755);
    assert_eq!(fs::read_link(into.join("link")).unwrap(), Path::new("/etc/passwd"));
    assert_eq!(fs::read(into.join("again")).unwrap(), b"#!/bin/sh\n");
    assert_eq!(fs::metadata(into.join("sub/run.sh")).unwrap().mtime(), 1_000_000_000);
    fs::set_permissions(into.join("sub"), fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn what_leads_out_is_left_out() {
    let place = Place::new();
    let outside = place.0.to_str().unwrap().as_bytes().to_vec();
    let absolute = [outside.as_slice(), b"/absolute"].concat();
    let mut builder = Builder::new(Vec::new());
    add(&mut builder, EntryType::Regular, b"../climbed", b"", 0o644, b"x");
    add(&mut builder, EntryType::Regular, b"a/../../climbed", b"", 0o644, b"x");
    add(&mut builder, EntryType::Regular, &absolute, b"", 0o644, b"x");
    add(&mut builder, EntryType::Symlink, b"door", b"..", 0o777, b"");
    add(&mut builder, EntryType::Regular, b"door/through", b"", 0o644, b"x");
    add(&mut builder, EntryType::Directory, b"door/folder", b"", 0o755, b"");
    add(&mut builder, EntryType::Symlink, b"file", b"../canary", 0o777, b"");
    add(&mut builder, EntryType::Regular, b"file", b"", 0o644, b"written");
    add(&mut builder, EntryType::Link, b"hard", b"../canary", 0o644, b"");
    add(&mut builder, EntryType::Link, b"harder", b"door/canary", 0o644, b"");
    let done = unpack(&builder.into_inner().unwrap(), &place.folder()).unwrap();
    assert_eq!(done.left_out, 7);
    assert_eq!(place.outside(), ["canary", "into"]);
    assert_eq!(fs::read(place.0.join("canary")).unwrap(), b"alive");
    // A name that comes twice: the later one counts, and is not written through the first one.
    assert_eq!(fs::read(place.folder().join("file")).unwrap(), b"written");
}

#[test]
fn a_broken_archive_is_none() {
    let place = Place::new();
    let mut builder = Builder::new(Vec::new());
    add(&mut builder, EntryType::Regular, b"a", b"", 0o644, &[7; 2000]);
    let archive = builder.into_inner().unwrap();
    assert!(matches!(unpack(&archive[..1000], &place.folder()), Err(Halt::Read(_))));
}

#[test]
fn a_folder_that_is_given_up_is_gone_and_one_that_is_there_is_not_touched() {
    let place = Place::new();
    let workshop = Workshop::begin(&place.0.join("new"), "new").unwrap();
    assert_eq!(place.outside().len(), 3);
    drop(workshop);
    assert_eq!(place.outside(), ["canary", "into"]);
    assert!(Workshop::begin(&place.folder(), "into").unwrap_err().sentence.contains("there already"));
    let workshop = Workshop::begin(&place.0.join("new"), "new").unwrap();
    symlink("/", place.0.join("new")).unwrap();
    assert!(workshop.finish().is_err());
    assert_eq!(place.outside(), ["canary", "into", "new"]);
}

fn name() -> impl Strategy<Value = Vec<u8>> {
    let part = prop::sample::select(vec!["a", "b", "..", ".", "", "c", "door"]);
    (any::<bool>(), prop::collection::vec(part, 1..5)).prop_map(|(absolute, parts)| {
        let path = parts.join("/").into_bytes();
        if absolute { [b"/".as_slice(), &path].concat() } else { path }
    })
}

fn kind() -> impl Strategy<Value = EntryType> {
    prop::sample::select(vec![EntryType::Regular, EntryType::Directory, EntryType::Symlink, EntryType::Link])
}

proptest! {
    #[test]
    fn no_archive_writes_outside_of_the_folder(
        entries in prop::collection::vec((kind(), name(), name(), 0u32..0o10000), 0..12),
    ) {
        let place = Place::new();
        let mut builder = Builder::new(Vec::new());
        for (kind, name, target, mode) in entries {
            // Bits that keep the test itself from looking.
            let bytes: &[u8] = if kind == EntryType::Regular { b"written" } else { b"" };
            add(&mut builder, kind, &name, &target, mode | 0o700, bytes);
        }
        match unpack(&builder.into_inner().unwrap(), &place.folder()) {
            Ok(_) | Err(Halt::Write(..)) => {}
            Err(Halt::Read(error)) => prop_assert_eq!(error.kind(), io::ErrorKind::Other),
        }
        prop_assert_eq!(place.outside(), ["canary", "into"]);
        prop_assert_eq!(fs::read(place.0.join("canary")).unwrap(), b"alive");
    }
}
