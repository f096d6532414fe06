//! Engines of one test's own, for what nobody else may be using: started by the scripts, ended with the test.

use super::engines::{Live, Product};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};

/// The folder of one or two engines; with it they go.
#[derive(Debug)]
pub struct Private {
    folder: PathBuf,
    /// More words for `dockerd`.
    docker_options: &'static str,
    /// The tree that newer engines come from, where there is one already.
    debian: Option<PathBuf>,
}

impl Private {
    /// Nothing is started yet.
    pub fn new() -> Self {
        Self::with("")
    }

    /// The same, with more words for `dockerd`.
    pub fn with(docker_options: &'static str) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("dut-own-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        Self { folder: std::env::temp_dir().join(name), docker_options, debian: None }
    }

    /// Starts an engine, or starts it anew on the same data; gives its address.
    pub fn start(&self, product: Product) -> String {
        self.start_named(product.name(), product)
    }

    /// Starts one of the same version as that at an address of `tests/engines/up`; gives its own.
    pub fn start_like(&mut self, product: Product, address: &str) -> String {
        let socket = super::engines::socket(address);
        let home = socket.parent().expect("its folder");
        self.debian = home.parent().map(|folder| folder.join("debian")).filter(|tree| tree.is_dir());
        let name = home.file_name().and_then(|name| name.to_str()).filter(|name| name.starts_with(product.name()));
        self.start_named(name.unwrap_or(product.name()), product)
    }

    fn start_named(&self, name: &str, product: Product) -> String {
        self.script("up", &[name]);
        format!("unix://{}.sock", self.folder.join(name).join(product.name()).display())
    }

    /// Kills an engine on the spot, as a crash would.
    pub fn kill(&self, product: Product) {
        let id = std::fs::read_to_string(self.folder.join(product.name()).join("engine.pid")).expect("the engine's id");
        let id = id.trim().parse().ok().and_then(rustix::process::Pid::from_raw).expect("a process id");
        rustix::process::kill_process(id, rustix::process::Signal::KILL).expect("the engine");
    }

    /// Starts Docker behind TLS, showing the certificate of that name; gives its port. Its socket serves as well.
    pub fn start_tls(&self, certificate: &str) -> u16 {
        self.script("tls", &[certificate]).trim().parse().expect("a port")
    }

    /// Docker, as the judge uses it.
    pub fn docker(&self) -> Live {
        Live::new(Product::Docker, format!("unix://{}", self.folder.join("docker/docker.sock").display()))
    }

    /// A file among the certificates of [`Self::start_tls`].
    pub fn pem(&self, name: &str) -> PathBuf {
        self.folder.join("certificates").join(name)
    }

    /// Runs one of `tests/engines`; gives what it prints.
    pub fn script(&self, name: &str, words: &[&str]) -> String {
        let output = self.command(name).args(words).output().expect("bash");
        assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    fn command(&self, name: &str) -> Command {
        let mut command = Command::new(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/engines").join(name));
        command.env("DOCKERUI_ENGINES_DIR", &self.folder).env("DOCKERUI_DOCKER_OPTIONS", self.docker_options);
        if let Some(debian) = &self.debian {
            command.env("DOCKERUI_DEBIAN_TREE", debian);
        }
        command
    }
}

impl Drop for Private {
    fn drop(&mut self) {
        let _ = self.command("down").output();
    }
}
