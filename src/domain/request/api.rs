//! The API call that a request makes, for display beside the `docker` line and for the audit log.

use super::Request;
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

impl Request {
    /// The (first) call that it makes: creating may be followed by a start.
    pub fn api(&self) -> ApiCall {
        let container = |action: &str| format!("/containers/{}{action}", encode(self.object()));
        let (method, path, query) = match self {
            Self::Start(_) => ("POST", container("/start"), vec![]),
            Self::Stop { timeout, .. } => ("POST", container("/stop"), seconds(*timeout)),
            Self::Restart { timeout, .. } => ("POST", container("/restart"), seconds(*timeout)),
            Self::Kill { signal, .. } => ("POST", container("/kill"), vec![("signal", signal.clone())]),
            Self::Pause(_) => ("POST", container("/pause"), vec![]),
            Self::Unpause(_) => ("POST", container("/unpause"), vec![]),
            Self::Remove { force, volumes, .. } => {
                ("DELETE", container(""), vec![("force", switch(*force)), ("v", switch(*volumes))])
            }
            Self::Rename { name, .. } => ("POST", container("/rename"), vec![("name", name.clone())]),
            Self::Update { .. } => ("POST", container("/update"), vec![]),
            Self::Wait(_) => ("POST", container("/wait"), vec![]),
            Self::Create(spec) => ("POST", "/containers/create".to_owned(), vec![("name", spec.name.clone())]),
            Self::Pull { reference } => {
                let (name, tag) = split_reference(reference);
                ("POST", "/images/create".to_owned(), vec![("fromImage", name.to_owned()), ("tag", tag.to_owned())])
            }
            Self::RemoveImage { reference, force, prune_parents, .. } => (
                "DELETE",
                format!("/images/{}", encode(reference)),
                vec![("force", switch(*force)), ("noprune", switch(!prune_parents))],
            ),
            Self::TagImage { reference, new, .. } => {
                let (repository, tag) = crate::domain::split_tag(new);
                (
                    "POST",
                    format!("/images/{}/tag", encode(reference)),
                    vec![("repo", repository.to_owned()), ("tag", tag.to_owned())],
                )
            }
            Self::RemoveVolume(name) => ("DELETE", format!("/volumes/{}", encode(name.as_str())), vec![]),
            Self::RemoveNetwork { name, .. } => ("DELETE", format!("/networks/{}", encode(name)), vec![]),
            Self::SaveLog(_) => ("GET", container("/logs"), vec![("stdout", switch(true)), ("stderr", switch(true))]),
        };
        ApiCall { method, path: with_query(path, query) }
    }
}

fn seconds(timeout: Option<u32>) -> Vec<(&'static str, String)> {
    timeout.map(|seconds| ("t", seconds.to_string())).into_iter().collect()
}

fn switch(on: bool) -> String {
    if on { "1".to_owned() } else { String::new() }
}

/// Name and tag or digest; without either an engine would pull every tag there is.
fn split_reference(reference: &str) -> (&str, &str) {
    if let Some((name, digest)) = reference.split_once('@') {
        return (name, digest);
    }
    match crate::domain::split_tag(reference) {
        (name, "") => (name, "latest"),
        named => named,
    }
}

/// Empty values are left out: they are the engine's defaults.
fn with_query(mut path: String, query: Vec<(&'static str, String)>) -> String {
    let mut mark = '?';
    for (key, value) in query.into_iter().filter(|(_, value)| !value.is_empty()) {
        path.push(mark);
        path.push_str(&format!("{key}={}", encode(&value)));
        mark = '&';
    }
    path
}

/// Percent-encodes all but the letters that mean nothing in a path or query (RFC 3986, unreserved).
fn encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => encoded.push(char::from(byte)),
            byte => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}
