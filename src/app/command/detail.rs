//! Commands of the detail pane: its tabs, scrolling.

use crate::app::App;
use crate::app::commands::Readiness;
use crate::app::detail::Tab;
use crate::app::dialog::Dialog;
use crate::app::dialog::text_page::TextPage;
use crate::app::layout::{Pane, inside};
use crate::app::listing::Place;
use crate::app::logs::Viewport;
use crate::app::update::Effects;
use crate::app::view::detail_tabs;

/// Shows the tab `step` places on.
pub fn step_tab(app: &mut App, step: isize) {
    if app.place == Place::Hosts {
        return;
    }
    app.together = None;
    let host = app.host_mut();
    let tabs = host.view.tabs();
    let place = tabs.iter().position(|tab| *tab == host.detail.tab(host.view)).unwrap_or(0);
    let next = (place as isize + step).rem_euclid(tabs.len().max(1) as isize) as usize;
    if let Some(tab) = tabs.get(next) {
        host.detail.set_tab(host.view, *tab);
    }
}

/// Shows a tab and gives it the focus.
pub fn open_tab(app: &mut App, tab: Tab) {
    app.together = None;
    let host = app.host_mut();
    host.detail.set_tab(host.view, tab);
    app.focus = Pane::Detail;
}

/// A click on the pane's title, `column` from its left end.
pub fn click_tab(app: &mut App, column: u16) {
    if app.place == Place::Hosts {
        return;
    }
    let hit = detail_tabs(app).into_iter().find(|(_, columns)| columns.contains(&column));
    if let Some((tab, _)) = hit {
        let host = app.host_mut();
        host.detail.set_tab(host.view, tab);
    }
}

/// A click inside the pane, `row` from its first row.
pub fn click_row(app: &mut App, row: u16) {
    if app.place == Place::Hosts {
        return;
    }
    let viewport = viewport(app);
    app.detail_mut().select_shown(usize::from(row), viewport);
}

pub fn has_row(app: &App) -> Readiness {
    let row = (app.place != Place::Hosts).then(|| app.detail().row_in_full(&app.zone)).flatten();
    row.map(drop).ok_or_else(|| "no row is selected".into())
}

/// Shows the row under the cursor on a page of its own.
pub fn read_row(app: &mut App, _: &mut Effects) {
    if let Some((title, text)) = app.detail().row_in_full(&app.zone) {
        app.dialogs.push(Dialog::Text(TextPage::new(title, text)));
    }
}

/// Scrolls the pane by lines.
pub fn scroll(app: &mut App, lines: isize) {
    if app.place == Place::Hosts {
        return super::hosts::scroll(app, lines);
    }
    let viewport = viewport(app);
    app.detail_mut().move_by(lines, viewport);
}

/// Scrolls by half pages; of a whole one, one row stays in sight.
pub fn page(app: &mut App, halves: isize) {
    let height = viewport(app).height.saturating_sub(1).max(2) as isize;
    scroll(app, height * halves / 2);
}

pub fn top(app: &mut App, _: &mut Effects) {
    if app.place == Place::Hosts {
        return super::hosts::scroll(app, isize::MIN);
    }
    let viewport = viewport(app);
    app.detail_mut().to_top(viewport);
}

pub fn bottom(app: &mut App, _: &mut Effects) {
    if app.place == Place::Hosts {
        return super::hosts::scroll(app, isize::MAX);
    }
    let viewport = viewport(app);
    app.detail_mut().to_end(viewport);
}

pub fn sideways(app: &mut App, steps: isize) {
    if app.place == Place::Hosts {
        return;
    }
    let viewport = viewport(app);
    app.detail_mut().move_sideways(steps, viewport);
}

/// Shows secrets, or hides them again.
pub fn reveal(app: &mut App, _: &mut Effects) {
    app.detail_mut().toggle_reveal();
}

/// The inside of the pane.
pub fn viewport(app: &App) -> Viewport {
    let room = inside(app.layout().detail);
    Viewport { width: usize::from(room.width), height: usize::from(room.height) }
}
