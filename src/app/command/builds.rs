//! Commands that build images and show how that goes.

use crate::app::App;
use crate::app::commands::Readiness;
use crate::app::dialog::Dialog;
use crate::app::dialog::build_page::BuildPage;
use crate::app::form::FormKind;
use crate::app::update::{Effects, forms};

pub fn build(app: &mut App, effects: &mut Effects) {
    forms::open(app, FormKind::Build, effects);
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
