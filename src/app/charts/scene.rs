//! Everything that the Stats tab draws: of the selected container, or of those that are marked.

use super::graph::{Graph, Subject, of_many, of_one};
use super::measure::Measure;
use super::window::Window;
use crate::app::App;
use crate::app::everywhere;
use crate::app::host::Host;
use crate::app::listing::Place;
use crate::app::usage::{Mark, Trouble, UsageHistory};
use crate::domain::{Container, order};

#[derive(Clone, Debug, PartialEq)]
pub struct Scene {
    pub window: Window,
    /// The newest moment of which something is known.
    pub edge: i64,
    /// It is the present: what is measured goes on.
    pub is_live: bool,
    /// One for each measure, in their order.
    pub graphs: Vec<Graph>,
    /// What happened, oldest first.
    pub marks: Vec<SceneMark>,
    /// The moment that is read, where that is not the newest.
    pub read: Option<i64>,
    /// Containers that are compared, also those that there is no line for.
    pub compared: usize,
    /// What the figures do not say of themselves.
    pub remark: Option<&'static str>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct SceneMark {
    pub mark: Mark,
    /// To whom it happened, where several are compared.
    pub name: String,
}

/// Containers that one chart tells apart.
pub const COMPARED: usize = 8;

/// The containers that the charts are about: all marked ones where these are several, else the selected one.
pub fn subjects(app: &App) -> Vec<(&Host, &Container)> {
    let marked = match app.place {
        Place::Everywhere => everywhere::marked(app),
        Place::Host | Place::Hosts => {
            let host = app.host();
            let is_marked = host.lists.containers.marked() > 1;
            if is_marked { host.target_containers().into_iter().map(|row| (host, row)).collect() } else { Vec::new() }
        }
    };
    if marked.len() > 1 {
        return marked;
    }
    let host = app.host();
    host.selected_container().map(|row| (host, row)).into_iter().collect()
}

/// What is drawn now.
///
/// # Errors
/// Why there is nothing to draw, in words.
pub fn scene(app: &App) -> Result<Scene, String> {
    let subjects = subjects(app);
    let hosts = subjects.iter().any(|(host, _)| host.id != app.host().id);
    let named =
        |host: &Host, row: &Container| if hosts { format!("{}@{}", row.name, host.id) } else { row.name.to_string() };
    let known: Vec<Subject<'_>> =
        subjects.iter().take(COMPARED).map(|(host, row)| (named(host, row), host.usage.history(&row.id))).collect();
    let histories = || known.iter().filter_map(|(_, history)| *history);
    let oldest = histories().filter_map(|history| history.points().next()).map(|point| point.usage.at).min();
    let newest = histories().filter_map(|history| history.points().next_back()).map(|point| point.usage.at).max();
    let Some((oldest, newest)) = oldest.zip(newest) else {
        return Err(nothing(&subjects));
    };
    let mut marks: Vec<SceneMark> = Vec::new();
    for (host, row) in subjects.iter().take(COMPARED) {
        let name = if subjects.len() > 1 { named(host, row) } else { String::new() };
        let own = host.usage.marks(&row.id).filter(|mark| mark.at >= oldest);
        marks.extend(own.map(|mark| SceneMark { mark: *mark, name: name.clone() }));
    }
    order::sort_by_key(&mut marks, |mark| mark.mark.at);
    let edge = marks.last().map_or(newest, |mark| newest.max(mark.mark.at));
    let read = app.charts.read().map(|at| at.clamp(oldest, edge));
    let window = Window::of(app.charts.zoom, oldest, edge, read);
    let graph = |measure: Measure| match known.as_slice() {
        [(_, Some(history))] => of_one(measure, history, &app.settings.stats.thresholds, window, read),
        _ => of_many(measure, &known, window, read),
    };
    let graphs = Measure::ALL.iter().map(|measure| graph(*measure)).collect();
    let is_live = subjects.iter().any(|(host, row)| host.is_live() && row.state.is_up());
    let remark = remark(&subjects);
    Ok(Scene { window, edge, is_live, graphs, marks, read, compared: subjects.len(), remark })
}

/// What is to be known of figures that are not those of now.
fn remark(subjects: &[(&Host, &Container)]) -> Option<&'static str> {
    let [(host, row)] = subjects else { return None };
    if !host.is_live() {
        return Some("the engine is not there");
    }
    (!row.state.is_up()).then_some("it does not run any more")
}

fn nothing(subjects: &[(&Host, &Container)]) -> String {
    let [(host, row)] = subjects else {
        return "None of the marked containers was measured yet.".to_owned();
    };
    if !row.state.is_up() {
        return "It does not run, so it uses nothing.".to_owned();
    }
    if !host.is_live() {
        return "The engine is not there, and nothing was measured before.".to_owned();
    }
    match host.usage.history(&row.id).and_then(UsageHistory::trouble) {
        Some(Trouble::Nothing) => {
            "It runs, but the engine tells nothing of what it uses (rootless Podman needs cgroups v2 for that)."
                .to_owned()
        }
        Some(Trouble::Failed(failure)) => failure.to_string(),
        None => "Two samples make a rate: the first figures come in a moment.".to_owned(),
    }
}

impl Scene {
    /// The moments that something is known of, in order.
    pub fn moments(&self) -> Vec<i64> {
        let dots = self.graphs.first().into_iter().flat_map(|graph| &graph.lines).flat_map(|line| &line.dots);
        let mut moments: Vec<i64> = dots.map(|dot| dot.at).chain(self.marks.iter().map(|mark| mark.mark.at)).collect();
        moments.sort_unstable();
        moments.dedup();
        moments
    }
}

/// The marks that are drawn at the column of a moment.
pub fn marks_at(marks: &[SceneMark], window: Window, at: i64, columns: u16) -> impl Iterator<Item = &SceneMark> {
    let column = window.column(at, columns);
    marks.iter().filter(move |mark| column.is_some() && window.column(mark.mark.at, columns) == column)
}
