//! Mounts as `--volume`, `--tmpfs` and `--mount` write them, parsed and printed.

use super::{MountKind, MountSpec};
use crate::domain::Invalid;
use std::fmt;
use std::str::FromStr;

/// What may follow the second colon of a bind or a volume (`U` and `O` are Podman's).
pub(super) const OPTIONS: &[&str] = &[
    "z",
    "Z",
    "nocopy",
    "cached",
    "delegated",
    "consistent",
    "shared",
    "rshared",
    "slave",
    "rslave",
    "private",
    "rprivate",
    "U",
    "O",
];

pub(super) const PROPAGATIONS: &[&str] = &["shared", "rshared", "slave", "rslave", "private", "rprivate"];

impl MountKind {
    /// The engine's word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Bind => "bind",
            Self::Volume => "volume",
            Self::Tmpfs => "tmpfs",
        }
    }
}

impl MountSpec {
    /// A volume that the engine names.
    pub(super) fn is_anonymous(&self) -> bool {
        self.kind == MountKind::Volume && self.source.is_empty()
    }

    /// Whether `source:target` cannot say it, so that `--mount` (and `HostConfig.Mounts`) must.
    pub(super) fn needs_long_form(&self) -> bool {
        let ambiguous = self.source.contains([':', ',', '\n']) || self.target.contains([':', ',', '\n']);
        match self.kind {
            MountKind::Bind => ambiguous,
            MountKind::Volume => ambiguous || self.source == "tmpfs" || (self.source.is_empty() && self.has_options()),
            MountKind::Tmpfs => ambiguous,
        }
    }

    /// `ro,z`: what follows the second colon; empty for none.
    pub(super) fn short_options(&self) -> String {
        match (self.read_only, self.options.is_empty()) {
            (false, _) => self.options.clone(),
            (true, true) => "ro".to_owned(),
            (true, false) => format!("ro,{}", self.options),
        }
    }

    pub(super) fn option_list(&self) -> impl Iterator<Item = &str> {
        self.options.split(',').filter(|option| !option.is_empty())
    }

    fn has_options(&self) -> bool {
        self.read_only || !self.options.is_empty()
    }

    /// `type=bind,source=/a,target=/b,readonly`: what `--mount` takes.
    pub(super) fn long_form(&self) -> String {
        let mut fields = vec![format!("type={}", self.kind.word())];
        if !self.source.is_empty() {
            fields.push(format!("source={}", self.source));
        }
        fields.push(format!("target={}", self.target));
        fields.extend(self.read_only.then(|| "readonly".to_owned()));
        fields.extend(self.option_list().map(|option| match (self.kind, option) {
            (MountKind::Bind, option) if PROPAGATIONS.contains(&option) => format!("bind-propagation={option}"),
            (MountKind::Volume, "nocopy") => "volume-nocopy".to_owned(),
            (MountKind::Tmpfs, option) => format!("tmpfs-{option}"),
            (MountKind::Bind | MountKind::Volume, option) => format!("consistency={option}"),
        }));
        fields.iter().map(|field| quote_field(field)).collect::<Vec<_>>().join(",")
    }
}

impl fmt::Display for MountSpec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.needs_long_form() {
            return f.write_str(&self.long_form());
        }
        match self.kind {
            MountKind::Tmpfs => write!(f, "tmpfs:{}", self.target)?,
            MountKind::Volume if self.source.is_empty() => f.write_str(&self.target)?,
            MountKind::Bind | MountKind::Volume => write!(f, "{}:{}", self.source, self.target)?,
        }
        match self.short_options() {
            options if options.is_empty() => Ok(()),
            options => write!(f, ":{options}"),
        }
    }
}

impl FromStr for MountSpec {
    type Err = Invalid;

    /// `/host:/path[:ro]`, `volume:/path[:ro]`, `/path`, `tmpfs:/path[:size=64m]` or the form of `--mount`.
    fn from_str(text: &str) -> Result<Self, Invalid> {
        let text = text.trim();
        let mount = if is_long_form(text) { parse_long(text)? } else { parse_short(text)? };
        mount.checked()
    }
}

impl MountSpec {
    fn checked(self) -> Result<Self, Invalid> {
        if self.target.is_empty() {
            return Err(Invalid::new("Say where it is mounted inside the container, as in data:/var/lib/data."));
        }
        if !self.target.starts_with('/') {
            let target = &self.target;
            return Err(Invalid::new(format!(
                "“{target}” is not an absolute path inside the container: begin it with /."
            )));
        }
        if self.target.trim_end_matches('/').is_empty() {
            return Err(Invalid::new("Nothing can be mounted on / of the container: name a folder below it."));
        }
        match self.kind {
            MountKind::Bind if !self.source.starts_with('/') => Err(relative_source(&self.source)),
            MountKind::Volume if !self.source.is_empty() => check_volume_name(&self.source).map(|()| self),
            MountKind::Tmpfs if !self.source.is_empty() => Err(Invalid::new("A tmpfs has no source: leave it out.")),
            MountKind::Bind | MountKind::Volume | MountKind::Tmpfs => Ok(self),
        }
    }
}

fn is_long_form(text: &str) -> bool {
    let keys = ["type=", "source=", "src=", "target=", "destination=", "dst="];
    keys.iter().any(|key| text.trim_start_matches('"').starts_with(key))
}

