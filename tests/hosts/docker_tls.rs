//! Docker itself behind TLS, which wants certificates of its clients: the right ones work, each wrong one has its own
//! sentence, told by the engine layer and by `check`.

use crate::live::api;
use crate::support::engines::{PATIENCE, Product, address};
use crate::support::lines::Folder;
use crate::support::private::Private;
use crate::support::shell::told;
use dockerui_tui::domain::{ContainerRequest, Done, Failure, FailureKind, LogQuery, RawPart, Request, TlsFiles};
use dockerui_tui::engine::{Dialer, Engine, Tls};
use futures_util::StreamExt;
use std::pin::pin;

/// The engine behind TLS on that port, by these names of certificates.
fn engine(own: &Private, port: u16, ca: Option<&str>, client: Option<&str>) -> Engine {
    let file = |name: &str, kind: &str| own.pem(&format!("{name}.{kind}"));
    let files = TlsFiles {
        ca: ca.map(|name| file(name, "pem")),
        cert: client.map(|name| file(name, "pem")),
        key: client.map(|name| file(name, "key")),
    };
    Engine::new(Dialer::Tls(Tls::new("localhost".into(), port, files, false)))
}

async fn refused(engine: &Engine) -> Failure {
    let failure = engine.containers(true).await.expect_err("no trust");
    assert_eq!(failure.kind, FailureKind::Untrusted, "{failure}");
    assert!(failure.hint.is_some(), "{failure}");
    failure
}

/// What the variables of the docker client lead to, with these files.
async fn checked(own: &Private, home: &Folder, port: u16, client: &str) -> crate::support::shell::Told {
    for (from, to) in
        [("ca.pem", "ca.pem"), (&format!("{client}.pem"), "cert.pem"), (&format!("{client}.key"), "key.pem")]
    {
        std::fs::copy(own.pem(from), home.0.join(to)).expect("a copy");
    }
    let host = format!("tcp://localhost:{port}");
    let folder = home.0.display().to_string();
    let variables = [("DOCKER_HOST", &*host), ("DOCKER_TLS_VERIFY", "1"), ("DOCKER_CERT_PATH", &*folder)];
    told(&home.0, &variables, &["check"]).await
}

async fn the_right_ones(own: &Private, home: &Folder) {
    let port = own.start_tls("server");
    let live = own.docker();
    let secure = engine(own, port, Some("ca"), Some("client"));
    let facts = secure.facts().await.expect("facts");
    assert!(!facts.version.is_empty());
    let target = live.idle("tls").await;
    let mut log = pin!(secure.logs(&target.id, &LogQuery { tail: None, since: None, until: None, follow: true }, None));
    assert_eq!(log.next().await.expect("a log").expect("the log").text(0), b"up");
    let listed = secure.containers(true).await.expect("the list");
    assert!(listed.containers.iter().any(|row| row.id == target.id));
    // What is typed in the API console goes the same way.
    let (head, parts, ended) = api::send_to(&secure, "GET /info", "").await;
    assert!(head.status == 200 && ended.is_ok() && matches!(parts.last(), Some(RawPart::Json(_))), "{head:?}");
    api::streams(&live, &secure).await;
    let stop = Request::Container(ContainerRequest::Stop { target: target.clone(), timeout: Some(5) });
    assert_eq!(secure.perform(&stop, |_| {}).await, Ok(Done::Changed));
    assert_eq!(live.state(&target.name), "exited");
    checked(own, home, port, "client").await.ended(0).says("✓ TLS: the certificate is right").says("✓ events are told");

    let none = refused(&engine(own, port, Some("ca"), None)).await;
    assert_eq!(none.sentence, "The engine wants a client certificate.");
    let stranger = refused(&engine(own, port, Some("ca"), Some("stranger"))).await;
    let unknown = "The engine does not know the authority that signed our client certificate.";
    // Docker says what is wrong with it only from Go 1.21 on.
    let other = "The engine wants another client certificate.";
    assert!([unknown, other].contains(&&*stranger.sentence), "{stranger}");
    let unknown = refused(&engine(own, port, Some("stranger-ca"), Some("client"))).await;
    let words = "The certificate of localhost was signed by an authority that is not trusted here.";
    assert_eq!(unknown.sentence, words);
    checked(own, home, port, "stranger").await.ended(1).says("✗ The engine ");
}

/// Where no authority is named, those of the machine are asked, and the docker client's folder is not there.
async fn the_systems_authorities(own: &Private, home: &Folder, port: u16) {
    let config = home.0.join("c.toml");
    let pem = |name: &str| own.pem(name).display().to_string();
    let (cert, key, ca) = (pem("client.pem"), pem("client.key"), pem("ca.pem"));
    let text = format!(
        "[[hosts]]\nname = \"sure\"\nurl = \"tcp://localhost:{port}\"\ntls = {{ cert = '{cert}', key = '{key}' }}\n"
    );
    std::fs::write(&config, text).expect("a config file");
    let words = ["--config", config.to_str().expect("a plain path"), "check", "sure"];
    told(&home.0, &[("SSL_CERT_FILE", &ca)], &words).await.ended(0).says("✓ TLS: the certificate is right");
    let other = pem("stranger-ca.pem");
    told(&home.0, &[("SSL_CERT_FILE", &other)], &words).await.ended(1).says("an authority that is not trusted here");
}

async fn the_wrong_ones(own: &Private, home: &Folder) {
    for (name, words) in [
        ("expired", "The certificate of localhost has expired on 2020-09-13."),
        ("other-name", "The certificate shown is not one for localhost but for other.example."),
        ("stranger", "The certificate of localhost was signed by an authority that is not trusted here."),
    ] {
        let port = own.start_tls(name);
        let failure = refused(&engine(own, port, Some("ca"), Some("client"))).await;
        assert_eq!(failure.sentence, words, "{name}");
        checked(own, home, port, "client").await.ended(1).says("accepts connections").says(&format!("✗ {words}\n  "));
    }
}

#[tokio::test]
async fn docker_shows_certificates_and_wants_one() {
    if address(Product::Docker).is_none() {
        return;
    }
    let (own, home) = (Private::new(), Folder::new());
    let test = async {
        the_right_ones(&own, &home).await;
        let port = own.start_tls("server");
        the_systems_authorities(&own, &home, port).await;
        the_wrong_ones(&own, &home).await;
    };
    tokio::time::timeout(PATIENCE * 2, test).await.expect("the test to end");
}
