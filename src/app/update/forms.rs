//! Forms and the engine: opening, submitting, what came of it.

use super::{Effects, answers, build, console, log_range, log_save, perform_on, profiles, refresh};
use crate::app::command::{events, plugins};
use crate::app::dialog::Dialog;
use crate::app::dialog::confirm::{self, Confirm};
use crate::app::effect::Tried;
use crate::app::form::{Act, Form, FormAnswer, FormKind, Name, Origin, Stage, Then};
use crate::app::jobs::Batch;
use crate::app::msg::TemplateUse;
use crate::app::view::View;
use crate::app::{App, Effect};
use crate::domain::{
    ContainerId, ContainerSpec, Failure, HostId, ImageRequest, Limits, Request, Target, parse_environment_file,
};

/// Opens a form, or brings its draft back.
pub fn open(app: &mut App, kind: FormKind, effects: &mut Effects) {
    if !reopen(app, &kind, effects) {
        let form = Form::new(app.host(), kind);
        show(app, form, effects);
    }
}

/// Opens a form with a text in one of its fields: typed elsewhere, it counts as typed here. No text opens it as it is.
pub fn open_with(app: &mut App, kind: FormKind, name: Name, text: &str, effects: &mut Effects) {
    open(app, kind, effects);
    if let Some(Dialog::Form(form)) = app.dialogs.last_mut()
        && !text.is_empty()
        && form.stage == Stage::Editing
        && let Some(field) = form.field_mut(name)
    {
        field.set(text);
    }
}

/// Brings back what was typed into this form before; false when nothing was.
pub fn reopen(app: &mut App, kind: &FormKind, effects: &mut Effects) -> bool {
    let host = app.host().id.clone();
    let Some(mut form) = app.drafts.take(&host, kind) else { return false };
    form.look_again();
    app.dialogs.push(Dialog::Form(Box::new(form)));
    ask_for_names(app, kind, effects);
    true
}

/// Opens a form that was made ready.
pub fn show(app: &mut App, form: Form, effects: &mut Effects) {
    let kind = form.kind.clone();
    app.dialogs.push(Dialog::Form(Box::new(form)));
    ask_for_names(app, &kind, effects);
}

/// What is offered in a form must be known for that.
fn ask_for_names(app: &mut App, kind: &FormKind, effects: &mut Effects) {
    let views: &[View] = match kind {
        FormKind::Create(_) => &[View::Images, View::Networks, View::Volumes],
        FormKind::Pull | FormKind::Build | FormKind::Tag { .. } | FormKind::Image(_) => &[View::Images],
        FormKind::Storage(_) => &[View::Networks, View::Volumes],
        FormKind::Rename(_)
        | FormKind::Update(_)
        | FormKind::Exec(_)
        | FormKind::Kill(_)
        | FormKind::SaveLog(_)
        | FormKind::SaveEvents
        | FormKind::File(_)
        | FormKind::LogRange(_)
        | FormKind::Plugin(_)
        | FormKind::Login(_)
        | FormKind::Repository(_)
        | FormKind::Profile(_) => &[],
    };
    for view in views {
        let host = app.host();
        if host.is_live() && host.freshness(*view).at.is_none() {
            refresh(app, *view, effects);
        }
    }
}

