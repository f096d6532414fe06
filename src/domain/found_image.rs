//! What a registry finds (`GET /images/search`).

/// A repository that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundImage {
    /// `nginx`; of Podman with its registry.
    pub name: Box<str>,
    pub description: Box<str>,
    pub stars: u64,
    pub official: bool,
    /// Built by Docker Hub itself; newer registries do not tell.
    pub automated: bool,
}
