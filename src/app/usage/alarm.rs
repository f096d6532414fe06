//! Thresholds: how what a container uses stands to them, and when a crossing is told.

use crate::app::charts::measure::Measure;
use crate::app::columns::Tone;
use crate::app::columns::containers::percent;
use crate::config::{Threshold, Thresholds};
use crate::domain::Usage;

/// How much a value is, by its threshold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Degree {
    #[default]
    Calm,
    Warn,
    High,
}

/// Rounds in a row that a value has to be high before it is told: one alone is a blip.
const ROUNDS: u8 = 2;

/// For each measure the rounds that it was high; what was told is not told again before it was well below.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Alarms([u8; Measure::ALL.len()]);

impl Degree {
    pub fn of(thresholds: &Thresholds, measure: Measure, usage: &Usage) -> Self {
        let Some((threshold, value)) = threshold(thresholds, measure).zip(measured(measure, usage)) else {
            return Self::Calm;
        };
        if value >= threshold.high as f64 {
            Self::High
        } else if value >= threshold.warn as f64 {
            Self::Warn
        } else {
            Self::Calm
        }
    }

    pub fn tone(self) -> Tone {
        match self {
            Self::Calm => Tone::Plain,
            Self::Warn => Tone::Warn,
            Self::High => Tone::Bad,
        }
    }
}

impl Alarms {
    /// Takes the newest value; true where it has just become high for good.
    pub(super) fn take(&mut self, thresholds: &Thresholds, measure: Measure, usage: &Usage) -> bool {
        let place = Measure::ALL.iter().position(|other| *other == measure);
        let Some(rounds) = place.and_then(|place| self.0.get_mut(place)) else { return false };
        let Some((threshold, value)) = threshold(thresholds, measure).zip(measured(measure, usage)) else {
            *rounds = 0;
            return false;
        };
        let was_told = *rounds >= ROUNDS;
        if value >= threshold.high as f64 {
            *rounds = (*rounds + 1).min(ROUNDS);
            return !was_told && *rounds == ROUNDS;
        }
        if !was_told || value < threshold.high as f64 * 0.9 {
            *rounds = 0;
        }
        false
    }
}

pub fn threshold(thresholds: &Thresholds, measure: Measure) -> Option<Threshold> {
    match measure {
        Measure::Cpu => thresholds.cpu,
        Measure::Memory => thresholds.memory,
        Measure::Network => thresholds.network,
        Measure::Block => thresholds.block,
        Measure::Processes => thresholds.processes,
    }
}

/// In what its threshold is said in: percent of what there is, or bytes a second.
fn measured(measure: Measure, usage: &Usage) -> Option<f64> {
    match measure {
        Measure::Cpu => Some(usage.cpu_percent / f64::from(usage.online_cpus.max(1))),
        Measure::Memory => usage.memory_percent(),
        Measure::Processes => (usage.pids_limit > 0).then(|| usage.pids as f64 * 100.0 / usage.pids_limit as f64),
        Measure::Network | Measure::Block => Some(measure.whole(usage)),
    }
}

/// A level of a threshold in the unit of the measure's chart.
pub fn in_chart(level: u64, measure: Measure, usage: &Usage) -> Option<f64> {
    match measure {
        Measure::Cpu | Measure::Memory | Measure::Processes => Some(measure.limit(usage)? * level as f64 / 100.0),
        // The chart has a line for each direction, the threshold is for both together.
        Measure::Network | Measure::Block => None,
    }
}

/// `memory at 93% of its limit`
pub fn words(measure: Measure, usage: &Usage) -> String {
    let share = percent(measured(measure, usage).unwrap_or(0.0));
    let rate = measure.unit().words(measure.whole(usage));
    match measure {
        Measure::Cpu => format!("CPU at {share} of all cores"),
        Measure::Memory => format!("memory at {share} of its limit"),
        Measure::Processes => format!("processes at {share} of their limit"),
        Measure::Network => format!("network at {rate}"),
        Measure::Block => format!("disks at {rate}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn memory(percent: u64) -> Usage {
        Usage { memory: percent, memory_limit: 100, online_cpus: 4, cpu_percent: 200.0, ..Usage::default() }
    }

    #[test]
    fn a_crossing_is_told_once_until_it_was_well_below() {
        let thresholds = Thresholds::default();
        let mut alarms = Alarms::default();
        let mut told = |value| alarms.take(&thresholds, Measure::Memory, &memory(value));
        let values = [95, 80, 95, 95, 95, 85, 95, 95, 80, 95, 96];
        let crossings: Vec<bool> = values.into_iter().map(&mut told).collect();
        let wanted = [false, false, false, true, false, false, false, false, false, false, true];
        assert_eq!(crossings, wanted);
        assert_eq!(words(Measure::Memory, &memory(93)), "memory at 93% of its limit");
    }

    #[test]
    fn degrees_follow_the_thresholds() {
        let thresholds = Thresholds { cpu: Some(Threshold::new(50, 60)), memory: None, ..Thresholds::default() };
        assert_eq!(Degree::of(&thresholds, Measure::Cpu, &memory(99)), Degree::Warn);
        assert_eq!(Degree::of(&thresholds, Measure::Memory, &memory(99)), Degree::Calm);
        assert_eq!(in_chart(50, Measure::Cpu, &memory(1)), Some(200.0));
    }

    proptest! {
        #[test]
        fn between_two_tellings_it_was_well_below(values in prop::collection::vec(0u64..100, 0..60)) {
            let mut alarms = Alarms::default();
            let mut lowest = 0;
            for value in values {
                lowest = lowest.min(value);
                if alarms.take(&Thresholds::default(), Measure::Memory, &memory(value)) {
                    prop_assert!(lowest < 81 && value >= 90);
                    lowest = 100;
                }
            }
        }
    }
}
