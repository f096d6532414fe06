//! Commands while a part of a session is marked by keys, to be copied.

use super::{BASE, Command, motion};
use crate::app::command::marking;
use crate::app::console::marking::{Shape, Step};
use crate::app::scope::Scope;

pub static ROWS: &[Command] = &[
    motion(Scope::Marking, "marking.left", "Left", "Goes one character back.", &["h", "←"], |app, _| {
        marking::go(app, Step::Left)
    }),
    motion(Scope::Marking, "marking.right", "Right", "Goes one character on.", &["l", "→"], |app, _| {
        marking::go(app, Step::Right)
    }),
    motion(Scope::Marking, "marking.up", "Up", "Goes one row up.", &["k", "↑"], |app, _| {
        marking::go(app, Step::Rows(-1))
    }),
    motion(Scope::Marking, "marking.down", "Down", "Goes one row down.", &["j", "↓"], |app, _| {
        marking::go(app, Step::Rows(1))
    }),
    motion(
        Scope::Marking,
        "marking.next-word",
        "Next word",
        "Goes to the beginning of the next word.",
        &["w"],
        |app, _| marking::go(app, Step::NextWord),
    ),
    motion(Scope::Marking, "marking.word-end", "End of word", "Goes to the end of the word.", &["e"], |app, _| {
        marking::go(app, Step::WordEnd)
    }),
    motion(
        Scope::Marking,
        "marking.previous-word",
        "Word before",
        "Goes to the beginning of the word before.",
        &["b"],
        |app, _| marking::go(app, Step::PreviousWord),
    ),
    motion(
        Scope::Marking,
        "marking.row-start",
        "Beginning of row",
        "Goes to the beginning of the row.",
        &["0", "Home"],
        |app, _| marking::go(app, Step::RowStart),
    ),
    motion(Scope::Marking, "marking.row-end", "End of row", "Goes to the end of the row.", &["$", "End"], |app, _| {
        marking::go(app, Step::RowEnd)
    }),
    motion(Scope::Marking, "marking.page-up", "Page up", "Goes one page back.", &["PgUp"], |app, _| {
        marking::page(app, -2)
    }),
    motion(Scope::Marking, "marking.page-down", "Page down", "Goes one page on.", &["PgDn"], |app, _| {
        marking::page(app, 2)
    }),
    motion(Scope::Marking, "marking.half-page-up", "Half page up", "Goes half a page back.", &["Ctrl-u"], |app, _| {
        marking::page(app, -1)
    }),
    motion(
        Scope::Marking,
        "marking.half-page-down",
        "Half page down",
        "Goes half a page on.",
        &["Ctrl-d"],
        |app, _| marking::page(app, 1),
    ),
    motion(Scope::Marking, "marking.top", "First row", "Goes to the oldest row that is kept.", &["g"], |app, _| {
        marking::go(app, Step::Top)
    }),
    motion(Scope::Marking, "marking.bottom", "Last row", "Goes to the last row.", &["G"], |app, _| {
        marking::go(app, Step::Bottom)
    }),
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
