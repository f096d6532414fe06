//! Commands of the Files tab: through the folders, and what is done with what is in them.

use super::detail::open_tab;
use crate::app::commands::Readiness;
use crate::app::detail::Tab;
use crate::app::detail::files_pane::{FileOrder, FilesPane, is_readable};
use crate::app::update::Effects;
use crate::app::{App, Effect, Fetch};
use crate::domain::FileKind;

/// Shows the files of what is selected.
pub fn browse(app: &mut App, _: &mut Effects) {
    open_tab(app, Tab::Files);
    // A volume's are read through a helper container, which a read-only host does not get.
    if app.host().read_only.is_none() {
        app.host_mut().detail.open_files();
    }
}

pub fn has_entry(app: &App) -> Readiness {
    if pane(app).selected().is_some() { Ok(()) } else { Err("there is nothing in it".into()) }
}

pub fn can_open(app: &App) -> Readiness {
    let pane = pane(app);
    if !pane.is_opened() {
        return match app.host().refusal() {
            Some(reason) => Err(format!("a helper container would have to be made, and {reason}").into()),
            None => Ok(()),
        };
    }
    match pane.selected() {
        Some(entry) if is_readable(entry.kind) => Ok(()),
        Some(entry) => Err(format!("there is nothing to read in a {}", entry.kind.word()).into()),
        None => Err("there is nothing in it".into()),
    }
}

/// Goes into a folder, shows a file, follows a link to either.
pub fn open(app: &mut App, effects: &mut Effects) {
    let host = app.host();
    let files = &host.detail.files;
    if !files.is_opened() {
        return app.host_mut().detail.files.open();
    }
    let (Some(kind), Some(path), Some(root)) =
        (files.selected().map(|entry| entry.kind), files.selected_path(), files.root().cloned())
    else {
        return;
    };
    if kind == FileKind::Folder {
        return app.host_mut().detail.files.go(path);
    }
    let inside = host.detail.can_exec();
    effects.push(Effect::Fetch { host: host.id.clone(), fetch: Fetch::OpenFile { root, path, inside } });
}

pub fn can_go_up(app: &App) -> Readiness {
    match pane(app).path() {
        Some(path) if !path.is_root() => Ok(()),
        Some(_) | None => Err("this is the top".into()),
    }
}

pub fn up(app: &mut App, _: &mut Effects) {
    app.host_mut().detail.files.up();
}

pub fn sort(app: &mut App, step: isize) {
    let files = &mut app.host_mut().detail.files;
    files.sort(FileOrder { by: files.order().by.stepped(step), reversed: false });
}

pub fn reverse(app: &mut App, _: &mut Effects) {
    let files = &mut app.host_mut().detail.files;
    files.sort(FileOrder { reversed: !files.order().reversed, ..files.order() });
}

pub fn can_read_on(app: &App) -> Readiness {
    if pane(app).is_cut() { Ok(()) } else { Err("all of it is there".into()) }
}

/// Reads the archive of the folder to its end.
pub fn read_on(app: &mut App, _: &mut Effects) {
    app.host_mut().detail.files.read_on();
}

fn pane(app: &App) -> &FilesPane {
    &app.host().detail.files
}
