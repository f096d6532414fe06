//! Which host is chosen, and where hosts come from.

use super::environment;
use crate::config::host::discoverable;
use crate::config::*;
use crate::domain::{Endpoint, FailureKind, TlsFiles};
use pretty_assertions::assert_eq;
use std::path::{Path, PathBuf};

#[test]
fn a_host_is_chosen_by_flag_then_variable_then_setting_then_discovery() {
    let text =
        "default_host = \"b\"\n[[hosts]]\nname = \"a\"\nurl = \"tcp://a\"\n[[hosts]]\nname = \"b\"\nurl = \"/b\"\n";
    let settings = Settings::default().with(Layer::parse(Path::new("c"), text).unwrap());
    let plain = environment(&[]);
    let variable = environment(&[("DOCKER_HOST", "tcp://v:1")]);
    let endpoints = |settings: &Settings, flag, environment: &Environment| -> Vec<String> {
        let choice = choose(settings, flag, environment).unwrap();
        choice.candidates().iter().map(|candidate| format!("{} {}", candidate.name, candidate.endpoint)).collect()
    };
    assert_eq!(endpoints(&settings, Some("a"), &variable), ["a tcp://a:2375"]);
    assert_eq!(endpoints(&settings, Some("podman"), &variable), ["podman unix:///run/user/7/podman/podman.sock"]);
    assert_eq!(endpoints(&settings, Some("/x"), &variable), ["unix:///x unix:///x"]);
    assert_eq!(endpoints(&settings, None, &variable), ["tcp://v:1 tcp://v:1"]);
    assert_eq!(endpoints(&settings, None, &environment(&[("DOCKER_HOST", "")])), ["b unix:///b"]);
    let found = endpoints(&Settings::default(), None, &plain);
    assert_eq!(found[0], "local unix:///var/run/docker.sock");
    assert_eq!(found.len(), 7);
    assert_eq!(discoverable(&Environment::default()).len(), 2, "only what needs no folder of the user");
}

#[test]
fn a_host_that_cannot_be_is_an_error_and_never_another_host() {
    let text = "[[hosts]]\nname = \"far\"\nurl = \"pigeon://far\"\n[[hosts]]\nname = \"sure\"\nurl = \"tcp://sure\"\ntls = {}\n";
    let settings = Settings::default().with(Layer::parse(Path::new("c"), text).unwrap());
    let failure = |flag: &str| choose(&settings, Some(flag), &environment(&[])).unwrap_err();
    assert!(choose(&settings, None, &environment(&[])).is_ok(), "an unreachable profile harms nobody until chosen");
    assert_eq!(
        failure("far").sentence,
        "Host “far”: “pigeon://far” is no address of an engine: pigeon:// is not supported."
    );
    assert_eq!(failure("ssh://").kind, FailureKind::BadRequest);
    assert_eq!(
        failure("fra").to_string(),
        "There is no host called “fra”. Known hosts: far, sure, local, rootless, desktop, desktop-linux, podman-root, \
         podman, colima. An address is written unix:///path, tcp://host:port or \
         ssh://user@host."
    );
    let gone = Settings { default_host: Some("gone".into()), ..Settings::default() };
    assert!(choose(&gone, None, &environment(&[])).unwrap_err().sentence.starts_with("default_host: There is no"));
    let demo = choose(&settings, Some("demo://"), &environment(&[])).unwrap();
    assert_eq!(demo.candidates()[0].endpoint, Endpoint::Demo);
}

/// A home folder of one test, gone at its end.
struct Home(PathBuf);

impl Home {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("dockerui-home-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn write(&self, name: &str, text: &str) {
        edit::write_file(&self.0.join(name), text).unwrap();
    }

