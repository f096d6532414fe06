//! Contexts that the docker client itself has made: listed, chosen by name, and preferred as the docker client does.

use crate::support::engines::{Live, Product, with};
use crate::support::lines::{Folder, certificates, tls_server};
use crate::support::shell::{Told, told};
use serde_json::json;
use std::process::Command;

/// A home, and the docker client in it.
struct Home(Folder);

impl Home {
    fn docker(&self, words: &[&str]) -> String {
        let mut command = Command::new("docker");
        command.args(words).env("DOCKER_CONFIG", self.0.0.join(".docker"));
        let output = command.env_remove("DOCKER_HOST").env_remove("DOCKER_CONTEXT").output().expect("docker");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    async fn check(&self, variables: &[(&str, &str)], words: &[&str]) -> Told {
        told(&self.0.0, variables, &[&["check"], words].concat()).await
    }
}

async fn made_by_docker(live: Live) {
    let home = Home(Folder::new());
    let folder = certificates();
    let port = tls_server(&folder, "server", true, live.socket()).await;
    let pem = |name: &str| folder.0.join(name).display().to_string();
    let (ca, cert, key) = (pem("ca.pem"), pem("client.pem"), pem("client.key"));
    let secure = format!("https://localhost:{port}");
    let host = format!("tcp://localhost:{port}");
    home.docker(&["context", "create", "sure", "--docker", &format!("host={host},ca={ca},cert={cert},key={key}")]);
    home.docker(&["context", "create", "near", "--docker", &format!("host={}", live.address)]);
    home.docker(&["context", "create", "gone", "--docker", "host=tcp://127.0.0.1:1"]);

    // All of them are listed, with where they come from.
    let hosts = told(&home.0.0, &[], &["hosts", "--json"]).await.ended(0).list();
    for (name, address, state) in
        [("sure", &*secure, "live"), ("near", &*live.address, "live"), ("gone", "tcp://127.0.0.1:1", "away")]
    {
        let host = hosts.iter().find(|host| host["name"] == name).unwrap_or_else(|| panic!("{name} in {hosts:?}"));
        assert_eq!((&host["address"], &host["state"]), (&json!(address), &json!(state)), "{host}");
        assert_eq!(host["from"], "docker context");
    }
    // By name, wherever the docker client stands.
    home.check(&[], &["sure"]).await.ended(0).says("✓ TLS: the certificate is right");
    home.check(&[], &["-H", "near"]).await.ended(0).says(&live.address);
    home.check(&[], &["gone"]).await.ended(1).says("nobody listens at 127.0.0.1:1");

    home.docker(&["context", "use", "sure"]);
    let first = |told: Told| told.out.lines().next().unwrap_or_default().to_owned();
    assert_eq!(first(home.check(&[], &[]).await.ended(0)), "host     sure, Docker's current context");
    // Each of these comes before the one above it, as it does for the docker client.
    let context = ("DOCKER_CONTEXT", "near");
    assert_eq!(first(home.check(&[context], &[]).await.ended(0)), "host     near, named by DOCKER_CONTEXT");
    let variable = ("DOCKER_HOST", "tcp://127.0.0.1:1");
    let told_first = first(home.check(&[context, variable], &[]).await.ended(1));
    assert!(told_first.ends_with(", named by DOCKER_HOST"), "{told_first}");
    let told_first = first(home.check(&[context, variable], &["-H", "sure"]).await.ended(0));
    assert!(told_first.starts_with("host     sure, "), "{told_first}");
    // A name that no context has is no way to another host.
    let unknown = home.check(&[("DOCKER_CONTEXT", "nobody")], &[]).await;
    assert!(unknown.status != Some(0) && (unknown.err + &unknown.out).contains("nobody"));
    // The client's folder elsewhere.
    let elsewhere = home.0.0.join("elsewhere");
    std::fs::rename(home.0.0.join(".docker"), &elsewhere).expect("another place");
    let folder = elsewhere.display().to_string();
    home.check(&[("DOCKER_CONFIG", &folder)], &[]).await.ended(0).says("host     sure, Docker's current context");
    home.check(&[], &["sure"]).await.ended(1);
}

#[tokio::test]
async fn contexts_made_by_docker_are_listed_and_chosen() {
    with(Product::Docker, made_by_docker).await;
}
