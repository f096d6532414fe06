//! Reading logins as the docker client keeps them, and what engines are told of them.

use super::*;
use crate::config::edit::write_file;

/// Logins of a folder that holds this `config.json`, if it is not empty, for as long as the test runs.
pub struct Scene {
    pub folder: PathBuf,
    pub credentials: Credentials,
}

impl Scene {
    pub fn new(name: &str, text: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("dockerui-logins-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        if !text.is_empty() {
            std::fs::write(folder.join("config.json"), text).unwrap();
        }
        Self { credentials: Credentials::of(folder.clone(), write_file), folder }
    }

    /// What the file holds now.
    pub fn text(&self) -> String {
        std::fs::read_to_string(self.folder.join("config.json")).unwrap_or_default()
    }
}

impl Drop for Scene {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

pub fn name(text: &str) -> RegistryName {
    RegistryName::parse(text).unwrap()
}

#[tokio::test]
async fn logins_in_the_file_are_found() {
    // bm9kb2R5OmFiYz8 is `nobody:abc?` without padding.
    let scene = Scene::new(
        "file",
        r#"{"auths": {
            "https://index.docker.io/v1/": {"auth": "YW5uOnNlY3JldA=="},
            "localhost:5000": {"auth": "bm9ib2R5OmFiYz8"},
            "https://old.example.com/v1/": {"auth": "YW5uOnNlY3JldA=="},
            "token.example.com": {"auth": "YW5uOg==", "identitytoken": "t0ken"},
            "kept.example.com": {}
        }}"#,
    );
    let found = |registry: &str| {
        let registry = name(registry);
        let credentials = scene.credentials.clone();
        async move { credentials.get(&registry).await.unwrap() }
    };
    assert_eq!(found("docker.io").await, Some(Credential::password("ann", "secret")));
    assert_eq!(found("localhost:5000").await, Some(Credential::password("nobody", "abc?")));
    assert_eq!(found("old.example.com").await, Some(Credential::password("ann", "secret")));
    let token = Credential::Token { user: "ann".into(), token: Secret::new("t0ken") };
    assert_eq!(found("token.example.com").await, Some(token));
    assert_eq!(found("kept.example.com").await, None);
    assert_eq!(found("other.example.com").await, None);
    assert_eq!(Credentials::none().get(&name("docker.io")).await, Ok(None));
}

#[tokio::test]
async fn engines_are_told_in_base64_for_urls() {
    // A password whose encoding holds the letters in which the two alphabets differ.
    let scene = Scene::new("header", r#"{"auths": {"localhost:5000": {"auth": "bm9ib2R5OsO/w78/Pz8+"}}}"#);
    let (engine, _heads) = crate::engine::canned::engine(vec![crate::engine::canned::Script::Silence]);
    let reference = |text: &str| text.parse::<ImageReference>().unwrap();
    assert_eq!(engine.credentials_for(&reference("localhost:5000/app")).await, Ok(None));
    let engine = engine.with_credentials(scene.credentials.clone());
    let header = engine.credentials_for(&reference("localhost:5000/app:1")).await.unwrap().unwrap();
    assert!(header.to_str().unwrap().contains(['-', '_']), "{}", header.to_str().unwrap());
    assert!(header.is_sensitive() && format!("{header:?}") == "Sensitive");
    let login = json!({"username": "nobody", "password": "ÿÿ???>", "serveraddress": "localhost:5000"});
    assert_eq!(serde_json::from_slice::<Value>(&URL_SAFE.decode(header.as_bytes()).unwrap()).unwrap(), login);
    assert_eq!(engine.credentials_for(&reference("nginx")).await, Ok(None));
    let bases = ["nginx", "localhost:5000/app", "localhost:5000/other"].map(reference);
    let header = engine.credentials_for_all(&bases).await.unwrap().unwrap();
    let all = serde_json::from_slice::<Value>(&URL_SAFE.decode(header.as_bytes()).unwrap()).unwrap();
    assert_eq!(all, json!({"localhost:5000": login}), "nobody is logged in to the other");
    assert_eq!(engine.credentials_for_all(bases.get(..1).unwrap()).await, Ok(None));
}

#[tokio::test]
async fn a_broken_file_is_told_of_without_its_words() {
    let scene = Scene::new("broken", "{\"auths\": {\"localhost\": {\"auth\": \"c2VjcmV0\"");
    let failure = scene.credentials.get(&name("localhost")).await.unwrap_err();
    assert_eq!(failure.kind, FailureKind::LocalFile);
    assert!(failure.sentence.contains("config.json") && !failure.to_string().contains("c2VjcmV0"), "{failure}");
    assert_eq!(Credentials::of("/nonexistent".into(), write_file).get(&name("localhost")).await, Ok(None));
}
