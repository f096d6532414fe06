//! Commands of every list: cursor, marks, filter, order.

use super::{BASE, Command};
use crate::app::command::{list, overlay};
use crate::app::scope::Scope;

pub static ROWS: &[Command] = &[
    Command {
        name: "list.down",
        title: "Down",
        sentence: "Moves the cursor one row down.",
        scope: Scope::Lists,
        keys: &["j", "↓"],
        run: |app, _| list::step(app, 1),
        ..BASE
    },
    Command {
        name: "list.up",
        title: "Up",
        sentence: "Moves the cursor one row up.",
        scope: Scope::Lists,
        keys: &["k", "↑"],
        run: |app, _| list::step(app, -1),
        ..BASE
    },
    Command {
        name: "list.top",
        title: "First row",
        sentence: "Moves the cursor to the first row.",
        scope: Scope::Lists,
        keys: &["g", "Home"],
        run: list::top,
        ..BASE
    },
    Command {
        name: "list.bottom",
        title: "Last row",
        sentence: "Moves the cursor to the last row.",
        scope: Scope::Lists,
        keys: &["G", "End"],
        run: list::bottom,
        ..BASE
    },
    Command {
        name: "list.page-down",
        title: "Page down",
        sentence: "Moves the cursor one page down.",
        scope: Scope::Lists,
        keys: &["PgDn"],
        run: |app, _| list::page(app, 2),
        ..BASE
    },
    Command {
        name: "list.page-up",
        title: "Page up",
        sentence: "Moves the cursor one page up.",
        scope: Scope::Lists,
        keys: &["PgUp"],
        run: |app, _| list::page(app, -2),
        ..BASE
    },
    Command {
        name: "list.half-page-down",
        title: "Half page down",
        sentence: "Moves the cursor half a page down.",
        scope: Scope::Lists,
        keys: &["Ctrl-d"],
        run: |app, _| list::page(app, 1),
        ..BASE
    },
    Command {
        name: "list.half-page-up",
        title: "Half page up",
        sentence: "Moves the cursor half a page up.",
        scope: Scope::Lists,
        keys: &["Ctrl-u"],
        run: |app, _| list::page(app, -1),
        ..BASE
    },
    Command {
        name: "list.open",
        title: "Open",
        sentence: "Opens the selected row in the detail pane.",
        scope: Scope::Lists,
        keys: &["Enter"],
        run: list::open,
        ..BASE
    },
    Command {
        name: "list.filter",
        title: "Filter",
        sentence: "Shows only the rows that match what is typed.",
        scope: Scope::Lists,
        keys: &["/"],
        footer: 3,
        run: list::filter,
        ..BASE
    },
    Command {
        name: "list.mark",
        title: "Mark",
        sentence: "Marks the row, or unmarks it, and goes on to the next.",
        scope: Scope::Lists,
        keys: &["Space"],
        footer: 4,
        ready: list::has_rows,
        run: list::mark,
        ..BASE
    },
    Command {
        name: "list.mark-range",
        title: "Mark range",
        sentence: "Marks all rows from the last marked one to the cursor.",
        scope: Scope::Lists,
        keys: &["v"],
        ready: list::has_rows,
        run: list::mark_range,
        ..BASE
    },
    Command {
        name: "list.mark-all",
        title: "Mark all",
        sentence: "Marks every row shown, or unmarks them.",
        scope: Scope::Lists,
        keys: &["*"],
        ready: list::has_rows,
        run: list::mark_all,
        ..BASE
    },
    Command {
        name: "list.sort-next",
        title: "Sort by next",
        sentence: "Sorts by the next column.",
        scope: Scope::Lists,
        keys: &[">"],
        run: |app, _| list::sort(app, 1),
        ..BASE
    },
    Command {
        name: "list.sort-previous",
        title: "Sort by previous",
        sentence: "Sorts by the previous column.",
        scope: Scope::Lists,
        keys: &["<"],
        run: |app, _| list::sort(app, -1),
        ..BASE
    },
    Command {
        name: "list.reverse",
        title: "Reverse",
        sentence: "Reverses the order.",
        scope: Scope::Lists,
        keys: &["O"],
        run: list::reverse,
        ..BASE
    },
    Command {
        name: "list.columns",
        title: "Columns",
        sentence: "Chooses the columns of the list and their order.",
        scope: Scope::Lists,
        keys: &[","],
        run: overlay::columns,
        ..BASE
    },
];
