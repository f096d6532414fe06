//! The mouse as the bytes that a terminal sends for it, where the program has asked for them.

use crossterm::event::{KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use vt100::{MouseProtocolEncoding, MouseProtocolMode};

/// The bytes of a mouse event at a cell of the session's screen, counted from 0; `None` where the program did not ask
/// for it.
pub fn encode(
    event: MouseEvent,
    (column, row): (u16, u16),
    mode: MouseProtocolMode,
    encoding: MouseProtocolEncoding,
) -> Option<Vec<u8>> {
    if !is_asked_for(event.kind, mode) {
        return None;
    }
    let held = |modifier, weight| if event.modifiers.contains(modifier) { weight } else { 0 };
    let modifiers = held(KeyModifiers::SHIFT, 4) + held(KeyModifiers::ALT, 8) + held(KeyModifiers::CONTROL, 16);
    let (button, released) = match event.kind {
        MouseEventKind::Down(button) => (number(button), false),
        MouseEventKind::Up(button) => (number(button), true),
        MouseEventKind::Drag(button) => (number(button) + 32, false),
        MouseEventKind::Moved => (35, false),
        MouseEventKind::ScrollUp => (64, false),
        MouseEventKind::ScrollDown => (65, false),
        MouseEventKind::ScrollLeft => (66, false),
        MouseEventKind::ScrollRight => (67, false),
    };
    let (column, row) = (column.saturating_add(1), row.saturating_add(1));
    match encoding {
        MouseProtocolEncoding::Sgr => {
            let last = if released { 'm' } else { 'M' };
            Some(format!("\x1b[<{};{column};{row}{last}", button + modifiers).into_bytes())
        }
        MouseProtocolEncoding::Default | MouseProtocolEncoding::Utf8 => {
            // Older programs are not told which button was released.
            let button = if released { 3 } else { button } + modifiers;
            let mut bytes = b"\x1b[M".to_vec();
            for value in [u16::from(button), column, row] {
                bytes.extend(coordinate(value + 32, encoding)?);
            }
            Some(bytes)
        }
    }
}

fn is_asked_for(kind: MouseEventKind, mode: MouseProtocolMode) -> bool {
    let pressed = !matches!(kind, MouseEventKind::Up(_) | MouseEventKind::Drag(_) | MouseEventKind::Moved);
    match mode {
        MouseProtocolMode::None => false,
        MouseProtocolMode::Press => pressed,
        MouseProtocolMode::PressRelease => pressed || matches!(kind, MouseEventKind::Up(_)),
        MouseProtocolMode::ButtonMotion => kind != MouseEventKind::Moved,
        MouseProtocolMode::AnyMotion => true,
    }
}

fn number(button: MouseButton) -> u8 {
    match button {
        MouseButton::Left => 0,
        MouseButton::Middle => 1,
        MouseButton::Right => 2,
    }
}

/// A place as one character; `None` where that encoding does not reach so far.
fn coordinate(value: u16, encoding: MouseProtocolEncoding) -> Option<Vec<u8>> {
    if encoding == MouseProtocolEncoding::Utf8 {
        let mut buffer = [0; 4];
        return char::from_u32(u32::from(value)).map(|letter| letter.encode_utf8(&mut buffer).as_bytes().to_vec());
    }
    u8::try_from(value).ok().map(|byte| vec![byte])
}
