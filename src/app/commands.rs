//! The command table: everything a user can do, once. Keys, help, palette, footer, README and man page derive from it.

mod anywhere;
mod builds;
mod charts;
mod console;
mod containers;
mod detail;
mod events;
mod files;
mod form;
mod hosts;
mod images;
mod links;
mod list;
mod logs;
mod marking;
mod overlay;
mod plugins;
mod profiles;
mod registries;
mod storage;
mod system;

use super::App;
use super::scope::Scope;
use super::update::Effects;
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
            && self.scope != Scope::Hosts
            && let Some(reason) = app.refusal()
        {
            return Err(Cow::Owned(reason.to_owned()));
        }
        (self.ready)(app)
    }

    /// Whether it can be done now and here: chosen by its name, it must not act on what is not on screen.
    pub fn here(&self, app: &App) -> Readiness {
        if app.scopes().contains(&self.scope) { self.readiness(app) } else { Err(self.scope.elsewhere().into()) }
    }
}

/// A way to move: always possible, and none for the footer.
const fn motion(
    scope: Scope,
    name: &'static str,
    title: &'static str,
    sentence: &'static str,
    keys: &'static [&'static str],
    run: fn(&mut App, &mut Effects),
) -> Command {
    Command { name, title, sentence, scope, keys, run, ..BASE }
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

/// The table, by the places where its commands work.
static TABLE: &[&[Command]] = &[
    anywhere::ROWS,
    overlay::ROWS,
    list::ROWS,
    containers::ROWS,
    form::ROWS,
    images::ROWS,
    builds::ROWS,
    storage::ROWS,
    registries::ROWS,
    events::ROWS,
    system::ROWS,
    plugins::ROWS,
    hosts::ROWS,
    profiles::ROWS,
    detail::ROWS,
    links::ROWS,
    files::ROWS,
    charts::ROWS,
    logs::ROWS,
    console::ROWS,
    marking::ROWS,
];

/// Every command, in the order of help and README.
pub fn all() -> impl Iterator<Item = &'static Command> {
    TABLE.iter().copied().flatten()
}

/// The command of this name.
pub fn find(name: &str) -> Option<&'static Command> {
    all().find(|command| command.name == name)
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
