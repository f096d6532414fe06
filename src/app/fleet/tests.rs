//! Hosts come, change and go; the one on screen is never replaced without a word.

use super::*;
use crate::app::fixture::{NOW, app, keys, told};
use crate::app::msg::Saved;
use crate::app::{HostMsg, Msg, Subscription, subscriptions, update};
use crate::config::edit::ProfileEdit;
use crate::config::{ColorSpec, HostProfile};
use pretty_assertions::assert_eq;

fn profile(name: &str, address: &str) -> KnownHost {
    let profile = HostProfile {
        name: name.into(),
        url: address.into(),
        color: Some(ColorSpec::Name("red")),
        read_only: true,
        confirm: Confirm::Name,
        tls: None,
    };
    let name = HostId::new(name);
    KnownHost { name, source: Source::Profile, endpoint: address.parse(), profile: Some(profile), is_default: false }
}

/// The host `local` of the fixture, which no file names, and these profiles.
fn app_with(roster: &[KnownHost]) -> App {
    let mut app = app();
    app.set_roster(roster.to_vec());
    app
}

fn names(app: &App) -> Vec<&str> {
    app.roster.iter().map(|known| known.name.as_str()).collect()
}

fn lines(app: &App) -> Vec<(String, u32)> {
    let lines = subscriptions(app).into_iter().filter_map(|subscription| match subscription {
        Subscription::Link { host, revision } => Some((host.to_string(), revision)),
        _ => None,
    });
    lines.collect()
}

/// The config file was changed, and these hosts were found after it.
fn saved(app: &mut App, roster: Vec<KnownHost>) {
    let hosts = roster.iter().filter_map(|known| known.profile.clone()).collect();
    let result = Ok(Saved { hosts, default_host: None, roster });
    update(app, NOW, Msg::ProfilesEdited { edit: ProfileEdit::SetDefault(None), result });
}

#[test]
fn a_host_of_the_roster_is_shown_by_its_name_and_keeps_the_other_connected() {
    let mut app = app_with(&[profile("eu", "tcp://eu"), profile("odd", "pigeon://x")]);
    assert_eq!(names(&app), ["local", "eu", "odd"]);
    let mut effects = Vec::new();
    assert_eq!(show(&mut app, &HostId::new("eu"), &mut effects), Ok(()));
    assert_eq!((app.host().id.as_str(), app.host().confirm_by_name), ("eu", true));
    assert_eq!(app.host().read_only.as_deref(), Some(READ_ONLY));
    assert_eq!(lines(&app), [("eu".to_owned(), 0), ("local".to_owned(), 0)]);
    assert_eq!(show(&mut app, &HostId::new("local"), &mut effects), Ok(()));
    assert!(effects.contains(&Effect::Fetch { host: HostId::new("local"), fetch: Fetch::Containers }), "{effects:?}");
    let unknown = show(&mut app, &HostId::new("ue"), &mut effects).unwrap_err();
    assert!(unknown.contains("no host “ue”") && unknown.contains("eu"), "{unknown}");
    assert!(show(&mut app, &HostId::new("odd"), &mut effects).unwrap_err().contains("pigeon"));
    assert_eq!(app.host().id.as_str(), "local");
}

#[test]
fn another_address_is_another_engine() {
    let mut app = app_with(&[profile("eu", "tcp://eu")]);
    show(&mut app, &HostId::new("eu"), &mut Vec::new()).unwrap();
    let roster = vec![KnownHost { profile: None, ..profile("eu", "tcp://eu") }, profile("us", "tcp://us")];
    saved(&mut app, roster);
    assert_eq!(lines(&app)[0], ("eu".to_owned(), 0), "the address is the same");
    assert_eq!((app.host().read_only.as_deref(), app.host().color), (None, None), "what the profile said is gone");
    assert_eq!(names(&app), ["local", "eu", "us"], "what no file names is not removed with one");
    saved(&mut app, vec![profile("eu", "tcp://eu:7")]);
    assert_eq!(lines(&app)[0], ("eu".to_owned(), 1));
    assert_eq!(app.host().endpoints[0].to_string(), "tcp://eu:7");
    saved(&mut app, vec![profile("eu", "pigeon://x")]);
    assert!(app.host().unusable.is_some() && !lines(&app).iter().any(|(name, _)| name == "eu"));
}

#[test]
fn a_host_that_is_removed_while_on_screen_is_left_with_a_word() {
    let mut app = app_with(&[profile("eu", "tcp://eu"), profile("us", "tcp://us")]);
    show(&mut app, &HostId::new("us"), &mut Vec::new()).unwrap();
    show(&mut app, &HostId::new("eu"), &mut Vec::new()).unwrap();
    saved(&mut app, Vec::new());
    assert_eq!((app.host().id.as_str(), app.place), ("local", Place::Hosts), "{:?}", names(&app));
    assert!(told(&app).contains("removed"), "{}", told(&app));
    assert_eq!(lines(&app), [("local".to_owned(), 0)]);

    let mut app = app_with(&[]);
    app.roster = vec![profile("local", "unix:///run/docker.sock")];
    saved(&mut app, Vec::new());
    assert_eq!((app.host().id.as_str(), names(&app)), ("local", vec!["local"]), "there is no other");
    assert!(told(&app).contains("until another host is chosen"), "{}", told(&app));
}

#[test]
fn the_hosts_view_is_a_list_like_any_other() {
    let mut app = app_with(&[profile("eu", "tcp://eu"), profile("us", "tcp://us")]);
    keys(&mut app, "0");
    assert_eq!(app.known_host().map(|known| known.name.as_str()), Some("local"), "it begins at the host on screen");
    keys(&mut app, "/us⏎");
    assert_eq!((app.list().len(), app.known_host().map(|known| known.name.as_str())), (1, Some("us")));
    keys(&mut app, "⏎");
    assert_eq!((app.host().id.as_str(), app.place), ("us", Place::Host));
    let lost = HostMsg::Disconnected { tried: Vec::new(), retry_in: Some(std::time::Duration::from_secs(1)) };
    update(&mut app, NOW, Msg::Host(HostId::new("us"), lost));
    keys(&mut app, "0");
    assert_eq!(app.list().len(), 1, "the filter is still there");
    keys(&mut app, "⎋");
    assert_eq!((app.list().len(), app.place), (3, Place::Hosts));
    keys(&mut app, "⎋");
    assert_eq!(app.place, Place::Host);
}

#[test]
fn a_run_that_is_read_only_is_so_on_every_host() {
    let mut free = profile("eu", "tcp://eu");
    if let Some(profile) = &mut free.profile {
        profile.read_only = false;
    }
    for (run, expected) in [(false, false), (true, true)] {
        let mut app = app_with(std::slice::from_ref(&free));
        app.read_only = run;
        show(&mut app, &HostId::new("eu"), &mut Vec::new()).unwrap();
        assert_eq!(app.host().read_only.is_some(), expected);
    }
}
