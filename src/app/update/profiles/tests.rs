//! What is saved of a host that was found.

use super::*;
use crate::config::{KnownHost, Source};
use pretty_assertions::assert_eq;

fn found(name: &str, source: Source, endpoint: Endpoint) -> HostProfile {
    let known = KnownHost { name: HostId::new(name), source, endpoint: Ok(endpoint), profile: None, is_default: false };
    profile_of(&known).unwrap()
}

#[test]
fn contexts_sockets_and_addresses_become_profiles_that_lead_there_again() {
    let files =
        TlsFiles { ca: Some("/c/ca.pem".into()), cert: Some("/c/cert.pem".into()), key: Some("/c/key.pem".into()) };
    let far = Endpoint::parse_with_tls("tcp://far:2376", files.clone()).unwrap();
    let context = found("far", Source::Context, far.clone());
    assert_eq!((&*context.name, &*context.url, &context.tls), ("far", "tcp://far:2376", &Some(files.clone())));
    assert_eq!(Endpoint::parse_with_tls(&context.url, files), Ok(far));
    let socket = found("podman", Source::Known, "/run/podman/podman.sock".parse().unwrap());
    assert_eq!((&*socket.name, &*socket.url, &socket.tls), ("podman", "unix:///run/podman/podman.sock", &None));
    // Called by its address, it has no name of its own.
    let variable = found("tcp://web:2375", Source::Variable, "tcp://web:2375".parse().unwrap());
    assert_eq!((&*variable.name, &*variable.url), ("web", "tcp://web:2375"));
    let variable = found("unix:///x.sock", Source::Variable, "unix:///x.sock".parse().unwrap());
    assert_eq!((&*variable.name, &*variable.url), ("local", "unix:///x.sock"));
}
