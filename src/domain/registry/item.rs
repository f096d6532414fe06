//! What lies in a registry: repositories, their tags, and what an image is made of.

use std::sync::Arc;

/// A line of what lies in one place of a registry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegistryItem {
    pub kind: ItemKind,
    /// A repository's path, a tag, a platform, `layer 3`; unique among its neighbours.
    pub name: Arc<str>,
    /// `sha256:…`, where it is known.
    pub digest: Option<Box<str>>,
    /// Bytes, compressed, where it is known.
    pub size: Option<u64>,
    /// Seconds since the Unix epoch, where it is known.
    pub updated: Option<i64>,
    /// The rest that is worth telling: a description, platforms, a media type.
    pub about: Box<str>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ItemKind {
    Repository,
    Tag,
    /// One of the images of an index, for a platform.
    Image,
    Config,
    Layer,
}

/// What came of asking once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RegistryPage {
    pub items: Vec<RegistryItem>,
    /// What to ask for the next ones with, where there are more.
    pub next: Option<Box<str>>,
}

impl RegistryItem {
    pub fn new(kind: ItemKind, name: impl Into<Arc<str>>) -> Self {
        Self { kind, name: name.into(), digest: None, size: None, updated: None, about: Box::default() }
    }
}
