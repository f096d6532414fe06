//! A request as the actor gets it, and what it answers.

use bytes::Bytes;
use serde_json::Value;
use tokio::sync::mpsc;

/// Streams hold this many chunks before what comes next waits (logs) or is dropped (events, as in real engines).
pub const STREAM_DEPTH: usize = 256;

/// A request with its version prefix taken off.
#[derive(Clone, Debug, Default)]
pub struct Call {
    pub method: String,
    /// Decoded segments of the path.
    pub path: Vec<String>,
    pub query: Vec<(String, String)>,
    pub body: Bytes,
    /// Whether the client asked for `Upgrade: tcp`.
    pub upgrade: bool,
    /// The minor number of the version asked for, the newest when none was.
    pub api: u32,
}

#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub content_type: &'static str,
    pub body: Body,
}

#[derive(Debug)]
pub enum Body {
    Empty,
    Whole(Bytes),
    Stream(mpsc::Receiver<Bytes>),
    /// What is at a path, told in a header as well.
    Archive {
        stat: String,
        bytes: Bytes,
    },
    /// The connection becomes a pipe to that session.
    Hijack {
        session: u64,
        output: mpsc::Receiver<Bytes>,
    },
}

/// An error answer: `{"message": …}`.
#[derive(Debug, PartialEq, Eq)]
pub struct Refusal {
    pub status: u16,
    pub message: String,
}

pub const JSON: &str = "application/json";
pub const RAW: &str = "application/vnd.docker.raw-stream";
pub const MULTIPLEXED: &str = "application/vnd.docker.multiplexed-stream";

impl Call {
    /// The newest API spoken here.
    pub const NEWEST: u32 = 47;
    const OLDEST: u32 = 24;

    /// Takes a request target apart; refuses versions that are not spoken.
    pub fn parse(method: &str, target: &str, upgrade: bool, body: Bytes) -> Result<Self, Refusal> {
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let mut path: Vec<String> = path.trim_matches('/').split('/').map(percent_decoded).collect();
        let mut api = Self::NEWEST;
        if let Some(minor) = path.first().and_then(|first| first.strip_prefix("v1.")).and_then(|text| text.parse().ok())
        {
            api = minor;
            path.remove(0);
        }
        if api > Self::NEWEST {
            let message = format!("client version 1.{api} is too new. Maximum supported API version is 1.47");
            return Err(Refusal { status: 400, message });
        }
        if api < Self::OLDEST {
            let message = format!(
                "client version 1.{api} is too old. Minimum supported API version is 1.24, please upgrade your client \
                 to a newer version"
            );
            return Err(Refusal { status: 400, message });
        }
        let query = query.split('&').filter(|pair| !pair.is_empty()).map(|pair| {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            (percent_decoded(&key.replace('+', " ")), percent_decoded(&value.replace('+', " ")))
        });
        Ok(Self { method: method.to_owned(), path, query: query.collect(), body, upgrade, api })
    }

    pub fn text(&self, key: &str) -> Option<&str> {
        self.query.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_str())
    }

    /// A switch as Docker reads it: present and none of the words for no.
    pub fn flag(&self, key: &str) -> bool {
        self.text(key).is_some_and(|value| !matches!(value.to_ascii_lowercase().as_str(), "" | "0" | "no" | "false"))
    }

    pub fn number<T: std::str::FromStr>(&self, key: &str) -> Option<T> {
        self.text(key)?.parse().ok()
    }

    /// The values of one key of `filters`, which is a map of lists or (older clients) of maps to `true`.
    pub fn filter(&self, key: &str) -> Vec<String> {
        let filters: Value = self.text("filters").and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default();
        match filters.get(key) {
            Some(Value::Array(values)) => values.iter().filter_map(|value| value.as_str().map(str::to_owned)).collect(),
            Some(Value::Object(values)) => values.keys().cloned().collect(),
            _ => Vec::new(),
        }
    }

    /// The body as JSON; no body is `null`.
    pub fn json(&self) -> Result<Value, Refusal> {
        if self.body.is_empty() {
            return Ok(Value::Null);
        }
        serde_json::from_slice(&self.body)
            .map_err(|error| Refusal { status: 400, message: format!("invalid JSON: {error}") })
    }
}

impl Reply {
    pub fn json(status: u16, value: &Value) -> Self {
        let mut text = value.to_string();
        text.push('\n');
        Self { status, content_type: JSON, body: Body::Whole(text.into()) }
    }

    pub fn ok(value: &Value) -> Self {
        Self::json(200, value)
    }

    /// An answer without a body, such as 204 and 304.
    pub fn empty(status: u16) -> Self {
        Self { status, content_type: "", body: Body::Empty }
    }

    pub fn stream(content_type: &'static str, chunks: mpsc::Receiver<Bytes>) -> Self {
        Self { status: 200, content_type, body: Body::Stream(chunks) }
    }
}

impl From<Refusal> for Reply {
    fn from(refusal: Refusal) -> Self {
        Self::json(refusal.status, &serde_json::json!({ "message": refusal.message }))
    }
}

impl Refusal {
    pub fn new<T>(status: u16, message: impl Into<String>) -> Result<T, Self> {
        Err(Self { status, message: message.into() })
    }
}

fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let mut ahead = rest.clone();
        let escaped = if byte == b'%' { hex_digit(ahead.next()).zip(hex_digit(ahead.next())) } else { None };
        if let Some((high, low)) = escaped {
            bytes.push(high * 16 + low);
            rest = ahead;
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn hex_digit(byte: Option<u8>) -> Option<u8> {
    char::from(byte?).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_taken_apart() {
        let call = Call::parse("GET", "/v1.41/images/a%2Fb%3A1/json?all=1&x=a+b%20c", false, Bytes::new()).unwrap();
        assert_eq!(call.path, ["images", "a/b:1", "json"]);
        assert_eq!(call.api, 41);
        assert!(call.flag("all") && !call.flag("none"));
        assert_eq!(call.text("x"), Some("a b c"));
        assert_eq!(Call::parse("GET", "/_ping", false, Bytes::new()).unwrap().api, 47);
        assert_eq!(Call::parse("GET", "/v1.99/_ping", false, Bytes::new()).unwrap_err().status, 400);
    }

    #[test]
    fn filters_come_in_two_shapes() {
        let target = "/containers/json?filters=%7B%22label%22%3A%5B%22a%3Db%22%5D%2C%22id%22%3A%7B%22x%22%3Atrue%7D%7D";
        let call = Call::parse("GET", target, false, Bytes::new()).unwrap();
        assert_eq!(call.filter("label"), ["a=b"]);
        assert_eq!(call.filter("id"), ["x"]);
        assert!(call.filter("name").is_empty());
    }
}
