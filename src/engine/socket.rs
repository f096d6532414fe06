//! One open connection to an engine, of whichever kind.

use super::heard::Heard;
use super::tls::TlsSocket;
#[cfg(unix)]
use super::tunnel::StdioSocket;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use tokio::io::{AsyncRead, AsyncWrite, DuplexStream, ReadBuf};
use tokio::net::TcpStream;
#[cfg(unix)]
use tokio::net::UnixStream;

/// One open connection.
#[derive(Debug)]
pub struct Socket {
    stream: Stream,
    heard: Option<Heard>,
}

/// What carries its bytes.
#[derive(Debug)]
pub enum Stream {
    #[cfg(unix)]
    Unix(UnixStream),
    Tcp(TcpStream),
    Tls(Box<TlsSocket>),
    #[cfg(unix)]
    Stdio(Box<StdioSocket>),
    Memory(DuplexStream),
}

impl Socket {
    /// Tells of whatever comes from now on.
    pub(super) fn heard_by(mut self, heard: Heard) -> Self {
        self.heard = Some(heard);
        self
    }
}

impl From<Stream> for Socket {
    fn from(stream: Stream) -> Self {
        Self { stream, heard: None }
    }
}

macro_rules! on_stream {
    ($self:expr, $stream:ident => $call:expr) => {
        match &mut $self.get_mut().stream {
            #[cfg(unix)]
            Stream::Unix($stream) => $call,
            Stream::Tcp($stream) => $call,
            Stream::Tls($stream) => $call,
            #[cfg(unix)]
            Stream::Stdio($stream) => $call,
            Stream::Memory($stream) => $call,
        }
    };
}

impl AsyncRead for Socket {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let read = on_stream!(self.as_mut(), stream => Pin::new(stream).poll_read(cx, buffer));
        if buffer.filled().len() > before
            && let Some(heard) = &self.heard
        {
            heard.mark();
        }
        read
    }
}

impl AsyncWrite for Socket {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        on_stream!(self, stream => Pin::new(stream).poll_write(cx, bytes))
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        on_stream!(self, stream => Pin::new(stream).poll_flush(cx))
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        on_stream!(self, stream => Pin::new(stream).poll_shutdown(cx))
    }
}
