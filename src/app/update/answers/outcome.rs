//! How requests ended: told in one notice a batch, and where they belong.

use super::{Effects, WORTH_TELLING};
use crate::app::form::{FormKind, PluginForm};
use crate::app::jobs::Batch;
use crate::app::msg::{JobId, TemplateUse};
use crate::app::notice::{Notice, Weight};
use crate::app::update::{build, files, forms, log_save};
use crate::app::{App, Effect};
use crate::domain::text::{counted, long_bytes};
use crate::domain::{
    ContainerId, ContainerRequest, ContainerSpec, Done, Failure, FailureKind, FileRequest, HostId, ImageFileRequest,
    ImageId, ImageRequest, LoginKeeper, NetworkRequest, PluginRequest, Request, Time, VolumeRequest,
};
use serde_json::Value;

/// Takes the outcome of one request.
pub fn take(app: &mut App, id: &HostId, job: JobId, result: Result<Done, Failure>, effects: &mut Effects) {
    let now = app.now;
    app.builds.end(now, job, &result);
    let Some(host) = app.hosts.get_mut(id) else { return };
    if let Ok(Done::Created { id, .. }) = &result {
        host.lists.containers.select_when_shown(id.key());
    }
    match &result {
        Ok(Done::VolumeMade { name }) => host.lists.volumes.select_when_shown(name.key()),
        Ok(Done::NetworkMade { id, .. }) => host.lists.networks.select_when_shown(id.key()),
        _ => {}
    }
    let Some(batch) = host.jobs.end(job, result) else { return };
    if batch.failures().next().is_none() {
        forget_plugin_drafts(app, id, &batch.request);
    }
    let Some(host) = app.hosts.get_mut(id) else { return };
    // The events will say so as well, but not every proxy lets them through.
    for fetch in super::super::refreshed_by(&batch.request, host) {
        effects.push(Effect::Fetch { host: id.clone(), fetch });
    }
    if let [(request, Err(failure))] = batch.ended.as_slice() {
        let is_asked = match failure.kind {
            FailureKind::Cancelled => false,
            kind => {
                files::ask_once_more(app, id, request, failure)
                    || (kind == FailureKind::Conflict && log_save::ask_to_replace(app, id, request))
            }
        };
        if is_asked {
            return;
        }
    }
    // Who stopped waiting was told so at once.
    if batch.total > 1 || !batch.failures().any(|(_, failure)| failure.kind == FailureKind::Cancelled) {
        let notice = summary(now, &batch);
        let text = app.told_of(id, notice.text);
        app.notices.tell(Notice { text, ..notice });
    }
    forms::ended(app, id, &batch, effects);
}

/// A plugin is installed or upgraded after a question: what was typed for it was kept until then.
fn forget_plugin_drafts(app: &mut App, id: &HostId, request: &Request) {
    match request {
        Request::Plugin(PluginRequest::Install(_)) => {
            app.drafts.drop_kind(id, |kind| matches!(kind, FormKind::Plugin(PluginForm::Install)));
        }
        Request::Plugin(PluginRequest::Upgrade { name, .. }) => app.drafts.drop_kind(
            id,
            |kind| matches!(kind, FormKind::Plugin(PluginForm::Upgrade { name: typed, .. }) if typed == name),
        ),
        _ => {}
    }
}

/// Stops waiting for a request. What the engine makes of it is seen in the lists.
pub fn cancel(app: &mut App, job: JobId, effects: &mut Effects) {
    let found = app.running_jobs().find(|(_, running)| running.id == job);
    let Some((id, request)) = found.map(|(host, job)| (host.id.clone(), job.request.clone())) else { return };
    effects.push(Effect::Cancel(job));
    let failure = Failure::new(FailureKind::Cancelled, "stopped waiting for it; the engine may still finish it");
    take(app, &id, job, Err(failure), effects);
    let now = app.now;
    let verb = request.verb().to_lowercase();
    let text = match &request {
        Request::Build(spec) => build::cancelled(app, &id, spec),
        Request::SaveLog(save) => format!("Stopped saving the log of {}: nothing was written", save.target.name),
        Request::ImageFile(ImageFileRequest::Save(save)) => {
            format!("Stopped saving {}: nothing was written", save.title())
        }
        Request::ImageFile(ImageFileRequest::Load { .. } | ImageFileRequest::Import(_)) => {
            let doing = request.doing().to_lowercase();
            format!("Stopped {doing} {}: an engine that had not all of it yet makes no image of it", request.object())
        }
        Request::SaveText(save) => format!("Stopped saving {}: nothing was written", save.what),
        Request::File(FileRequest::ImportVolume { to, .. }) => {
            format!("Stopped importing {}: no volume stays of it", to.title())
        }
        Request::File(FileRequest::Download { .. } | FileRequest::Export { .. } | FileRequest::ExportVolume { .. }) => {
            format!("Stopped {} {}: nothing was written", request.doing().to_lowercase(), request.object())
        }
        _ => format!("Stopped waiting for {} ({verb}): the engine may still finish it", request.object()),
    };
    let text = app.told_of(&id, text);
    app.notices.warn(now, text);
}

