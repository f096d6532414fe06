//! The API call that a request makes, for display beside the `docker` line and for the audit log.

use std::fmt;

/// Method and path with query, without version: `POST /containers/web/stop?t=5`. Only ASCII without blanks, whatever
/// the names hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiCall {
    pub method: &'static str,
    pub path: String,
}

impl fmt::Display for ApiCall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.path)
    }
}

impl ApiCall {
    /// Of a path whose names are encoded. Empty values of the query are left out: they are the engine's defaults.
    pub fn new(method: &'static str, mut path: String, query: &[(&'static str, String)]) -> Self {
        let mut mark = '?';
        for (key, value) in query.iter().filter(|(_, value)| !value.is_empty()) {
            path.push(mark);
            path.push_str(&format!("{key}={}", encode(value)));
            mark = '&';
        }
        Self { method, path }
    }
}

pub(super) fn switch(on: bool) -> String {
    if on { "1".to_owned() } else { String::new() }
}

/// Percent-encodes all but the letters that mean nothing in a path or query (RFC 3986, unreserved).
pub(super) fn encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => encoded.push(char::from(byte)),
            byte => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}
