//! Commands of the registries: walking in and out, logins, pulling, deleting.

use crate::app::App;
use crate::app::commands::Readiness;
use crate::app::dialog::Dialog;
use crate::app::dialog::confirm::{Act, Confirm};
use crate::app::effect::{Effect, Fetch};
use crate::app::form::{FormKind, ImageForm};
use crate::app::layout::Pane;
use crate::app::listing::Place;
use crate::app::registries::RegistryRow;
use crate::app::update::{Effects, forms, perform, renew};
use crate::app::view::View;
use crate::domain::{ImageRequest, ItemKind, RegistryPath, RegistryRequest, Request};

/// Into what is selected; a part of an image has nothing in it, it is shown beside.
pub fn open(app: &mut App, effects: &mut Effects) {
    match app.host().registries.inward() {
        Some(path) => walk(app, path),
        None => super::list::open(app, effects),
    }
}

/// Goes to a place in a registry.
pub fn walk(app: &mut App, path: RegistryPath) {
    app.host_mut().registries.walk_to(path);
    renew(app);
}

/// Whether there is a way out of where one is.
pub fn leads_back(app: &App) -> bool {
    app.place == Place::Host && app.host().view == View::Registries && app.host().registries.path().is_some()
}

/// One step out of a registry; false where one is in none.
pub fn back(app: &mut App) -> bool {
    if !leads_back(app) {
        return false;
    }
    app.host_mut().registries.back();
    app.focus = Pane::List;
    renew(app);
    true
}

/// Asks for the rows behind the last one when the cursor comes near it.
pub fn read_on(app: &mut App, effects: &mut Effects) {
    let host = app.host_mut();
    if host.view == View::Registries
        && host.is_live()
        && let Some((path, after)) = host.registries.more()
    {
        let fetch = Fetch::RegistryPage { path, after: Some(after) };
        effects.push(Effect::Fetch { host: host.id.clone(), fetch });
    }
}

pub fn has_registry(app: &App) -> Readiness {
    if app.host().registries.here().is_some() { Ok(()) } else { Err("no registry is selected".into()) }
}

/// Opens the form that logs in, to the registry on screen if there is one.
pub fn login(app: &mut App, effects: &mut Effects) {
    let here = app.host().registries.here();
    let registry = here.map(|registry| (registry.name.clone(), registry.insecure));
    forms::open(app, FormKind::Login(registry), effects);
}

pub fn can_log_out(app: &App) -> Readiness {
    has_registry(app)?;
    let is_known = app.host().registries.here().is_some_and(|registry| registry.user.is_some());
    if is_known { Ok(()) } else { Err("no login to it is kept".into()) }
}

pub fn logout(app: &mut App, _: &mut Effects) {
    let Some(registry) = app.host().registries.here() else { return };
    ask(app, RegistryRequest::Logout(registry.name.clone()).into(), Vec::new());
}

/// Opens the form that goes to a repository by its name: not every registry tells which it has.
pub fn go_to(app: &mut App, effects: &mut Effects) {
    let Some(registry) = app.host().registries.here() else { return };
    let kind = FormKind::Repository(RegistryPath::root(registry.name.clone(), registry.insecure));
    forms::open(app, kind, effects);
}

pub fn has_image(app: &App) -> Readiness {
    if app.host().registries.image().is_some() { Ok(()) } else { Err("no image is selected".into()) }
}

/// Pulls the image to the host on screen.
pub fn pull(app: &mut App, effects: &mut Effects) {
    if let Some(reference) = app.host().registries.image().and_then(|image| image.image()) {
        perform(app, vec![ImageRequest::pull(reference).into()], effects);
    }
}

/// Opens the form that pushes an image of the host to where one is.
pub fn push(app: &mut App, effects: &mut Effects) {
    let registries = &app.host().registries;
    let Some(registry) = registries.here() else { return };
    let selected = registries.selected().and_then(RegistryRow::item).filter(|item| item.kind == ItemKind::Repository);
    let place = registries.path().and_then(|path| path.repository.as_deref());
    let name = match (place.or(selected.map(|item| &*item.name)), registry.user.as_deref()) {
        (Some(repository), _) => format!("{}/{repository}:", registry.name),
        // Whoever has an account at the Docker Hub has a folder there.
        (None, Some(user)) if registry.name.is_hub() => format!("{}/{user}/", registry.name),
        (None, _) => format!("{}/", registry.name),
    };
    forms::open(app, FormKind::Image(ImageForm::PushTo(name)), effects);
}

pub fn delete(app: &mut App, _: &mut Effects) {
    let Some(path) = app.host().registries.image() else { return };
    let digest = app.host().registries.digest(&path);
    let notes = digest.map(|digest| format!("Its digest is {digest}."));
    if let Some(request) = RegistryRequest::delete(path) {
        ask(app, request.into(), notes.into_iter().collect());
    }
}

fn ask(app: &mut App, request: Request, notes: Vec<String>) {
    let confirm = Confirm::new(app.host(), Act::Plain { requests: vec![request], notes });
    app.dialogs.push(Dialog::Confirm(Box::new(confirm)));
}
