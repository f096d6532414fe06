//! A real ssh server in front of a real engine: one login for everything, and what happens when that is not to be had.

use crate::live::api;
use crate::support::engines::{Live, Product, with};
use crate::support::lines::{Folder, SshServer, kill};
use dockerui_tui::domain::{FailureKind, LogQuery, RawPart};
use dockerui_tui::engine::{Dialer, Engine, SshTarget, Tunnel};
use futures_util::StreamExt;
use futures_util::future::join_all;
use std::pin::pin;
use std::time::Duration;

/// An sshd that turns away who comes third at a time.
const NARROW: [&str; 2] = ["MaxStartups 2:100:2", "MaxSessions 2"];
const NO_FORWARDING: &str = "AllowStreamLocalForwarding no";

fn engine(target: SshTarget) -> Engine {
    Engine::new(Dialer::Ssh(Tunnel::new(target)))
}

/// Ten logs, the events, samples and lists, all at once and through a server that lets two in at a time.
async fn one_login(live: Live) {
    let server = SshServer::start(&live.socket(), &NARROW);
    let engine = engine(server.target("ssh", Some(&live.socket())));
    let mut events = Box::pin(engine.events(None));
    let made = join_all((0..10).map(async |number| live.script(&format!("log-{number}"), "echo up; sleep 1000").await));
    let (targets, event) = tokio::join!(made, events.next());
    event.expect("an event").expect("the event");
    let logs = join_all(targets.iter().map(async |target| {
        let query = LogQuery { tail: None, since: None, until: None, follow: true };
        let mut log = Box::pin(engine.logs(&target.id, &query, None));
        assert_eq!(log.next().await.expect("a log").expect("the log").text(0), b"up");
        // It stays open.
        log
    }));
    let lists = join_all((0..40).map(|_| engine.containers(true)));
    let samples = join_all(targets.iter().map(|target| engine.stats_once(&target.id)));
    let (logs, lists, samples) = tokio::join!(logs, lists, samples);
    for listed in lists {
        let listed = listed.expect("the list");
        assert!(targets.iter().all(|target| listed.containers.iter().any(|row| row.id == target.id)));
    }
    for sample in samples {
        assert!(sample.expect("a sample").is_some_and(|sample| sample.memory > 0));
    }
    assert_eq!((logs.len(), server.logins(), server.clients().len()), (10, 1, 1));
    drop((engine, logs, events));
    server.until_no_clients().await;
}

async fn found_by_itself(live: Live) {
    // DOCKER_HOST over there names the engine; nothing here does.
    let server = SshServer::start(&live.socket(), &[]);
    engine(server.target("ssh", None)).containers(true).await.expect("the list");
    let missing = engine(server.target("ssh", Some("/nowhere/docker.sock".as_ref())));
    let told = missing.containers(true).await.expect_err("no socket");
    assert_eq!(
        (told.kind, &*told.sentence),
        (FailureKind::Missing, "engine has no engine's socket at /nowhere/docker.sock.")
    );
    // A socket that nobody listens at.
    let dead = server.folder.0.join("dead.sock");
    drop(std::os::unix::net::UnixListener::bind(&dead).expect("a socket"));
    let told = engine(server.target("ssh", Some(&dead))).containers(true).await.expect_err("nobody");
    assert_eq!(told.kind, FailureKind::Refused, "{told}");
}

/// A rootless engine listens below the user's runtime folder; nothing names it.
async fn rootless_found_by_itself(live: Live) {
    let folder = Folder::new();
    std::os::unix::fs::symlink(live.socket(), folder.0.join("docker.sock")).expect("a link");
    let runtime = format!("SetEnv XDG_RUNTIME_DIR={}", folder.0.display());
    let server = SshServer::start(&live.socket(), &[&runtime]);
    engine(server.target("ssh", None)).containers(true).await.expect("the list");
}

async fn without_forwarding(live: Live) {
    let lines = [NARROW[0], NARROW[1], NO_FORWARDING];
    let server = SshServer::start(&live.socket(), &lines);
    let engine = engine(server.target("ssh", None));
    let target = live.script("stdio", "echo by stdio; sleep 1000").await;
    let listed = engine.containers(true).await.expect("the list");
    assert!(listed.containers.iter().any(|row| row.id == target.id));
    let mut log = pin!(engine.logs(&target.id, &LogQuery { tail: None, since: None, until: None, follow: true }, None));
    assert_eq!(log.next().await.expect("a log").expect("the log").text(0), b"by stdio");
    let lists = join_all((0..10).map(|_| engine.containers(true))).await;
    assert!(lists.iter().all(Result::is_ok), "{lists:?}");
    // The way that was refused, the connections of the budget, and a few that the pool let go.
    assert!(server.logins() <= 12, "{}", server.logins());
}

