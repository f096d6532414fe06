//! Stories of forms: opened, filled in, refused, kept.

use crate::app::dialog::Dialog;
use crate::app::effect::{Effect, Session};
use crate::app::form::fixture::{NOW, app, container, press, tell};
use crate::app::form::{Focus, Form, Name, Stage};
use crate::app::msg::{HostMsg, JobId, Listed, Msg, TemplateUse};
use crate::app::view::View;
use crate::app::{App, update};
use crate::domain::{
    ContainerId, ContainerRequest, Done, Failure, FailureKind, ImageRequest, Limits, Progress, Request, RestartPolicy,
    State, Target,
};
use pretty_assertions::assert_eq;
use serde_json::json;
use std::time::Duration;

fn form(app: &App) -> &Form {
    match app.dialogs.last() {
        Some(Dialog::Form(form)) => form,
        other => panic!("no form on top: {other:?}"),
    }
}

fn text(app: &App, name: Name) -> String {
    form(app).field(name).unwrap().text()
}

/// What was sent to the engine, with the jobs.
fn sent(effects: &[Effect]) -> Vec<(JobId, Request)> {
    let orders = effects.iter().filter_map(|effect| match effect {
        Effect::Perform { order, .. } => Some((order.job, order.request.clone())),
        _ => None,
    });
    orders.collect()
}

fn only(effects: &[Effect]) -> (JobId, Request) {
    let mut sent = sent(effects);
    assert_eq!(sent.len(), 1, "{effects:?}");
    sent.remove(0)
}

fn refuse(app: &mut App, job: JobId, kind: FailureKind, words: &str) -> Vec<Effect> {
    tell(app, HostMsg::Outcome { job, result: Err(Failure::new(kind, words)) })
}

fn created(app: &mut App, job: JobId, id: &ContainerId) -> Vec<Effect> {
    tell(app, HostMsg::Outcome { job, result: Ok(Done::Created { id: id.clone(), warnings: Vec::new() }) })
}

fn id(name: &str) -> ContainerId {
    container(name, State::Running).id
}

#[test]
fn a_container_is_created_and_selected() {
    let mut app = app();
    let effects = press(&mut app, &["c", "nginx:1.27", "Enter", "api", "Ctrl-s"]);
    let (job, request) = only(&effects);
    let Request::Container(ContainerRequest::Create(spec)) = request else { panic!() };
    assert_eq!((spec.image.as_str(), spec.name.as_str(), spec.start), ("nginx:1.27", "api", true));
    assert!(matches!(form(&app).stage, Stage::Working { .. }));
    created(&mut app, job, &id("api"));
    assert!(app.dialogs.is_empty() && app.drafts.is_empty());
    let rows = vec![container("web", State::Running), container("api", State::Running)];
    tell(&mut app, HostMsg::Containers(Ok(Listed { containers: rows, round_trip: Duration::ZERO })));
    assert_eq!(app.host().selected_container().unwrap().id, id("api"));
}

#[test]
fn mistakes_are_told_as_they_are_typed_and_nothing_is_sent() {
    let mut app = app();
    press(&mut app, &["c", "nginx:1.27", "Tab", "we b"]);
    let error = form(&app).field(Name::Name).unwrap().error.clone().unwrap();
    assert!(error.contains("cannot hold"), "{error}");
    let effects = press(&mut app, &["Tab", "Ctrl-s"]);
    assert_eq!(sent(&effects), []);
    // The wrong field has the focus.
    assert_eq!(form(&app).focused().unwrap().ask.name, Name::Name);
    press(&mut app, &["Ctrl-u", "web2"]);
    assert_eq!(form(&app).field(Name::Name).unwrap().error, None);
    assert_eq!(sent(&press(&mut app, &["Ctrl-s"])).len(), 1);
}

