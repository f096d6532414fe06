//! Commands about images beside removing them: push, untag, save, load, import, commit.

use super::act::{has_image, target};
use crate::app::App;
use crate::app::commands::Readiness;
use crate::app::form::{FormKind, ImageForm};
use crate::app::update::{Effects, forms};
use crate::domain::Image;
use std::collections::HashMap;

pub fn has_name(app: &App) -> Readiness {
    has_image(app)?;
    match app.host().selected_image() {
        Some(image) if image.is_dangling() => Err("it has no name: tag it first".into()),
        _ => Ok(()),
    }
}

pub fn has_names(app: &App) -> Readiness {
    has_name(app)?;
    match app.host().selected_image() {
        Some(image) if image.tags.len() < 2 => Err("it has no other name: remove it instead".into()),
        _ => Ok(()),
    }
}

pub fn push(app: &mut App, effects: &mut Effects) {
    let Some(image) = app.host().selected_image() else { return };
    let form = ImageForm::Push { id: image.id.clone(), reference: image.reference().to_owned() };
    forms::open(app, FormKind::Image(form), effects);
}

pub fn untag(app: &mut App, effects: &mut Effects) {
    let Some(image) = app.host().selected_image() else { return };
    let form = ImageForm::Untag { id: image.id.clone(), reference: image.reference().to_owned() };
    forms::open(app, FormKind::Image(form), effects);
}

pub fn save(app: &mut App, effects: &mut Effects) {
    let references = targets(app).into_iter().map(|image| image.reference().to_owned()).collect();
    forms::open(app, FormKind::Image(ImageForm::Save(references)), effects);
}

pub fn load(app: &mut App, effects: &mut Effects) {
    forms::open(app, FormKind::Image(ImageForm::Load), effects);
}

pub fn import(app: &mut App, effects: &mut Effects) {
    forms::open(app, FormKind::Image(ImageForm::Import), effects);
}

pub fn commit(app: &mut App, effects: &mut Effects) {
    let Some(container) = app.host().selected_container().map(target) else { return };
    forms::open(app, FormKind::Image(ImageForm::Commit(container)), effects);
}

/// The images that acts are about: all marked ones, else the selected one.
pub fn targets(app: &App) -> Vec<&Image> {
    let host = app.host();
    let rows: HashMap<&str, &Image> = host.images.rows.iter().map(|image| (image.id.as_str(), image)).collect();
    host.lists.images.targets().iter().filter_map(|key| rows.get(&**key).copied()).collect()
}
