//! Commands about hosts: the view of all of them, and switching.

use crate::app::App;
use crate::app::commands::Readiness;
use crate::app::dialog::Dialog;
use crate::app::dialog::host_picker::HostPicker;
use crate::app::layout::{Pane, inside};
use crate::app::listing::Place;
use crate::app::update::{Effects, renew};
use crate::app::{everywhere, fleet, host_page};

/// Shows the Hosts view.
pub fn open(app: &mut App, _: &mut Effects) {
    if app.place != Place::Hosts {
        let active = app.host().id.key();
        everywhere::go(app, Place::Hosts);
        app.board.list.select_when_shown(active);
    }
    app.focus = Pane::List;
    fleet::connect_invited(app);
    renew(app);
}

/// Shows the containers of all hosts, or goes back to those of the one.
pub fn everywhere(app: &mut App, _: &mut Effects) {
    if app.place == Place::Everywhere {
        everywhere::go(app, Place::Host);
    } else {
        everywhere::open(app, "");
    }
}

/// Opens the switcher.
pub fn pick(app: &mut App, _: &mut Effects) {
    fleet::connect_invited(app);
    app.dialogs.push(Dialog::Hosts(HostPicker::new()));
}

pub fn can_switch(app: &App) -> Readiness {
    match app.known_host() {
        Some(known) => known.endpoint.as_ref().map(drop).map_err(|failure| failure.sentence.clone().into()),
        None => Err("no host is selected".into()),
    }
}

/// Brings the host under the cursor to the screen.
pub fn switch(app: &mut App, effects: &mut Effects) {
    let Some(name) = app.known_host().map(|known| known.name.clone()) else { return };
    if let Err(reason) = fleet::show(app, &name, effects) {
        let now = app.now;
        app.notices.warn(now, reason);
    }
}

/// Keeps the page scrolled no further than it is long.
pub fn settle(app: &mut App) {
    let room = inside(app.layout().detail);
    let lines = host_page::lines(app, usize::from(room.width.saturating_sub(2))).len();
    app.board.scrolled = app.board.scrolled.min(lines.saturating_sub(usize::from(room.height)));
}

/// Scrolls the page about the host under the cursor.
pub fn scroll(app: &mut App, lines: isize) {
    app.board.scrolled = app.board.scrolled.saturating_add_signed(lines);
}
