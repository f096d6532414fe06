//! A registry whose tokens are given out elsewhere: each question is allowed what it is about, by the right login.

use crate::support::lines::Folder;
use crate::support::registry::{OwnRegistry, PASSWORD, USER};
use crate::support::tokens::{Asked, IDENTITY, on_port, settings};
use dockerui_tui::domain::{Credential, FailureKind, RegistryPath, RegistryStatus, Secret};
use oci_client::secrets::RegistryAuth;
use tokio::sync::mpsc::UnboundedReceiver;

/// A registry with its token server, and what that was asked for.
async fn start() -> Option<(OwnRegistry, UnboundedReceiver<Asked>)> {
    let folder = Folder::new();
    let (port, asked) = on_port(&folder).await;
    let registry = OwnRegistry::start_in(folder, &settings(port), "delete: {enabled: true}", "").await?;
    Some((registry, asked))
}

#[tokio::test]
async fn each_question_is_allowed_what_it_is_about() {
    let Some((own, mut asked)) = start().await else { return };
    let (registries, name) = (own.registries(), own.name());
    let root = RegistryPath::root(name.clone(), false);
    assert_eq!(registries.status(&name, false).await, RegistryStatus::LoginNeeded);
    let failure = registries.login(None, &name, false, (USER, &Secret::new("wrong"))).await.expect_err("a wrong one");
    assert_eq!(failure.kind, FailureKind::Unauthorized, "{failure}");
    registries.login(None, &name, false, (USER, &Secret::new(PASSWORD))).await.expect("logged in");
    assert_eq!(registries.status(&name, false).await, RegistryStatus::LoggedIn);
    let auth = RegistryAuth::Basic(USER.to_owned(), PASSWORD.to_owned());
    own.push("team/app", "1", &[10], &auth).await;
    while asked.try_recv().is_ok() {}

    let page = registries.page(&root, None).await.expect("a catalog");
    assert_eq!(&*page.items[0].name, "team/app");
    let scopes = |words: &str| Ok(Asked { method: "GET".into(), scopes: vec![words.to_owned()] });
    assert_eq!(asked.try_recv(), scopes("registry:catalog:*"));
    let app = root.repository("team/app");
    registries.page(&app, None).await.expect("tags");
    assert_eq!(asked.try_recv(), scopes("repository:team/app:pull"));
    registries.inspect(&app.reference("1")).await.expect("an image");
    while asked.try_recv().is_ok() {}
    registries.delete(&app.reference("1")).await.expect("deleted");
    assert_eq!(asked.try_recv(), scopes("repository:team/app:pull,delete"));
    assert!(registries.page(&app, None).await.expect("tags").items.is_empty());
}

#[tokio::test]
async fn an_identity_token_is_shown_in_the_place_of_a_password() {
    let Some((own, mut asked)) = start().await else { return };
    let (registries, name) = (own.registries(), own.name());
    let given = |token: &str| Credential::Token { user: USER.into(), token: Secret::new(token) };
    registries.credentials().store(&name, given("an old one")).await.expect("kept");
    assert_eq!(registries.status(&name, false).await, RegistryStatus::LoginRefused);
    registries.credentials().store(&name, given(IDENTITY)).await.expect("kept");
    while asked.try_recv().is_ok() {}
    assert_eq!(registries.status(&name, false).await, RegistryStatus::LoggedIn);
    assert_eq!(asked.try_recv(), Ok(Asked { method: "POST".into(), scopes: Vec::new() }));
    registries.page(&RegistryPath::root(name, false), None).await.expect("a catalog");
}
