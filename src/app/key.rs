//! Keys as the keymap knows them, and their text: `s`, `Ctrl-c`, `Shift-Tab`, `PgUp`, `F12`.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use std::fmt;
use std::str::FromStr;

/// A key with its modifiers. A character carries its shift in itself (`G`, `?`), whatever the terminal reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    code: KeyCode,
    ctrl: bool,
    alt: bool,
    shift: bool,
}

/// Named keys and their text, first the one that is printed.
const NAMES: &[(&str, KeyCode)] = &[
    ("Enter", KeyCode::Enter),
    ("Esc", KeyCode::Esc),
    ("Tab", KeyCode::Tab),
    ("Space", KeyCode::Char(' ')),
    ("Backspace", KeyCode::Backspace),
    ("Del", KeyCode::Delete),
    ("Ins", KeyCode::Insert),
    ("PgUp", KeyCode::PageUp),
    ("PgDn", KeyCode::PageDown),
    ("Home", KeyCode::Home),
    ("End", KeyCode::End),
    ("↑", KeyCode::Up),
    ("↓", KeyCode::Down),
    ("←", KeyCode::Left),
    ("→", KeyCode::Right),
    ("Up", KeyCode::Up),
    ("Down", KeyCode::Down),
    ("Left", KeyCode::Left),
    ("Right", KeyCode::Right),
    ("Escape", KeyCode::Esc),
    ("Delete", KeyCode::Delete),
    ("PageUp", KeyCode::PageUp),
    ("PageDown", KeyCode::PageDown),
];

impl Key {
    pub fn from_event(event: KeyEvent) -> Self {
        let code = match event.code {
            KeyCode::BackTab => KeyCode::Tab,
            // Terminals send these signs with Ctrl as codes that crossterm reads as digits.
            KeyCode::Char(digit @ '4'..='7') if event.modifiers.contains(KeyModifiers::CONTROL) => {
                KeyCode::Char(match digit {
                    '4' => '\\',
                    '5' => ']',
                    '6' => '^',
                    _ => '_',
                })
            }
            code => code,
        };
        let shift = event.code == KeyCode::BackTab || event.modifiers.contains(KeyModifiers::SHIFT);
        Self {
            code,
            ctrl: event.modifiers.contains(KeyModifiers::CONTROL),
            alt: event.modifiers.contains(KeyModifiers::ALT),
            shift: shift && !matches!(code, KeyCode::Char(_)),
        }
    }

    pub fn has_ctrl(self) -> bool {
        self.ctrl
    }
}

impl FromStr for Key {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let mut key = Self { code: KeyCode::Null, ctrl: false, alt: false, shift: false };
        let mut rest = text;
        while let Some((modifier, tail)) = rest.split_once('-').filter(|(_, tail)| !tail.is_empty()) {
            match modifier.to_ascii_lowercase().as_str() {
                "ctrl" | "control" => key.ctrl = true,
                "alt" | "meta" => key.alt = true,
                "shift" => key.shift = true,
                _ => break,
            }
            rest = tail;
        }
        key.code = parse_code(rest).ok_or_else(|| format!("“{text}” is no key"))?;
        if let KeyCode::Char(letter) = key.code {
            if key.shift {
                key.code = letter.to_uppercase().next().map_or(key.code, KeyCode::Char);
                key.shift = false;
            }
            if key.ctrl && letter.is_ascii_uppercase() {
                key.code = KeyCode::Char(letter.to_ascii_lowercase());
            }
        }
        Ok(key)
    }
}

fn parse_code(text: &str) -> Option<KeyCode> {
    let mut letters = text.chars();
    if let (Some(letter), None) = (letters.next(), letters.next())
        && !NAMES.iter().any(|(name, _)| *name == text)
    {
        return (!letter.is_control()).then_some(KeyCode::Char(letter));
    }
    if let Some((_, code)) = NAMES.iter().find(|(name, _)| name.eq_ignore_ascii_case(text)) {
        return Some(*code);
    }
    let number: u8 = text.strip_prefix(['F', 'f'])?.parse().ok()?;
    (1..=24).contains(&number).then_some(KeyCode::F(number))
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (held, name) in [(self.ctrl, "Ctrl-"), (self.alt, "Alt-"), (self.shift, "Shift-")] {
            if held {
                f.write_str(name)?;
            }
        }
        if let Some((name, _)) = NAMES.iter().find(|(_, code)| *code == self.code) {
            return f.write_str(name);
        }
        match self.code {
            KeyCode::Char(letter) => write!(f, "{letter}"),
            KeyCode::F(number) => write!(f, "F{number}"),
            _ => f.write_str("?"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn text_and_event_agree() {
        for (text, code, modifiers) in [
            ("s", KeyCode::Char('s'), KeyModifiers::NONE),
            ("G", KeyCode::Char('G'), KeyModifiers::SHIFT),
            ("?", KeyCode::Char('?'), KeyModifiers::SHIFT),
            ("Ctrl-c", KeyCode::Char('c'), KeyModifiers::CONTROL),
            ("Shift-Tab", KeyCode::BackTab, KeyModifiers::SHIFT),
            ("-", KeyCode::Char('-'), KeyModifiers::NONE),
            ("Ctrl--", KeyCode::Char('-'), KeyModifiers::CONTROL),
            ("F12", KeyCode::F(12), KeyModifiers::NONE),
            ("PgUp", KeyCode::PageUp, KeyModifiers::NONE),
            ("Space", KeyCode::Char(' '), KeyModifiers::NONE),
        ] {
            let key = Key::from_event(KeyEvent::new(code, modifiers));
            assert_eq!(text.parse::<Key>(), Ok(key), "{text}");
            assert_eq!(key.to_string(), text);
        }
    }

    #[test]
    fn nonsense_is_refused() {
        for text in ["", "hyper-x", "F0", "F99", "Entr"] {
            assert!(text.parse::<Key>().is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn printing_and_parsing_round_trip(letter in proptest::char::any(), ctrl: bool, alt: bool) {
            prop_assume!(!letter.is_control() && (!ctrl || !letter.is_ascii_uppercase()));
            let key = Key { code: KeyCode::Char(letter), ctrl, alt, shift: false };
            prop_assume!(!matches!(letter, '↑' | '↓' | '←' | '→'));
            prop_assert_eq!(key.to_string().parse::<Key>(), Ok(key));
        }
    }
}
