//! The columns of the containers list.

use super::{Align, Cell, Column, Sides, Surroundings, Tone, Width};
use crate::app::charts::measure::Measure;
use crate::app::host::Host;
use crate::app::usage::alarm::Degree;
use crate::domain::text::compact_bytes;
use crate::domain::{Container, Health, Port, State, Usage, order};
use std::cmp::Ordering;

pub static COLUMNS: &[Column<Container>] = &[
    Column {
        name: "name",
        title: "NAME",
        align: Align::Left,
        width: Width::Share { least: 14, weight: 3 },
        rank: 99,
        default: true,
        cell: |_, container| Cell::plain(&*container.name),
        order: |_, a, b| a.name.cmp(&b.name),
        largest_first: false,
    },
    Column {
        name: "state",
        title: "STATE",
        align: Align::Left,
        width: Width::Fixed(18),
        rank: 90,
        default: true,
        cell: state_cell,
        order: |_, a, b| urgency(a).cmp(&urgency(b)).then_with(|| a.name.cmp(&b.name)),
        largest_first: false,
    },
    Column {
        name: "image",
        title: "IMAGE",
        align: Align::Left,
        width: Width::Share { least: 12, weight: 2 },
        rank: 60,
        default: true,
        cell: |around, container| match around.host.newer.contains(&container.image_id) {
            true => Cell::new(format!("↑ {}", container.image), Tone::Warn).keeping_end(),
            false => Cell::plain(&*container.image).keeping_end(),
        },
        order: |_, a, b| a.image.cmp(&b.image),
        largest_first: false,
    },
    Column {
        name: "cpu",
        title: "CPU",
        align: Align::Right,
        width: Width::Fixed(11),
        rank: 80,
        default: true,
        cell: cpu_cell,
        order: |hosts, a, b| by_usage(hosts, a, b, |usage| usage.cpu_percent),
        largest_first: true,
    },
    Column {
        name: "memory",
        title: "MEM",
        align: Align::Right,
        width: Width::Fixed(10),
        rank: 75,
        default: true,
        cell: memory_cell,
        order: |hosts, a, b| by_usage(hosts, a, b, |usage| usage.memory as f64),
        largest_first: true,
    },
    Column {
        name: "network",
        title: "NET ↓↑",
        align: Align::Right,
        width: Width::Fixed(11),
        rank: 40,
        default: true,
        cell: |around, container| {
            flow_cell(around, container, Measure::Network, |usage| (usage.network.inward, usage.network.outward))
        },
        order: |hosts, a, b| by_usage(hosts, a, b, |usage| (usage.network.inward + usage.network.outward) as f64),
        largest_first: true,
    },
    Column {
        name: "block",
        title: "DISK R/W",
        align: Align::Right,
        width: Width::Fixed(11),
        rank: 30,
        default: false,
        cell: |around, container| {
            flow_cell(around, container, Measure::Block, |usage| (usage.block.inward, usage.block.outward))
        },
        order: |hosts, a, b| by_usage(hosts, a, b, |usage| (usage.block.inward + usage.block.outward) as f64),
        largest_first: true,
    },
    Column {
        name: "pids",
        title: "PIDS",
        align: Align::Right,
        width: Width::Fixed(5),
        rank: 30,
        default: false,
        cell: |around, container| {
            let tone = |usage: &Usage| Degree::of(around.thresholds, Measure::Processes, usage).tone();
            usage(around, container).map_or_else(Cell::none, |usage| Cell::new(usage.pids.to_string(), tone(usage)))
        },
        order: |hosts, a, b| by_usage(hosts, a, b, |usage| usage.pids as f64),
        largest_first: true,
    },
    Column {
        name: "ports",
        title: "PORTS",
        align: Align::Left,
        width: Width::Share { least: 12, weight: 2 },
        rank: 50,
        default: true,
        cell: |_, container| Cell::plain(ports_text(&container.ports)),
        order: |_, a, b| lowest_public(a).cmp(&lowest_public(b)),
        largest_first: false,
    },
    Column {
        name: "project",
        title: "PROJECT",
        align: Align::Left,
        width: Width::Fixed(11),
        rank: 45,
        default: true,
        cell: |_, container| Cell::dim(container.project().unwrap_or_default()),
        order: |_, a, b| {
            (a.project().is_none(), a.project(), &a.name).cmp(&(b.project().is_none(), b.project(), &b.name))
        },
        largest_first: false,
    },
    Column {
        name: "age",
        title: "AGE",
        align: Align::Right,
        width: Width::Fixed(4),
        rank: 55,
        default: true,
        cell: |around, container| Cell::age(around, Some(container.created)),
        order: |_, a, b| b.created.cmp(&a.created),
        largest_first: false,
    },
    Column {
        name: "id",
        title: "ID",
        align: Align::Left,
        width: Width::Fixed(12),
        rank: 20,
        default: false,
        cell: |_, container| Cell::dim(container.id.short()),
        order: |_, a, b| a.id.cmp(&b.id),
        largest_first: false,
    },
    Column {
        name: "command",
        title: "COMMAND",
        align: Align::Left,
        width: Width::Share { least: 12, weight: 2 },
        rank: 20,
        default: false,
        cell: |_, container| Cell::dim(&*container.command),
        order: |_, a, b| a.command.cmp(&b.command),
        largest_first: false,
    },
    Column {
        name: "networks",
        title: "NETWORKS",
        align: Align::Left,
        width: Width::Share { least: 10, weight: 1 },
        rank: 20,
        default: false,
        cell: |_, container| Cell::dim(network_names(container)),
        order: |_, a, b| network_names(a).cmp(&network_names(b)),
        largest_first: false,
    },
];