#[test]
fn a_refusal_keeps_everything_and_shows_the_engines_words() {
    let mut app = app();
    let effects = press(&mut app, &["c", "nginx:1.27", "Enter", "web", "Ctrl-s"]);
    let words = "Conflict. The container name \"/web\" is already in use by container \"4c01db0b339c\".";
    refuse(&mut app, only(&effects).0, FailureKind::Conflict, words);
    let shown = form(&app).refusal.clone().unwrap();
    assert_eq!((shown.doing.as_str(), shown.failure.sentence.as_str()), ("Creating web", words));
    assert_eq!((text(&app, Name::Image), text(&app, Name::Name)), ("nginx:1.27".into(), "web".into()));
    assert_eq!(form(&app).focused().unwrap().ask.name, Name::Name);
    assert_eq!(form(&app).stage, Stage::Editing);
    // It stands in the form, and in the list of messages, but not at the foot as well.
    assert_eq!((app.notices.len(), app.notices.current(NOW)), (1, None));
    let effects = press(&mut app, &["2", "Ctrl-s"]);
    assert!(matches!(only(&effects).1, Request::Container(ContainerRequest::Create(spec)) if spec.name == "web2"));
}

#[test]
fn a_missing_image_is_pulled_first_and_then_the_container_is_created() {
    let mut app = app();
    let effects = press(&mut app, &["c", "redis:7", "Ctrl-s"]);
    assert!(form(&app).lacks_image(app.host()));
    refuse(&mut app, only(&effects).0, FailureKind::NotFound, "No such image: redis:7");
    assert_eq!(form(&app).stage, Stage::Offering { reference: "redis:7".into() });
    let (pull, request) = only(&press(&mut app, &["Enter"]));
    assert_eq!(request, Request::Image(ImageRequest::pull("redis:7")));
    let progress = Progress { part: "a1b2".into(), status: "Downloading".into(), done: 5, total: 10 };
    tell(&mut app, HostMsg::Progress { job: pull, progress });
    // It may be put away meanwhile and goes on.
    press(&mut app, &["Esc"]);
    assert!(app.dialogs.is_empty());
    let pulled = Done::Pulled { status: "Downloaded".into() };
    let (job, request) = only(&tell(&mut app, HostMsg::Outcome { job: pull, result: Ok(pulled) }));
    assert!(matches!(request, Request::Container(ContainerRequest::Create(spec)) if spec.image == "redis:7"));
    created(&mut app, job, &id("redis"));
    assert!(app.drafts.is_empty());
}

#[test]
fn a_refused_pull_comes_back_to_the_form() {
    let mut app = app();
    let effects = press(&mut app, &["c", "redis:7", "Ctrl-s"]);
    refuse(&mut app, only(&effects).0, FailureKind::NotFound, "No such image: redis:7");
    let (pull, _) = only(&press(&mut app, &["y"]));
    refuse(&mut app, pull, FailureKind::Engine, "dial tcp: no such host");
    assert_eq!(form(&app).stage, Stage::Editing);
    assert_eq!(form(&app).refusal.as_ref().unwrap().doing, "Pulling redis:7");
    assert_eq!(text(&app, Name::Image), "redis:7");
}

#[test]
fn a_missing_network_is_no_missing_image() {
    let mut app = app();
    let effects = press(&mut app, &["c", "nginx:1.27", "Ctrl-s"]);
    refuse(&mut app, only(&effects).0, FailureKind::NotFound, "network nowhere not found");
    assert_eq!(form(&app).stage, Stage::Editing);
}

#[test]
fn a_draft_comes_back_and_can_be_cleared() {
    let mut app = app();
    press(&mut app, &["c", "nginx:1.27", "Tab", "half", "Esc"]);
    assert!(app.dialogs.is_empty());
    press(&mut app, &["c"]);
    assert!(form(&app).restored);
    assert_eq!((text(&app, Name::Image), text(&app, Name::Name)), ("nginx:1.27".into(), "half".into()));
    press(&mut app, &["Ctrl-r"]);
    assert_eq!((text(&app, Name::Image), form(&app).restored), (String::new(), false));
    press(&mut app, &["Esc", "c"]);
    assert!(!form(&app).restored, "nothing was typed, nothing is kept");
}

#[test]
fn a_form_from_an_image_has_a_draft_of_its_own() {
    let mut app = app();
    press(&mut app, &["c", "some", "Esc", "2", "c"]);
    assert_eq!(text(&app, Name::Image), "docker.io/library/busybox:latest");
    assert_eq!(form(&app).focused().unwrap().ask.name, Name::Name);
    assert!(!form(&app).restored);
    let (job, _) = only(&press(&mut app, &["Ctrl-s"]));
    created(&mut app, job, &id("x"));
    assert_eq!(app.host().view, View::Containers);
}

