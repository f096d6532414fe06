//! Saved hosts: their forms, the config file that is written for them, trials of a host.

use super::Effects;
use crate::app::dialog::Dialog;
use crate::app::dialog::trial::Trial;
use crate::app::effect::Tried;
use crate::app::form::{Form, FormKind, Neighbours, Offer, ProfileOrigin, Refusal, Stage};
use crate::app::host::Link;
use crate::app::msg::{Saved, TrialId, TrialNews};
use crate::app::{App, Effect, fleet};
use crate::config::edit::ProfileEdit;
use crate::config::{Confirm, HostProfile, KnownHost, Source};
use crate::domain::{Endpoint, Failure, HostId, TlsFiles, TlsPart};

/// Opens the form of a host with what is known of it, or brings its draft back.
pub fn open(app: &mut App, origin: ProfileOrigin, known: &HostProfile, word: Option<String>) {
    let replaced = match &origin {
        ProfileOrigin::Saved(name) => Some(name.as_str()),
        ProfileOrigin::New | ProfileOrigin::Copy(_) | ProfileOrigin::Found(_) => None,
    };
    let neighbours = neighbours(app, replaced, word);
    let is_default = replaced.is_some() && app.settings.default_host.as_deref() == replaced;
    let form = match app.drafts.take(&Form::nobody(), &FormKind::Profile(origin.clone())) {
        Some(mut draft) => {
            // Other hosts may have been saved since.
            draft.neighbours = neighbours;
            draft.renew();
            draft
        }
        None => Form::host(origin, known, is_default, neighbours),
    };
    app.dialogs.push(Dialog::Form(Box::new(form)));
}

fn neighbours(app: &App, replaced: Option<&str>, word: Option<String>) -> Neighbours {
    let names = app.settings.hosts.iter().map(|host| host.name.clone());
    Neighbours {
        taken: names.filter(|name| Some(name.as_str()) != replaced).collect(),
        addresses: addresses(&app.roster),
        file: app.profiles_file.clone(),
        word,
        looked: Vec::new(),
    }
}

/// What an address may be: a beginning of each kind, then every place that is known.
fn addresses(roster: &[KnownHost]) -> Vec<Offer> {
    let offer = |text: String, detail: &str| Offer { text, detail: detail.to_owned() };
    let mut offers = vec![
        offer("ssh://".to_owned(), "user@host, by way of ssh"),
        offer("tcp://".to_owned(), "host:port, TLS or not"),
        offer("https://".to_owned(), "host:port, TLS"),
        offer("unix:///var/run/docker.sock".to_owned(), "this machine's"),
    ];
    for known in roster {
        let Ok(endpoint) = &known.endpoint else { continue };
        let text = match endpoint {
            Endpoint::Demo => continue,
            Endpoint::Tls { .. } => url_of(endpoint),
            Endpoint::Unix(_) | Endpoint::Tcp { .. } | Endpoint::Ssh { .. } => endpoint.to_string(),
        };
        if offers.iter().all(|offer| offer.text != text) {
            offers.push(offer(text, &format!("{}, {}", known.name, known.source.name())));
        }
    }
    offers
}

/// As a profile says it.
fn url_of(endpoint: &Endpoint) -> String {
    match endpoint {
        Endpoint::Tls { identity, .. } if *identity != TlsFiles::default() => {
            endpoint.to_string().replacen("https://", "tcp://", 1)
        }
        Endpoint::Unix(_) | Endpoint::Tcp { .. } | Endpoint::Tls { .. } | Endpoint::Ssh { .. } | Endpoint::Demo => {
            endpoint.to_string()
        }
    }
}

/// The profile that a host which was found would have; a failure where its address cannot be used.
pub fn profile_of(known: &KnownHost) -> Result<HostProfile, Failure> {
    let endpoint = known.endpoint.clone()?;
    let name = known.name.as_str();
    // A host that is called by its address has no name of its own.
    let name = if name.contains("://") { endpoint.machine().unwrap_or("local") } else { name };
    let tls = match &endpoint {
        Endpoint::Tls { identity, .. } => Some(identity.clone()).filter(|files| *files != TlsFiles::default()),
        Endpoint::Unix(_) | Endpoint::Tcp { .. } | Endpoint::Ssh { .. } | Endpoint::Demo => None,
    };
    Ok(HostProfile {
        name: name.to_owned(),
        url: url_of(&endpoint),
        color: None,
        read_only: false,
        confirm: Confirm::Button,
        tls,
    })
}

/// A profile of which nothing is known.
pub fn blank() -> HostProfile {
    let (name, url) = (String::new(), String::new());
    HostProfile { name, url, color: None, read_only: false, confirm: Confirm::Button, tls: None }
}

/// Asks for the files that the form on top names and nobody has looked at.
pub fn look(app: &mut App, effects: &mut Effects) {
    if let Some(Dialog::Form(form)) = app.dialogs.last_mut()
        && form.is_profile()
    {
        let files = form.files_to_look_at().into_iter();
        effects.extend(files.map(|(part, path)| Effect::LookAtFile { part, path }));
    }
}

