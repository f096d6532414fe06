//! One request as our own code makes it: method, percent-encoded path and query, headers, body, deadline.

use super::body::{ByteStream, Content};
use bytes::Bytes;
use hyper::Method;
use hyper::header::{HeaderName, HeaderValue};
use std::fmt::Write;
use std::time::Duration;

#[derive(Debug)]
pub struct Call {
    pub method: Method,
    /// Path and query, without the version prefix.
    pub path: String,
    pub headers: Vec<(HeaderName, HeaderValue)>,
    pub body: Content,
    pub wait: Wait,
}

/// How long the head of the answer may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wait {
    /// [`Deadlines::answer`](super::Deadlines::answer)
    Answer,
    /// [`Deadlines::act`](super::Deadlines::act)
    Act,
    /// [`Deadlines::act`](super::Deadlines::act), after what the engine itself has been told to wait.
    ActAfter(Duration),
    /// As long as it takes.
    Forever,
}

impl Call {
    /// `segments` are joined by slashes and percent-encoded one by one.
    pub fn new(method: Method, segments: &[&str]) -> Self {
        let mut path = String::new();
        for segment in segments {
            path.push('/');
            encode_into(&mut path, segment);
        }
        let wait = if method == Method::GET { Wait::Answer } else { Wait::Act };
        Self { method, path, headers: Vec::new(), body: Content::Json(Bytes::new()), wait }
    }

    pub fn get(segments: &[&str]) -> Self {
        Self::new(Method::GET, segments)
    }

    pub fn post(segments: &[&str]) -> Self {
        Self::new(Method::POST, segments)
    }

    #[must_use]
    pub fn query(mut self, name: &str, value: &str) -> Self {
        self.path.push(if self.path.contains('?') { '&' } else { '?' });
        self.path.push_str(name);
        self.path.push('=');
        encode_into(&mut self.path, value);
        self
    }

    /// As [`Call::query`], for a value that need not be text.
    #[must_use]
    pub fn query_bytes(self, name: &str, value: &[u8]) -> Self {
        let mut call = self.query(name, "");
        encode_bytes(&mut call.path, value);
        call
    }

    #[must_use]
    pub fn json(mut self, value: &serde_json::Value) -> Self {
        self.body = Content::Json(Bytes::from(value.to_string()));
        self
    }

    /// Sends bytes of this media type while they are read: however long that takes, the answer comes after.
    #[must_use]
    pub fn body_stream(mut self, kind: &'static str, bytes: ByteStream) -> Self {
        self.body = Content::Stream { kind, bytes };
        self.wait(Wait::Forever)
    }

    #[must_use]
    pub fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.push((name, value));
        self
    }

    #[must_use]
    pub fn wait(mut self, wait: Wait) -> Self {
        self.wait = wait;
        self
    }
}

/// Percent-encodes for a path segment or a query value. Colon and `@` may stand in both, and read better in the
/// request log; so does a slash in a value, but in a segment it would begin the next.
pub fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    encode_into(&mut out, text);
    out
}

fn encode_into(out: &mut String, text: &str) {
    encode_bytes(out, text.as_bytes());
}

fn encode_bytes(out: &mut String, bytes: &[u8]) {
    for byte in bytes {
        match *byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b':' | b'@' => {
                out.push(char::from(*byte));
            }
            other => {
                // Writing to a String cannot fail.
                let _ = write!(out, "%{other:02X}");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_cannot_leave_their_segment() {
        let call = Call::get(&["containers", "a/../b?c#d e%", "json"]).query("filters", "{\"a\":1}").query("x", "1");
        assert_eq!(call.path, "/containers/a%2F..%2Fb%3Fc%23d%20e%25/json?filters=%7B%22a%22:1%7D&x=1");
    }
}
