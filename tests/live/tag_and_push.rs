//! An image of the host tagged and pushed in one act: to a registry that is open, that wants a password, that wants tokens.

use super::private_registry::{Login, PASSWORD};
use crate::support::engines::{IMAGE, Live, on_engines, private_registry, registry};
use crate::support::lines::Folder;
use crate::support::registry::{OwnRegistry, USER};
use crate::support::tokens::{self, IDENTITY};
use dockerui_tui::config::edit::write_file;
use dockerui_tui::domain::{Credential, Done, Failure, FailureKind, ImageRequest, RegistryName, Request, Secret};
use dockerui_tui::engine::{Credentials, Engine, Registries};
use std::process::{Child, Stdio};

on_engines!(to_one_that_is_open, to_one_that_wants_a_password, to_one_that_wants_tokens);

/// Where the registry that wants tokens is in each engine's network, and on which port they are given out there.
const WITH_TOKENS: u16 = 5002;
const TOKENS: u16 = 5003;

/// An image of the test's own, as the host calls it.
fn made(live: &Live) -> String {
    let tag = format!("{}:1", live.name("made"));
    live.build(&tag, &format!("FROM {IMAGE}\nRUN echo {tag} > /made\n"));
    tag
}

async fn tag_and_push(engine: &Engine, from: &str, reference: &str) -> Result<Done, Failure> {
    let push = ImageRequest::Push { reference: reference.to_owned(), all_tags: false, from: from.to_owned() };
    engine.perform(&Request::Image(push), |_| {}).await
}

/// Takes both names away and pulls what was pushed, which is the image that was made.
async fn comes_back(live: &Live, engine: &Engine, made: &str, reference: &str) {
    let id = live.truth(made)["Id"].clone();
    assert_eq!(live.truth(reference)["Id"], id, "the host calls it so as well");
    live.docker(&["rmi", "--force", reference, made]);
    let pulled = engine.perform(&ImageRequest::pull(reference).into(), |_| {}).await;
    assert!(matches!(pulled, Ok(Done::Pulled { .. })), "{pulled:?}");
    assert_eq!(live.truth(reference)["Id"], id);
    live.docker(&["rmi", "--force", reference]);
}

async fn to_one_that_is_open(live: Live) {
    let (made, reference) = (made(&live), format!("{}/{}:2", registry(), live.name("open")));
    let outcome = tag_and_push(&live.engine, &made, &reference).await;
    assert!(matches!(&outcome, Ok(Done::Pushed { digest }) if digest.starts_with("sha256:")), "{outcome:?}");
    comes_back(&live, &live.engine, &made, &reference).await;
    let failure = tag_and_push(&live.engine, &live.name("no-such"), &reference).await.expect_err("there is none");
    assert_eq!(failure.kind, FailureKind::NotFound, "{failure}");
}

async fn to_one_that_wants_a_password(live: Live) {
    let (made, reference) = (made(&live), format!("{}/{}:2", private_registry(), live.name("private")));
    let wrong = Login::new(&live, "another").await;
    for engine in [live.engine.clone(), live.engine.clone().with_credentials(wrong.credentials.clone())] {
        let failure = tag_and_push(&engine, &made, &reference).await.expect_err("a login is wanted");
        assert_eq!(failure.kind, FailureKind::Unauthorized, "{failure}");
    }
    let right = Login::new(&live, PASSWORD).await;
    let engine = live.engine.clone().with_credentials(right.credentials.clone());
    let outcome = tag_and_push(&engine, &made, &reference).await;
    assert!(matches!(outcome, Ok(Done::Pushed { .. })), "{outcome:?}");
    comes_back(&live, &engine, &made, &reference).await;
}

/// Leads a port of the engine's network to the server of the test; ended with the test.
struct Door(Child);

impl Door {
    fn new(live: &Live, server: &std::path::Path) -> Self {
        let mut command = live.within(&["busybox", "nc", "-ll", "-p", &TOKENS.to_string(), "-e", "docker"]);
        command.args(["-H", &format!("unix://{}", server.display()), "system", "dial-stdio"]);
        command.env_remove("DOCKER_HOST").env_remove("DOCKER_CONTEXT");
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        Self(command.spawn().expect("nsenter"))
    }
}

impl Drop for Door {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

async fn to_one_that_wants_tokens(live: Live) {
    let folder = Folder::new();
    let (server, mut asked) = tokens::on_socket(&folder);
    let _door = Door::new(&live, &server);
    let Some(own) = OwnRegistry::start_beside(&live, folder, WITH_TOKENS, &tokens::settings(TOKENS)).await else {
        return;
    };
    let address = format!("127.0.0.1:{WITH_TOKENS}");
    let (made, reference) = (made(&live), format!("{address}/{}:2", live.name("tokens")));
    let failure = tag_and_push(&live.engine, &made, &reference).await.expect_err("a login is wanted");
    assert_eq!(failure.kind, FailureKind::Unauthorized, "{failure}");

    let home = own.folder.0.join("client");
    std::fs::create_dir_all(&home).expect("a folder");
    std::fs::write(home.join("config.json"), r#"{"auths":{"other.example.com":{}}}"#).expect("a file");
    let credentials = Credentials::of(home, write_file);
    let name = RegistryName::parse(&address).expect("its name");
    let registries = Registries::new(credentials.clone(), Vec::new());
    let show =
        async |password: &str| registries.login(Some(&live.engine), &name, true, (USER, &Secret::new(password))).await;
    if live.is_podman() {
        // It asks by HTTPS alone and cannot say; from here nobody answers either.
        let failure = show(PASSWORD).await.expect_err("nobody can say");
        assert_eq!(failure.kind, FailureKind::Refused, "{failure}");
        credentials.store(&name, Credential::password(USER, PASSWORD)).await.expect("kept");
    } else {
        assert_eq!(show("wrong").await.expect_err("a wrong one").kind, FailureKind::Unauthorized);
        show(PASSWORD).await.expect("logged in");
        // The engine was given a token that lasts: that is kept, and not the password.
        let kept = credentials.get(&name).await.expect("the file").expect("a login");
        let Credential::Token { user, token } = kept else { panic!("the password was kept") };
        assert_eq!((&*user, token.reveal()), (USER, IDENTITY));
    }
    while asked.try_recv().is_ok() {}
    let engine = live.engine.clone().with_credentials(credentials);
    let outcome = tag_and_push(&engine, &made, &reference).await;
    assert!(matches!(outcome, Ok(Done::Pushed { .. })), "{outcome:?}");
    let scopes: Vec<String> = std::iter::from_fn(|| asked.try_recv().ok()).flat_map(|asked| asked.scopes).collect();
    let wanted = format!("repository:{}:", live.name("tokens"));
    assert!(scopes.iter().any(|scope| scope.starts_with(&wanted) && scope.contains("push")), "{scopes:?}");
    comes_back(&live, &engine, &made, &reference).await;
}
