//! Commands of the Stats tab: the moment that is read, the stretch of time, the measure.

use crate::app::charts::places::{Places, places};
use crate::app::charts::scene::{Scene, scene, subjects};
use crate::app::commands::Readiness;
use crate::app::detail::Tab;
use crate::app::dialog::Dialog;
use crate::app::dialog::overview::Overview;
use crate::app::host::Host;
use crate::app::layout::inside;
use crate::app::listing::Place;
use crate::app::subscriptions::is_detail_on_screen;
use crate::app::update::{Effects, renew};
use crate::app::view::View;
use crate::app::{App, everywhere, fleet};
use crate::domain::{ContainerId, HostId};
use ratatui::layout::Position;

/// Columns that a page key goes.
const PAGE: isize = 10;

/// Whether the charts are on screen.
pub fn are_shown(app: &App) -> bool {
    app.place != Place::Hosts && is_detail_on_screen(app) && app.host().detail.shown_tab() == Some(Tab::Stats)
}

pub fn has_figures(app: &App) -> Readiness {
    scene(app).map(drop).map_err(Into::into)
}

/// Where the charts stand.
pub fn places_of(app: &App) -> Places {
    let compared = subjects(app).len();
    let lines = if compared > 1 { compared } else { 0 };
    places(inside(app.layout().detail), &app.charts, lines)
}

/// Moves the cursor by columns of a chart, at least to the next moment that something is known of; behind the newest one it
/// is taken away.
pub fn step(app: &mut App, columns: isize) {
    let Ok(scene) = scene(app) else { return };
    let width = places_of(app).charts.first().map_or(1, |place| place.plot.width.max(1));
    let from = scene.read.unwrap_or(scene.edge);
    let stretch = scene.window.span() / i64::from(width);
    let wanted = from.saturating_add(stretch.saturating_mul(i64::try_from(columns).unwrap_or(0)));
    let moments = all_moments(app, &scene);
    let found = if columns < 0 {
        let before = moments.iter().rev().find(|at| **at <= wanted && **at < from);
        before.or_else(|| moments.first().filter(|at| **at <= from))
    } else {
        moments.iter().find(|at| **at >= wanted && **at > from)
    };
    let newest = moments.last() == found && columns > 0;
    app.charts.set_cursor(found.copied().filter(|_| !newest));
}

/// Also those outside of what is shown: the charts follow the cursor there.
fn all_moments(app: &App, scene: &Scene) -> Vec<i64> {
    let mut moments = scene.moments();
    for (host, row) in subjects(app) {
        let history = host.usage.history(&row.id);
        moments.extend(history.into_iter().flat_map(|history| history.points()).map(|point| point.usage.at));
    }
    moments.sort_unstable();
    moments.dedup();
    moments
}

pub fn earlier(app: &mut App, _: &mut Effects) {
    step(app, -1);
}

pub fn later(app: &mut App, _: &mut Effects) {
    step(app, 1);
}

pub fn page_earlier(app: &mut App, _: &mut Effects) {
    step(app, -PAGE);
}

pub fn page_later(app: &mut App, _: &mut Effects) {
    step(app, PAGE);
}

/// The cursor goes to the oldest moment.
pub fn oldest(app: &mut App, _: &mut Effects) {
    let oldest = scene(app).ok().and_then(|scene| all_moments(app, &scene).first().copied());
    app.charts.set_cursor(oldest);
}

/// No cursor: the figures are the newest ones again.
pub fn newest(app: &mut App, _: &mut Effects) {
    app.charts.set_cursor(None);
}

pub fn closer(app: &mut App, _: &mut Effects) {
    app.charts.closer(app.settings.stats.history.get());
}

pub fn wider(app: &mut App, _: &mut Effects) {
    app.charts.wider(app.settings.stats.history.get());
}

/// Gives the chosen measure the whole pane, or takes it back.
pub fn toggle(app: &mut App, _: &mut Effects) {
    app.charts.toggle();
}

/// Takes the cursor away; false where there is none.
pub fn clear(app: &mut App) -> bool {
    let had = are_shown(app) && app.charts.cursor().is_some();
    if had {
        app.charts.set_cursor(None);
    }
    had
}

/// The mouse is there: the moment under it is read while it is over a chart.
pub fn hover(app: &mut App, at: Position) {
    let moment = if are_shown(app) { moment(app, at) } else { None };
    app.charts.set_hover(moment);
}

/// A click in the pane: the chart under it is chosen, and the moment under it stays read. False where no charts are shown.
pub fn click(app: &mut App, at: Position) -> bool {
    if !are_shown(app) {
        return false;
    }
    let places = places_of(app);
    let chart =
        places.charts.iter().find(|chart| chart.head.union(chart.times).contains(at)).map(|chart| chart.measure);
    let told = places.told.iter().find(|(_, area)| area.contains(at)).map(|(measure, _)| *measure);
    if let Some(measure) = chart.or(told) {
        app.charts.chosen = measure;
    }
    if let Some(moment) = moment(app, at) {
        app.charts.set_cursor(Some(moment));
    }
    true
}

/// The moment that is drawn there.
fn moment(app: &App, at: Position) -> Option<i64> {
    let places = places_of(app);
    let plot = places.charts.iter().map(|chart| chart.plot).find(|plot| plot.contains(at))?;
    let scene = scene(app).ok()?;
    Some(scene.window.moment(at.x - plot.x, plot.width))
}

pub fn has_overview(app: &App) -> Readiness {
    match overviewed(app) {
        Some(host) if host.is_live() || host.usage.newest().is_some() => Ok(()),
        Some(_) => Err("the engine is not there".into()),
        None => Err("the host is not connected".into()),
    }
}

/// Shows what all containers of the host use.
pub fn overview(app: &mut App, effects: &mut Effects) {
    let Some(host) = overviewed(app).map(|host| host.id.clone()) else { return };
    app.dialogs.push(Dialog::Overview(Overview::new(host.clone())));
    crate::app::update::sample(app, &host, effects);
}

/// The host under the cursor of the Hosts view, else the one on screen.
fn overviewed(app: &App) -> Option<&Host> {
    match app.place {
        Place::Hosts => app.hosts.get(&app.known_host()?.name),
        Place::Host | Place::Everywhere => Some(app.host()),
    }
}

/// Shows what a container of a host uses.
pub fn look(app: &mut App, host: &HostId, container: &ContainerId, effects: &mut Effects) {
    if app.place == Place::Everywhere && app.host().id == *host {
        everywhere::select(app, host, container);
    } else if (app.place != Place::Host || app.host().id != *host) && fleet::show(app, host, effects).is_err() {
        return;
    }
    let key = container.key();
    if app.place == Place::Host {
        super::anywhere::show(app, View::Containers);
        let list = &mut app.host_mut().lists.containers;
        list.clear_marks();
        if !list.filter.is_empty() {
            list.filter.clear();
            renew(app);
        }
        app.host_mut().lists.containers.select(&key);
    }
    super::detail::open_tab(app, Tab::Stats);
}
