//! Commands while a part of a session is marked by keys, to be copied.

use super::{BASE, Command};
use crate::app::command::marking;
use crate::app::console::marking::{Shape, Step};
use crate::app::scope::Scope;

pub static ROWS: &[Command] = &[
    Command {
        name: "marking.left",
        title: "Left",
        sentence: "Goes one character back.",
        scope: Scope::Marking,
        keys: &["h", "←"],
        run: |app, _| marking::go(app, Step::Left),
        ..BASE
    },
    Command {
        name: "marking.right",
        title: "Right",
        sentence: "Goes one character on.",
        scope: Scope::Marking,
        keys: &["l", "→"],
        run: |app, _| marking::go(app, Step::Right),
        ..BASE
    },
    Command {
        name: "marking.up",
        title: "Up",
        sentence: "Goes one row up.",
        scope: Scope::Marking,
        keys: &["k", "↑"],
        run: |app, _| marking::go(app, Step::Rows(-1)),
        ..BASE
    },
    Command {
        name: "marking.down",
        title: "Down",
        sentence: "Goes one row down.",
        scope: Scope::Marking,
        keys: &["j", "↓"],
        run: |app, _| marking::go(app, Step::Rows(1)),
        ..BASE
    },
    Command {
        name: "marking.next-word",
        title: "Next word",
        sentence: "Goes to the beginning of the next word.",
        scope: Scope::Marking,
        keys: &["w"],
        run: |app, _| marking::go(app, Step::NextWord),
        ..BASE
    },
    Command {
        name: "marking.word-end",
        title: "End of word",
        sentence: "Goes to the end of the word.",
        scope: Scope::Marking,
        keys: &["e"],
        run: |app, _| marking::go(app, Step::WordEnd),
        ..BASE
    },
    Command {
        name: "marking.previous-word",
        title: "Word before",
        sentence: "Goes to the beginning of the word before.",
        scope: Scope::Marking,
        keys: &["b"],
        run: |app, _| marking::go(app, Step::PreviousWord),
        ..BASE
    },
    Command {
        name: "marking.row-start",
        title: "Beginning of row",
        sentence: "Goes to the beginning of the row.",
        scope: Scope::Marking,
        keys: &["0", "Home"],
        run: |app, _| marking::go(app, Step::RowStart),
        ..BASE
    },
    Command {
        name: "marking.row-end",
        title: "End of row",
        sentence: "Goes to the end of the row.",
        scope: Scope::Marking,
        keys: &["$", "End"],
        run: |app, _| marking::go(app, Step::RowEnd),
        ..BASE
    },
    Command {
        name: "marking.page-up",
        title: "Page up",
        sentence: "Goes one page back.",
        scope: Scope::Marking,
        keys: &["PgUp"],
        run: |app, _| marking::page(app, -2),
        ..BASE
    },
    Command {
        name: "marking.page-down",
        title: "Page down",
        sentence: "Goes one page on.",
        scope: Scope::Marking,
        keys: &["PgDn"],
        run: |app, _| marking::page(app, 2),
        ..BASE
    },
    Command {
        name: "marking.half-page-up",
        title: "Half page up",
        sentence: "Goes half a page back.",
        scope: Scope::Marking,
        keys: &["Ctrl-u"],
        run: |app, _| marking::page(app, -1),
        ..BASE
    },
    Command {
        name: "marking.half-page-down",
        title: "Half page down",
        sentence: "Goes half a page on.",
        scope: Scope::Marking,
        keys: &["Ctrl-d"],
        run: |app, _| marking::page(app, 1),
        ..BASE
    },
    Command {
        name: "marking.top",
        title: "First row",
        sentence: "Goes to the oldest row that is kept.",
        scope: Scope::Marking,
        keys: &["g"],
        run: |app, _| marking::go(app, Step::Top),
        ..BASE
    },
    Command {
        name: "marking.bottom",
        title: "Last row",
        sentence: "Goes to the last row.",
        scope: Scope::Marking,
        keys: &["G"],
        run: |app, _| marking::go(app, Step::Bottom),
        ..BASE
    },
    Command {
        name: "marking.begin",
        title: "Mark from here",
        sentence: "Marks from the cursor on; once more, nothing is marked.",
        scope: Scope::Marking,
        keys: &["Space", "v"],
        footer: 9,
        run: |app, _| marking::mark(app, Shape::Text),
        ..BASE
    },
    Command {
        name: "marking.rows",
        title: "Mark rows",
        sentence: "Marks whole rows from the cursor on; once more, nothing is marked.",
        scope: Scope::Marking,
        keys: &["V"],
        footer: 7,
        run: |app, _| marking::mark(app, Shape::Rows),
        ..BASE
    },
    Command {
        name: "marking.swap",
        title: "Other end",
        sentence: "Goes to the other end of what is marked.",
        scope: Scope::Marking,
        keys: &["o"],
        footer: 4,
        run: |app, _| marking::swap(app),
        ..BASE
    },
    Command {
        name: "marking.copy",
        title: "Copy",
        sentence: "Copies what is marked, or the row under the cursor, and goes back to the session.",
        scope: Scope::Marking,
        keys: &["y", "Enter"],
        footer: 8,
        run: marking::copy,
        ..BASE
    },
    Command {
        name: "marking.leave",
        title: "Leave",
        sentence: "Takes the mark back; without one, goes back to the session.",
        scope: Scope::Marking,
        keys: &["Esc", "q"],
        footer: 6,
        run: marking::leave,
        ..BASE
    },
];