fn usage<'a>(around: Surroundings<'a>, container: &Container) -> Option<&'a Usage> {
    container.state.is_up().then(|| around.host.usage.latest(&container.id))?
}

/// Containers that need somebody first, then those that run, then those at rest.
fn urgency(container: &Container) -> u8 {
    match (&container.state, container.health) {
        (_, Health::Unhealthy) => 0,
        (State::Restarting, _) => 1,
        (State::Dead, _) => 2,
        (State::Removing | State::Other(_), _) => 3,
        (State::Running, Health::Starting) => 4,
        (State::Running, Health::Healthy | Health::None) => 5,
        (State::Paused, _) => 6,
        (State::Exited, _) if container.exit_code().unwrap_or(0) != 0 => 7,
        (State::Exited, _) => 8,
        (State::Created, _) => 9,
    }
}

fn by_usage(hosts: Sides<'_>, a: &Container, b: &Container, figure: fn(&Usage) -> f64) -> Ordering {
    let of = |host: &Host, container: &Container| {
        container.state.is_up().then(|| host.usage.latest(&container.id)).flatten().map_or(-1.0, figure)
    };
    of(hosts.left, a).total_cmp(&of(hosts.right, b)).then_with(|| b.name.cmp(&a.name))
}

/// `● up 2d healthy`, `○ exited (1) 3h`: the sign and the word say the same, so that no colour is needed.
pub fn state_cell(around: Surroundings<'_>, container: &Container) -> Cell {
    if let Some(job) = around.host.jobs.about(&container.id) {
        return Cell::new(format!("◌ {}…", job.request.doing().to_lowercase()), Tone::Info);
    }
    let age = container.state_age();
    let (sign, words, tone) = match &container.state {
        State::Running => {
            let health = container.health.as_str();
            let (sign, tone) = match container.health {
                Health::Unhealthy => ("✗", Tone::Bad),
                Health::Starting => ("◐", Tone::Warn),
                Health::Healthy | Health::None => ("●", Tone::Good),
            };
            (sign, format!("up {age} {health}"), tone)
        }
        State::Paused => ("‖", format!("paused {age}"), Tone::Warn),
        State::Restarting => ("↻", format!("restarting {age}"), Tone::Bad),
        State::Exited => {
            let code = container.exit_code();
            let tone = if code.unwrap_or(0) == 0 { Tone::Dim } else { Tone::Bad };
            ("○", format!("exited{} {age}", code.map(|code| format!(" ({code})")).unwrap_or_default()), tone)
        }
        State::Created => ("○", "created".to_owned(), Tone::Dim),
        State::Dead => ("✗", "dead".to_owned(), Tone::Bad),
        State::Removing => ("◌", "removing".to_owned(), Tone::Info),
        State::Other(word) => ("◌", word.to_string(), Tone::Info),
    };
    Cell::new(format!("{sign} {}", words.trim_end()), tone)
}

