//! Commands of the System view.

use crate::app::App;
use crate::app::commands::Readiness;
use crate::app::dialog::Dialog;
use crate::app::dialog::confirm::{Act, Confirm, Sweep};
use crate::app::update::{Effects, refresh};
use crate::app::view::View;
use crate::domain::{ApiVersion, PruneReach};

/// Named and anonymous volumes are told apart from this version on.
const DIVIDES_VOLUMES: ApiVersion = ApiVersion { major: 1, minor: 42 };

pub fn can_prune(app: &App) -> Readiness {
    let host = app.host();
    if host.disk.rows.is_empty() {
        return Err("what takes room is not known yet".into());
    }
    // How volumes are named in it, and whether there is a cache of builds, depends on that.
    host.facts.as_ref().map(|_| ()).ok_or_else(|| "the engine has not said yet which it is".into())
}

/// Asks what is to go, with what was measured; the networks are counted meanwhile where they are not known.
pub fn prune(app: &mut App, effects: &mut Effects) {
    if app.host().networks.fresh.at.is_none() {
        refresh(app, View::Networks, effects);
    }
    let host = app.host();
    let divides = host.facts.as_ref().is_some_and(|facts| facts.api >= DIVIDES_VOLUMES);
    let reach = if divides { PruneReach::All } else { PruneReach::Undivided };
    let confirm = Confirm::new(host, Act::Sweep(Sweep::new(host, reach)));
    app.dialogs.push(Dialog::Confirm(Box::new(confirm)));
}
