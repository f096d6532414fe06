//! Builds from a folder, by every builder there is: what comes of them, how they fail, and what a cancelled one leaves.

use super::private_registry::{Login, PASSWORD};
use super::registry::pushed_to;
use crate::support::engines::{IMAGE, Live, on_engines, private_registry};
use dockerui_tui::domain::{BuildNews, BuildSpec, Builder, Done, Failure, StepState};
use dockerui_tui::engine::Engine;
use dockerui_tui::runtime::context;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tokio::sync::mpsc;

on_engines!(
    built,
    from_elsewhere,
    without_secrets,
    from_nothing,
    from_a_private_base,
    a_failing_step,
    an_unknown_stage,
    cancelled
);

/// A folder to build from, taken away at the end.
pub struct Folder(PathBuf);

impl Folder {
    pub fn new(live: &Live, builder: Builder, files: &[(&str, &str)]) -> Self {
        live.images_alone();
        let folder = std::env::temp_dir().join(format!("{}-{}", live.prefix, builder.name()));
        for (path, text) in files {
            let path = folder.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        Self(folder)
    }

    pub fn spec(&self, tag: &str, builder: Builder) -> BuildSpec {
        let folder = self.0.to_str().unwrap().to_owned();
        BuildSpec { folder, tags: vec![tag.to_owned()], builder, ..BuildSpec::default() }
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Podman has one of its own, which answers for the classic one.
fn builders(live: &Live) -> &'static [Builder] {
    if live.is_podman() { &[Builder::Classic] } else { &[Builder::Classic, Builder::BuildKit] }
}

/// Builds, and gives what was told of it, a line each.
pub async fn build(live: &Live, spec: &BuildSpec) -> (Result<Done, Failure>, Vec<String>) {
    build_on(&live.engine, spec).await
}

async fn build_on(engine: &Engine, spec: &BuildSpec) -> (Result<Done, Failure>, Vec<String>) {
    let (sender, mut told) = mpsc::channel(64);
    let context = context::walk(Path::new(&spec.folder).to_owned(), spec, &|| false).expect("a context");
    let bases = context.dockerfile.bases(&spec.arguments);
    let building = async {
        let sender = sender;
        engine.build(spec, &bases, context::stream(context), &sender).await
    };
    let mut lines = Vec::new();
    let hearing = async {
        while let Some(news) = told.recv().await {
            match news {
                BuildNews::Step { name, state, .. } => lines.push(format!("{name}: {state:?}")),
                BuildNews::Output { text, .. } => lines.extend(text.lines().map(str::to_owned)),
                BuildNews::Part { .. } | BuildNews::Note(_) => {}
            }
        }
    };
    let (result, ()) = tokio::join!(building, hearing);
    (result, lines)
}

fn has(lines: &[String], part: &str) -> bool {
    lines.iter().any(|line| line.contains(part))
}

async fn built(live: Live) {
    for builder in builders(&live) {
        let dockerfile = format!(
            "FROM {IMAGE} AS base\nARG WORD=none\nRUN echo said $WORD\nCOPY . /in\nFROM base AS last\nRUN ls -lR /in\n"
        );
        let folder = Folder::new(
            &live,
            *builder,
            &[
                ("docker/own", &dockerfile),
                (".dockerignore", "**/*.log\nleft\n!left/kept\n"),
                ("run.sh", "#!/bin/sh\n"),
                ("a.log", "x"),
                ("left/out", "x"),
                ("left/kept", "x"),
            ],
        );
        #[cfg(unix)]
        std::os::unix::fs::symlink("nowhere", folder.0.join("link")).unwrap();
        let tag = format!("{}:1", live.name("built"));
        let spec = BuildSpec {
            dockerfile: "docker/own".into(),
            arguments: vec![("WORD".into(), format!("{builder:?}"))],
            labels: vec![("of".into(), live.prefix.clone())],
            no_cache: true,
            ..folder.spec(&tag, *builder)
        };
        let (result, lines) = build(&live, &spec).await;
        let Ok(Done::Built { image }) = result else { panic!("{builder:?}: {result:?}\n{lines:#?}") };
        let truth = live.truth(&tag);
        let id = |text: &str| text.trim_start_matches("sha256:").to_owned();
        assert_eq!(id(image.as_str()), id(truth["Id"].as_str().unwrap()));
        assert_eq!(truth["Config"]["Labels"]["of"], live.prefix.as_str());
        assert!(has(&lines, &format!("said {builder:?}")), "{lines:#?}");
        for (name, is_there) in
            [("run.sh", true), ("kept", true), ("link -> nowhere", true), ("a.log", false), ("out", false)]
        {
            let found = lines.iter().any(|line| line.ends_with(&format!(" {name}")));
            assert_eq!(found, is_there, "{builder:?} {name}: {lines:#?}");
        }
        live.docker(&["rmi", "--force", &tag]);
    }
}

/// The Dockerfile lies beside the folder, not in it: the classic builder lets nothing of it into the image.
async fn from_elsewhere(live: Live) {
    for builder in builders(&live) {
        let folder = Folder::new(&live, *builder, &[("in/a", "x"), ("web", "")]);
        let dockerfile = format!("FROM {IMAGE}\nCOPY . /in\nRUN ls -A /in | sed 's/^/has /'\n");
        fs::write(folder.0.join("web"), dockerfile).unwrap();
        let tag = format!("{}:1", live.name("elsewhere"));
        for dockerfile in ["../web".to_owned(), folder.0.join("web").to_str().unwrap().to_owned()] {
            let inner = folder.0.join("in").to_str().unwrap().to_owned();
            let spec = BuildSpec { folder: inner, dockerfile, no_cache: true, ..folder.spec(&tag, *builder) };
            let (result, lines) = build(&live, &spec).await;
            assert!(matches!(result, Ok(Done::Built { .. })), "{builder:?}: {result:?} {lines:#?}");
            let mut names: Vec<&str> = lines.iter().filter_map(|line| line.strip_prefix("has ")).collect();
            names.sort_unstable();
            let expected: &[&str] = match builder {
                Builder::Classic => &["a"],
                Builder::BuildKit => &[".dockerfile.from-elsewhere", "a"],
            };
            assert_eq!(names, expected, "{builder:?}: {lines:#?}");
        }
        live.docker(&["rmi", "--force", &tag]);
    }
}

/// What nobody hands over is not there, as with `docker build` without `--secret`.
async fn without_secrets(live: Live) {
    if live.is_podman() {
        return;
    }
    let optional = format!("FROM {IMAGE}\nRUN --mount=type=secret,id=x ls /run/secrets; echo went on\n");
    let folder = Folder::new(&live, Builder::BuildKit, &[("Dockerfile", &optional)]);
    let tag = format!("{}:1", live.name("secrets"));
    let spec = BuildSpec { no_cache: true, ..folder.spec(&tag, Builder::BuildKit) };
    let context = context::walk(folder.0.clone(), &spec, &|| false).expect("a context");
    assert!(context.notes.iter().any(|note| note.contains("cannot be handed over")), "{:?}", context.notes);
    let (result, lines) = build(&live, &spec).await;
    let told = result.as_ref().err().map(ToString::to_string).unwrap_or_default();
    assert!(has(&lines, "went on") || told.contains("cannot be handed over"), "{result:?} {lines:#?}");
    let required = optional.replace("id=x", "id=x,required=true");
    fs::write(folder.0.join("Dockerfile"), required).unwrap();
    let (result, lines) = build(&live, &spec).await;
    let failure = result.expect_err("it is required").to_string();
    assert!(failure.contains("cannot be handed over"), "{failure} {lines:#?}");
}

async fn from_nothing(live: Live) {
    for builder in builders(&live) {
        let folder = Folder::new(&live, *builder, &[("Dockerfile", "FROM scratch\nCOPY a /a\n"), ("a", "x")]);
        let tag = format!("{}:1", live.name("scratch"));
        let (result, lines) = build(&live, &folder.spec(&tag, *builder)).await;
        assert!(matches!(result, Ok(Done::Built { .. })), "{builder:?}: {result:?} {lines:#?}");
        live.docker(&["rmi", "--force", &tag]);
    }
}

/// Who is logged in to the registry of a base image need not have pulled it.
async fn from_a_private_base(live: Live) {
    let login = Login::new(&live, PASSWORD).await;
    let logged_in = live.engine.clone().with_credentials(login.credentials.clone());
    for builder in builders(&live) {
        let base = pushed_to(&live, &private_registry(), &format!("base-{}", builder.version()), Some(&login.folder));
        let dockerfile = format!("FROM {}\nRUN cat /name\n", base.reference);
        let folder = Folder::new(&live, *builder, &[("Dockerfile", &dockerfile)]);
        let tag = format!("{}:1", live.name("private"));
        let spec = folder.spec(&tag, *builder);
        let (result, _) = build(&live, &spec).await;
        assert!(result.is_err(), "{builder:?}: nobody is logged in");
        let (result, lines) = build_on(&logged_in, &spec).await;
        assert!(matches!(result, Ok(Done::Built { .. })), "{builder:?}: {result:?} {lines:#?}");
        assert!(has(&lines, &base.reference), "{lines:#?}");
        live.docker(&["rmi", "--force", &tag]);
    }
}

async fn a_failing_step(live: Live) {
    for builder in builders(&live) {
        let marker = live.name("fails");
        let dockerfile = format!("FROM {IMAGE}\nRUN echo before {marker}; exit 3\n");
        let folder = Folder::new(&live, *builder, &[("Dockerfile", &dockerfile)]);
        let (result, lines) = build(&live, &folder.spec(&format!("{marker}:1"), *builder)).await;
        let failure = result.expect_err("a step fails").to_string();
        assert!(failure.contains('3') && failure.contains("It failed at: [2/2] RUN echo"), "{builder:?}: {failure}");
        assert!(has(&lines, &format!("before {marker}")), "{lines:#?}");
        let failed = lines.iter().any(|line| line.starts_with("[2/2] RUN") && line.ends_with("Failed"));
        assert!(failed, "{builder:?}: {lines:#?}");
        assert!(!left_behind(&live, &marker), "{builder:?} left the container of the step");
    }
}

async fn an_unknown_stage(live: Live) {
    for builder in builders(&live) {
        let folder = Folder::new(&live, *builder, &[("Dockerfile", &format!("FROM {IMAGE}\n"))]);
        let spec = BuildSpec { target: "nowhere".into(), ..folder.spec(&live.name("stage"), *builder) };
        let (result, _) = build(&live, &spec).await;
        let failure = result.expect_err("there is no such stage");
        assert!(failure.sentence.contains("nowhere"), "{builder:?}: {failure}");
    }
}

/// Whether a container or a process of a step is there; the marker stands in its command.
fn left_behind(live: &Live, marker: &str) -> bool {
    let containers = live.docker(&["ps", "--all", "--no-trunc", "--format", "{{.Command}}"]);
    let processes =
        fs::read_dir("/proc").unwrap().filter_map(|entry| fs::read(entry.ok()?.path().join("cmdline")).ok());
    let is_of_it = |line: Vec<u8>| String::from_utf8_lossy(&line).contains(&format!("; : {marker}"));
    containers.contains(marker) || { processes }.any(is_of_it)
}

async fn cancelled(live: Live) {
    for builder in builders(&live) {
        let marker = live.name("cancelled");
        // Podman does the step that runs to its end, and no other.
        let time = if live.is_podman() { 8 } else { 1000 };
        let dockerfile =
            format!("FROM {IMAGE}\nRUN echo begun; sleep {time}; : {marker}\nRUN sleep 1000; : {marker}\n");
        let folder = Folder::new(&live, *builder, &[("Dockerfile", &dockerfile)]);
        let spec = folder.spec(&format!("{marker}:1"), *builder);
        let (sender, mut told) = mpsc::channel(64);
        let context = context::walk(folder.0.clone(), &spec, &|| false).expect("a context");
        let engine = live.engine.clone();
        let building = tokio::spawn(async move { engine.build(&spec, &[], context::stream(context), &sender).await });
        loop {
            match tokio::time::timeout(Duration::from_secs(60), told.recv()).await.expect("it begins") {
                Some(BuildNews::Output { text, .. }) if text.contains("begun") => break,
                Some(BuildNews::Step { state: StepState::Failed, name, .. }) => panic!("{name} failed"),
                Some(_) => {}
                None => panic!("{builder:?}: it ended: {:?}", building.await),
            }
        }
        assert!(left_behind(&live, &marker), "{builder:?}: the step runs");
        building.abort();
        for _ in 0..100 {
            if !left_behind(&live, &marker) {
                break;
            }
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
        assert!(!left_behind(&live, &marker), "{builder:?} goes on although nobody waits");
    }
}
