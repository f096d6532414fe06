//! Keys as data: what the user or a preset says about which keys run a command.

use super::read::{self, Reader, Section};
use super::{ConfigError, Place};
use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

/// Replaces all keys of one command. Names and keys are kept as text: the command table knows which exist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyOverride {
    /// A command's name, such as `container.stop`.
    pub command: String,
    /// Keys as text, such as `s` or `ctrl-s`; none takes the command's keys away.
    pub keys: Vec<String>,
    /// Where it is written, for errors about it.
    pub path: PathBuf,
    pub place: Place,
}

/// A set of keys that comes with the program.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum KeysPreset {
    /// What the command table says.
    #[default]
    Default,
    Lazydocker,
    K9s,
}

impl KeysPreset {
    pub const ALL: [Self; 3] = [Self::Default, Self::Lazydocker, Self::K9s];

    pub fn name(self) -> &'static str {
        match self {
            Self::Default => "default",
            Self::Lazydocker => "lazydocker",
            Self::K9s => "k9s",
        }
    }

    /// How it differs from the command table, as a file in the user's format.
    pub fn source(self) -> &'static str {
        match self {
            Self::Default => "",
            Self::Lazydocker => include_str!("../../assets/keys/lazydocker.toml"),
            Self::K9s => include_str!("../../assets/keys/k9s.toml"),
        }
    }

    /// What it changes about the command table. A test reads every preset: there are no errors in them.
    pub fn overrides(self) -> Result<Vec<KeyOverride>, Vec<ConfigError>> {
        let path = format!("assets/keys/{self}.toml");
        read::document(Path::new(&path), self.source(), |reader, mut top| {
            let keys = reader.table(&mut top, "keys");
            let overrides = overrides(reader, keys);
            reader.close(top);
            overrides
        })
    }
}

/// Reads a `[keys]` table.
pub fn overrides(reader: &mut Reader<'_>, section: Section<'_>) -> Vec<KeyOverride> {
    let mut overrides = Vec::new();
    for (command, span, value) in section.entries() {
        // One key may stand without brackets.
        let keys = match value.get_ref().as_str() {
            Some(key) => Ok(vec![key.to_owned()]),
            None => read::list(value, read::text),
        };
        match keys {
            Ok(keys) => overrides.push(KeyOverride {
                command: command.to_owned(),
                keys,
                path: reader.path().to_owned(),
                place: reader.place(&span),
            }),
            Err(_) if value.get_ref().is_table() => {
                reader.report(&span, format!("Write the command's whole name in quotes: \"{command}.…\" = [\"s\"]."));
            }
            Err(_) => reader.report(&value.span(), format!("The keys of “{command}” must be a list such as [\"s\"].")),
        }
    }
    overrides
}

impl FromStr for KeysPreset {
    /// What is allowed instead.
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let names = || Self::ALL.map(Self::name).join(", ");
        Self::ALL.into_iter().find(|preset| preset.name() == text).ok_or_else(|| format!("one of {}", names()))
    }
}

impl fmt::Display for KeysPreset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
