//! Commands that follow links and go back.

use crate::app::App;
use crate::app::commands::Readiness;
use crate::app::links::{self, Goal, trail};
use crate::app::listing::Place;
use crate::app::update::Effects;

pub fn can_follow(app: &App) -> Readiness {
    match links::under_cursor(app.host()) {
        Some(Goal::Row(..) | Goal::Project(_)) => Ok(()),
        Some(Goal::Unknown) => Err("the engine has not told which one this is".into()),
        None => Err("there is nothing to follow".into()),
    }
}

pub fn follow(app: &mut App, _: &mut Effects) {
    if let Some(goal) = links::under_cursor(app.host()) {
        trail::follow(app, &goal);
    }
}

pub fn can_go_back(app: &App) -> Readiness {
    let host = app.host();
    match app.place == Place::Host && (host.trail.leads_back(host) || super::registries::leads_back(app)) {
        true => Ok(()),
        false => Err("no link was followed to here".into()),
    }
}

pub fn back(app: &mut App, _: &mut Effects) {
    if !super::registries::back(app) {
        trail::back(app);
    }
}
