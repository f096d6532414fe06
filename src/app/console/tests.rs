//! Keys, mouse and hostile output, without a container.

use super::Marking;
use super::emulator::Emulator;
use super::keys::{KeyModes, encode, paste};
use super::mouse;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use pretty_assertions::assert_eq;
use proptest::prelude::*;

fn key(code: KeyCode, modifiers: KeyModifiers) -> Vec<u8> {
    encode(KeyEvent::new(code, modifiers), KeyModes::default())
}

#[test]
fn keys_become_what_terminals_send() {
    let none = KeyModifiers::NONE;
    for (code, modifiers, bytes) in [
        (KeyCode::Char('é'), none, "é".as_bytes()),
        (KeyCode::Char('c'), KeyModifiers::CONTROL, b"\x03"),
        (KeyCode::Char('C'), KeyModifiers::CONTROL, b"\x03"),
        (KeyCode::Char(' '), KeyModifiers::CONTROL, b"\0"),
        (KeyCode::Char('5'), KeyModifiers::CONTROL, b"\x1d"),
        (KeyCode::Char(']'), KeyModifiers::CONTROL, b"\x1d"),
        (KeyCode::Char('7'), KeyModifiers::CONTROL, b"\x1f"),
        (KeyCode::Char('b'), KeyModifiers::ALT, b"\x1bb"),
        (KeyCode::Char('x'), KeyModifiers::ALT | KeyModifiers::CONTROL, b"\x1b\x18"),
        (KeyCode::Enter, none, b"\r"),
        (KeyCode::BackTab, KeyModifiers::SHIFT, b"\x1b[Z"),
        (KeyCode::Backspace, none, b"\x7f"),
        (KeyCode::Up, none, b"\x1b[A"),
        (KeyCode::Left, KeyModifiers::CONTROL, b"\x1b[1;5D"),
        (KeyCode::End, KeyModifiers::SHIFT, b"\x1b[1;2F"),
        (KeyCode::Delete, none, b"\x1b[3~"),
        (KeyCode::PageUp, KeyModifiers::ALT, b"\x1b[5;3~"),
        (KeyCode::F(1), none, b"\x1bOP"),
        (KeyCode::F(3), KeyModifiers::SHIFT, b"\x1b[1;2R"),
        (KeyCode::F(5), none, b"\x1b[15~"),
        (KeyCode::F(6), none, b"\x1b[17~"),
        (KeyCode::F(10), none, b"\x1b[21~"),
        (KeyCode::F(11), none, b"\x1b[23~"),
        (KeyCode::F(12), KeyModifiers::CONTROL, b"\x1b[24;5~"),
        (KeyCode::F(13), none, b"\x1b[25~"),
        (KeyCode::F(15), none, b"\x1b[28~"),
        (KeyCode::F(17), none, b"\x1b[31~"),
    ] {
        assert_eq!(key(code, modifiers), bytes, "{code:?} {modifiers:?}");
    }
    let application = KeyModes { application_cursor: true };
    assert_eq!(encode(KeyEvent::from(KeyCode::Up), application), b"\x1bOA");
    assert_eq!(encode(KeyEvent::new(KeyCode::Up, KeyModifiers::CONTROL), application), b"\x1b[1;5A");
}

#[test]
fn a_paste_cannot_break_out_of_its_frame() {
    assert_eq!(paste("ls\nrm\x1b[201~ -rf", true), b"\x1b[200~ls\rrm[201~ -rf\x1b[201~");
    assert_eq!(paste("one\r\ntwo", false), b"one\rtwo");
}

#[test]
fn the_mouse_is_told_where_it_is_asked_for() {
    let event = |kind| MouseEvent { kind, column: 0, row: 0, modifiers: KeyModifiers::NONE };
    let mut terminal = Emulator::new(20, 5, 0);
    let told = |terminal: &Emulator, kind, at| {
        let screen = terminal.screen();
        mouse::encode(event(kind), at, screen.mouse_protocol_mode(), screen.mouse_protocol_encoding())
    };
    let (down, up) = (MouseEventKind::Down(MouseButton::Left), MouseEventKind::Up(MouseButton::Left));
    assert_eq!(told(&terminal, down, (2, 3)), None);
    terminal.take(b"\x1b[?1000h");
    assert_eq!(told(&terminal, down, (2, 3)).unwrap(), b"\x1b[M #$");
    assert_eq!(told(&terminal, up, (2, 3)).unwrap(), b"\x1b[M##$");
    assert_eq!(told(&terminal, MouseEventKind::Drag(MouseButton::Left), (2, 3)), None);
    assert_eq!(told(&terminal, down, (300, 3)), None, "that encoding does not reach so far");
    terminal.take(b"\x1b[?1002h\x1b[?1006h");
    assert_eq!(told(&terminal, MouseEventKind::Drag(MouseButton::Left), (300, 3)).unwrap(), b"\x1b[<32;301;4M");
    assert_eq!(told(&terminal, up, (2, 3)).unwrap(), b"\x1b[<0;3;4m");
    assert_eq!(told(&terminal, MouseEventKind::ScrollDown, (0, 0)).unwrap(), b"\x1b[<65;1;1M");
}

