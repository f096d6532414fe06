//! A framed pane: rounded border, a title line, words at the foot.

use super::paint::{Canvas, Piece, total};
use crate::app::layout::inside;
use crate::config::Role;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// Draws the frame; gives the room inside it.
pub fn draw(canvas: &mut Canvas<'_>, area: Rect, focused: bool, title: &[Piece], foot: &[Piece]) -> Rect {
    let style = canvas.style(if focused { Role::BorderFocused } else { Role::Border });
    draw_in(canvas, area, style, title, foot)
}

/// The same with a frame in a style of its own.
pub fn draw_in(canvas: &mut Canvas<'_>, area: Rect, style: Style, title: &[Piece], foot: &[Piece]) -> Rect {
    border(canvas, area, style);
    if area.height >= 1 && area.width > 4 {
        let top = Rect { x: area.x + 1, width: area.width - 2, height: 1, ..area };
        titled(canvas, top, title);
        if area.height >= 2 {
            let bottom = Rect { y: area.bottom() - 1, ..top };
            if !foot.is_empty() {
                let padded = pad(foot, style);
                let room = Rect { width: bottom.width.saturating_sub(1), ..bottom };
                canvas.pieces_right(room, &padded);
            }
        }
    }
    inside(area)
}

fn titled(canvas: &mut Canvas<'_>, top: Rect, title: &[Piece]) {
    if title.is_empty() {
        return;
    }
    let padded = pad(title, Style::new());
    let columns = u16::try_from(total(&padded)).unwrap_or(u16::MAX);
    // The frame's own colour would show through wherever a piece has none.
    canvas.fill(Rect { width: columns.min(top.width), ..top }, canvas.theme.text());
    canvas.pieces(top, &padded);
}

fn pad(pieces: &[Piece], style: Style) -> Vec<Piece> {
    let blank = || Piece::new(" ", style);
    std::iter::once(blank()).chain(pieces.iter().cloned()).chain([blank()]).collect()
}

/// A rounded border in a style.
pub fn border(canvas: &mut Canvas<'_>, area: Rect, style: Style) {
    if area.width < 2 || area.height < 2 {
        return;
    }
    let (right, bottom) = (area.right() - 1, area.bottom() - 1);
    let mut put = |x: u16, y: u16, symbol: &str| {
        if let Some(cell) = canvas.buffer.cell_mut((x, y)) {
            cell.set_symbol(symbol).set_style(style);
        }
    };
    for x in area.x + 1..right {
        put(x, area.y, "─");
        put(x, bottom, "─");
    }
    for y in area.y + 1..bottom {
        put(area.x, y, "│");
        put(right, y, "│");
    }
    put(area.x, area.y, "╭");
    put(right, area.y, "╮");
    put(area.x, bottom, "╰");
    put(right, bottom, "╯");
}
