//! A connection with TLS, which knows whether a client certificate was there to be shown.

use super::sentence;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio_rustls::client::TlsStream;

/// With TLS 1.3 an engine says only after the handshake, to whoever reads, what it thinks of our certificate.
#[derive(Debug)]
pub struct TlsSocket {
    stream: TlsStream<TcpStream>,
    shows_certificate: bool,
}

impl TlsSocket {
    pub(super) fn new(stream: TlsStream<TcpStream>, shows_certificate: bool) -> Self {
        Self { stream, shows_certificate }
    }
}

impl AsyncRead for TlsSocket {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let shows_certificate = self.shows_certificate;
        let read = Pin::new(&mut self.stream).poll_read(cx, buffer);
        read.map_err(|error| if shows_certificate { error } else { sentence::without_certificate(error) })
    }
}

impl AsyncWrite for TlsSocket {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
