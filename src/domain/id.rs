//! Identifiers as newtypes, so that a container's id can never be passed where an image's is meant.

use std::fmt;
use std::sync::Arc;

macro_rules! text_id {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(Arc<str>);

        impl $name {
            pub fn new(text: impl AsRef<str>) -> Self {
                Self(Arc::from(text.as_ref()))
            }

            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// The text, shared: what lists keep as a row's key.
            pub fn key(&self) -> Arc<str> {
                self.0.clone()
            }

            /// The first twelve characters after any `sha256:`, as the docker client prints it.
            pub fn short(&self) -> &str {
                let bare = self.0.split_once(':').map_or(&*self.0, |(_, rest)| rest);
                bare.get(..12).unwrap_or(bare)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({})", stringify!($name), self.short())
            }
        }

        impl From<Arc<str>> for $name {
            fn from(text: Arc<str>) -> Self {
                Self(text)
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self::new(text)
            }
        }
    };
}

text_id!(
    /// A container's full 64-digit id.
    ContainerId
);
text_id!(
    /// An image's id, `sha256:…`.
    ImageId
);
text_id!(
    /// A network's id.
    NetworkId
);
text_id!(
    /// A volume's name; volumes have no other id.
    VolumeName
);
text_id!(
    /// The name of a host profile (or of a discovered endpoint): unique in one run of the program.
    HostId
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_is_what_docker_prints() {
        let full = ContainerId::new("4c01db0b339c1a2b3c4d5e6f");
        assert_eq!(full.short(), "4c01db0b339c");
        assert_eq!(ImageId::new("sha256:0123456789abcdef").short(), "0123456789ab");
        assert_eq!(ImageId::new("ab").short(), "ab");
    }
}
