//! The short fields of the create form: each checked as the engine would, with a sentence for what it would refuse.
//!
//! Nothing here is stricter than an engine, so that a form filled from an existing container is never refused. Empty
//! text is for the caller to leave out.

use crate::domain::Invalid;
use std::net::IpAddr;

/// What Linux knows as capabilities, without `CAP_`; `ALL` stands for every one.
pub const CAPABILITIES: &[&str] = &[
    "ALL",
    "AUDIT_CONTROL",
    "AUDIT_READ",
    "AUDIT_WRITE",
    "BLOCK_SUSPEND",
    "BPF",
    "CHECKPOINT_RESTORE",
    "CHOWN",
    "DAC_OVERRIDE",
    "DAC_READ_SEARCH",
    "FOWNER",
    "FSETID",
    "IPC_LOCK",
    "IPC_OWNER",
    "KILL",
    "LEASE",
    "LINUX_IMMUTABLE",
    "MAC_ADMIN",
    "MAC_OVERRIDE",
    "MKNOD",
    "NET_ADMIN",
    "NET_BIND_SERVICE",
    "NET_BROADCAST",
    "NET_RAW",
    "PERFMON",
    "SETFCAP",
    "SETGID",
    "SETPCAP",
    "SETUID",
    "SYSLOG",
    "SYS_ADMIN",
    "SYS_BOOT",
    "SYS_CHROOT",
    "SYS_MODULE",
    "SYS_NICE",
    "SYS_PACCT",
    "SYS_PTRACE",
    "SYS_RAWIO",
    "SYS_RESOURCE",
    "SYS_TIME",
    "SYS_TTY_CONFIG",
    "WAKE_ALARM",
];

/// The longest hostname that Linux takes, in bytes.
const LONGEST_HOSTNAME: usize = 64;

/// `[a-zA-Z0-9][a-zA-Z0-9_.-]+`
pub fn parse_name(text: &str) -> Result<String, Invalid> {
    let text = text.trim();
    if let Some(bad) = text.chars().find(|letter| !is_name_letter(*letter)) {
        return Err(Invalid::new(format!(
            "A name cannot hold “{}”: only letters a–z, digits, _ . and -.",
            bad.escape_debug()
        )));
    }
    if !text.starts_with(|first: char| first.is_ascii_alphanumeric()) {
        return Err(Invalid::new("A name begins with a letter or a digit."));
    }
    if text.len() < 2 {
        return Err(Invalid::new("A name has two letters or more."));
    }
    Ok(text.to_owned())
}

fn is_name_letter(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || matches!(letter, '_' | '.' | '-')
}

/// `KEY=value`; `KEY` alone takes a variable of the image away.
pub fn parse_environment(line: &str) -> Result<String, Invalid> {
    let line = line.trim_start();
    if line.is_empty() || line.starts_with('=') {
        return Err(Invalid::new("A variable needs a name before the =, as in MODE=fast."));
    }
    no_nul(line).map(|()| line.to_owned())
}

/// `KEY=value` for a command that is run in a container: a name alone means nothing there, and Podman refuses it.
pub fn parse_assignment(line: &str) -> Result<String, Invalid> {
    match parse_environment(line) {
        Ok(line) if !line.contains('=') => {
            Err(Invalid::new(format!("A variable needs a value after an =, as in {}=fast.", line.trim_end())))
        }
        parsed => parsed,
    }
}

/// The lines of a file for `--env-file`: comments, blank lines and a byte order mark are passed over, values are taken
/// as they are, quotes included.
pub fn parse_environment_file(text: &str) -> Result<Vec<String>, Invalid> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut lines = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let (number, line) = (index + 1, line.trim_start());
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let key = line.split('=').next().unwrap_or(line);
        if key.is_empty() {
            return Err(Invalid::new(format!("Line {number} has no name before the =.")));
        }
        if key.contains(char::is_whitespace) {
            return Err(Invalid::new(format!("Line {number}: the name “{key}” cannot hold blanks.")));
        }
        no_nul(line)?;
        lines.push(line.to_owned());
    }
    Ok(lines)
}

