//! Who one is at a registry: a name with a password, or a token. What is secret of it is never shown.

use super::RegistryName;
use std::fmt;

/// A text that is sent and stored, and shown to nobody: not in logs, not in messages.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Box<str>);

impl Secret {
    pub fn new(text: impl Into<Box<str>>) -> Self {
        Self(text.into())
    }

    /// The text itself, for where it is sent or stored.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// What a registry takes for a login.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Credential {
    Password {
        user: Box<str>,
        password: Secret,
    },
    /// Given by a registry in exchange for a password, to be shown in its stead.
    Token {
        /// Empty where it is not known.
        user: Box<str>,
        token: Secret,
    },
}

/// A registry that somebody is logged in to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownLogin {
    pub registry: RegistryName,
    /// Empty where only the program that keeps the login knows it.
    pub user: Box<str>,
}

/// Where a login is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LoginKeeper {
    /// Docker's `config.json`, at this path: encoded, not encrypted.
    File(Box<str>),
    /// A program: `docker-credential-pass`.
    Helper(Box<str>),
}

impl Credential {
    pub fn password(user: impl Into<Box<str>>, password: impl Into<Box<str>>) -> Self {
        Self::Password { user: user.into(), password: Secret::new(password) }
    }

    /// Who it is; `None` where a token does not say.
    pub fn user(&self) -> Option<&str> {
        match self {
            Self::Password { user, .. } | Self::Token { user, .. } => Some(&**user).filter(|user| !user.is_empty()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_secret_is_not_printed() {
        let password = Credential::password("ann", "hunter2");
        let token = Credential::Token { user: "ann".into(), token: Secret::new("hunter2") };
        for shown in [format!("{password:?}"), format!("{token:#?}")] {
            assert!(shown.contains("ann") && !shown.contains("hunter2"), "{shown}");
        }
    }
}
