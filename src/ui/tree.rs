//! The tree of a JSON value: the Inspect tab.

use super::paint::{Canvas, Piece, row, shift};
use super::waiting;
use crate::app::App;
use crate::app::detail::Tab;
use crate::app::json_tree::{Fold, JsonTree, TreeRow};
use crate::app::layout::Pane;
use crate::config::Role;
use ratatui::layout::Rect;

/// Columns that one level is set in by.
const STEP: usize = 2;

pub fn draw(app: &App, room: Rect, canvas: &mut Canvas<'_>) {
    let inspect = &app.detail().inspect;
    let Some(tree) = inspect.tree().value() else {
        return waiting::draw(app, Tab::Inspect, inspect.tree().failure(), room, canvas);
    };
    rows(tree, app.focus == Pane::Detail, room, canvas);
}

/// The rows of a tree that fit; its cursor is seen where it has the focus.
pub fn rows(tree: &JsonTree, focused: bool, room: Rect, canvas: &mut Canvas<'_>) {
    for (index, line) in tree.visible(usize::from(room.height)).iter().enumerate() {
        let area = row(room, index);
        draw_row(canvas, area, line);
        if line.is_hit {
            canvas.tint(label_area(area, line), canvas.style(Role::Highlight));
        }
        if line.is_cursor && focused {
            canvas.select(area);
        }
    }
}

fn draw_row(canvas: &mut Canvas<'_>, area: Rect, line: &TreeRow) {
    let theme = canvas.theme;
    let (sign, value_role) = match line.fold {
        Fold::Leaf => ("  ", Role::Text),
        Fold::Open => ("▾ ", Role::Dim),
        Fold::Closed => ("▸ ", Role::Dim),
    };
    let colon = if line.label.is_empty() { "" } else { ": " };
    canvas.pieces(
        indented(area, line),
        &[
            Piece::role(theme, sign, Role::Dim),
            Piece::role(theme, line.label.clone(), Role::Accent),
            Piece::role(theme, colon, Role::Dim),
            Piece::role(theme, line.value.clone(), value_role),
        ],
    );
}

/// Deep trees keep some room for what they hold.
fn indented(area: Rect, line: &TreeRow) -> Rect {
    let columns = u16::try_from(line.depth * STEP).unwrap_or(u16::MAX);
    shift(area, columns.min(area.width / 2))
}

fn label_area(area: Rect, line: &TreeRow) -> Rect {
    shift(indented(area, line), 2)
}
