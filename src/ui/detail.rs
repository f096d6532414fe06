//! The detail pane: its title with the tabs, and the tab's own picture.

use super::paint::{Canvas, Piece};
use super::{log_pane, pane};
use crate::app::App;
use crate::app::detail::Tab;
use crate::app::layout::Pane;
use crate::app::view::detail_title;
use crate::config::Role;
use ratatui::layout::Rect;

pub fn draw(app: &App, area: Rect, canvas: &mut Canvas<'_>) {
    if area.is_empty() {
        return;
    }
    let host = app.host();
    if host.detail.subject().is_none() {
        pane::draw(canvas, area, app.focus == Pane::Detail, &[], &[]);
        return;
    }
    let tab = host.detail.tab(host.view);
    let foot = match tab {
        Tab::Logs => log_pane::foot(app, canvas),
        Tab::Stats | Tab::Top | Tab::Inspect | Tab::Env | Tab::Changes | Tab::History => Vec::new(),
    };
    let room = pane::draw(canvas, area, app.focus == Pane::Detail, &title(app, tab, canvas), &foot);
    match tab {
        Tab::Logs => log_pane::draw(app, room, canvas),
        Tab::Stats | Tab::Top | Tab::Inspect | Tab::Env | Tab::Changes | Tab::History => {}
    }
}

fn title(app: &App, shown: Tab, canvas: &Canvas<'_>) -> Vec<Piece> {
    let host = app.host();
    let mut pieces = vec![Piece::role(canvas.theme, detail_title(host), Role::Title)];
    for (index, tab) in Tab::of(host.view).iter().enumerate() {
        pieces.push(Piece::role(canvas.theme, if index == 0 { " ─ " } else { " · " }, Role::Dim));
        let role = if *tab == shown { Role::Accent } else { Role::Dim };
        pieces.push(Piece::role(canvas.theme, tab.title(), role));
    }
    pieces
}