fn cpu_cell(around: Surroundings<'_>, container: &Container) -> Cell {
    let Some(usage) = usage(around, container) else { return Cell::none() };
    let history = around.host.usage.history(&container.id);
    let spark: String =
        history.map(|history| spark(history.points().map(|point| point.usage.cpu_percent))).unwrap_or_default();
    let degree = Degree::of(around.thresholds, Measure::Cpu, usage);
    Cell::new(format!("{} {spark:>4}", percent(usage.cpu_percent)), degree.tone())
}

/// The last four figures as bars; the tallest bar stands for a full core, or the largest figure where that is more.
/// Bars grow with the square root, so that 1%, 5% and 20% of a core can be told apart, and rows be compared.
fn spark(figures: impl DoubleEndedIterator<Item = f64>) -> String {
    const BARS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let last: Vec<f64> = figures.rev().take(4).collect();
    let full = last.iter().copied().fold(100.0, f64::max);
    let bar = |figure: f64| {
        let step = ((figure / full).sqrt() * 8.0).floor().clamp(0.0, 7.0) as usize;
        BARS.get(step).copied().unwrap_or('▁')
    };
    last.into_iter().rev().map(bar).collect()
}

/// `0.3%`, `12%`, `250%`
pub fn percent(figure: f64) -> String {
    if figure < 9.95 { format!("{figure:.1}%") } else { format!("{figure:.0}%") }
}

fn memory_cell(around: Surroundings<'_>, container: &Container) -> Cell {
    let Some(usage) = usage(around, container) else { return Cell::none() };
    let share = usage.memory_percent();
    let degree = Degree::of(around.thresholds, Measure::Memory, usage);
    Cell::new(format!("{} {}", compact_bytes(usage.memory), share.map(percent).unwrap_or_default()), degree.tone())
}

fn flow_cell(
    around: Surroundings<'_>,
    container: &Container,
    measure: Measure,
    pick: fn(&Usage) -> (u64, u64),
) -> Cell {
    let Some(usage) = usage(around, container) else { return Cell::none() };
    let (inward, outward) = pick(usage);
    let degree = Degree::of(around.thresholds, measure, usage);
    Cell::new(format!("{} {:>4}", compact_bytes(inward), compact_bytes(outward)), degree.tone())
}

/// Published ports first; the same port on IPv4 and IPv6 is told once.
fn ports_text(ports: &[Port]) -> String {
    let mut sorted: Vec<&Port> = ports.iter().collect();
    order::sort_by_key(&mut sorted, |port| (port.public.is_none(), port.public, port.private));
    let mut texts: Vec<String> = sorted.into_iter().map(Port::to_string).collect();
    texts.dedup();
    texts.join(" ")
}

fn lowest_public(container: &Container) -> (bool, Option<u16>) {
    let lowest = container.ports.iter().filter_map(|port| port.public).min();
    (lowest.is_none(), lowest)
}

fn network_names(container: &Container) -> String {
    let names: Vec<&str> = container.networks.iter().map(|attachment| &*attachment.network).collect();
    names.join(" ")
}

#[cfg(test)]
mod tests {
    use super::spark;

    #[test]
    fn bars_tell_a_little_from_nothing_and_much_from_all() {
        assert_eq!(spark([0.0, 1.0, 5.0, 20.0].into_iter()), "▁▁▂▄");
        assert_eq!(spark([9.0, 20.0, 50.0, 80.0, 100.0].into_iter()), "▄▆██");
        assert_eq!(spark([100.0, 400.0].into_iter()), "▅█");
    }
}
