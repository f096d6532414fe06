//! What any bytes of an engine's log stream go through, up to the rows that are drawn: no panic, nothing a terminal would
//! obey, no more memory than is allowed, and the same rows wherever the pieces of the stream end.
//!
//! Who has `cargo fuzz` makes a target of it by `fuzz_target!(|data: &[u8]| target::fuzz(data));`. Without it the example
//! `fuzz_logs` beside this file takes files, the standard input, or bytes of its own making.

use dockerui_tui::app::logs::{JsonLook, LogView, Timestamps, Viewport};
use dockerui_tui::domain::LogChunk;
use dockerui_tui::engine::{Demultiplexer, LogLines};

/// Bytes looked at: longer input finds nothing more.
const MOST: usize = 64 * 1024;
/// Holds all that so many bytes can become.
const ROOM: usize = 64 << 20;
/// Holds little of it; the least that a log may be given.
const LITTLE: usize = 16 * 1024;
const PANE: Viewport = Viewport { width: 61, height: 17 };

/// How the log is read and looked at, by the first two bytes.
#[derive(Clone, Copy)]
struct Look {
    is_terminal: bool,
    wrap: bool,
    json: JsonLook,
    timestamps: Timestamps,
    cut: usize,
}

/// Panics where something is not as it should be.
pub fn fuzz(data: &[u8]) {
    let [options, cut, stream @ ..] = data else { return };
    let look = Look {
        is_terminal: options & 1 != 0,
        wrap: options & 2 != 0,
        json: if options & 4 != 0 { JsonLook::Formatted } else { JsonLook::Off },
        timestamps: if options & 8 != 0 { Timestamps::Full } else { Timestamps::Off },
        cut: usize::from(*cut) + 1,
    };
    let stream = stream.get(..MOST).unwrap_or(stream);
    let whole = rows(&mut read(look, stream, MOST, ROOM));
    assert_eq!(rows(&mut read(look, stream, look.cut, ROOM)), whole, "cut into {} bytes each", look.cut);
    rows(&mut read(look, stream, look.cut, LITTLE));
}

/// Reads the stream in pieces of so many bytes, as the engine's end and the pane do.
fn read(look: Look, stream: &[u8], piece: usize, memory: usize) -> LogView {
    let mut view = LogView::new(memory);
    view.set_wrap(look.wrap);
    view.set_json(look.json);
    view.set_timestamps(look.timestamps);
    let (mut demultiplexer, mut lines) = (Demultiplexer::default(), LogLines::default());
    for bytes in stream.chunks(piece) {
        if look.is_terminal {
            lines.terminal(bytes);
        } else if demultiplexer.push(bytes, |stream, payload| lines.message(stream, payload)).is_err() {
            // What is no stream is not read on.
            break;
        }
        take(&mut lines, &mut view, memory);
    }
    lines.finish();
    take(&mut lines, &mut view, memory);
    view
}

fn take(lines: &mut LogLines, view: &mut LogView, memory: usize) {
    let Some(chunk) = lines.take() else { return };
    assert!(chunk.bytes.len() <= 2 * MOST, "{} bytes of lines", chunk.bytes.len());
    let longest = longest(&chunk);
    view.append(chunk);
    // One line alone is kept however long it is.
    assert!(view.store().cost() <= memory.max(2 * longest + 1024), "{} bytes are held", view.store().cost());
}

fn longest(chunk: &LogChunk) -> usize {
    (0..chunk.lines.len()).map(|index| chunk.text(index).len()).max().unwrap_or(0)
}

/// All rows from the first to the last, as they are drawn.
fn rows(view: &mut LogView) -> Vec<String> {
    let mut rows = Vec::new();
    let mut last = None;
    view.to_top();
    loop {
        let known = rows.len();
        for row in view.visible(PANE) {
            if last.is_some_and(|last| last >= (row.line, row.row)) {
                continue;
            }
            last = Some((row.line, row.row));
            let text: String = row.spans.iter().map(|span| span.text.as_str()).collect();
            let harmful = |letter: &char| letter.is_control() || is_direction(*letter);
            assert_eq!(text.chars().find(harmful), None, "in {text:?}");
            rows.push(text);
        }
        if rows.len() == known {
            return rows;
        }
        view.page(1, PANE);
    }
}

/// Characters that make a terminal show what follows in another order.
fn is_direction(letter: char) -> bool {
    matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{61c}')
}
