//! Commands about saved hosts: their form, a trial, removing, the default, taking over what was found.

use crate::app::commands::Readiness;
use crate::app::dialog::Dialog;
use crate::app::dialog::question::{Consent, Question};
use crate::app::effect::Tried;
use crate::app::form::ProfileOrigin;
use crate::app::update::Effects;
use crate::app::update::profiles::{attempt, blank, is_saved, open, profile_of};
use crate::app::{App, Effect};
use crate::config::edit::ProfileEdit;
use crate::config::{HostProfile, KnownHost};
use crate::domain::Endpoint;
use std::borrow::Cow;

const NO_HOST: Cow<'static, str> = Cow::Borrowed("no host is selected");

pub fn has_host(app: &App) -> Readiness {
    if app.known_host().is_some() { Ok(()) } else { Err(NO_HOST) }
}

/// Whether one of those that are meant is in the config file.
pub fn has_saved(app: &App) -> Readiness {
    has_host(app)?;
    if targets(app).into_iter().any(is_saved) { Ok(()) } else { Err(unsaved(app)) }
}

/// Whether the selected host is in the config file.
pub fn is_selected_saved(app: &App) -> Readiness {
    match app.known_host() {
        None => Err(NO_HOST),
        Some(known) if is_saved(known) => Ok(()),
        Some(_) => Err(unsaved(app)),
    }
}

/// Whether the config file can name the selected host.
pub fn can_be_default(app: &App) -> Readiness {
    match app.known_host() {
        None => Err(NO_HOST),
        Some(known) if known.name.as_str().contains("://") => {
            Err(format!("{} has an address and no name; import it first", known.name).into())
        }
        Some(_) => Ok(()),
    }
}

/// Why a host that was found cannot be changed, and what to do.
fn unsaved(app: &App) -> Cow<'static, str> {
    let Some(known) = app.known_host() else { return NO_HOST };
    format!("{} is not saved, it comes from {}; import it first", known.name, known.source.name()).into()
}

/// Whether one of those that are meant can be saved as it was found.
pub fn has_found(app: &App) -> Readiness {
    has_host(app)?;
    let mut found = targets(app).into_iter().filter(|known| !is_saved(known)).map(profile_of).peekable();
    match found.peek() {
        None => Err("it is saved already".into()),
        Some(Err(failure)) => Err(failure.sentence.clone().into()),
        Some(Ok(_)) => Ok(()),
    }
}

pub fn can_test(app: &App) -> Readiness {
    match app.known_host() {
        None => Err(NO_HOST),
        Some(known) => known.endpoint.as_ref().map(drop).map_err(|failure| failure.sentence.clone().into()),
    }
}

pub fn add(app: &mut App, _: &mut Effects) {
    open(app, ProfileOrigin::New, &blank(), None);
}

/// `:add-host`, with an address that is known already.
pub fn add_typed(app: &mut App, address: &str, _: &mut Effects) -> Result<(), String> {
    if !address.is_empty() {
        address.parse::<Endpoint>().map_err(|failure| failure.to_string())?;
    }
    open(app, ProfileOrigin::New, &HostProfile { url: address.to_owned(), ..blank() }, None);
    Ok(())
}

/// The form of a saved host; of one that is not saved, the form to save it.
pub fn edit(app: &mut App, effects: &mut Effects) {
    let Some(known) = app.known_host() else { return };
    match known.profile.clone().filter(|_| is_saved(known)) {
        Some(profile) => open(app, ProfileOrigin::Saved(profile.name.clone()), &profile, None),
        None => import_one(app, effects),
    }
}

pub fn duplicate(app: &mut App, _: &mut Effects) {
    let Some(known) = app.known_host() else { return };
    let Some(profile) = known.profile.clone().or_else(|| profile_of(known).ok()) else { return };
    let copy = HostProfile { name: free_name(app, &profile.name), ..profile.clone() };
    open(app, ProfileOrigin::Copy(profile.name), &copy, None);
}

/// `prod-2` where there is a `prod`.
fn free_name(app: &App, name: &str) -> String {
    let taken = |wanted: &str| app.roster.iter().any(|known| known.name.as_str() == wanted);
    let most = app.roster.len() + 2;
    (2..=most).map(|number| format!("{name}-{number}")).find(|wanted| !taken(wanted)).unwrap_or_default()
}

