//! What engines say of registries that they cannot use, with what can be done about it.

use crate::domain::{Failure, FailureKind};

/// The failure with a remedy, where its words are known.
pub(super) fn explained(failure: Failure, registry: &str) -> Failure {
    if failure.hint.is_some() {
        return failure;
    }
    let words = failure.sentence.to_lowercase();
    let has = |signs: &[&str]| signs.iter().any(|sign| words.contains(sign));
    let hint = if failure.kind == FailureKind::Unauthorized
        || has(&["no basic auth credentials", "unauthorized", "authentication required", "access denied"])
    {
        format!("Log in to {registry} first, as somebody who may do that: docker login {registry}")
    } else if has(&["server gave http response to https client"]) {
        format!(
            "The registry speaks HTTP without TLS: list {registry} under insecure-registries in the engine's settings."
        )
    } else if has(&["certificate signed by unknown authority", "x509:"]) {
        format!(
            "The engine does not trust the registry's certificate: put its CA under /etc/docker/certs.d/{registry}/ca.crt there."
        )
    } else if has(&["toomanyrequests", "rate limit"]) {
        format!("The registry counts pulls: log in to {registry}, or wait some hours.")
    } else if has(&[
        "connection refused",
        "no such host",
        "network is unreachable",
        "i/o timeout",
        "no route to host",
        "server misbehaving",
        "temporary failure in name resolution",
        "client.timeout exceeded",
    ]) {
        format!(
            "The engine's machine cannot reach {registry}: is the name right, is the registry up, and is the machine online?"
        )
    } else {
        return failure;
    };
    let kind = if has(&["no basic auth credentials"]) { FailureKind::Unauthorized } else { failure.kind };
    Failure { kind, ..failure }.with_hint(hint)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_engines_say_of_registries_gets_a_remedy() {
        for (words, remedy) in [
            ("no basic auth credentials", "docker login"),
            ("Get \"https://x/v2/\": http: server gave HTTP response to HTTPS client", "insecure-registries"),
            ("dial tcp 127.0.0.1:1: connect: connection refused", "cannot reach"),
            ("x509: certificate signed by unknown authority", "ca.crt"),
            ("toomanyrequests: You have reached your pull rate limit.", "wait"),
        ] {
            let failure = explained(Failure::new(FailureKind::Engine, words), "x:5000");
            assert!(failure.hint.as_ref().is_some_and(|hint| hint.contains(remedy)), "{failure}");
        }
        assert_eq!(explained(Failure::new(FailureKind::NotFound, "manifest unknown"), "x").hint, None);
    }
}
