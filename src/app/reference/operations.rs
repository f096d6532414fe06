//! The README's table of the Engine API: every operation, and where it is in the program.

use super::{cell, code};
use crate::app::commands;
use crate::app::keymap::Keymap;
use crate::domain::api_table::{CHAPTERS, Operation, Place};
use std::fmt::Write;

/// Every operation of the reference by chapter: what it is for, and the commands that use it or why there is none.
pub fn table_markdown() -> String {
    let keymap = Keymap::new(&[]).unwrap_or_default();
    let mut text = String::new();
    for (title, operations) in CHAPTERS {
        let _ = writeln!(text, "**{title}**\n\n| operation | what it is for | where it is |\n|---|---|---|");
        for operation in *operations {
            let name = code(&format!("{} {}", operation.method, operation.path));
            let _ = writeln!(text, "| {name} | {} | {} |", cell(operation.purpose), place(operation, &keymap));
        }
        text.push('\n');
    }
    text
}

fn place(operation: &Operation, keymap: &Keymap) -> String {
    match operation.place {
        Place::Commands(names) => names.iter().map(|name| command(name, keymap)).collect::<Vec<_>>().join(", "),
        Place::Itself(sentence) => cell(sentence),
        Place::Console(sentence) => format!("`:api` alone. {}", cell(sentence)),
        Place::Nowhere(sentence) => format!("Left out. {}", cell(sentence)),
    }
}

/// `P` (`image.push`), or what is typed: `:api`
fn command(name: &str, keymap: &Keymap) -> String {
    let keys = commands::find(name).map(|command| keymap.keys(command)).unwrap_or_default();
    match keys.first() {
        Some(key) => format!("{} ({})", code(&key.to_string()), code(name)),
        None => code(name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::api_table::operations;

    #[test]
    fn each_operation_is_where_the_table_says() {
        for operation in operations() {
            let Place::Commands(names) = operation.place else { continue };
            for name in names {
                let is_there = commands::find(name).is_some();
                assert!(is_there, "{} {}: there is no command {name}", operation.method, operation.path);
            }
        }
    }

    #[test]
    fn the_readme_has_the_table() {
        let readme = include_str!("../../../README.md");
        let inside =
            readme.split_once("<!-- operations -->").and_then(|(_, rest)| rest.split_once("<!-- /operations -->"));
        let (inside, _) = inside.expect("README.md has the marks <!-- operations --> and <!-- /operations -->");
        assert!(
            inside.trim() == table_markdown().trim(),
            "the operations in README.md are old: put what `dockerui-tui operations` prints between its marks"
        );
    }
}