/// Does what the form on top wants.
pub fn follow(app: &mut App, answer: FormAnswer, effects: &mut Effects) {
    let Some(Dialog::Form(mut form)) = app.dialogs.pop() else { return };
    match answer {
        FormAnswer::Keep => app.drafts.keep(*form),
        FormAnswer::Submit => submit(app, form, effects),
        FormAnswer::PullFirst => {
            if let Stage::Offering { reference } = &form.stage {
                let request = Request::Image(ImageRequest::pull(reference.clone()));
                if let Some(job) = perform_on(app, &form.host, vec![request], effects) {
                    form.begin(job, Then::Create);
                }
            }
            app.dialogs.push(Dialog::Form(form));
        }
        FormAnswer::Abandon => {
            let job = form.job();
            app.dialogs.push(Dialog::Form(form));
            if let Some(job) = job {
                answers::cancel(app, job, effects);
            }
        }
        FormAnswer::Try => {
            let profile = form.profile();
            let is_right = |name| form.field(name).is_some_and(|field| field.error.is_none() || field.hidden);
            let wrong =
                [Name::Address, Name::Ca, Name::Certificate, Name::Key].into_iter().find(|name| !is_right(*name));
            let missing = profile.url.is_empty().then_some(Name::Address);
            match wrong.or(missing) {
                // What is wrong there stands beside it.
                Some(name) => {
                    form.focus_on(name);
                    if let Some(empty) = form.field_mut(name).filter(|field| field.error.is_none()) {
                        empty.error = Some("Say where the host is: its address.".to_owned());
                    }
                    app.dialogs.push(Dialog::Form(form));
                }
                None => {
                    let name = if profile.name.is_empty() { profile.url.clone() } else { profile.name.clone() };
                    app.dialogs.push(Dialog::Form(form));
                    profiles::attempt(app, name, Tried::Typed(Box::new(profile)), effects);
                }
            }
        }
        FormAnswer::LoadFile(path) => {
            app.dialogs.push(Dialog::Form(form));
            effects.push(Effect::ReadFile(path));
        }
    }
}

fn submit(app: &mut App, mut form: Box<Form>, effects: &mut Effects) {
    form.attempted = true;
    if form.hindrance(app.host()).is_some() {
        let mut shown = form.fields.iter().filter(|field| !field.hidden);
        if let Some(wrong) = shown.find(|field| field.error.is_some()).map(|field| field.ask.name) {
            form.focus_on(wrong);
        } else if form.field(Name::Image).is_some_and(|field| field.current().trim().is_empty()) {
            form.focus_on(Name::Image);
        } else if form.is_profile() {
            let is_empty = |name| form.field(name).is_some_and(|field| field.current().trim().is_empty());
            form.focus_on(if is_empty(Name::Name) { Name::Name } else { Name::Address });
        }
        app.dialogs.push(Dialog::Form(form));
        return;
    }
    match form.act() {
        Act::Send(requests) => {
            if let Some(job) = perform_on(app, &form.host, requests, effects) {
                form.begin(job, Then::Close);
            }
            app.dialogs.push(Dialog::Form(form));
        }
        // Should it fail, what was typed is there when the form is opened again.
        Act::Console(effect) => {
            effects.push(effect);
            app.drafts.keep(*form);
        }
        Act::Save(edit) => {
            form.stage = Stage::Saving;
            form.refusal = None;
            effects.push(Effect::EditProfiles(edit));
            app.dialogs.push(Dialog::Form(form));
        }
        Act::Build(spec) => build::submit(app, form, spec, effects),
        Act::Walk(path) => crate::app::command::registries::walk(app, path),
        Act::SaveLog(lines) => log_save::submit(app, form, lines, effects),
        Act::SaveEvents { path, as_json } => events::submit(app, &form.host, path, as_json, effects),
        Act::ReadLog { since, until } => log_range::submit(app, form, since.as_ref(), until.as_ref()),
        Act::Session(container, session) => {
            console::open(app, container, session, effects);
            app.drafts.keep(*form);
        }
        Act::Aside(requests) => {
            perform_on(app, &form.host, requests, effects);
        }
        Act::Privileges { reference } => plugins::ask_for_privileges(app, form, reference, effects),
        Act::Ask(request) => {
            let confirm = Confirm::new(app.host(), confirm::Act::Plain { requests: vec![request], notes: Vec::new() });
            app.dialogs.push(Dialog::Confirm(Box::new(confirm)));
        }
        Act::Kill(signal) => {
            let act = confirm::Act::Kill { targets: form.kind.targets().to_vec(), signal };
            let confirm = Confirm::new(app.host(), act);
            app.dialogs.push(Dialog::Confirm(Box::new(confirm)));
        }
    }
}