/// Takes over what was found: one host in its form, several at once. Those that need a second look are left for their
/// form.
pub fn import(app: &mut App, effects: &mut Effects) {
    let found: Vec<&KnownHost> = targets(app).into_iter().filter(|known| !is_saved(known)).collect();
    if found.len() < 2 {
        return import_one(app, effects);
    }
    let is_plain = |known: &&KnownHost| known.endpoint.as_ref().is_ok_and(|endpoint| !endpoint.is_unverified());
    let is_named = |known: &&KnownHost| !known.name.as_str().contains("://");
    let (plain, odd): (Vec<&KnownHost>, Vec<&KnownHost>) =
        found.into_iter().partition(|known| is_plain(known) && is_named(known));
    let profiles: Vec<HostProfile> = plain.into_iter().filter_map(|known| profile_of(known).ok()).collect();
    let odd: Vec<&str> = odd.into_iter().map(|known| known.name.as_str()).collect();
    let left = (!odd.is_empty()).then(|| format!("Import {} alone: there is something to look at", odd.join(", ")));
    if profiles.is_empty() {
        return import_one(app, effects);
    }
    app.board.list.clear_marks();
    let now = app.now;
    left.into_iter().for_each(|words| app.notices.warn(now, words));
    effects.push(Effect::EditProfiles(ProfileEdit::Import(profiles)));
}

fn import_one(app: &mut App, _: &mut Effects) {
    let found = targets(app).into_iter().find(|known| !is_saved(known));
    let Some(known) = found.or(app.known_host()) else { return };
    let (name, from) = (known.name.to_string(), known.source.name());
    match profile_of(known) {
        Ok(profile) => {
            let unverified = known.endpoint.as_ref().is_ok_and(Endpoint::is_unverified);
            let warning = if unverified {
                " It takes any certificate; a saved host does not, so name the engine's CA."
            } else {
                ""
            };
            let word =
                format!("{name} is not saved yet: it comes from {from}. Saved, it can be changed here.{warning}");
            open(app, ProfileOrigin::Found(name), &profile, Some(word));
        }
        Err(failure) => {
            let now = app.now;
            app.notices.fail(now, &format!("Importing {name}"), &failure);
        }
    }
}

pub fn test(app: &mut App, effects: &mut Effects) {
    let Some(known) = app.known_host() else { return };
    let name = known.name.clone();
    if let Ok(endpoint) = known.endpoint.clone() {
        attempt(app, name.to_string(), Tried::Known(name, endpoint), effects);
    }
}

pub fn remove(app: &mut App, _: &mut Effects) {
    let saved = targets(app).into_iter().filter(|known| is_saved(known));
    let names: Vec<String> = saved.map(|known| known.name.to_string()).collect();
    let (title, they, above) = match names.as_slice() {
        [one] => (format!("Remove host {one}?"), format!("{one} is"), "it"),
        several => (format!("Remove {} hosts?", several.len()), format!("{} are", several.join(", ")), "them"),
    };
    let place = match &app.profiles_file {
        Some(file) => format!("{they} taken out of {file}. The comments above {above} stay."),
        None => format!("{they} taken off the list for as long as the demo runs; no file is written."),
    };
    let nothing = "Nothing changes on the engine: containers, images and volumes stay as they are.".to_owned();
    let consent = Consent::Effect(Effect::EditProfiles(ProfileEdit::Remove(names)));
    app.dialogs.push(Dialog::Question(Question::new(title, vec![place, nothing], "Remove", consent)));
}

/// Makes the selected host the default, or no host where it is that.
pub fn default(app: &mut App, effects: &mut Effects) {
    let Some(known) = app.known_host() else { return };
    let name = known.name.to_string();
    let is_it = app.settings.default_host.as_ref() == Some(&name);
    effects.push(Effect::EditProfiles(ProfileEdit::SetDefault(Some(name).filter(|_| !is_it))));
}

/// The marked hosts, else the selected one.
fn targets(app: &App) -> Vec<&KnownHost> {
    let keys = app.board.list.targets();
    keys.iter().filter_map(|key| app.roster.iter().find(|known| known.name.as_str() == &**key)).collect()
}
