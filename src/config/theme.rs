//! Themes as data: for each role on the screen, a colour and what else sets its text apart.

use super::read::{self, Reader, Section};
use super::{ColorSpec, ConfigError, Environment};
use std::collections::BTreeMap;
use std::path::Path;

/// What a piece of the screen means; the theme says how that looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    Text,
    Dim,
    Accent,
    Title,
    Border,
    BorderFocused,
    Selection,
    Marked,
    Good,
    Warn,
    Bad,
    Info,
    Header,
    Key,
    LogStderr,
    Highlight,
    Chart1,
    Chart2,
    Chart3,
    Chart4,
}

/// How a role looks; what is `None` or `false` stays as it is below.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StyleSpec {
    pub fg: Option<ColorSpec>,
    pub bg: Option<ColorSpec>,
    pub bold: bool,
    pub dim: bool,
    pub italic: bool,
    pub reverse: bool,
    pub underline: bool,
}

/// A theme file, read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Theme {
    pub roles: BTreeMap<Role, StyleSpec>,
}

const ANSI_SOURCE: &str = include_str!("../../assets/themes/ansi.toml");

impl Theme {
    /// The name that lets the environment choose.
    pub const AUTO: &'static str = "auto";
    /// The theme without any colour.
    pub const MONO: &'static str = "mono";
    /// The theme of the terminal's own sixteen colours, right on dark and light ones.
    pub const ANSI: &'static str = "ansi";

    /// The themes that come with the program, by name.
    pub const BUILT_IN: [(&'static str, &'static str); 4] = [
        ("dark", include_str!("../../assets/themes/dark.toml")),
        ("light", include_str!("../../assets/themes/light.toml")),
        (Self::ANSI, ANSI_SOURCE),
        (Self::MONO, include_str!("../../assets/themes/mono.toml")),
    ];

    /// What `auto` stands for: no colours where `NO_COLOR` asks for none, else the terminal's own.
    ///
    /// `COLORFGBG` tells a light background from a dark one, and where it does the richer theme for it is taken if the
    /// terminal says that it shows 24-bit colours.
    pub fn automatic(environment: &Environment) -> &'static str {
        if environment.variable("NO_COLOR").is_some() || environment.variable("TERM") == Some("dumb") {
            return Self::MONO;
        }
        let rich = matches!(environment.variable("COLORTERM"), Some("truecolor" | "24bit"));
        let background = environment.variable("COLORFGBG").and_then(|colors| colors.rsplit(';').next());
        match background.and_then(|number| number.parse::<u8>().ok()) {
            Some(7 | 9..=15) if rich => "light",
            Some(0..=6 | 8) if rich => "dark",
            _ => Self::ANSI,
        }
    }

    /// The theme of that name: `auto`, one that comes with the program, or `NAME.toml` in the user's folder.
    ///
    /// Roles that a user's theme leaves out are those of `ansi`, so that its selection can never be invisible.
    pub fn load(name: &str, folder: &Path, environment: &Environment) -> Result<Self, Vec<ConfigError>> {
        let name = if name == Self::AUTO { Self::automatic(environment) } else { name };
        if let Some((_, text)) = Self::BUILT_IN.iter().find(|(built_in, _)| *built_in == name) {
            return Self::parse(Path::new(name), text);
        }
        let path = folder.join(format!("{name}.toml"));
        let is_plain_name = !name.is_empty() && !name.contains(['/', '\\']) && !name.starts_with('.');
        let text =
            if is_plain_name { std::fs::read_to_string(&path) } else { Err(std::io::ErrorKind::NotFound.into()) };
        match text {
            Ok(text) => {
                let own = Self::parse(&path, &text)?;
                let mut theme = Self::parse(Path::new(Self::ANSI), ANSI_SOURCE)?;
                theme.roles.extend(own.roles);
                Ok(theme)
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                let known = Self::BUILT_IN.map(|(name, _)| name);
                let sentence = format!("There is no theme called “{name}”.");
                Err(vec![ConfigError::new(path, sentence).did_you_mean(name, known.into_iter().chain([Self::AUTO]))])
            }
            Err(error) => Err(vec![ConfigError::new(path, format!("The theme cannot be read: {error}."))]),
        }
    }

    /// Reads a theme; the path is for the errors only.
    pub fn parse(path: &Path, text: &str) -> Result<Self, Vec<ConfigError>> {
        read::document(path, text, |reader, mut top| {
            let mut roles = BTreeMap::new();
            for role in Role::ALL {
                let section = reader.table(&mut top, role.name());
                if !section.is_absent() {
                    roles.insert(role, style(reader, section));
                }
            }
            reader.close(top);
            Self { roles }
        })
    }

    /// How a role looks. A loaded theme has them all; in one that was only parsed a missing role is plain.
    pub fn style(&self, role: Role) -> StyleSpec {
        self.roles.get(&role).copied().unwrap_or_default()
    }
}

fn style(reader: &mut Reader<'_>, mut section: Section<'_>) -> StyleSpec {
    let style = StyleSpec {
        fg: reader.take(&mut section, "fg", read::parsed),
        bg: reader.take(&mut section, "bg", read::parsed),
        bold: reader.take(&mut section, "bold", read::boolean).unwrap_or_default(),
        dim: reader.take(&mut section, "dim", read::boolean).unwrap_or_default(),
        italic: reader.take(&mut section, "italic", read::boolean).unwrap_or_default(),
        reverse: reader.take(&mut section, "reverse", read::boolean).unwrap_or_default(),
        underline: reader.take(&mut section, "underline", read::boolean).unwrap_or_default(),
    };
    reader.close(section);
    style
}

impl Role {
    pub const ALL: [Self; 20] = [
        Self::Text,
        Self::Dim,
        Self::Accent,
        Self::Title,
        Self::Border,
        Self::BorderFocused,
        Self::Selection,
        Self::Marked,
        Self::Good,
        Self::Warn,
        Self::Bad,
        Self::Info,
        Self::Header,
        Self::Key,
        Self::LogStderr,
        Self::Highlight,
        Self::Chart1,
        Self::Chart2,
        Self::Chart3,
        Self::Chart4,
    ];

    /// The word in a theme file.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Dim => "dim",
            Self::Accent => "accent",
            Self::Title => "title",
            Self::Border => "border",
            Self::BorderFocused => "border_focused",
            Self::Selection => "selection",
            Self::Marked => "marked",
            Self::Good => "good",
            Self::Warn => "warn",
            Self::Bad => "bad",
            Self::Info => "info",
            Self::Header => "header",
            Self::Key => "key",
            Self::LogStderr => "log_stderr",
            Self::Highlight => "highlight",
            Self::Chart1 => "chart_1",
            Self::Chart2 => "chart_2",
            Self::Chart3 => "chart_3",
            Self::Chart4 => "chart_4",
        }
    }
}
