//! The line to an engine: over TCP, with nobody there, and through the engine's restart.

use crate::support::engines::{Live, PATIENCE, Product, address, dialer, docker, on_engines, socket};
use crate::support::private::Private;
use dockerui_tui::domain::{ContainerRequest, FailureKind, LogQuery, Request};
use dockerui_tui::engine::{Dialer, Engine};
use futures_util::StreamExt;
use std::pin::pin;
use tokio::net::{TcpListener, UnixStream};

on_engines!(over_tcp, a_cut_line, names_that_are_no_engines);

/// Carries a TCP port of this machine to the engine's socket; gives the port. Ends with the runtime.
async fn proxy(live: &Live) -> (u16, tokio::task::JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("its address").port();
    let socket = live.socket();
    let task = tokio::spawn(async move {
        // What is carried ends with the task that listens.
        let mut carried = tokio::task::JoinSet::new();
        while let Ok((mut near, _)) = listener.accept().await {
            let socket = socket.clone();
            carried.spawn(async move {
                let mut far = UnixStream::connect(&socket).await.expect("the engine");
                let _ = tokio::io::copy_bidirectional(&mut near, &mut far).await;
            });
        }
    });
    (port, task)
}

async fn over_tcp(live: Live) {
    let (port, _proxy) = proxy(&live).await;
    let engine = Engine::new(dialer(&format!("tcp://127.0.0.1:{port}")));
    let target = live.script("tcp", "echo over tcp; sleep 1000").await;
    let listed = engine.containers(true).await.expect("the list");
    assert!(listed.containers.iter().any(|row| row.id == target.id));
    let mut log = pin!(engine.logs(&target.id, &LogQuery { tail: None, since: None, until: None, follow: true }, None));
    let chunk = log.next().await.expect("a log").expect("the log");
    assert_eq!(chunk.text(0), b"over tcp");
    let spec = dockerui_tui::domain::ExecSpec {
        command: ["sh", "-c", "read line; echo got $line"].map(str::to_owned).to_vec(),
        ..Default::default()
    };
    let mut console = engine.exec(&target.id, &spec).await.expect("an exec");
    console.input.send(b"this\n").await.expect("typing");
    assert_eq!(&*console.output.next().await.expect("an answer").expect("output"), b"got this\n");
    engine
        .perform(
            &Request::Container(ContainerRequest::Remove { target: target.clone(), force: true, volumes: false }),
            |_| {},
        )
        .await
        .expect("rm");
    assert!(!live.exists(&target.name));
}

async fn a_cut_line(live: Live) {
    let (port, proxy) = proxy(&live).await;
    let engine = Engine::new(dialer(&format!("tcp://127.0.0.1:{port}")));
    let target = live.idle("cut").await;
    let mut log = pin!(engine.logs(&target.id, &LogQuery { tail: None, since: None, until: None, follow: true }, None));
    log.next().await.expect("a log").expect("the log");
    let mut events = pin!(engine.events(None));
    proxy.abort();
    let failure = loop {
        if let Err(failure) = events.next().await.expect("a failure at the end") {
            break failure;
        }
    };
    assert!(failure.is_connection(), "{failure:?}");
    let failure = log.next().await.expect("a failure").expect_err("the line is cut");
    assert_eq!(failure.kind, FailureKind::Lost, "{failure}");
    assert!(log.next().await.is_none());
    let failure = engine.containers(true).await.expect_err("nobody listens");
    assert!(failure.is_connection(), "{failure:?}");
}

async fn names_that_are_no_engines(live: Live) {
    let missing = Engine::new(Dialer::Unix("/nonexistent/docker.sock".into()));
    assert_eq!(missing.containers(true).await.expect_err("none").kind, FailureKind::Missing);
    let file = live.socket().with_file_name("engine.log");
    let no_socket = Engine::new(Dialer::Unix(file));
    assert!(no_socket.containers(true).await.expect_err("a file").is_connection());
    // A name is looked up before anything is sent.
    let nowhere = Engine::new(Dialer::Tcp { host: "no-such-host.invalid".into(), port: 2375 });
    assert_eq!(nowhere.containers(true).await.expect_err("no such host").kind, FailureKind::Missing);
}

/// Streams end with a failure, what is asked meanwhile fails plainly, and the same handle works again afterwards.
async fn restarted(product: Product) {
    if address(product).is_none() {
        return;
    }
    let own = Private::new();
    let address = own.start(product);
    let live = Live::new(product, address.clone());
    let mut spec = live.spec("before", &["sh", "-c", "trap 'exit 0' TERM; echo up; while :; do sleep 0.1; done"]);
    spec.restart = dockerui_tui::domain::RestartPolicy::Always;
    let target = live.create(spec).await;
    live.logs_until(&target.id, "up").await;
    let mut events = pin!(live.engine.events(None));
    let mut log =
        pin!(live.engine.logs(&target.id, &LogQuery { tail: None, since: None, until: None, follow: true }, None));
    log.next().await.expect("a log").expect("the log");
    let engine = live.engine.clone();
    // Both go on being read while the engine goes.
    let restart = tokio::task::spawn_blocking(move || {
        own.script("restart", &[product.name()]);
        own
    });
    let failure = loop {
        match tokio::time::timeout(PATIENCE, events.next()).await.expect("an end").expect("a failure at the end") {
            Ok(_) => {}
            Err(failure) => break failure,
        }
    };
    assert!(failure.is_connection(), "{failure:?}");
    while let Ok(Some(_)) = tokio::time::timeout(PATIENCE, log.next()).await {}
    let own = restart.await.expect("the restart");
    let listed = engine.containers(true).await.expect("the list again, by the same handle");
    assert!(listed.containers.iter().any(|row| row.id == target.id));
    live.until(&target.id, |row| row.state.is_up()).await;
    assert!(docker(&address, &["version"]).is_ok() && socket(&address).exists());
    drop(live);
    drop(own);
}

#[tokio::test]
async fn docker_restarts() {
    restarted(Product::Docker).await;
}

#[tokio::test]
async fn podman_restarts() {
    restarted(Product::Podman).await;
}
