//! What an xterm would show, whatever pieces the bytes come in.

use super::*;
use pretty_assertions::assert_eq;
use proptest::prelude::*;

/// What a screen of 20 by 4 shows of the bytes, in pieces of that size.
fn shown(bytes: &[u8], piece: usize) -> String {
    let mut parser = Parser::new(4.try_into().unwrap(), 20.try_into().unwrap(), 0);
    let mut dialect = Dialect::default();
    for piece in bytes.chunks(piece) {
        dialect.process(&mut parser, piece);
    }
    parser.screen().contents()
}

#[test]
fn sequences_do_what_they_do_in_an_xterm() {
    for (bytes, expected) in [
        ("\x1b(0lqqk\x1b(B lqk", "┌──┐ lqk"),
        ("\x1b)0\x0exmj\x0f xmj", "│└┘ xmj"),
        ("\x1b(0x\x1bcx", "x"),
        ("one\ttwo\x1b[2ZX", "Xne     two"),
        ("one\ttwo\x1b[ZX", "one     Xwo"),
        ("\x1b[2IX", "                X"),
        ("ab\x1b[scd\x1b[uX", "abXd"),
        ("ab\x1b[?1048hcd\x1b[?1048lX", "abXd"),
        ("ab\x1b[2aX", "ab  X"),
        ("a\x1b[eX", "a\n X"),
        ("a\x1bDb\x1bEc", "a\n b\nc"),
        ("a\x1b[3bX", "aaaaX"),
        ("a\x1b[65535bX", "aaaaaaaaaaaaaaaaaaaaaX"),
        ("one\x1b[?1047htwo\x1b[?1047lX", "oneX"),
        // Sequences within titles are the title's.
        ("a\x1b]0;\x1b\\b\x1b]2;(0lqk\x07lqk", "ablqk"),
        ("a\x1bP(0\x07q\x1b\\b", "ab"),
        ("a\x1b[\x18b", "ab"),
        ("a\x1b[1\x1b[31mb", "ab"),
    ] {
        for piece in [1, 2, 3, 100] {
            assert_eq!(shown(bytes.as_bytes(), piece), expected, "{bytes:?} in pieces of {piece}");
        }
    }
}

#[test]
fn colours_with_colons_are_colours_and_those_of_underlines_nothing_else() {
    let told = |text: &str| colours(text).map(|said| String::from_utf8(said).unwrap());
    assert_eq!(told("1;31"), None);
    assert_eq!(told("38:2::1:2:3;4:3").unwrap(), "\x1b[38;2;1;2;3;4m");
    assert_eq!(told("48:5:9;4:0").unwrap(), "\x1b[48;5;9;24m");
    assert_eq!(told("1;58;2;9;0;0;3").unwrap(), "\x1b[1;3m");
    assert_eq!(told("58:5:1").unwrap(), "");
}

proptest! {
    #[test]
    fn pieces_make_no_difference(bytes in prop::collection::vec(sample(), 0..200), piece in 1usize..9) {
        prop_assert_eq!(shown(&bytes, piece), shown(&bytes, bytes.len().max(1)));
    }

    #[test]
    fn what_vt100_knows_is_left_alone(text in "[ -~äß漢\r\n]{0,80}", number in 0u16..9) {
        let bytes = format!("{text}\x1b[{number};2H{text}\x1b[{number}K\x1b[1;3{number}mx\x1b[?25l").into_bytes();
        let mut plain = Parser::new(4.try_into().unwrap(), 20.try_into().unwrap(), 0);
        plain.process(&bytes);
        prop_assert_eq!(shown(&bytes, 3), plain.screen().contents());
    }
}

/// Bytes that sequences are made of.
fn sample() -> impl Strategy<Value = u8> {
    prop_oneof![
        3 => prop::sample::select(&b"\x1b\x1b\x1b[[[]P();0123?!:mqxbsuZIaeDEhlp\x07\x0e\x0f\x18\\"[..]),
        1 => any::<u8>(),
    ]
}
