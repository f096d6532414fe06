//! Who is let in over ssh and what they may do, and that the user's own ssh configuration is followed.

use crate::support::engines::{Live, Product, with};
use crate::support::lines::SshServer;
use dockerui_tui::domain::FailureKind;
use dockerui_tui::engine::{Dialer, Engine, SshTarget, Tunnel};

fn engine(target: SshTarget) -> Engine {
    Engine::new(Dialer::Ssh(Tunnel::new(target)))
}

/// In the group of the engine's socket, and not in it.
async fn members_of_the_group(live: Live) {
    for lines in [&[][..], &["AllowStreamLocalForwarding no"]] {
        let server = SshServer::start(&live.socket(), lines);
        let listed = engine(server.target_of("engine", Some("inside"))).containers(true).await;
        listed.unwrap_or_else(|failure| panic!("{lines:?}: {failure}"));
        let told = engine(server.target_of("engine", Some("outside"))).containers(true).await.expect_err("no member");
        assert_eq!(told.kind, FailureKind::PermissionDenied, "{lines:?}: {told}");
        let socket = live.socket();
        let sentence = format!("Permission denied: outside may not open {} on engine.", socket.display());
        assert_eq!(told.sentence, sentence, "{lines:?}");
        let hint = told.hint.expect("a remedy");
        assert!(hint.contains("sudo usermod -aG docker NAME"), "{hint}");
        // The socket named, which is the way a profile says it.
        let target = SshTarget { socket: Some(socket), ..server.target_of("engine", Some("outside")) };
        let told = engine(target).containers(true).await.expect_err("no member");
        assert_eq!(told.sentence, sentence, "{lines:?}");
    }
}

async fn by_way_of_another(live: Live) {
    let (first, second) = (SshServer::start(&live.socket(), &[]), SshServer::start(&live.socket(), &[]));
    first.leads_to(&second);
    let engine = engine(first.target_of("behind", None));
    engine.containers(true).await.expect("the list");
    // Where it is looked for takes a login more, once.
    assert_eq!(first.logins(), second.logins());
    assert!(second.logins() > 0);
    drop(engine);
    first.until_no_clients().await;
}

/// User, port, name and key come from the configuration alone.
async fn settings_of_ssh(live: Live) {
    let server = SshServer::start(&live.socket(), &[]);
    let key = server.folder.0.join("user_key").display().to_string();
    let other = server.folder.0.join("other_key").display().to_string();
    std::fs::rename(&key, &other).expect("the key under another name");
    let refused = engine(server.target_of("engine", None)).ping().await.expect_err("no key");
    assert_eq!(refused.kind, FailureKind::NeedsLogin, "{refused}");
    server.configure(&format!(
        "Host short\n HostName 127.0.0.1\n Port {}\n User inside\n IdentityFile {other}\n",
        server.port()
    ));
    engine(server.target_of("short", None)).containers(true).await.expect("the list");
    let log = std::fs::read_to_string(server.folder.0.join("sshd.log")).expect("its log");
    assert!(log.contains("Accepted publickey for inside"), "{log}");
}

#[tokio::test]
async fn who_may_open_the_socket_is_let_through() {
    with(Product::Docker, members_of_the_group).await;
}

#[tokio::test]
async fn a_host_behind_another() {
    with(Product::Docker, by_way_of_another).await;
}

#[tokio::test]
async fn user_port_and_key_come_from_the_configuration() {
    with(Product::Docker, settings_of_ssh).await;
}
