//! What is measured of a container.

use super::unit::Unit;
use crate::app::columns::containers::percent;
use crate::domain::Usage;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Measure {
    #[default]
    Cpu,
    Memory,
    Network,
    Block,
    Processes,
}

/// A figure of a measure, and what it is called where there are two.
pub type Part = (&'static str, fn(&Usage) -> f64);

impl Measure {
    /// The most looked at first.
    pub const ALL: [Self; 5] = [Self::Cpu, Self::Memory, Self::Network, Self::Block, Self::Processes];

    pub fn title(self) -> &'static str {
        match self {
            Self::Cpu => "CPU",
            Self::Memory => "Memory",
            Self::Network => "Network",
            Self::Block => "Block I/O",
            Self::Processes => "Processes",
        }
    }

    pub fn unit(self) -> Unit {
        match self {
            Self::Cpu => Unit::Percent,
            Self::Memory => Unit::Bytes,
            Self::Network | Self::Block => Unit::Rate,
            Self::Processes => Unit::Count,
        }
    }

    /// Its lines in the chart of one container.
    pub fn parts(self) -> &'static [Part] {
        match self {
            Self::Cpu => &[("", |usage| usage.cpu_percent)],
            Self::Memory => &[("", |usage| usage.memory as f64)],
            Self::Network => &[("↓", |usage| usage.network.inward as f64), ("↑", |usage| usage.network.outward as f64)],
            Self::Block => {
                &[("read", |usage| usage.block.inward as f64), ("written", |usage| usage.block.outward as f64)]
            }
            Self::Processes => &[("", |usage| usage.pids as f64)],
        }
    }

    /// All of it in one figure, where several containers are compared.
    pub fn whole(self, usage: &Usage) -> f64 {
        self.parts().iter().map(|(_, part)| part(usage)).sum()
    }

    /// What it cannot rise above, where there is such a limit.
    pub fn limit(self, usage: &Usage) -> Option<f64> {
        let limit = match self {
            Self::Cpu => f64::from(usage.online_cpus) * 100.0,
            Self::Memory => usage.memory_limit as f64,
            Self::Network | Self::Block => 0.0,
            Self::Processes => usage.pids_limit as f64,
        };
        Some(limit).filter(|limit| *limit > 0.0)
    }

    /// The figures in words, with the limit where there is one.
    pub fn figures(self, usage: &Usage) -> String {
        let unit = self.unit();
        let limit = self.limit(usage);
        match self {
            Self::Cpu => {
                let cores = match usage.online_cpus {
                    0 => String::new(),
                    1 => " of 1 core".to_owned(),
                    cores => format!(" of {cores} cores"),
                };
                format!("{}{cores}", percent(usage.cpu_percent))
            }
            Self::Memory => {
                let of = limit.map(|limit| format!(" of {}", unit.words(limit))).unwrap_or_default();
                let share = usage.memory_percent().map(|share| format!(" ({})", percent(share))).unwrap_or_default();
                format!("{}{of}{share}", unit.words(usage.memory as f64))
            }
            Self::Network | Self::Block => {
                let told = self.parts().iter().map(|(name, part)| format!("{name} {}", unit.words(part(usage))));
                told.collect::<Vec<_>>().join(" ")
            }
            Self::Processes => {
                let of = limit.map(|limit| format!(" of {}", unit.words(limit))).unwrap_or_default();
                format!("{}{of}", usage.pids)
            }
        }
    }
}
