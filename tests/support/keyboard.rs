//! Keys as stories write them: `jj<Enter>`, `<C-c>`, `<S-Tab>`.

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};

const NAMES: &[(&str, KeyCode)] = &[
    ("Enter", KeyCode::Enter),
    ("Esc", KeyCode::Esc),
    ("Tab", KeyCode::Tab),
    ("S-Tab", KeyCode::BackTab),
    ("Space", KeyCode::Char(' ')),
    ("Backspace", KeyCode::Backspace),
    ("Up", KeyCode::Up),
    ("Down", KeyCode::Down),
    ("Left", KeyCode::Left),
    ("Right", KeyCode::Right),
    ("Home", KeyCode::Home),
    ("End", KeyCode::End),
    ("PgUp", KeyCode::PageUp),
    ("PgDn", KeyCode::PageDown),
    ("lt", KeyCode::Char('<')),
    ("F12", KeyCode::F(12)),
];

/// The events a terminal sends for these keys.
pub fn events(keys: &str) -> Vec<Event> {
    let mut events = Vec::new();
    let mut rest = keys;
    while let Some(letter) = rest.chars().next() {
        let named = rest.strip_prefix('<').and_then(|tail| tail.split_once('>'));
        if let Some((name, tail)) = named.filter(|(name, _)| name.len() > 1) {
            events.push(key(name));
            rest = tail;
        } else {
            events.push(typed(letter));
            rest = &rest[letter.len_utf8()..];
        }
    }
    events
}

fn key(name: &str) -> Event {
    if let Some(letter) = name.strip_prefix("C-") {
        let letter = letter.chars().next().expect("a letter behind C-");
        return Event::Key(KeyEvent::new(KeyCode::Char(letter), KeyModifiers::CONTROL));
    }
    let (_, code) =
        NAMES.iter().find(|(known, _)| *known == name).unwrap_or_else(|| panic!("no key is called <{name}>"));
    let modifiers = if *code == KeyCode::BackTab { KeyModifiers::SHIFT } else { KeyModifiers::NONE };
    Event::Key(KeyEvent::new(*code, modifiers))
}

fn typed(letter: char) -> Event {
    let modifiers = if letter.is_uppercase() { KeyModifiers::SHIFT } else { KeyModifiers::NONE };
    Event::Key(KeyEvent::new(KeyCode::Char(letter), modifiers))
}
