//! Stories of the detail pane: what is asked for, what is shown, what is dropped.

use super::rows::Rows;
use super::{Subject, Tab};
use crate::app::dialog::Dialog;
use crate::app::effect::{Fetch, Subscription};
use crate::app::fixture::bare_container as container;
use crate::app::host::Host;
use crate::app::keymap::Keymap;
use crate::app::layout::Pane;
use crate::app::logs::Source;
use crate::app::msg::{DetailData, DetailKey, Listed, LogPart};
use crate::app::update::Effects;
use crate::app::view::View;
use crate::app::{App, Beat, Effect, HostMsg, Msg, subscriptions, update};
use crate::config::Settings;
use crate::domain::{
    ChangeKind, ContainerId, Endpoint, EngineEvent, Failure, FailureKind, FileChange, HostId, Labels, LogChunk,
    LogQuery, LogStream, Processes, State, Time,
};
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use serde_json::json;
use std::time::Duration;

const START: Time = Time(1_763_000_000_000_000_000);

fn local() -> HostId {
    HostId::new("local")
}

fn listed(state: State) -> Listed {
    let containers = vec![container("a", state), container("b", State::Running)];
    Listed { containers, round_trip: Duration::from_millis(1) }
}

/// Two containers, the first one selected, the pane in focus.
fn app() -> App {
    let host = Host::new(local(), vec![Endpoint::Demo], START);
    let mut app = App::new(Settings::default(), Keymap::new(&[]).unwrap(), host, START);
    update(&mut app, START, Msg::Resize { width: 120, height: 40 });
    tell(&mut app, HostMsg::Connected { endpoint: Endpoint::Demo, listed: listed(State::Running) });
    app.focus = Pane::Detail;
    app
}

fn tell(app: &mut App, msg: HostMsg) -> Effects {
    let now = app.now;
    update(app, now, Msg::Host(local(), msg))
}

fn keys(app: &mut App, text: &str) {
    for letter in text.chars() {
        key(app, KeyCode::Char(letter));
    }
}

fn key(app: &mut App, code: KeyCode) {
    let now = app.now;
    update(app, now, Msg::Key(KeyEvent::new(code, KeyModifiers::NONE)));
}

fn event(app: &mut App, action: &str) -> Effects {
    let event = EngineEvent {
        time: 1,
        kind: "container".into(),
        action: action.into(),
        actor: "a".into(),
        attributes: Labels::default(),
        raw: "".into(),
    };
    tell(app, HostMsg::Event(event))
}

fn log(app: &mut App, attempt: u32, part: LogPart) {
    tell(app, HostMsg::Log { container: ContainerId::new("a"), attempt, part });
}

fn lines(count: usize, from: i64) -> LogPart {
    let mut chunk = LogChunk::default();
    for index in 0..count {
        let time = from + index as i64;
        let text = if index % 10 == 3 { format!("error: {time}") } else { format!("line {time}") };
        chunk.push(LogStream::Stdout, time, text.as_bytes());
    }
    LogPart::Lines(chunk)
}

fn log_wanted(app: &App) -> Option<(ContainerId, LogQuery, u32)> {
    subscriptions(app).into_iter().find_map(|wanted| match wanted {
        Subscription::Logs { container, query, attempt, .. } => Some((container, query, attempt)),
        _ => None,
    })
}

fn detail_wanted(app: &App) -> Option<DetailKey> {
    subscriptions(app).into_iter().find_map(|wanted| match wanted {
        Subscription::Detail { key, .. } => Some(key),
        _ => None,
    })
}

fn inspected(text: &str) -> Result<DetailData, Failure> {
    Ok(DetailData::Json(Box::new(json!({"Name": text, "Config": {"Env": ["A=1"]}}))))
}

#[test]
fn what_is_asked_for_follows_the_selection_and_late_answers_are_dropped() {
    let mut app = app();
    keys(&mut app, "i");
    let first = DetailKey::InspectContainer(ContainerId::new("a"));
    assert_eq!(detail_wanted(&app), Some(first.clone()));
    app.focus = Pane::List;
    keys(&mut app, "j");
    let second = DetailKey::InspectContainer(ContainerId::new("b"));
    assert_eq!(detail_wanted(&app), Some(second.clone()));
    tell(&mut app, HostMsg::Detail(first, inspected("first")));
    assert!(app.host().detail.inspect.tree().value().is_none());
    tell(&mut app, HostMsg::Detail(second, inspected("second")));
    let tree = app.host().detail.inspect.tree().value().unwrap();
    assert!(tree.whole_text().contains("second"));
    assert_eq!(app.host().detail.env.row_count(), 1);
}

