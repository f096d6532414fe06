//! Says in words what went wrong with TLS, and what to do about it.

use crate::domain::{Failure, FailureKind};
use rustls::pki_types::UnixTime;
use rustls::{AlertDescription, CertificateError, Error, InvalidMessage};
use std::io;

/// The failure of a handshake with the engine at `host` and `port`.
pub fn handshake(host: &str, port: u16, error: &io::Error) -> Failure {
    match inner(error) {
        Some(Error::InvalidCertificate(certificate)) => untrusted(host, certificate),
        Some(Error::InvalidMessage(
            InvalidMessage::InvalidContentType
            | InvalidMessage::UnknownProtocolVersion
            | InvalidMessage::MessageTooLarge,
        )) => Failure::new(FailureKind::Incompatible, format!("{host}:{port} does not speak TLS."))
            .with_hint("If it is an engine without certificates, write tcp:// and leave `tls` out."),
        Some(Error::PeerIncompatible(_)) => Failure::new(
            FailureKind::Incompatible,
            format!("{host}:{port} speaks no version of TLS that is safe to use: {error}."),
        ),
        Some(tls) => tls_failure(tls),
        None if error.kind() == io::ErrorKind::UnexpectedEof => {
            Failure::new(FailureKind::Lost, format!("{host}:{port} closed the connection during the TLS handshake."))
                .with_hint("Does it speak TLS on that port?")
        }
        None => Failure::new(FailureKind::Lost, format!("The TLS handshake with {host}:{port} broke: {error}.")),
    }
}

/// What TLS had to say behind an I/O error of an open connection: with TLS 1.3 a server refuses our certificate only
/// after the handshake.
pub fn failure_in(error: &io::Error) -> Option<Failure> {
    inner(error).map(tls_failure)
}

/// The error of a connection on which we had no certificate to show: what may mean that ours is wrong, or that there is
/// none, means the latter.
pub fn without_certificate(error: io::Error) -> io::Error {
    match inner(&error) {
        Some(Error::AlertReceived(AlertDescription::BadCertificate | AlertDescription::HandshakeFailure)) => {
            io::Error::new(error.kind(), Error::AlertReceived(AlertDescription::CertificateRequired))
        }
        _ => error,
    }
}

fn inner(error: &io::Error) -> Option<&Error> {
    error.get_ref()?.downcast_ref()
}

fn tls_failure(error: &Error) -> Failure {
    match error {
        Error::AlertReceived(alert) => alerted(*alert),
        other => Failure::new(FailureKind::Lost, format!("The TLS connection broke: {other}.")),
    }
}

fn alerted(alert: AlertDescription) -> Failure {
    use AlertDescription as Alert;
    const NAME_BOTH: &str = "Name a certificate that its CA has signed with `tls = { cert = …, key = … }`, or put \
                             cert.pem and key.pem into DOCKER_CERT_PATH.";
    let refused = |what: &str| Failure::new(FailureKind::Untrusted, what).with_hint(NAME_BOTH);
    match alert {
        Alert::CertificateRequired | Alert::NoCertificate => refused("The engine wants a client certificate."),
        // What servers of Go say before 1.21, Docker's among them: of a wrong one, and where there is none.
        Alert::BadCertificate | Alert::HandshakeFailure => refused("The engine wants another client certificate."),
        Alert::CertificateExpired => refused("The engine says that our client certificate has expired."),
        Alert::CertificateRevoked => refused("The engine says that our client certificate was revoked."),
        Alert::UnknownCA => refused("The engine does not know the authority that signed our client certificate."),
        Alert::CertificateUnknown | Alert::UnsupportedCertificate | Alert::AccessDenied | Alert::DecryptError => {
            refused("The engine did not accept our client certificate.")
        }
        Alert::ProtocolVersion | Alert::InsufficientSecurity => {
            Failure::new(FailureKind::Incompatible, "The engine speaks no version of TLS that is safe to use.")
        }
        other => Failure::new(FailureKind::Lost, format!("The engine ended the TLS connection: {other:?}.")),
    }
}

