//! Roles to styles.

use crate::app::columns::Tone;
use crate::config::{ColorSpec, Role, StyleSpec};
use jiff::tz::TimeZone;
use ratatui::style::{Color, Modifier, Style};

/// The style of every role, resolved once, and the zone that times are told in.
#[derive(Clone, Debug)]
pub struct Theme {
    styles: Vec<(Role, Style)>,
    /// Where the user's clock stands: times are told in it.
    pub zone: TimeZone,
}

impl Theme {
    pub fn new(theme: &crate::config::Theme) -> Self {
        Self {
            styles: Role::ALL.iter().map(|role| (*role, spec_style(theme.style(*role)))).collect(),
            zone: TimeZone::UTC,
        }
    }

    /// Tells times in another zone than UTC.
    #[must_use]
    pub fn in_zone(self, zone: TimeZone) -> Self {
        Self { zone, ..self }
    }

    pub fn style(&self, role: Role) -> Style {
        self.styles.iter().find(|(known, _)| *known == role).map(|(_, style)| *style).unwrap_or_default()
    }

    pub fn text(&self) -> Style {
        self.style(Role::Text)
    }

    /// The tab or view that is shown, told apart without colour as well.
    pub fn current(&self) -> Style {
        self.style(Role::Title).add_modifier(Modifier::UNDERLINED)
    }

    /// A style on what is selected. Where that is drawn in reverse, colours would become backgrounds, and dim text is hard to read:
    /// signs and words say the same, and what is stressed stays.
    pub fn chosen(&self, style: Style) -> Style {
        let selection = self.style(Role::Selection);
        if !selection.add_modifier.contains(Modifier::REVERSED) {
            return style.patch(selection);
        }
        let stressed = style.add_modifier.difference(Modifier::DIM);
        let text = self.text();
        let plain = Style::new().fg(text.fg.unwrap_or(Color::Reset)).bg(text.bg.unwrap_or(Color::Reset));
        plain.add_modifier(stressed).patch(selection)
    }

    /// A style in a colour of the user's own, where there is one.
    pub fn colored(&self, style: Style, color: Option<ColorSpec>) -> Style {
        match color.and_then(|color| color.to_string().parse::<Color>().ok()) {
            Some(color) => style.fg(color),
            None => style,
        }
    }

    pub fn tone(&self, tone: Tone) -> Style {
        match tone {
            Tone::Plain => self.text(),
            Tone::Dim => self.style(Role::Dim),
            Tone::Good => self.style(Role::Good),
            Tone::Warn => self.style(Role::Warn),
            Tone::Bad => self.style(Role::Bad),
            Tone::Info => self.style(Role::Info),
            Tone::Accent => self.style(Role::Accent),
        }
    }
}

/// What a theme or a rule says of a text, as it is drawn.
pub fn spec_style(spec: StyleSpec) -> Style {
    let mut style = Style::new();
    style.fg = spec.fg.and_then(|color| color.to_string().parse::<Color>().ok());
    style.bg = spec.bg.and_then(|color| color.to_string().parse::<Color>().ok());
    for (on, modifier) in [
        (spec.bold, Modifier::BOLD),
        (spec.dim, Modifier::DIM),
        (spec.italic, Modifier::ITALIC),
        (spec.reverse, Modifier::REVERSED),
        (spec.underline, Modifier::UNDERLINED),
    ] {
        if on {
            style = style.add_modifier(modifier);
        }
    }
    style
}