fn parse_short(text: &str) -> Result<MountSpec, Invalid> {
    let mut parts = text.splitn(4, ':');
    let (first, second, options) = (parts.next().unwrap_or(""), parts.next(), parts.next());
    if parts.next().is_some() {
        return Err(Invalid::new(format!(
            "“{text}” has too many colons: write type=bind,source=…,target=… for paths with a colon."
        )));
    }
    let Some(target) = second else {
        return match first.starts_with('/') {
            true => Ok(mount(MountKind::Volume, "", first)),
            false if first.is_empty() => {
                Err(Invalid::new("Name what is mounted, as in /srv/data:/data or data:/data."))
            }
            false => Err(Invalid::new(format!("Say where “{first}” is mounted inside the container: {first}:/path."))),
        };
    };
    let kind = match first {
        "" => return Err(Invalid::new("Name what is mounted before the colon, as in /srv/data:/data or data:/data.")),
        "tmpfs" => MountKind::Tmpfs,
        path if path.starts_with('/') => MountKind::Bind,
        path if path.starts_with(['.', '~']) || path.contains('/') => return Err(relative_source(path)),
        _ => MountKind::Volume,
    };
    let source = if kind == MountKind::Tmpfs { "" } else { first };
    let mut result = mount(kind, source, target);
    let mut kept = Vec::new();
    for option in options.into_iter().flat_map(|options| options.split(',')) {
        match option {
            "ro" => result.read_only = true,
            "rw" => result.read_only = false,
            "" => return Err(Invalid::new("An option is missing after the colon: ro, or leave the colon out.")),
            option if kind == MountKind::Tmpfs || OPTIONS.contains(&option) => kept.push(option),
            option => {
                return Err(Invalid::new(format!("“{option}” is not a mount option: ro, rw, z, Z, nocopy, rslave, …")));
            }
        }
    }
    result.options = kept.join(",");
    Ok(result)
}

fn parse_long(text: &str) -> Result<MountSpec, Invalid> {
    let (mut result, mut kept) = (mount(MountKind::Volume, "", ""), Vec::new());
    for field in split_fields(text)? {
        let (key, value) = match field.split_once('=') {
            Some((key, value)) => (key, Some(value)),
            None => (field.as_str(), None),
        };
        match (key.to_ascii_lowercase().as_str(), value) {
            ("type", Some("bind")) => result.kind = MountKind::Bind,
            ("type", Some("volume")) => result.kind = MountKind::Volume,
            ("type", Some("tmpfs")) => result.kind = MountKind::Tmpfs,
            ("type", Some(kind)) => {
                return Err(Invalid::new(format!("“{kind}” is not a type of mount: bind, volume or tmpfs.")));
            }
            ("source" | "src", Some(source)) => result.source = source.to_owned(),
            ("target" | "destination" | "dst", Some(target)) => result.target = target.to_owned(),
            ("readonly" | "ro", value) => result.read_only = parse_switch(key, value)?,
            ("bind-propagation", Some(mode)) if PROPAGATIONS.contains(&mode) => kept.push(mode.to_owned()),
            ("consistency", Some(mode)) if OPTIONS.contains(&mode) => kept.push(mode.to_owned()),
            ("volume-nocopy", value) => kept.extend(parse_switch(key, value)?.then(|| "nocopy".to_owned())),
            ("tmpfs-size", Some(size)) => kept.push(format!("size={size}")),
            ("tmpfs-mode", Some(mode)) => kept.push(format!("mode={mode}")),
            ("", None) => return Err(Invalid::new("There is an empty field between two commas.")),
            (key, _) => {
                return Err(Invalid::new(format!(
                    "“{field}” is not understood: {key} is none of type, source, target, readonly."
                )));
            }
        }
    }
    result.options = kept.join(",");
    Ok(result)
}

fn parse_switch(key: &str, value: Option<&str>) -> Result<bool, Invalid> {
    match value {
        None | Some("true" | "1") => Ok(true),
        Some("false" | "0") => Ok(false),
        Some(other) => Err(Invalid::new(format!("“{other}” is neither true nor false: write {key} alone."))),
    }
}

/// Splits as the docker client does: CSV, so that a quoted field may hold commas.
fn split_fields(text: &str) -> Result<Vec<String>, Invalid> {
    let (mut fields, mut field, mut quoted) = (Vec::new(), String::new(), false);
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => {
                letters.next();
                field.push('"');
            }
            '"' if quoted || field.is_empty() => quoted = !quoted,
            ',' if !quoted => fields.push(std::mem::take(&mut field)),
            letter => field.push(letter),
        }
    }
    if quoted {
        return Err(Invalid::new("A quotation mark is not closed."));
    }
    fields.push(field);
    Ok(fields)
}

fn quote_field(field: &str) -> String {
    if field.contains([',', '"', '\n']) { format!("\"{}\"", field.replace('"', "\"\"")) } else { field.to_owned() }
}

fn mount(kind: MountKind, source: &str, target: &str) -> MountSpec {
    MountSpec { kind, source: source.into(), target: target.into(), read_only: false, options: String::new() }
}

fn relative_source(path: &str) -> Invalid {
    if path.is_empty() {
        return Invalid::new("A bind mount needs the path on the host as its source.");
    }
    Invalid::new(format!(
        "“{path}” is not an absolute path: the engine may be on another machine and knows no current folder, so begin it with /."
    ))
}

fn check_volume_name(name: &str) -> Result<(), Invalid> {
    let mut letters = name.chars();
    let starts_well = letters.next().is_some_and(|first| first.is_ascii_alphanumeric());
    let goes_on_well = letters.all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '.' | '-'));
    if starts_well && goes_on_well && name.len() > 1 {
        return Ok(());
    }
    Err(Invalid::new(format!(
        "“{name}” is not a volume's name: two or more letters, digits, _ . or -, beginning with a letter or digit; a path begins with /."
    )))
}

#[cfg(test)]
mod tests;
