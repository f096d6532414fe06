//! Commands about images beside removing them: push, untag, save, load, import, commit.

use super::act::{has_image, target};
use crate::app::App;
use crate::app::commands::Readiness;
use crate::app::dialog::Dialog;
use crate::app::dialog::confirm::{Act, Confirm, PrunePlan};
use crate::app::dialog::search_images::SearchImages;
use crate::app::effect::{Effect, Fetch};
use crate::app::form::{FormKind, ImageForm};
use crate::app::image_asks::ImageAsk;
use crate::app::update::{Effects, forms};
use crate::domain::text::counted;
use crate::domain::{Image, ImageId, ImageReference};
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

/// Shows what would go before it asks.
pub fn prune(app: &mut App, effects: &mut Effects) {
    let host = app.host();
    let confirm = Confirm::new(host, Act::PruneImages(PrunePlan::new(host, app.now.seconds())));
    effects.push(Effect::Fetch { host: host.id.clone(), fetch: Fetch::About(ImageAsk::OwnSizes) });
    app.dialogs.push(Dialog::Confirm(Box::new(confirm)));
}

pub fn search(app: &mut App, _: &mut Effects) {
    let host = app.host().id.clone();
    app.dialogs.push(Dialog::Search(SearchImages::new(host)));
}

/// Compares the images that act is about with those in their registries.
pub fn newer(app: &mut App, effects: &mut Effects) {
    let named = |image: &Image| Some((image.id.clone(), image.tags.first()?.to_string()));
    let asked: Vec<(ImageId, String)> = targets(app).into_iter().filter_map(named).collect();
    compare(app, asked, effects);
}

/// The same for the images of all containers that run.
pub fn newer_of_running(app: &mut App, effects: &mut Effects) {
    let up = app.host().containers.rows.iter().filter(|row| row.state.is_up());
    let named = up.filter(|row| row.image.parse::<ImageReference>().is_ok());
    let mut asked: Vec<(ImageId, String)> = named.map(|row| (row.image_id.clone(), row.image.to_string())).collect();
    asked.sort_by(|one, other| one.1.cmp(&other.1));
    asked.dedup();
    compare(app, asked, effects);
}

fn compare(app: &mut App, asked: Vec<(ImageId, String)>, effects: &mut Effects) {
    let now = app.now;
    if asked.is_empty() {
        app.notices.warn(now, "There is no image with a name to compare".to_owned());
        return;
    }
    let host = app.host().id.clone();
    app.notices.say(now, format!("Asking registries about {}…", counted(asked.len(), "image", "images")));
    effects.push(Effect::Fetch { host, fetch: Fetch::About(ImageAsk::Newer(asked)) });
}

pub fn any_up(app: &App) -> Readiness {
    match app.host().containers.rows.iter().any(|row| row.state.is_up()) {
        true => Ok(()),
        false => Err("no container runs".into()),
    }
}

/// The images that acts are about: all marked ones, else the selected one.
pub fn targets(app: &App) -> Vec<&Image> {
    let host = app.host();
    let rows: HashMap<&str, &Image> = host.images.rows.iter().map(|image| (image.id.as_str(), image)).collect();
    host.lists.images.targets().iter().filter_map(|key| rows.get(&**key).copied()).collect()
}
