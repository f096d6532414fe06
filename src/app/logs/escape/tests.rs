//! What terminals would do with these bytes, and that nothing harmful comes through.

use proptest::prelude::*;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::*;

fn text(line: &[u8]) -> String {
    spans(line, Window::ALL).into_iter().map(|span| span.text).collect()
}

fn style(line: &[u8]) -> SpanStyle {
    spans(line, Window::ALL).pop().map(|span| span.style).unwrap_or_default()
}

fn fg(colour: Colour) -> SpanStyle {
    SpanStyle { fg: Some(colour), ..SpanStyle::default() }
}

#[test]
fn harmless_text_is_left_alone() {
    assert_eq!(text(b"GET / 200"), "GET / 200");
    assert_eq!(text("日本 é 👩\u{200d}👩\u{200d}👧".as_bytes()), "日本 é 👩\u{200d}👩\u{200d}👧");
    assert_eq!(spans(b"", Window::ALL), []);
}

#[test]
fn what_is_not_shown_keeps_its_neighbours_apart() {
    let shown = spans(" \u{feff}\u{1f3fb}".as_bytes(), Window::ALL);
    let graphemes: Vec<&str> = shown.iter().flat_map(|span| span.text.graphemes(true)).collect();
    assert_eq!(graphemes, [" ", "\u{1f3fb}"]);
}

#[test]
fn tabs_reach_the_next_stop() {
    assert_eq!(text(b"a\tb"), "a       b");
    assert_eq!(text("日本\t|".as_bytes()), "日本    |");
    assert_eq!(text(b"12345678\t|"), "12345678        |");
}

#[test]
fn controls_are_shown_not_done() {
    assert_eq!(text(b"a\x07\x08\x00\x7fb"), "a^G^H^@^?b");
    assert_eq!(text(b"\xff\xc3("), "\u{fffd}\u{fffd}(");
    assert_eq!(text("\u{9b}31m \u{202e}x\u{2066}".as_bytes()), "\u{fffd}31m \u{fffd}x\u{fffd}");
}

#[test]
fn other_sequences_are_swallowed() {
    for sequence in [
        "\x1b[2J",
        "\x1b[10;20H",
        "\x1b[?1049h",
        "\x1b[>4;1m",
        "\x1b]0;title\x07",
        "\x1b]8;;http://x\x1b\\",
        "\x1bP+q\x1b\\",
        "\x1b_apc\x1b\\",
        "\x1bc",
        "\x1b(B",
        "\x1b=",
        "\x1b[6n",
    ] {
        assert_eq!(text(format!("a{sequence}b").as_bytes()), "ab", "{sequence:?}");
        assert_eq!(plain(format!("a{sequence}b").as_bytes()), "ab", "{sequence:?}");
    }
    for unterminated in ["\x1b", "\x1b[", "\x1b[12;", "\x1b]52;c;Zm9v", "\x1bPabc", "\x1b("] {
        assert_eq!(text(format!("a{unterminated}").as_bytes()), "a", "{unterminated:?}");
    }
    assert_eq!(text("\x1b[3é".as_bytes()), "é");
}

#[test]
fn colours_become_data() {
    assert_eq!(style(b"\x1b[31mx"), fg(Colour::Ansi(1)));
    assert_eq!(style(b"\x1b[97mx"), fg(Colour::Ansi(15)));
    assert_eq!(style(b"\x1b[38;5;9mx"), fg(Colour::Ansi(9)));
    assert_eq!(style(b"\x1b[38;5;200mx"), fg(Colour::Indexed(200)));
    assert_eq!(style(b"\x1b[38;2;1;2;3mx"), fg(Colour::Rgb(1, 2, 3)));
    assert_eq!(style(b"\x1b[38:2::1:2:3mx"), fg(Colour::Rgb(1, 2, 3)));
    assert_eq!(style(b"\x1b[38:2:1:2:3mx"), fg(Colour::Rgb(1, 2, 3)));
    assert_eq!(style(b"\x1b[58;5;3;38;5;20mx"), fg(Colour::Indexed(20)));
    assert_eq!(style(b"\x1b[31m\x1b[mx"), SpanStyle::default());
    assert_eq!(style(b"\x1b[1;2;22;3;23;4;4:0;7;27;31;39;44;49mx"), SpanStyle::default());
    let all = SpanStyle {
        fg: Some(Colour::Ansi(2)),
        bg: Some(Colour::Ansi(12)),
        bold: true,
        dim: true,
        italic: true,
        underline: true,
        reverse: true,
        part: Part::Plain,
    };
    assert_eq!(style(b"\x1b[1;2;3;4:3;7;32;104;999;5mx"), all);
}