/// `Stopped web in 0.4 s`, `Removed 3 containers`, `Stopped 2 of 3 containers; web: …`.
fn summary(now: Time, batch: &Batch) -> Notice {
    let failures: Vec<(&Request, &Failure)> = batch.failures().collect();
    let went_well = batch.total - failures.len();
    let took = now.since(batch.since);
    let details = failures
        .iter()
        .map(|(request, failure)| format!("{} {}: {failure}", request.doing(), request.object()))
        .collect();
    let text = match (batch.ended.as_slice(), failures.first()) {
        ([(request, Ok(done))], _) => single(request, done, took),
        ([(request, Err(failure))], _) => {
            format!("{} {}: {}", request.doing(), request.object(), failure.sentence)
        }
        (_, None) => format!("{} {went_well} {}", batch.request.done(), batch.request.nouns()),
        (_, Some((request, failure))) => format!(
            "{} {went_well} of {} {}; {}: {}",
            batch.request.done(),
            batch.total,
            batch.request.nouns(),
            request.object(),
            failure.sentence
        ),
    };
    let weight = if failures.is_empty() { Weight::Done } else { Weight::Failure };
    Notice { at: now, weight, text, details }
}

fn single(request: &Request, done: &Done, took: std::time::Duration) -> String {
    let mut words = format!("{} {}", request.done(), request.object());
    if let Request::Container(ContainerRequest::Rename { name, .. }) = request {
        words.push_str(&format!(" to {name}"));
    } else if let Request::Network(NetworkRequest::Connect(connection)) = request {
        words.push_str(&format!(" to {}", connection.network));
    } else if let Request::Network(NetworkRequest::Disconnect { name, .. }) = request {
        words.push_str(&format!(" from {name}"));
    } else if let Request::Image(ImageRequest::Tag { new, .. }) = request {
        words.push_str(&format!(" as {new}"));
    }
    match done {
        Done::NothingToDo => format!("{} was in that state already", request.object()),
        Done::Exited { code } => format!("{} ended with exit code {code}", request.object()),
        Done::Saved { path, lines } => {
            format!("{words}: {} in {path}", counted(*lines, "line", "lines"))
        }
        Done::LoggedIn(LoginKeeper::File(path)) => {
            format!("{words}: the login is kept in {path}, encoded and not encrypted, as docker login does")
        }
        Done::LoggedIn(LoginKeeper::Helper(helper)) => format!("{words}: {helper} keeps the login"),
        Done::LoggedOut(None) => format!("No login to {} was kept", request.object()),
        Done::LoggedOut(Some(LoginKeeper::File(path))) => format!("{words}: the login was taken out of {path}"),
        Done::LoggedOut(Some(LoginKeeper::Helper(helper))) => format!("{words}: {helper} forgot the login"),
        Done::Created { warnings, .. } if !warnings.is_empty() => format!("{words}; {}", warnings.join("; ")),
        Done::ImageRemoved { deleted, .. } if deleted.is_empty() => format!("Untagged {}", request.object()),
        Done::ImageMade { id } => format!("{words} as {}", made_name(request, id)),
        Done::ImagesPruned { images: 0, names: 0, .. } => format!("{words}: there was nothing to prune"),
        Done::ImagesPruned { images, bytes, .. } => {
            format!("{words}: {} deleted, {} freed", counted(*images, "image", "images"), long_bytes(*bytes))
        }
        Done::ImagesSaved { path, bytes } => format!("{words}: {} in {path}", long_bytes(*bytes)),
        Done::Transferred { what, place, left_out } => {
            let place = if place.is_empty() { String::new() } else { format!(" in {place}") };
            let left_out = match left_out {
                0 => String::new(),
                count => format!("; {count} left out that are no files, or that lead elsewhere"),
            };
            let owner = match request {
                Request::File(FileRequest::PutBack { edit, .. }) if edit.owner.is_none() => {
                    "; it belongs to root now, as the engine did not tell whose it was"
                }
                _ => "",
            };
            format!("{words}: {what}{place}{left_out}{owner}")
        }
        Done::ImagesLoaded { names } => format!("{words}: {}", listed(names)),
        Done::NetworkMade { warning, .. } if !warning.is_empty() => format!("{words}; {warning}"),
        Done::Pruned { names, .. } if names.is_empty() => format!("{words}: there was nothing to prune"),
        Done::Pruned { names, bytes } => pruned(request, names.len(), *bytes),
        Done::VolumeMade { name } => match request {
            Request::Volume(VolumeRequest::Clone { from, .. }) => format!("Cloned {from} into {name}"),
            Request::File(FileRequest::ImportVolume { place, .. }) => format!("Imported {place} into {name}"),
            // The engine may have made up its name.
            _ => format!("{} {name}", request.done()),
        },
        Done::NetworkMade { .. }
        | Done::Changed
        | Done::Created { .. }
        | Done::Pulled { .. }
        | Done::Pushed { .. }
        | Done::Built { .. }
        | Done::ImageRemoved { .. } => {
            if took >= WORTH_TELLING {
                format!("{words} in {:.1} s", took.as_secs_f64())
            } else {
                words
            }
        }
    }
}

