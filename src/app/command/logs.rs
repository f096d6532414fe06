//! Commands of the Logs tab.

use super::detail::viewport;
use super::search::tell;
use crate::app::App;
use crate::app::commands::Readiness;
use crate::app::detail::log_pane::{LogPane, LogRange};
use crate::app::dialog::Dialog;
use crate::app::dialog::choose_columns::ChooseColumns;
use crate::app::logs::{JsonLook, Viewport};
use crate::app::update::Effects;
use std::time::Duration;

pub fn has_log(app: &App) -> Readiness {
    if app.detail().logs.is_some() { Ok(()) } else { Err("no container is selected".into()) }
}

/// The whole of a log is read by itself: of several there is none that could be written.
pub fn has_whole(app: &App) -> Readiness {
    has_log(app)?;
    if app.together.is_none() {
        Ok(())
    } else {
        Err("several logs are shown as one: open the log of one container".into())
    }
}

pub fn follow(app: &mut App, _: &mut Effects) {
    in_log(app, |logs, viewport| logs.view.toggle_follow(viewport));
}

pub fn wrap(app: &mut App, _: &mut Effects) {
    in_log(app, |logs, _| logs.view.set_wrap(!logs.view.is_wrapped()));
}

/// Only the lines that match, with more and more lines around each.
pub fn only_matches(app: &mut App, _: &mut Effects) {
    in_log(app, |logs, _| logs.view.cycle_only());
}

/// Lines that are JSON: as written, formatted, chosen fields.
pub fn json(app: &mut App, _: &mut Effects) {
    in_log(app, |logs, _| logs.view.set_json(logs.view.json().next()));
}

/// Opens the choice of fields, and shows them.
pub fn json_fields(app: &mut App, _: &mut Effects) {
    let seen = in_log(app, |logs, _| {
        logs.view.set_json(JsonLook::Fields);
        logs.view.field_names()
    });
    let menu = ChooseColumns::of_fields(&app.settings.logs.json_fields, seen.unwrap_or_default());
    app.dialogs.push(Dialog::Columns(menu));
}

/// Shows these fields in this log and in those opened from now on.
pub fn show_fields(app: &mut App, names: Vec<String>) {
    app.settings.logs.json_fields = names.into();
    let fields = app.settings.logs.json_fields.clone();
    in_log(app, |logs, _| logs.view.set_fields(fields));
}

/// No times, times of the day, dates and times, the same in UTC, ages.
pub fn timestamps(app: &mut App, _: &mut Effects) {
    in_log(app, |logs, _| logs.view.set_timestamps(logs.view.timestamps().next()));
}

pub fn next_error(app: &mut App, _: &mut Effects) {
    let jump = in_log(app, |logs, viewport| logs.view.next_error(viewport));
    if let Some(jump) = jump {
        tell(app, jump.into(), "No further error or warning below");
    }
}

pub fn previous_error(app: &mut App, _: &mut Effects) {
    let jump = in_log(app, |logs, viewport| logs.view.previous_error(viewport));
    if let Some(jump) = jump {
        tell(app, jump.into(), "No further error or warning above");
    }
}

/// Reads the log anew from its first line on.
pub fn read_all(app: &mut App, _: &mut Effects) {
    let now = app.now;
    in_log(app, |logs, _| logs.read(now, LogRange::All));
}

/// Reads the log anew from so many minutes ago on.
pub fn read_last(app: &mut App, minutes: u64) {
    let now = app.now;
    in_log(app, |logs, _| logs.read(now, LogRange::Last(Duration::from_secs(minutes * 60))));
}

/// Tries again what failed.
pub fn retry(app: &mut App) {
    let now = app.now;
    in_log(app, |logs, _| logs.retry(now));
}

/// Goes on with a search that is not at its end, for as long as a key may wait.
pub fn search_on(app: &mut App) {
    let now = app.now;
    let jump = in_log(app, |logs, viewport| {
        let seeks_error = logs.view.seeks_error();
        let jump = logs.search_on(now, viewport)?;
        let none_left = match seeks_error {
            true => "No further error or warning in that direction",
            false if logs.view.hit_count() == 0 => "No line matches the search",
            false => "No further hit in that direction",
        };
        Some((jump, none_left))
    });
    if let Some((jump, none_left)) = jump.flatten() {
        tell(app, jump.into(), none_left);
    }
}

pub(super) fn in_log<T>(app: &mut App, act: impl FnOnce(&mut LogPane, Viewport) -> T) -> Option<T> {
    let viewport = viewport(app);
    app.detail_mut().logs.as_mut().map(|logs| act(logs, viewport))
}
