//! Pulls from a registry that wants a login: who is told to it, and what is said without one.

use super::registry::pushed_to;
use crate::support::engines::{Live, on_engines, private_registry};
use dockerui_tui::config::edit::write_file;
use dockerui_tui::domain::{Credential, Done, FailureKind, ImageRequest, LoginKeeper, RegistryName, Request, Secret};
use dockerui_tui::engine::{Credentials, Registries};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

on_engines!(pulled_by_who_is_logged_in, nobody_and_the_wrong_one, a_login_is_checked_by_the_engine);

/// A folder of Docker's configuration with this login to the private registry, gone with the test.
pub struct Login {
    pub folder: PathBuf,
    pub credentials: Credentials,
}

impl Login {
    pub async fn new(live: &Live, password: &str) -> Self {
        let folder = std::env::temp_dir().join(live.name("login"));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).expect("a folder");
        // Somebody else's login in it: else the keeper of this machine would be chosen.
        std::fs::write(folder.join("config.json"), r#"{"auths":{"other.example.com":{}}}"#).expect("a file");
        let credentials = Credentials::of(folder.clone(), write_file);
        let registry = RegistryName::parse(&private_registry()).expect("its name");
        credentials.store(&registry, Credential::password("tester", password)).await.expect("kept");
        Self { folder, credentials }
    }
}

impl Drop for Login {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// What the scripts of the engines gave it.
pub const PASSWORD: &str = "hunter?2>ÿ";

async fn pulled_by_who_is_logged_in(live: Live) {
    let login = Login::new(&live, PASSWORD).await;
    let pushed = pushed_to(&live, &private_registry(), "private", Some(&login.folder));
    let engine = live.engine.clone().with_credentials(login.credentials.clone());
    let request = Request::from(ImageRequest::pull(pushed.reference.clone()));
    let outcome = engine.perform(&request, |_| {}).await;
    assert!(matches!(outcome, Ok(Done::Pulled { .. })), "{outcome:?}");
    live.truth(&pushed.reference);
}

async fn nobody_and_the_wrong_one(live: Live) {
    let wrong = Login::new(&live, "another").await;
    let reference = format!("{}/secret:1", private_registry());
    for engine in [live.engine.clone(), live.engine.clone().with_credentials(wrong.credentials.clone())] {
        let failure = engine.perform(&ImageRequest::pull(reference.clone()).into(), |_| {}).await;
        let failure = failure.expect_err("a login is wanted");
        assert_eq!(failure.kind, FailureKind::Unauthorized, "{failure}");
    }
}

/// The file that the docker client itself writes for a login.
fn written_by_docker(live: &Live, folder: &Path) -> Option<serde_json::Value> {
    let mut command = Command::new("docker");
    command.arg("--config").arg(folder).args([
        "login",
        "--username",
        "tester",
        "--password-stdin",
        &private_registry(),
    ]);
    command.env("DOCKER_HOST", &live.address).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = command.spawn().expect("docker");
    child.stdin.take().expect("its input").write_all(PASSWORD.as_bytes()).expect("a password");
    let ended = child.wait().expect("docker login");
    ended.success().then(|| read(folder))
}

fn read(folder: &Path) -> serde_json::Value {
    let text = std::fs::read_to_string(folder.join("config.json")).expect("the file");
    serde_json::from_str(&text).expect("JSON")
}

/// The registry is in the engine's network, and cannot be reached from here: the engine alone can say.
async fn a_login_is_checked_by_the_engine(live: Live) {
    let login = Login::new(&live, "another").await;
    let registry = RegistryName::parse(&private_registry()).expect("its name");
    login.credentials.erase(&registry).await.expect("forgotten");
    let registries = Registries::new(login.credentials.clone(), Vec::new());
    let show = async |password: &str| {
        registries.login(Some(&live.engine), &registry, true, ("tester", &Secret::new(password))).await
    };
    let failure = show("wrong").await.expect_err("a wrong password");
    if live.is_podman() {
        // It asks by HTTPS alone and cannot say; from here nobody answers either, and nothing is kept.
        assert_eq!(failure.kind, FailureKind::Refused, "{failure}");
        assert_eq!(read(&login.folder), serde_json::json!({ "auths": { "other.example.com": {} } }));
        return;
    }
    assert_eq!(failure.kind, FailureKind::Unauthorized, "{failure}");
    assert_eq!(read(&login.folder), serde_json::json!({ "auths": { "other.example.com": {} } }), "nothing is kept");
    let kept = show(PASSWORD).await.expect("logged in");
    let file = login.folder.join("config.json");
    assert_eq!(kept, LoginKeeper::File(file.display().to_string().into()));

    // As docker login writes it, to the letter.
    let theirs = Login::new(&live, "another").await;
    theirs.credentials.erase(&registry).await.expect("forgotten");
    let Some(written) = written_by_docker(&live, &theirs.folder) else { return };
    assert_eq!(read(&login.folder), written);
    let text = |folder: &Path| std::fs::read_to_string(folder.join("config.json")).expect("the file");
    assert_eq!(text(&login.folder).trim_end(), text(&theirs.folder).trim_end());
}
