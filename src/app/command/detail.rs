//! Commands of the detail pane.

use crate::app::App;
use crate::app::detail::Tab;
use crate::app::layout::Pane;
use crate::app::view::detail_tabs;

/// Shows the tab `step` places on.
pub fn step_tab(app: &mut App, step: isize) {
    let host = app.host_mut();
    let tabs = Tab::of(host.view);
    let place = tabs.iter().position(|tab| *tab == host.detail.tab(host.view)).unwrap_or(0);
    let next = (place as isize + step).rem_euclid(tabs.len().max(1) as isize) as usize;
    if let Some(tab) = tabs.get(next) {
        host.detail.set_tab(host.view, *tab);
    }
}

/// Shows a tab and gives it the focus.
pub fn open_tab(app: &mut App, tab: Tab) {
    let host = app.host_mut();
    host.detail.set_tab(host.view, tab);
    app.focus = Pane::Detail;
}

/// A click on the pane's title, `column` from its left end.
pub fn click_tab(app: &mut App, column: u16) {
    let host = app.host_mut();
    let hit = detail_tabs(host).into_iter().find(|(_, columns)| columns.contains(&column));
    if let Some((tab, _)) = hit {
        host.detail.set_tab(host.view, tab);
    }
}

/// Scrolls the pane by lines.
pub fn scroll(_app: &mut App, _lines: isize) {}
