//! The table's keys, the presets and the user's lines, laid over one another.

use super::*;
use crate::config::{KeysPreset, Layer};
use std::path::Path;

fn lines(text: &str) -> Vec<KeyOverride> {
    let layer = Layer::parse(Path::new("c.toml"), &format!("[keys]\n{text}")).unwrap();
    layer.keys.unwrap_or_default()
}

fn told(text: &str) -> Vec<String> {
    Keymap::new(&[&lines(text)]).unwrap_err().iter().map(ToString::to_string).collect()
}

#[test]
fn a_later_layer_takes_a_key_away() {
    let keymap = Keymap::new(&[&lines("\"container.restart\" = \"s\"")]).unwrap();
    let command = keymap.command(&[Scope::Containers], "s".parse().unwrap()).unwrap();
    assert_eq!(command.name, "container.restart");
    assert!(keymap.key_text("container.stop").is_empty());
}

#[test]
fn two_commands_can_swap_their_keys() {
    let keymap = Keymap::new(&[&lines("\"container.restart\" = \"s\"\n\"container.stop\" = \"r\"")]).unwrap();
    assert_eq!((keymap.key_text("container.restart"), keymap.key_text("container.stop")), ("s".into(), "r".into()));
}

#[test]
fn mistakes_name_their_line_and_what_was_meant() {
    assert_eq!(
        told("\"container.stopp\" = [\"s\"]\n\"container.start\" = [\"Hyper-s\"]"),
        [
            "c.toml:2:1: There is no command “container.stopp”. Did you mean “container.stop”?",
            "c.toml:3:1: container.start: “Hyper-s” is no key."
        ]
    );
    let twice = told("\"container.stop\" = \"s\"\n\"container.start\" = [\"S\", \"s\"]");
    assert_eq!(twice, ["c.toml:3:1: s is given to both container.stop and container.start."]);
}

#[test]
fn nothing_destructive_sits_on_a_ctrl_key() {
    assert!(told("\"container.remove\" = \"Ctrl-d\"")[0].contains("cannot be used"));
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

#[test]
fn presets_name_only_commands_that_are_there_and_no_key_twice() {
    for preset in KeysPreset::ALL {
        let overrides = preset.overrides().unwrap();
        assert_eq!(preset == KeysPreset::Default, overrides.is_empty());
        let mistakes = Keymap::new(&[&overrides]).err().unwrap_or_default();
        assert!(mistakes.is_empty(), "{}", mistakes.iter().map(|mistake| format!("{mistake}\n")).collect::<String>());
    }
}

#[test]
fn every_preset_has_a_key_for_what_cannot_be_found_without_one() {
    for preset in KeysPreset::ALL {
        let settings = Settings { keys_preset: preset, ..Settings::default() };
        // A preset with a mistake is told by the test above.
        let Ok(keymap) = from_settings(&settings) else { continue };
        for name in ["app.help", "app.palette", "app.quit", "app.clear", "app.demo"] {
            let command = commands::find(name).unwrap();
            let key = keymap.keys(command).first().unwrap_or_else(|| panic!("{preset}: {name} has no key"));
            let found = keymap.command(&[Scope::Containers, Scope::Lists, Scope::Anywhere], *key);
            assert_eq!(found.map(|found| found.name), Some(name), "{preset}: {key}");
        }
    }
}