#[test]
fn what_is_typed_goes_on_after_a_submitted_form_was_put_away_and_refused() {
    let mut app = app();
    let effects = press(&mut app, &["c", "nginx:1.27", "Tab", "web", "Ctrl-s", "Esc"]);
    refuse(&mut app, only(&effects).0, FailureKind::Conflict, "Conflict.");
    assert!(app.notices.current(NOW).unwrap().text.contains("Conflict."));
    press(&mut app, &["c"]);
    assert_eq!(text(&app, Name::Name), "web");
    assert_eq!(form(&app).refusal.as_ref().unwrap().failure.sentence, "Conflict.");
}

#[test]
fn waiting_can_be_given_up() {
    let mut app = app();
    let effects = press(&mut app, &["2", "p", "redis", "Enter"]);
    let (job, request) = only(&effects);
    assert_eq!(request, Request::Image(ImageRequest::pull("redis")));
    let effects = press(&mut app, &["Ctrl-x"]);
    assert!(effects.contains(&Effect::Cancel(job)));
    assert_eq!((form(&app).stage.clone(), text(&app, Name::Reference)), (Stage::Editing, "redis".into()));
    // The engine's late answer changes nothing.
    tell(&mut app, HostMsg::Outcome { job, result: Ok(Done::Pulled { status: String::new() }) });
    assert_eq!(form(&app).stage, Stage::Editing);
}

#[test]
fn another_one_like_this_is_filled_from_what_the_engine_tells() {
    let mut app = app();
    let selected = app.host().selected_container().unwrap().clone();
    let effects = press(&mut app, &["C"]);
    let host = app.host().id.clone();
    let (container, purpose) = (selected.id.clone(), TemplateUse::CreateAnother);
    assert!(effects.contains(&Effect::Template { host, container: container.clone(), purpose }));
    let told = json!({
        "Name": format!("/{}", selected.name),
        "Config": { "Image": "nginx:1.27", "Env": ["A=1", "KEY=two\nlines"], "Tty": true },
        "HostConfig": { "Memory": 64 << 20, "RestartPolicy": { "Name": "on-failure", "MaximumRetryCount": 3 },
            "PortBindings": { "80/tcp": [{ "HostIp": "", "HostPort": "8080" }] } },
    });
    tell(&mut app, HostMsg::Template { container, inspected: Ok(Box::new((told, None))), purpose });
    assert_eq!(text(&app, Name::Name), format!("{}-2", selected.name));
    assert_eq!((text(&app, Name::Ports), text(&app, Name::Memory)), ("8080:80".into(), "64m".into()));
    let (_, request) = only(&press(&mut app, &["Ctrl-s"]));
    let Request::Container(ContainerRequest::Create(spec)) = request else { panic!() };
    assert_eq!(spec.environment, ["A=1", "KEY=two\nlines"]);
    assert_eq!((spec.restart, spec.tty), (RestartPolicy::OnFailure(3), true));
}

#[test]
fn limits_are_told_as_they_are_and_only_changes_are_sent() {
    let mut app = app();
    let selected = app.host().selected_container().unwrap().clone();
    press(&mut app, &["u"]);
    let told = json!({ "HostConfig": { "Memory": 64 << 20, "NanoCpus": 500_000_000,
        "RestartPolicy": { "Name": "always" } } });
    let purpose = TemplateUse::Update;
    tell(
        &mut app,
        HostMsg::Template { container: selected.id.clone(), inspected: Ok(Box::new((told, None))), purpose },
    );
    assert_eq!((text(&app, Name::Memory), text(&app, Name::Cpus)), ("64m".into(), "0.5".into()));
    assert_eq!(sent(&press(&mut app, &["Ctrl-s"])), [], "nothing changed");
    press(&mut app, &["Ctrl-u"]);
    assert_eq!(sent(&press(&mut app, &["Ctrl-s"])), [], "no engine lifts a limit");
    let (_, request) = only(&press(&mut app, &["128m", "Ctrl-s"]));
    let target = Target::new(selected.id, selected.name);
    let limits = Limits { memory: Some(128 << 20), ..Limits::default() };
    assert_eq!(request, Request::Container(ContainerRequest::Update { target, limits }));
}