fn no_nul(text: &str) -> Result<(), Invalid> {
    if text.contains('\0') { Err(Invalid::new("A zero byte cannot be part of it.")) } else { Ok(()) }
}

/// `key=value`, or `key` with an empty value.
pub fn parse_label(text: &str) -> Result<(String, String), Invalid> {
    let (key, value) = text.split_once('=').unwrap_or((text, ""));
    match key.trim() {
        "" => Err(Invalid::new("A label needs a key before the =, as in tier=front.")),
        key => Ok((key.to_owned(), value.to_owned())),
    }
}

/// `name:address` or `name:host-gateway`; an IPv6 address with or without brackets. `=` may stand for the colon.
pub fn parse_extra_host(text: &str) -> Result<String, Invalid> {
    let text = text.trim();
    let Some((name, address)) = text.split_once([':', '=']) else {
        return Err(Invalid::new(format!("“{text}” has no address: write {text}:10.0.0.1 or {text}:host-gateway.")));
    };
    if name.is_empty() || name.contains(char::is_whitespace) {
        return Err(Invalid::new(format!("“{text}” needs a host's name before the colon, as in db:10.0.0.1.")));
    }
    if address == "host-gateway" {
        return Ok(format!("{name}:{address}"));
    }
    let bare = address.strip_prefix('[').and_then(|inside| inside.strip_suffix(']')).unwrap_or(address);
    match bare.parse::<IpAddr>() {
        Ok(ip) => Ok(format!("{name}:{ip}")),
        Err(_) => Err(Invalid::new(format!("“{address}” is neither an IP address nor host-gateway."))),
    }
}

/// The address of a name server.
pub fn parse_dns(text: &str) -> Result<String, Invalid> {
    let text = text.trim();
    match text.parse::<IpAddr>() {
        Ok(ip) => Ok(ip.to_string()),
        Err(_) => Err(Invalid::new(format!("“{text}” is not an IP address: a name server cannot be given by name."))),
    }
}

/// Upper case and without `CAP_`: `cap_net_admin` → `NET_ADMIN`.
pub fn parse_capability(text: &str) -> Result<String, Invalid> {
    let upper = text.trim().to_ascii_uppercase();
    let name = upper.strip_prefix("CAP_").unwrap_or(&upper);
    if CAPABILITIES.contains(&name) {
        return Ok(name.to_owned());
    }
    Err(Invalid::new(format!("“{}” is not a capability, such as NET_ADMIN, SYS_PTRACE or ALL.", text.trim())))
}

/// `user[:group]`, names or numbers.
pub fn parse_user(text: &str) -> Result<String, Invalid> {
    let text = text.trim();
    let parts: Vec<&str> = text.split(':').collect();
    let well =
        matches!(parts.len(), 1 | 2) && !parts.iter().any(|part| part.is_empty() || part.contains(char::is_whitespace));
    if well {
        return Ok(text.to_owned());
    }
    Err(Invalid::new(format!(
        "“{text}” is not a user: write a name or number, and a group after a colon, as in 1000:1000."
    )))
}

/// An absolute path inside the container.
pub fn parse_working_dir(text: &str) -> Result<String, Invalid> {
    let text = text.trim();
    if text.starts_with('/') {
        return no_nul(text).map(|()| text.to_owned());
    }
    Err(Invalid::new(format!("“{text}” is not an absolute path inside the container: begin it with /.")))
}

