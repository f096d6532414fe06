//! Pulls from a registry that wants a login: who is told to it, and what is said without one.

use super::registry::pushed_to;
use crate::support::engines::{Live, on_engines, private_registry};
use dockerui_tui::config::edit::write_file;
use dockerui_tui::domain::{Credential, Done, FailureKind, ImageRequest, RegistryName, Request};
use dockerui_tui::engine::Credentials;
use std::path::PathBuf;

on_engines!(pulled_by_who_is_logged_in, nobody_and_the_wrong_one);

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
