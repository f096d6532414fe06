//! The last look before a frame is written: nothing in it may steer the terminal.

use crate::domain::text::is_unsafe;
use ratatui::buffer::Buffer;

/// Replaces every cell that holds something unsafe. Texts are cleaned where they are drawn; this catches what was missed.
pub fn sanitise(buffer: &mut Buffer) {
    for cell in &mut buffer.content {
        let symbol = cell.symbol();
        let may_be_unsafe = !symbol.is_ascii() || symbol.as_bytes().first().is_some_and(u8::is_ascii_control);
        if may_be_unsafe && symbol.chars().any(is_unsafe) {
            cell.set_symbol("\u{fffd}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::layout::Rect;

    #[test]
    fn nothing_unsafe_is_left() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 4, 1));
        buffer.content[0].set_symbol("\x1b");
        buffer.content[1].set_symbol("a\u{202e}");
        buffer.content[2].set_symbol("é");
        sanitise(&mut buffer);
        assert_eq!(buffer.content[0].symbol(), "\u{fffd}");
        assert_eq!(buffer.content[1].symbol(), "\u{fffd}");
        assert_eq!(buffer.content[2].symbol(), "é");
    }
}