    fn environment(&self, variables: &[(&str, &str)]) -> Environment {
        Environment { home: Some(self.0.clone()), ..environment(variables) }
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn only(choice: HostChoice) -> Candidate {
    let mut candidates = choice.candidates();
    assert_eq!(candidates.len(), 1);
    candidates.remove(0)
}

#[test]
fn a_profile_says_where_its_certificates_are() {
    let text = "[[hosts]]\nname = \"a\"\nurl = \"tcp://a\"\ntls = { ca = \"~/ca.pem\", cert = \"/c\", key = \"/k\" }\n\
        [[hosts]]\nname = \"b\"\nurl = \"ssh://me@b:1/s.sock\"\n";
    let settings = Settings::default().with(Layer::parse(Path::new("c"), text).unwrap());
    let a = only(choose(&settings, Some("a"), &environment(&[])).unwrap());
    let identity = TlsFiles { ca: Some("/home/me/ca.pem".into()), cert: Some("/c".into()), key: Some("/k".into()) };
    assert_eq!(a.endpoint, Endpoint::Tls { host: "a".into(), port: 2376, identity, skip_verify: false });
    let b = only(choose(&settings, Some("b"), &environment(&[])).unwrap());
    assert_eq!((b.endpoint.to_string().as_str(), b.source), ("ssh://me@b:1/s.sock", Source::Profile));
}

#[test]
fn the_variables_of_docker_mean_what_they_mean_to_docker() {
    let chosen = |variables: &[(&str, &str)]| {
        only(choose(&Settings::default(), None, &environment(variables)).unwrap()).endpoint
    };
    let Endpoint::Tls { port, identity, skip_verify, .. } =
        chosen(&[("DOCKER_HOST", "tcp://v"), ("DOCKER_TLS_VERIFY", "1"), ("DOCKER_CERT_PATH", "/certificates")])
    else {
        panic!("TLS")
    };
    assert_eq!((port, identity.ca.as_deref(), skip_verify), (2376, Some(Path::new("/certificates/ca.pem")), false));
    assert_eq!(identity.cert, None, "there is none");
    let plain = chosen(&[("DOCKER_HOST", "tcp://v"), ("DOCKER_TLS_VERIFY", "")]);
    assert_eq!(plain, Endpoint::Tcp { host: "v".into(), port: 2375 });
    assert_eq!(chosen(&[("DOCKER_HOST", "ssh://v"), ("DOCKER_TLS_VERIFY", "1")]).scheme(), "ssh");
}

#[test]
fn contexts_are_read_as_docker_writes_them() {
    let home = Home::new("contexts");
    home.write(
        ".docker/contexts/meta/aa/meta.json",
        r#"{"Name":"far","Metadata":{},"Endpoints":{"docker":{"Host":"ssh://me@far","SkipTLSVerify":false}}}"#,
    );
    home.write(
        ".docker/contexts/meta/bb/meta.json",
        r#"{"Name":"sure","Endpoints":{"docker":{"Host":"tcp://sure:2376","SkipTLSVerify":true}}}"#,
    );
    home.write(".docker/contexts/tls/bb/docker/ca.pem", "");
    home.write(".docker/contexts/meta/cc/meta.json", r#"{"Name":"odd","Endpoints":{"docker":{"Host":"npipe://x"}}}"#);
    home.write(".docker/contexts/meta/dd/meta.json", "broken");
    home.write(".ssh/config", "Host web *.lan\n  User me\n");
    let environment = |variables: &[(&str, &str)]| home.environment(variables);
    let sources = |source| {
        let of_source = discoverable(&environment(&[])).into_iter().filter(|candidate| candidate.source == source);
        of_source.map(|candidate| format!("{} {}", candidate.name, candidate.endpoint)).collect::<Vec<_>>()
    };
    assert_eq!(sources(Source::Context), ["far ssh://me@far", "sure https://sure:2376"]);
    assert_eq!(sources(Source::SshConfig), ["web ssh://web"]);

    let settings = Settings::default();
    let choose = |flag, variables: &[(&str, &str)]| choose(&settings, flag, &environment(variables));
    assert!(matches!(choose(None, &[]).unwrap(), HostChoice::Discover(known) if known.len() == 7));
    let sure = only(choose(Some("sure"), &[]).unwrap());
    assert!(sure.endpoint.is_unverified(), "{sure:?}");
    let Endpoint::Tls { identity, .. } = sure.endpoint else { panic!() };
    assert_eq!(identity.ca, Some(home.0.join(".docker/contexts/tls/bb/docker/ca.pem")));
    assert_eq!(only(choose(Some("web"), &[]).unwrap()).source, Source::SshConfig);
    assert_eq!(only(choose(None, &[("DOCKER_CONTEXT", "far")]).unwrap()).name.as_str(), "far");
    assert!(matches!(choose(None, &[("DOCKER_CONTEXT", "default")]).unwrap(), HostChoice::Discover(_)));
    let both = [("DOCKER_CONTEXT", "far"), ("DOCKER_HOST", "/s")];
    assert_eq!(only(choose(None, &both).unwrap()).source, Source::Variable);

    home.write(".docker/config.json", r#"{"auths":{},"currentContext":"far"}"#);
    assert_eq!(only(choose(None, &[]).unwrap()).source, Source::Context);
    assert!(choose(Some("odd"), &[]).unwrap_err().sentence.starts_with("The Docker context “odd” cannot be used"));
    home.write(".docker/config.json", r#"{"currentContext":"gone"}"#);
    let gone = choose(None, &[]).unwrap_err();
    assert_eq!(gone.sentence, "Docker's current context: There is no Docker context called “gone”.");
}

#[test]
fn the_roster_has_every_host_once_and_says_which_is_the_default() {
    let home = Home::new("roster");
    home.write(
        ".docker/contexts/meta/aa/meta.json",
        r#"{"Name":"far","Endpoints":{"docker":{"Host":"ssh://me@far"}}}"#,
    );
    home.write(".docker/contexts/meta/cc/meta.json", r#"{"Name":"odd","Endpoints":{"docker":{"Host":"npipe://x"}}}"#);
    home.write(".docker/contexts/meta/ee/meta.json", r#"{"Name":"mine","Endpoints":{"docker":{"Host":"unix:///x"}}}"#);
    home.write(".docker/run/docker.sock", "");
    home.write(".colima/default/docker.sock", "");
    home.write(".ssh/config", "Host web far\n");
    let socket = home.0.join(".colima/default/docker.sock");
    let text = format!(
        "default_host = \"mine\"\n[[hosts]]\nname = \"mine\"\nurl = \"{}\"\n[[hosts]]\nname = \"bad\"\nurl = \"x://y\"\n",
        socket.display()
    );
    let settings = Settings::default().with(Layer::parse(Path::new("c"), &text).unwrap());
    let told = |variables: &[(&str, &str)]| -> Vec<String> {
        let environment = Environment { runtime_dir: None, ..home.environment(variables) };
        let hosts = roster(&settings, &environment).into_iter();
        let hosts = hosts.filter(|host| host.source != Source::Known || host.name.as_str() == "desktop");
        hosts
            .map(|host| {
                let sign = if host.is_default { "*" } else { "" };
                let bad = if host.endpoint.is_err() { "!" } else { "" };
                format!("{sign}{}{bad} {}", host.name, host.source.name())
            })
            .collect()
    };
    let contexts = ["far docker context", "odd! docker context", "desktop known socket", "web ~/.ssh/config"];
    let expected: Vec<&str> = ["*mine profile", "bad! profile"].into_iter().chain(contexts).collect();
    assert_eq!(told(&[]), expected);
    let variable = told(&[("DOCKER_HOST", "tcp://v:1")]);
    assert_eq!(variable[..3], ["mine profile", "bad! profile", "*tcp://v:1 DOCKER_HOST"]);
    assert!(told(&[("DOCKER_HOST", "pigeon://v")]).contains(&"pigeon://v! DOCKER_HOST".to_owned()));
    assert!(told(&[("DOCKER_CONTEXT", "far")]).contains(&"*far docker context".to_owned()));
}