pub fn parse_hostname(text: &str) -> Result<String, Invalid> {
    let text = text.trim();
    if text.len() > LONGEST_HOSTNAME {
        return Err(Invalid::new(format!(
            "A hostname has {LONGEST_HOSTNAME} letters at most, this one {}.",
            text.chars().count()
        )));
    }
    let well =
        !text.is_empty() && text.chars().all(is_name_letter) && !text.starts_with(['-', '.']) && !text.ends_with('-');
    if well {
        return Ok(text.to_owned());
    }
    Err(Invalid::new(format!(
        "“{text}” is not a hostname: letters a–z, digits, . and -, with a letter or digit at both ends."
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    type Parse = fn(&str) -> Result<String, Invalid>;

    #[test]
    fn what_an_engine_takes_is_taken() {
        let cases: &[(Parse, &str, &str)] = &[
            (parse_name, "web", "web"),
            (parse_name, " Web_1.a-b ", "Web_1.a-b"),
            (parse_environment, "A=b c=d ", "A=b c=d "),
            (parse_environment, "A", "A"),
            (parse_assignment, "A=b c", "A=b c"),
            (parse_assignment, "A=", "A="),
            (parse_environment, "A B=c", "A B=c"),
            (parse_extra_host, "db:10.0.0.1", "db:10.0.0.1"),
            (parse_extra_host, "db=10.0.0.1", "db:10.0.0.1"),
            (parse_extra_host, "db:[::1]", "db:::1"),
            (parse_extra_host, "db:::1", "db:::1"),
            (parse_extra_host, "db:host-gateway", "db:host-gateway"),
            (parse_dns, "1.1.1.1", "1.1.1.1"),
            (parse_dns, "2001:db8:0::1", "2001:db8::1"),
            (parse_capability, "cap_net_admin", "NET_ADMIN"),
            (parse_capability, "all", "ALL"),
            (parse_user, "1000:1000", "1000:1000"),
            (parse_user, "www", "www"),
            (parse_working_dir, "/srv/a b", "/srv/a b"),
            (parse_hostname, "web-1.example.com", "web-1.example.com"),
        ];
        for (parse, text, expected) in cases {
            assert_eq!(parse(text).as_deref(), Ok(*expected), "{text}");
            // What was made of it is taken again as it is.
            assert_eq!(parse(expected).as_deref(), Ok(*expected), "{text}");
        }
        assert_eq!(parse_label("a=b=c"), Ok(("a".into(), "b=c".into())));
        assert_eq!(parse_label("a"), Ok(("a".into(), String::new())));
    }

    #[test]
    fn mistakes_are_told_in_a_sentence() {
        let long = "a".repeat(65);
        let cases: &[(Parse, &str, &str)] = &[
            (parse_name, "a b", "A name cannot hold “ ”"),
            (parse_name, "a\u{1b}[2J", "A name cannot hold “\\u{1b}”"),
            (parse_name, "wéb", "cannot hold “é”"),
            (parse_name, "-web", "begins with a letter"),
            (parse_name, "w", "two letters"),
            (parse_name, "", "begins with"),
            (parse_environment, "=x", "needs a name"),
            (parse_environment, "", "needs a name"),
            (parse_environment, "A=\0", "zero byte"),
            (parse_extra_host, "db", "has no address"),
            (parse_extra_host, ":10.0.0.1", "needs a host's name"),
            (parse_extra_host, "db:ten", "neither an IP address"),
            (parse_dns, "dns.google", "is not an IP address"),
            (parse_capability, "NET", "is not a capability"),
            (parse_user, "a b", "is not a user"),
            (parse_user, "a:", "is not a user"),
            (parse_user, "a:b:c", "is not a user"),
            (parse_working_dir, "srv", "not an absolute path"),
            (parse_hostname, "a b", "is not a hostname"),
            (parse_hostname, "-a", "is not a hostname"),
            (parse_hostname, &long, "64 letters at most"),
        ];
        for (parse, text, part) in cases {
            let sentence = parse(text).unwrap_err().to_string();
            assert!(sentence.contains(part) && sentence.ends_with('.'), "{text}: {sentence}");
        }
        assert!(parse_label("=b").is_err());
    }

    #[test]
    fn environment_files_are_read_as_docker_does() {
        let text = "\u{feff}# comment\n\nA=1\r\n  B=\"two words\" \n#C=3\nD\nE=\n";
        assert_eq!(parse_environment_file(text).unwrap(), ["A=1", "B=\"two words\" ", "D", "E="]);
        assert_eq!(parse_environment_file("A=1\n=2").unwrap_err().sentence(), "Line 2 has no name before the =.");
        let blanks = parse_environment_file("export A=1").unwrap_err();
        assert_eq!(blanks.sentence(), "Line 1: the name “export A” cannot hold blanks.");
    }
}
