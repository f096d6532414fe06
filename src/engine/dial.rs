//! Opens a byte stream to an engine, wherever it listens, and says in words why that failed.

use super::socket::{Socket, Stream};
use super::tls::Tls;
#[cfg(unix)]
use super::tunnel::Tunnel;
use crate::domain::{Failure, FailureKind};
use socket2::{SockRef, TcpKeepalive};
use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::DuplexStream;
#[cfg(unix)]
use tokio::net::UnixStream;
use tokio::net::{TcpStream, lookup_host};

/// How to open a connection to one engine.
#[derive(Clone)]
pub enum Dialer {
    Unix(PathBuf),
    Tcp {
        host: String,
        port: u16,
    },
    Tls(Tls),
    /// Clones share one login.
    #[cfg(unix)]
    Ssh(Tunnel),
    /// An engine in this process: each call gives the client's end of a new connection.
    Memory(Arc<dyn Fn() -> io::Result<DuplexStream> + Send + Sync>),
}

/// A vanished host is noticed within ten seconds, also by a stream on which nothing is ever sent.
const KEEPALIVE: TcpKeepalive =
    TcpKeepalive::new().with_time(Duration::from_secs(5)).with_interval(Duration::from_secs(2)).with_retries(2);
/// And where something was sent that nobody confirms.
#[cfg(target_os = "linux")]
const UNCONFIRMED: Duration = Duration::from_secs(9);

const DOCKER_GROUP: &str =
    "Add the user to the `docker` group (`sudo usermod -aG docker $USER`, then log in again) or use a rootless engine.";

const ON_THE_WAY: &str = "Is the machine up, and the network or VPN?";

/// Connections of a host's pool that are kept open for the next request; listing, stats and a few acts run side by side.
const IDLE: usize = 8;
/// Over ssh each may be a login, and one more is opened quickly where it is not.
const IDLE_OVER_SSH: usize = 2;
/// A login takes its time; ssh and we look after deadlines ourselves on the way.
#[cfg(unix)]
const SSH_DEADLINE: Duration = Duration::from_secs(60);

impl Dialer {
    /// Opens a connection within `deadline` (over ssh: within a minute).
    pub async fn dial(&self, deadline: Duration) -> Result<Socket, Failure> {
        let deadline = match self {
            #[cfg(unix)]
            Self::Ssh(_) => deadline.max(SSH_DEADLINE),
            Self::Unix(_) | Self::Tcp { .. } | Self::Tls(_) | Self::Memory(_) => deadline,
        };
        tokio::time::timeout(deadline, self.open()).await.unwrap_or_else(|_| {
            let seconds = deadline.as_secs_f32();
            let sentence = format!("{self} did not accept a connection within {seconds} s.");
            let failure = Failure::new(FailureKind::TimedOut, sentence);
            Err(if matches!(self, Self::Tcp { .. } | Self::Tls(_)) { failure.with_hint(ON_THE_WAY) } else { failure })
        })
    }

    /// Logs in where that is needed, while ssh has the terminal: the caller has left the screen. Dropping the wait gives
    /// the login up.
    pub async fn login(&self) -> Result<(), Failure> {
        match self {
            #[cfg(unix)]
            Self::Ssh(tunnel) => tunnel.login().await,
            Self::Unix(_) | Self::Tcp { .. } | Self::Tls(_) | Self::Memory(_) => Ok(()),
        }
    }

    /// What the `Host` header says.
    pub fn authority(&self) -> String {
        let authority = |host: &str, port: u16| {
            if host.contains(':') { format!("[{host}]:{port}") } else { format!("{host}:{port}") }
        };
        match self {
            Self::Tcp { host, port } | Self::Tls(Tls { host, port, .. }) => authority(host, *port),
            #[cfg(unix)]
            Self::Ssh(_) => "localhost".to_owned(),
            Self::Unix(_) | Self::Memory(_) => "localhost".to_owned(),
        }
    }

    /// How many connections to keep open for the next request.
    pub(super) fn idle_connections(&self) -> usize {
        match self {
            #[cfg(unix)]
            Self::Ssh(_) => IDLE_OVER_SSH,
            Self::Unix(_) | Self::Tcp { .. } | Self::Tls(_) | Self::Memory(_) => IDLE,
        }
    }

    /// The same for a new handle to the engine: what lies in files is read anew, a login goes on.
    pub(super) fn afresh(&self) -> Self {
        match self {
            Self::Tls(tls) => Self::Tls(tls.afresh()),
            other => other.clone(),
        }
    }

    async fn open(&self) -> Result<Socket, Failure> {
        match self {
            #[cfg(unix)]
            Self::Unix(path) => {
                let stream = UnixStream::connect(path).await.map_err(|error| self.failure(&error))?;
                Ok(Stream::Unix(stream).into())
            }
            #[cfg(not(unix))]
            Self::Unix(_) => Err(self.failure(&io::Error::from(io::ErrorKind::Unsupported))),
            Self::Tcp { host, port } => {
                let stream = self.tcp(host, *port).await?;
                Ok(Stream::Tcp(stream).into())
            }
            Self::Tls(tls) => {
                let stream = self.tcp(&tls.host, tls.port).await?;
                tls.handshake(stream).await.map(|stream| Stream::Tls(Box::new(stream)).into())
            }
            #[cfg(unix)]
            Self::Ssh(tunnel) => tunnel.open().await,
            Self::Memory(connect) => {
                connect().map(|stream| Stream::Memory(stream).into()).map_err(|error| self.failure(&error))
            }
        }
    }

