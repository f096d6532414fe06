//! The platforms that an image is there for: here, and in its registry.

use super::Invalid;

/// Checks `system/architecture` with or without a variant behind it.
pub fn check_platform(text: &str) -> Result<(), Invalid> {
    let parts: Vec<&str> = text.trim().split('/').collect();
    let is_word = |part: &&str| {
        !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-'))
    };
    match parts.len() {
        2 | 3 if parts.iter().all(is_word) => Ok(()),
        _ => Err(Invalid::new("A platform is a system and an architecture, such as linux/arm64 or linux/arm/v7.")),
    }
}

/// One manifest of an image (`GET /images/{name}/json?manifests=1`, `GET /distribution/{name}/json`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manifest {
    /// `sha256:…`; empty where a registry tells platforms alone.
    pub digest: Box<str>,
    pub kind: ManifestKind,
    /// All of it is here.
    pub available: bool,
    /// Bytes of its content, packed; 0 where nobody tells.
    pub packed: u64,
    /// Bytes of its files, unpacked here; 0 where nobody tells.
    pub unpacked: u64,
    /// Containers here that run it.
    pub containers: usize,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ManifestKind {
    /// `linux/arm64/v8`
    Image {
        platform: Box<str>,
    },
    /// How another one of the manifests was made, signed: no image.
    Attestation {
        of: Box<str>,
    },
    Unknown,
}

impl Manifest {
    /// `linux/arm64/v8`, or what it is in place of an image.
    pub fn title(&self) -> String {
        match &self.kind {
            ManifestKind::Image { platform } if platform.is_empty() => "unknown platform".to_owned(),
            ManifestKind::Image { platform } => platform.to_string(),
            ManifestKind::Attestation { .. } => "attestation".to_owned(),
            ManifestKind::Unknown => "unknown".to_owned(),
        }
    }
}

/// What an engine knows of an image's platforms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Platforms {
    pub from: PlatformsFrom,
    pub manifests: Vec<Manifest>,
}

/// Who told of the platforms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlatformsFrom {
    /// The engine's own store.
    Engine,
    /// The engine keeps one platform, the one it tells of; its registry was not asked.
    EngineOne,
    /// The registry, asked by the engine.
    Registry,
}
