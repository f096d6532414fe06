//! Image references: `registry[:port]/path[:tag][@digest]`, short as people write them or in full.

use super::Invalid;
use std::fmt;
use std::str::FromStr;

/// Where references without a registry belong.
const HUB: &str = "docker.io";
const LEGACY_HUB: &str = "index.docker.io";
/// The folder of Docker Hub's official images, left out when written short.
const OFFICIAL: &str = "library/";
const LONGEST_NAME: usize = 255;
const LONGEST_TAG: usize = 128;

/// A checked reference. Printed short: `docker.io/library/nginx` is `nginx`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ImageReference {
    registry: String,
    path: String,
    tag: Option<String>,
    digest: Option<String>,
}

impl ImageReference {
    /// `docker.io`, `localhost:5000`.
    pub fn registry(&self) -> &str {
        &self.registry
    }

    /// `library/nginx`
    pub fn path(&self) -> &str {
        &self.path
    }

    pub fn tag(&self) -> Option<&str> {
        self.tag.as_deref()
    }

    /// `sha256:…`
    pub fn digest(&self) -> Option<&str> {
        self.digest.as_deref()
    }

    /// In full: `docker.io/library/nginx:latest`. The tag is filled in where neither tag nor digest is given.
    pub fn normalised(&self) -> String {
        let default = (self.tag.is_none() && self.digest.is_none()).then_some("latest");
        let tag = self.tag().or(default);
        print(&format!("{}/{}", self.registry, self.path), tag, self.digest())
    }

    /// The name as people write it, without tag and digest: `nginx`, `localhost:5000/app`.
    pub fn short_name(&self) -> String {
        if self.registry != HUB {
            return format!("{}/{}", self.registry, self.path);
        }
        match self.path.strip_prefix(OFFICIAL) {
            Some(name) if !name.contains('/') && !is_id(name) => name.to_owned(),
            // Without its registry the first folder would be taken for one.
            _ if self.path.split('/').next().is_some_and(looks_like_registry) => format!("{HUB}/{}", self.path),
            _ => self.path.clone(),
        }
    }

    /// `fromImage` and `tag` of `POST /images/create`. Without a tag an engine would pull every one there is.
    pub fn pull_parts(&self) -> (String, String) {
        (self.short_name(), self.digest().or(self.tag()).unwrap_or("latest").to_owned())
    }

    /// Whether two texts name the same image (`nginx` and `docker.io/library/nginx:latest`).
    pub fn same(one: &str, other: &str) -> bool {
        let full = |text: &str| text.parse::<Self>().map(|reference| reference.normalised());
        one == other || matches!((full(one), full(other)), (Ok(one), Ok(other)) if one == other)
    }
}

impl fmt::Display for ImageReference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&print(&self.short_name(), self.tag(), self.digest()))
    }
}

impl FromStr for ImageReference {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        let text = text.trim();
        if text.is_empty() {
            return Err(Invalid::new("Name an image, such as nginx or nginx:1.27."));
        }
        if let Some((scheme, rest)) = text.split_once("://") {
            return Err(Invalid::new(format!("An image's name has no {scheme}:// before it: write {rest}.")));
        }
        if is_id(text) {
            return Err(Invalid::new("64 hexadecimal digits are an image's id, not its name."));
        }
        let (rest, digest) = match text.split_once('@') {
            Some((rest, digest)) => (rest, Some(check_digest(digest)?)),
            None => (text, None),
        };
        let (name, tag) = match rest.rsplit_once(':') {
            // A colon before the last slash is that of a port.
            Some((name, tag)) if !tag.contains('/') => (name, Some(check_tag(tag)?)),
            _ => (rest, None),
        };
        let (registry, path) = split_registry(name);
        check_registry(registry)?;
        check_path(&path)?;
        if registry.len() + path.len() + 1 > LONGEST_NAME {
            return Err(Invalid::new(format!("An image's name has {LONGEST_NAME} letters at most.")));
        }
        Ok(Self { registry: registry.to_owned(), path, tag, digest })
    }
}

/// Checks what a container can be made from: a reference, or an image's id.
pub fn check_image(text: &str) -> Result<(), Invalid> {
    let text = text.trim();
    if is_id(text.strip_prefix("sha256:").unwrap_or(text)) {
        return Ok(());
    }
    text.parse::<ImageReference>().map(|_| ())
}

