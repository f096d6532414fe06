//! What containers use over time: as many charts as there is room for, the rest as lines of figures. Where each stands is
//! said by `app::charts::places`.

use super::chart;
use super::paint::{Canvas, Piece};
use super::waiting;
use crate::app::App;
use crate::app::charts::measure::Measure;
use crate::app::charts::scene::{COMPARED, Scene, marks_at, scene};
use crate::app::columns::Tone;
use crate::app::command::charts::places_of;
use crate::app::layout::Pane;
use crate::app::sampling;
use crate::config::Role;
use ratatui::layout::Rect;

pub fn draw(app: &App, room: Rect, canvas: &mut Canvas<'_>) {
    let scene = match scene(app) {
        Ok(scene) => scene,
        Err(reason) => return waiting::say(canvas, room, &reason, Tone::Dim),
    };
    let places = places_of(app);
    let is_chosen = |measure: Measure| app.focus == Pane::Detail && measure == app.charts.chosen;
    let graph = |measure: Measure| scene.graphs.iter().find(|graph| graph.measure == measure);
    for place in &places.charts {
        if let Some(graph) = graph(place.measure) {
            chart::draw(&scene, graph, place, is_chosen(place.measure), canvas);
        }
    }
    for (measure, area) in &places.told {
        if let Some(graph) = graph(*measure) {
            chart::told(graph, *area, is_chosen(*measure), canvas);
        }
    }
}

/// The pane's lower border: the moment that is read and what happened then, else how often it is measured.
pub fn foot(app: &App, canvas: &Canvas<'_>) -> Vec<Piece> {
    let Ok(scene) = scene(app) else { return Vec::new() };
    let columns = places_of(app).charts.first().map_or(0, |place| place.plot.width);
    if let Some(read) = scene.read {
        return chart::reading(read, scene.edge, marks_at(&scene.marks, scene.window, read, columns), canvas);
    }
    let mut pieces = Vec::new();
    if let Some(remark) = scene.remark {
        pieces.push(Piece::tone(canvas.theme, remark, Tone::Warn));
    }
    let words = words(app, &scene);
    if !words.is_empty() {
        let gap = if pieces.is_empty() { "" } else { " · " };
        pieces.push(Piece::role(canvas.theme, format!("{gap}{words}"), Role::Dim));
    }
    pieces
}

fn words(app: &App, scene: &Scene) -> String {
    let mut words = Vec::new();
    match scene.compared {
        0 | 1 => {}
        count if count > COMPARED => words.push(format!("the first {COMPARED} of {count} marked")),
        count => words.push(format!("{count} marked compared")),
    }
    if scene.is_live {
        words.push(format!("every {} s", sampling::period(app, app.host()).as_secs()));
    }
    words.join(" · ")
}
