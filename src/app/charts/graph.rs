//! One measure over time, ready to be drawn: lines, limits, figures in words.

use super::measure::Measure;
use super::window::Window;
use crate::app::columns::Tone;
use crate::app::usage::alarm::{self, Degree};
use crate::app::usage::{Point, UsageHistory};
use crate::config::Thresholds;
use crate::domain::Usage;

#[derive(Clone, Debug, PartialEq)]
pub struct Graph {
    pub measure: Measure,
    /// The figures of the moment that is read.
    pub current: String,
    /// Least, mean and most of what is shown; empty where several containers are compared.
    pub summary: String,
    pub lines: Vec<Line>,
    pub levels: Vec<Level>,
    /// The top of the chart, never 0.
    pub ceiling: f64,
    /// How much the figures are, by their threshold.
    pub degree: Degree,
    /// From where on dots are a warning, and from where on too much.
    pub threshold: Option<(f64, f64)>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// What the line is where a chart has several.
    pub name: String,
    /// One column wide; what tells it from the others without colour.
    pub sign: String,
    /// Its value at the moment that is read.
    pub value: String,
    pub dots: Vec<Dot>,
}

/// What was measured from `since` to `at`, nanoseconds since the Unix epoch.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dot {
    pub since: i64,
    pub at: i64,
    pub value: f64,
}

/// A level worth drawing: what is used comes near to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Level {
    pub value: f64,
    pub words: &'static str,
    pub tone: Tone,
}

/// A container's name and what is known of it, if anything.
pub type Subject<'a> = (String, Option<&'a UsageHistory>);

/// What tells the lines of several containers apart without colour.
const SIGNS: [&str; 8] = ["●", "◆", "▲", "■", "○", "◇", "△", "□"];
/// Limits further above what is used than this are said, not drawn: the line would lie flat on the ground.
const NEAR: f64 = 8.0;
/// Thresholds are drawn where what is used is at least a half of them.
const CLOSE: f64 = 2.0;
/// More dots than this say no more on any screen.
const DOTS: usize = 1200;
/// Said where nothing was measured at the moment that is read.
pub const UNKNOWN: &str = "not measured";

/// A measure of one container.
pub fn of_one(
    measure: Measure,
    history: &UsageHistory,
    thresholds: &Thresholds,
    window: Window,
    read: Option<i64>,
) -> Graph {
    let points: Vec<&Point> = history.points_in(window.from, window.to).collect();
    let lines = measure.parts().iter().map(|(name, part)| line(name, &points, *part)).collect::<Vec<_>>();
    let usage = usage(history, window, read);
    let summaries = lines.iter().map(|line| summary(measure, line, window));
    let summary = summaries.filter(|text| !text.is_empty()).collect::<Vec<_>>().join("  ");
    let limit = points.last().and_then(|point| measure.limit(&point.usage));
    let current = usage.map_or_else(|| UNKNOWN.to_owned(), |usage| measure.figures(usage));
    let degree = usage.map(|usage| Degree::of(thresholds, measure, usage)).unwrap_or_default();
    let mut graph =
        Graph { measure, current, summary, lines, levels: Vec::new(), ceiling: 1.0, degree, threshold: None };
    let most = graph.most();
    if let Some(limit) = limit.filter(|limit| most * NEAR >= *limit) {
        graph.levels.push(Level { value: limit, words: "limit", tone: Tone::Bad });
    }
    graph.ceiling = measure.unit().ceiling(most.max(limit.filter(|_| !graph.levels.is_empty()).unwrap_or(0.0)));
    graph.threshold = points.last().and_then(|point| {
        let threshold = alarm::threshold(thresholds, measure)?;
        let level = |level| alarm::in_chart(level, measure, &point.usage);
        level(threshold.warn).zip(level(threshold.high))
    });
    if let Some((warn, high)) = graph.threshold.filter(|(warn, _)| most * CLOSE >= *warn) {
        let level = |value, words, tone| Level { value, words, tone };
        // The limit is drawn over them.
        graph.levels.insert(0, level(high, "high", Tone::Bad));
        graph.levels.insert(0, level(warn, "warning", Tone::Warn));
        graph.levels.retain(|level| level.value <= graph.ceiling);
    }
    graph
}

