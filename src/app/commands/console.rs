//! Commands of the console pane and of the sessions in it.

use super::{BASE, Command, motion};
use crate::app::command::{console, form, helper, marking};
use crate::app::scope::Scope;

pub static ROWS: &[Command] = &[
    Command {
        name: "container.shell-in-pane",
        title: "Shell in a pane",
        sentence: "Opens a shell in the container in a pane beside its log and its stats.",
        scope: Scope::Containers,
        keys: &["e"],
        changes: true,
        footer: 1,
        ready: form::can_exec,
        run: console::shell_in_pane,
        ..BASE
    },
    Command {
        name: "container.attach-in-pane",
        title: "Attach in a pane",
        sentence: "Attaches a pane to the container's own first process.",
        scope: Scope::Containers,
        keys: &["E"],
        changes: true,
        ready: form::can_exec,
        run: console::attach_in_pane,
        ..BASE
    },
    Command {
        name: "container.helper-shell",
        title: "Helper shell",
        sentence: "Opens the shell of another image beside the container, for one that has no shell of its own.",
        scope: Scope::Containers,
        changes: true,
        ready: helper::ready,
        run: helper::open,
        ..BASE
    },
    Command {
        name: "console.toggle",
        title: "Console pane",
        sentence: "Goes to the sessions in the console pane, or hides it: they go on.",
        keys: &["~"],
        ready: console::has_session,
        run: console::toggle,
        ..BASE
    },
    Command {
        name: "console.leave",
        title: "Leave the session",
        sentence: "Takes the keyboard from the session in the pane; every other key is for the session.",
        scope: Scope::Session,
        keys: &["Ctrl-]"],
        footer: 9,
        run: console::leave,
        ..BASE
    },
    Command {
        name: "console.enter",
        title: "Type",
        sentence: "Gives the keyboard to the session in the pane.",
        scope: Scope::Console,
        keys: &["Enter", "i"],
        footer: 9,
        ready: console::can_type,
        run: console::enter,
        ..BASE
    },
    Command {
        name: "console.type-leaving-key",
        title: "Type Ctrl-]",
        sentence: "Types Ctrl-] into the session and goes back to it.",
        scope: Scope::Console,
        keys: &["Ctrl-]"],
        ready: console::can_type,
        run: console::type_leaving_key,
        ..BASE
    },
    Command {
        name: "console.close",
        title: "Close",
        sentence: "Closes the session, after a question while it runs.",
        scope: Scope::Console,
        keys: &["D"],
        footer: 8,
        ready: console::has_session,
        run: console::close,
        ..BASE
    },
    Command {
        name: "console.close-at-once",
        title: "Close at once",
        sentence: "Closes the session without a question; its process is asked to end.",
        scope: Scope::Console,
        ready: console::has_session,
        run: console::close_at_once,
        ..BASE
    },
    motion(Scope::Console, "console.next", "Next session", "Shows the next session.", &["]", "→"], |app, _| {
        console::step(app, 1)
    }),
    motion(
        Scope::Console,
        "console.previous",
        "Previous session",
        "Shows the session before.",
        &["[", "←"],
        |app, _| console::step(app, -1),
    ),
    Command {
        name: "console.new",
        title: "New shell",
        sentence: "Opens another shell in the same container.",
        scope: Scope::Console,
        keys: &["n"],
        changes: true,
        footer: 6,
        ready: console::can_open_another,
        run: console::another,
        ..BASE
    },
    Command {
        name: "console.helper-shell",
        title: "Helper shell",
        sentence: "Opens the shell of another image beside the container, for one that has no shell of its own.",
        scope: Scope::Console,
        keys: &["h"],
        changes: true,
        footer: 3,
        ready: helper::ready_for_session,
        run: helper::open_for_session,
        ..BASE
    },
    Command {
        name: "console.mark",
        title: "Mark",
        sentence: "Marks a part of what the session shows, with the keys, to copy it; dragging the mouse does the same.",
        scope: Scope::Console,
        keys: &["v"],
        footer: 7,
        ready: console::has_session,
        run: marking::begin,
        ..BASE
    },
    Command {
        name: "console.copy",
        title: "Copy",
        sentence: "Copies what the session shows.",
        scope: Scope::Console,
        keys: &["y"],
        footer: 5,
        ready: console::has_session,
        run: console::copy,
        ..BASE
    },
    Command {
        name: "console.copy-all",
        title: "Copy all",
        sentence: "Copies what the session shows and what was scrolled away.",
        scope: Scope::Console,
        keys: &["Y"],
        ready: console::has_session,
        run: console::copy_all,
        ..BASE
    },
    motion(Scope::Console, "console.up", "Up", "Scrolls one row back.", &["k", "↑"], |app, _| {
        console::scroll(app, -1)
    }),
    motion(Scope::Console, "console.down", "Down", "Scrolls one row on.", &["j", "↓"], |app, _| {
        console::scroll(app, 1)
    }),
    motion(Scope::Console, "console.page-up", "Page up", "Scrolls one page back.", &["PgUp"], |app, _| {
        console::page(app, -2)
    }),
    motion(Scope::Console, "console.page-down", "Page down", "Scrolls one page on.", &["PgDn"], |app, _| {
        console::page(app, 2)
    }),
    motion(
        Scope::Console,
        "console.half-page-up",
        "Half page up",
        "Scrolls half a page back.",
        &["Ctrl-u"],
        |app, _| console::page(app, -1),
    ),
    motion(
        Scope::Console,
        "console.half-page-down",
        "Half page down",
        "Scrolls half a page on.",
        &["Ctrl-d"],
        |app, _| console::page(app, 1),
    ),
    motion(
        Scope::Console,
        "console.top",
        "First row",
        "Scrolls to the oldest row that is kept.",
        &["g", "Home"],
        |app, _| console::scroll(app, isize::MIN),
    ),
    motion(
        Scope::Console,
        "console.bottom",
        "Last row",
        "Shows the session's screen again.",
        &["G", "End"],
        |app, _| console::scroll(app, isize::MAX),
    ),
];
