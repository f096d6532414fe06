//! Commands that open a dialog of the program itself: help, palette, columns, messages, jobs.

use crate::app::commands::Readiness;
use crate::app::dialog::Dialog;
use crate::app::dialog::api::ApiConsole;
use crate::app::dialog::audit::Audit;
use crate::app::dialog::choose_columns::ChooseColumns;
use crate::app::dialog::help::Help;
use crate::app::dialog::jobs_list::JobsList;
use crate::app::dialog::messages::{self, Messages};
use crate::app::dialog::palette::Palette;
use crate::app::dialog::requests::Requests;
use crate::app::host::Host;
use crate::app::listing::Place;
use crate::app::update::Effects;
use crate::app::{App, Effect, everywhere, fleet, rows};
use crate::domain::{Endpoint, HostId};

pub fn help(app: &mut App, _: &mut Effects) {
    app.dialogs.push(Dialog::Help(Help::default()));
}

pub fn palette(app: &mut App, _: &mut Effects) {
    app.dialogs.push(Dialog::Palette(Palette::default()));
}

pub fn columns(app: &mut App, _: &mut Effects) {
    let columns = ChooseColumns::new(app);
    app.dialogs.push(Dialog::Columns(columns));
}

pub fn messages(app: &mut App, _: &mut Effects) {
    app.dialogs.push(Dialog::Messages(Messages::default()));
}

pub fn requests(app: &mut App, _: &mut Effects) {
    app.dialogs.push(Dialog::Requests(Requests::default()));
}

/// Opens the API console of the host on screen, as it was closed.
pub fn api(app: &mut App, _: &mut Effects) {
    let host = app.host().id.clone();
    let console = app.api_book.take(&host).unwrap_or_else(|| Box::new(ApiConsole::new(host, "GET /")));
    app.dialogs.push(Dialog::Api(console));
}

/// Opens the audit log, which is read meanwhile.
pub fn audit(app: &mut App, effects: &mut Effects) {
    app.dialogs.push(Dialog::Audit(Audit::default()));
    effects.push(Effect::ReadAudit);
}

pub fn jobs(app: &mut App, _: &mut Effects) {
    app.dialogs.push(Dialog::Jobs(JobsList::default()));
}

/// Opens the notice at the foot with everything there is to say.
pub fn notice(app: &mut App, _: &mut Effects) {
    if let Some(notice) = app.notices.current(app.now) {
        let page = messages::page(notice);
        app.dialogs.push(page);
        app.notices.blur();
    }
}

/// Who has engines of their own has no use for it: there the key must not lead away from them by mistake.
pub fn can_show_demo(app: &App) -> Readiness {
    let mut own = app.hosts.iter().filter(|host| host.id.as_str() != DEMO);
    if app.host().is_live() {
        Err("an engine is connected".into())
    } else if own.any(|host| !host.is_unknown()) {
        Err("an engine has answered in this run".into())
    } else {
        Ok(())
    }
}

/// Shows the embedded engine as a host of its own; the one that was on screen goes on trying.
pub fn demo(app: &mut App, _: &mut Effects) {
    let mut host = Host::new(HostId::new(DEMO), vec![Endpoint::Demo], app.now);
    host.show_all = app.settings.show_all;
    rows::set_default_sort(&mut host, &app.settings);
    everywhere::go(app, Place::Host);
    app.hosts.show(host);
    fleet::complete_roster(app);
}

const DEMO: &str = "demo";
