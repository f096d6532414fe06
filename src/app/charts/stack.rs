//! What all containers of a host use together: the largest ones one upon the other, the others as one.

use super::measure::Measure;
use super::scene::SceneMark;
use super::window::{Window, Zoom};
use crate::app::host::Host;
use crate::app::usage::{Point, UsageHistory};
use crate::domain::{Container, ContainerId, Usage, order};
use std::collections::HashSet;

/// Containers that have a band of their own.
pub const BANDS: usize = 5;

/// One measure of a whole host over time.
#[derive(Clone, Debug, PartialEq)]
pub struct Stack {
    pub measure: Measure,
    pub window: Window,
    pub ceiling: f64,
    /// What the machine has, where that is known.
    pub whole: Option<f64>,
    /// The largest containers' bands, the lowest first, and that of all others; a value for each column.
    pub bands: Vec<Vec<f64>>,
    /// For each column whether every container was measured that is measured now.
    pub complete: Vec<bool>,
    /// What is used at the moment that is read; `None` where nothing was measured then.
    pub current: Option<f64>,
}

/// What of a host's past is looked at.
#[derive(Clone, Copy, Debug, Default)]
pub struct Look {
    pub zoom: Zoom,
    /// The moment that is read, by the engine's clock; `None` for now.
    pub read: Option<i64>,
    /// How long a value holds where no newer one is known, in nanoseconds.
    pub hold: i64,
}

/// The machine's share is drawn as a limit where what is used comes near to it.
const NEAR: f64 = 4.0;

/// The containers that run, or were measured at the moment that is read: those that use most of a measure first, each with what
/// it uses then where that is known.
pub fn consumers<'a>(host: &'a Host, by: Measure, look: &Look) -> Vec<(&'a Container, Option<&'a Usage>)> {
    let mut all: Vec<(&Container, Option<&Usage>)> =
        host.containers.rows.iter().map(|row| (row, used(host, row, look))).collect();
    all.retain(|(row, usage)| row.state.is_up() || usage.is_some());
    let used = |usage: Option<&Usage>| usage.map_or(-1.0, |usage| by.whole(usage));
    order::sort_by(&mut all, |a, b| used(b.1).total_cmp(&used(a.1)).then_with(|| a.0.name.cmp(&b.0.name)));
    all
}

/// What a container uses at the moment that is read.
fn used<'a>(host: &'a Host, row: &Container, look: &Look) -> Option<&'a Usage> {
    let history = host.usage.history(&row.id)?;
    match look.read {
        None if row.state.is_up() => history.latest(),
        None => None,
        Some(at) => history.held_at(at, if row.state.is_up() { look.hold } else { 0 }).map(|point| &point.usage),
    }
}

/// The containers with a band of their own: those that used most over the time that is shown, the largest first. Idle ones that
/// have memory come behind, so that its chart shows them as well.
pub fn largest(host: &Host, by: Measure, look: &Look) -> Vec<ContainerId> {
    let Some(window) = window(host, look) else { return Vec::new() };
    let used = |history: &UsageHistory, measure: Measure| -> f64 {
        let points = history.points_in(window.from, window.to);
        points.map(|point| measure.whole(&point.usage) * ((point.usage.at - point.since) as f64).max(1.0)).sum()
    };
    let rank = |history: &UsageHistory| (used(history, by), used(history, Measure::Memory));
    let mut all: Vec<((f64, f64), &ContainerId)> =
        host.usage.histories().map(|(id, history)| (rank(history), id)).collect();
    all.retain(|((used, memory), id)| (*used > 0.0 || *memory > 0.0) && host.container(id).is_some());
    order::sort_by(&mut all, |(a, one), (b, other)| {
        b.0.total_cmp(&a.0).then(b.1.total_cmp(&a.1)).then_with(|| one.cmp(other))
    });
    all.into_iter().take(BANDS).map(|(_, id)| id.clone()).collect()
}

