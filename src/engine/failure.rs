//! Turns what HTTP, hyper and bollard say into [`Failure`]s: the engine's own words where it had any.

use super::{pool, tls};
use crate::domain::{Failure, FailureKind};
use hyper::StatusCode;
use std::error::Error as StdError;
use std::io;
use std::time::Duration;

/// Sentences longer than this are cut: some proxies answer with whole pages.
const LONGEST_SENTENCE: usize = 2_000;

/// The failure told by an answer of status 400 and above.
pub fn refused(status: StatusCode, body: &[u8]) -> Failure {
    let kind = match status.as_u16() {
        400 => FailureKind::BadRequest,
        401 => FailureKind::Unauthorized,
        403 => FailureKind::Forbidden,
        404 => FailureKind::NotFound,
        405 | 501 => FailureKind::Unsupported,
        409 => FailureKind::Conflict,
        500.. => FailureKind::Engine,
        _ => FailureKind::BadRequest,
    };
    let words = words_of(body);
    // A path that the engine has no handler for, in the words of Podman and of Docker.
    if kind == FailureKind::NotFound && matches!(words.as_str(), "Not Found" | "404 page not found" | "page not found")
    {
        return Failure::new(FailureKind::Unsupported, "This engine does not know this call.");
    }
    // Podman answers 500 to much that Docker calls a conflict.
    let words = plain(words);
    let is_conflict =
        ["already in use", "already exists", "container state improper"].iter().any(|sign| words.contains(sign));
    let kind = if kind == FailureKind::Engine && is_conflict { FailureKind::Conflict } else { kind };
    if words.contains("HTTP request to an HTTPS server") {
        return Failure::new(FailureKind::Incompatible, "The engine speaks TLS on this port.")
            .with_hint("Give the host's profile `tls = { … }`, write https://, or set DOCKER_TLS_VERIFY.");
    }
    let sentence = if words.is_empty() {
        let reason = status.canonical_reason().unwrap_or("no reason given");
        format!("The engine answered {} ({reason}).", status.as_u16())
    } else {
        words
    };
    let failure = Failure::new(kind, sentence);
    // Docker's own networks answer 403 to much that has nothing to do with permissions.
    let is_own = [
        "Pool overlaps",
        "already in use",
        "already exists in network",
        "is not connected",
        "pre-defined",
        "active endpoints",
    ]
    .iter()
    .any(|sign| failure.sentence.contains(sign));
    match kind {
        FailureKind::Forbidden if !is_own => {
            failure.with_hint("A proxy or an authorization plugin in front of the engine does not allow this call.")
        }
        _ => failure,
    }
}

/// Whether the engine's words are of a thing that is no longer there, which it came upon by itself.
pub fn names_what_is_gone(words: &str) -> bool {
    const SIGNS: [&str; 9] = [
        "no such container",
        "no such image",
        "no such volume",
        "no such network",
        "no such exec session",
        "image not known",
        "layer not known",
        "network not found",
        "does not exist in database",
    ];
    SIGNS.iter().any(|sign| words.to_lowercase().contains(sign))
}

/// What engines say in the words of their own parts, said plainly.
fn plain(words: String) -> String {
    match words {
        // Podman 5, of a container's new name.
        words if words.contains("UNIQUE constraint failed: ContainerConfig.Name") => {
            "The name is already in use by another container.".to_owned()
        }
        words => words,
    }
}