#[test]
fn a_storm_of_events_asks_once_while_an_answer_is_awaited() {
    let mut app = app();
    keys(&mut app, "i");
    let key = DetailKey::InspectContainer(ContainerId::new("a"));
    let is_asked = |effects: &Effects| {
        effects.iter().any(|effect| matches!(effect, Effect::Fetch { fetch: Fetch::Detail(_), .. }))
    };
    // The subscription's own question is on its way.
    assert!(!is_asked(&event(&mut app, "health_status: healthy")));
    assert!(is_asked(&tell(&mut app, HostMsg::Detail(key.clone(), inspected("one")))));
    assert!(!is_asked(&tell(&mut app, HostMsg::Detail(key, inspected("two")))));
    assert!(is_asked(&event(&mut app, "die")));
    assert!(!is_asked(&event(&mut app, "start")));
}

#[test]
fn a_log_goes_on_after_a_restart_a_break_and_another_tab() {
    let mut app = app();
    assert_eq!(log_wanted(&app).unwrap().2, 0);
    log(&mut app, 0, lines(5, 100));
    log(&mut app, 0, LogPart::Ended(None));
    assert_eq!(log_wanted(&app), None);
    event(&mut app, "start");
    let (_, query, attempt) = log_wanted(&app).unwrap();
    assert_eq!((query.since, query.tail, attempt), (Some(104), None, 1));
    log(&mut app, 1, lines(3, 104));
    assert_eq!(app.host().detail.logs.as_ref().unwrap().view.store().len(), 7);
    keys(&mut app, "]");
    assert_eq!(log_wanted(&app), None);
    keys(&mut app, "[");
    assert_eq!(log_wanted(&app).unwrap().1.since, Some(106));
    let gone = HostMsg::Disconnected { tried: Vec::new(), retry_in: Some(Duration::from_secs(1)) };
    tell(&mut app, gone);
    assert_eq!(log_wanted(&app), None);
    tell(&mut app, HostMsg::Connected { endpoint: Endpoint::Demo, listed: listed(State::Running) });
    let (_, query, attempt) = log_wanted(&app).unwrap();
    assert_eq!((query.since, attempt), (Some(106), 3));
    log(&mut app, 2, lines(9, 200));
    assert_eq!(app.host().detail.logs.as_ref().unwrap().view.store().len(), 7);
}

#[test]
fn a_log_is_searched_and_its_keys_work() {
    let mut app = app();
    log(&mut app, 0, lines(1_000, 0));
    log(&mut app, 0, LogPart::CaughtUp);
    keys(&mut app, "/line 45");
    key(&mut app, KeyCode::Enter);
    let view = |app: &App| {
        let logs = app.host().detail.logs.as_ref().unwrap();
        (logs.view.is_following(), logs.view.search().map(crate::app::logs::Search::count))
    };
    assert_eq!(view(&app), (false, Some(10)));
    keys(&mut app, "NnG/error");
    assert!(!view(&app).0);
    key(&mut app, KeyCode::Esc);
    // The search given up leaves the one before, and the log follows as it did.
    assert_eq!(view(&app), (true, Some(10)));
    key(&mut app, KeyCode::Esc);
    assert_eq!((view(&app).1, app.focus), (None, Pane::Detail));
    keys(&mut app, "G");
    assert!(view(&app).0);
    keys(&mut app, "E");
    let logs = app.host().detail.logs.as_ref().unwrap();
    assert_eq!(logs.view.current(), Some(993));
    keys(&mut app, "fwt");
    let logs = app.host().detail.logs.as_ref().unwrap();
    assert!(logs.view.is_following() && logs.view.is_wrapped() && logs.look().timestamps.columns() > 0);
    keys(&mut app, "3");
    let since = START.0 - 900_000_000_000;
    assert_eq!(log_wanted(&app).unwrap().1, LogQuery { tail: None, since: Some(since), until: None, follow: true });
    assert!(app.host().detail.logs.as_ref().unwrap().view.store().is_empty());
    // The look stays when another container is selected.
    app.focus = Pane::List;
    keys(&mut app, "j");
    assert!(app.host().detail.logs.as_ref().unwrap().view.is_wrapped());
}