/// Stacks a measure into so many columns; none until something was measured.
pub fn stack(host: &Host, measure: Measure, look: &Look, largest: &[ContainerId], columns: u16) -> Option<Stack> {
    let window = window(host, look)?;
    let count = usize::from(columns);
    let mut bands = vec![vec![0.0; count]; largest.len() + 1];
    let mut measured = vec![0_usize; count];
    let mut known = HashSet::new();
    for (id, history) in host.usage.histories() {
        let is_up = host.container(id).is_some_and(|row| row.state.is_up());
        if is_up && history.latest().is_some() {
            known.insert(id);
        }
        let place = largest.iter().position(|other| other == id).unwrap_or(largest.len());
        let values = values(history, measure, window, columns, if is_up { look.hold } else { 0 });
        let Some(band) = bands.get_mut(place) else { continue };
        for (column, value) in values.into_iter().enumerate() {
            let Some(value) = value else { continue };
            band.get_mut(column).into_iter().for_each(|sum| *sum += value);
            measured.get_mut(column).into_iter().for_each(|count| *count += 1);
        }
    }
    let sum = |column: usize| bands.iter().filter_map(|band| band.get(column)).sum::<f64>();
    let most = (0..count).map(sum).fold(0.0, f64::max);
    let machine = host.facts.as_ref().and_then(|facts| facts.machine.as_ref());
    let whole = machine.map(|machine| match measure {
        Measure::Cpu => f64::from(machine.cpus) * 100.0,
        Measure::Memory => machine.memory as f64,
        Measure::Network | Measure::Block | Measure::Processes => 0.0,
    });
    let whole = whole.filter(|whole| *whole > 0.0);
    let reach = whole.filter(|whole| most * NEAR >= *whole).unwrap_or(0.0);
    let ceiling = measure.unit().ceiling(most.max(reach));
    let complete = measured.into_iter().map(|count| count > 0 && count >= known.len()).collect();
    let now = host.containers.rows.iter().filter_map(|row| used(host, row, look)).map(|usage| measure.whole(usage));
    let current = now.fold(None, |sum: Option<f64>, value| Some(sum.unwrap_or(0.0) + value));
    Some(Stack { measure, window, ceiling, whole, bands, complete, current })
}

/// The oldest and the newest moment that something is known of.
pub fn reach(host: &Host) -> Option<(i64, i64)> {
    let first = |history: &UsageHistory| history.points().next().map(|point| point.usage.at);
    let oldest = host.usage.histories().filter_map(|(_, history)| first(history)).min()?;
    Some((oldest, host.usage.newest()?.max(oldest)))
}

/// What is shown of a host.
pub fn window(host: &Host, look: &Look) -> Option<Window> {
    let (oldest, newest) = reach(host)?;
    Some(Window::of(look.zoom, oldest, newest, look.read))
}

/// What happened in that time, and to whom; oldest first.
pub fn marks(host: &Host, window: Window) -> Vec<SceneMark> {
    let all = host.usage.all_marks().filter(|(_, mark)| (window.from..=window.to).contains(&mark.at));
    all.filter_map(|(id, mark)| Some(SceneMark { mark: *mark, name: host.container(id)?.name.to_string() })).collect()
}

