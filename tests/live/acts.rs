//! Start, stop, restart, kill, pause, rename, remove, wait: done by the program, judged by the docker client.

use crate::support::engines::{Live, on_engines};
use dockerui_tui::domain::{ContainerRequest, Done, FailureKind, Request, State, Target};
use std::time::Instant;

on_engines!(
    start_and_stop,
    stop_has_patience_and_no_more,
    restart,
    kill_with_a_signal,
    pause_and_go_on,
    rename,
    remove_with_force_and_volumes,
    wait_tells_the_exit_code,
    names_are_taken_as_they_are,
);

fn exit_code(live: &Live, target: &Target) -> i64 {
    live.truth(&target.name)["State"]["ExitCode"].as_i64().expect("an exit code")
}

/// The exit code. Podman says `stopped` for a moment after a stop.
async fn ended(live: &Live, target: &Target) -> i64 {
    live.until(&target.id, |row| row.state == State::Exited).await;
    exit_code(live, target)
}

async fn start_and_stop(live: Live) {
    let target = live.idle("web").await;
    assert_eq!(live.perform(Request::Container(ContainerRequest::Start(target.clone()))).await, Ok(Done::NothingToDo));
    let stop = Request::Container(ContainerRequest::Stop { target: target.clone(), timeout: None });
    assert_eq!(live.perform(stop.clone()).await, Ok(Done::Changed));
    // Podman 4.3 gives what is made through this API a patience of 0 s, by the docker client as well.
    let ended_by = if live.is_podman_4() { 137 } else { 7 };
    assert_eq!(ended(&live, &target).await, ended_by);
    assert_eq!(live.perform(stop).await, Ok(Done::NothingToDo));
    assert_eq!(live.perform(Request::Container(ContainerRequest::Start(target.clone()))).await, Ok(Done::Changed));
    assert_eq!(live.state(&target.name), "running");
    let stop = Request::Container(ContainerRequest::Stop { target: target.clone(), timeout: Some(10) });
    live.logs_until_again(&target.id, "up", 2).await;
    assert_eq!(live.perform(stop).await, Ok(Done::Changed));
    assert_eq!(ended(&live, &target).await, 7);
}

async fn stop_has_patience_and_no_more(live: Live) {
    let target = live.script("deaf", "trap '' TERM; echo up; while :; do sleep 1; done").await;
    live.logs_until(&target.id, "up").await;
    let started = Instant::now();
    let stop = Request::Container(ContainerRequest::Stop { target: target.clone(), timeout: Some(1) });
    assert_eq!(live.perform(stop).await, Ok(Done::Changed));
    assert!(started.elapsed().as_millis() >= 900, "killed before its time: {:?}", started.elapsed());
    assert_eq!(ended(&live, &target).await, 137);
}

async fn restart(live: Live) {
    let target = live.idle("again").await;
    let pid = |live: &Live| live.truth(&target.name)["State"]["Pid"].as_i64();
    let before = pid(&live);
    let restart = Request::Container(ContainerRequest::Restart { target: target.clone(), timeout: Some(5) });
    assert_eq!(live.perform(restart).await, Ok(Done::Changed));
    assert_eq!(live.state(&target.name), "running");
    assert_ne!(pid(&live), before);
}

async fn kill_with_a_signal(live: Live) {
    let target = live
        .script("signals", "trap 'echo got it' USR1; trap 'exit 9' INT; echo up; while :; do sleep 0.1; done")
        .await;
    live.logs_until(&target.id, "up").await;
    let kill =
        |signal: &str| Request::Container(ContainerRequest::Kill { target: target.clone(), signal: signal.to_owned() });
    assert_eq!(live.perform(kill("SIGUSR1")).await, Ok(Done::Changed));
    live.logs_until(&target.id, "got it").await;
    assert_eq!(live.state(&target.name), "running");
    assert_eq!(live.perform(kill("2")).await, Ok(Done::Changed));
    live.until(&target.id, |row| !row.state.is_up()).await;
    assert_eq!(exit_code(&live, &target), 9);
    let refusal = live.perform(kill("SIGKILL")).await.expect_err("nothing there to kill");
    assert_eq!(refusal.kind, FailureKind::Conflict, "{refusal}");
    let refusal = live.perform(kill("SIGNOSUCH")).await.expect_err("no such signal");
    assert!(refusal.sentence.contains("SIGNOSUCH"), "{refusal}");
}