fn print(name: &str, tag: Option<&str>, digest: Option<&str>) -> String {
    let mut text = name.to_owned();
    if let Some(tag) = tag {
        text.extend([":", tag]);
    }
    if let Some(digest) = digest {
        text.extend(["@", digest]);
    }
    text
}

fn is_id(text: &str) -> bool {
    text.len() == 64 && is_hex(text)
}

fn is_hex(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

fn looks_like_registry(part: &str) -> bool {
    part.contains(['.', ':']) || part == "localhost" || part.contains(|letter: char| letter.is_ascii_uppercase())
}

/// Registry and path in full: `nginx` is `docker.io` and `library/nginx`.
fn split_registry(name: &str) -> (&str, String) {
    let (registry, path) = match name.split_once('/') {
        Some((first, path)) if looks_like_registry(first) => (first, path),
        _ => (HUB, name),
    };
    match registry {
        HUB | LEGACY_HUB if !path.contains('/') => (HUB, format!("{OFFICIAL}{path}")),
        HUB | LEGACY_HUB => (HUB, path.to_owned()),
        registry => (registry, path.to_owned()),
    }
}

fn check_registry(registry: &str) -> Result<(), Invalid> {
    let wrong = || Err(Invalid::new(format!("“{registry}” is not a registry, such as ghcr.io or localhost:5000.")));
    let (host, port) = match registry.strip_prefix('[') {
        Some(rest) => match rest.split_once(']') {
            Some((address, port)) if address.parse::<std::net::Ipv6Addr>().is_ok() => ("ipv6", port.strip_prefix(':')),
            _ => return wrong(),
        },
        None => match registry.split_once(':') {
            Some((host, port)) => (host, Some(port)),
            None => (registry, None),
        },
    };
    let label_ok = |label: &str| {
        !label.is_empty()
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let port_ok = port.is_none_or(|port| !port.starts_with('+') && port.parse::<u16>().is_ok());
    if host.split('.').all(label_ok) && port_ok { Ok(()) } else { wrong() }
}

fn check_path(path: &str) -> Result<(), Invalid> {
    let shown = path.strip_prefix(OFFICIAL).unwrap_or(path);
    if path.contains(|letter: char| letter.is_ascii_uppercase()) {
        return Err(Invalid::new(format!("An image's name is in lower case: write {}.", shown.to_lowercase())));
    }
    match path.split('/').find(|part| !is_path_part(part)) {
        None => Ok(()),
        Some("") => Err(Invalid::new(format!("“{shown}” has an empty part beside a slash."))),
        Some(part) => Err(Invalid::new(format!(
            "“{}” is not a part of an image's name: letters a–z and digits, parted by . _ __ or -.",
            part.escape_debug()
        ))),
    }
}

/// Letters and digits, parted by one `.`, one or two `_`, or any number of `-`.
fn is_path_part(part: &str) -> bool {
    let is_word = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let bytes = part.as_bytes();
    let ends = bytes.first().copied().is_some_and(is_word) && bytes.last().copied().is_some_and(is_word);
    let mut separators = bytes.split(|byte| is_word(*byte));
    ends && separators.all(|run| matches!(run, b"" | b"." | b"_" | b"__") || run.iter().all(|byte| *byte == b'-'))
}

fn check_tag(tag: &str) -> Result<String, Invalid> {
    if tag.is_empty() {
        return Err(Invalid::new(
            "There is no tag after the colon: write one, such as latest, or leave the colon out.",
        ));
    }
    if tag.len() > LONGEST_TAG {
        return Err(Invalid::new(format!("A tag has {LONGEST_TAG} letters at most.")));
    }
    let word = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    if tag.starts_with(word) && tag.chars().all(|letter| word(letter) || matches!(letter, '.' | '-')) {
        return Ok(tag.to_owned());
    }
    Err(Invalid::new(format!(
        "“{}” is not a tag: letters a–z, digits, _ . and -, not beginning with . or -.",
        tag.escape_debug()
    )))
}

fn check_digest(digest: &str) -> Result<String, Invalid> {
    let well = match digest.split_once(':') {
        Some(("sha256", hex)) => is_id(hex),
        Some(("sha384", hex)) => hex.len() == 96 && is_hex(hex),
        Some(("sha512", hex)) => hex.len() == 128 && is_hex(hex),
        _ => false,
    };
    if well {
        return Ok(digest.to_owned());
    }
    Err(Invalid::new("After the @ comes a digest: sha256: and 64 hexadecimal digits."))
}

#[cfg(test)]
mod tests;
