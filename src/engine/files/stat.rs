//! What the engine tells of a path in a header: JSON in base64, file modes as Go writes them.

use crate::domain::{Failure, FileKind, FileStat};
use crate::engine::failure::malformed;
use crate::engine::lenient::{Text, or_default};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hyper::header::{HeaderMap, HeaderValue, SERVER};
use serde::Deserialize;

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Told<'a> {
    #[serde(deserialize_with = "or_default")]
    size: i64,
    #[serde(deserialize_with = "or_default")]
    mode: u32,
    #[serde(borrow)]
    mtime: Text<'a>,
    #[serde(borrow)]
    link_target: Text<'a>,
}

const STAT: &str = "x-docker-container-path-stat";

/// Reads what the head of an answer says.
///
/// # Errors
/// `Malformed` where it is missing or says nothing of a file.
pub fn read(headers: &HeaderMap) -> Result<FileStat, Failure> {
    let bytes = STANDARD.decode(headers.get(STAT).map_or(&[][..], HeaderValue::as_bytes));
    let bytes = bytes.map_err(|error| malformed("“archive”", &error))?;
    let told: Told<'_> = serde_json::from_slice(&bytes).map_err(|error| malformed("“archive”", &error))?;
    Ok(FileStat {
        kind: kind(told.mode),
        size: u64::try_from(told.size).unwrap_or(0),
        mode: permissions(told.mode),
        modified: told.mtime.boxed(),
        target: told.link_target.boxed(),
        tells_owner: !headers.get(SERVER).is_some_and(|server| server.as_bytes().starts_with(b"Libpod/")),
    })
}

/// By the high bits of Go's `FileMode`.
fn kind(mode: u32) -> FileKind {
    let is = |bit: u32| mode & (1 << bit) != 0;
    match () {
        () if is(31) => FileKind::Folder,
        () if is(27) => FileKind::Link,
        () if is(21) => FileKind::Character,
        () if is(26) => FileKind::Block,
        () if is(25) => FileKind::Pipe,
        () if is(24) => FileKind::Socket,
        () => FileKind::File,
    }
}

fn permissions(mode: u32) -> u32 {
    let special = [(23, 0o4000), (22, 0o2000), (20, 0o1000)];
    special.into_iter().filter(|(bit, _)| mode & (1 << bit) != 0).fold(mode & 0o777, |bits, (_, set)| bits | set)
}

#[cfg(test)]
mod tests {
    use super::*;
    use hyper::header::HeaderName;

    fn head(stat: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(HeaderName::from_static(STAT), HeaderValue::from_static(stat))])
    }

    #[test]
    fn both_engines_words_are_read() {
        let docker = "eyJuYW1lIjoiZXRjIiwic2l6ZSI6NDA5NiwibW9kZSI6MjE0NzQ4NDE0MSwibXRpbWUiOiIyMDI2LTExLTIxVDAzOjEzOjE0LjAwNzk4MjQ0WiIsImxpbmtUYXJnZXQiOiIifQ==";
        let stat = read(&head(docker)).unwrap();
        assert_eq!((stat.kind, stat.size, stat.mode), (FileKind::Folder, 4096, 0o755));
        assert_eq!(&*stat.modified, "2026-11-21T03:13:14.00798244Z");
        assert!(stat.tells_owner);
        let mut podman = head(docker);
        podman.insert(SERVER, HeaderValue::from_static("Libpod/4.3.1 (linux)"));
        assert!(!read(&podman).unwrap().tells_owner);
        let link = "eyJuYW1lIjoibG5rIiwic2l6ZSI6NCwibW9kZSI6MTM0MjE4MjM5LCJtdGltZSI6IjIwMjYtMTEtMjFUMDM6MTQ6MDEuMDQ3MjE2MDE2WiIsImxpbmtUYXJnZXQiOiIvZXRjIn0=";
        let stat = read(&head(link)).unwrap();
        assert_eq!((stat.kind, &*stat.target), (FileKind::Link, "/etc"));
        assert!(read(&HeaderMap::new()).is_err() && read(&head("!")).is_err());
        assert_eq!(permissions(1 << 23 | 0o755), 0o4755);
    }
}