async fn pause_and_go_on(live: Live) {
    let target = live.idle("ice").await;
    assert_eq!(live.perform(Request::Container(ContainerRequest::Pause(target.clone()))).await, Ok(Done::Changed));
    assert_eq!(live.state(&target.name), "paused");
    let refusal =
        live.perform(Request::Container(ContainerRequest::Pause(target.clone()))).await.expect_err("paused already");
    assert!(matches!(refusal.kind, FailureKind::Conflict | FailureKind::Engine), "{refusal}");
    assert_eq!(live.perform(Request::Container(ContainerRequest::Unpause(target.clone()))).await, Ok(Done::Changed));
    assert_eq!(live.state(&target.name), "running");
}

async fn rename(live: Live) {
    let target = live.idle("old").await;
    let other = live.idle("other").await;
    let name = live.name("new");
    let rename =
        |name: &str| Request::Container(ContainerRequest::Rename { target: target.clone(), name: name.to_owned() });
    assert_eq!(live.perform(rename(&name)).await, Ok(Done::Changed));
    assert_eq!(live.truth(&name)["Id"], target.id.as_str());
    assert!(!live.exists(&target.name));
    let refusal = live.perform(rename(&other.name)).await.expect_err("the name is taken");
    assert_eq!(refusal.kind, FailureKind::Conflict, "{refusal}");
    // Podman 5.4 says no more than that it is taken.
    if !live.is_podman() || live.is_podman_4() {
        assert!(refusal.sentence.contains(&*other.name), "{refusal}");
    }
}

async fn remove_with_force_and_volumes(live: Live) {
    let mut spec = live.spec("full", &["sleep", "1000"]);
    spec.mounts = vec!["/data".parse().expect("a mount")];
    let target = live.create(spec).await;
    let volume = live.truth(&target.name)["Mounts"][0]["Name"].as_str().expect("a volume").to_owned();
    let remove =
        |force, volumes| Request::Container(ContainerRequest::Remove { target: target.clone(), force, volumes });
    let refusal = live.perform(remove(false, false)).await.expect_err("it runs");
    assert_eq!(refusal.kind, FailureKind::Conflict, "{refusal}");
    assert!(live.exists(&target.name));
    assert_eq!(live.perform(remove(true, true)).await, Ok(Done::Changed));
    assert!(!live.exists(&target.name));
    assert!(!live.docker(&["volume", "ls", "-q"]).contains(&volume), "its volume went along");
    let refusal = live.perform(remove(false, false)).await.expect_err("it is gone");
    assert_eq!(refusal.kind, FailureKind::NotFound, "{refusal}");
}

async fn wait_tells_the_exit_code(live: Live) {
    let target = live.script("ends", "exit 42").await;
    assert_eq!(live.perform(Request::Container(ContainerRequest::Wait(target))).await, Ok(Done::Exited { code: 42 }));
    let target = live.idle("lasts").await;
    let engine = live.engine.clone();
    let wait = Request::Container(ContainerRequest::Wait(target.clone()));
    let waiting = tokio::spawn(async move { engine.perform(&wait, |_| {}).await });
    live.perform(Request::Container(ContainerRequest::Kill { target, signal: "TERM".into() })).await.expect("a kill");
    assert_eq!(waiting.await.expect("the task"), Ok(Done::Exited { code: 7 }));
}

/// An id is all that a request goes by; a name of somebody else's choosing cannot lead it elsewhere.
async fn names_are_taken_as_they_are(live: Live) {
    let target = Target::new("no such/../name?x=1#y".into(), "odd");
    let refusal = live.perform(Request::Container(ContainerRequest::Start(target))).await.expect_err("there is none");
    assert!(matches!(refusal.kind, FailureKind::NotFound | FailureKind::BadRequest), "{refusal:?}");
}