/// A batch of requests ended: the form that waits for it closes, goes on, or shows what the engine said.
pub fn ended(app: &mut App, id: &HostId, batch: &Batch, effects: &mut Effects) {
    let Some((form, on_screen)) = waiting(app, id, batch) else { return };
    if let Some((request, failure)) = batch.failures().next() {
        form.refused(request, failure);
        // What stands in the form need not stand at the foot as well; the list of messages has it.
        if on_screen {
            app.notices.dismiss();
        }
        return;
    }
    let Stage::Working { job, then } = form.stage else { return };
    match then {
        Then::Create => {
            let requests = form.requests();
            let job = perform_on(app, id, requests, effects);
            if let (Some(job), Some((form, _))) = (job, waiting(app, id, batch)) {
                form.begin(job, Then::Close);
            }
        }
        Then::Close => {
            let created = matches!(form.kind, FormKind::Create(_));
            app.dialogs
                .retain(|dialog| !matches!(dialog, Dialog::Form(form) if form.host == *id && form.job() == Some(job)));
            app.drafts.forget(id, job);
            if created && on_screen {
                crate::app::command::anywhere::show(app, View::Containers);
            }
        }
    }
}

/// The form that waits for a batch, and whether it is on screen.
fn waiting<'a>(app: &'a mut App, id: &HostId, batch: &Batch) -> Option<(&'a mut Form, bool)> {
    let job = batch.id();
    let shown = app.dialogs.iter_mut().find_map(|dialog| match dialog {
        Dialog::Form(form) => Some(&mut **form).filter(|form| form.host == *id && form.job() == Some(job)),
        _ => None,
    });
    match shown {
        Some(form) => Some((form, true)),
        None => app.drafts.waiting(id, job).map(|form| (form, false)),
    }
}

/// A container's configuration came that a form opens with.
pub fn template(
    app: &mut App,
    container: &ContainerId,
    spec: &ContainerSpec,
    purpose: TemplateUse,
    effects: &mut Effects,
) {
    // Whoever went on to something else meanwhile must not have a form thrown over it.
    if !app.dialogs.is_empty() || app.prompt.is_some() {
        return;
    }
    let host = app.host();
    let form = match purpose {
        TemplateUse::CopyRunCommand => return,
        TemplateUse::CreateAnother => Form::another(host, Origin::Container(container.clone()), spec),
        TemplateUse::Update => {
            let Some(row) = host.container(container) else { return };
            let kind = FormKind::Update(vec![Target::new(row.id.clone(), row.name.clone())]);
            let limits = Limits { restart: Some(spec.restart), ..spec.limits.clone() };
            Form::update(host, kind, &limits)
        }
    };
    show(app, form, effects);
}

/// The file of variables came that the form on top asked for.
///
/// # Errors
/// The failure itself, when no form is there any more to show it.
pub fn file_read(app: &mut App, path: &str, text: Result<String, Failure>) -> Result<(), Failure> {
    let Some(Dialog::Form(form)) = app.dialogs.last_mut() else { return text.map(|_| ()) };
    let Some(asked) = form.field_mut(Name::EnvironmentFile) else { return text.map(|_| ()) };
    let lines = match text.map(|text| parse_environment_file(&text)) {
        Ok(Ok(lines)) => lines,
        Ok(Err(invalid)) => {
            asked.error = Some(invalid.sentence().to_owned());
            return Ok(());
        }
        Err(failure) => {
            asked.error = Some(failure.to_string());
            return Ok(());
        }
    };
    asked.set("");
    asked.note = Some(match lines.len() {
        1 => format!("1 variable from {path}"),
        count => format!("{count} variables from {path}"),
    });
    if let Some(field) = form.field_mut(Name::Environment) {
        merge(field, &lines);
    }
    Ok(())
}

/// Adds variables; one that is there already gets the new value in its place.
fn merge(field: &mut crate::app::form::Field, lines: &[String]) {
    let key = |line: &str| line.split('=').next().unwrap_or("").trim().to_owned();
    let mut merged = field.entries();
    for line in lines {
        match merged.iter_mut().find(|known| key(known) == key(line)) {
            Some(known) => line.clone_into(known),
            None => merged.push(line.clone()),
        }
    }
    field.set(&merged.join("\n"));
}

#[cfg(test)]
mod tests;
