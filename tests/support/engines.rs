//! Real engines for live tests: where they are, containers that are removed again, and the docker client as the judge.
//!
//! `tests/engines/up` starts the engines and prints the variables that name them. Each test makes what it needs under a
//! name and a label of its own, so that all of them run side by side on one engine.

use dockerui_tui::domain::{
    ContainerId, ContainerRequest, ContainerSpec, Done, Endpoint, Failure, LogChunk, LogQuery, Request, Target,
};
use dockerui_tui::engine::{Dialer, Engine};
use futures_util::StreamExt;
use serde_json::Value;
use std::fs::File;
use std::future::Future;
use std::io::Write;
use std::path::PathBuf;
use std::pin::pin;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, Once, OnceLock};
use std::time::{Duration, Instant};

/// Nothing that a test waits for takes as long, on a machine under load either.
pub const PATIENCE: Duration = Duration::from_secs(60);
/// The image that `tests/engines/up` makes.
pub const IMAGE: &str = "busybox:latest";
/// Everything a test makes has it, with the test's own name as its value.
const LABEL: &str = "dockerui.test";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Product {
    Docker,
    Podman,
}

/// One engine as one test uses it. What the test made there goes when this goes.
#[derive(Debug)]
pub struct Live {
    pub product: Product,
    pub engine: Engine,
    /// `unix:///…`
    pub address: String,
    /// Unique: the start of every name this test gives.
    pub prefix: String,
    /// Locked from when it first makes an image on Podman until what the test made is removed.
    images: OnceLock<File>,
    /// Milliseconds it waited for that.
    waited: Arc<AtomicU64>,
}

impl Product {
    /// As the scripts call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Docker => "docker",
            Self::Podman => "podman",
        }
    }

    fn variable(self) -> &'static str {
        match self {
            Self::Docker => "DOCKERUI_TEST_DOCKER",
            Self::Podman => "DOCKERUI_TEST_PODMAN",
        }
    }
}

/// Runs a test against an engine, or says that it did not.
pub async fn with<F: Future<Output = ()>>(product: Product, test: impl FnOnce(Live) -> F) {
    let Some(address) = address(product) else { return };
    let live = Live::new(product, address);
    let waited = live.waited.clone();
    let started = Instant::now();
    let mut test = pin!(test(live));
    loop {
        // Waiting for another test's images is no time of its own.
        let spent = started.elapsed().saturating_sub(Duration::from_millis(waited.load(Ordering::Relaxed)));
        let left = (PATIENCE * 2).checked_sub(spent).expect("the test to end");
        if tokio::time::timeout(left, &mut test).await.is_ok() {
            return;
        }
    }
}

/// Where the engine is. `None`: there is none, which was said, and is a failure where live tests are required.
pub fn address(product: Product) -> Option<String> {
    let variable = product.variable();
    let address = std::env::var(variable).ok().filter(|address| !address.is_empty());
    if address.is_none() {
        let required = std::env::var("DOCKERUI_REQUIRE_LIVE").is_ok_and(|required| required == "1");
        assert!(!required, "live tests are required, and {variable} names no engine (tests/engines/up starts them)");
        say_skipped(variable);
    }
    address
}

/// Where each engine finds a registry of its own.
pub fn registry() -> String {
    std::env::var("DOCKERUI_TEST_REGISTRY").expect("DOCKERUI_TEST_REGISTRY, as tests/engines/up says it")
}

/// The same, of those that want a login.
pub fn private_registry() -> String {
    std::env::var("DOCKERUI_TEST_PRIVATE_REGISTRY")
        .expect("DOCKERUI_TEST_PRIVATE_REGISTRY, as tests/engines/up says it")
}

/// Plainly, once for each engine: past the test harness, which hides what tests print by its macros.
fn say_skipped(variable: &'static str) {
    static SAID: [Once; 2] = [const { Once::new() }; 2];
    let once = &SAID[usize::from(variable == Product::Podman.variable())];
    once.call_once(|| {
        let words = format!("\nSKIPPED live tests: no engine (tests/engines/up starts them): {variable} is not set\n");
        let _ = std::io::stderr().write_all(words.as_bytes());
    });
}

/// A test for each of the engines, of a function that takes a [`Live`].
macro_rules! on_engines {
    ($($name:ident),+ $(,)?) => {
        mod docker {
            $(#[tokio::test]
            async fn $name() {
                crate::support::engines::with(crate::support::engines::Product::Docker, super::$name).await;
            })+
        }
        mod podman {
            $(#[tokio::test]
            async fn $name() {
                crate::support::engines::with(crate::support::engines::Product::Podman, super::$name).await;
            })+
        }
    };
}
pub(crate) use on_engines;

impl Live {
    pub fn new(product: Product, address: String) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let prefix = format!("dut-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let engine = Engine::new(dialer(&address));
        Self { product, engine, address, prefix, images: OnceLock::new(), waited: Arc::default() }
    }

