//! Changing the user's config file: comments, order and blanks stay as they are.

mod file;
mod hosts;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;

pub use file::{private_file, write_file};
pub use hosts::print_host;

use super::{ConfigError, HostProfile, Place};
use std::path::Path;
use toml_edit::{DocumentMut, Item, Value, value};

/// A change of the saved hosts, as one writing of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProfileEdit {
    Save {
        profile: Box<HostProfile>,
        /// The saved host in whose place it goes, comments kept; `None` adds it behind the others.
        replaces: Option<String>,
        /// Whether it is to be the default host. A host that was it and is not to be it any more leaves none.
        is_default: bool,
    },
    /// Adds several.
    Import(Vec<HostProfile>),
    Remove(Vec<String>),
    /// `None`: no host is the default.
    SetDefault(Option<String>),
}

impl ProfileEdit {
    /// The names that are saved once this is done.
    pub fn saves(&self) -> Vec<&str> {
        match self {
            Self::Save { profile, .. } => vec![&profile.name],
            Self::Import(profiles) => profiles.iter().map(|profile| &*profile.name).collect(),
            Self::Remove(_) | Self::SetDefault(_) => Vec::new(),
        }
    }
}

/// The file's text with the edit done.
///
/// # Errors
/// Where the text is no TOML, where its hosts are written in a way that cannot be edited, and where a name would be there
/// twice or is not there.
pub fn apply(path: &Path, text: &str, edit: &ProfileEdit) -> Result<String, ConfigError> {
    let mut document = parse(path, text)?;
    match edit {
        ProfileEdit::Save { profile, replaces, is_default } => {
            hosts::put(&mut document, path, text, profile, replaces.as_deref())?;
            let default = default_host(&document);
            if *is_default {
                set(&mut document, "default_host", &*profile.name);
            } else if default.is_some_and(|name| name == profile.name || replaces.as_ref() == Some(&name)) {
                set(&mut document, "default_host", "");
            }
        }
        ProfileEdit::Import(profiles) => {
            for profile in profiles {
                hosts::put(&mut document, path, text, profile, None)?;
            }
        }
        ProfileEdit::Remove(names) => {
            for name in names {
                hosts::remove(&mut document, path, text, name)?;
                if default_host(&document).as_ref() == Some(name) {
                    set(&mut document, "default_host", "");
                }
            }
        }
        ProfileEdit::SetDefault(name) => {
            let is_set = document.contains_key("default_host");
            // Nothing is written where nothing is to be said.
            if name.is_some() || is_set {
                set(&mut document, "default_host", name.as_deref().unwrap_or_default());
            }
        }
    }
    Ok(document.to_string())
}

/// The file's text with a top-level setting at a new value.
///
/// # Errors
/// Where the text is no TOML.
pub fn set_value(path: &Path, text: &str, key: &str, new: impl Into<Value>) -> Result<String, ConfigError> {
    let mut document = parse(path, text)?;
    set(&mut document, key, new);
    Ok(document.to_string())
}

fn default_host(document: &DocumentMut) -> Option<String> {
    document.get("default_host").and_then(Item::as_str).map(str::to_owned)
}

fn set(document: &mut DocumentMut, key: &str, new: impl Into<Value>) {
    let mut new = new.into();
    match document.get_mut(key).and_then(Item::as_value_mut) {
        Some(old) => {
            // The comment behind a value belongs to it.
            *new.decor_mut() = old.decor().clone();
            *old = new;
        }
        None => {
            document.insert(key, value(new));
        }
    }
}

fn parse(path: &Path, text: &str) -> Result<DocumentMut, ConfigError> {
    text.parse().map_err(|error: toml_edit::TomlError| ConfigError::syntax(path, text, error.message(), error.span()))
}

/// Where a top-level key stands in the text.
fn place_of(text: &str, key: &str) -> Option<Place> {
    let document = toml_edit::Document::parse(text).ok()?;
    let span = document.get(key)?.span()?;
    Some(Place::of(span.start, text))
}
