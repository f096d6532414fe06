//! Which key means which command where: the table's defaults, then the preset, then the user's `[keys]`.

use super::commands::{self, Command};
use super::key::Key;
use super::scope::Scope;
use crate::config::{ConfigError, KeyOverride, Settings};
use crate::domain::order;
use std::collections::HashMap;

/// Every binding, resolved once at start.
#[derive(Debug, Default)]
pub struct Keymap {
    by_key: HashMap<(Scope, Key), &'static Command>,
    by_name: HashMap<&'static str, Vec<Key>>,
}

/// The keymap that the settings ask for: the command table, over it the preset, over that the user's `[keys]`.
///
/// # Errors
/// All mistakes of the user's `[keys]`, each at its line.
pub fn from_settings(settings: &Settings) -> Result<Keymap, Vec<ConfigError>> {
    let preset = settings.keys_preset.overrides()?;
    Keymap::new(&[&preset, &settings.keys])
}

impl Keymap {
    /// Binds every command. Later layers win a key that an earlier one gave to another command of the same scope.
    ///
    /// # Errors
    /// A sentence for each unknown command, for each text that is no key, and for a key given twice in one layer.
    pub fn new(layers: &[&[KeyOverride]]) -> Result<Self, Vec<ConfigError>> {
        let mut keymap = Self::default();
        let mut errors = Vec::new();
        for command in commands::all() {
            let keys = command.keys.iter().filter_map(|key| key.parse().ok()).collect();
            keymap.bind(command, keys);
        }
        for layer in layers {
            let mut taken: HashMap<(Scope, Key), &'static Command> = HashMap::new();
            // In the order of lines, so that of two that clash the second is told.
            let mut lines: Vec<&KeyOverride> = layer.iter().collect();
            order::sort_by_key(&mut lines, |line| line.place);
            for line in lines {
                let Some(command) = commands::find(&line.command) else {
                    let sentence = format!("There is no command “{}”.", line.command);
                    let known = commands::all().map(|command| command.name);
                    errors.push(error(line, sentence).did_you_mean(&line.command, known));
                    continue;
                };
                let mut keys = Vec::new();
                for text in &line.keys {
                    match key_for(command, text) {
                        Ok(key) => {
                            if let Some(other) = taken.insert((command.scope, key), command) {
                                let sentence = format!("{key} is given to both {} and {}.", other.name, command.name);
                                errors.push(error(line, sentence));
                            }
                            keys.push(key);
                        }
                        Err(sentence) => errors.push(error(line, sentence)),
                    }
                }
                keymap.bind(command, keys);
            }
        }
        if errors.is_empty() { Ok(keymap) } else { Err(errors) }
    }

    fn bind(&mut self, command: &'static Command, keys: Vec<Key>) {
        self.by_key.retain(|_, bound| bound.name != command.name);
        for key in &keys {
            if let Some(loser) = self.by_key.insert((command.scope, *key), command)
                && let Some(left) = self.by_name.get_mut(loser.name)
            {
                left.retain(|other| other != key);
            }
        }
        self.by_name.insert(command.name, keys);
    }

    /// The command that `key` means in the innermost of these scopes that knows it.
    pub fn command(&self, scopes: &[Scope], key: Key) -> Option<&'static Command> {
        scopes.iter().find_map(|scope| self.by_key.get(&(*scope, key)).copied())
    }

    /// The keys of a command, the one to show first.
    pub fn keys(&self, command: &Command) -> &[Key] {
        self.by_name.get(command.name).map_or(&[], Vec::as_slice)
    }

    /// All keys of a command as text: `j ↓`.
    pub fn keys_text(&self, command: &Command) -> String {
        self.keys(command).iter().map(Key::to_string).collect::<Vec<_>>().join(" ")
    }

    /// The key to show for the command of this name; empty when it has none.
    pub fn key_text(&self, name: &str) -> String {
        self.by_name.get(name).and_then(|keys| keys.first()).map(Key::to_string).unwrap_or_default()
    }
}

/// A key for a command, or a sentence that says why it cannot be one.
fn key_for(command: &Command, text: &str) -> Result<Key, String> {
    let key: Key = text.parse().map_err(|why| format!("{}: {why}.", command.name))?;
    if command.destructive && key.has_ctrl() {
        let name = command.name;
        return Err(format!(
            "{name}: {key} cannot be used: the command destroys something, and a Ctrl key is hit by chance."
        ));
    }
    Ok(key)
}

fn error(line: &KeyOverride, sentence: String) -> ConfigError {
    ConfigError::new(&line.path, sentence).at(line.place)
}

#[cfg(test)]
mod tests;
