//! Commands of the detail pane and of its tabs, but for the log.

use super::{BASE, Command};
use crate::app::command::{detail, search, top};
use crate::app::scope::Scope;

pub static ROWS: &[Command] = &[
    Command {
        name: "detail.down",
        title: "Down",
        sentence: "Moves one row down.",
        scope: Scope::Detail,
        keys: &["j", "↓"],
        run: |app, _| detail::scroll(app, 1),
        ..BASE
    },
    Command {
        name: "detail.up",
        title: "Up",
        sentence: "Moves one row up.",
        scope: Scope::Detail,
        keys: &["k", "↑"],
        run: |app, _| detail::scroll(app, -1),
        ..BASE
    },
    Command {
        name: "detail.page-down",
        title: "Page down",
        sentence: "Moves one page down.",
        scope: Scope::Detail,
        keys: &["PgDn"],
        run: |app, _| detail::page(app, 2),
        ..BASE
    },
    Command {
        name: "detail.page-up",
        title: "Page up",
        sentence: "Moves one page up.",
        scope: Scope::Detail,
        keys: &["PgUp"],
        run: |app, _| detail::page(app, -2),
        ..BASE
    },
    Command {
        name: "detail.half-page-down",
        title: "Half page down",
        sentence: "Moves half a page down.",
        scope: Scope::Detail,
        keys: &["Ctrl-d"],
        run: |app, _| detail::page(app, 1),
        ..BASE
    },
    Command {
        name: "detail.half-page-up",
        title: "Half page up",
        sentence: "Moves half a page up.",
        scope: Scope::Detail,
        keys: &["Ctrl-u"],
        run: |app, _| detail::page(app, -1),
        ..BASE
    },
    Command {
        name: "detail.top",
        title: "First row",
        sentence: "Goes to the first row.",
        scope: Scope::Detail,
        keys: &["g", "Home"],
        run: detail::top,
        ..BASE
    },
    Command {
        name: "detail.bottom",
        title: "Last row",
        sentence: "Goes to the last row; a log is followed again.",
        scope: Scope::Detail,
        keys: &["G", "End"],
        run: detail::bottom,
        ..BASE
    },
    Command {
        name: "detail.right",
        title: "Right",
        sentence: "Shows more of the right of long rows.",
        scope: Scope::Detail,
        keys: &["→"],
        run: |app, _| detail::sideways(app, 1),
        ..BASE
    },
    Command {
        name: "detail.left",
        title: "Left",
        sentence: "Shows more of the left of long rows.",
        scope: Scope::Detail,
        keys: &["←"],
        run: |app, _| detail::sideways(app, -1),
        ..BASE
    },
    Command {
        name: "table.search",
        title: "Search",
        sentence: "Searches the rows as it is typed; `/…/` is a regular expression.",
        scope: Scope::Tables,
        keys: &["/"],
        footer: 8,
        ready: search::has_rows,
        run: search::open,
        ..BASE
    },
    Command {
        name: "table.read",
        title: "Read",
        sentence: "Shows the row in full, wrapped: a layer with its whole command, a path or a value that is wider than the pane.",
        scope: Scope::Tables,
        keys: &["Enter"],
        footer: 7,
        ready: detail::has_row,
        run: detail::read_row,
        ..BASE
    },
    Command {
        name: "table.next-hit",
        title: "Next hit",
        sentence: "Goes to the next hit below, after the last one to the first.",
        scope: Scope::Tables,
        keys: &["n"],
        ready: search::has_search,
        run: search::next,
        ..BASE
    },
    Command {
        name: "table.previous-hit",
        title: "Previous hit",
        sentence: "Goes to the next hit above, from the first one to the last.",
        scope: Scope::Tables,
        keys: &["N"],
        ready: search::has_search,
        run: search::previous,
        ..BASE
    },
    Command {
        name: "top.sort-next",
        title: "Sort by next",
        sentence: "Sorts the processes by the next column.",
        scope: Scope::Top,
        keys: &[">"],
        footer: 6,
        run: |app, _| top::sort(app, 1),
        ..BASE
    },
    Command {
        name: "top.sort-previous",
        title: "Sort by previous",
        sentence: "Sorts the processes by the previous column.",
        scope: Scope::Top,
        keys: &["<"],
        run: |app, _| top::sort(app, -1),
        ..BASE
    },
    Command {
        name: "top.reverse",
        title: "Reverse",
        sentence: "Reverses the order of the processes.",
        scope: Scope::Top,
        keys: &["O"],
        footer: 5,
        run: top::reverse,
        ..BASE
    },
    Command {
        name: "top.arguments",
        title: "ps arguments",
        sentence: "Asks what to call the host's `ps` with.",
        scope: Scope::Top,
        keys: &["o"],
        footer: 7,
        run: top::arguments,
        ..BASE
    },
    Command {
        name: "inspect.toggle",
        title: "Fold",
        sentence: "Folds or unfolds what the cursor is on.",
        scope: Scope::Inspect,
        keys: &["Enter", "Space"],
        footer: 9,
        ready: search::has_tree,
        run: search::toggle_fold,
        ..BASE
    },
    Command {
        name: "inspect.fold",
        title: "Fold or go up",
        sentence: "Folds what the cursor is on, or goes to what contains it.",
        scope: Scope::Inspect,
        keys: &["←", "h"],
        ready: search::has_tree,
        run: search::fold,
        ..BASE
    },
    Command {
        name: "inspect.unfold",
        title: "Unfold",
        sentence: "Unfolds what the cursor is on.",
        scope: Scope::Inspect,
        keys: &["→", "l"],
        ready: search::has_tree,
        run: search::unfold,
        ..BASE
    },
    Command {
        name: "inspect.fold-all",
        title: "Fold all",
        sentence: "Folds everything below the first level.",
        scope: Scope::Inspect,
        keys: &["-"],
        footer: 8,
        ready: search::has_tree,
        run: search::fold_all,
        ..BASE
    },
    Command {
        name: "inspect.unfold-all",
        title: "Unfold all",
        sentence: "Unfolds everything.",
        scope: Scope::Inspect,
        keys: &["+"],
        footer: 7,
        ready: search::has_tree,
        run: search::unfold_all,
        ..BASE
    },
    Command {
        name: "inspect.search",
        title: "Search",
        sentence: "Searches keys and values as it is typed.",
        scope: Scope::Inspect,
        keys: &["/"],
        footer: 6,
        ready: search::has_tree,
        run: search::open,
        ..BASE
    },
    Command {
        name: "inspect.next-hit",
        title: "Next hit",
        sentence: "Goes to the next hit.",
        scope: Scope::Inspect,
        keys: &["n"],
        ready: search::has_search,
        run: search::next,
        ..BASE
    },
    Command {
        name: "inspect.previous-hit",
        title: "Previous hit",
        sentence: "Goes to the hit before.",
        scope: Scope::Inspect,
        keys: &["N"],
        ready: search::has_search,
        run: search::previous,
        ..BASE
    },
    Command {
        name: "inspect.reveal",
        title: "Secrets",
        sentence: "Shows values that look like secrets, or hides them again.",
        scope: Scope::Inspect,
        keys: &["v"],
        run: detail::reveal,
        ..BASE
    },
    Command {
        name: "env.reveal",
        title: "Secrets",
        sentence: "Shows values that look like secrets, or hides them again.",
        scope: Scope::Env,
        keys: &["v"],
        footer: 9,
        run: detail::reveal,
        ..BASE
    },
];
