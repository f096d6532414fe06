//! The far ends of lines: a TLS server and an ssh server in front of an engine's socket.

use dockerui_tui::engine::SshTarget;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;
use tokio::net::{TcpListener, UnixStream};
use tokio_rustls::TlsAcceptor;

/// A folder of one test, gone at its end.
#[derive(Debug)]
pub struct Folder(pub PathBuf);

impl Folder {
    pub fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("dut-lines-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&path).expect("a folder");
        Self(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Runs a script of `tests/engines`; gives what it prints.
pub fn script(name: &str, words: &[&str]) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/engines").join(name);
    let output = Command::new(path).args(words).output().expect("bash");
    assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Certificates made by openssl.
pub fn certificates() -> Folder {
    let folder = Folder::new();
    script("certificates", &[folder.0.to_str().expect("a plain path")]);
    folder
}

/// A TLS server that shows the certificate `name`, carries what it gets to `socket`, and wants a client certificate of
/// `ca` if so. Gives its port; ends with the runtime.
pub async fn tls_server(folder: &Folder, name: &str, wants_client: bool, socket: PathBuf) -> u16 {
    let read = |name: &str| {
        let pem = folder.0.join(format!("{name}.pem"));
        CertificateDer::pem_file_iter(pem).expect("a certificate").collect::<Result<Vec<_>, _>>().expect("PEM")
    };
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ServerConfig::builder_with_provider(provider.clone()).with_safe_default_protocol_versions();
    let builder = builder.expect("TLS");
    let builder = if wants_client {
        let mut roots = RootCertStore::empty();
        roots.add_parsable_certificates(read("ca"));
        let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider).build();
        builder.with_client_cert_verifier(verifier.expect("a verifier"))
    } else {
        builder.with_no_client_auth()
    };
    let key = PrivateKeyDer::from_pem_file(folder.0.join(format!("{name}.key"))).expect("a key");
    let acceptor = TlsAcceptor::from(Arc::new(builder.with_single_cert(read(name), key).expect("a pair")));
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("its address").port();
    tokio::spawn(async move {
        while let Ok((near, _)) = listener.accept().await {
            let (acceptor, socket) = (acceptor.clone(), socket.clone());
            tokio::spawn(async move {
                let Ok(mut near) = acceptor.accept(near).await else { return };
                let mut far = UnixStream::connect(&socket).await.expect("the engine");
                let _ = tokio::io::copy_bidirectional(&mut near, &mut far).await;
            });
        }
    });
    port
}

/// A real ssh server; ended with the test.
#[derive(Debug)]
pub struct SshServer {
    pub folder: Folder,
    process: String,
    port: String,
}

impl SshServer {
    pub fn start(socket: &Path, lines: &[&str]) -> Self {
        let folder = Folder::new();
        let mut words = vec![folder.0.to_str().expect("a plain path"), socket.to_str().expect("a plain path")];
        words.extend(lines);
        let told = script("sshd", &words);
        let (process, port) = told.trim().split_once(' ').expect("a process and a port");
        Self { process: process.to_owned(), port: port.to_owned(), folder }
    }

    /// The way to it by its alias, with one of the script's clients.
    pub fn target(&self, client: &str, socket: Option<&Path>) -> SshTarget {
        let socket = socket.map(Path::to_owned);
        SshTarget { program: self.folder.0.join(client), user: None, host: "engine".into(), port: None, socket }
    }

    /// The same by another name of `ssh`'s own configuration, as another user.
    pub fn target_of(&self, host: &str, user: Option<&str>) -> SshTarget {
        SshTarget { host: host.into(), user: user.map(str::to_owned), ..self.target("ssh", None) }
    }

    /// Adds to what the client `ssh` goes by.
    pub fn configure(&self, lines: &str) {
        append(&self.folder.0.join("ssh.config"), lines);
    }

    /// Another server, which this one's key opens too, is reached through this one as `behind`.
    pub fn leads_to(&self, other: &Self) {
        self.configure(&format!("Host behind\n HostName 127.0.0.1\n Port {}\n ProxyJump engine\n", other.port));
        let read = |folder: &Folder, name: &str| std::fs::read_to_string(folder.0.join(name)).expect("a file");
        append(&self.folder.0.join("known_hosts"), &read(&other.folder, "known_hosts"));
        append(&other.folder.0.join("authorized_keys"), &read(&self.folder, "user_key.pub"));
    }

    /// Ends the server and all of its sessions, as a machine that goes down.
    pub fn stop(&self) {
        let mut sessions = children(&self.process);
        sessions.extend(sessions.clone().iter().flat_map(|session| children(session)));
        for process in std::iter::once(&self.process).chain(&sessions) {
            let _ = Command::new("kill").args(["-9", process]).stderr(Stdio::null()).status();
        }
    }

    /// Starts it again after [`Self::stop`], on its port.
    pub fn start_again(&mut self, socket: &Path) {
        let folder = self.folder.0.to_str().expect("a plain path");
        let told = script("sshd", &[folder, socket.to_str().expect("a plain path")]);
        let (process, port) = told.trim().split_once(' ').expect("a process and a port");
        assert_eq!(port, self.port, "it came back elsewhere");
        self.process = process.to_owned();
    }

    pub fn port(&self) -> u16 {
        self.port.parse().expect("a port")
    }

    pub fn logins(&self) -> usize {
        let log = std::fs::read_to_string(self.folder.0.join("sshd.log")).expect("its log");
        let is_login =
            |line: &&str| ["Accepted publickey", "Accepted password"].iter().any(|words| line.contains(words));
        log.lines().filter(is_login).count()
    }

    /// Waits until no client is connected any more.
    pub async fn until_no_clients(&self) {
        let gone = async {
            while !self.clients().is_empty() {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        tokio::time::timeout(super::engines::PATIENCE, gone).await.expect("ssh to end with what it was for");
    }

    /// Ids of the ssh clients that are connected to it.
    pub fn clients(&self) -> Vec<String> {
        let config = format!("{}/ssh.config", self.folder.0.display());
        let mut found = Vec::new();
        for entry in std::fs::read_dir("/proc").expect("processes").flatten() {
            let line = std::fs::read(entry.path().join("cmdline")).unwrap_or_default();
            let mut words = line.split(|byte| *byte == 0);
            let is_ssh =
                words.next().is_some_and(|program| program.ends_with(b"/ssh") && !program.ends_with(b"sh/ssh"));
            if is_ssh && words.any(|word| word == config.as_bytes()) {
                found.push(entry.file_name().to_string_lossy().into_owned());
            }
        }
        found
    }
}

fn append(path: &Path, text: &str) {
    let mut file = std::fs::OpenOptions::new().append(true).open(path).expect("a file");
    file.write_all(text.as_bytes()).expect("room");
}

/// Processes that this one has started.
fn children(process: &str) -> Vec<String> {
    let mut found = Vec::new();
    for task in std::fs::read_dir(format!("/proc/{process}/task")).into_iter().flatten().flatten() {
        let text = std::fs::read_to_string(task.path().join("children")).unwrap_or_default();
        found.extend(text.split_whitespace().map(str::to_owned));
    }
    found
}

/// Carries a TCP port of this machine to a socket, without TLS and without end; gives the port.
pub fn plain_server(socket: PathBuf) -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("its address").port();
    std::thread::spawn(move || {
        while let Ok((near, _)) = listener.accept() {
            let far = std::os::unix::net::UnixStream::connect(&socket).expect("the engine");
            let (mut near_in, mut far_out) = (near.try_clone().expect("a copy"), far.try_clone().expect("a copy"));
            std::thread::spawn(move || {
                let _ = std::io::copy(&mut near_in, &mut far_out);
                let _ = far_out.shutdown(std::net::Shutdown::Write);
            });
            let (mut near, mut far) = (near, far);
            std::thread::spawn(move || {
                let _ = std::io::copy(&mut far, &mut near);
                let _ = near.shutdown(std::net::Shutdown::Write);
            });
        }
    });
    port
}

pub fn kill(process: &str) {
    assert!(Command::new("kill").arg(process).status().expect("kill").success());
}

impl Drop for SshServer {
    fn drop(&mut self) {
        let _ = Command::new("kill").arg(&self.process).status();
    }
}
