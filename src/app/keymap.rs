//! Which key means which command where: the table's defaults, then the preset, then the user's `[keys]`.

use super::commands::{self, Command};
use super::key::Key;
use super::scope::Scope;
use std::collections::{BTreeMap, HashMap};

/// Every binding, resolved once at start.
#[derive(Debug, Default)]
pub struct Keymap {
    by_key: HashMap<(Scope, Key), &'static Command>,
    by_name: HashMap<&'static str, Vec<Key>>,
}

/// Keys of commands by the command's name, as `[keys]` writes them; later layers replace earlier ones.
pub type Bindings = BTreeMap<String, Vec<String>>;

impl Keymap {
    /// Binds every command. Later layers win a key that an earlier one gave to another command of the same scope.
    ///
    /// # Errors
    /// A sentence for each unknown command and each text that is no key, and for a key given twice in one layer.
    pub fn new(layers: &[&Bindings]) -> Result<Self, Vec<String>> {
        let mut keymap = Self::default();
        let mut errors = Vec::new();
        for command in commands::all() {
            let keys = command.keys.iter().filter_map(|key| key.parse().ok()).collect();
            keymap.bind(command, keys);
        }
        for layer in layers {
            let mut taken: HashMap<(Scope, Key), &str> = HashMap::new();
            for (name, texts) in *layer {
                let Some(command) = find(name) else {
                    errors.push(unknown(name));
                    continue;
                };
                let mut keys = Vec::new();
                for text in texts {
                    match text.parse::<Key>() {
                        Ok(key) if command.destructive && key.has_ctrl() => {
                            errors.push(format!("{name}: {key} cannot be used, as the command destroys something and a Ctrl key is hit by chance"));
                        }
                        Ok(key) => {
                            if let Some(other) = taken.insert((command.scope, key), command.name) {
                                errors.push(format!("{key} is given to both {other} and {name}"));
                            }
                            keys.push(key);
                        }
                        Err(error) => errors.push(format!("{name}: {error}")),
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

    /// The key to show for the command of this name; empty when it has none.
    pub fn key_text(&self, name: &str) -> String {
        self.by_name.get(name).and_then(|keys| keys.first()).map(Key::to_string).unwrap_or_default()
    }
}

/// The command of this name.
pub fn find(name: &str) -> Option<&'static Command> {
    commands::all().find(|command| command.name == name)
}

fn unknown(name: &str) -> String {
    let nearest = commands::all().max_by(|a, b| closeness(a.name, name).total_cmp(&closeness(b.name, name)));
    let hint = nearest.map(|command| format!("; did you mean {}?", command.name)).unwrap_or_default();
    format!("there is no command {name}{hint}")
}

/// How alike two names are: the share of letters in a common order.
fn closeness(left: &str, right: &str) -> f64 {
    let (left, right): (Vec<char>, Vec<char>) = (left.chars().collect(), right.chars().collect());
    let mut row = vec![0_usize; right.len() + 1];
    for a in &left {
        let mut diagonal = 0;
        for (index, b) in right.iter().enumerate() {
            let above = row.get(index + 1).copied().unwrap_or(0);
            let beside = row.get(index).copied().unwrap_or(0);
            let best = if a == b { diagonal + 1 } else { above.max(beside) };
            diagonal = above;
            if let Some(cell) = row.get_mut(index + 1) {
                *cell = best;
            }
        }
    }
    2.0 * row.last().copied().unwrap_or(0) as f64 / (left.len() + right.len()).max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bindings(text: &[(&str, &[&str])]) -> Bindings {
        text.iter()
            .map(|(name, keys)| ((*name).to_owned(), keys.iter().map(|key| (*key).to_owned()).collect()))
            .collect()
    }

    #[test]
    fn a_later_layer_takes_a_key_away() {
        let user = bindings(&[("container.restart", &["s"])]);
        let keymap = Keymap::new(&[&user]).unwrap();
        let command = keymap.command(&[Scope::Containers], "s".parse().unwrap()).unwrap();
        assert_eq!(command.name, "container.restart");
        assert!(keymap.key_text("container.stop").is_empty());
    }

    #[test]
    fn errors_name_the_nearest_command() {
        let user = bindings(&[("container.stopp", &["s"]), ("container.start", &["Hyper-s"])]);
        let errors = Keymap::new(&[&user]).unwrap_err();
        assert!(errors.iter().any(|error| error.contains("did you mean container.stop?")), "{errors:?}");
        assert!(errors.iter().any(|error| error.contains("no key")), "{errors:?}");
    }

    #[test]
    fn nothing_destructive_sits_on_a_ctrl_key() {
        let user = bindings(&[("container.remove", &["Ctrl-d"])]);
        assert!(Keymap::new(&[&user]).is_err());
        for command in commands::all().filter(|command| command.destructive) {
            assert!(command.keys.iter().all(|key| !key.parse::<Key>().unwrap().has_ctrl()), "{}", command.name);
        }
    }

    #[test]
    fn every_default_key_parses_and_is_given_once_in_its_scope() {
        let mut seen = HashMap::new();
        for command in commands::all() {
            for text in command.keys {
                let key: Key = text.parse().unwrap_or_else(|_| panic!("{}: {text}", command.name));
                if let Some(other) = seen.insert((command.scope, key), command.name) {
                    panic!("{key} is both {other} and {} in {:?}", command.name, command.scope);
                }
            }
        }
    }
}
