//! Registries of one test's own on this machine: Debian's docker-registry, with what is pushed to it.

use super::engines::Live;
use super::lines::Folder;
use dockerui_tui::config::edit::write_file;
use dockerui_tui::domain::{RegistryName, RegistryProfile};
use dockerui_tui::engine::{Credentials, Registries};
use oci_client::Reference;
use oci_client::client::{Client, ClientConfig, ClientProtocol, Config, ImageLayer};
use oci_client::manifest::{ImageIndexEntry, OciImageIndex};
use oci_client::secrets::RegistryAuth;
use std::io::Write;
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// Whom it lets in where it wants a login.
pub const USER: &str = "tester";
pub const PASSWORD: &str = "hunter?2>ÿ";
const HASH: &str = "$2b$04$abcdefghijklmnopqrstuupGadMbbzp5ppfJcrPzSF0xW.sYZHR4C";

/// A registry that runs for as long as the test does.
#[derive(Debug)]
pub struct OwnRegistry {
    child: Child,
    /// Its data, and a folder of Docker's configuration for the test.
    pub folder: Folder,
    pub port: u16,
}

impl OwnRegistry {
    /// Open to all, and with deleting. `None` where there is no docker-registry, which was said.
    pub async fn open() -> Option<Self> {
        Self::start("").await
    }

    /// One that wants a login.
    pub async fn private() -> Option<Self> {
        Self::start("auth: {htpasswd: {realm: private, path: FOLDER/htpasswd}}").await
    }

    /// With more settings; `FOLDER` in them is its folder.
    pub async fn start(settings: &str) -> Option<Self> {
        Self::start_in(Folder::new(), settings, "delete: {enabled: true}", "").await
    }

    /// With settings of its own for the store and for HTTP, in this folder.
    pub async fn start_in(folder: Folder, settings: &str, store: &str, http: &str) -> Option<Self> {
        let port = TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("its address").port();
        let registry = Self::spawn(Command::new("docker-registry"), folder, port, (settings, store, http))?;
        let listening = async {
            while tokio::net::TcpStream::connect(("127.0.0.1", port)).await.is_err() {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(30), listening).await.expect("the registry to listen");
        Some(registry)
    }

    /// In the network of an engine, which alone reaches it, on this port.
    pub async fn start_beside(live: &Live, folder: Folder, port: u16, settings: &str) -> Option<Self> {
        let registry = Self::spawn(live.within(&["docker-registry"]), folder, port, (settings, "", ""))?;
        let address = format!("http://127.0.0.1:{port}/");
        let listening = async {
            while !live
                .within(&["curl", "-s", "-o", "/dev/null", &address])
                .status()
                .is_ok_and(|status| status.success())
            {
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(30), listening).await.expect("the registry to listen");
        Some(registry)
    }

    fn spawn(mut command: Command, folder: Folder, port: u16, settings: (&str, &str, &str)) -> Option<Self> {
        let (settings, store, http) = settings;
        let home = folder.0.display().to_string();
        std::fs::write(folder.0.join("htpasswd"), format!("{USER}:{HASH}\n")).expect("a file");
        let text = format!(
            "version: 0.1\nlog: {{level: error}}\nstorage: {{filesystem: {{rootdirectory: {home}/data}}, {store}}}\n\
             http: {{addr: 127.0.0.1:{port}, {http}}}\n{settings}\n"
        );
        std::fs::write(folder.0.join("config.yml"), text.replace("FOLDER", &home)).expect("a file");
        command.arg("serve").arg(folder.0.join("config.yml")).stdout(Stdio::null()).stderr(Stdio::null());
        let child = match command.spawn() {
            Ok(child) => child,
            Err(error) => {
                let required = std::env::var("DOCKERUI_REQUIRE_LIVE").is_ok_and(|required| required == "1");
                assert!(!required, "docker-registry: {error}");
                let _ = std::io::stderr().write_all(b"\nSKIPPED: there is no docker-registry here\n");
                return None;
            }
        };
        Some(Self { child, folder, port })
    }

    /// Ends it; what it holds stays for as long as this does.
    pub fn stop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// `127.0.0.1:35123`
    pub fn name(&self) -> RegistryName {
        RegistryName::parse(&format!("127.0.0.1:{}", self.port)).expect("a name")
    }

    /// Asks as somebody with this folder of Docker's configuration.
    pub fn registries(&self) -> Registries {
        registries(&self.folder, Vec::new())
    }

    /// Pushes an image with layers of these sizes; gives its digest and the size of its manifest.
    pub async fn push(&self, repository: &str, tag: &str, layers: &[usize], auth: &RegistryAuth) -> (String, usize) {
        let image = self.reference(repository, tag);
        let made = layers.iter().zip(0_u8..).map(|(size, byte)| ImageLayer::oci_v1_gzip(vec![byte; *size], None));
        let config = format!(r#"{{"architecture":"amd64","os":"linux","config":{{"Env":["MADE={tag}"]}}}}"#);
        let config = Config::oci_v1(config.into_bytes(), None);
        let client = self.client();
        client.push(&image, &made.collect::<Vec<_>>(), config, auth, None).await.expect("pushed");
        let kinds = ["application/vnd.oci.image.manifest.v1+json"];
        let (bytes, digest) = client.pull_manifest_raw(&image, auth, &kinds).await.expect("its manifest");
        (digest, bytes.len())
    }

    /// Pushes an index of these images, each with its platform's architecture.
    pub async fn push_index(&self, repository: &str, tag: &str, images: &[(&str, &(String, usize))]) {
        let entry = |(architecture, (digest, size)): &(&str, &(String, usize))| -> ImageIndexEntry {
            let json = serde_json::json!({
                "mediaType": "application/vnd.oci.image.manifest.v1+json", "digest": digest, "size": size,
                "platform": { "os": "linux", "architecture": architecture },
            });
            serde_json::from_value(json).expect("an entry")
        };
        let index = OciImageIndex {
            schema_version: 2,
            media_type: Some("application/vnd.oci.image.index.v1+json".to_owned()),
            manifests: images.iter().map(entry).collect(),
            artifact_type: None,
            annotations: None,
        };
        let image = self.reference(repository, tag);
        self.client().push_manifest_list(&image, &RegistryAuth::Anonymous, index).await.expect("pushed");
    }

    fn client(&self) -> Client {
        let _ = rustls::crypto::ring::default_provider().install_default();
        Client::new(ClientConfig { protocol: ClientProtocol::Http, ..ClientConfig::default() })
    }

    fn reference(&self, repository: &str, tag: &str) -> Reference {
        Reference::with_tag(self.name().to_string(), repository.to_owned(), tag.to_owned())
    }
}

impl Drop for OwnRegistry {
    fn drop(&mut self) {
        self.stop();
    }
}

/// Asks with the logins of this folder. A login of another one is in it: else a keeper of this machine would be chosen.
pub fn registries(folder: &Folder, profiles: Vec<RegistryProfile>) -> Registries {
    let file = folder.0.join("config.json");
    if !file.exists() {
        std::fs::write(&file, r#"{"auths":{"other.example.com":{}}}"#).expect("a file");
    }
    Registries::new(Credentials::of(folder.0.clone(), write_file), profiles)
}
