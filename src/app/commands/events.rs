//! Commands of the list of events.

use super::{BASE, Command};
use crate::app::command::{events, list};
use crate::app::scope::Scope;

pub static ROWS: &[Command] = &[
    Command {
        name: "events.jump",
        title: "Jump",
        sentence: "Shows the thing that it happened to, in its own list.",
        scope: Scope::Events,
        keys: &["Enter"],
        footer: 9,
        ready: events::can_jump,
        run: events::jump,
        ..BASE
    },
    Command {
        name: "events.follow",
        title: "Follow",
        sentence: "Stays at the newest event as they come, or where the cursor is.",
        scope: Scope::Events,
        keys: &["f"],
        footer: 8,
        run: events::follow,
        ..BASE
    },
    Command {
        name: "events.range",
        title: "Further back",
        sentence: "Asks the engine for events of the last hour, 6 hours, 24 hours, then for all that it has.",
        scope: Scope::Events,
        keys: &["t"],
        footer: 7,
        run: events::range,
        ..BASE
    },
    Command {
        name: "events.save",
        title: "Save",
        sentence: "Writes the marked events, else those shown, to a file.",
        scope: Scope::Events,
        keys: &["Ctrl-s"],
        footer: 6,
        ready: list::has_rows,
        run: events::save,
        ..BASE
    },
    Command {
        name: "events.clear",
        title: "Clear",
        sentence: "Empties the list; Refresh brings back what the engine remembers.",
        scope: Scope::Events,
        keys: &["C"],
        footer: 5,
        ready: list::has_rows,
        run: events::clear,
        ..BASE
    },
];
