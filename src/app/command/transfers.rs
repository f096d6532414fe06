//! Commands that copy files between the engine and this machine, and that edit one.

use super::act::target;
use super::files::can_open;
use crate::app::commands::Readiness;
use crate::app::form::{FileForm, FormKind};
use crate::app::host::Host;
use crate::app::update::{Effects, forms};
use crate::app::view::View;
use crate::app::{App, Effect};
use crate::domain::{FileKind, FilePath, FileSpot};

/// What is under the cursor; in an empty folder the folder itself.
fn selected_spot(host: &Host) -> Option<FileSpot> {
    let files = &host.detail.files;
    spot(host, files.selected_path().or_else(|| files.path().cloned())?)
}

fn folder_spot(host: &Host) -> Option<FileSpot> {
    spot(host, host.detail.files.path()?.clone())
}

fn spot(host: &Host, path: FilePath) -> Option<FileSpot> {
    let owner = match host.view {
        View::Containers => host.selected_container()?.name.to_string(),
        View::Volumes => host.selected_volume()?.name.to_string(),
        _ => return None,
    };
    Some(FileSpot::new(host.detail.files.root()?.clone(), &owner, path))
}

pub fn has_folder(app: &App) -> Readiness {
    let files = &app.host().detail.files;
    if files.is_opened() && files.path().is_some() { Ok(()) } else { Err("no folder is open".into()) }
}

pub fn download(app: &mut App, effects: &mut Effects) {
    if let Some(spot) = selected_spot(app.host()) {
        forms::open(app, FormKind::File(FileForm::Download(spot)), effects);
    }
}

pub fn upload(app: &mut App, effects: &mut Effects) {
    if let Some(spot) = folder_spot(app.host()) {
        forms::open(app, FormKind::File(FileForm::Upload(spot)), effects);
    }
}

pub fn export(app: &mut App, effects: &mut Effects) {
    if let Some(target) = app.host().selected_container().map(target) {
        forms::open(app, FormKind::File(FileForm::Export(target)), effects);
    }
}

pub fn can_edit(app: &App) -> Readiness {
    has_folder(app)?;
    can_open(app)?;
    let kind = app.host().detail.files.selected().map(|entry| entry.kind);
    if kind == Some(FileKind::Folder) { Err("it is a folder".into()) } else { Ok(()) }
}

/// Hands the terminal to the user's editor with the file under the cursor.
pub fn edit(app: &mut App, effects: &mut Effects) {
    let host = app.host();
    if let Some(spot) = selected_spot(host) {
        effects.push(Effect::EditFile { host: host.id.clone(), spot });
    }
}