/// The value in each column; none where nobody measured.
fn values(history: &UsageHistory, measure: Measure, window: Window, columns: u16, hold: i64) -> Vec<Option<f64>> {
    let points: Vec<&Point> = history.points_in(window.from, window.to).collect();
    let mut rest = points.iter().peekable();
    let mut before: Option<&Point> = None;
    let mut value_at = |at: i64| {
        while let Some(point) = rest.next_if(|point| point.usage.at < at) {
            before = Some(point);
        }
        let covering = rest.peek().filter(|point| point.since < at || point.usage.at == at);
        // The newest value holds until the next one is due.
        let held = || before.filter(|point| at.saturating_sub(point.usage.at) <= hold);
        covering.map(|point| **point).or_else(held).map(|point| measure.whole(&point.usage))
    };
    (0..columns).map(|column| value_at(window.moment(column, columns))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::fixture::{NOW, app, container};
    use crate::app::usage::Keep;
    use crate::domain::{State, StatsSample};
    use std::time::Duration;

    const SECOND: i64 = 1_000_000_000;

    /// Containers that use as many percent of a core as is said, measured from the first to the last second.
    fn host(used: &[(&str, u64, i64, i64)]) -> Host {
        let mut host = Host::new(crate::domain::HostId::new("demo"), Vec::new(), NOW);
        let rows: Vec<Container> = used.iter().map(|(name, ..)| container(name, State::Running)).collect();
        host.tally = crate::app::tally::Tally::of(&rows, &host.usage);
        host.containers.rows = rows;
        let keep = Keep { history: Duration::from_secs(600), gap: Duration::from_secs(10) };
        for (name, percent, from, to) in used {
            let id = container(name, State::Running).id;
            for second in *from..=*to {
                let cpu_ns = percent * 10_000_000 * second as u64;
                let sample =
                    StatsSample { read_at: second * SECOND, cpu_ns, memory: 1 << 20, ..StatsSample::default() };
                host.usage.take(&id, NOW, Ok(Some(sample)), keep);
            }
        }
        host
    }

    #[test]
    fn bands_add_up_and_gaps_are_known() {
        let used = [("a", 10, 0, 60), ("b", 30, 0, 60), ("c", 20, 30, 60), ("d", 1, 0, 60)];
        let host = host(&used);
        let order: Vec<&str> =
            consumers(&host, Measure::Cpu, &Look::default()).iter().map(|(row, _)| &*row.name).collect();
        assert_eq!(order, ["b", "c", "a", "d"]);
        let largest: Vec<ContainerId> = largest(&host, Measure::Cpu, &Look::default()).into_iter().take(2).collect();
        assert_eq!(largest[0], host.containers.rows[1].id);
        let stack = stack(&host, Measure::Cpu, &Look::default(), &largest, 60).unwrap();
        let sums: Vec<u64> =
            (0..60).map(|column| stack.bands.iter().map(|band| band[column]).sum::<f64>().round() as u64).collect();
        assert_eq!((sums[10], sums[59], stack.bands.len()), (41, 61, 3));
        assert!(!stack.complete[10] && stack.complete[59]);
        assert!((stack.current.unwrap() - 61.0).abs() < 0.01 && stack.ceiling >= 61.0);
    }

    #[test]
    fn a_value_holds_until_the_next_one_is_due() {
        let host = host(&[("a", 10, 0, 60), ("b", 50, 0, 50)]);
        let at_end = |hold| {
            let look = Look { hold: hold * SECOND, ..Look::default() };
            let stack = stack(&host, Measure::Cpu, &look, &[], 61).unwrap();
            stack.bands[0][60].round() as u64
        };
        assert_eq!((at_end(0), at_end(20)), (10, 60));
        let nothing = app();
        assert!(stack(nothing.host(), Measure::Cpu, &Look::default(), &[], 10).is_none());
    }

    #[test]
    fn the_figures_are_those_of_the_moment_that_is_read() {
        let host = host(&[("a", 10, 0, 60), ("b", 30, 30, 60)]);
        let at = |second: i64| {
            let look = Look { read: Some(second * SECOND), ..Look::default() };
            let sum = stack(&host, Measure::Cpu, &look, &[], 10).unwrap().current;
            let rows: Vec<&str> = consumers(&host, Measure::Cpu, &look).iter().map(|(row, _)| &*row.name).collect();
            (sum.map(|sum| sum.round() as u64), rows.join(" "))
        };
        assert_eq!((at(10), at(50)), ((Some(10), "a b".to_owned()), (Some(40), "b a".to_owned())));
        assert_eq!(at(90).0, None);
    }
}
