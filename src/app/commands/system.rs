//! Commands of the System view.

use super::Command;
use crate::app::command::system;
use crate::app::scope::Scope;

pub static ROWS: &[Command] = &[Command {
    name: "system.prune",
    title: "Prune…",
    sentence: "Clears away what nobody uses, by choice, after a question that says how much that frees.",
    scope: Scope::System,
    keys: &["P"],
    changes: true,
    destructive: true,
    footer: 9,
    ready: system::can_prune,
    run: system::prune,
}];
