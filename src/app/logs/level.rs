//! How serious a log line says it is, guessed from the forms that loggers write.

use super::escape::plain;

/// Bytes looked at: levels stand in front.
const LOOKED_AT: usize = 192;
/// In a JSON object the level may stand anywhere.
const LOOKED_AT_IN_JSON: usize = 2048;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    Debug,
    Info,
    Warn,
    Error,
}

/// The level of a raw line: `level=error`, `"level":"error"`, `"level":50`, `[warn]`, `ERROR`, `error:`, `E1120 …`.
pub fn level_of(line: &[u8]) -> Option<Level> {
    let limit = if line.first() == Some(&b'{') { LOOKED_AT_IN_JSON } else { LOOKED_AT };
    let head = line.get(..limit).unwrap_or(line);
    if head.contains(&0x1b) { level_of_text(plain(head).as_bytes()) } else { level_of_text(head) }
}

fn level_of_text(text: &[u8]) -> Option<Level> {
    keyed(text).or_else(|| initial(text)).or_else(|| worded(text))
}

/// `level=warn`, `lvl="warn"`, `"severity": "WARNING"`, `"level":40`.
fn keyed(text: &[u8]) -> Option<Level> {
    let mut from = 0;
    while let Some(offset) = text.get(from..)?.iter().position(|byte| matches!(byte, b'=' | b':')) {
        let at = from + offset;
        from = at + 1;
        let before = text.get(..at)?;
        let (key, quoted) = before.strip_suffix(b"\"").map_or((before, false), |key| (key, true));
        if [b"level".as_slice(), b"lvl", b"severity", b"levelname"].iter().any(|name| ends_with(key, name)) {
            let value = text.get(from..)?.trim_ascii_start();
            let value = value.strip_prefix(b"\"").unwrap_or(value);
            let length = value.iter().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(value.len());
            let word = value.get(..length)?;
            let level = named(word).or_else(|| if quoted { numbered(word) } else { None });
            if level.is_some() {
                return level;
            }
        }
    }
    None
}

fn ends_with(text: &[u8], word: &[u8]) -> bool {
    let start = text.len().checked_sub(word.len());
    start.and_then(|start| text.get(start..)).is_some_and(|end| end.eq_ignore_ascii_case(word))
}

/// `E1120 17:46:10.000000`, as Google's loggers write.
fn initial(text: &[u8]) -> Option<Level> {
    let [initial, a, b, c, d, b' ', ..] = text else { return None };
    if ![a, b, c, d].iter().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    match initial {
        b'E' | b'F' => Some(Level::Error),
        b'W' => Some(Level::Warn),
        b'I' => Some(Level::Info),
        _ => None,
    }
}

/// The first word that stands as a level: in capitals, in brackets, or before a colon.
fn worded(text: &[u8]) -> Option<Level> {
    let mut end = 0;
    loop {
        let start = end + text.get(end..)?.iter().position(u8::is_ascii_alphabetic)?;
        let rest = text.get(start..)?;
        end = start + rest.iter().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(rest.len());
        let word = text.get(start..end)?;
        let before = start.checked_sub(1).and_then(|at| text.get(at)).copied();
        let after = text.get(end).copied();
        let bracketed =
            matches!((before, after), (Some(b'['), Some(b']')) | (Some(b'<'), Some(b'>')) | (Some(b'('), Some(b')')));
        if let Some(level) = named(word)
            && (bracketed || after == Some(b':') || word.iter().all(u8::is_ascii_uppercase))
            // `--debug`, `/error:`, `x.err`: parts of something else.
            && !matches!(before, Some(b'-' | b'/' | b'.' | b'_'))
        {
            return Some(level);
        }
        let thrown = word.ends_with(b"Error") || word.ends_with(b"Exception");
        if (thrown && after == Some(b':')) || (start == 0 && word == b"Traceback") {
            return Some(Level::Error);
        }
    }
}

fn named(word: &[u8]) -> Option<Level> {
    const NAMES: [(Level, &[&[u8]]); 4] = [
        (Level::Info, &[b"info", b"inf", b"notice", b"information"]),
        (
            Level::Error,
            &[b"error", b"err", b"fatal", b"ftl", b"critical", b"crit", b"panic", b"severe", b"emerg", b"alert"],
        ),
        (Level::Warn, &[b"warn", b"warning", b"wrn"]),
        (Level::Debug, &[b"debug", b"dbg", b"dbug", b"trace", b"trc", b"verbose"]),
    ];
    let is = |name: &&[u8]| word.eq_ignore_ascii_case(name);
    NAMES.iter().find(|(_, names)| names.iter().any(is)).map(|(level, _)| *level)
}

/// The numbers of bunyan and pino.
fn numbered(word: &[u8]) -> Option<Level> {
    match str::from_utf8(word).ok()?.parse::<u8>().ok()? {
        10 | 20 => Some(Level::Debug),
        30 => Some(Level::Info),
        40 => Some(Level::Warn),
        50 | 60 => Some(Level::Error),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_forms_of_loggers() {
        for (line, level) in [
            ("2026-11-20 17:46:10,000 ERROR main - no", Some(Level::Error)),
            ("2026-11-20 [warn] 12#12: low", Some(Level::Warn)),
            ("time=\"2026\" level=error msg=\"INFO is no help\"", Some(Level::Error)),
            ("lvl=dbug msg=x", Some(Level::Debug)),
            ("{\"msg\":\"fatal\",\"level\":\"info\"}", Some(Level::Info)),
            ("{\"level\": 50,\"msg\":\"x\"}", Some(Level::Error)),
            ("{\"severity\":\"WARNING\"}", Some(Level::Warn)),
            ("{\"levelname\": \"DEBUG\"}", Some(Level::Debug)),
            ("\x1b[31mERROR\x1b[0m no", Some(Level::Error)),
            ("[17:46:10 WRN] slow", Some(Level::Warn)),
            ("E1120 17:46:10.000000       1 main.go:1] no", Some(Level::Error)),
            ("error: no such file", Some(Level::Error)),
            ("panic: runtime error", Some(Level::Error)),
            ("java.lang.NullPointerException: x", Some(Level::Error)),
            ("Traceback (most recent call last):", Some(Level::Error)),
            ("2026 INFO no ERROR seen", Some(Level::Info)),
            ("started with --debug: yes", None),
            ("0 errors, no warning", None),
            ("water level: 50", None),
            ("GET /error/ 200", None),
            ("", None),
        ] {
            assert_eq!(level_of(line.as_bytes()), level, "{line}");
        }
    }

    #[test]
    fn a_level_far_behind_in_json_counts_and_in_prose_does_not() {
        let message = "x".repeat(1_000);
        assert_eq!(level_of(format!("{{\"msg\":\"{message}\",\"level\":\"warn\"}}").as_bytes()), Some(Level::Warn));
        assert_eq!(level_of(format!("{message} ERROR").as_bytes()), None);
    }
}
