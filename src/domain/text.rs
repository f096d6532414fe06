//! Text for narrow columns: sizes, counts and ages in a few characters, and foreign text made safe and cut to a width.

use std::borrow::Cow;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// What stands in for a character that must not reach a terminal.
pub const REPLACEMENT: char = '\u{fffd}';

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// Bytes in at most four characters, in powers of 1024 as memory is counted: `0`, `812`, `1.2k`, `12M`, `3.4G`.
pub fn compact_bytes(bytes: u64) -> String {
    compact(bytes, 1024.0)
}

/// A number in at most four characters, in powers of 1000 as image sizes and network traffic are counted.
pub fn compact_count(count: u64) -> String {
    compact(count, 1000.0)
}

fn compact(value: u64, base: f64) -> String {
    let mut scaled = value as f64;
    let mut unit = "";
    for larger in ["k", "M", "G", "T", "P", "E"] {
        // Also 1000–1023 of a unit: five characters would push the column.
        if scaled < 999.5 {
            break;
        }
        scaled /= base;
        unit = larger;
    }
    if unit.is_empty() || scaled >= 9.95 { format!("{scaled:.0}{unit}") } else { format!("{scaled:.1}{unit}") }
}

/// Bytes with their unit written out, in powers of 1024: `512 B`, `12.1 GiB`.
pub fn long_bytes(bytes: u64) -> String {
    let mut scaled = bytes as f64;
    let mut unit = "B";
    for larger in ["KiB", "MiB", "GiB", "TiB", "PiB", "EiB"] {
        if scaled < 1023.95 {
            break;
        }
        scaled /= 1024.0;
        unit = larger;
    }
    if unit == "B" { format!("{bytes} B") } else { format!("{scaled:.1} {unit}") }
}

/// `1 line`, `12,031 lines`
pub fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{} {}", thousands(count), if count == 1 { one } else { many })
}

/// `12,031`
pub fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// An age in one number: `3s`, `5m`, `2h`, `3d`, `2w`, `4mo`, `2y`; a future time is `0s`.
///
/// The limits are the docker client's (47 hours, 13 days, 23 months), so that it agrees with the engine's own sentences.
pub fn age(seconds: i64) -> String {
    let (unit, letters) = match seconds {
        ..MINUTE => (1, "s"),
        MINUTE..HOUR => (MINUTE, "m"),
        HOUR.. if seconds < 2 * DAY => (HOUR, "h"),
        _ if seconds < 14 * DAY => (DAY, "d"),
        _ if seconds < 60 * DAY => (7 * DAY, "w"),
        _ if seconds < 730 * DAY => (30 * DAY, "mo"),
        _ => (365 * DAY, "y"),
    };
    format!("{}{letters}", seconds.max(0) / unit)
}

/// The same in steps of ten seconds below a minute, `<10s` at first: what stands on an idle screen must not tick.
pub fn calm_age(seconds: i64) -> String {
    match seconds {
        ..10 => "<10s".to_owned(),
        10..MINUTE => age(seconds / 10 * 10),
        _ => age(seconds),
    }
}

/// The columns that text takes when drawn, counted per grapheme as the drawing library does.
pub fn width(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.graphemes(true).map(UnicodeWidthStr::width).sum() }
}

/// The text cut to so many columns, with `…` as the last of them where something was cut. Never splits a grapheme.
pub fn truncate(text: &str, columns: usize) -> Cow<'_, str> {
    // The first test spares measuring the whole of a very long text.
    if text.len() <= columns && text.is_ascii() {
        return Cow::Borrowed(text);
    }
    if columns == 0 {
        // Combining marks alone take no column: they fit.
        return Cow::Borrowed(if width(text) == 0 { text } else { "" });
    }
    let mut used = 0;
    let mut end_before_ellipsis = 0;
    for (start, grapheme) in text.grapheme_indices(true) {
        used += grapheme.width();
        if used > columns {
            let kept = text.get(..end_before_ellipsis).unwrap_or_default();
            return Cow::Owned(format!("{kept}…"));
        }
        if used < columns {
            end_before_ellipsis = start + grapheme.len();
        }
    }
    Cow::Borrowed(text)
}

/// As [`truncate`], but whole folders go first: of a long path or image reference the last name tells most.
pub fn truncate_path(text: &str, columns: usize) -> Cow<'_, str> {
    if width(text) <= columns {
        return Cow::Borrowed(text);
    }
    let mut rest = text;
    while let Some((_, after)) = rest.split_once('/').filter(|(_, after)| !after.is_empty()) {
        rest = after;
        if width(rest) + 2 <= columns {
            return Cow::Owned(format!("…/{rest}"));
        }
    }
    truncate(rest, columns)
}

/// The byte offset behind as many whole graphemes as fit into so many columns; at least one, so that cutting goes on.
pub fn cut(text: &str, columns: usize) -> usize {
    let mut used = 0;
    for (start, grapheme) in text.grapheme_indices(true) {
        used += grapheme.width();
        if used > columns && start > 0 {
            return start;
        }
    }
    text.len()
}

