//! What the Stats tab tells of a container: five measures over time, each with its figures in words.

use crate::app::columns::containers::percent;
use crate::app::usage::UsageHistory;
use crate::domain::Usage;
use crate::domain::text::{compact_bytes, compact_count};

/// One measure over time.
#[derive(Clone, Debug)]
pub struct Metric {
    pub title: &'static str,
    /// The newest figures, with the limit where there is one.
    pub current: String,
    /// Least, mean and most over the history.
    pub summary: String,
    pub lines: Vec<Line>,
    /// A level worth drawing: what is used comes near to it.
    pub limit: Option<f64>,
    /// The top of the chart, never 0.
    pub ceiling: f64,
    /// The words for a level of the chart.
    pub level: fn(f64) -> String,
}

/// Points of seconds before the newest one (0 and below) and values.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// What the line is where a chart has several.
    pub name: &'static str,
    pub points: Vec<(f64, f64)>,
}

/// Limits further above what is used than this are said, not drawn: the line would lie flat on the ground.
const NEAR: f64 = 8.0;

/// The five measures, the most looked at first; none until two samples are known.
pub fn metrics(history: &UsageHistory) -> Option<[Metric; 5]> {
    let newest = history.points().next_back()?;
    let line = |name: &'static str, value: fn(&Usage) -> f64| Line {
        name,
        points: history.points().map(|point| ((point.at - newest.at) as f64 / 1e9, value(point))).collect(),
    };
    let cores = f64::from(newest.online_cpus);
    let cpu_limit = Some(cores * 100.0).filter(|limit| *limit > 0.0);
    let cores = match newest.online_cpus {
        0 => String::new(),
        1 => " of 1 core".to_owned(),
        cores => format!(" of {cores} cores"),
    };
    let memory_limit = Some(newest.memory_limit as f64).filter(|limit| *limit > 0.0);
    let of_memory = match newest.memory_percent() {
        Some(share) => format!(" of {} ({})", compact_bytes(newest.memory_limit), percent(share)),
        None => String::new(),
    };
    let pids_limit = Some(newest.pids_limit as f64).filter(|limit| *limit > 0.0);
    let of_pids = if newest.pids_limit > 0 { format!(" of {}", newest.pids_limit) } else { String::new() };
    Some([
        metric(
            "CPU",
            format!("{}{cores}", percent(newest.cpu_percent)),
            vec![line("", |usage| usage.cpu_percent)],
            cpu_limit,
            percent,
        ),
        metric(
            "Memory",
            format!("{}{of_memory}", compact_bytes(newest.memory)),
            vec![line("", |usage| usage.memory as f64)],
            memory_limit,
            bytes,
        ),
        metric(
            "Network",
            format!("↓ {}/s ↑ {}/s", compact_count(newest.network.inward), compact_count(newest.network.outward)),
            vec![line("↓", |usage| usage.network.inward as f64), line("↑", |usage| usage.network.outward as f64)],
            None,
            rate,
        ),
        metric(
            "Block I/O",
            format!("read {}/s written {}/s", compact_count(newest.block.inward), compact_count(newest.block.outward)),
            vec![line("read", |usage| usage.block.inward as f64), line("written", |usage| usage.block.outward as f64)],
            None,
            rate,
        ),
        metric(
            "Processes",
            format!("{}{of_pids}", newest.pids),
            vec![line("", |usage| usage.pids as f64)],
            pids_limit,
            whole,
        ),
    ])
}

fn metric(
    title: &'static str,
    current: String,
    lines: Vec<Line>,
    limit: Option<f64>,
    level: fn(f64) -> String,
) -> Metric {
    let most = lines.iter().flat_map(|line| &line.points).map(|(_, value)| *value).fold(0.0, f64::max);
    let limit = limit.filter(|limit| most * NEAR >= *limit);
    let ceiling = limit.unwrap_or(0.0).max(most) * 1.05;
    let ceiling = if ceiling > 0.0 { ceiling } else { 1.0 };
    let summaries: Vec<String> = lines.iter().map(|line| summary(line, level)).collect();
    Metric { title, current, summary: summaries.join("  "), lines, limit, ceiling, level }
}

fn summary(line: &Line, level: fn(f64) -> String) -> String {
    let values = || line.points.iter().map(|(_, value)| *value);
    let count = line.points.len().max(1) as f64;
    let least = values().fold(f64::INFINITY, f64::min);
    let least = if least.is_finite() { least } else { 0.0 };
    let name = if line.name.is_empty() { String::new() } else { format!("{} ", line.name) };
    let (mean, most) = (values().sum::<f64>() / count, values().fold(0.0, f64::max));
    format!("{name}min {} avg {} max {}", level(least), level(mean), level(most))
}

fn bytes(value: f64) -> String {
    compact_bytes(value as u64)
}

fn rate(value: f64) -> String {
    compact_count(value as u64)
}

fn whole(value: f64) -> String {
    format!("{value:.0}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::usage::UsageBook;
    use crate::domain::{ContainerId, StatsSample};
    use std::time::Duration;

    #[test]
    fn figures_and_limits_are_told() {
        let mut book = UsageBook::default();
        let id = ContainerId::new("web");
        for second in 1..=4 {
            let sample = StatsSample {
                read_at: second * 1_000_000_000,
                cpu_ns: second as u64 * 500_000_000,
                online_cpus: 2,
                memory: 400 << 20,
                memory_limit: 512 << 20,
                pids: 3,
                ..StatsSample::default()
            };
            book.add(&id, sample, Duration::from_secs(60));
            assert_eq!(metrics(book.history(&id).unwrap()).is_some(), second > 1);
        }
        let [cpu, memory, network, _, processes] = metrics(book.history(&id).unwrap()).unwrap();
        assert_eq!(cpu.current, "50% of 2 cores");
        assert_eq!(cpu.summary, "min 50% avg 50% max 50%");
        assert_eq!(cpu.limit, Some(200.0));
        assert_eq!(cpu.lines[0].points.first().unwrap().0, -2.0);
        assert_eq!(memory.current, "400M of 512M (78%)");
        assert!(memory.ceiling > memory.limit.unwrap());
        assert_eq!(network.ceiling, 1.0);
        assert_eq!((processes.current.as_str(), processes.limit), ("3", None));
    }
}
