//! Builds: what a form of one asks about its folder, sending it, and what the builder tells.

use super::{Effects, perform_on};
use crate::app::dialog::Dialog;
use crate::app::dialog::build_page::BuildPage;
use crate::app::form::{Form, FormKind, Then};
use crate::app::host::Host;
use crate::app::msg::{ContextSeen, JobId};
use crate::app::{App, Effect};
use crate::domain::{BuildNews, BuildSpec, HostId, Progress, Request};

/// Begins a build and shows how it goes. What was typed is kept until it went well.
pub fn submit(app: &mut App, mut form: Box<Form>, spec: Box<BuildSpec>, effects: &mut Effects) {
    let Some(job) = perform_on(app, &form.host, vec![Request::Build(spec)], effects) else { return };
    form.begin(job, Then::Close);
    app.drafts.keep(*form);
    app.dialogs.push(Dialog::Build(BuildPage::new(job)));
}

/// Asks about the folder that the form on top names, once for each that is typed.
pub fn look(app: &mut App, effects: &mut Effects) {
    let Some(Dialog::Form(form)) = app.dialogs.last_mut() else { return };
    if form.kind != FormKind::Build {
        return;
    }
    // What the engine is may be known only after the form was opened.
    form.surroundings.has_buildkit = app.hosts.get(&form.host).is_some_and(Host::has_buildkit);
    if let Some((folder, dockerfile)) = form.context_to_look_at() {
        effects.push(Effect::LookAtContext { folder, dockerfile });
    }
}

pub fn looked(app: &mut App, folder: &str, dockerfile: &str, seen: ContextSeen) {
    let forms = app.dialogs.iter_mut().filter_map(|dialog| match dialog {
        Dialog::Form(form) if form.kind == FormKind::Build => Some(form),
        _ => None,
    });
    // There is one form of this kind on screen at most.
    if let Some(form) = { forms }.next() {
        form.context_looked(folder, dockerfile, seen);
    }
}

/// Docker stops the step that runs; Podman only does no further one.
pub fn cancelled(app: &App, id: &HostId, spec: &BuildSpec) -> String {
    let facts = app.hosts.get(id).and_then(|host| host.facts.as_ref());
    match facts.is_some_and(|facts| &*facts.product == "Podman") {
        true => format!("Cancelled the build of {}: Podman still ends the step that runs", spec.title()),
        false => format!("Cancelled the build of {}: the engine stops it", spec.title()),
    }
}

/// The page has all of it, the list of jobs the step that it is at.
pub fn told(app: &mut App, id: &HostId, job: JobId, news: Vec<BuildNews>) {
    let now = app.now;
    let begun = app.builds.take(now, job, news);
    if let (Some(step), Some(host)) = (begun, app.hosts.get_mut(id)) {
        host.jobs.progress(now, job, Progress { part: "step".into(), status: step, done: 0, total: 0 });
    }
}
