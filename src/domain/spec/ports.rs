//! Published ports: `[ip:][public:]private[/protocol]` and ranges, parsed and printed.

use super::PortBinding;
use crate::domain::Invalid;
use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

/// Reads any number of ports separated by blanks, commas or lines, ranges spread out into single bindings.
pub fn parse_ports(text: &str) -> Result<Vec<PortBinding>, Invalid> {
    let mut bindings = Vec::new();
    for word in text.split([' ', '\t', '\n', '\r', ',']).filter(|word| !word.is_empty()) {
        parse_one(word, &mut bindings)?;
    }
    Ok(bindings)
}

/// Prints bindings as `--publish` takes them, neighbours joined to ranges again.
pub fn print_ports(bindings: &[PortBinding]) -> Vec<String> {
    bindings.chunk_by(PortBinding::continues).map(print_run).collect()
}

impl PortBinding {
    /// `80/tcp`: what the API knows it by.
    pub(super) fn key(&self) -> String {
        format!("{}/{}", self.private, self.protocol)
    }

    fn continues(&self, next: &Self) -> bool {
        self.ip == next.ip
            && self.protocol == next.protocol
            && self.private.checked_add(1) == Some(next.private)
            && match (self.public, next.public) {
                (None, None) => true,
                (Some(this), Some(next)) => this.checked_add(1) == Some(next),
                (None, Some(_)) | (Some(_), None) => false,
            }
    }
}

impl fmt::Display for PortBinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&print_run(std::slice::from_ref(self)))
    }
}

impl FromStr for PortBinding {
    type Err = Invalid;

    /// One binding only; [`parse_ports`] takes ranges.
    fn from_str(text: &str) -> Result<Self, Invalid> {
        let mut found = parse_ports(text)?;
        match (found.pop(), found.is_empty()) {
            (Some(binding), true) => Ok(binding),
            _ => Err(Invalid::new("Give one port, such as 8080:80.")),
        }
    }
}

/// A run of neighbouring bindings as one word.
fn print_run(run: &[PortBinding]) -> String {
    let (Some(first), Some(last)) = (run.first(), run.last()) else {
        return String::new();
    };
    let mut text = match (first.ip.as_str(), first.public) {
        ("", _) => String::new(),
        (ip, _) if ip.contains(':') => format!("[{ip}]:"),
        (ip, _) => format!("{ip}:"),
    };
    match (first.public, last.public) {
        (Some(from), Some(to)) => text.push_str(&format!("{}:", print_range(from, to))),
        _ if !first.ip.is_empty() => text.push(':'),
        _ => {}
    }
    text.push_str(&print_range(first.private, last.private));
    if first.protocol != "tcp" {
        text.push_str(&format!("/{}", first.protocol));
    }
    text
}

fn print_range(from: u16, to: u16) -> String {
    if from == to { from.to_string() } else { format!("{from}-{to}") }
}

fn parse_one(word: &str, into: &mut Vec<PortBinding>) -> Result<(), Invalid> {
    let (rest, protocol) = match word.rsplit_once('/') {
        Some((rest, protocol)) => (rest, protocol.to_ascii_lowercase()),
        None => (word, "tcp".to_owned()),
    };
    if !matches!(protocol.as_str(), "tcp" | "udp" | "sctp") {
        return Err(Invalid::new(format!("“{protocol}” is not a protocol: tcp, udp or sctp.")));
    }
    let (ip, rest) = split_address(rest)?;
    let (public, private) = match rest.split_once(':') {
        Some(("", private)) if !ip.is_empty() => (None, private),
        Some(("", _)) => {
            return Err(Invalid::new(format!(
                "“{word}” has nothing before the colon: write 8080:80, or 80 for any free port."
            )));
        }
        Some((public, private)) => (Some(public), private),
        None if ip.is_empty() => (None, rest),
        None => {
            return Err(Invalid::new(format!(
                "“{word}” names an address and one port: write {ip}:8080:80, or {ip}::80 for any free port."
            )));
        }
    };
    if private.is_empty() {
        return Err(Invalid::new(format!("“{word}” lacks the port inside the container: write 8080:80.")));
    }
    let (from, to) = parse_range(private)?;
    let start = match public.map(parse_range).transpose()? {
        None => None,
        Some((public_from, public_to)) if public_to - public_from == to - from => Some(public_from),
        Some((public_from, public_to)) => {
            return Err(Invalid::new(format!(
                "{} ports cannot go to {}: both ranges must be of the same length.",
                u32::from(public_to - public_from) + 1,
                u32::from(to - from) + 1
            )));
        }
    };
    into.extend((from..=to).map(|private| PortBinding {
        ip: ip.clone(),
        public: start.map(|start| start + (private - from)),
        private,
        protocol: protocol.clone(),
    }));
    Ok(())
}

/// Takes a leading address off: `127.0.0.1:…`, `[::1]:…`; printed again in its shortest form.
fn split_address(text: &str) -> Result<(String, &str), Invalid> {
    if let Some(bracketed) = text.strip_prefix('[') {
        let Some((inside, rest)) = bracketed.split_once("]:") else {
            return Err(Invalid::new(format!("“{text}” is not complete: write [::1]:8080:80.")));
        };
        return match inside.parse::<IpAddr>() {
            Ok(IpAddr::V6(ip)) => Ok((ip.to_string(), rest)),
            _ => Err(Invalid::new(format!("“{inside}” is not an IPv6 address."))),
        };
    }
    match text.matches(':').count() {
        0 | 1 => match text.split_once(':') {
            // Half typed, or the port inside is missing: say so instead of calling the address a port.
            Some((ip, rest)) if ip.parse::<IpAddr>().is_ok() => Ok((ip.to_owned(), rest)),
            _ => Ok((String::new(), text)),
        },
        2 => {
            let (ip, rest) = text.split_once(':').unwrap_or(("", text));
            match ip.parse::<IpAddr>() {
                Ok(ip) => Ok((ip.to_string(), rest)),
                Err(_) => Err(Invalid::new(format!("“{ip}” is not an IP address, such as 127.0.0.1 or [::1]."))),
            }
        }
        _ => Err(Invalid::new(format!(
            "“{text}” has too many colons: put an IPv6 address in brackets, as in [::1]:8080:80."
        ))),
    }
}

