//! The command table: everything a user can do, once. Keys, help, palette, footer, README and man page derive from it.

mod forms;

use super::App;
use super::command::{act, detail, general, list};
use super::scope::Scope;
use super::update::Effects;
use super::view::View;
use std::borrow::Cow;

/// One thing a user can do.
pub struct Command {
    /// Unique; what `[keys]` binds.
    pub name: &'static str,
    /// One or two words: the footer and the palette.
    pub title: &'static str,
    /// What it does, a sentence: help, README, man page.
    pub sentence: &'static str,
    pub scope: Scope,
    /// The default keys, the one to show first.
    pub keys: &'static [&'static str],
    /// It leads to something being lost: never on a Ctrl key.
    pub destructive: bool,
    /// It changes the engine: refused on a read-only host.
    pub changes: bool,
    /// How much it deserves a place in the footer; 0 for none.
    pub footer: u8,
    /// Why it cannot be done now, if so.
    pub ready: fn(&App) -> Readiness,
    pub run: fn(&mut App, &mut Effects),
}

/// `Err` says why not.
pub type Readiness = Result<(), Cow<'static, str>>;

impl std::fmt::Debug for Command {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

impl Command {
    /// Whether it can be done now, read-only hosts considered.
    pub fn readiness(&self, app: &App) -> Readiness {
        if self.changes
            && let Some(reason) = &app.host().read_only
        {
            return Err(Cow::Owned(reason.clone()));
        }
        (self.ready)(app)
    }
}

fn always(_: &App) -> Readiness {
    Ok(())
}

const BASE: Command = Command {
    name: "",
    title: "",
    sentence: "",
    scope: Scope::Anywhere,
    keys: &[],
    destructive: false,
    changes: false,
    footer: 0,
    ready: always,
    run: |_, _| {},
};

static ROWS: &[Command] = &[
    // Anywhere
    Command {
        name: "app.back",
        title: "Back",
        sentence: "Goes back one step; at the top, quits.",
        keys: &["q"],
        run: general::back,
        ..BASE
    },
    Command {
        name: "app.quit",
        title: "Quit",
        sentence: "Ends the program.",
        keys: &["Ctrl-c"],
        run: general::quit,
        ..BASE
    },
    Command {
        name: "app.clear",
        title: "Clear",
        sentence: "Clears, in turn, the notice, the marks and the filter, or leaves the detail pane.",
        keys: &["Esc"],
        run: general::clear,
        ..BASE
    },
    Command {
        name: "app.next-pane",
        title: "Next pane",
        sentence: "Moves the focus to the next pane.",
        keys: &["Tab"],
        footer: 2,
        run: general::next_pane,
        ..BASE
    },
    Command {
        name: "app.previous-pane",
        title: "Previous pane",
        sentence: "Moves the focus to the previous pane.",
        keys: &["Shift-Tab"],
        run: general::next_pane,
        ..BASE
    },
    Command {
        name: "app.zoom",
        title: "Zoom",
        sentence: "Gives the focused pane the whole screen, or takes it back.",
        keys: &["z"],
        run: general::zoom,
        ..BASE
    },
    Command {
        name: "app.refresh",
        title: "Refresh",
        sentence: "Asks the engine for everything on screen again, and reconnects at once after a loss.",
        keys: &["R"],
        run: general::refresh,
        ..BASE
    },
    Command {
        name: "app.redraw",
        title: "Redraw",
        sentence: "Draws the whole screen anew.",
        keys: &["Ctrl-l"],
        run: general::redraw,
        ..BASE
    },
    Command {
        name: "app.suspend",
        title: "Suspend",
        sentence: "Gives the terminal back to the shell until `fg`.",
        keys: &["Ctrl-z"],
        run: general::suspend,
        ..BASE
    },
    Command {
        name: "view.containers",
        title: "Containers",
        sentence: "Shows the containers.",
        keys: &["1"],
        run: |app, _| general::show(app, View::Containers),
        ..BASE
    },
    Command {
        name: "view.images",
        title: "Images",
        sentence: "Shows the images.",
        keys: &["2"],
        run: |app, _| general::show(app, View::Images),
        ..BASE
    },
    Command {
        name: "view.volumes",
        title: "Volumes",
        sentence: "Shows the volumes.",
        keys: &["3"],
        run: |app, _| general::show(app, View::Volumes),
        ..BASE
    },
    Command {
        name: "view.networks",
        title: "Networks",
        sentence: "Shows the networks.",
        keys: &["4"],
        run: |app, _| general::show(app, View::Networks),
        ..BASE
    },
    Command {
        name: "detail.next-tab",
        title: "Next tab",
        sentence: "Shows the next tab of the detail pane.",
        keys: &["]"],
        run: |app, _| detail::step_tab(app, 1),
        ..BASE
    },
    Command {
        name: "detail.previous-tab",
        title: "Previous tab",
        sentence: "Shows the previous tab of the detail pane.",
        keys: &["["],
        run: |app, _| detail::step_tab(app, -1),
        ..BASE
    },
    // Lists
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
        run: list::mark,
        ..BASE
    },
    Command {
        name: "list.mark-range",
        title: "Mark range",
        sentence: "Marks all rows from the last marked one to the cursor.",
        scope: Scope::Lists,
        keys: &["v"],
        run: list::mark_range,
        ..BASE
    },
    Command {
        name: "list.mark-all",
        title: "Mark all",
        sentence: "Marks every row shown, or unmarks them.",
        scope: Scope::Lists,
        keys: &["*"],
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
        name: "list.toggle-all",
        title: "All/running",
        sentence: "Shows all containers, or only those that run.",
        scope: Scope::Containers,
        keys: &["a"],
        run: list::toggle_all,
        ..BASE
    },
    // Containers
    Command {
        name: "container.logs",
        title: "Logs",
        sentence: "Shows the container's log.",
        scope: Scope::Containers,
        keys: &["l"],
        footer: 9,
        ready: act::has_container,
        run: |app, _| detail::open_tab(app, super::detail::Tab::Logs),
        ..BASE
    },
    Command {
        name: "container.stats",
        title: "Stats",
        sentence: "Shows what the container uses, over time.",
        scope: Scope::Containers,
        keys: &["m"],
        ready: act::has_container,
        run: |app, _| detail::open_tab(app, super::detail::Tab::Stats),
        ..BASE
    },
    Command {
        name: "container.top",
        title: "Top",
        sentence: "Shows the container's processes.",
        scope: Scope::Containers,
        keys: &["t"],
        ready: act::has_container,
        run: |app, _| detail::open_tab(app, super::detail::Tab::Top),
        ..BASE
    },
    Command {
        name: "container.inspect",
        title: "Inspect",
        sentence: "Shows all that the engine knows of the container.",
        scope: Scope::Containers,
        keys: &["i"],
        ready: act::has_container,
        run: |app, _| detail::open_tab(app, super::detail::Tab::Inspect),
        ..BASE
    },
    Command {
        name: "container.start",
        title: "Start",
        sentence: "Starts the container.",
        scope: Scope::Containers,
        keys: &["S"],
        changes: true,
        footer: 6,
        ready: act::can_start,
        run: act::start,
        ..BASE
    },
    Command {
        name: "container.stop",
        title: "Stop",
        sentence: "Stops the container, after a question.",
        scope: Scope::Containers,
        keys: &["s"],
        changes: true,
        destructive: true,
        footer: 8,
        ready: act::can_stop,
        run: act::stop,
        ..BASE
    },
    Command {
        name: "container.restart",
        title: "Restart",
        sentence: "Restarts the container, after a question.",
        scope: Scope::Containers,
        keys: &["r"],
        changes: true,
        destructive: true,
        footer: 7,
        ready: act::has_container,
        run: act::restart,
        ..BASE
    },
    Command {
        name: "container.pause",
        title: "Pause/unpause",
        sentence: "Freezes the container's processes, or lets them go on.",
        scope: Scope::Containers,
        keys: &["p"],
        changes: true,
        ready: act::can_stop,
        run: act::pause,
        ..BASE
    },
    Command {
        name: "container.remove",
        title: "Remove",
        sentence: "Removes the container, after a question.",
        scope: Scope::Containers,
        keys: &["D"],
        changes: true,
        destructive: true,
        footer: 5,
        ready: act::has_container,
        run: act::remove,
        ..BASE
    },
    Command {
        name: "container.wait",
        title: "Wait",
        sentence: "Waits until the container ends and tells its exit code.",
        scope: Scope::Containers,
        ready: act::can_stop,
        run: act::wait,
        ..BASE
    },
    // Images
    Command {
        name: "image.remove",
        title: "Remove",
        sentence: "Removes the image, after a question.",
        scope: Scope::Images,
        keys: &["D"],
        changes: true,
        destructive: true,
        footer: 5,
        ready: act::has_image,
        run: act::remove_image,
        ..BASE
    },
];

/// The table, by the places where its commands work.
static TABLE: &[&[Command]] = &[ROWS, forms::ROWS];

/// Every command, in the order of help and README.
pub fn all() -> impl Iterator<Item = &'static Command> {
    TABLE.iter().copied().flatten()
}

/// The commands of one place.
pub fn in_scope(scope: Scope) -> impl Iterator<Item = &'static Command> {
    all().filter(move |command| command.scope == scope)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn names_are_unique_and_sentences_are_sentences() {
        let mut seen = HashSet::new();
        for command in all() {
            assert!(seen.insert(command.name), "{} twice", command.name);
            assert!(!command.title.is_empty() && command.title.len() < 20, "{}", command.name);
            assert!(
                command.sentence.ends_with('.') && command.sentence.starts_with(char::is_uppercase),
                "{}",
                command.name
            );
            assert!(command.changes || !command.destructive, "{}: what destroys changes", command.name);
        }
    }
}
