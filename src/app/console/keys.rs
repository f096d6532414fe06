//! Keys and pasted text as the bytes that a terminal sends for them.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// What the program has asked of the keyboard.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct KeyModes {
    /// Arrows are sent as `ESC O A` instead of `ESC [ A`.
    pub application_cursor: bool,
}

/// The bytes of a key; none for keys that terminals have no bytes for.
pub fn encode(event: KeyEvent, modes: KeyModes) -> Vec<u8> {
    let modifiers = event.modifiers;
    match event.code {
        KeyCode::Char(letter) => character(letter, modifiers),
        KeyCode::Enter => alt(modifiers, b"\r"),
        KeyCode::Tab if modifiers.contains(KeyModifiers::SHIFT) => b"\x1b[Z".to_vec(),
        KeyCode::Tab => alt(modifiers, b"\t"),
        KeyCode::BackTab => b"\x1b[Z".to_vec(),
        KeyCode::Backspace if modifiers.contains(KeyModifiers::CONTROL) => alt(modifiers, b"\x08"),
        KeyCode::Backspace => alt(modifiers, b"\x7f"),
        KeyCode::Esc => alt(modifiers, b"\x1b"),
        KeyCode::Up => cursor(b'A', modifiers, modes),
        KeyCode::Down => cursor(b'B', modifiers, modes),
        KeyCode::Right => cursor(b'C', modifiers, modes),
        KeyCode::Left => cursor(b'D', modifiers, modes),
        KeyCode::Home => cursor(b'H', modifiers, modes),
        KeyCode::End => cursor(b'F', modifiers, modes),
        KeyCode::Insert => numbered(2, modifiers),
        KeyCode::Delete => numbered(3, modifiers),
        KeyCode::PageUp => numbered(5, modifiers),
        KeyCode::PageDown => numbered(6, modifiers),
        KeyCode::F(number) => function(number, modifiers),
        KeyCode::Null => vec![0],
        KeyCode::CapsLock
        | KeyCode::ScrollLock
        | KeyCode::NumLock
        | KeyCode::PrintScreen
        | KeyCode::Pause
        | KeyCode::Menu
        | KeyCode::KeypadBegin
        | KeyCode::Media(_)
        | KeyCode::Modifier(_) => Vec::new(),
    }
}

/// Pasted text: framed where the program knows of pasting, so that it is not taken for commands.
pub fn paste(text: &str, bracketed: bool) -> Vec<u8> {
    // An escape in it could end the frame and go on as if it were typed.
    let text: String = text.replace("\r\n", "\r").replace('\n', "\r").replace(['\x1b', '\u{9b}'], "");
    if bracketed { format!("\x1b[200~{text}\x1b[201~").into_bytes() } else { text.into_bytes() }
}

fn character(letter: char, modifiers: KeyModifiers) -> Vec<u8> {
    let mut buffer = [0; 4];
    let plain = letter.encode_utf8(&mut buffer).as_bytes();
    if !modifiers.contains(KeyModifiers::CONTROL) {
        return alt(modifiers, plain);
    }
    // The codes that terminals have always sent; some digits stand for signs.
    let control = match letter.to_ascii_lowercase() {
        letter @ ('a'..='z' | '[' | '\\' | ']' | '^' | '_') => u8::try_from(letter).ok().map(|code| code & 0x1f),
        ' ' | '@' | '2' => Some(0),
        letter @ '3'..='7' => u8::try_from(letter).ok().map(|code| code - b'3' + 0x1b),
        '/' => Some(0x1f),
        '8' | '?' => Some(0x7f),
        _ => None,
    };
    match control {
        Some(code) => alt(modifiers, &[code]),
        None => alt(modifiers, plain),
    }
}

/// Alt is an escape before the key.
fn alt(modifiers: KeyModifiers, bytes: &[u8]) -> Vec<u8> {
    let escape: &[u8] = if modifiers.contains(KeyModifiers::ALT) { b"\x1b" } else { b"" };
    [escape, bytes].concat()
}

/// How xterm counts modifiers; 1 for none.
fn weight(modifiers: KeyModifiers) -> u8 {
    let held = |modifier, weight| if modifiers.contains(modifier) { weight } else { 0 };
    1 + held(KeyModifiers::SHIFT, 1) + held(KeyModifiers::ALT, 2) + held(KeyModifiers::CONTROL, 4)
}

fn cursor(letter: u8, modifiers: KeyModifiers, modes: KeyModes) -> Vec<u8> {
    match (weight(modifiers), modes.application_cursor) {
        (1, true) => vec![0x1b, b'O', letter],
        (1, false) => vec![0x1b, b'[', letter],
        (weight, _) => format!("\x1b[1;{weight}{}", char::from(letter)).into_bytes(),
    }
}

fn numbered(number: u8, modifiers: KeyModifiers) -> Vec<u8> {
    match weight(modifiers) {
        1 => format!("\x1b[{number}~"),
        weight => format!("\x1b[{number};{weight}~"),
    }
    .into_bytes()
}

fn function(number: u8, modifiers: KeyModifiers) -> Vec<u8> {
    let weight = weight(modifiers);
    let letter = match number {
        1 => 'P',
        2 => 'Q',
        3 => 'R',
        4 => 'S',
        5 => return numbered(15, modifiers),
        6..=10 => return numbered(number + 11, modifiers),
        11..=14 => return numbered(number + 12, modifiers),
        15 | 16 => return numbered(number + 13, modifiers),
        17..=20 => return numbered(number + 14, modifiers),
        _ => return Vec::new(),
    };
    if weight == 1 { format!("\x1bO{letter}") } else { format!("\x1b[1;{weight}{letter}") }.into_bytes()
}
