//! Files of logs: whole or not there, private, and never in the place of another unasked.

use super::*;
use crate::domain::{ContainerId, LONGEST_LINE, LogChunk, LogForm, LogStream, Target};
use std::path::{Path, PathBuf};
use std::sync::Arc;

struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("dockerui-save-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    fn path(&self, name: &str) -> String {
        self.0.join(name).to_str().unwrap().to_owned()
    }

    fn count(&self) -> usize {
        std::fs::read_dir(&self.0).unwrap().count()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn lines(path: String) -> LogSave {
    let mut chunk = LogChunk::default();
    chunk.push(LogStream::Stdout, 1_735_000_000_123_000_000, b"\x1b[31mred\x1b[0m \x07bell");
    chunk.push(LogStream::Stderr, 0, b"no time \xff");
    LogSave {
        target: Target::new(ContainerId::new("web"), "web"),
        path,
        content: LogContent::Lines(Arc::new(chunk.into())),
        form: LogForm::default(),
        overwrite: false,
    }
}

async fn written(what: &LogSave) -> Result<Vec<u8>, Failure> {
    save(None, what, &Environment::default(), |_| {}).await.map(|_| std::fs::read(&what.path).unwrap())
}

/// They come in pieces of a mebibyte.
#[tokio::test]
async fn a_very_long_line_is_written_as_one() {
    let folder = Folder::new("long");
    let mut chunk = LogChunk::default();
    let long = vec![b'x'; LONGEST_LINE];
    for (time, text) in [
        (1, b"before" as &[u8]),
        (2, &long),
        (2, &long),
        (2, b"its end"),
        (2, b"apart"),
        (3, &long),
        (4, b"more"),
        (5, &long),
    ] {
        chunk.push(LogStream::Stdout, time, text);
    }
    let what = LogSave { content: LogContent::Lines(Arc::new(chunk.into())), ..lines(folder.path("long.log")) };
    let form = LogForm { times: true, raw: true };
    for (form, stamp) in [(what.form, 0), (form, 31)] {
        let path = folder.path(&format!("{stamp}.log"));
        let file = written(&LogSave { form, path, ..what.clone() }).await.unwrap();
        let lengths: Vec<usize> =
            file.strip_suffix(b"\n").unwrap().split(|byte| *byte == b'\n').map(<[u8]>::len).collect();
        let expected = [6, 2 * LONGEST_LINE + 7, 5, LONGEST_LINE, 4, LONGEST_LINE].map(|length| length + stamp);
        assert_eq!(lengths, expected);
    }
}

#[tokio::test]
async fn lines_are_written_as_asked_for() {
    let folder = Folder::new("form");
    let plain = lines(folder.path("plain.log"));
    assert_eq!(written(&plain).await.unwrap(), "red ^Gbell\nno time \u{fffd}\n".as_bytes());
    let form = LogForm { times: true, raw: true };
    let raw = LogSave { path: folder.path("raw.log"), form, ..plain };
    let expected = b"2024-12-24T00:26:40.123000000Z \x1b[31mred\x1b[0m \x07bell\nno time \xff\n";
    assert_eq!(written(&raw).await.unwrap(), expected);
    assert_eq!(folder.count(), 2);
}

#[cfg(unix)]
#[tokio::test]
async fn a_file_that_is_there_is_replaced_only_when_asked_to() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new("there");
    let first = lines(folder.path("web.log"));
    std::fs::write(&first.path, "mine").unwrap();
    let mode = |path: &str| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    std::fs::set_permissions(&first.path, std::fs::Permissions::from_mode(0o640)).unwrap();
    let refused = written(&first).await.unwrap_err();
    assert_eq!(refused.kind, FailureKind::Conflict);
    assert_eq!(std::fs::read(&first.path).unwrap(), b"mine");
    let again = LogSave { overwrite: true, ..first.clone() };
    assert!(written(&again).await.unwrap().starts_with(b"red"));
    assert_eq!(mode(&again.path), 0o640, "who could read it still can");
    let new = LogSave { path: folder.path("new.log"), ..first };
    written(&new).await.unwrap();
    assert_eq!(mode(&new.path), 0o600);
    // Another program was quicker.
    let draft = Draft::begin(Path::new(&folder.path("race.log")), "race.log", false).unwrap();
    std::fs::write(folder.path("race.log"), "theirs").unwrap();
    assert_eq!(draft.finish().unwrap_err().kind, FailureKind::Conflict);
    assert_eq!(std::fs::read(folder.path("race.log")).unwrap(), b"theirs");
    assert_eq!(folder.count(), 3, "nothing half-written is left");
}

#[tokio::test]
async fn what_cannot_be_a_file_is_told() {
    let folder = Folder::new("wrong");
    for (path, told) in [
        (folder.path(""), "is a folder."),
        (folder.path("no such/web.log"), "There is no folder"),
        ("/dev/null".to_owned(), "is no regular file."),
    ] {
        let failure = written(&LogSave { overwrite: true, ..lines(path) }).await.unwrap_err();
        assert!(failure.sentence.contains(told), "{failure}");
    }
    assert_eq!(folder.count(), 0);
}

/// `/dev/full` says of every write that the disk is full.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_full_disk_leaves_nothing_behind() {
    let folder = Folder::new("full");
    let what = lines(folder.path("web.log"));
    let LogContent::Lines(lines) = &what.content else { panic!() };
    let (chunk, lines) = lines.pieces().next().unwrap();
    let mut draft = Draft::begin(Path::new(&what.path), "web.log", false).unwrap();
    draft.fill_the_disk().unwrap();
    let failure = draft.write(chunk, lines, what.form).and_then(|()| draft.finish()).unwrap_err();
    assert_eq!(failure.sentence, "The disk is full: web.log was not written.");
    assert_eq!(folder.count(), 0);
}

#[tokio::test]
async fn given_up_it_leaves_nothing_behind() {
    let folder = Folder::new("given-up");
    let what = lines(folder.path("web.log"));
    let draft = Draft::begin(Path::new(&what.path), "web.log", false).unwrap();
    assert_eq!(folder.count(), 1);
    drop(draft);
    assert_eq!(folder.count(), 0);
    let whole = LogSave { content: LogContent::Whole, ..what };
    assert!(written(&whole).await.is_err(), "there is no engine");
    assert_eq!(folder.count(), 0);
}