    async fn tcp(&self, host: &str, port: u16) -> Result<TcpStream, Failure> {
        let addresses = lookup_host((host, port)).await.map_err(|_| {
            Failure::new(FailureKind::Missing, format!("There is no host called {host} in the network."))
                .with_hint("Is the name right, and the network or VPN up?")
        })?;
        let addresses: Vec<SocketAddr> = addresses.collect();
        connect(&addresses).await.map_err(|error| self.failure(&error))
    }

    fn failure(&self, error: &io::Error) -> Failure {
        let start = match self {
            Self::Unix(path) if path.to_string_lossy().contains("podman") => {
                "Is it running? Try `systemctl --user start podman.socket`."
            }
            _ => "Is the engine running? Try `systemctl start docker`.",
        };
        match (self, error.kind()) {
            (Self::Unix(path), io::ErrorKind::NotFound) => {
                Failure::new(FailureKind::Missing, format!("There is no socket at {}.", path.display()))
                    .with_hint(start)
            }
            (Self::Unix(path), io::ErrorKind::PermissionDenied) => Failure::new(
                FailureKind::PermissionDenied,
                format!("Permission denied: this user may not open {}.", path.display()),
            )
            .with_hint(DOCKER_GROUP),
            (Self::Unix(_), io::ErrorKind::ConnectionRefused) => {
                Failure::new(FailureKind::Refused, format!("Connection refused: nobody listens at {self}."))
                    .with_hint(start)
            }
            (_, io::ErrorKind::ConnectionRefused) => {
                Failure::new(FailureKind::Refused, format!("Connection refused: nobody listens at {self}."))
                    .with_hint("Is the engine running there, and does it listen on that port?")
            }
            (_, io::ErrorKind::TimedOut) => {
                Failure::new(FailureKind::TimedOut, format!("{self} did not accept a connection."))
                    .with_hint(ON_THE_WAY)
            }
            (Self::Tcp { .. } | Self::Tls(_), _) => {
                Failure::new(FailureKind::Missing, format!("{self} cannot be reached: {error}.")).with_hint(ON_THE_WAY)
            }
            _ => Failure::new(FailureKind::Missing, format!("{self} cannot be reached: {error}.")),
        }
    }
}

/// The first of them that accepts.
async fn connect(addresses: &[SocketAddr]) -> io::Result<TcpStream> {
    let stream = TcpStream::connect(addresses).await?;
    stream.set_nodelay(true)?;
    let socket = SockRef::from(&stream);
    socket.set_tcp_keepalive(&KEEPALIVE)?;
    #[cfg(target_os = "linux")]
    socket.set_tcp_user_timeout(Some(UNCONFIRMED))?;
    Ok(stream)
}

impl fmt::Display for Dialer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unix(path) => write!(f, "{}", path.display()),
            Self::Tcp { .. } | Self::Tls(_) => f.write_str(&self.authority()),
            #[cfg(unix)]
            Self::Ssh(tunnel) => f.write_str(tunnel.host()),
            Self::Memory(_) => f.write_str("the embedded engine"),
        }
    }
}

impl fmt::Debug for Dialer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Dialer({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_missing_socket_says_its_path_and_the_remedy() {
        let failure = Dialer::Unix("/nowhere/docker.sock".into()).dial(Duration::from_secs(5)).await.unwrap_err();
        assert_eq!(failure.kind, FailureKind::Missing);
        assert_eq!(failure.sentence, "There is no socket at /nowhere/docker.sock.");
        assert!(failure.hint.unwrap().contains("systemctl start docker"));
    }

    #[test]
    fn a_closed_socket_names_the_docker_group() {
        let denied = io::Error::from(io::ErrorKind::PermissionDenied);
        let failure = Dialer::Unix("/var/run/docker.sock".into()).failure(&denied);
        assert_eq!(failure.kind, FailureKind::PermissionDenied);
        assert!(failure.hint.unwrap().contains("usermod -aG docker"));
    }

    #[tokio::test]
    async fn a_port_where_nobody_listens_is_refused() {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        drop(listener);
        let failure = Dialer::Tcp { host: "127.0.0.1".into(), port }.dial(Duration::from_secs(5)).await.unwrap_err();
        assert_eq!(failure.kind, FailureKind::Refused);
    }

    #[tokio::test]
    async fn a_name_that_nobody_has_is_told_as_such() {
        // Too long for a name: no server has to be asked.
        let host = "x".repeat(64);
        let failure = Dialer::Tcp { host: host.clone(), port: 2375 }.dial(Duration::from_secs(30)).await.unwrap_err();
        assert_eq!(failure.sentence, format!("There is no host called {host} in the network."));
        assert!(failure.hint.unwrap().contains("VPN"));
    }

    #[test]
    fn the_authority_of_an_ipv6_host_has_brackets() {
        assert_eq!(Dialer::Tcp { host: "::1".into(), port: 2375 }.authority(), "[::1]:2375");
    }
}