pub fn file_looked(app: &mut App, part: TlsPart, path: &str, found: &Result<(), Failure>) {
    for dialog in &mut app.dialogs {
        if let Dialog::Form(form) = dialog
            && form.is_profile()
        {
            form.file_looked(part, path, found.as_ref().err().map(|failure| failure.sentence.clone()));
        }
    }
}

/// The saved hosts were changed, or not: the form that waits for it closes or says why.
pub fn edited(app: &mut App, edit: &ProfileEdit, result: Result<Saved, Failure>, effects: &mut Effects) {
    match result {
        Ok(saved) => {
            app.dialogs.retain(|dialog| !matches!(dialog, Dialog::Form(form) if form.stage == Stage::Saving));
            app.drafts.forget_saved();
            let now = app.now;
            let kept = if app.profiles_file.is_some() { "" } else { " for as long as the demo runs" };
            app.notices.say(now, format!("{}{kept}", told(edit)));
            // After that: what follows from it for the host on screen is the word to read.
            take(app, edit, saved, effects);
        }
        Err(failure) => {
            let waiting = app.dialogs.iter_mut().find_map(|dialog| match dialog {
                Dialog::Form(form) if form.stage == Stage::Saving => Some(&mut **form),
                _ => None,
            });
            if let Some(form) = waiting {
                form.stage = Stage::Editing;
                form.refusal = Some(Refusal { doing: doing(edit), failure });
                return;
            }
            if let Some(form) = app.drafts.saving() {
                form.stage = Stage::Editing;
            }
            let now = app.now;
            app.notices.fail(now, &doing(edit), &failure);
        }
    }
}

fn take(app: &mut App, edit: &ProfileEdit, saved: Saved, effects: &mut Effects) {
    app.settings.hosts = saved.hosts;
    app.settings.default_host = saved.default_host;
    if let ProfileEdit::Save { profile, replaces: Some(old), .. } = edit
        && *old != profile.name
    {
        rename(app, &HostId::new(old), &HostId::new(&profile.name));
    }
    fleet::take_roster(app, saved.roster, effects);
    if let Some(name) = edit.saves().first() {
        app.board.list.select_when_shown(HostId::new(*name).key());
    }
}

/// Gives a host that is connected its new name: all that is known of it stays, and its line is made anew under that name.
fn rename(app: &mut App, old: &HostId, new: &HostId) {
    // A host that was found may be called so; what is to be done with both, the roster read anew says.
    if app.hosts.get(new).is_some() {
        return;
    }
    if let Some(known) = app.roster.iter_mut().find(|known| known.name == *old) {
        known.name = new.clone();
    }
    let now = app.now;
    if app.hosts.get(old).is_some()
        && let Some(host) = app.hosts.get_mut(old)
    {
        host.former_ids.push(std::mem::replace(&mut host.id, new.clone()));
        host.link = Link::Connecting { since: now, tried: Vec::new() };
    }
}

/// `Saved prod`
fn told(edit: &ProfileEdit) -> String {
    match edit {
        ProfileEdit::Save { profile, .. } => format!("Saved {}", profile.name),
        ProfileEdit::Import(profiles) => format!("Saved {}", counted(profiles.len(), || edit.saves().join(", "))),
        ProfileEdit::Remove(names) => format!("Removed {}", counted(names.len(), || names.join(", "))),
        ProfileEdit::SetDefault(Some(name)) => format!("{name} is the default host"),
        ProfileEdit::SetDefault(None) => "No host is the default".to_owned(),
    }
}

/// `Saving prod`
fn doing(edit: &ProfileEdit) -> String {
    match edit {
        ProfileEdit::Save { profile, .. } => format!("Saving {}", profile.name),
        ProfileEdit::Import(profiles) => format!("Saving {}", counted(profiles.len(), || edit.saves().join(", "))),
        ProfileEdit::Remove(names) => format!("Removing {}", counted(names.len(), || names.join(", "))),
        ProfileEdit::SetDefault(_) => "Changing the default host".to_owned(),
    }
}

fn counted(count: usize, names: impl Fn() -> String) -> String {
    if count > 3 { format!("{count} hosts") } else { names() }
}

/// Connects to a host on trial and shows each step.
pub fn attempt(app: &mut App, name: String, tried: Tried, effects: &mut Effects) {
    let trial = TrialId(app.next_job);
    app.next_job += 1;
    app.dialogs.push(Dialog::Trial(Trial::new(trial, name, app.now)));
    effects.push(Effect::Try { trial, tried });
}

/// Something was told of a trial; one that nobody waits for any more is not listened to.
pub fn trial(app: &mut App, id: TrialId, news: TrialNews) {
    let trials = app.dialogs.iter_mut().filter_map(|dialog| match dialog {
        Dialog::Trial(trial) => Some(trial),
        _ => None,
    });
    if let Some(trial) = { trials }.find(|trial| trial.id == id) {
        trial.take(news);
    }
}

/// Whether a host is the config file's.
pub fn is_saved(known: &KnownHost) -> bool {
    known.source == Source::Profile
}

#[cfg(test)]
mod tests;
