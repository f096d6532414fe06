//! Commands about plugins: those of the one under the cursor of the Plugins tab, and installing another one.

use crate::app::App;
use crate::app::commands::Readiness;
use crate::app::detail::Tab;
use crate::app::dialog::Dialog;
use crate::app::dialog::api::ApiConsole;
use crate::app::dialog::confirm::{Act, Confirm};
use crate::app::form::{Form, FormKind, PluginForm, Refusal, Stage};
use crate::app::update::{Effects, forms, perform_on};
use crate::app::{Effect, Fetch};
use crate::domain::{Failure, HostId, Plugin, PluginRequest, Privilege, RawRequest};

/// The plugin under the cursor.
fn selected(app: &App) -> Option<&Plugin> {
    let detail = &app.host().detail;
    detail.plugins.selected().filter(|_| detail.shown_tab() == Some(Tab::Plugins))
}

/// What the engine has built in is always there.
fn installed(app: &App) -> Result<(&Plugin, bool), std::borrow::Cow<'static, str>> {
    let plugin = selected(app).ok_or("no plugin is selected")?;
    match plugin.enabled {
        Some(enabled) => Ok((plugin, enabled)),
        None => Err(format!("{} comes with the engine", plugin.name).into()),
    }
}

pub fn is_installed(app: &App) -> Readiness {
    installed(app).map(drop)
}

pub fn can_enable(app: &App) -> Readiness {
    let (_, enabled) = installed(app)?;
    if enabled { Err("it is enabled already".into()) } else { Ok(()) }
}

pub fn can_disable(app: &App) -> Readiness {
    let (_, enabled) = installed(app)?;
    if enabled { Ok(()) } else { Err("it is disabled already".into()) }
}

pub fn can_set(app: &App) -> Readiness {
    let (plugin, enabled) = installed(app)?;
    match (enabled, plugin.settings.is_empty()) {
        (true, _) => Err("it is enabled: disable it first".into()),
        (false, true) => Err("nothing of it can be changed".into()),
        (false, false) => Ok(()),
    }
}

pub fn can_upgrade(app: &App) -> Readiness {
    let (_, enabled) = installed(app)?;
    if enabled { Err("it is enabled: disable it first".into()) } else { Ok(()) }
}

pub fn install(app: &mut App, effects: &mut Effects) {
    forms::open(app, FormKind::Plugin(PluginForm::Install), effects);
}

pub fn upgrade(app: &mut App, effects: &mut Effects) {
    let Some(plugin) = selected(app) else { return };
    let name = plugin.name.clone();
    // The engine writes where it was installed from in full.
    let reference = plugin.reference.strip_prefix("docker.io/").unwrap_or(&plugin.reference);
    let reference = if reference.is_empty() { name.clone() } else { reference.into() };
    forms::open(app, FormKind::Plugin(PluginForm::Upgrade { name, reference }), effects);
}

pub fn set(app: &mut App, effects: &mut Effects) {
    let Some(plugin) = selected(app) else { return };
    let (name, settings) = (plugin.name.clone(), plugin.settings.clone());
    forms::open(app, FormKind::Plugin(PluginForm::Set { name, settings }), effects);
}

pub fn enable(app: &mut App, effects: &mut Effects) {
    let Some(name) = selected(app).map(|plugin| plugin.name.clone()) else { return };
    let host = app.host().id.clone();
    perform_on(app, &host, vec![PluginRequest::Enable { name }.into()], effects);
}

pub fn disable(app: &mut App, _: &mut Effects) {
    let Some(name) = selected(app).map(|plugin| plugin.name.clone()) else { return };
    ask(app, Act::DisablePlugin(name));
}

pub fn remove(app: &mut App, _: &mut Effects) {
    let Some(name) = selected(app).map(|plugin| plugin.name.clone()) else { return };
    ask(app, Act::RemovePlugin(name));
}

fn ask(app: &mut App, act: Act) {
    let confirm = Confirm::new(app.host(), act);
    app.dialogs.push(Dialog::Confirm(Box::new(confirm)));
}

/// Asks the engine for all there is, in the API console, where it folds.
pub fn inspect(app: &mut App, _: &mut Effects) {
    let Some(plugin) = selected(app) else { return };
    let line = format!("GET /plugins/{}/json", plugin.name);
    let Ok(request) = RawRequest::parse(&line, "") else { return };
    let mut console = ApiConsole::new(app.host().id.clone(), &line);
    console.wait_for(app.api_book.number(request), app.now);
    app.dialogs.push(Dialog::Api(Box::new(console)));
}

/// Asks what the plugin of a form wants to be allowed; the form waits for that.
pub fn ask_for_privileges(app: &mut App, mut form: Box<Form>, reference: String, effects: &mut Effects) {
    form.stage = Stage::Asking { reference: reference.clone() };
    form.refusal = None;
    effects.push(Effect::Fetch { host: form.host.clone(), fetch: Fetch::Privileges { reference } });
    app.dialogs.push(Dialog::Form(form));
}

/// What a plugin wants to be allowed came: it is shown, and asked whether that is agreed to.
pub fn take_privileges(app: &mut App, id: &HostId, reference: &str, told: Result<Vec<Privilege>, Failure>) {
    let waits = |form: &Form| {
        form.host == *id && matches!(&form.stage, Stage::Asking { reference: asked } if asked == reference)
    };
    // Whoever closed the form does not want it any more.
    let place = app.dialogs.iter().position(|dialog| matches!(dialog, Dialog::Form(form) if waits(form)));
    let Some(place) = place else { return };
    let Some(Dialog::Form(form)) = app.dialogs.get_mut(place) else { return };
    form.stage = Stage::Editing;
    let (FormKind::Plugin(kind), Some(host)) = (&form.kind, app.hosts.get(id)) else { return };
    match told {
        Err(failure) => {
            form.refusal = Some(Refusal { doing: format!("Asking what {reference} wants to be allowed"), failure });
        }
        Ok(privileges) => {
            let notes = notes(&privileges);
            let requests = vec![form.plugin_request(kind, privileges)];
            let confirm = Confirm::new(host, Act::Plain { requests, notes });
            // What was typed is there when the form is opened again, until it is installed.
            if let Dialog::Form(form) = app.dialogs.remove(place) {
                app.drafts.keep(*form);
            }
            app.dialogs.push(Dialog::Confirm(Box::new(confirm)));
        }
    }
}

fn notes(privileges: &[Privilege]) -> Vec<String> {
    match privileges {
        [] => vec!["Its registry tells of nothing that it wants to be allowed.".to_owned()],
        some => {
            let head = "It wants to be allowed on the engine's machine:".to_owned();
            std::iter::once(head).chain(some.iter().map(|one| format!("· {}", one.sentence()))).collect()
        }
    }
}
