//! Registries behind TLS: with an authority of their own, and without one that anybody knows.

use crate::support::lines::certificates;
use crate::support::registry::{OwnRegistry, registries};
use dockerui_tui::domain::{FailureKind, RegistryName, RegistryPath, RegistryProfile, RegistryStatus};

#[tokio::test]
async fn its_own_authority_is_trusted_where_it_is_named() {
    let folder = certificates();
    let tls = "tls: {certificate: FOLDER/server.pem, key: FOLDER/server.key}";
    let Some(own) = OwnRegistry::start_in(folder, "", "delete: {enabled: false}", tls).await else { return };
    let name = RegistryName::parse(&format!("localhost:{}", own.port)).unwrap();
    let profile = |ca: &str| {
        let ca = Some(own.folder.0.join(ca));
        vec![RegistryProfile { name: name.clone(), insecure: false, ca }]
    };
    let trusting = registries(&own.folder, profile("ca.pem"));
    assert_eq!(trusting.status(&name, false).await, RegistryStatus::Open);
    trusting.page(&RegistryPath::root(name.clone(), false), None).await.expect("a catalog");

    let misled = registries(&own.folder, profile("stranger-ca.pem"));
    let RegistryStatus::Down(failure) = misled.status(&name, false).await else { panic!("it was trusted") };
    assert_eq!(failure.kind, FailureKind::Untrusted, "{failure}");
    assert!(failure.hint.expect("a remedy").contains("[[registries]]"));
    let missing = registries(&own.folder, profile("no-such.pem"));
    let RegistryStatus::Down(failure) = missing.status(&name, false).await else { panic!("there is none") };
    assert_eq!(failure.kind, FailureKind::LocalFile, "{failure}");

    // On this machine anything is trusted, as engines do it.
    let plain = registries(&own.folder, Vec::new());
    assert_eq!(plain.status(&name, false).await, RegistryStatus::Open);
}
