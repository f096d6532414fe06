//! Commands that open a form.

use super::act::{has_container, target};
use crate::app::commands::Readiness;
use crate::app::form::{FormKind, Origin};
use crate::app::msg::TemplateUse;
use crate::app::update::{Effects, forms};
use crate::app::{App, Effect, everywhere};
use crate::domain::{Container, State, Target};

/// Whether a process can be started in the selected container.
pub fn can_exec(app: &App) -> Readiness {
    has_container(app)?;
    match app.host().selected_container().map(|row| &row.state) {
        Some(State::Running) => Ok(()),
        Some(State::Paused) => Err("it is paused".into()),
        _ => Err("it does not run".into()),
    }
}

pub fn create(app: &mut App, effects: &mut Effects) {
    forms::open(app, FormKind::Create(Origin::Nothing), effects);
}

pub fn create_from_image(app: &mut App, effects: &mut Effects) {
    let Some(image) = app.host().selected_image() else { return };
    let origin = Origin::Image(image.reference().to_owned());
    forms::open(app, FormKind::Create(origin), effects);
}

pub fn create_another(app: &mut App, effects: &mut Effects) {
    let Some(container) = selected(app) else { return };
    let kind = FormKind::Create(Origin::Container(container.id.clone()));
    if !forms::reopen(app, &kind, effects) {
        ask(app, container, TemplateUse::CreateAnother, effects);
    }
}

pub fn rename(app: &mut App, effects: &mut Effects) {
    let Some(container) = selected(app) else { return };
    forms::open(app, FormKind::Rename(container), effects);
}

/// One container's limits are read first, so that the form says what they are; several have none in common.
pub fn update(app: &mut App, effects: &mut Effects) {
    show_targets_host(app);
    let targets: Vec<Target> = marked(app).into_iter().map(target).collect();
    let kind = FormKind::Update(targets);
    if forms::reopen(app, &kind, effects) {
        return;
    }
    match kind.targets() {
        [one] => ask(app, one.clone(), TemplateUse::Update, effects),
        _ => forms::open(app, kind, effects),
    }
}

pub fn kill(app: &mut App, effects: &mut Effects) {
    show_targets_host(app);
    let up = marked(app).into_iter().filter(|row| row.state.is_up());
    let targets: Vec<Target> = up.map(target).collect();
    forms::open(app, FormKind::Kill(targets), effects);
}

pub fn exec(app: &mut App, effects: &mut Effects) {
    let Some(container) = selected(app) else { return };
    forms::open(app, FormKind::Exec(container), effects);
}

pub fn pull(app: &mut App, effects: &mut Effects) {
    forms::open(app, FormKind::Pull, effects);
}

pub fn tag(app: &mut App, effects: &mut Effects) {
    let Some(image) = app.host().selected_image() else { return };
    let kind = FormKind::Tag { id: image.id.clone(), reference: image.reference().to_owned() };
    forms::open(app, kind, effects);
}

/// In the list of all hosts the marks may be elsewhere than the cursor: it goes there, and the host comes to the screen.
fn show_targets_host(app: &mut App) {
    if let [(host, rows)] = app.targets().as_slice()
        && let Some(first) = rows.first()
    {
        let (host, container) = (host.id.clone(), first.id.clone());
        everywhere::select(app, &host, &container);
    }
}

/// The containers that a form is about. Their host is the one on screen: see [`show_targets_host`].
fn marked(app: &App) -> Vec<&Container> {
    app.targets().into_iter().flat_map(|(_, rows)| rows).collect()
}

fn selected(app: &App) -> Option<Target> {
    app.host().selected_container().map(target)
}

fn ask(app: &App, container: Target, purpose: TemplateUse, effects: &mut Effects) {
    effects.push(Effect::Template { host: app.host().id.clone(), container: container.id, purpose });
}
