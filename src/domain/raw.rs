//! A request to an engine as somebody types it, and what comes back.

use super::api_table::{Answer, Operation, operation};
use super::{Invalid, is_secret, mask};
use serde_json::Value;
use std::time::Duration;

/// A request of the API console, ready to be sent.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RawRequest {
    /// Its number in this run: answers carry it.
    pub serial: u32,
    pub method: &'static str,
    /// Path and query, percent-encoded where they have to be; the version stands before it only where it was typed.
    pub path: String,
    /// JSON; empty for none.
    pub body: String,
    /// `GET /info`: method and path.
    pub line: String,
}

/// The methods that the API knows.
pub const METHODS: [&str; 5] = ["GET", "HEAD", "POST", "PUT", "DELETE"];

/// A piece of what comes back.
#[derive(Clone, Debug, PartialEq)]
pub enum RawPart {
    Head(RawHead),
    /// Whole lines, foreign text as it came.
    Lines(Vec<String>),
    /// No text: so many bytes of it came so far, or are said to come.
    Bytes(u64),
    /// All that came is this.
    Json(Box<Value>),
}

/// What stands before the body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawHead {
    pub status: u16,
    /// `OK`, `Not Found`; empty where the status has no name.
    pub reason: &'static str,
    /// As they came, in their order.
    pub headers: Vec<(String, String)>,
    pub elapsed: Duration,
}

impl RawRequest {
    /// Reads `GET /containers/json?all=1`; without a method it is `GET`.
    ///
    /// # Errors
    /// A sentence that says what is missing, or why it is not sent from here.
    pub fn parse(line: &str, body: &str) -> Result<Self, Invalid> {
        let line = line.trim();
        let (method, path) = match line.split_once(char::is_whitespace) {
            Some((method, path)) => (method, path.trim_start()),
            None if line.starts_with('/') => ("GET", line),
            None if line.is_empty() => return Err(Invalid::new("Type a method and a path, such as GET /info.")),
            None => return Err(Invalid::new(format!("A path is missing behind {line}, such as /info."))),
        };
        let upper = method.to_uppercase();
        let Some(method) = METHODS.into_iter().find(|known| *known == upper) else {
            return Err(Invalid::new(format!("“{method}” is no method: {}.", METHODS.join(", "))));
        };
        if !path.starts_with('/') {
            return Err(Invalid::new("The path must begin with /."));
        }
        let place = path.split('?').next().unwrap_or_default();
        if let Some(open) = place.split('/').find(|part| part.starts_with('{') && part.ends_with('}')) {
            return Err(Invalid::new(format!("Put a name or an id in place of {open}.")));
        }
        let body = if has_body(method) { body.trim() } else { "" };
        if let Some(error) = json_error(body) {
            return Err(Invalid::new(format!("The body is no JSON: {error}")));
        }
        let path = encode(path);
        let line = format!("{method} {path}");
        let request = Self { serial: 0, method, path, body: body.to_owned(), line };
        match request.operation().map(|operation| operation.answer) {
            Some(Answer::Upgrade) => Err(Invalid::new(
                "This request turns its connection into a line to a process. Attach, Exec and Shell, among the \
                 containers, do that.",
            )),
            Some(Answer::Archive) if has_body(method) && !request.path.contains("remote=") => {
                Err(Invalid::new("This request takes a tar file, and only JSON can be typed here."))
            }
            Some(Answer::Whole | Answer::Stream | Answer::Archive) | None => Ok(request),
        }
    }

    /// The operation of the API that it is, as far as it is known.
    pub fn operation(&self) -> Option<&'static Operation> {
        operation(self.method, without_version(&self.path))
    }

    /// Whether it may change something.
    pub fn is_change(&self) -> bool {
        !matches!(self.method, "GET" | "HEAD")
    }

    /// Whether something may be lost by it.
    pub fn is_destructive(&self) -> bool {
        self.operation().map_or(self.method == "DELETE", |operation| operation.is_destructive)
    }

    /// The path with the values hidden that look like secrets.
    pub fn discreet_path(&self) -> String {
        let Some((place, query)) = self.path.split_once('?') else { return self.path.clone() };
        let discreet = |pair: &str| match pair.split_once('=') {
            Some((key, value)) if is_secret(key, value) => format!("{key}={}", mask(value)),
            _ => pair.to_owned(),
        };
        let pairs: Vec<String> = query.split('&').map(discreet).collect();
        format!("{place}?{}", pairs.join("&"))
    }
}

