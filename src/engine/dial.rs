//! Opens a byte stream to an engine, wherever it listens, and says in words why that failed.

use crate::domain::{Failure, FailureKind};
use socket2::{SockRef, TcpKeepalive};
use std::fmt;
use std::io;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, DuplexStream, ReadBuf};
use tokio::net::TcpStream;
#[cfg(unix)]
use tokio::net::UnixStream;

/// How to open a connection to one engine.
#[derive(Clone)]
pub enum Dialer {
    Unix(PathBuf),
    Tcp {
        host: String,
        port: u16,
    },
    /// An engine in this process: each call gives the client's end of a new connection.
    Memory(Arc<dyn Fn() -> io::Result<DuplexStream> + Send + Sync>),
}

/// One open connection.
#[derive(Debug)]
pub enum Socket {
    #[cfg(unix)]
    Unix(UnixStream),
    Tcp(TcpStream),
    Memory(DuplexStream),
}

/// A vanished host is noticed within about two minutes, also by a stream on which nothing is ever sent.
const KEEPALIVE: TcpKeepalive =
    TcpKeepalive::new().with_time(Duration::from_secs(30)).with_interval(Duration::from_secs(10));

const DOCKER_GROUP: &str =
    "Add the user to the `docker` group (`sudo usermod -aG docker $USER`, then log in again) or use a rootless engine.";

impl Dialer {
    /// Opens a connection within `deadline`.
    pub async fn dial(&self, deadline: Duration) -> Result<Socket, Failure> {
        match tokio::time::timeout(deadline, self.open()).await {
            Ok(Ok(socket)) => Ok(socket),
            Ok(Err(error)) => Err(self.failure(&error)),
            Err(_) => Err(Failure::new(
                FailureKind::TimedOut,
                format!("{self} did not accept a connection within {} s.", deadline.as_secs_f32()),
            )),
        }
    }

    /// What the `Host` header says.
    pub fn authority(&self) -> String {
        match self {
            Self::Unix(_) | Self::Memory(_) => "localhost".to_owned(),
            Self::Tcp { host, port } if host.contains(':') => format!("[{host}]:{port}"),
            Self::Tcp { host, port } => format!("{host}:{port}"),
        }
    }

    async fn open(&self) -> io::Result<Socket> {
        match self {
            #[cfg(unix)]
            Self::Unix(path) => UnixStream::connect(path).await.map(Socket::Unix),
            #[cfg(not(unix))]
            Self::Unix(_) => Err(io::Error::from(io::ErrorKind::Unsupported)),
            Self::Tcp { host, port } => {
                let stream = TcpStream::connect((host.as_str(), *port)).await?;
                stream.set_nodelay(true)?;
                SockRef::from(&stream).set_tcp_keepalive(&KEEPALIVE)?;
                Ok(Socket::Tcp(stream))
            }
            Self::Memory(connect) => Ok(Socket::Memory(connect()?)),
        }
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
            }
            _ => Failure::new(FailureKind::Missing, format!("{self} cannot be reached: {error}.")),
        }
    }
}

impl fmt::Display for Dialer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unix(path) => write!(f, "{}", path.display()),
            Self::Tcp { .. } => f.write_str(&self.authority()),
            Self::Memory(_) => f.write_str("the embedded engine"),
        }
    }
}

impl fmt::Debug for Dialer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Dialer({self})")
    }
}

macro_rules! on_socket {
    ($self:expr, $stream:ident => $call:expr) => {
        match $self.get_mut() {
            #[cfg(unix)]
            Socket::Unix($stream) => $call,
            Socket::Tcp($stream) => $call,
            Socket::Memory($stream) => $call,
        }
    };
}

impl AsyncRead for Socket {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        on_socket!(self, stream => Pin::new(stream).poll_read(cx, buffer))
    }
}

impl AsyncWrite for Socket {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        on_socket!(self, stream => Pin::new(stream).poll_write(cx, bytes))
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        on_socket!(self, stream => Pin::new(stream).poll_flush(cx))
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        on_socket!(self, stream => Pin::new(stream).poll_shutdown(cx))
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

    #[test]
    fn the_authority_of_an_ipv6_host_has_brackets() {
        assert_eq!(Dialer::Tcp { host: "::1".into(), port: 2375 }.authority(), "[::1]:2375");
    }
}
