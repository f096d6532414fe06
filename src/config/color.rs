//! A colour as the user writes it: a name, `#rrggbb`, or a number of the 256-colour palette.

use std::fmt;
use std::str::FromStr;

/// A colour; its `Display` is what `ratatui::style::Color` parses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ColorSpec {
    /// One of the terminal's own colours, by one of [`ColorSpec::NAMES`].
    Name(&'static str),
    Rgb(u8, u8, u8),
    Index(u8),
}

impl ColorSpec {
    /// The terminal's own colours, and `reset` for its default.
    pub const NAMES: [&'static str; 17] = [
        "reset",
        "black",
        "red",
        "green",
        "yellow",
        "blue",
        "magenta",
        "cyan",
        "gray",
        "darkgray",
        "lightred",
        "lightgreen",
        "lightyellow",
        "lightblue",
        "lightmagenta",
        "lightcyan",
        "white",
    ];
}

impl FromStr for ColorSpec {
    /// What is allowed instead.
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let name = text.to_ascii_lowercase().replace(['-', '_', ' '], "").replace("grey", "gray");
        let named = || Self::NAMES.into_iter().find(|known| *known == name).map(Self::Name);
        let index = || text.parse().ok().map(Self::Index);
        rgb(text).or_else(index).or_else(named).ok_or_else(|| {
            format!(
                "a colour, which “{text}” is not; write #rrggbb, a number up to 255 or one of {}",
                Self::NAMES.join(", ")
            )
        })
    }
}

fn rgb(text: &str) -> Option<ColorSpec> {
    let digits =
        text.strip_prefix('#').filter(|digits| digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_hexdigit()))?;
    let [_, red, green, blue] = u32::from_str_radix(digits, 16).ok()?.to_be_bytes();
    Some(ColorSpec::Rgb(red, green, blue))
}

impl fmt::Display for ColorSpec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name(name) => f.write_str(name),
            Self::Rgb(red, green, blue) => write!(f, "#{red:02x}{green:02x}{blue:02x}"),
            Self::Index(index) => write!(f, "{index}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_read() {
        assert_eq!("Light-Red".parse(), Ok(ColorSpec::Name("lightred")));
        assert_eq!("dark grey".parse(), Ok(ColorSpec::Name("darkgray")));
        assert_eq!("#0aF010".parse(), Ok(ColorSpec::Rgb(10, 240, 16)));
        assert_eq!("208".parse(), Ok(ColorSpec::Index(208)));
        for bad in ["", "reddish", "#fff", "#+00000", "256", "#äöü"] {
            assert!(bad.parse::<ColorSpec>().is_err(), "{bad}");
        }
    }

    #[test]
    fn the_drawing_library_reads_what_is_printed() {
        let rgb = ColorSpec::Rgb(1, 2, 3);
        for color in ColorSpec::NAMES.map(ColorSpec::Name).into_iter().chain([rgb, ColorSpec::Index(7)]) {
            assert!(color.to_string().parse::<ratatui::style::Color>().is_ok(), "{color}");
        }
    }
}
