//! Commands that show the logs of several containers as one.

use super::{act, detail};
use crate::app::App;
use crate::app::commands::Readiness;
use crate::app::detail::Tab;
use crate::app::listing::Place;
use crate::app::together::{self, MOST, What};
use crate::app::update::Effects;
use crate::domain::{Container, HostId};

/// Of the container under the cursor, or of those that are marked.
pub fn has_logs(app: &App) -> Readiness {
    act::has_container(app)?;
    let marked = marked(app);
    if marked > MOST {
        Err(format!("at most {MOST} logs are read at once; {marked} are marked").into())
    } else {
        Ok(())
    }
}

fn marked(app: &App) -> usize {
    match app.place {
        Place::Host | Place::Hosts => app.host().lists.containers.marked(),
        Place::Everywhere => app.everywhere.list.marked(),
    }
}

/// The selected container's log, or those of several marked ones as one.
pub fn logs(app: &mut App, _: &mut Effects) {
    if marked(app) < 2 {
        return detail::open_tab(app, Tab::Logs);
    }
    let of = |(host, rows): (&crate::app::host::Host, Vec<&Container>)| {
        let id = host.id.clone();
        rows.into_iter().map(move |row| (id.clone(), row.clone())).collect::<Vec<_>>()
    };
    let containers = app.targets().into_iter().flat_map(of).collect();
    together::open(app, What::Marked, containers);
}

pub fn has_project(app: &App) -> Readiness {
    act::has_container(app)?;
    let Some((_, _, rows)) = project(app) else { return Err("the container belongs to no compose project".into()) };
    let count = rows.len();
    if count > MOST {
        Err(format!("at most {MOST} logs are read at once; it has {count} containers").into())
    } else {
        Ok(())
    }
}

/// The logs of all containers of the selected one's project.
pub fn project_logs(app: &mut App, _: &mut Effects) {
    let Some((host, name, rows)) = project(app) else { return };
    let containers = rows.into_iter().map(|row| (host.clone(), row.clone())).collect();
    let what = What::Project { host, name: name.into() };
    together::open(app, what, containers);
}

fn project(app: &App) -> Option<(HostId, &str, Vec<&Container>)> {
    let host = app.host();
    let name = host.selected_container()?.project()?;
    let rows = host.containers.rows.iter().filter(|row| row.project() == Some(name)).collect();
    Some((host.id.clone(), name, rows))
}