/// Whether requests of this method carry a body.
pub fn has_body(method: &str) -> bool {
    matches!(method, "POST" | "PUT")
}

/// Where a text stops being JSON: `Line 2, column 5: expected …`; `None` for JSON, and for no text at all.
pub fn json_error(text: &str) -> Option<String> {
    if text.trim().is_empty() {
        return None;
    }
    let error = serde_json::from_str::<serde::de::IgnoredAny>(text).err()?;
    let words = error.to_string();
    let words = words.split(" at line ").next().unwrap_or_default();
    Some(format!("line {}, column {}: {words}.", error.line(), error.column()))
}

/// A path without the `/v1.41` before it.
pub fn without_version(path: &str) -> &str {
    let version = path.strip_prefix("/v").and_then(|rest| rest.split_once('/'));
    match version {
        Some((number, rest)) if super::ApiVersion::parse(number).is_some() => {
            path.get(path.len() - rest.len() - 1..).unwrap_or(path)
        }
        _ => path,
    }
}

/// Encodes what must not stand in a path or a query: blanks, quotes, braces, letters beyond ASCII. What is encoded
/// already stays.
fn encode(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    let bytes = path.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        let is_hex = |ahead: usize| bytes.get(at + ahead).is_some_and(u8::is_ascii_hexdigit);
        match byte {
            b'%' if is_hex(1) && is_hex(2) => out.push('%'),
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' => out.push(char::from(*byte)),
            b'-' | b'.' | b'_' | b'~' | b'/' | b':' | b'?' | b'@' | b'!' | b'$' | b'&' | b'\'' | b'(' | b')' | b'*'
            | b'+' | b',' | b';' | b'=' => out.push(char::from(*byte)),
            other => out.push_str(&format!("%{other:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> RawRequest {
        RawRequest::parse(line, "").unwrap()
    }

    #[test]
    fn a_line_is_a_method_and_a_path() {
        assert_eq!(parsed("get  /info").line, "GET /info");
        assert_eq!(parsed("/info").line, "GET /info");
        assert_eq!(
            parsed(r#"GET /images/json?filters={"dangling":["true"]}&a=%20"#).path,
            "/images/json?filters=%7B%22dangling%22:%5B%22true%22%5D%7D&a=%20"
        );
        let refused = |line: &str, body: &str| RawRequest::parse(line, body).unwrap_err().sentence().to_owned();
        assert!(refused("", "").contains("such as GET /info"));
        assert!(refused("GET", "").contains("A path is missing"));
        assert!(refused("FETCH /info", "").contains("is no method"));
        assert!(refused("GET info", "").contains("begin with /"));
        assert!(refused("GET /containers/{id}/json", "").contains("in place of {id}"));
        assert!(refused("POST /containers/web/attach?stream=1", "").contains("Attach"));
        assert!(refused("POST /v1.41/exec/ab/start", "").contains("line to a process"));
        assert!(refused("PUT /containers/web/archive?path=/", "").contains("tar file"));
        assert!(refused("POST /volumes/create", "{\"Name\": }").contains("line 1, column 10"));
        assert!(RawRequest::parse("POST /build?remote=https://x/y.git", "").is_ok());
    }

    #[test]
    fn what_it_does_is_known_by_its_operation() {
        assert!(!parsed("GET /info").is_change() && !parsed("HEAD /_ping").is_change());
        assert!(parsed("POST /v1.41/containers/prune").is_destructive());
        assert!(parsed("DELETE /anything").is_destructive() && !parsed("POST /anything").is_destructive());
        assert_eq!(without_version("/v1.41/info"), "/info");
        assert_eq!(without_version("/volumes/a"), "/volumes/a");
    }

    #[test]
    fn no_body_goes_with_what_reads() {
        assert_eq!(RawRequest::parse("GET /info", "{").unwrap().body, "");
        assert_eq!(RawRequest::parse("POST /volumes/create", " {} ").unwrap().body, "{}");
    }

    #[test]
    fn secrets_in_a_query_are_hidden_where_it_is_kept() {
        let line = parsed("POST /plugins/a/set?token=hunter2&x=1").discreet_path();
        assert!(!line.contains("hunter2") && line.contains("&x=1"), "{line}");
    }

    #[test]
    fn the_place_of_a_mistake_is_told() {
        assert_eq!(json_error("{\"a\": 1}"), None);
        assert_eq!(json_error("  \n"), None);
        let error = json_error("{\n  \"a\" 1\n}").unwrap();
        assert!(error.starts_with("line 2, column 7: expected `:`"), "{error}");
    }
}