#[test]
fn a_carriage_return_starts_over() {
    assert_eq!(text(b"10%\r50%\r100%"), "100%");
    assert_eq!(text(b"windows line\r"), "windows line");
    assert_eq!(text(b"10%\r\x1b[K"), "10%");
    assert_eq!(text(b"\x1b[31mloading\rdone"), "done");
    assert_eq!(style(b"\x1b[31mloading\rdone"), fg(Colour::Ansi(1)));
    assert_eq!(plain(b"10%\r\x1b[K50%\t!\r"), "50%\t!");
}

#[test]
fn a_cut_wide_character_leaves_a_space() {
    let shown = |start, width| -> String {
        spans("日本語".as_bytes(), Window { start, width }).into_iter().map(|span| span.text).collect()
    };
    assert_eq!(shown(0, 3), "日 ");
    assert_eq!(shown(1, 3), " 本");
    assert_eq!(shown(6, 3), "");
}

#[test]
fn an_enormous_line_is_cut_and_says_so() {
    let note = " … 19.8 MiB more of this line are not drawn: a file that it is saved to has them";
    let line = "é".repeat(10 << 20);
    assert_eq!(text(line.as_bytes()), "é".repeat(DRAWN_BYTES / 2) + note);
    let line = "x".repeat(20 << 20);
    assert_eq!(text(line.as_bytes()), "x".repeat(DRAWN_BYTES) + note);
    for (start, shown) in [(0, "xxx"), (DRAWN_BYTES - 3, "xxx"), (DRAWN_BYTES - 2, "xx "), (DRAWN_BYTES, " … ")] {
        let spans = spans(line.as_bytes(), Window { start, width: 3 });
        assert_eq!(spans.into_iter().map(|span| span.text).collect::<String>(), shown, "from column {start}");
    }
    assert!(text(&[b"long".repeat(DRAWN_BYTES), b"\rshort".to_vec()].concat()).contains("more of this line"));
    let marks = format!("e{}", "\u{301}".repeat(100_000));
    assert!(text(marks.as_bytes()).len() <= 64);
}

fn lines() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        prop::collection::vec(any::<u8>(), 0..12),
        "[ -~]{0,20}".prop_map(String::into_bytes),
        any::<String>().prop_map(String::into_bytes),
        prop::sample::select(vec![
            "\t",
            "\r",
            "\x1b[31m",
            "\x1b[0m",
            "\x1b[K",
            "\x1b]0;t\x07",
            "日本",
            "e\u{301}",
            "\u{301}",
            "🇩",
            "🇪",
            "👩\u{200d}👧",
            "\u{1f3fb}",
            "\u{fe0f}",
            "\u{600}",
            "\u{1100}",
            "\u{1161}",
            "\x07",
            "क्षि",
            "\u{200d}",
            "\u{feff}"
        ])
        .prop_map(|piece| piece.as_bytes().to_vec()),
        (prop::sample::select(vec!["x", "é", "日", "\u{301}"]), 0usize..700)
            .prop_map(|(piece, times)| piece.repeat(times).into_bytes()),
    ];
    prop::collection::vec(piece, 0..10).prop_map(|pieces| pieces.concat())
}

/// Every column of a line: what starts there (nothing behind a wide character) and its style.
fn cells(spans: &[Span]) -> Vec<(String, usize, SpanStyle)> {
    let graphemes = spans.iter().flat_map(|span| span.text.graphemes(true).map(|grapheme| (grapheme, span.style)));
    graphemes.map(|(grapheme, style)| (grapheme.to_owned(), grapheme.width(), style)).collect()
}

proptest! {
    #[test]
    fn nothing_harmful_comes_through(line in lines()) {
        let harmful = |c: char| c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        for span in spans(&line, Window::ALL) {
            prop_assert!(!span.text.is_empty());
            prop_assert!(!span.text.contains(harmful), "{:?}", span.text);
        }
        prop_assert!(!plain(&line).replace('\t', "").contains(harmful));
    }

    #[test]
    fn a_window_is_a_slice_of_the_whole(line in lines(), start in 0usize..120, width in 0usize..90) {
        let window = Window { start, width };
        let mut expected = Vec::new();
        let mut column = 0;
        for (grapheme, wide, style) in cells(&spans(&line, Window::ALL)) {
            let (from, to) = (column, column + wide);
            column = to;
            if from >= start && to <= window.end() {
                expected.push((grapheme, wide, style));
            } else {
                let cut = to.min(window.end()).saturating_sub(from.max(start));
                expected.extend(std::iter::repeat_n((" ".to_owned(), 1, style), cut));
            }
        }
        let shown = spans(&line, window);
        prop_assert_eq!(cells(&shown), expected);
        prop_assert!(shown.iter().map(|span| span.text.width()).sum::<usize>() <= width);
    }
}