/// A measure of several containers, a line for each.
pub fn of_many(measure: Measure, subjects: &[Subject<'_>], window: Window, read: Option<i64>) -> Graph {
    let of = |((name, history), sign): (&Subject<'_>, &&str)| {
        let points: Vec<&Point> =
            history.iter().flat_map(|history| history.points_in(window.from, window.to)).collect();
        let value = history.and_then(|history| usage(history, window, read)).map(|usage| measure.whole(usage));
        let words = value.map_or_else(|| "–".to_owned(), |value| measure.unit().words(value));
        let mut line = line(name, &points, |usage| measure.whole(usage));
        (line.value, line.sign) = (words, (*sign).to_owned());
        (line, value)
    };
    let (lines, values): (Vec<Line>, Vec<Option<f64>>) = subjects.iter().zip(SIGNS.iter().cycle()).map(of).unzip();
    let sum: Option<f64> = values.into_iter().flatten().fold(None, |sum, value| Some(sum.unwrap_or(0.0) + value));
    let current = sum.map_or_else(|| UNKNOWN.to_owned(), |sum| format!("{} together", measure.unit().words(sum)));
    let degree = Degree::Calm;
    let mut graph = Graph {
        measure,
        current,
        summary: String::new(),
        lines,
        levels: Vec::new(),
        ceiling: 1.0,
        degree,
        threshold: None,
    };
    graph.ceiling = measure.unit().ceiling(graph.most());
    graph
}

/// What was used at the moment that is read, else what is used now or was used last.
fn usage(history: &UsageHistory, window: Window, read: Option<i64>) -> Option<&Usage> {
    match read {
        Some(at) => history.point_at(at, window.tolerance()).map(|point| &point.usage),
        None => history.points().next_back().map(|point| &point.usage),
    }
}

fn line(name: &str, points: &[&Point], value: impl Fn(&Usage) -> f64) -> Line {
    let dots = points.iter().map(|point| Dot { since: point.since, at: point.usage.at, value: value(&point.usage) });
    let dots = thinned(dots.collect());
    let sign = name.chars().take(1).collect();
    Line { name: name.to_owned(), sign, value: String::new(), dots }
}

/// Of many dots one of each few: the highest, for it is peaks that are looked for.
fn thinned(dots: Vec<Dot>) -> Vec<Dot> {
    if dots.len() <= DOTS {
        return dots;
    }
    let few = dots.len().div_ceil(DOTS);
    let of = |chunk: &[Dot]| {
        let (first, last) = (chunk.first()?, chunk.last()?);
        let value = chunk.iter().map(|dot| dot.value).fold(0.0, f64::max);
        Some(Dot { since: first.since, at: last.at, value })
    };
    dots.chunks(few).filter_map(of).collect()
}

fn summary(measure: Measure, line: &Line, window: Window) -> String {
    let shown: Vec<f64> = line.dots.iter().filter(|dot| dot.at >= window.from).map(|dot| dot.value).collect();
    if shown.is_empty() {
        return String::new();
    }
    let least = shown.iter().copied().fold(f64::INFINITY, f64::min);
    let most = shown.iter().copied().fold(0.0, f64::max);
    let mean = shown.iter().sum::<f64>() / shown.len() as f64;
    let words = |value: f64| measure.unit().words(value);
    if line.name.is_empty() {
        format!("min {} avg {} max {}", words(least), words(mean), words(most))
    } else {
        format!("{} avg {} max {}", line.name, words(mean), words(most))
    }
}

impl Graph {
    /// The highest value of any line.
    fn most(&self) -> f64 {
        self.lines.iter().flat_map(|line| &line.dots).map(|dot| dot.value).fold(0.0, f64::max)
    }
}
