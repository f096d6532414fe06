//! What the program tells of hosts without a screen: `check`, `hosts` and `ps`, as they are run by a shell.

use crate::support::engines::{IMAGE, Live, Product, with};
use crate::support::lines::{Folder, SshServer, certificates, tls_server};
use crate::support::shell::{Told, told};
use crate::support::terminal::{Home, Terminal};
use serde_json::{Value, json};
use std::path::Path;

/// With a folder before the others in PATH.
async fn run(home: &Path, first_in_path: &Path, words: &[&str]) -> Told {
    let path = format!("{}:{}", first_in_path.display(), std::env::var("PATH").unwrap_or_default());
    told(home, &[("PATH", &path)], words).await
}

async fn over_every_line(live: Live) {
    let server = SshServer::start(&live.socket(), &[]);
    let folder = certificates();
    let port = tls_server(&folder, "server", true, live.socket()).await;
    let target = live.script("told", "sleep 1000").await;
    let home = Folder::new();
    let hosts = |text: String| std::fs::write(home.0.join("c.toml"), text).expect("a config file");
    let pem = |name: &str| folder.0.join(name).display().to_string();
    let socket = live.socket().display().to_string();
    hosts(format!(
        "[[hosts]]\nname = \"here\"\nurl = \"{socket}\"\n\
         [[hosts]]\nname = \"far\"\nurl = \"ssh://engine{socket}\"\n\
         [[hosts]]\nname = \"sure\"\nurl = \"tcp://localhost:{port}\"\ntls = {{ ca = '{}', cert = '{}', key = '{}' }}\n\
         [[hosts]]\nname = \"gone\"\nurl = \"tcp://127.0.0.1:1\"\n",
        pem("ca.pem"),
        pem("client.pem"),
        pem("client.key"),
    ));
    let config = home.0.join("c.toml").display().to_string();
    let say = async |words: &[&str]| run(&home.0, &server.folder.0, &[&["--config", &config], words].concat()).await;

    say(&["check", "far"]).await.ended(0).says("✓ ssh: logged in").says("API 1.");
    assert_eq!(server.logins(), 1);
    // Nothing is left behind.
    server.until_no_clients().await;
    say(&["check", "sure"]).await.ended(0).says("✓ TLS: the certificate is right");
    say(&["check", "gone"]).await.ended(1).says("✗ Connection refused: nobody listens at 127.0.0.1:1.\n  ");
    let unknown = say(&["check", "nobody"]).await;
    assert!(unknown.status == Some(1) && unknown.err.contains("There is no host called “nobody”"), "{unknown:?}");

    let hosts = say(&["hosts", "--json"]).await.ended(0).list();
    let [here, far, sure, gone] = &hosts[..4] else { panic!("{hosts:?}") };
    for (host, name, url) in [
        (here, "here", format!("unix://{socket}")),
        (far, "far", format!("ssh://engine{socket}")),
        (sure, "sure", format!("https://localhost:{port}")),
    ] {
        assert_eq!((&host["name"], &host["address"], &host["state"]), (&json!(name), &json!(url), &json!("live")));
        assert_eq!(host["from"], "profile");
        assert!(host["up"].as_u64() >= Some(1) && host["down"].is_u64() && host["unhealthy"].is_u64(), "{host}");
        assert!(host["milliseconds"].is_u64(), "{host}");
        assert!(host["api"].as_str().is_some_and(|api| api.starts_with("1.")), "{host}");
    }
    assert_eq!((&gone["name"], &gone["state"]), (&json!("gone"), &json!("away")));
    assert_eq!(gone["failure"], "Connection refused: nobody listens at 127.0.0.1:1.");
    assert!(gone["hint"].as_str().is_some_and(|hint| hint.contains("listen on that port")), "{gone}");
    let table = say(&["hosts"]).await.ended(0).says("nobody listens");
    assert!(table.out.starts_with("NAME "), "{table:?}");

    // One did not answer: its reason apart, the others' containers all the same.
    let ps = say(&["ps", "--all-hosts", "--json"]).await.ended(1);
    assert!(ps.err.contains("dockerui-tui: gone: Connection refused"), "{}", ps.err);
    let rows = ps.list();
    let mine: Vec<&Value> = rows.iter().filter(|row| row["id"] == target.id.as_str()).collect();
    assert_eq!(mine.iter().map(|row| &row["host"]).collect::<Vec<_>>(), ["here", "far", "sure"]);
    for row in mine {
        assert_eq!(
            (&row["name"], &row["state"], &row["image"]),
            (&json!(target.name), &json!("running"), &json!(IMAGE))
        );
        assert!(
            row["status"].as_str().is_some_and(|status| status.starts_with("Up ")) && row["ports"].is_array(),
            "{row}"
        );
        assert!(row["created"].as_i64() > Some(0), "{row}");
    }
    say(&["ps", "--all-hosts"]).await.ended(1).says("HOST ").says(&target.name);
    say(&["ps", "-H", "here"]).await.ended(0).says(&target.name);
    assert!(say(&["ps", "-H", "here", "--json"]).await.ended(0).list().iter().all(|row| row["host"] == "here"));
    say(&["ps", "-H", "gone"]).await.ended(1);
    live.docker(&["kill", &target.name]);
    assert!(!say(&["ps", "-H", "here"]).await.ended(0).out.contains(&*target.name), "it does not run");
    say(&["ps", "-aH", "here"]).await.ended(0).says(&target.name);
}

#[tokio::test]
async fn hosts_are_told_over_every_kind_of_line() {
    with(Product::Docker, over_every_line).await;
}

/// What is asked for is spoken: the engine itself refuses a version that it does not know.
async fn the_version_asked_for(live: Live) {
    let home = Home::new();
    let check = async |version: &str| {
        told(home.path(), &[("DOCKER_API_VERSION", version)], &["check", "-H", &live.address]).await
    };
    check("1.40").await.ended(0).says("API 1.40\n");
    check("v1.40").await.ended(0).says("API 1.40\n");
    let wrong = check("newest").await;
    assert!(wrong.status == Some(1) && wrong.err.contains("DOCKER_API_VERSION is “newest”"), "{wrong:?}");
    if !live.is_podman() {
        let hint = "DOCKER_API_VERSION asks for API 1.99: unset it, or set it to a version that this engine speaks.";
        check("1.99").await.ended(1).says("1.99 is too new").says(hint);
    }
    let mut terminal = Terminal::start_with(home, &["-H", &live.address], &[("DOCKER_API_VERSION", "1.40")]);
    terminal.wait_for("API 1.40");
    terminal.keys("\x03");
    assert_eq!(terminal.ended(), 0);
}

#[tokio::test]
async fn docker_api_version_is_the_version_that_is_spoken() {
    with(Product::Docker, the_version_asked_for).await;
    with(Product::Podman, the_version_asked_for).await;
}

#[tokio::test]
async fn what_only_ssh_knows_is_not_logged_in_to_even_where_nothing_else_is_known() {
    let home = Folder::new();
    std::fs::create_dir(home.0.join(".ssh")).expect("a folder");
    std::fs::write(home.0.join(".ssh/config"), "Host only\n HostName 127.0.0.1\n Port 1\n").expect("a file");
    let hosts = told(&home.0, &[], &["hosts", "--json"]).await.ended(0).list();
    let only = hosts.iter().find(|host| host["name"] == "only").expect("the host");
    assert_eq!((&only["state"], &only["from"]), (&json!("not asked"), &json!("~/.ssh/config")));
}