fn untrusted(host: &str, error: &CertificateError) -> Failure {
    use CertificateError as Bad;
    let (sentence, hint) = match error {
        Bad::Expired => (format!("The certificate of {host} has expired."), RENEW),
        Bad::ExpiredContext { not_after, .. } => {
            (format!("The certificate of {host} has expired on {}.", date(*not_after)), RENEW)
        }
        Bad::NotValidYet => (format!("The certificate of {host} is not valid yet."), CLOCKS),
        Bad::NotValidYetContext { not_before, .. } => {
            (format!("The certificate of {host} is not valid before {}.", date(*not_before)), CLOCKS)
        }
        Bad::NotValidForName => (format!("The certificate shown is not one for the name {host}."), RENAME),
        Bad::NotValidForNameContext { presented, .. } => {
            let names: Vec<&str> = presented.iter().map(|name| plain_name(name)).collect();
            let names = if names.is_empty() { "no name at all".to_owned() } else { names.join(", ") };
            (format!("The certificate shown is not one for {host} but for {names}."), RENAME)
        }
        Bad::UnknownIssuer => {
            (format!("The certificate of {host} was signed by an authority that is not trusted here."), AUTHORITY)
        }
        Bad::Revoked => (format!("The certificate of {host} was revoked."), RENEW),
        other => (format!("The certificate of {host} cannot be trusted: {other}."), REMAKE),
    };
    Failure::new(FailureKind::Untrusted, sentence).with_hint(hint)
}

const RENEW: &str = "The engine needs a new one; nothing on this machine can help.";
const CLOCKS: &str = "Do the clocks of both machines agree?";
const RENAME: &str =
    "Use a name that it is for, or have one made with subjectAltName = DNS:… or IP:… for the name used here.";
const AUTHORITY: &str = "Name the CA that signed it with `tls = { ca = … }`. If nobody changed the engine's \
                         certificate, somebody may be listening in.";
const REMAKE: &str = "Have one made for servers (extendedKeyUsage = serverAuth), signed by the CA named here.";

/// rustls tells names by the way they are written in a program: `DnsName("localhost")`.
fn plain_name(name: &str) -> &str {
    name.split_once('(').map_or(name, |(_, rest)| rest.trim_end_matches(')').trim_matches('"'))
}

fn date(time: UnixTime) -> String {
    let seconds = i64::try_from(time.as_secs()).unwrap_or(i64::MAX);
    jiff::Timestamp::from_second(seconds)
        .map_or_else(|_| "an unknown day".to_owned(), |at| at.strftime("%Y-%m-%d").to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(error: Error) -> Failure {
        handshake("host", 2376, &io::Error::new(io::ErrorKind::InvalidData, error))
    }

    #[test]
    fn each_failure_has_a_sentence_of_its_own() {
        let expired = CertificateError::ExpiredContext {
            time: UnixTime::since_unix_epoch(std::time::Duration::from_secs(1_700_000_000)),
            not_after: UnixTime::since_unix_epoch(std::time::Duration::from_secs(1_600_000_000)),
        };
        let other_name = CertificateError::NotValidForNameContext {
            expected: "host".try_into().unwrap(),
            presented: vec!["DnsName(\"localhost\")".into(), "IpAddress(127.0.0.1)".into()],
        };
        for (error, sentence) in [
            (Error::InvalidCertificate(expired), "The certificate of host has expired on 2020-09-13."),
            (
                Error::InvalidCertificate(other_name),
                "The certificate shown is not one for host but for localhost, 127.0.0.1.",
            ),
            (
                Error::InvalidCertificate(CertificateError::UnknownIssuer),
                "The certificate of host was signed by an authority that is not trusted here.",
            ),
            (Error::AlertReceived(AlertDescription::CertificateRequired), "The engine wants a client certificate."),
        ] {
            let failure = told(error);
            assert_eq!(failure.sentence, sentence);
            assert_eq!(failure.kind, FailureKind::Untrusted);
            assert!(failure.hint.is_some());
        }
        let plain = told(Error::InvalidMessage(InvalidMessage::InvalidContentType));
        assert_eq!((plain.kind, plain.sentence.as_str()), (FailureKind::Incompatible, "host:2376 does not speak TLS."));
    }

    #[test]
    fn who_has_no_certificate_to_show_is_told_that_one_is_wanted() {
        let alert =
            || io::Error::new(io::ErrorKind::InvalidData, Error::AlertReceived(AlertDescription::BadCertificate));
        let other = "The engine wants another client certificate.";
        assert_eq!(failure_in(&alert()).unwrap().sentence, other);
        let failure = failure_in(&without_certificate(alert())).unwrap();
        assert_eq!(failure.sentence, "The engine wants a client certificate.");
        let unknown = io::Error::new(io::ErrorKind::InvalidData, Error::AlertReceived(AlertDescription::UnknownCA));
        assert!(failure_in(&without_certificate(unknown)).unwrap().sentence.contains("authority"));
    }

    #[test]
    fn an_io_error_without_tls_in_it_is_none_of_ours() {
        assert_eq!(failure_in(&io::Error::from(io::ErrorKind::ConnectionReset)), None);
    }
}