/// Foreign text made safe to draw on one line: control characters, line separators and direction marks are replaced by
/// `�` (a tab by a space), so that a name can neither steer the terminal nor pretend to be another.
pub fn clean(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_unsafe) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(
        text.chars()
            .map(|character| match character {
                '\t' => ' ',
                character if is_unsafe(character) => REPLACEMENT,
                character => character,
            })
            .collect(),
    )
}

/// Whether a character may steer the terminal, end the line or turn the direction of the text.
pub fn is_unsafe(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Breaks text into lines of at most `width` columns, at blanks where there are any.
pub fn wrapped(text: &str, columns: usize) -> Vec<String> {
    let columns = columns.max(1);
    let cleaned = clean(text);
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in cleaned.split(' ') {
        let mut word = word;
        if !line.is_empty() && width(&line) + 1 + width(word) > columns {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        while width(word) > columns {
            let cut = cut(word, columns);
            let (head, tail) = word.split_at(cut);
            lines.push(head.to_owned());
            word = tail;
        }
        line.push_str(word);
    }
    lines.push(line);
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn sizes_fit_four_characters() {
        for (bytes, text) in [
            (0, "0"),
            (812, "812"),
            (999, "999"),
            (1000, "1.0k"),
            (1229, "1.2k"),
            (12 << 20, "12M"),
            (1023 << 20, "1.0G"),
            (3_650_722_201, "3.4G"),
            (u64::MAX, "16E"),
        ] {
            assert_eq!(compact_bytes(bytes), text);
        }
        assert_eq!(compact_count(1_234), "1.2k");
        assert_eq!(compact_count(192_400_000), "192M");
        assert_eq!(long_bytes(512), "512 B");
        assert_eq!(long_bytes(12_992_276_070), "12.1 GiB");
        assert_eq!(long_bytes((1 << 20) - 1), "1.0 MiB");
    }

    #[test]
    fn paths_lose_whole_folders_first() {
        for (columns, text) in [
            (99, "registry.example.com/shop/api:2.14.0"),
            (18, "…/shop/api:2.14.0"),
            (12, "…/api:2.14.0"),
            (10, "api:2.14.0"),
            (6, "api:2…"),
        ] {
            assert_eq!(truncate_path("registry.example.com/shop/api:2.14.0", columns), text);
        }
        assert_eq!(truncate_path("nginx:1.27-alpine", 10), "nginx:1.2…");
    }

    #[test]
    fn ages_turn_over_where_dockers_do() {
        for (seconds, text) in [
            (-5, "0s"),
            (3, "3s"),
            (60, "1m"),
            (3_599, "59m"),
            (2 * HOUR, "2h"),
            (47 * HOUR, "47h"),
            (3 * DAY, "3d"),
            (14 * DAY, "2w"),
            (120 * DAY, "4mo"),
            (800 * DAY, "2y"),
        ] {
            assert_eq!(age(seconds), text);
        }
    }

    #[test]
    fn cutting_keeps_graphemes_whole() {
        assert_eq!(truncate("container", 9), "container");
        assert_eq!(truncate("container", 5), "cont…");
        assert_eq!(truncate("container", 1), "…");
        assert_eq!(truncate("container", 0), "");
        assert_eq!(truncate("日本語", 5), "日本…");
        assert_eq!(truncate("日本語", 4), "日…");
        assert_eq!(truncate("e\u{301}e\u{301}e\u{301}", 2), "e\u{301}…");
    }

    #[test]
    fn hostile_names_are_defused() {
        assert_eq!(clean("web"), "web");
        assert_eq!(clean("a\x1b[31mb\tc\n"), "a�[31mb c�");
        assert_eq!(clean("\u{202e}gpj.exe\u{2066}\u{061c}\u{200f}\u{9b}\u{2028}"), "�gpj.exe�����");
        assert_eq!(clean("👩\u{200d}🚀 naïve"), "👩\u{200d}🚀 naïve");
    }

    proptest! {
        #[test]
        fn a_cut_text_fits_and_stays_a_beginning(text in "\\PC*", columns in 0_usize..40) {
            let cut = truncate(&text, columns);
            prop_assert!(width(&cut) <= columns);
            let kept = if *cut == *text { &*cut } else { cut.strip_suffix('…').unwrap_or(&cut) };
            prop_assert!(text.starts_with(kept));
            let boundary = text.grapheme_indices(true).map(|(at, _)| at).any(|at| at == kept.len());
            prop_assert!(boundary || kept.len() == text.len());
            if width(&text) <= columns {
                prop_assert_eq!(&*cut, &*text);
            }
        }

        #[test]
        fn cleaned_text_is_harmless_and_cleaning_twice_changes_nothing(text in any::<String>()) {
            let once = clean(&text).into_owned();
            prop_assert!(!once.chars().any(is_unsafe));
            prop_assert_eq!(clean(&once), once.as_str());
        }

        #[test]
        fn sizes_never_exceed_their_column(bytes in any::<u64>()) {
            prop_assert!(compact_bytes(bytes).len() <= 4);
            prop_assert!(compact_count(bytes).len() <= 4);
        }
    }
}
