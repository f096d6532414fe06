//! Places in a registry, as one walks into it: the registry, a repository, an image, one of its platforms.

use super::RegistryName;
use std::fmt;

/// A place in a registry.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RegistryPath {
    pub registry: RegistryName,
    pub repository: Option<Box<str>>,
    /// A tag or a digest.
    pub reference: Option<Box<str>>,
    /// Whether the engine takes plain HTTP and any certificate of it.
    pub insecure: bool,
    /// The platform that the digest is of, where one walked through an index; for the eye.
    pub platform: Option<Box<str>>,
}

/// What lies in a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RegistryLevel {
    Repositories,
    Tags,
    Parts,
}

impl RegistryPath {
    pub fn root(registry: RegistryName, insecure: bool) -> Self {
        Self { registry, repository: None, reference: None, insecure, platform: None }
    }

    /// The place of a repository's tags.
    #[must_use]
    pub fn repository(&self, repository: &str) -> Self {
        Self { repository: Some(repository.into()), ..Self::root(self.registry.clone(), self.insecure) }
    }

    /// The place of what a tag or a digest of the same repository stands for.
    #[must_use]
    pub fn reference(&self, reference: &str) -> Self {
        Self { reference: Some(reference.into()), platform: None, ..self.clone() }
    }

    pub fn level(&self) -> RegistryLevel {
        match (&self.repository, &self.reference) {
            (None, _) => RegistryLevel::Repositories,
            (Some(_), None) => RegistryLevel::Tags,
            (Some(_), Some(_)) => RegistryLevel::Parts,
        }
    }

    /// As images are called: `localhost:5000/app:1`, `docker.io/library/nginx@sha256:…`; `None` above a repository.
    pub fn image(&self) -> Option<String> {
        let repository = self.repository.as_deref()?;
        let name = format!("{}/{repository}", self.registry);
        Some(match self.reference.as_deref() {
            None => name,
            Some(digest) if digest.contains(':') => format!("{name}@{digest}"),
            Some(tag) => format!("{name}:{tag}"),
        })
    }
}

/// With signs between the steps: `localhost:5000 › app › 1`.
impl fmt::Display for RegistryPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.registry)?;
        let last = self.platform.as_deref().or(self.reference.as_deref());
        [self.repository.as_deref(), last].into_iter().flatten().try_for_each(|step| write!(f, " › {step}"))
    }
}

impl RegistryLevel {
    pub const ALL: [Self; 3] = [Self::Repositories, Self::Tags, Self::Parts];

    pub fn plural(self) -> &'static str {
        match self {
            Self::Repositories => "repositories",
            Self::Tags => "tags",
            Self::Parts => "parts",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_walked_and_named() {
        let root = RegistryPath::root(RegistryName::parse("localhost:5000").unwrap(), false);
        let tag = root.repository("team/app").reference("1");
        assert_eq!(tag.to_string(), "localhost:5000 › team/app › 1");
        assert_eq!(tag.image().unwrap(), "localhost:5000/team/app:1");
        assert_eq!(tag.reference("sha256:ab").image().unwrap(), "localhost:5000/team/app@sha256:ab");
        assert_eq!(
            (root.image(), root.level(), tag.level()),
            (None, RegistryLevel::Repositories, RegistryLevel::Parts)
        );
    }
}