/// What an image that was made is called: its name, else its id.
fn made_name(request: &Request, id: &str) -> String {
    let name = if let Request::ImageFile(ImageFileRequest::Import(import)) = request {
        Some(&import.reference)
    } else if let Request::Image(ImageRequest::Commit(commit)) = request {
        Some(&commit.reference)
    } else {
        None
    };
    name.filter(|name| !name.is_empty()).cloned().unwrap_or_else(|| ImageId::new(id).short().to_owned())
}

/// Names told in a notice.
const TOLD: usize = 4;

/// `a, b and 3 more`
fn listed(names: &[String]) -> String {
    let told = names.iter().take(TOLD).map(String::as_str).collect::<Vec<_>>().join(", ");
    match names.len().saturating_sub(TOLD) {
        0 if told.is_empty() => "no image was in it".to_owned(),
        0 => told,
        more => format!("{told} and {more} more"),
    }
}

/// `Pruned 3 unused volumes, which freed 12.0 MiB`
fn pruned(request: &Request, count: usize, bytes: u64) -> String {
    let object = request.object();
    let object = if count == 1 { object.trim_end_matches('s') } else { object };
    let freed = if bytes > 0 { format!(", which freed {}", long_bytes(bytes)) } else { String::new() };
    format!("{} {count} {object}{freed}", request.done())
}

/// A console session ended: remember the shell, say how it ended.
pub fn console(
    app: &mut App,
    id: &HostId,
    container: &ContainerId,
    shell: Option<String>,
    result: Result<Option<i64>, Failure>,
) {
    let now = app.now;
    let Some(host) = app.hosts.get_mut(id) else { return };
    let row = host.container(container);
    let name = row.map_or_else(|| container.short().to_owned(), |row| row.name.to_string());
    if let (Some(shell), Some(image)) = (shell, row.map(|row| row.image_id.clone())) {
        host.shells.insert(image, shell);
    }
    match result {
        Ok(None | Some(0)) => app.notices.say(now, format!("Left {name}")),
        Ok(Some(code)) => app.notices.warn(now, format!("Left {name}; exit code {code}")),
        Err(failure) => app.notices.fail(now, &format!("Console of {name}"), &failure),
    }
}

/// A container's configuration came that was asked for to copy it.
pub fn template(
    app: &mut App,
    id: &HostId,
    container: &ContainerId,
    inspected: Result<Box<(Value, Option<Value>)>, Failure>,
    purpose: TemplateUse,
    effects: &mut Effects,
) {
    let now = app.now;
    if app.host().id != *id {
        return;
    }
    let inspected = match inspected {
        Ok(inspected) => inspected,
        Err(failure) => {
            app.notices.fail(now, &format!("Reading the configuration of {}", container.short()), &failure);
            return;
        }
    };
    let (container_json, image_json) = *inspected;
    let spec = ContainerSpec::from_inspect(&container_json, image_json.as_ref());
    match purpose {
        TemplateUse::CopyRunCommand => {
            // The clipboard gets all of it; the notice stays on screen and in the list of messages.
            app.notices.say(now, format!("Copied {}", spec.without_secrets().docker_command()));
            effects.push(Effect::Copy(spec.docker_command()));
        }
        TemplateUse::CreateAnother | TemplateUse::Update => forms::template(app, container, &spec, purpose, effects),
    }
}