    /// Waits until no other test makes or removes images on this Podman: it fails builds and loses layers of pulls (`layer
    /// not known`) while another image goes.
    pub fn images_alone(&self) {
        if self.is_podman() && self.images.get().is_none() {
            let started = Instant::now();
            let file = File::create(self.socket().with_file_name("images.lock")).expect("a lock");
            file.lock().expect("a turn");
            let _ = self.images.set(file);
            let waited = started.elapsed().as_millis().try_into().expect("a short while");
            self.waited.fetch_add(waited, Ordering::Relaxed);
        }
    }

    pub fn is_podman(&self) -> bool {
        self.product == Product::Podman
    }

    /// The first number of its version: 20 or 26 of Docker, 4 or 5 of Podman.
    pub fn major(&self) -> u32 {
        let version = self.docker(&["version", "--format", "{{.Server.Version}}"]);
        version.split('.').next().and_then(|major| major.trim().parse().ok()).expect("a version")
    }

    /// Podman 4.3, which lacks some of what 5.4 has.
    pub fn is_podman_4(&self) -> bool {
        self.is_podman() && self.major() == 4
    }

    pub fn socket(&self) -> PathBuf {
        socket(&self.address)
    }

    /// A name that no other test has.
    pub fn name(&self, suffix: &str) -> String {
        format!("{}-{suffix}", self.prefix)
    }

    /// What `--label` takes so that the thing is removed with the test.
    pub fn label(&self) -> String {
        format!("{LABEL}={}", self.prefix)
    }

    /// A container to be made and started, which runs these words.
    pub fn spec(&self, suffix: &str, command: &[&str]) -> ContainerSpec {
        ContainerSpec {
            image: IMAGE.to_owned(),
            name: self.name(suffix),
            command: command.iter().map(|word| (*word).to_owned()).collect(),
            labels: vec![(LABEL.to_owned(), self.prefix.clone())],
            start: true,
            ..ContainerSpec::default()
        }
    }

    /// Makes it through the program's own engine layer.
    pub async fn create(&self, spec: ContainerSpec) -> Target {
        let name = spec.name.clone();
        match self.perform(Request::Container(ContainerRequest::Create(Box::new(spec)))).await {
            Ok(Done::Created { id, .. }) => Target::new(id, name),
            other => panic!("{name} was not created: {other:?}"),
        }
    }

    /// Makes and starts a container that runs a script.
    pub async fn script(&self, suffix: &str, script: &str) -> Target {
        self.create(self.spec(suffix, &["sh", "-c", script])).await
    }

    /// A container that does nothing and ends at once when asked to, with exit code 7.
    pub async fn idle(&self, suffix: &str) -> Target {
        let target = self.script(suffix, "trap 'exit 7' TERM; echo up; while :; do sleep 1000 & wait $!; done").await;
        // Before it said so it would not hear a signal.
        self.logs_until(&target.id, "up").await;
        target
    }

    pub async fn perform(&self, request: Request) -> Result<Done, Failure> {
        self.engine.perform(&request, |_| {}).await
    }

    /// What the docker client prints; fails when it does.
    pub fn docker(&self, words: &[&str]) -> String {
        docker(&self.address, words).unwrap_or_else(|error| panic!("docker {words:?}: {error}"))
    }

    /// Builds an image of a Dockerfile that needs no other file.
    pub fn build(&self, tag: &str, dockerfile: &str) {
        self.images_alone();
        let mut command = docker_command(&self.address, &["build", "--tag", tag, "-"]);
        // By the classic way, which needs no plugin and works on Podman.
        command.env("DOCKER_BUILDKIT", "0").stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("docker");
        child.stdin.take().expect("its input").write_all(dockerfile.as_bytes()).expect("a Dockerfile");
        let output = child.wait_with_output().expect("docker build");
        assert!(output.status.success(), "docker build: {}", String::from_utf8_lossy(&output.stderr));
    }

    /// A command in the engine's own network.
    pub fn within(&self, words: &[&str]) -> Command {
        let id = std::fs::read_to_string(self.socket().with_file_name("namespaces.pid")).expect("its namespaces");
        let mut command = Command::new("nsenter");
        command.args(["--target", id.trim(), "--net"]).args(words);
        command
    }

    /// What the docker client says of a container (or image, volume, network).
    pub fn truth(&self, name: &str) -> Value {
        let text = self.docker(&["inspect", name]);
        let mut list: Value = serde_json::from_str(&text).expect("JSON from docker inspect");
        list[0].take()
    }

