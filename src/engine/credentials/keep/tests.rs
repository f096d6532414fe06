//! Logins kept and forgotten: in the file as Docker writes it, and with helpers.

use super::super::tests::{Scene, name};
use super::*;
use crate::domain::Secret;
use pretty_assertions::assert_eq;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;

#[tokio::test]
async fn a_login_is_written_as_docker_writes_it() {
    let before = r#"{"psFormat":"table {{.ID}}","auths":{"b.example.com":{"auth":"YTpi"}},"HttpHeaders":{"X":"1"}}"#;
    let scene = Scene::new("written", before);
    let file = scene.folder.join("config.json");
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o640)).unwrap();
    let kept = scene.credentials.store(&name("docker.io"), Credential::password("ann", "hunter2")).await.unwrap();
    assert_eq!(kept, LoginKeeper::File(file.display().to_string().into()));
    let token = Credential::Token { user: "ann".into(), token: Secret::new("t0ken") };
    scene.credentials.store(&name("c.example.com:5000"), token.clone()).await.unwrap();
    let expected = r#"{
	"psFormat": "table {{.ID}}",
	"auths": {
		"b.example.com": {
			"auth": "YTpi"
		},
		"https://index.docker.io/v1/": {
			"auth": "YW5uOmh1bnRlcjI="
		},
		"c.example.com:5000": {
			"auth": "YW5uOg==",
			"identitytoken": "t0ken"
		}
	},
	"HttpHeaders": {
		"X": "1"
	}
}"#;
    assert_eq!(scene.text(), expected);
    assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o640);
    assert_eq!(scene.credentials.get(&name("docker.io")).await, Ok(Some(Credential::password("ann", "hunter2"))));
    assert_eq!(scene.credentials.get(&name("c.example.com:5000")).await, Ok(Some(token)));
    let known = scene.credentials.known().await.unwrap();
    let known: Vec<String> = known.iter().map(|login| format!("{} {}", login.registry, login.user)).collect();
    assert_eq!(known, ["b.example.com a", "c.example.com:5000 ann", "docker.io ann"]);
}

#[tokio::test]
async fn the_first_login_makes_a_private_file_and_the_last_one_leaves_it() {
    let scene = Scene::new("first", "");
    let registry = name("a.example.com");
    // Else the file would not be where it is kept.
    if usual_helper().is_none() {
        scene.credentials.store(&registry, Credential::password("ann", "x")).await.unwrap();
        let mode = std::fs::metadata(scene.folder.join("config.json")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        assert!(scene.credentials.erase(&registry).await.unwrap().is_some());
        assert_eq!(scene.text(), "{\n\t\"auths\": {}\n}");
    }
    assert_eq!(scene.credentials.erase(&registry).await, Ok(None));
}

#[tokio::test]
async fn a_logout_takes_every_name_of_the_registry() {
    let scene = Scene::new("names", r#"{"auths":{"https://a.example.com/v1/":{},"a.example.com":{},"b":{}}}"#);
    scene.credentials.erase(&name("a.example.com")).await.unwrap();
    assert_eq!(scene.text(), "{\n\t\"auths\": {\n\t\t\"b\": {}\n\t}\n}");
}

#[tokio::test]
async fn what_cannot_be_written_stays_as_it_was() {
    let text = r#"{"auths":{"b":{}}}"#;
    for (kind, words) in
        [(std::io::ErrorKind::StorageFull, "disk is full"), (std::io::ErrorKind::PermissionDenied, "cannot be written")]
    {
        let scene = Scene::new("full", text);
        let full: super::super::WriteFile = match kind {
            std::io::ErrorKind::StorageFull => |_, _| Err(std::io::ErrorKind::StorageFull.into()),
            _ => |_, _| Err(std::io::ErrorKind::PermissionDenied.into()),
        };
        let credentials = Credentials::of(scene.folder.clone(), full);
        let failure = credentials.store(&name("a"), Credential::password("ann", "hunter2")).await.unwrap_err();
        assert!(failure.sentence.contains(words) && !failure.to_string().contains("hunter2"), "{failure}");
        assert_eq!(scene.text(), text);
    }
}

/// A helper that keeps one login in a file beside it, and notes what it was told.
const HELPER: &str = r#"#!/bin/sh
store="$(dirname "$0")/store.json"
case $1 in
store) cat >"$store" ;;
get)
  read -r server
  grep -qF "\"$server\"" "$store" 2>/dev/null || { echo "credentials not found in native keychain"; exit 1; }
  cat "$store" ;;
