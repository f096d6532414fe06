//! A path in a container or a volume: bytes, absolute, without `.`, `..` and doubled slashes.

use crate::domain::text::clean;

/// Always begins with a slash and ends with none, but for the root. Its bytes need not be UTF-8.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FilePath(Box<[u8]>);

impl FilePath {
    pub fn root() -> Self {
        Self(Box::from(*b"/"))
    }

    /// What was typed or told, from the root on; what climbs above the root stays there.
    pub fn new(text: &[u8]) -> Self {
        Self::root().resolve(text)
    }

    /// Where `text` leads from this folder, as the kernel reads it, were there no links.
    #[must_use]
    pub fn resolve(&self, text: &[u8]) -> Self {
        let mut parts: Vec<&[u8]> = if text.starts_with(b"/") { Vec::new() } else { self.parts().collect() };
        for part in components(text) {
            if part == b".." {
                parts.pop();
            } else {
                parts.push(part);
            }
        }
        Self::of_parts(&parts)
    }

    /// A child of this folder. A name that is none (empty, `.`, `..`, with a slash) gives `None`.
    pub fn child(&self, name: &[u8]) -> Option<Self> {
        if !is_name(name) {
            return None;
        }
        let mut parts: Vec<&[u8]> = self.parts().collect();
        parts.push(name);
        Some(Self::of_parts(&parts))
    }

    /// The folder it is in; the root is in none.
    pub fn parent(&self) -> Option<Self> {
        let mut parts: Vec<&[u8]> = self.parts().collect();
        parts.pop()?;
        Some(Self::of_parts(&parts))
    }

    /// The last part; of the root `/`.
    pub fn name(&self) -> &[u8] {
        self.parts().last().unwrap_or(b"/")
    }

    pub fn is_root(&self) -> bool {
        self.0.len() == 1
    }

    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    pub fn parts(&self) -> impl Iterator<Item = &[u8]> {
        components(&self.0)
    }

    /// As it may be drawn: bytes that are no text and what could steer a terminal are replaced.
    pub fn shown(&self) -> String {
        shown(&self.0)
    }

    /// The same as text for a command line: bytes that are no text are replaced.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.0).into_owned()
    }

    fn of_parts(parts: &[&[u8]]) -> Self {
        if parts.is_empty() {
            return Self::root();
        }
        let mut bytes = Vec::with_capacity(parts.iter().map(|part| part.len() + 1).sum());
        for part in parts {
            bytes.push(b'/');
            bytes.extend_from_slice(part);
        }
        Self(bytes.into())
    }
}

/// Bytes of a name as they may be drawn.
pub fn shown(bytes: &[u8]) -> String {
    clean(&String::from_utf8_lossy(bytes)).into_owned()
}

/// Whether bytes can be the name of something in a folder.
pub fn is_name(name: &[u8]) -> bool {
    !name.is_empty() && name != b"." && name != b".." && !name.iter().any(|byte| matches!(byte, b'/' | 0))
}

/// The parts of a path but those that mean nothing.
fn components(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    text.split(|byte| *byte == b'/').filter(|part| !part.is_empty() && *part != b".")
}

/// The parts below the folder that was asked for, of a name in an archive of it: `./a/b` and `a/b` are `a`, `b`. `None` where it
/// climbs out, has a zero byte, or is absolute: no engine writes that of its own accord.
pub fn archived_parts(name: &[u8]) -> Option<Vec<&[u8]>> {
    if name.starts_with(b"/") || name.contains(&0) {
        return None;
    }
    let parts: Vec<&[u8]> = components(name).collect();
    (!parts.contains(&b"..".as_slice())).then_some(parts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn paths_are_read_as_the_kernel_does() {
        for (from, text, path) in [
            ("/", "", "/"),
            ("/", "etc", "/etc"),
            ("/a/b", "../c", "/a/c"),
            ("/a/b", "/x//./y/", "/x/y"),
            ("/a", "../../..", "/"),
        ] {
            assert_eq!(FilePath::new(from.as_bytes()).resolve(text.as_bytes()).text(), path);
        }
        let path = FilePath::new(b"/var/log/app");
        assert_eq!(path.parent().unwrap().text(), "/var/log");
        assert_eq!(path.name(), b"app");
        assert_eq!((FilePath::root().parent(), FilePath::root().name()), (None, b"/".as_slice()));
        assert_eq!(path.child(b".."), None);
        assert_eq!(FilePath::new(b"/a\x1b[2J\xff").shown(), "/a\u{fffd}[2J\u{fffd}");
    }

    #[test]
    fn what_climbs_out_of_an_archive_has_no_place() {
        assert_eq!(archived_parts(b"./a//b/"), Some(vec![b"a".as_slice(), b"b"]));
        assert_eq!(archived_parts(b"./"), Some(vec![]));
        for name in [b"../x".as_slice(), b"a/../../x", b"/etc/passwd", b"a\0b"] {
            assert_eq!(archived_parts(name), None);
        }
    }

    proptest! {
        #[test]
        fn any_bytes_give_a_path_of_the_right_form(from in any::<Vec<u8>>(), text in any::<Vec<u8>>()) {
            let path = FilePath::new(&from).resolve(&text);
            prop_assert!(path.as_bytes().starts_with(b"/"));
            prop_assert!(path.is_root() || !path.as_bytes().ends_with(b"/"));
            prop_assert!(path.parts().all(|part| !part.is_empty() && part != b"." && part != b".."));
            prop_assert_eq!(&FilePath::new(path.as_bytes()), &path);
        }

        #[test]
        fn up_from_a_child_is_where_one_was(from in any::<Vec<u8>>(), name in any::<Vec<u8>>()) {
            let folder = FilePath::new(&from);
            if let Some(child) = folder.child(&name) {
                prop_assert_eq!(child.parent(), Some(folder));
                prop_assert_eq!(child.name(), name.as_slice());
            }
        }
    }
}
