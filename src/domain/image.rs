//! Images as `GET /images/json` and `GET /images/{name}/history` tell of them.

use super::ImageId;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Image {
    pub id: ImageId,
    /// `repository:tag`; empty for a dangling image, whatever the API version.
    pub tags: Vec<Box<str>>,
    /// `repository@sha256:…`.
    pub digests: Vec<Box<str>>,
    /// Seconds since the Unix epoch.
    pub created: i64,
    /// Bytes, layers shared with other images included.
    pub size: u64,
    pub parent: Option<ImageId>,
}

/// One layer of an image, newest first (`GET /images/{name}/history`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layer {
    /// `None` where the engine says `<missing>`.
    pub id: Option<ImageId>,
    pub created: i64,
    pub created_by: Box<str>,
    pub size: u64,
    pub tags: Vec<Box<str>>,
    pub comment: Box<str>,
}

impl Image {
    pub fn is_dangling(&self) -> bool {
        self.tags.is_empty()
    }

    /// What to call it: its first tag, else its repository, else its short id.
    pub fn title(&self) -> &str {
        self.tags.first().map_or(self.id.short(), |tag| &**tag)
    }

    /// What a request names it by: the first tag, else the id.
    pub fn reference(&self) -> &str {
        self.tags.first().map_or(self.id.as_str(), |tag| &**tag)
    }
}

/// Splits `repository:tag`, minding a registry's port (`localhost:5000/app` has no tag).
pub fn split_tag(reference: &str) -> (&str, &str) {
    match reference.rsplit_once(':') {
        Some((repository, tag)) if !tag.contains('/') => (repository, tag),
        _ => (reference, ""),
    }
}

#[cfg(test)]
mod tests {
    use super::split_tag;

    #[test]
    fn a_registry_port_is_no_tag() {
        assert_eq!(split_tag("localhost:5000/app"), ("localhost:5000/app", ""));
        assert_eq!(split_tag("localhost:5000/app:1"), ("localhost:5000/app", "1"));
        assert_eq!(split_tag("nginx"), ("nginx", ""));
    }
}