erase) rm "$store" 2>/dev/null || { echo "credentials not found in native keychain"; exit 1; } ;;
list) echo '{"kept.example.com":"ann"}' ;;
esac
"#;

/// Runs itself again where the helper is found: the path of this process is everybody's.
#[tokio::test]
async fn helpers_keep_what_the_configuration_gives_them() {
    const AGAIN: &str = "DOCKERUI_TEST_HELPERS";
    let Some(folder) = std::env::var_os(AGAIN) else {
        let scene = Scene::new("helpers", r#"{"credsStore":"mine","credHelpers":{"own.example.com":"broken"}}"#);
        for (helper, text) in [("mine", HELPER), ("broken", "#!/bin/sh\necho 'the vault is locked' >&2\nexit 2\n")] {
            let path = scene.folder.join(format!("docker-credential-{helper}"));
            std::fs::write(&path, text).unwrap();
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
        }
        let path = std::env::var_os("PATH").unwrap_or_default();
        let path = std::env::join_paths([scene.folder.clone()].into_iter().chain(std::env::split_paths(&path)));
        let test = "engine::credentials::keep::tests::helpers_keep_what_the_configuration_gives_them";
        let mut again = Command::new(std::env::current_exe().unwrap());
        again.args(["--exact", test]).env(AGAIN, &scene.folder).env("PATH", path.unwrap());
        let output = again.output().unwrap();
        let told = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success() && told.contains("1 passed"), "{told}");
        return;
    };
    let folder = std::path::PathBuf::from(folder);
    let credentials = Credentials::of(folder.clone(), crate::config::edit::write_file);
    let registry = name("kept.example.com");
    assert_eq!(credentials.get(&registry).await, Ok(None));
    let login = Credential::password("ann", "hunter2");
    let kept = credentials.store(&registry, login.clone()).await.unwrap();
    assert_eq!(kept, LoginKeeper::Helper("docker-credential-mine".into()));
    let store = std::fs::read_to_string(folder.join("store.json")).unwrap();
    assert_eq!(store, r#"{"ServerURL":"kept.example.com","Username":"ann","Secret":"hunter2"}"#);
    let text = std::fs::read_to_string(folder.join("config.json")).unwrap();
    assert!(text.contains("\"kept.example.com\": {}") && !text.contains("auth\""), "{text}");
    assert_eq!(credentials.get(&registry).await, Ok(Some(login)));
    let known = credentials.known().await.unwrap();
    let known: Vec<String> = known.iter().map(|login| format!("{} {}", login.registry, login.user)).collect();
    assert_eq!(known, ["kept.example.com ann", "own.example.com "]);
    assert!(credentials.erase(&registry).await.unwrap().is_some());
    assert_eq!(credentials.get(&registry).await, Ok(None));
    assert!(credentials.erase(&registry).await.is_ok(), "it is gone already");

    let failure = credentials.get(&name("own.example.com")).await.unwrap_err();
    assert!(failure.sentence.contains("docker-credential-broken") && failure.sentence.contains("locked"), "{failure}");
    let failure = credentials.store(&name("own.example.com"), Credential::password("a", "b")).await.unwrap_err();
    assert_eq!(failure.sentence, "docker-credential-broken store failed: the vault is locked.");
}
