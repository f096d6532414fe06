//! Commands that take a log away: into a file, a pager, an editor.

use super::act::target;
use crate::app::effect::Tool;
use crate::app::form::{Form, FormKind, Lines};
use crate::app::logs::{LogView, Timestamps};
use crate::app::update::{Effects, forms, log_save};
use crate::app::{App, Effect};
use crate::domain::{LogForm, LogSave, Target, Time};
use jiff::tz::TimeZone;

/// Whose log is on screen; several are called what the pane calls them.
fn shown(app: &App) -> Option<Target> {
    let selected = app.host().selected_container().map(target)?;
    Some(match &app.together {
        Some(together) => Target::new(selected.id, together.title().as_str()),
        None => selected,
    })
}

/// Opens the form that saves the log on screen, or brings its draft back.
pub fn save(app: &mut App, effects: &mut Effects) {
    let Some(target) = shown(app) else { return };
    let path = format!("~/{}", file_name(&target.name, app.now, &app.zone));
    let view = app.detail().logs.as_ref().map(|logs| &logs.view);
    let times = view.is_some_and(|view| view.timestamps() != Timestamps::Off);
    let lines = if view.is_some_and(LogView::is_marking) { Lines::Marked } else { Lines::Shown };
    let kind = FormKind::SaveLog(target);
    if !forms::reopen(app, &kind, effects) {
        let mut form = Form::new(app.host(), kind);
        form.start_saving(&path, lines, times);
        forms::show(app, form, effects);
    }
}

/// Opens the form that says from when to when the log is read, with what was typed there before.
pub fn range(app: &mut App, effects: &mut Effects) {
    let Some(target) = shown(app) else { return };
    forms::open(app, FormKind::LogRange(target), effects);
}

/// Opens the lines that are marked, else those shown, or the whole log in a program of the user's.
pub fn read(app: &mut App, whole: bool, tool: Tool, effects: &mut Effects) {
    let Some(target) = shown(app) else { return };
    let host = app.host().id.clone();
    let view = app.detail().logs.as_ref().map(|logs| &logs.view);
    let times = view.is_some_and(|view| view.timestamps() != Timestamps::Off);
    let lines = match view.is_some_and(LogView::is_marking) {
        _ if whole => Lines::Whole,
        true => Lines::Marked,
        false => Lines::Shown,
    };
    match log_save::content(app, &host, &target, lines) {
        Ok(content) => {
            let path = file_name(&target.name, app.now, &app.zone);
            let form = LogForm { times, raw: false };
            let save = Box::new(LogSave { target, path, content, form, overwrite: false });
            effects.push(Effect::Read { host, save, tool });
        }
        Err(none) => {
            let now = app.now;
            app.notices.warn(now, none.sentence());
        }
    }
}

/// `web-2026-11-20T145107.log`: no letter in it needs quotes anywhere.
fn file_name(container: &str, now: Time, zone: &TimeZone) -> String {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | '.');
    let name: String = container.chars().map(|letter| if plain(letter) { letter } else { '_' }).collect();
    let name = name.replace("__", "_");
    let name = name.trim_start_matches(['.', '-']).trim_end_matches('_');
    let stamp = jiff::Timestamp::from_nanosecond(i128::from(now.0)).unwrap_or_default().to_zoned(zone.clone());
    format!("{}-{}.log", if name.is_empty() { "log" } else { name }, stamp.strftime("%Y-%m-%dT%H%M%S"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_name_is_plain_whatever_the_container_is_called() {
        let now = Time(1_735_000_000_000_000_000);
        for (name, file) in [
            ("web", "web-2024-12-24T002640.log"),
            ("../../x y", "_.._x_y-2024-12-24T002640.log"),
            ("one, two (3)", "one_two_3-2024-12-24T002640.log"),
            ("-rf", "rf-2024-12-24T002640.log"),
            ("", "log-2024-12-24T002640.log"),
        ] {
            assert_eq!(file_name(name, now, &TimeZone::UTC), file);
        }
    }
}