    /// What the engine told of a container so far: `create`, `start`, …
    pub fn events_of(&self, id: &ContainerId) -> Vec<String> {
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).expect("a clock").as_secs();
        let (since, until) = ((now - 600).to_string(), (now + 1).to_string());
        let container = format!("container={id}");
        let words = ["events", "--since", &since, "--until", &until, "--filter", &container, "--format", "{{.Action}}"];
        self.docker(&words).lines().map(str::to_owned).collect()
    }

    /// `running`, `exited`, …, in the docker client's words.
    pub fn state(&self, name: &str) -> String {
        self.docker(&["inspect", "--format", "{{.State.Status}}", name]).trim().to_owned()
    }

    /// Whether the docker client knows a container of that name.
    pub fn exists(&self, name: &str) -> bool {
        docker(&self.address, &["container", "inspect", name]).is_ok()
    }

    /// Asks the engine's list until the container is as wanted.
    pub async fn until(&self, id: &ContainerId, wanted: impl Fn(&dockerui_tui::domain::Container) -> bool) {
        let asking = async {
            loop {
                let listed = self.engine.containers(true).await.expect("the list");
                if listed.containers.iter().any(|row| row.id == *id && wanted(row)) {
                    return;
                }
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        };
        if tokio::time::timeout(PATIENCE, asking).await.is_err() {
            panic!("{id} never became as wanted: {}", self.truth(id.as_str()));
        }
    }

    /// Reads the log as it grows until a line holds the text.
    pub async fn logs_until(&self, id: &ContainerId, text: &str) {
        self.logs_until_again(id, text, 1).await;
    }

    /// As [`Self::logs_until`], until so many lines hold it.
    pub async fn logs_until_again(&self, id: &ContainerId, text: &str, times: usize) {
        let query = LogQuery { tail: None, since: None, until: None, follow: true };
        let mut chunks = pin!(self.engine.logs(id, &query, None));
        let mut log = LogChunk::default();
        let reading = async {
            let holds = |log: &LogChunk, line| String::from_utf8_lossy(log.text(line)).contains(text);
            while (0..log.lines.len()).filter(|line| holds(&log, *line)).count() < times {
                let Some(chunk) = chunks.next().await else { return false };
                log.append(&chunk.expect("the log"));
            }
            true
        };
        let outcome = tokio::time::timeout(PATIENCE, reading).await;
        assert_eq!(outcome, Ok(true), "“{text}” in {:?}", String::from_utf8_lossy(&log.bytes));
    }
}

impl Live {
    /// What the client lists, one id or name a line.
    fn listed(&self, words: &[&str]) -> Vec<String> {
        docker(&self.address, words).unwrap_or_default().split_whitespace().map(str::to_owned).collect()
    }

    /// The containers of this test, and the helpers that stand beside them first.
    fn left(&self) -> Vec<String> {
        let mine = self.listed(&["ps", "-aq", "--no-trunc", "--filter", &format!("label={}", self.label())]);
        let helpers = |id: &String| self.listed(&["ps", "-aq", "--filter", &format!("label=dockerui.helper-of={id}")]);
        mine.iter().flat_map(helpers).chain(mine.iter().cloned()).collect()
    }

    fn remove(&self, remove: &[&str], found: &[String]) {
        if !found.is_empty() {
            let words: Vec<&str> = remove.iter().copied().chain(found.iter().map(String::as_str)).collect();
            let _ = docker(&self.address, &words);
        }
    }
}

impl Drop for Live {
    fn drop(&mut self) {
        // One that is being stopped is not removed at once by every engine.
        for _ in 0..5 {
            let left = self.left();
            if left.is_empty() {
                break;
            }
            self.remove(&["kill"], &left);
            self.remove(&["rm", "-f", "-v"], &left);
        }
        // By their names: what else the engine calls an image is not this test's. A star is no slash.
        let (prefix, by_name) = (&self.prefix, format!("name={}", self.prefix));
        for pattern in [format!("reference=*{prefix}*"), format!("reference=*/*{prefix}*")] {
            let names = self.listed(&["images", "--filter", &pattern, "--format", "{{.Repository}}:{{.Tag}}"]);
            let named: Vec<String> = names.into_iter().filter(|name| name.contains(prefix.as_str())).collect();
            self.remove(&["rmi", "-f"], &named);
        }
        self.remove(&["volume", "rm", "-f"], &self.listed(&["volume", "ls", "-q", "--filter", &by_name]));
        self.remove(&["network", "rm"], &self.listed(&["network", "ls", "-q", "--filter", &by_name]));
    }
}

/// How the program reaches an address.
pub fn dialer(address: &str) -> Dialer {
    match address.parse::<Endpoint>().expect("an engine's address") {
        Endpoint::Unix(path) => Dialer::Unix(path),
        Endpoint::Tcp { host, port } => Dialer::Tcp { host, port },
        other => panic!("no engine of these tests is at {other}"),
    }
}

pub fn socket(address: &str) -> PathBuf {
    address.strip_prefix("unix://").expect("a socket's address").into()
}

/// Runs the docker client on an engine: the judge of what is true there.
pub fn docker(address: &str, words: &[&str]) -> Result<String, String> {
    let output = docker_command(address, words).output().map_err(|error| error.to_string())?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        Err(String::from_utf8_lossy(&output.stderr).into_owned())
    }
}

/// Without the user's settings.
fn docker_command(address: &str, words: &[&str]) -> Command {
    let mut command = Command::new("docker");
    command.args(words).env("DOCKER_HOST", address).env("DOCKER_CONFIG", "/nonexistent");
    for variable in ["DOCKER_CONTEXT", "DOCKER_TLS_VERIFY", "DOCKER_CERT_PATH"] {
        command.env_remove(variable);
    }
    command
}
