//! Commands that build images and show how that goes.

use crate::app::App;
use crate::app::commands::Readiness;
use crate::app::dialog::Dialog;
use crate::app::dialog::build_page::BuildPage;
use crate::app::form::{Form, FormKind};
use crate::app::update::{Effects, forms};

/// The form opens with what was built last on this host.
pub fn build(app: &mut App, effects: &mut Effects) {
    if forms::reopen(app, &FormKind::Build, effects) {
        return;
    }
    let host = app.host();
    let last = app.builds.all().find(|log| log.host == host.id);
    let form = last.map_or_else(|| Form::new(host, FormKind::Build), |log| Form::build_again(host, &log.spec));
    forms::show(app, form, effects);
}

pub fn has_build(app: &App) -> Readiness {
    if app.builds.all().next().is_some() { Ok(()) } else { Err("nothing was built yet".into()) }
}

/// The newest one: the page leads to those before it.
pub fn show(app: &mut App, _: &mut Effects) {
    if let Some(newest) = app.builds.all().next() {
        let page = BuildPage::new(newest.job);
        app.dialogs.push(Dialog::Build(page));
    }
}
