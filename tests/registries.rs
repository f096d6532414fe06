//! Registries spoken to from this machine, against Debian's docker-registry: status, browsing, deleting, logging in.

mod bearer;
mod hub;
mod tls;
mod view;

use crate::support::registry::{OwnRegistry, PASSWORD, USER};
use dockerui_tui::domain::{
    FailureKind, ItemKind, LoginKeeper, RegistryLevel, RegistryName, RegistryPath, RegistryStatus, Secret,
};
use oci_client::secrets::RegistryAuth;

fn names(page: &dockerui_tui::domain::RegistryPage) -> Vec<&str> {
    page.items.iter().map(|item| &*item.name).collect()
}

#[tokio::test]
async fn an_open_one_is_walked_through() {
    let Some(own) = OwnRegistry::open().await else { return };
    let registries = own.registries();
    assert_eq!(registries.status(&own.name(), false).await, RegistryStatus::Open);
    let root = RegistryPath::root(own.name(), false);
    assert!(registries.page(&root, None).await.expect("a catalog").items.is_empty());
    let one = own.push("team/app", "1", &[3000, 500], &RegistryAuth::Anonymous).await;
    let two = own.push("team/app", "2", &[10], &RegistryAuth::Anonymous).await;
    own.push_index("team/app", "both", &[("amd64", &one), ("arm64", &two)]).await;
    own.push("base", "1", &[1], &RegistryAuth::Anonymous).await;

    let page = registries.page(&root, None).await.expect("a catalog");
    assert_eq!((names(&page), page.next.clone()), (vec!["base", "team/app"], None));
    let app = root.repository("team/app");
    assert_eq!(app.level(), RegistryLevel::Tags);
    let mut page = registries.page(&app, None).await.expect("tags");
    page.items.sort_by(|one, other| one.name.cmp(&other.name));
    assert_eq!(names(&page), ["1", "2", "both"]);

    let parts = registries.page(&app.reference("1"), None).await.expect("an image");
    let told: Vec<(ItemKind, &str)> = parts.items.iter().map(|item| (item.kind, &*item.name)).collect();
    assert_eq!(told, [(ItemKind::Config, "config"), (ItemKind::Layer, "layer 1"), (ItemKind::Layer, "layer 2")]);
    assert_eq!(parts.items[1].size, Some(3000));
    let platforms = registries.page(&app.reference("both"), None).await.expect("an index");
    assert_eq!(names(&platforms), ["linux/amd64", "linux/arm64"]);
    assert_eq!(platforms.items[0].digest.as_deref(), Some(&*one.0));
    // On through the index, by its digest.
    let parts = registries.page(&app.reference(&one.0), None).await.expect("an image");
    assert_eq!(parts.items.len(), 3);

    let told = registries.inspect(&app.reference("1")).await.expect("told");
    assert_eq!(told["Digest"], one.0);
    assert_eq!(told["Config"]["config"]["Env"][0], "MADE=1");
    assert_eq!(told["Reference"], format!("{}/team/app:1", own.name()));
    let failure = registries.page(&app.reference("3"), None).await.expect_err("no such tag");
    assert_eq!(failure.kind, FailureKind::NotFound, "{failure}");
    assert!(failure.sentence.contains("does not have team/app:3"), "{failure}");
    let failure = registries.page(&root.repository("none"), None).await.expect_err("no such repository");
    assert_eq!(failure.kind, FailureKind::NotFound, "{failure}");
}

#[tokio::test]
async fn a_long_catalog_comes_in_pages() {
    let Some(own) = OwnRegistry::open().await else { return };
    // As the registry's own store has them: pushing so many would take long.
    own.push("r000", "1", &[1], &RegistryAuth::Anonymous).await;
    let repositories = own.folder.0.join("data/docker/registry/v2/repositories");
    for number in 1..=130 {
        let copied = std::process::Command::new("cp")
            .arg("-a")
            .args([repositories.join("r000"), repositories.join(format!("r{number:03}"))])
            .status();
        assert!(copied.expect("cp").success());
    }
    let (registries, root) = (own.registries(), RegistryPath::root(own.name(), false));
    let first = registries.page(&root, None).await.expect("a page");
    assert_eq!((first.items.len(), first.next.as_deref()), (100, Some("r099")));
    let second = registries.page(&root, first.next.as_deref()).await.expect("a page");
    assert_eq!((names(&second)[0], second.items.len(), second.next.clone()), ("r100", 31, None));
}

