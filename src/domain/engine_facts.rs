//! What an engine says of itself.

use std::fmt;

/// The version of the API, `1.41`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ApiVersion {
    pub major: u32,
    pub minor: u32,
}

/// `GET /version`, and the engine's lists of what it has (`GET /info`). Asked once per connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EngineFacts {
    /// `Docker` or `Podman`.
    pub product: Box<str>,
    /// `28.2.2`
    pub version: Box<str>,
    /// The version spoken with it: the lower of ours and its newest.
    pub api: ApiVersion,
    /// `linux/amd64`
    pub platform: Box<str>,
    /// `None` where `/info` was refused.
    pub machine: Option<Machine>,
}

/// The machine under the engine (`GET /info`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Machine {
    pub name: Box<str>,
    pub system: Box<str>,
    /// `6.1.0-40-amd64`
    pub kernel: Box<str>,
    /// `overlay2`
    pub storage_driver: Box<str>,
    pub cpus: u32,
    /// Bytes.
    pub memory: u64,
    /// What the engine warns of.
    pub warnings: Vec<Box<str>>,
}

impl ApiVersion {
    /// The oldest API this program works with (Docker 20.10, Podman).
    pub const OLDEST: Self = Self { major: 1, minor: 41 };
    /// The newest API this program was written for.
    pub const NEWEST: Self = Self { major: 1, minor: 51 };

    pub fn parse(text: &str) -> Option<Self> {
        let (major, minor) = text.trim().split_once('.')?;
        Some(Self { major: major.parse().ok()?, minor: minor.parse().ok()? })
    }
}

impl fmt::Display for ApiVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.major, self.minor)
    }
}

#[cfg(test)]
mod tests {
    use super::ApiVersion;

    #[test]
    fn versions_compare_as_numbers() {
        assert!(ApiVersion::parse("1.9").unwrap() < ApiVersion::parse("1.41").unwrap());
        assert_eq!(ApiVersion::parse("1.41").unwrap(), ApiVersion::OLDEST);
        assert_eq!(ApiVersion::parse("one"), None);
    }
}