#[test]
fn a_container_that_vanishes_under_its_form_is_told_in_a_sentence() {
    let mut app = app();
    let selected = app.host().selected_container().unwrap().clone();
    press(&mut app, &["n", "x"]);
    let listed = Listed { containers: Vec::new(), round_trip: Duration::ZERO };
    tell(&mut app, HostMsg::Containers(Ok(listed)));
    let loss = form(&app).hindrance(app.host()).unwrap();
    assert_eq!(loss, format!("{} is not there any more: it was removed meanwhile.", selected.name));
    assert_eq!(sent(&press(&mut app, &["Enter"])), []);
    assert_eq!(text(&app, Name::Name), format!("{}x", selected.name));
}

#[test]
fn a_signal_is_chosen_and_asked_about() {
    let mut app = app();
    press(&mut app, &["K", "Down", "Down", "Down"]);
    assert_eq!(text(&app, Name::Signal), "SIGINT");
    press(&mut app, &["Esc"]);
    assert_eq!(text(&app, Name::Signal), "");
    press(&mut app, &["hup", "Right", "Enter"]);
    let Some(Dialog::Confirm(confirm)) = app.dialogs.last() else { panic!() };
    assert!(confirm.requests()[0].docker_command().contains("--signal SIGHUP"));
    let (_, request) = only(&press(&mut app, &["Tab", "Enter"]));
    assert!(matches!(request, Request::Container(ContainerRequest::Kill { signal, .. }) if signal == "SIGHUP"));
}

#[test]
fn a_command_hands_the_terminal_over() {
    let mut app = app();
    let effects = press(&mut app, &["X", "Ctrl-u", "ls -l '/a b'", "Tab", "root", "Ctrl-s"]);
    let Some(Effect::Console { session: Session::Exec(spec), .. }) = effects.last() else { panic!("{effects:?}") };
    assert_eq!((spec.command.len(), spec.user.as_str(), spec.tty), (3, "root", true));
    assert!(app.dialogs.is_empty());
    press(&mut app, &["X"]);
    assert_eq!(text(&app, Name::User), "root");
}

#[test]
fn a_file_of_variables_is_merged() {
    let mut app = app();
    press(&mut app, &["c", "nginx", "Tab", "Tab", "Tab", "Tab", "A=1", "Enter", "B=2", "Tab", "Tab"]);
    let effects = press(&mut app, &["/x.env", "Enter"]);
    assert_eq!(effects, [Effect::ReadFile("/x.env".into())]);
    let read = |text: &str| Msg::FileRead { path: "/x.env".into(), text: Ok(text.into()) };
    update(&mut app, NOW, read("# c\nB=3\nC=4\n"));
    assert_eq!(text(&app, Name::Environment), "A=1\nB=3\nC=4");
    assert_eq!(text(&app, Name::EnvironmentFile), "");
    let failed = Err(Failure::new(FailureKind::LocalFile, "No such file."));
    update(&mut app, NOW, Msg::FileRead { path: "/y".into(), text: failed });
    assert_eq!(form(&app).field(Name::EnvironmentFile).unwrap().error.as_deref(), Some("No such file."));
    assert!(matches!(form(&app).focus, Focus::Field(_)));
}

#[test]
fn a_template_never_opens_over_something_else() {
    let mut app = app();
    let container = app.host().selected_container().unwrap().id.clone();
    press(&mut app, &["u", "c"]);
    let inspected = Ok(Box::new((json!({}), None)));
    tell(&mut app, HostMsg::Template { container, inspected, purpose: TemplateUse::Update });
    assert_eq!(app.dialogs.len(), 1);
}

#[test]
fn what_cannot_be_asked_for_says_why() {
    let mut app = app();
    app.host_mut().lists.containers.select(container("old", State::Exited).id.as_str());
    press(&mut app, &["x"]);
    assert_eq!(app.notices.current(NOW).unwrap().text, "Shell: it does not run");
    app.host_mut().read_only = Some("this host is read-only".into());
    press(&mut app, &["c"]);
    assert!(app.dialogs.is_empty());
}
