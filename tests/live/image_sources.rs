//! Where images come from: registries that have newer ones, a search, an address, several archives; cancelled on the way.

use super::registry::{pushed, pushed_to};
use crate::support::engines::{IMAGE, Live, docker, on_engines, registry};
use dockerui_tui::domain::{Done, ImageId, ImageImport, ImageReference, ImageRequest, ImportSource, Progress, Request};
use std::sync::atomic::{AtomicU16, Ordering};
use std::time::Duration;
use tokio::sync::mpsc;

on_engines!(newer_in_the_registry, searched, imported_from_an_address, cancelled_pull, cancelled_push);

/// Asks the registry as this machine would, in the engine's own network.
fn digest_of(live: &Live, reference: &ImageReference) -> String {
    let tag = reference.tag().unwrap_or("latest");
    let address = format!("http://{}/v2/{}/manifests/{tag}", reference.registry(), reference.path());
    let kinds =
        "Accept: application/vnd.docker.distribution.manifest.v2+json, application/vnd.oci.image.manifest.v1+json";
    let output = live.within(&["curl", "-sI", "-H", kinds, &address]).output().expect("curl");
    let head = String::from_utf8_lossy(&output.stdout).to_lowercase();
    let line = head.lines().find_map(|line| line.strip_prefix("docker-content-digest: "));
    line.unwrap_or_else(|| panic!("no digest: {head}")).trim().to_owned()
}

async fn newer_in_the_registry(live: Live) {
    let pushed = pushed(&live, "newer");
    let reference = pushed.reference.clone();
    live.docker(&["pull", &reference]);
    let id = ImageId::new(live.truth(&reference)["Id"].as_str().expect("an id"));
    let is_newer = async |id: &ImageId| {
        let ask = async |named: &ImageReference| Ok(digest_of(&live, named));
        live.engine.is_newer_in_registry(id, &reference, ask).await
    };
    assert_eq!(is_newer(&id).await, Ok(false));
    // Somebody pushes another one under the same name.
    live.docker(&["tag", &reference, &format!("{}:kept", live.name("newer"))]);
    live.build(&reference, &format!("FROM {IMAGE}\nRUN echo another of {reference} > /own\n"));
    live.docker(&["push", &reference]);
    assert_eq!(is_newer(&id).await, Ok(true));
    let built = ImageId::new(live.truth(IMAGE)["Id"].as_str().expect("an id"));
    let failure = live.engine.is_newer_in_registry(&built, "127.0.0.1:1/x:1", async |_| Ok(String::new())).await;
    assert!(failure.is_err() || live.is_podman(), "{failure:?}");
}

/// A port that nothing else of these tests has.
fn port() -> u16 {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    21_000 + (std::process::id() % 400) as u16 * 20 + NEXT.fetch_add(1, Ordering::Relaxed)
}

/// A web server in the engine's own network with these files, made by a script.
fn serve(live: &Live, script: &str) -> String {
    let (port, label) = (port(), live.label());
    let script = format!("mkdir -p /w && cd /w && {script} && httpd -f -p 127.0.0.1:{port} -h /w");
    live.docker(&["run", "-d", "--network", "host", "--label", &label, IMAGE, "sh", "-c", &script]);
    format!("127.0.0.1:{port}")
}

