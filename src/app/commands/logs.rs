//! Commands of the Logs tab.

use super::{BASE, Command};
use crate::app::command::{copy, detail, log_files, log_marks, logs, search};
use crate::app::effect::Tool;
use crate::app::scope::Scope;

pub static ROWS: &[Command] = &[
    Command {
        name: "logs.right",
        title: "Right",
        sentence: "Shows more of the right of long lines.",
        scope: Scope::Logs,
        keys: &["l", "→"],
        ready: logs::has_log,
        run: |app, _| detail::sideways(app, 1),
        ..BASE
    },
    Command {
        name: "logs.left",
        title: "Left",
        sentence: "Shows more of the left of long lines.",
        scope: Scope::Logs,
        keys: &["h", "←"],
        ready: logs::has_log,
        run: |app, _| detail::sideways(app, -1),
        ..BASE
    },
    Command {
        name: "logs.search",
        title: "Search",
        sentence: "Searches the log as it is typed; `/…/` is a regular expression.",
        scope: Scope::Logs,
        keys: &["/"],
        footer: 9,
        ready: logs::has_log,
        run: search::open,
        ..BASE
    },
    Command {
        name: "logs.next-hit",
        title: "Next hit",
        sentence: "Goes to the next hit below, also where it is not loaded; after the last one a second time to the first.",
        scope: Scope::Logs,
        keys: &["n"],
        footer: 7,
        ready: search::has_search,
        run: search::next,
        ..BASE
    },
    Command {
        name: "logs.previous-hit",
        title: "Previous hit",
        sentence: "Goes to the next hit above, also where it is not loaded; from the first one a second time to the last.",
        scope: Scope::Logs,
        keys: &["N"],
        ready: search::has_search,
        run: search::previous,
        ..BASE
    },
    Command {
        name: "logs.only-matches",
        title: "Only matches",
        sentence: "Shows only the lines that match the search, then 2 and 5 lines around each, then all again.",
        scope: Scope::Logs,
        keys: &["&"],
        footer: 5,
        ready: search::has_search,
        run: logs::only_matches,
        ..BASE
    },
    Command {
        name: "logs.follow",
        title: "Follow",
        sentence: "Follows the newest lines, or stops there.",
        scope: Scope::Logs,
        keys: &["f"],
        footer: 8,
        ready: logs::has_log,
        run: logs::follow,
        ..BASE
    },
    Command {
        name: "logs.wrap",
        title: "Wrap",
        sentence: "Wraps long lines, or cuts them.",
        scope: Scope::Logs,
        keys: &["w"],
        footer: 6,
        ready: logs::has_log,
        run: logs::wrap,
        ..BASE
    },
    Command {
        name: "logs.timestamps",
        title: "Time",
        sentence: "Shows no times, times, dates and times, UTC, or ages.",
        scope: Scope::Logs,
        keys: &["t"],
        footer: 5,
        ready: logs::has_log,
        run: logs::timestamps,
        ..BASE
    },
    Command {
        name: "logs.json",
        title: "JSON",
        sentence: "Shows lines that are JSON as they are, formatted, or as the chosen fields.",
        scope: Scope::Logs,
        keys: &["J"],
        footer: 4,
        ready: logs::has_log,
        run: logs::json,
        ..BASE
    },
    Command {
        name: "logs.json-fields",
        title: "JSON fields",
        sentence: "Chooses which fields of JSON lines are shown, among those seen.",
        scope: Scope::Logs,
        keys: &[","],
        ready: logs::has_log,
        run: logs::json_fields,
        ..BASE
    },
    Command {
        name: "logs.next-error",
        title: "Next error",
        sentence: "Goes to the next line below that tells of an error or a warning.",
        scope: Scope::Logs,
        keys: &["e"],
        footer: 4,
        ready: logs::has_log,
        run: logs::next_error,
        ..BASE
    },
    Command {
        name: "logs.previous-error",
        title: "Previous error",
        sentence: "Goes to the next line above that tells of an error or a warning.",
        scope: Scope::Logs,
        keys: &["E"],
        ready: logs::has_log,
        run: logs::previous_error,
        ..BASE
    },
    Command {
        name: "logs.mark",
        title: "Mark",
        sentence: "Marks the line of the cursor and goes on; keys that scroll move the cursor then, Esc takes marks back.",
        scope: Scope::Logs,
        keys: &["Space"],
        ready: log_marks::has_lines,
        run: log_marks::mark,
        ..BASE
    },
    Command {
        name: "logs.mark-range",
        title: "Mark range",
        sentence: "Begins a range of marked lines, or marks all from the last one marked to the cursor.",
        scope: Scope::Logs,
        keys: &["v"],
        footer: 4,
        ready: log_marks::has_lines,
        run: log_marks::mark_range,
        ..BASE
    },
    Command {
        name: "logs.copy",
        title: "Copy",
        sentence: "Copies the marked lines; without marks, offers the line and what is to be known of the container.",
        scope: Scope::Logs,
        keys: &["y"],
        ready: copy::ready,
        run: log_marks::copy,
        ..BASE
    },
    Command {
        name: "logs.range",
        title: "From, until…",
        sentence: "Opens the form that says from when to when the log is read.",
        scope: Scope::Logs,
        keys: &["T"],
        ready: logs::has_log,
        run: log_files::range,
        ..BASE
    },
    Command {
        name: "logs.save",
        title: "Save…",
        sentence: "Opens the form that writes the log to a file: the lines shown, or all of it.",
        scope: Scope::Logs,
        keys: &["Ctrl-s"],
        footer: 4,
        ready: logs::has_log,
        run: log_files::save,
        ..BASE
    },
    Command {
        name: "logs.pager",
        title: "Pager",
        sentence: "Opens the marked lines, else those shown, in `$PAGER`.",
        scope: Scope::Logs,
        keys: &["o"],
        ready: logs::has_log,
        run: |app, effects| log_files::read(app, false, Tool::Pager, effects),
        ..BASE
    },
    Command {
        name: "logs.pager-all",
        title: "Whole in pager",
        sentence: "Reads the whole log and opens it in `$PAGER`.",
        scope: Scope::Logs,
        keys: &["O"],
        ready: logs::has_whole,
        run: |app, effects| log_files::read(app, true, Tool::Pager, effects),
        ..BASE
    },
    Command {
        name: "logs.editor",
        title: "Editor",
        sentence: "Opens the marked lines, else those shown, in `$VISUAL` or `$EDITOR`.",
        scope: Scope::Logs,
        keys: &["Ctrl-o"],
        ready: logs::has_log,
        run: |app, effects| log_files::read(app, false, Tool::Editor, effects),
        ..BASE
    },
    Command {
        name: "logs.editor-all",
        title: "Whole in editor",
        sentence: "Reads the whole log and opens it in `$VISUAL` or `$EDITOR`.",
        scope: Scope::Logs,
        keys: &["Ctrl-e"],
        ready: logs::has_whole,
        run: |app, effects| log_files::read(app, true, Tool::Editor, effects),
        ..BASE
    },
    Command {
        name: "logs.since-start",
        title: "All",
        sentence: "Reads the log from its first line on.",
        scope: Scope::Logs,
        keys: &["0"],
        ready: logs::has_log,
        run: logs::read_all,
        ..BASE
    },
    Command {
        name: "logs.since-1m",
        title: "Last minute",
        sentence: "Reads the log of the last minute.",
        scope: Scope::Logs,
        keys: &["1"],
        ready: logs::has_log,
        run: |app, _| logs::read_last(app, 1),
        ..BASE
    },
    Command {
        name: "logs.since-5m",
        title: "Last 5 minutes",
        sentence: "Reads the log of the last 5 minutes.",
        scope: Scope::Logs,
        keys: &["2"],
        ready: logs::has_log,
        run: |app, _| logs::read_last(app, 5),
        ..BASE
    },
    Command {
        name: "logs.since-15m",
        title: "Last 15 minutes",
        sentence: "Reads the log of the last 15 minutes.",
        scope: Scope::Logs,
        keys: &["3"],
        ready: logs::has_log,
        run: |app, _| logs::read_last(app, 15),
        ..BASE
    },
    Command {
        name: "logs.since-1h",
        title: "Last hour",
        sentence: "Reads the log of the last hour.",
        scope: Scope::Logs,
        keys: &["4"],
        ready: logs::has_log,
        run: |app, _| logs::read_last(app, 60),
        ..BASE
    },
    Command {
        name: "logs.since-6h",
        title: "Last 6 hours",
        sentence: "Reads the log of the last 6 hours.",
        scope: Scope::Logs,
        keys: &["5"],
        ready: logs::has_log,
        run: |app, _| logs::read_last(app, 360),
        ..BASE
    },
    Command {
        name: "logs.since-24h",
        title: "Last 24 hours",
        sentence: "Reads the log of the last 24 hours.",
        scope: Scope::Logs,
        keys: &["6"],
        ready: logs::has_log,
        run: |app, _| logs::read_last(app, 1440),
        ..BASE
    },
];
