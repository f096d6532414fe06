//! Keys as stories write them: `jj<Enter>`, `<C-c>`, `<S-Tab>`.

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use futures_util::Stream;
use std::io;
use std::pin::Pin;
use tokio::sync::broadcast;

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

pub type Input = Pin<Box<dyn Stream<Item = io::Result<Event>> + Send>>;

/// A keyboard, and who reads it first.
pub fn typing() -> (broadcast::Sender<Option<Event>>, Option<broadcast::Receiver<Option<Event>>>) {
    let (sender, receiver) = broadcast::channel(16 * 1024);
    (sender, Some(receiver))
}

/// The terminal's events; `None` is its end.
pub fn input(events: broadcast::Receiver<Option<Event>>) -> Input {
    Box::pin(futures_util::stream::unfold(events, |mut events| async move {
        let event = events.recv().await.ok().flatten()?;
        Some((Ok(event), events))
    }))
}
