//! Draws the state: a pure picture of it, one small file per region.
//!
//! ```text
//! header    host, engine, counts, load
//! tabs      1 Containers 16  2 Images 40  …
//! list      ╭ Containers ─ sort ─ filter ╮
//! detail    ╭ web ─ Logs · Stats · … ────╮
//! console   ╭ 1 web: sh · 2 db: psql ────╮   where a session has one
//! footer    keys                  notice
//! ```
//! Dialogs lie over all of it. Nothing here changes anything; sizes come from `app::layout`.

mod api;
mod audit;
mod build_page;
mod chart;
mod confirm;
mod console_pane;
mod detail;
mod dialog;
mod files_pane;
mod finder;
mod footer;
mod form;
mod guard;
mod header;
mod help;
mod host_page;
mod host_picker;
mod jobs;
mod links_pane;
mod list;
mod log_names;
mod log_pane;
mod menu;
mod messages;
mod overview;
mod paint;
mod palette;
mod pane;
mod platforms_pane;
mod question;
mod requests;
mod rows_pane;
mod search_images;
mod stats_pane;
mod system_pane;
mod tabs;
#[cfg(test)]
mod tests;
mod text_page;
mod theme;
mod tree;
mod trial;
mod waiting;

pub use paint::{Canvas, Piece};
pub use theme::Theme;

use crate::app::App;
use crate::app::dialog::click::Spot;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

/// Draws all of it into a buffer of the size of `app.area`, and says where the text cursor is. Gives what
/// can be clicked, with the places where it stands: of the dialog on top if there is one.
pub fn draw(app: &App, theme: &Theme, buffer: &mut Buffer, cursor: &mut Option<Position>) -> Vec<(Rect, Spot)> {
    let layout = app.layout();
    let mut canvas = Canvas { buffer, theme, cursor: None, spots: Vec::new() };
    canvas.fill(app.area, theme.text());
    header::draw(app, layout.header, &mut canvas);
    tabs::draw(app, layout.tabs, &mut canvas);
    list::draw(app, layout.list, &mut canvas);
    detail::draw(app, layout.detail, &mut canvas);
    console_pane::draw(app, layout.console, &mut canvas);
    footer::draw(app, layout.footer, &mut canvas);
    dialog::draw(app, &mut canvas);
    *cursor = canvas.cursor;
    let spots = canvas.spots;
    guard::sanitise(buffer);
    spots
}
