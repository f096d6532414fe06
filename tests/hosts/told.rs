//! What the program tells of hosts without a screen: `check`, `hosts` and `ps`, as they are run by a shell.

use crate::support::engines::{Live, Product, with};
use crate::support::lines::{Folder, SshServer, certificates, tls_server};
use crate::support::shell::{Told, told};
use serde_json::Value;
use std::path::Path;
use std::process::Command;

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

    let check = say(&["check", "far"]).await;
    assert_eq!(check.status, Some(0), "{}{}", check.out, check.err);
    assert!(check.out.contains("✓ ssh: logged in") && check.out.contains("API 1."), "{}", check.out);
    assert_eq!(server.logins(), 1);
    // Nothing is left behind.
    server.until_no_clients().await;
    let check = say(&["check", "sure"]).await;
    assert_eq!(check.status, Some(0), "{}", check.out);
    assert!(check.out.contains("✓ TLS: the certificate is right"), "{}", check.out);
    let check = say(&["check", "gone"]).await;
    assert_eq!(check.status, Some(1));
    assert!(check.out.contains("✗ Connection refused: nobody listens at 127.0.0.1:1.\n  "), "{}", check.out);

    let hosts: Vec<Value> = serde_json::from_str(&say(&["hosts", "--json"]).await.out).expect("JSON");
    let states: Vec<String> = hosts.iter().take(4).map(|host| format!("{} {}", host["name"], host["state"])).collect();
    assert_eq!(states, ["\"here\" \"live\"", "\"far\" \"live\"", "\"sure\" \"live\"", "\"gone\" \"away\""]);
    let table = say(&["hosts"]).await;
    assert!(table.out.starts_with("NAME ") && table.status == Some(0), "{}", table.out);

    let ps = say(&["ps", "--all-hosts", "--json"]).await;
    assert_eq!(ps.status, Some(1), "one did not answer: {}", ps.err);
    assert!(ps.err.contains("dockerui-tui: gone: Connection refused"), "{}", ps.err);
    let rows: Vec<Value> = serde_json::from_str(&ps.out).expect("JSON");
    let of_target = rows.iter().filter(|row| row["id"] == target.id.as_str());
    assert_eq!(of_target.map(|row| row["host"].to_string()).collect::<Vec<_>>(), ["\"here\"", "\"far\"", "\"sure\""]);
    let ps = say(&["ps", "-H", "here"]).await;
    assert!(ps.status == Some(0) && ps.out.contains(&*target.name), "{}{}", ps.out, ps.err);
}

async fn a_context_of_docker(live: Live) {
    let home = Folder::new();
    let docker = |words: &[&str]| {
        let config = home.0.join(".docker");
        let output = Command::new("docker").args(words).env("DOCKER_CONFIG", config).env_remove("DOCKER_HOST").output();
        let output = output.expect("docker");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    };
    let folder = certificates();
    let port = tls_server(&folder, "server", true, live.socket()).await;
    let pem = |name: &str| folder.0.join(name).display().to_string();
    let endpoint = format!(
        "host=tcp://localhost:{port},ca={},cert={},key={}",
        pem("ca.pem"),
        pem("client.pem"),
        pem("client.key")
    );
    docker(&["context", "create", "sure", "--docker", &endpoint]);
    docker(&["context", "use", "sure"]);
    let told = run(&home.0, &home.0, &["check"]).await;
    assert_eq!(told.status, Some(0), "{}{}", told.out, told.err);
    assert!(told.out.starts_with("host     sure, Docker's current context\n"), "{}", told.out);
}

#[tokio::test]
async fn hosts_are_told_over_every_kind_of_line() {
    with(Product::Docker, over_every_line).await;
}

#[tokio::test]
async fn a_context_made_by_docker_is_used() {
    with(Product::Docker, a_context_of_docker).await;
}