/// What is typed in the API console, over a forwarded socket and over dial-stdio.
async fn typed_requests(live: Live) {
    for lines in [&[] as &[&str], &[NO_FORWARDING]] {
        let server = SshServer::start(&live.socket(), lines);
        let engine = engine(server.target("ssh", None));
        let (head, parts, ended) = api::send_to(&engine, "GET /info", "").await;
        assert!(head.status == 200 && ended.is_ok() && matches!(parts.last(), Some(RawPart::Json(_))), "{head:?}");
        api::streams(&live, &engine).await;
        let (head, ..) = api::send_to(&engine, &format!("DELETE /volumes/{}", live.name("made")), "").await;
        assert_eq!(head.status, 204);
        assert_eq!(live.docker(&["rm", "-f", &live.name("talks")]).trim(), live.name("talks"));
    }
}

async fn rebuilt(live: Live) {
    let server = SshServer::start(&live.socket(), &[]);
    let engine = engine(server.target("ssh", Some(&live.socket())));
    let mut events = pin!(engine.events(None));
    engine.containers(true).await.expect("the list");
    let killing = async {
        // Both connections are there before the end.
        while server.clients().is_empty() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        live.script("event", "true").await;
        for client in server.clients() {
            kill(&client);
        }
    };
    let first = events.next();
    let ((), first) = tokio::join!(async { drop(live.script("first", "true").await) }, first);
    first.expect("an event").expect("the event");
    let ((), failure) = tokio::join!(killing, async {
        loop {
            match events.next().await.expect("a failure at the end") {
                Ok(_) => {}
                Err(failure) => break failure,
            }
        }
    });
    assert!(failure.is_connection(), "{failure}");
    engine.containers(true).await.expect("the list, by a new login");
    assert_eq!(server.logins(), 2);
}

async fn who_is_not_let_in(live: Live) {
    let server = SshServer::start(&live.socket(), &[]);
    let told = engine(server.target("stranger", None)).ping().await.expect_err("an unknown key");
    assert_eq!((told.kind, &*told.sentence), (FailureKind::NeedsLogin, "The host key of engine is not known yet."));
    let told = engine(server.target("nobody", None)).ping().await.expect_err("no key");
    assert_eq!(told.kind, FailureKind::NeedsLogin, "{told}");
    assert_eq!(told.sentence, "engine did not let us in: Permission denied (publickey).");
    let known = server.folder.0.join("known_hosts");
    let other = std::fs::read_to_string(server.folder.0.join("user_key.pub")).expect("a key");
    let other: Vec<&str> = other.split_whitespace().take(2).collect();
    std::fs::write(known, format!("[127.0.0.1]:{} {}\n", server.port(), other.join(" "))).expect("known hosts");
    let told = engine(server.target("ssh", None)).ping().await.expect_err("another key");
    assert_eq!(told.kind, FailureKind::Untrusted, "{told}");
    let mut closed = server.target("ssh", None);
    (closed.host, closed.port) = ("127.0.0.1".into(), Some(1));
    let told = engine(closed).ping().await.expect_err("no server");
    assert_eq!(told.kind, FailureKind::Refused, "{told}");
}

#[tokio::test]
async fn one_login_carries_forty_requests_and_streams() {
    with(Product::Docker, one_login).await;
}

#[tokio::test]
async fn the_socket_over_there_is_found() {
    with(Product::Docker, found_by_itself).await;
}

#[tokio::test]
async fn the_socket_of_a_rootless_engine_over_there_is_found() {
    with(Product::Docker, rootless_found_by_itself).await;
}

#[tokio::test]
async fn where_forwarding_is_refused_dial_stdio_does() {
    with(Product::Docker, without_forwarding).await;
}

#[tokio::test]
async fn typed_requests_go_over_ssh_to_docker() {
    with(Product::Docker, typed_requests).await;
}

#[tokio::test]
async fn typed_requests_go_over_ssh_to_podman() {
    with(Product::Podman, typed_requests).await;
}

#[tokio::test]
async fn a_killed_tunnel_is_rebuilt_by_the_next_dial() {
    with(Product::Docker, rebuilt).await;
}

#[tokio::test]
async fn each_way_of_not_being_let_in_has_its_own_sentence() {
    with(Product::Docker, who_is_not_let_in).await;
}
