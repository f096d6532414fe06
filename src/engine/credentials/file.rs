//! Docker's `config.json`: which logins it holds, which program keeps the others, and how they are written to it.

use crate::domain::{Credential, Failure, FailureKind, RegistryName};
use base64::Engine as _;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig, general_purpose};
use serde::Serialize;
use serde_json::ser::{PrettyFormatter, Serializer};
use serde_json::{Map, Value, json};
use std::io;
use std::path::{Path, PathBuf};

/// Replaces a file at once: a reader sees the old or the new one, never a half.
pub type WriteFile = fn(&Path, &str) -> io::Result<()>;

/// The file, wherever it lies, with the way to replace it.
#[derive(Clone, Debug)]
pub struct ConfigFile {
    path: PathBuf,
    write: WriteFile,
}

/// What stands in the file. Its keys keep their order.
#[derive(Debug)]
pub struct Contents(Map<String, Value>);

impl ConfigFile {
    pub fn new(folder: PathBuf, write: WriteFile) -> Self {
        Self { path: folder.join("config.json"), write }
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What stands in it; `None` where there is none.
    pub fn text(&self) -> Result<Option<String>, Failure> {
        match std::fs::read_to_string(&self.path) {
            Ok(text) if text.trim().is_empty() => Ok(None),
            Ok(text) => Ok(Some(text)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => {
                let sentence = format!("{} cannot be read: {error}.", self.path.display());
                Err(Failure::new(FailureKind::LocalFile, sentence).with_hint("Docker keeps its logins there."))
            }
        }
    }

    pub fn parse(&self, text: &str) -> Result<Contents, Failure> {
        serde_json::from_str(text).map(Contents).map_err(|error| {
            // The words of the parser may hold a piece of the file.
            let place = format!("line {}", error.line());
            let sentence = format!("{} is no JSON that Docker would take ({place}).", self.path.display());
            Failure::new(FailureKind::LocalFile, sentence).with_hint("Put it right by hand: it was left as it is.")
        })
    }

    /// What stands in it, nothing where there is no file.
    pub fn contents(&self) -> Result<Contents, Failure> {
        self.text()?.map_or_else(|| Ok(Contents(Map::new())), |text| self.parse(&text))
    }

    /// Replaces the file, indented as Docker does it; its permissions stay.
    pub fn replace(&self, contents: &Contents) -> Result<(), Failure> {
        let permissions = std::fs::metadata(&self.path).ok().map(|known| known.permissions());
        let written = (self.write)(&self.path, &contents.text()).and_then(|()| match permissions {
            Some(permissions) => std::fs::set_permissions(&self.path, permissions),
            None => Ok(()),
        });
        written.map_err(|error| {
            let (sentence, hint) = match error.kind() {
                io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
                    (format!("The disk is full: {} was left as it is.", self.path.display()), "Make room on it.")
                }
                _ => (
                    format!("{} cannot be written: {error}.", self.path.display()),
                    "It was left as it is. Docker keeps its logins there.",
                ),
            };
            Failure::new(FailureKind::LocalFile, sentence).with_hint(hint)
        })
    }
}

impl Contents {
    /// The program that keeps the login to a registry, if it is not the file.
    pub fn helper(&self, registry: &RegistryName) -> Option<&str> {
        let own = self.0.get("credHelpers").and_then(|helpers| helpers.get(registry.login_key()));
        let named = own.and_then(Value::as_str).filter(|name| !name.is_empty());
        named.or_else(|| self.store())
    }

    /// The program that keeps all logins without a helper of their own.
    pub fn store(&self) -> Option<&str> {
        self.0.get("credsStore").and_then(Value::as_str).filter(|name| !name.is_empty())
    }

    /// Every registry with a helper of its own.
    pub fn helped(&self) -> impl Iterator<Item = (&str, &str)> {
        let helpers = self.0.get("credHelpers").and_then(Value::as_object).into_iter().flatten();
        helpers.filter_map(|(server, name)| Some((server.as_str(), name.as_str().filter(|name| !name.is_empty())?)))
    }

    /// Every registry that it names, with what it says of the login.
    pub fn logins(&self) -> impl Iterator<Item = (&str, &Value)> {
        let entries = self.0.get("auths").and_then(Value::as_object).into_iter().flatten();
        entries.map(|(server, entry)| (server.as_str(), entry))
    }

    /// Whether it says nothing of logins: then Docker chooses a keeper.
    pub fn is_silent(&self) -> bool {
        self.store().is_none() && self.helped().next().is_none() && self.logins().next().is_none()
    }

    /// Names the program that keeps logins from now on.
    pub fn set_store(&mut self, helper: &str) {
        self.0.insert("credsStore".to_owned(), json!(helper));
    }

    /// Notes a login, as `docker login` writes it; one that is kept elsewhere only by its registry's name.
    pub fn put(&mut self, registry: &RegistryName, credential: Option<&Credential>) {
        let encode = |user: &str, password: &str| general_purpose::STANDARD.encode(format!("{user}:{password}"));
        let entry = match credential {
            Some(Credential::Password { user, password }) => json!({ "auth": encode(user, password.reveal()) }),
            Some(Credential::Token { user, token }) => {
                json!({ "auth": encode(user, ""), "identitytoken": token.reveal() })
            }
            None => json!({}),
        };
        let auths = self.0.entry("auths").or_insert_with(|| json!({}));
        if !auths.is_object() {
            *auths = json!({});
        }
        if let Some(auths) = auths.as_object_mut() {
            auths.insert(registry.login_key().to_owned(), entry);
        }
    }

    /// Forgets a login under every name that the registry has in it; false where there was none.
    pub fn take(&mut self, registry: &RegistryName) -> bool {
        let Some(auths) = self.0.get_mut("auths").and_then(Value::as_object_mut) else { return false };
        let before = auths.len();
        auths.retain(|server, _| RegistryName::parse(server).as_ref() != Ok(registry));
        auths.len() < before
    }

    /// As Docker writes it: indented by tabs, without a line end at the end.
    fn text(&self) -> String {
        let mut bytes = Vec::new();
        let mut writer = Serializer::with_formatter(&mut bytes, PrettyFormatter::with_indent(b"\t"));
        match self.0.serialize(&mut writer) {
            Ok(()) => String::from_utf8(bytes).unwrap_or_default(),
            // What was read as JSON can be written as JSON.
            Err(_) => Value::Object(self.0.clone()).to_string(),
        }
    }
}

/// The name in one of its `auths`.
pub fn user_of(entry: &Value) -> Option<Box<str>> {
    if let Some(user) = entry.get("username").and_then(Value::as_str).filter(|user| !user.is_empty()) {
        return Some(user.into());
    }
    let encoded = entry.get("auth")?.as_str()?;
    let padding = GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
    let decoded = GeneralPurpose::new(&STANDARD, padding).decode(encoded).ok()?;
    let text = String::from_utf8(decoded).ok()?;
    text.split(':').next().filter(|user| !user.is_empty()).map(Into::into)
}