fn parse_range(text: &str) -> Result<(u16, u16), Invalid> {
    let Some((from, to)) = text.split_once('-') else {
        return parse_port(text).map(|port| (port, port));
    };
    let (from, to) = (parse_port(from)?, parse_port(to)?);
    if from > to {
        return Err(Invalid::new(format!("The range {text} goes downwards: write {to}-{from}.")));
    }
    Ok((from, to))
}

fn parse_port(text: &str) -> Result<u16, Invalid> {
    match text.parse::<u16>() {
        Ok(port) if port > 0 && text.bytes().all(|byte| byte.is_ascii_digit()) => Ok(port),
        _ => Err(Invalid::new(format!("“{text}” is not a port: a number from 1 to 65535."))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn binding(ip: &str, public: Option<u16>, private: u16, protocol: &str) -> PortBinding {
        PortBinding { ip: ip.into(), public, private, protocol: protocol.into() }
    }

    #[test]
    fn every_form_is_read() {
        for (text, expected) in [
            ("80", vec![binding("", None, 80, "tcp")]),
            ("8080:80", vec![binding("", Some(8080), 80, "tcp")]),
            ("127.0.0.1:8080:80/tcp", vec![binding("127.0.0.1", Some(8080), 80, "tcp")]),
            ("[::1]:8080:80/udp", vec![binding("::1", Some(8080), 80, "udp")]),
            ("127.0.0.1::80", vec![binding("127.0.0.1", None, 80, "tcp")]),
            ("9000:9000/SCTP", vec![binding("", Some(9000), 9000, "sctp")]),
            ("8000-8001:90-91", vec![binding("", Some(8000), 90, "tcp"), binding("", Some(8001), 91, "tcp")]),
            ("80, 81/udp", vec![binding("", None, 80, "tcp"), binding("", None, 81, "udp")]),
            ("", vec![]),
        ] {
            assert_eq!(parse_ports(text), Ok(expected), "{text}");
        }
        assert_eq!(parse_ports("1-65535:1-65535").unwrap().len(), 65535);
    }

    #[test]
    fn mistakes_are_told_in_a_sentence() {
        for (text, sentence) in [
            ("80a", "“80a” is not a port: a number from 1 to 65535."),
            ("0", "“0” is not a port: a number from 1 to 65535."),
            ("65536", "“65536” is not a port: a number from 1 to 65535."),
            ("+80", "“+80” is not a port: a number from 1 to 65535."),
            ("80/tpc", "“tpc” is not a protocol: tcp, udp or sctp."),
            ("web:80:80", "“web” is not an IP address, such as 127.0.0.1 or [::1]."),
            ("8000-8010:80", "11 ports cannot go to 1: both ranges must be of the same length."),
            ("90-80", "The range 90-80 goes downwards: write 80-90."),
            ("8080:", "“8080:” lacks the port inside the container: write 8080:80."),
            ("::1:80:80", "“::1:80:80” has too many colons: put an IPv6 address in brackets, as in [::1]:8080:80."),
            ("[::1]80", "“[::1]80” is not complete: write [::1]:8080:80."),
        ] {
            assert_eq!(parse_ports(text).unwrap_err().sentence(), sentence, "{text}");
        }
        for text in ["127.0.0.1:80", ":80", "[::1]:80", "[1.2.3.4]:1:1", "-", "80-", "/", "8080:80/", "1:2:3:4:5"] {
            assert!(parse_ports(text).unwrap_err().sentence().ends_with('.'), "{text}");
        }
    }

    #[test]
    fn neighbours_are_joined_when_printed() {
        let ports = parse_ports("8000-8002:9000-9002 53:53/udp 54:54/tcp 55:55").unwrap();
        assert_eq!(print_ports(&ports), ["8000-8002:9000-9002", "53:53/udp", "54-55:54-55"]);
    }

    fn any_binding() -> impl Strategy<Value = PortBinding> {
        let ip = prop_oneof![
            Just(String::new()),
            any::<std::net::Ipv4Addr>().prop_map(|ip| ip.to_string()),
            any::<std::net::Ipv6Addr>().prop_map(|ip| ip.to_string()),
        ];
        let protocol = prop_oneof![Just("tcp"), Just("udp"), Just("sctp")];
        (ip, proptest::option::of(1u16..), 1u16.., protocol)
            .prop_map(|(ip, public, private, protocol)| binding(&ip, public, private, protocol))
    }

    proptest! {
        #[test]
        fn printed_ports_are_read_back(bindings in proptest::collection::vec(any_binding(), 0..5), from in 1u16..60000, length in 0u16..9) {
            let mut bindings = bindings;
            bindings.extend((from..=from + length).map(|port| binding("", Some(port), port, "tcp")));
            prop_assert_eq!(parse_ports(&print_ports(&bindings).join(" ")), Ok(bindings.clone()));
            for binding in bindings {
                prop_assert_eq!(binding.to_string().parse(), Ok(binding));
            }
        }

        #[test]
        fn no_text_makes_it_panic(text in "[0-9a-z:/\\[\\].,\\- ]{0,24}") {
            let _ = parse_ports(&text);
        }
    }
}