#[test]
fn a_long_search_goes_on_at_each_beat() {
    let mut app = app();
    for part in 0..20 {
        log(&mut app, 0, lines(20_000, part * 20_000));
    }
    log(&mut app, 0, LogPart::CaughtUp);
    keys(&mut app, "/line 7");
    let wants_beat = |app: &App| {
        subscriptions(app).iter().any(|wanted| matches!(wanted, Subscription::Every { beat: Beat::Search, .. }))
    };
    assert!(wants_beat(&app));
    let mut beats = 0;
    while wants_beat(&app) && beats < 1_000 {
        let now = app.now;
        update(&mut app, now, Msg::Beat(Beat::Search));
        beats += 1;
    }
    assert!((1..1_000).contains(&beats), "{beats}");
    assert!(app.host().detail.logs.as_ref().unwrap().view.search().unwrap().count() > 9_000);
}

#[test]
fn a_failed_log_is_tried_again() {
    let mut app = app();
    log(&mut app, 0, LogPart::Ended(Some(Failure::new(FailureKind::TimedOut, "It was cut."))));
    assert_eq!(log_wanted(&app), None);
    keys(&mut app, "R");
    assert_eq!(log_wanted(&app).unwrap().2, 1);
    assert_eq!(*app.host().detail.logs.as_ref().unwrap().view.source(), Source::Waiting);
}

#[test]
fn processes_are_asked_for_while_there_are_any() {
    let mut app = app();
    app.host_mut().detail.set_tab(View::Containers, Tab::Top);
    keys(&mut app, "o");
    keys(&mut app, "aux");
    assert!(matches!(detail_wanted(&app), Some(DetailKey::Top { ps_args, .. }) if ps_args.is_empty()));
    key(&mut app, KeyCode::Enter);
    let key = DetailKey::Top { container: ContainerId::new("a"), ps_args: "aux".to_owned() };
    assert_eq!(detail_wanted(&app), Some(key.clone()));
    let answer = Processes { titles: vec!["PID".into()], rows: vec![vec!["1".into()]] };
    tell(&mut app, HostMsg::Detail(key, Ok(DetailData::Processes(answer))));
    assert_eq!(app.host().detail.top.row_count(), 1);
    tell(&mut app, HostMsg::Containers(Ok(listed(State::Exited))));
    assert_eq!(detail_wanted(&app), None);
}

#[test]
fn a_tree_is_searched_folded_and_copied() {
    let mut app = app();
    keys(&mut app, "i");
    let key_of_a = DetailKey::InspectContainer(ContainerId::new("a"));
    tell(&mut app, HostMsg::Detail(key_of_a, inspected("web")));
    keys(&mut app, "-");
    assert_eq!(app.host().detail.inspect.tree().value().unwrap().row_count(), 3);
    keys(&mut app, "/a=1");
    key(&mut app, KeyCode::Enter);
    let copyables = app.host().detail.copyables();
    assert_eq!(copyables[0], ("Value", "A=1".to_owned()));
    assert_eq!(copyables[1], ("Path", ".Config.Env[0]".to_owned()));
    keys(&mut app, "+g");
    key(&mut app, KeyCode::Enter);
    assert_eq!(app.host().detail.inspect.tree().value().unwrap().row_count(), 1);
    assert!(matches!(app.host().detail.subject(), Some(Subject::Container(_))));
}

#[test]
fn a_table_is_searched_and_its_row_copied_first() {
    let mut app = app();
    app.host_mut().detail.set_tab(View::Containers, Tab::Changes);
    let changed = |path: &str| FileChange { path: path.into(), kind: ChangeKind::Added };
    let answer = vec![changed("/etc/hosts"), changed("/var/log/a"), changed("/var/log/b")];
    tell(&mut app, HostMsg::Detail(DetailKey::Changes(ContainerId::new("a")), Ok(DetailData::Changes(answer))));
    keys(&mut app, "/log");
    key(&mut app, KeyCode::Enter);
    assert_eq!(app.host().detail.table().unwrap().look().hit_count(), 2);
    keys(&mut app, "ny");
    let Some(Dialog::Menu(menu)) = app.dialogs.last() else { panic!("no menu") };
    assert_eq!(menu.entries[0].detail, "/var/log/b");
    key(&mut app, KeyCode::Esc);
    key(&mut app, KeyCode::Esc);
    assert_eq!((app.host().detail.search_text(), app.focus), (None, Pane::Detail));
    // There is nothing to search for in a picture.
    app.host_mut().detail.set_tab(View::Containers, Tab::Stats);
    keys(&mut app, "/");
    assert!(app.prompt.is_none());
}