async fn searched(live: Live) {
    if live.is_podman() {
        // It asks the registry for its catalog.
        let pushed = pushed(&live, "searched");
        let term = pushed.reference.trim_end_matches(":1");
        let found = live.engine.search_images(term).await.expect("found");
        assert!(found.iter().any(|one| one.name.ends_with(&live.name("searched"))), "{found:?}");
        return;
    }
    let answer = r#"{"num_results":2,"query":"app","results":[
        {"name":"team/app","description":"What the team makes","star_count":7,"is_official":false},
        {"name":"app","description":"","star_count":12000,"is_official":true}]}"#;
    let script = format!("mkdir v1 && echo true > v1/_ping && printf '%s' '{}' > v1/search", answer.replace('\n', " "));
    let address = serve(&live, &script);
    let mut last = None;
    for _ in 0..100 {
        match live.engine.search_images(&format!("{address}/app")).await {
            Ok(found) => {
                assert_eq!(found.len(), 2, "{found:?}");
                let official = found.iter().find(|one| one.official).expect("the official one");
                assert_eq!((official.stars, official.name.ends_with("app")), (12_000, true), "{found:?}");
                return;
            }
            Err(failure) => last = Some(failure),
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("never found: {last:?}");
}

async fn imported_from_an_address(live: Live) {
    live.images_alone();
    let address = serve(&live, "echo hi > hello && tar cf x.tar hello && rm hello");
    let import = ImageImport {
        source: ImportSource::Address(format!("http://{address}/x.tar")),
        reference: format!("{}:1", live.name("fetched")),
        message: "from afar".into(),
        changes: vec!["CMD [\"/hello\"]".into()],
        platform: String::new(),
    };
    let mut last = None;
    for _ in 0..100 {
        match live.engine.import_image(&import, None, |_| {}).await {
            Ok(id) => {
                let truth = live.truth(&import.reference);
                assert_eq!(truth["Id"], serde_json::json!(id));
                assert_eq!(truth["Config"]["Cmd"], serde_json::json!(["/hello"]));
                return;
            }
            Err(failure) => last = Some(failure),
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("never fetched: {last:?}");
}

/// Begins something that tells steps, and lets it go when the first one that fits comes.
async fn let_go(live: &Live, request: Request, fits: fn(&Progress) -> bool) {
    let (sender, mut steps) = mpsc::unbounded_channel();
    let engine = live.engine.clone();
    let doing = tokio::spawn(async move { engine.perform(&request, |step| drop(sender.send(step))).await });
    while let Some(step) = tokio::time::timeout(Duration::from_secs(60), steps.recv()).await.expect("it begins") {
        if fits(&step) {
            doing.abort();
            assert!(doing.await.is_err_and(|error| error.is_cancelled()), "it was over before");
            return;
        }
    }
    panic!("it ended: {:?}", doing.await);
}

/// Whether an engine knows the image under this name or anything of it under none.
fn traces(live: &Live, reference: &str, before: &[String]) -> Vec<String> {
    let mut left = nameless(live);
    left.retain(|id| !before.contains(id));
    if docker(&live.address, &["image", "inspect", reference]).is_ok() {
        left.push(reference.to_owned());
    }
    left
}

/// Images that nothing names, of those that hold what this test wrote.
fn nameless(live: &Live) -> Vec<String> {
    let ids = live.docker(&["images", "--quiet", "--no-trunc", "--filter", "dangling=true"]);
    let mine = |id: &&str| {
        docker(&live.address, &["history", "--no-trunc", id]).is_ok_and(|history| history.contains(&live.prefix))
    };
    ids.split_whitespace().filter(mine).map(str::to_owned).collect()
}

const BIG: &str = "head -c 90000000 /dev/urandom > /big";

async fn cancelled_pull(live: Live) {
    let pushed = pushed_to(&live, &registry(), "big", None);
    let reference = format!("{}/{}:1", registry(), live.name("bigger"));
    live.build(&reference, &format!("FROM {IMAGE}\nRUN {BIG}; echo {reference} > /name\n"));
    live.docker(&["push", &reference]);
    live.docker(&["rmi", "--force", &reference]);
    let before = nameless(&live);
    let pull = || Request::from(ImageRequest::pull(reference.clone()));
    let_go(&live, pull(), |step| !step.part.is_empty()).await;
    // What goes on in the engine although nobody waits would be there by then.
    let other = Request::from(ImageRequest::pull(pushed.reference.clone()));
    assert!(matches!(live.perform(other).await, Ok(Done::Pulled { .. })));
    tokio::time::sleep(Duration::from_secs(3)).await;
    assert_eq!(traces(&live, &reference, &before), Vec::<String>::new());
    assert!(matches!(live.perform(pull()).await, Ok(Done::Pulled { .. })));
    live.docker(&["rmi", "--force", &reference]);
}

async fn cancelled_push(live: Live) {
    let reference = format!("{}/{}:1", registry(), live.name("outward"));
    live.build(&reference, &format!("FROM {IMAGE}\nRUN {BIG}; echo {reference} > /name\n"));
    let push =
        || Request::Image(ImageRequest::Push { reference: reference.clone(), all_tags: false, from: String::new() });
    if live.is_podman() {
        // It tells nothing before the end, by which nothing can be cancelled in a test.
        assert!(matches!(live.perform(push()).await, Ok(Done::Pushed { .. })));
        return;
    }
    let_go(&live, push(), |step| !step.part.is_empty()).await;
    tokio::time::sleep(Duration::from_secs(3)).await;
    let there = live.perform(ImageRequest::pull(reference.replace(":1", ":other")).into()).await;
    assert!(there.is_err());
    // The registry has no half of it under its name; a second push brings the whole.
    assert!(docker(&live.address, &["pull", &reference]).is_err(), "nothing was to be there");
    assert!(matches!(live.perform(push()).await, Ok(Done::Pushed { .. })));
    live.docker(&["rmi", "--force", &reference]);
    live.docker(&["pull", &reference]);
}
