//! Commands about images beside removing them: push, untag, save, load, import, commit.

use super::act::{has_image, target};
use super::{anywhere, registries};
use crate::app::App;
use crate::app::commands::Readiness;
use crate::app::dialog::Dialog;
use crate::app::dialog::confirm::{Act, Confirm, PrunePlan, Removal};
use crate::app::dialog::search_images::SearchImages;
use crate::app::effect::{Effect, Fetch};
use crate::app::form::{FormKind, ImageForm};
use crate::app::image_asks::ImageAsk;
use crate::app::update::{Effects, forms};
use crate::app::view::View;
use crate::domain::text::counted;
use crate::domain::{Image, ImageId, ImageReference, RegistryName, RegistryPath, order};
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

/// Shows what goes, as far as that is known at once; the engine tells the rest meanwhile.
pub fn remove(app: &mut App, effects: &mut Effects) {
    let host = app.host();
    let removal = Removal::new(host, targets(app).into_iter().cloned().collect());
    for ask in [ImageAsk::Kin(removal.told_of()), ImageAsk::OwnSizes] {
        effects.push(Effect::Fetch { host: host.id.clone(), fetch: Fetch::About(ask) });
    }
    let confirm = Confirm::new(host, Act::RemoveImages(removal));
    app.dialogs.push(Dialog::Confirm(Box::new(confirm)));
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

/// Walks to where the image is in its registry.
pub fn in_registry(app: &mut App, _: &mut Effects) {
    let Some(image) = app.host().selected_image() else { return };
    let parsed = image.tags.first().and_then(|tag| tag.parse::<ImageReference>().ok());
    let named = parsed.and_then(|name| Some((RegistryName::parse(name.registry()).ok()?, name)));
    let Some((registry, name)) = named else { return };
    let known = app.host().registries.registry(&registry);
    let insecure = known.is_some_and(|known| known.insecure);
    anywhere::show(app, View::Registries);
    while app.host_mut().registries.back() {}
    let tags = RegistryPath::root(registry, insecure).repository(name.path());
    let parts = tags.reference(name.digest().or(name.tag()).unwrap_or("latest"));
    for path in [RegistryPath::root(tags.registry.clone(), insecure), tags, parts] {
        registries::walk(app, path);
    }
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
    order::sort_by(&mut asked, |one, other| one.1.cmp(&other.1));
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
