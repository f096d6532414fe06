//! Commands that work anywhere: panes, views, leaving.

use crate::app::commands::Readiness;
use crate::app::detail::Tab;
use crate::app::layout::Pane;
use crate::app::links::trail;
use crate::app::listing::{Listing, Place};
use crate::app::update::{Effects, refresh as ask, renew};
use crate::app::view::View;
use crate::app::{App, Effect, everywhere, fleet};

/// One step back: out of the detail pane, out of the Hosts view, out of a registry, to where a link was followed, else out of the program.
pub fn back(app: &mut App, effects: &mut Effects) {
    match app.focus {
        _ if app.notices.blur() => {}
        Pane::Detail => leave_detail(app),
        Pane::Console => super::console::leave_pane(app),
        Pane::List if app.place != Place::Host => everywhere::go(app, Place::Host),
        Pane::List => {
            if !(super::registries::back(app) || trail::back(app)) {
                effects.push(Effect::Quit);
            }
        }
    }
}

fn leave_detail(app: &mut App) {
    app.together = None;
    app.focus = Pane::List;
    app.zoomed = false;
}

/// Takes back one thing that the user did: notice, search, detail pane, marks, filter, a link that was followed.
pub fn clear(app: &mut App, _: &mut Effects) {
    if app.notices.current(app.now).is_some() {
        app.notices.dismiss();
    } else if app.focus == Pane::Console {
        super::console::leave_pane(app);
    } else if app.focus == Pane::Detail {
        if app.place == Place::Hosts || !(super::charts::clear(app) || app.detail_mut().clear()) {
            leave_detail(app);
        }
    } else if app.list().marked() > 0 {
        app.list_mut().clear_marks();
    } else if !app.list().filter.is_empty() {
        app.list_mut().filter.clear();
        renew(app);
    } else if app.place != Place::Host {
        everywhere::go(app, Place::Host);
    } else if !super::registries::back(app) {
        trail::back(app);
    }
}

pub fn quit(_: &mut App, effects: &mut Effects) {
    effects.push(Effect::Quit);
}

/// List, detail pane, the console where there is one, the failure at the foot where there is one, list again.
pub fn next_pane(app: &mut App, _: &mut Effects) {
    let console = app.shows_console();
    app.focus = match app.focus {
        _ if app.notices.blur() => Pane::List,
        Pane::List => Pane::Detail,
        Pane::Detail if console => Pane::Console,
        last @ (Pane::Detail | Pane::Console) if app.notices.focus(app.now) => last,
        Pane::Detail | Pane::Console => Pane::List,
    };
}

pub fn previous_pane(app: &mut App, _: &mut Effects) {
    let last = if app.shows_console() { Pane::Console } else { Pane::Detail };
    app.focus = match app.focus {
        _ if app.notices.blur() => last,
        Pane::Console => Pane::Detail,
        Pane::Detail => Pane::List,
        Pane::List if app.notices.focus(app.now) => Pane::List,
        Pane::List => last,
    };
}

pub fn zoom(app: &mut App, _: &mut Effects) {
    app.zoomed = !app.zoomed;
}

pub fn redraw(_: &mut App, effects: &mut Effects) {
    effects.push(Effect::Redraw);
}

pub fn suspend(_: &mut App, effects: &mut Effects) {
    effects.push(Effect::Suspend);
}

/// ssh asks only where it has to ask something.
pub fn can_log_in(app: &App) -> Readiness {
    if app.host().login_needed().is_some() { Ok(()) } else { Err("the host asks for no login".into()) }
}

pub fn log_in(app: &mut App, effects: &mut Effects) {
    effects.push(Effect::Login(app.host().id.clone()));
}

pub fn refresh(app: &mut App, effects: &mut Effects) {
    if app.together.is_some() {
        crate::app::command::logs::retry(app);
    }
    if app.place != Place::Host {
        return fleet::refresh_all(app, effects);
    }
    let host = app.host();
    let id = host.id.clone();
    if !host.is_live() {
        effects.push(Effect::ConnectNow(id));
        return;
    }
    let view = host.view;
    crate::app::command::logs::retry(app);
    app.host_mut().events.recall();
    if app.host().detail.shown_tab() == Some(Tab::Files) {
        // Asked with another number it is asked anew, and shows what comes while it comes.
        app.host_mut().detail.files.read_again();
        return ask(app, view, effects);
    }
    let host = app.host();
    effects.extend(host.detail.wanted().map(|key| Effect::Fetch { host: id, fetch: crate::app::Fetch::Detail(key) }));
    ask(app, view, effects);
}

/// Brings a view to the screen; its rows are asked for when they may be old.
pub fn show(app: &mut App, view: View) {
    app.focus = Pane::List;
    everywhere::go(app, Place::Host);
    app.host_mut().view = view;
    renew(app);
}

/// A click on the line of views, `column` from its left end.
pub fn click_view(app: &mut App, column: u16, effects: &mut Effects) {
    match crate::app::view::tab_at(app, column) {
        Some(Listing::View(view)) => show(app, view),
        Some(Listing::Hosts) => super::hosts::open(app, effects),
        Some(Listing::Everywhere) => everywhere::open(app, ""),
        None => {}
    }
}
