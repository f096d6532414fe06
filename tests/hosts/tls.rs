//! TLS in front of an engine: what is right works, what is wrong is told apart.

use crate::support::engines::{Live, Product, with};
use crate::support::lines::{Folder, certificates, tls_server};
use dockerui_tui::domain::{Failure, FailureKind, LogQuery, TlsFiles};
use dockerui_tui::engine::{Dialer, Engine, Tls};
use futures_util::StreamExt;
use std::pin::pin;

fn files(folder: &Folder, ca: &str, client: Option<&str>) -> TlsFiles {
    let path = |name: String| Some(folder.0.join(name));
    TlsFiles {
        ca: path(format!("{ca}.pem")),
        cert: client.and_then(|name| path(format!("{name}.pem"))),
        key: client.and_then(|name| path(format!("{name}.key"))),
    }
}

fn engine(port: u16, files: TlsFiles) -> Engine {
    Engine::new(Dialer::Tls(Tls::new("localhost".into(), port, files, false)))
}

async fn failure(port: u16, files: TlsFiles) -> Failure {
    engine(port, files).containers(true).await.expect_err("no trust")
}

async fn everything(live: Live) {
    let folder = certificates();
    let port = tls_server(&folder, "server", true, live.socket()).await;
    let engine = engine(port, files(&folder, "ca", Some("client")));
    let target = live.script("tls", "echo over tls; sleep 1000").await;
    let listed = engine.containers(true).await.expect("the list");
    assert!(listed.containers.iter().any(|row| row.id == target.id));
    let mut log = pin!(engine.logs(&target.id, &LogQuery { tail: None, since: None, until: None, follow: true }, None));
    assert_eq!(log.next().await.expect("a log").expect("the log").text(0), b"over tls");
    let by_address = Dialer::Tls(Tls::new("127.0.0.1".into(), port, files(&folder, "ca", Some("client")), false));
    Engine::new(by_address).ping().await.expect("an address is a name as well");
    let unverified = Tls::new("localhost".into(), port, files(&folder, "stranger-ca", Some("client")), true);
    Engine::new(Dialer::Tls(unverified)).ping().await.expect("whatever it shows");

    let none = failure(port, files(&folder, "ca", None)).await;
    assert_eq!((none.kind, &*none.sentence), (FailureKind::Untrusted, "The engine wants a client certificate."));
    let stranger = failure(port, files(&folder, "ca", Some("stranger"))).await;
    assert_eq!(stranger.kind, FailureKind::Untrusted, "{stranger}");
    assert!(stranger.sentence.contains("client certificate"), "{stranger}");
}

async fn what_is_not_trusted(live: Live) {
    let folder = certificates();
    let server = async |name| tls_server(&folder, name, false, live.socket()).await;
    let trusted = files(&folder, "ca", None);
    for (name, words) in [
        ("expired", "The certificate of localhost has expired on 2020-09-13."),
        ("other-name", "The certificate shown is not one for localhost but for other.example."),
        ("stranger", "The certificate of localhost was signed by an authority that is not trusted here."),
    ] {
        let told = failure(server(name).await, trusted.clone()).await;
        assert_eq!(told.kind, FailureKind::Untrusted, "{name}: {told}");
        assert!(told.sentence.starts_with(words) && told.hint.is_some(), "{name}: {told}");
    }
    // The system's authorities do not know ours, and are not asked where one is named.
    let system = failure(server("server").await, TlsFiles::default()).await;
    assert_eq!(system.kind, FailureKind::Untrusted, "{system}");

    let missing = failure(1, TlsFiles { ca: Some(folder.0.join("gone.pem")), ..TlsFiles::default() }).await;
    assert_eq!(missing.kind, FailureKind::Refused, "nobody listens: {missing}");
    let port = server("server").await;
    let missing = failure(port, files(&folder, "gone", None)).await;
    assert_eq!(missing.kind, FailureKind::LocalFile);
    assert!(missing.sentence.ends_with("gone.pem cannot be read: there is no such file."), "{missing}");
    let half = failure(port, TlsFiles { cert: Some(folder.0.join("client.pem")), ..trusted.clone() }).await;
    assert_eq!(half.sentence, "There is a client certificate but no key to go with it.");
    let mixed = TlsFiles { key: Some(folder.0.join("server.key")), ..files(&folder, "ca", Some("client")) };
    let mixed = failure(port, mixed).await;
    assert_eq!(mixed.kind, FailureKind::LocalFile, "{mixed}");
}

async fn plain_and_tls_mixed_up(live: Live) {
    let folder = certificates();
    let port = tls_server(&folder, "server", false, live.socket()).await;
    let plain = Engine::new(Dialer::Tcp { host: "localhost".into(), port });
    let told = plain.containers(true).await.expect_err("TLS there");
    assert!(matches!(told.kind, FailureKind::Incompatible | FailureKind::Lost), "{told}");
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("its address").port();
    let socket = live.socket();
    tokio::spawn(async move {
        while let Ok((mut near, _)) = listener.accept().await {
            let mut far = tokio::net::UnixStream::connect(&socket).await.expect("the engine");
            let _ = tokio::io::copy_bidirectional(&mut near, &mut far).await;
        }
    });
    let told = failure(port, files(&folder, "ca", None)).await;
    assert_eq!(told.kind, FailureKind::Incompatible, "{told}");
    assert!(told.sentence.ends_with("does not speak TLS."), "{told}");
}

#[tokio::test]
async fn an_engine_behind_tls_does_everything() {
    with(Product::Docker, everything).await;
}

#[tokio::test]
async fn each_kind_of_mistrust_has_its_own_sentence() {
    with(Product::Docker, what_is_not_trusted).await;
}

#[tokio::test]
async fn tls_where_there_is_none_and_none_where_there_is() {
    with(Product::Docker, plain_and_tls_mixed_up).await;
}
