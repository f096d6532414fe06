//! From where on what a container uses is worth a warning, and from where on it is too much.

use super::ByteSize;
use super::read::{self, Reader, Section, Value, Wrong};

/// For each measure its threshold; `None` where it has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Thresholds {
    /// Percent of all cores of the machine.
    pub cpu: Option<Threshold>,
    /// Percent of the limit.
    pub memory: Option<Threshold>,
    /// Percent of the limit.
    pub processes: Option<Threshold>,
    /// Bytes a second, in and out together.
    pub network: Option<Threshold>,
    /// Bytes a second, read and written together.
    pub block: Option<Threshold>,
}

/// Two levels, the lower one first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Threshold {
    pub warn: u64,
    pub high: u64,
}

impl Threshold {
    pub const fn new(warn: u64, high: u64) -> Self {
        Self { warn, high }
    }
}

impl Default for Thresholds {
    fn default() -> Self {
        Self {
            cpu: Some(Threshold::new(60, 90)),
            memory: Some(Threshold::new(75, 90)),
            processes: Some(Threshold::new(75, 90)),
            network: None,
            block: None,
        }
    }
}

/// What a file says of each; the inner `None` is none on purpose (`cpu = []`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ThresholdsLayer {
    pub cpu: Option<Option<Threshold>>,
    pub memory: Option<Option<Threshold>>,
    pub processes: Option<Option<Threshold>>,
    pub network: Option<Option<Threshold>>,
    pub block: Option<Option<Threshold>>,
}

impl ThresholdsLayer {
    pub(super) fn read(reader: &mut Reader<'_>, mut section: Section<'_>) -> Self {
        let layer = Self {
            cpu: reader.take(&mut section, "cpu", |value| levels(value, percent)),
            memory: reader.take(&mut section, "memory", |value| levels(value, percent)),
            processes: reader.take(&mut section, "processes", |value| levels(value, percent)),
            network: reader.take(&mut section, "network", |value| levels(value, bytes)),
            block: reader.take(&mut section, "block", |value| levels(value, bytes)),
        };
        reader.close(section);
        layer
    }

    /// Lays this over what is there.
    pub(super) fn over(self, below: Thresholds) -> Thresholds {
        Thresholds {
            cpu: self.cpu.unwrap_or(below.cpu),
            memory: self.memory.unwrap_or(below.memory),
            processes: self.processes.unwrap_or(below.processes),
            network: self.network.unwrap_or(below.network),
            block: self.block.unwrap_or(below.block),
        }
    }
}

/// A list of two levels, or of none.
fn levels(value: &Value<'_>, level: fn(&Value<'_>) -> Result<u64, Wrong>) -> Result<Option<Threshold>, Wrong> {
    match read::list(value, level)?.as_slice() {
        [] => Ok(None),
        [warn, high] if warn <= high => Ok(Some(Threshold::new(*warn, *high))),
        [_, _] => Err("must name the lower level first".into()),
        _ => Err("must be two levels, such as [75, 90], or [] for none".into()),
    }
}

fn percent(value: &Value<'_>) -> Result<u64, Wrong> {
    read::integer(value, 1..1001).map(u64::from)
}

fn bytes(value: &Value<'_>) -> Result<u64, Wrong> {
    read::parsed::<ByteSize>(value).map(ByteSize::get)
}

#[cfg(test)]
mod tests {
    use crate::config::{Layer, Settings, Threshold};
    use std::path::Path;

    #[test]
    fn levels_are_read_strictly() {
        let read = |line: &str| Layer::parse(Path::new("c.toml"), &format!("[stats.thresholds]\n{line}"));
        let stats = Settings::default().with(read("cpu = []\nnetwork = [\"1MB\", \"5MB\"]").unwrap()).stats;
        assert_eq!((stats.thresholds.cpu, stats.thresholds.memory), (None, Some(Threshold::new(75, 90))));
        assert_eq!(stats.thresholds.network, Some(Threshold::new(1_000_000, 5_000_000)));
        for (line, wrong) in [
            ("memory = [90, 75]", "“stats.thresholds.memory” must name the lower level first."),
            ("memory = [90]", "“stats.thresholds.memory” must be two levels, such as [75, 90], or [] for none."),
            ("memory = 90", "“stats.thresholds.memory” must be a list in [brackets]."),
            ("cpu = [\"60\", \"90\"]", "“stats.thresholds.cpu” must be a whole number from 1 to 1000."),
            ("disk = [1, 2]", "There is no setting “stats.thresholds.disk”."),
        ] {
            let errors = read(line).unwrap_err();
            assert!(errors[0].to_string().contains(wrong), "{line}: {}", errors[0]);
        }
    }
}
