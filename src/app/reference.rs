//! Documents made of the command table: the `keys` table, the README's keys, the manual page's commands.

pub mod operations;

use super::command::typed;
use super::commands;
use super::keymap::{self, Keymap};
use super::scope::Scope;
use crate::config::{ConfigError, Settings};
use std::fmt::Write;

/// What `dockerui-tui keys` prints: every command with its keys as the settings have them.
///
/// # Errors
/// All mistakes of the user's `[keys]`, each at its line.
pub fn keys_text(settings: &Settings) -> Result<String, Vec<ConfigError>> {
    let keymap = keymap::from_settings(settings)?;
    let names = commands::all().map(|command| command.name.len()).max().unwrap_or(0);
    let keys_of = |command| keymap.keys_text(command);
    let keys = commands::all().map(|command| keys_of(command).chars().count()).max().unwrap_or(0);
    let mut text = String::new();
    for scope in Scope::ALL {
        let mut rows = commands::in_scope(scope).peekable();
        if rows.peek().is_none() {
            continue;
        }
        let _ = writeln!(text, "{}{}", if text.is_empty() { "" } else { "\n" }, scope.title());
        for command in rows {
            let _ = writeln!(text, "  {:names$}  {:keys$}  {}", command.name, keys_of(command), command.sentence);
        }
    }
    let _ = writeln!(text, "\nTyped behind {}", keymap.key_text("app.palette"));
    for typed in typed::ALL {
        let usage = typed.usage();
        let _ = writeln!(text, "  {usage:names$}  {:keys$}  {}", "", typed.sentence);
    }
    Ok(text)
}

/// The README's tables of commands, with the default keys.
pub fn key_table_markdown() -> String {
    let keymap = Keymap::new(&[]).unwrap_or_default();
    let mut text = String::new();
    for scope in Scope::ALL {
        let mut rows = commands::in_scope(scope).peekable();
        if rows.peek().is_none() {
            continue;
        }
        let _ = writeln!(text, "**{}**\n\n| keys | command | what it does |\n|---|---|---|", scope.title());
        for command in rows {
            let keys: Vec<String> = keymap.keys(command).iter().map(|key| code(&key.to_string())).collect();
            let _ = writeln!(text, "| {} | `{}` | {} |", keys.join(" "), command.name, cell(command.sentence));
        }
        text.push('\n');
    }
    let _ = writeln!(text, "**Typed behind `:`**\n\n| typed | what it does |\n|---|---|");
    for typed in typed::ALL {
        let _ = writeln!(text, "| {} | {} |", code(&typed.usage()), cell(typed.sentence));
    }
    text
}

fn code(text: &str) -> String {
    if text.contains('`') { format!("`` {} ``", cell(text)) } else { format!("`{}`", cell(text)) }
}

fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

/// The manual page's sections on commands, in roff.
pub fn commands_roff() -> String {
    let keymap = Keymap::new(&[]).unwrap_or_default();
    let mut text =
        String::from(".SH COMMANDS\nBy place, with the default keys; \\fBdockerui\\-tui keys\\fR prints your own.\n");
    for scope in Scope::ALL {
        let mut rows = commands::in_scope(scope).peekable();
        if rows.peek().is_none() {
            continue;
        }
        let _ = writeln!(text, ".SS {}", roff(scope.title()));
        for command in rows {
            let keys = keymap.keys_text(command);
            let _ = writeln!(text, ".TP\n\\fB{}\\fR  {}\n{}", roff(command.name), roff(&keys), roff(command.sentence));
        }
    }
    let _ = writeln!(text, ".SS Typed behind a colon");
    for typed in typed::ALL {
        let _ = writeln!(text, ".TP\n\\fB{}\\fR\n{}", roff(&typed.usage()), roff(typed.sentence));
    }
    text
}

/// Text for roff: backslashes and hyphens as they are, and no line that looks like a request.
fn roff(text: &str) -> String {
    let escaped = text.replace('\\', "\\e").replace('-', "\\-");
    if escaped.starts_with(['.', '\'']) { format!("\\&{escaped}") } else { escaped }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Layer;
    use std::path::Path;

    #[test]
    fn the_readme_has_the_keys_of_the_table() {
        let readme = include_str!("../../README.md");
        let inside = readme.split_once("<!-- keys -->").and_then(|(_, rest)| rest.split_once("<!-- /keys -->"));
        let (inside, _) = inside.expect("README.md has the marks <!-- keys --> and <!-- /keys -->");
        assert!(
            inside.trim() == key_table_markdown().trim(),
            "the keys in README.md are old: put what `dockerui-tui keys --markdown` prints between its marks"
        );
    }

    #[test]
    fn every_document_has_every_command() {
        let text = keys_text(&Settings::default()).unwrap();
        let (markdown, roff_text) = (key_table_markdown(), commands_roff());
        for command in commands::all() {
            assert!(text.contains(command.name) && text.contains(command.sentence), "{}", command.name);
            assert!(markdown.contains(&format!("`{}`", command.name)), "{}", command.name);
            assert!(roff_text.contains(&roff(command.name)), "{}", command.name);
        }
        assert!(roff_text.lines().all(|line| !line.starts_with('\'')), "a quote begins a request");
    }

    #[test]
    fn the_keys_are_the_users() {
        let layer = Layer::parse(Path::new("c"), "[keys]\n\"container.stop\" = [\"F5\", \"s\"]").unwrap();
        let text = keys_text(&Settings::default().with(layer)).unwrap();
        let line = text.lines().find(|line| line.contains("container.stop")).unwrap();
        assert!(line.contains("F5 s"), "{line}");
        let wrong = Layer::parse(Path::new("c"), "[keys]\n\"container.sotp\" = \"s\"").unwrap();
        let errors = keys_text(&Settings::default().with(wrong)).unwrap_err();
        assert_eq!(errors[0].place.map(|place| place.line), Some(2));
    }
}
