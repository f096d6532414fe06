//! Plugins: those that the engine brings along, and those that were installed.

use super::{Invalid, is_secret, mask};

/// One plugin, or one driver that the engine has built in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plugin {
    pub name: Box<str>,
    /// `volume`, `network`, `log`, `authorization`; of an installed one, the capability it offers.
    pub kind: Box<str>,
    /// `None`: it is built in and cannot be switched.
    pub enabled: Option<bool>,
    pub description: Box<str>,
    /// Where it was installed from; empty for one that was made on the host.
    pub reference: Box<str>,
    /// How it is set up, as `NAME=value`, as far as that can be changed.
    pub settings: Vec<Box<str>>,
}

/// Something that a plugin wants to be allowed on the engine's machine.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Privilege {
    /// `network`, `mount`, `capabilities`
    pub name: Box<str>,
    pub description: Box<str>,
    /// `host`, `/var/lib/docker`, `CAP_SYS_ADMIN`
    pub values: Vec<Box<str>>,
}

impl Plugin {
    /// The settings for the eye: those that look like secrets hidden.
    pub fn discreet_settings(&self) -> String {
        self.settings.iter().map(|setting| discreet_setting(setting)).collect::<Vec<_>>().join(" ")
    }
}

impl Privilege {
    /// `network: host (permissions to access a network)`
    pub fn sentence(&self) -> String {
        let values = if self.values.is_empty() { String::new() } else { format!(": {}", self.values.join(", ")) };
        let why = if self.description.is_empty() { String::new() } else { format!(" ({})", self.description) };
        format!("{}{values}{why}", self.name)
    }
}

/// `NAME=value`, the value hidden where it looks like a secret.
pub fn discreet_setting(setting: &str) -> String {
    match setting.split_once('=') {
        Some((name, value)) if is_secret(name, value) => format!("{name}={}", mask(value)),
        Some(_) | None => setting.to_owned(),
    }
}

/// A setting of a plugin: `NAME=value`, where the name is that of a variable, a mount or a device of it.
///
/// # Errors
/// A sentence, where there is no name.
pub fn parse_setting(line: &str) -> Result<String, Invalid> {
    let line = line.trim();
    match line.split_once('=') {
        Some((name, _)) if !name.is_empty() && !name.contains(char::is_whitespace) => Ok(line.to_owned()),
        Some(_) | None => Err(Invalid::new("A setting is NAME=value, such as DEBUG=1.")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_privilege_is_told_with_what_it_is_for() {
        let told = |name: &str, values: &[&str], why: &str| {
            let values = values.iter().map(|value| (*value).into()).collect();
            Privilege { name: name.into(), description: why.into(), values }.sentence()
        };
        assert_eq!(told("network", &["host"], "access to a network"), "network: host (access to a network)");
        assert_eq!(told("mount", &["/a", "/b"], ""), "mount: /a, /b");
        assert_eq!(told("allow-all-devices", &[], ""), "allow-all-devices");
    }

    #[test]
    fn a_setting_has_a_name_and_hides_secrets() {
        assert_eq!(parse_setting(" DEBUG=1 ").unwrap(), "DEBUG=1");
        assert_eq!(parse_setting("mount.source=/a b").unwrap(), "mount.source=/a b");
        for wrong in ["DEBUG", "=1", "A B=1"] {
            assert!(parse_setting(wrong).unwrap_err().sentence().contains("NAME=value"));
        }
        assert_eq!(discreet_setting("DEBUG=1"), "DEBUG=1");
        assert!(!discreet_setting("API_TOKEN=hunter2").contains("hunter2"));
    }
}