/// The message in an error body: JSON of any engine, an HTML page of a proxy, plain text; in one line.
fn words_of(body: &[u8]) -> String {
    let text = String::from_utf8_lossy(body);
    let trimmed = text.trim();
    let message = match serde_json::from_str::<serde_json::Value>(trimmed) {
        Ok(value) => ["message", "cause", "error"]
            .iter()
            .find_map(|key| value.get(key)?.as_str().map(str::trim).filter(|words| !words.is_empty()))
            .map(one_line),
        Err(_) => None,
    };
    let message = match message {
        Some(message) => message,
        None if trimmed.starts_with('<') => without_tags(trimmed),
        // A body cut short: what is there of the message is better than braces.
        None => match trimmed.split_once("\"message\":\"") {
            Some((_, rest)) => one_line(rest.trim_end_matches(['}', '"', '\n'])),
            None if trimmed == "{}" || trimmed == "null" => String::new(),
            None => one_line(trimmed),
        },
    };
    cut(message)
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn without_tags(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut in_tag = false;
    for character in html.chars() {
        match character {
            '<' => {
                in_tag = true;
                text.push(' ');
            }
            '>' if in_tag => in_tag = false,
            other if !in_tag => text.push(other),
            _ => {}
        }
    }
    one_line(&text)
}

fn cut(mut text: String) -> String {
    if let Some((at, _)) = text.char_indices().nth(LONGEST_SENTENCE) {
        text.truncate(at);
        text.push('…');
    }
    text
}

/// The failure of a request that got no answer.
pub fn unanswered(error: &hyper_util::client::legacy::Error) -> Failure {
    match pool::dial_failure(error) {
        Some(failure) => failure.clone(),
        None => broken(error),
    }
}

/// The failure of a connection that broke in the middle. The cause is in the chain of sources.
pub fn broken(error: &(dyn StdError + 'static)) -> Failure {
    let mut innermost = error;
    let mut io_kind = None;
    let mut malformed = false;
    loop {
        if let Some(io_error) = innermost.downcast_ref::<io::Error>() {
            if let Some(failure) = tls::failure_in(io_error) {
                return failure;
            }
            // What was to be sent could not be read.
            if let Some(failure) = io_error.get_ref().and_then(|inner| inner.downcast_ref::<Failure>()) {
                return failure.clone();
            }
            io_kind = Some(io_error.kind());
        }
        malformed |= innermost.downcast_ref::<hyper::Error>().is_some_and(hyper::Error::is_parse);
        let Some(source) = innermost.source() else { break };
        innermost = source;
    }
    if malformed {
        return Failure::new(FailureKind::Incompatible, format!("The answer is not HTTP: {innermost}."))
            .with_hint("Is this address an engine's, and does it want TLS?");
    }
    match io_kind {
        Some(io::ErrorKind::TimedOut) => Failure::new(FailureKind::TimedOut, "The connection to the engine timed out."),
        _ => Failure::new(FailureKind::Lost, format!("The connection to the engine broke: {innermost}.")),
    }
}

/// The failure of an engine that took the request and said nothing.
pub fn silent(waited: Duration) -> Failure {
    let seconds = waited.as_secs_f32();
    Failure::new(FailureKind::TimedOut, format!("The engine did not answer within {seconds} s."))
}

/// The failure of an answer that cannot be read.
pub fn malformed(what: &str, error: &dyn std::fmt::Display) -> Failure {
    Failure::new(FailureKind::Malformed, cut(format!("The engine's answer to {what} cannot be read: {error}.")))
}

/// Carries a failure of our transport through bollard's error type.
pub fn into_bollard(failure: Failure) -> bollard::errors::Error {
    bollard::errors::Error::IOError { err: io::Error::other(failure) }
}

/// Takes back what [`into_bollard`] wrapped; anything else is bollard failing to read an answer.
pub fn from_bollard(error: bollard::errors::Error) -> Failure {
    use bollard::errors::Error;
    match error {
        Error::IOError { err } => match err.get_ref().and_then(|inner| inner.downcast_ref::<Failure>()) {
            Some(failure) => failure.clone(),
            None => broken(&err),
        },
        Error::HyperResponseError { err } => broken(&err),
        Error::DockerResponseServerError { status_code, message } => {
            let status = StatusCode::from_u16(status_code).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            refused(status, message.as_bytes())
        }
        other => malformed("this request", &other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_engines_own_words_are_found() {
        for (body, words) in [
            (r#"{"message":"No such container: x\n"}"#, "No such container: x"),
            (r#"{"cause":"no such image","message":"","response":404}"#, "no such image"),
            (
                "<html><body><h1>403 Forbidden</h1>\nRequest forbidden by administrative rules.\n</body></html>\n",
                "403 Forbidden Request forbidden by administrative rules.",
            ),
            (r#"{"message":"driver failed progr"#, "driver failed progr"),
            ("plain\r\ntext", "plain text"),
            ("", "The engine answered 403 (Forbidden)."),
            ("{}", "The engine answered 403 (Forbidden)."),
        ] {
            let failure = refused(StatusCode::FORBIDDEN, body.as_bytes());
            assert_eq!(failure.sentence, words);
            assert_eq!(failure.kind, FailureKind::Forbidden);
        }
    }

    #[test]
    fn podmans_statuses_are_put_right() {
        for (status, words, kind) in [
            (500, "the container name \"web\" is already in use by ab", FailureKind::Conflict),
            (500, "can only kill running containers: container state improper", FailureKind::Conflict),
            (500, "no space left on device", FailureKind::Engine),
            (404, "Not Found", FailureKind::Unsupported),
            (404, "no such container", FailureKind::NotFound),
        ] {
            assert_eq!(refused(StatusCode::from_u16(status).unwrap(), words.as_bytes()).kind, kind, "{words}");
        }
    }

    #[test]
    fn a_whole_page_is_cut() {
        assert!(refused(StatusCode::BAD_GATEWAY, "x".repeat(1 << 20).as_bytes()).sentence.len() < 2_100);
    }

    #[test]
    fn a_failure_survives_the_way_through_bollard() {
        let failure = refused(StatusCode::CONFLICT, br#"{"message":"name in use"}"#);
        assert_eq!(from_bollard(into_bollard(failure.clone())), failure);
    }
}
