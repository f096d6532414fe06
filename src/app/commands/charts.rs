//! Commands of the Stats tab.

use super::{BASE, Command};
use crate::app::command::charts;
use crate::app::scope::Scope;

pub static ROWS: &[Command] = &[
    Command {
        name: "stats.earlier",
        title: "Earlier",
        sentence: "Moves the cursor back in time: the figures are those of that moment.",
        scope: Scope::Stats,
        keys: &["←"],
        footer: 9,
        ready: charts::has_figures,
        run: charts::earlier,
        ..BASE
    },
    Command {
        name: "stats.later",
        title: "Later",
        sentence: "Moves the cursor on in time; behind the newest moment, the figures are those of now again.",
        scope: Scope::Stats,
        keys: &["→"],
        footer: 8,
        ready: charts::has_figures,
        run: charts::later,
        ..BASE
    },
    Command {
        name: "stats.page-earlier",
        title: "Far earlier",
        sentence: "Moves the cursor back in time by ten columns.",
        scope: Scope::Stats,
        keys: &["PgUp"],
        ready: charts::has_figures,
        run: charts::page_earlier,
        ..BASE
    },
    Command {
        name: "stats.page-later",
        title: "Far later",
        sentence: "Moves the cursor on in time by ten columns.",
        scope: Scope::Stats,
        keys: &["PgDn"],
        ready: charts::has_figures,
        run: charts::page_later,
        ..BASE
    },
    Command {
        name: "stats.oldest",
        title: "Oldest",
        sentence: "Moves the cursor to the oldest moment that is kept.",
        scope: Scope::Stats,
        keys: &["Home", "g"],
        ready: charts::has_figures,
        run: charts::oldest,
        ..BASE
    },
    Command {
        name: "stats.newest",
        title: "Newest",
        sentence: "Shows the figures of now again.",
        scope: Scope::Stats,
        keys: &["End", "G"],
        run: charts::newest,
        ..BASE
    },
    Command {
        name: "stats.closer",
        title: "Closer",
        sentence: "Shows a shorter stretch of time.",
        scope: Scope::Stats,
        keys: &["+", "="],
        footer: 7,
        run: charts::closer,
        ..BASE
    },
    Command {
        name: "stats.wider",
        title: "Wider",
        sentence: "Shows a longer stretch of time, up to all that is kept.",
        scope: Scope::Stats,
        keys: &["-"],
        footer: 6,
        run: charts::wider,
        ..BASE
    },
    Command {
        name: "stats.next",
        title: "Next measure",
        sentence: "Chooses the next measure.",
        scope: Scope::Stats,
        keys: &["↓", "j"],
        run: |app, _| app.charts.step(1),
        ..BASE
    },
    Command {
        name: "stats.previous",
        title: "Previous measure",
        sentence: "Chooses the measure before.",
        scope: Scope::Stats,
        keys: &["↑", "k"],
        run: |app, _| app.charts.step(-1),
        ..BASE
    },
    Command {
        name: "stats.alone",
        title: "One/all",
        sentence: "Gives the chosen measure the whole pane, or shows all measures again.",
        scope: Scope::Stats,
        keys: &["Enter"],
        footer: 5,
        run: charts::toggle,
        ..BASE
    },
];