#[test]
fn a_terminal_answers_what_terminals_are_asked() {
    let mut terminal = Emulator::new(20, 5, 10);
    assert_eq!(terminal.take(b"ab\x1b[6n"), b"\x1b[1;3R");
    assert_eq!(terminal.take(b"\x1b[5n\x1b[c"), b"\x1b[0n\x1b[?62;22c");
    // Titles, clipboards and sizes are none of its business.
    assert_eq!(terminal.take(b"\x1b]0;evil\x07\x1b]52;c;ZXZpbA==\x07\x1b]52;c;?\x07\x1b[8;99;99t"), b"");
    assert_eq!(terminal.size(), (20, 5));
    assert!(terminal.take(&b"\x1b[6n".repeat(100_000)).len() < 2048);
}

#[test]
fn what_was_scrolled_away_is_there_and_can_be_copied() {
    let mut terminal = Emulator::new(20, 3, 100);
    for line in 0..50 {
        terminal.take(format!("line {line}\r\n").as_bytes());
    }
    terminal.scroll_by(-2);
    assert_eq!(terminal.shown_text(), "line 46\nline 47\nline 48");
    // New output does not move what is being read.
    terminal.take(b"more\r\n");
    assert!(terminal.shown_text().starts_with("line 46"));
    terminal.scroll_by(isize::MIN);
    assert!(terminal.shown_text().starts_with("line 0\n"));
    let whole = terminal.whole_text();
    assert_eq!(whole.lines().count(), 51);
    assert!(whole.starts_with("line 0\nline 1\n") && whole.ends_with("line 49\nmore"), "{whole}");
    terminal.to_end();
    assert!(terminal.shown_text().ends_with("more"));
}

proptest! {
    #[test]
    fn no_output_harms_the_terminal(
        pieces in prop::collection::vec(prop::collection::vec(hostile(), 0..40), 1..12),
        sizes in prop::collection::vec((0u16..60, 0u16..20), 12),
    ) {
        let mut terminal = Emulator::new(10, 4, 20);
        for (piece, (columns, rows)) in pieces.iter().zip(sizes) {
            terminal.take(&piece.concat());
            let screen = terminal.screen();
            let (height, width) = screen.size();
            let (row, column) = screen.cursor_position();
            prop_assert!(row < height.get() && column <= width.get());
            prop_assert!(screen.scrollback_len() <= 20);
            terminal.scroll_by(-3);
            terminal.resize(columns, rows);
            prop_assert_eq!(terminal.size(), (columns.max(1), rows.max(1)));
            let _ = terminal.whole_text();
            let mut marking = Marking::new(terminal.screen(), columns, 0);
            marking.drag(3, isize::from(i16::try_from(rows).unwrap()) - 5);
            let _ = marking.text();
        }
    }

    #[test]
    fn every_key_is_bytes_that_do_not_panic(letter: char, ctrl: bool, alt: bool, shift: bool, number in 0u8..40) {
        let mut modifiers = KeyModifiers::NONE;
        modifiers.set(KeyModifiers::CONTROL, ctrl);
        modifiers.set(KeyModifiers::ALT, alt);
        modifiers.set(KeyModifiers::SHIFT, shift);
        prop_assert!(!key(KeyCode::Char(letter), modifiers).is_empty());
        let _ = key(KeyCode::F(number), modifiers);
    }
}

/// Pieces of what a hostile program writes: any bytes, and sequences with odd numbers.
fn hostile() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        prop::collection::vec(any::<u8>(), 0..20),
        (prop::sample::select(&b"ABCDEFGHJKLMPSTX@`bdfhlmnqrstu"[..]), any::<u16>(), any::<u16>(), any::<bool>())
            .prop_map(|(last, one, two, private)| {
                let mark = if private { "?" } else { "" };
                [format!("\x1b[{mark}{one};{two}").into_bytes(), vec![last]].concat()
            }),
        (prop::sample::select(&[6u16, 7, 25, 47, 1000, 1002, 1006, 1047, 1049, 2004][..]), any::<bool>())
            .prop_map(|(mode, on)| format!("\x1b[?{mode}{}", if on { 'h' } else { 'l' }).into_bytes()),
        prop::sample::select(
            &["漢", "e\u{301}", "👩‍👩‍👧", "\u{202e}", "\r\n", "\t", "\x1bM", "\x1b7", "\x1b8", "\x1bc"][..]
        )
        .prop_map(|text| text.as_bytes().to_vec()),
    ]
}