#[tokio::test]
async fn images_are_deleted_where_that_is_allowed() {
    let Some(own) = OwnRegistry::open().await else { return };
    let registries = own.registries();
    let app = RegistryPath::root(own.name(), false).repository("app");
    let (digest, _) = own.push("app", "1", &[10], &RegistryAuth::Anonymous).await;
    own.push("app", "2", &[20], &RegistryAuth::Anonymous).await;
    // Debian's takes no tag for that: its digest is looked up.
    registries.delete(&app.reference("1")).await.expect("deleted");
    let page = registries.page(&app, None).await.expect("tags");
    assert_eq!(names(&page), ["2"]);
    for gone in ["1", &digest] {
        let failure = registries.delete(&app.reference(gone)).await.expect_err("it is gone");
        assert_eq!(failure.kind, FailureKind::NotFound, "{failure}");
    }

    let folder = crate::support::lines::Folder::new();
    let Some(kept) = OwnRegistry::start_in(folder, "", "delete: {enabled: false}", "").await else { return };
    kept.push("app", "1", &[10], &RegistryAuth::Anonymous).await;
    let path = RegistryPath::root(kept.name(), false).repository("app").reference("1");
    let failure = kept.registries().delete(&path).await.expect_err("not allowed");
    assert_eq!(failure.kind, FailureKind::Unsupported, "{failure}");
    assert!(failure.hint.expect("a remedy").contains("REGISTRY_STORAGE_DELETE_ENABLED"));
}

#[tokio::test]
async fn one_with_a_password_wants_the_right_one() {
    let Some(own) = OwnRegistry::private().await else { return };
    let (registries, name) = (own.registries(), own.name());
    let root = RegistryPath::root(name.clone(), false);
    assert_eq!(registries.status(&name, false).await, RegistryStatus::LoginNeeded);
    let failure = registries.page(&root, None).await.expect_err("a login is wanted");
    assert_eq!(failure.kind, FailureKind::Unauthorized, "{failure}");
    assert_eq!(failure.sentence, format!("{name} wants a login."));

    let failure =
        registries.login(None, &name, false, (USER, &Secret::new("wrong"))).await.expect_err("a wrong password");
    assert_eq!(failure.kind, FailureKind::Unauthorized, "{failure}");
    assert_eq!(registries.status(&name, false).await, RegistryStatus::LoginNeeded, "nothing was kept");

    let kept = registries.login(None, &name, false, (USER, &Secret::new(PASSWORD))).await.expect("logged in");
    let file = own.folder.0.join("config.json").display().to_string();
    assert_eq!(kept, LoginKeeper::File(file.into()));
    assert_eq!(registries.status(&name, false).await, RegistryStatus::LoggedIn);
    let auth = RegistryAuth::Basic(USER.to_owned(), PASSWORD.to_owned());
    own.push("app", "1", &[10], &auth).await;
    assert_eq!(names(&registries.page(&root, None).await.expect("a catalog")), ["app"]);
    registries.inspect(&root.repository("app").reference("1")).await.expect("an image");

    // The password was changed since.
    let other = dockerui_tui::domain::Credential::password(USER, "old");
    registries.credentials().store(&name, other).await.expect("kept");
    assert_eq!(registries.status(&name, false).await, RegistryStatus::LoginRefused);
    registries.credentials().erase(&name).await.expect("forgotten");
    assert_eq!(registries.status(&name, false).await, RegistryStatus::LoginNeeded);
}

#[tokio::test]
async fn what_is_down_says_why() {
    let folder = crate::support::lines::Folder::new();
    let registries = crate::support::registry::registries(&folder, Vec::new());
    let RegistryStatus::Down(failure) = registries.status(&RegistryName::parse("127.0.0.1:1").unwrap(), false).await
    else {
        panic!("somebody listens")
    };
    assert_eq!(failure.kind, FailureKind::Refused, "{failure}");
    let nobody = RegistryName::parse("no-such-host.invalid").unwrap();
    let RegistryStatus::Down(failure) = registries.status(&nobody, false).await else { panic!("there is one") };
    assert!(failure.sentence.contains("no-such-host.invalid cannot be reached"), "{failure}");
}
