//! One sample of a container's counters (`GET /containers/{id}/stats?one-shot=1`).

use super::Engine;
use super::call::Call;
use super::failure::malformed;
use super::lenient::{List, Pairs, Text, or_default};
use super::time::whole_time;
use crate::domain::{ContainerId, Failure, Flow, StatsSample};
use serde::Deserialize;

impl Engine {
    /// The counters now. `None` where there is nothing to count: a container that does not run is answered with
    /// zeros (Docker), with nothing or with nulls (Podman).
    pub async fn stats_once(&self, id: &ContainerId) -> Result<Option<StatsSample>, Failure> {
        let call = Call::get(&["containers", id.as_str(), "stats"]).query("stream", "0").query("one-shot", "1");
        read_sample(&self.ask(call).await?)
    }
}

fn read_sample(body: &[u8]) -> Result<Option<StatsSample>, Failure> {
    if body.trim_ascii().is_empty() {
        return Ok(None);
    }
    let raw: Option<Stats<'_>> = serde_json::from_slice(body).map_err(|error| malformed("“stats”", &error))?;
    Ok(raw.and_then(Stats::sample))
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Stats<'a> {
    #[serde(borrow)]
    read: Text<'a>,
    #[serde(deserialize_with = "or_default")]
    cpu_stats: Cpu,
    #[serde(deserialize_with = "or_default")]
    memory_stats: Memory,
    #[serde(deserialize_with = "or_default")]
    pids_stats: Pids,
    networks: Pairs<Option<Interface>>,
    #[serde(borrow, deserialize_with = "or_default")]
    blkio_stats: Block<'a>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Cpu {
    #[serde(deserialize_with = "or_default")]
    cpu_usage: CpuUsage,
    #[serde(deserialize_with = "or_default")]
    system_cpu_usage: u64,
    #[serde(deserialize_with = "or_default")]
    online_cpus: u32,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct CpuUsage {
    #[serde(deserialize_with = "or_default")]
    total_usage: u64,
    /// Only on cgroup v1.
    #[serde(deserialize_with = "or_default")]
    percpu_usage: Vec<u64>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Memory {
    #[serde(deserialize_with = "or_default")]
    usage: u64,
    #[serde(deserialize_with = "or_default")]
    limit: u64,
    #[serde(deserialize_with = "or_default")]
    stats: MemoryParts,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct MemoryParts {
    /// cgroup v1
    total_inactive_file: Option<u64>,
    /// cgroup v2
    inactive_file: Option<u64>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Pids {
    #[serde(deserialize_with = "or_default")]
    current: u64,
    #[serde(deserialize_with = "or_default")]
    limit: u64,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Interface {
    #[serde(deserialize_with = "or_default")]
    rx_bytes: u64,
    #[serde(deserialize_with = "or_default")]
    tx_bytes: u64,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Block<'a> {
    #[serde(borrow)]
    io_service_bytes_recursive: List<BlockEntry<'a>, Flow>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct BlockEntry<'a> {
    #[serde(borrow)]
    op: Text<'a>,
    #[serde(deserialize_with = "or_default")]
    value: u64,
}

impl From<BlockEntry<'_>> for Flow {
    fn from(entry: BlockEntry<'_>) -> Self {
        if entry.op.0.eq_ignore_ascii_case("read") {
            Self { inward: entry.value, outward: 0 }
        } else if entry.op.0.eq_ignore_ascii_case("write") {
            Self { inward: 0, outward: entry.value }
        } else {
            Self::default()
        }
    }
}

impl Memory {
    /// Without the page cache that can be dropped, as `docker stats` counts it: v1 says `total_inactive_file`.
    fn used(&self) -> u64 {
        let cache = self.stats.total_inactive_file.or(self.stats.inactive_file).unwrap_or(0);
        self.usage.checked_sub(cache).unwrap_or(self.usage)
    }
}

impl Stats<'_> {
    fn sample(self) -> Option<StatsSample> {
        let read_at = whole_time(&self.read.0)?;
        let cpu = &self.cpu_stats;
        if cpu.cpu_usage.total_usage == 0 && self.memory_stats.usage == 0 && self.pids_stats.current == 0 {
            return None;
        }
        let cores = u32::try_from(cpu.cpu_usage.percpu_usage.len()).unwrap_or(0);
        let interfaces = self.networks.0.iter().filter_map(|(_, interface)| interface.as_ref());
        Some(StatsSample {
            read_at,
            cpu_ns: cpu.cpu_usage.total_usage,
            system_cpu_ns: cpu.system_cpu_usage,
            online_cpus: if cpu.online_cpus == 0 { cores } else { cpu.online_cpus },
            memory: self.memory_stats.used(),
            memory_limit: self.memory_stats.limit,
            network: sum(interfaces.map(|one| Flow { inward: one.rx_bytes, outward: one.tx_bytes })),
            block: sum(self.blkio_stats.io_service_bytes_recursive.0.into_iter()),
            pids: self.pids_stats.current,
            // Where there is no limit Docker leaves it out or says 2^64 - 1.
            pids_limit: if self.pids_stats.limit == u64::MAX { 0 } else { self.pids_stats.limit },
        })
    }
}

fn sum(flows: impl Iterator<Item = Flow>) -> Flow {
    flows.fold(Flow::default(), |sum, flow| Flow {
        inward: sum.inward.saturating_add(flow.inward),
        outward: sum.outward.saturating_add(flow.outward),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_is_counted_as_docker_stats_does() {
        let sample = |parts: &str| {
            let body = format!(
                r#"{{"read":"2024-01-01T00:00:00.5Z","cpu_stats":{{"cpu_usage":{{"total_usage":7,"percpu_usage":[3,4]}},
                "system_cpu_usage":9}},"memory_stats":{{"usage":100,"limit":1000,"stats":{parts}}},
                "pids_stats":{{"current":2,"limit":18446744073709551615}},
                "networks":{{"eth0":{{"rx_bytes":1,"tx_bytes":2}},"eth1":{{"rx_bytes":10,"tx_bytes":20}}}},
                "blkio_stats":{{"io_service_bytes_recursive":[{{"op":"Read","value":5}},{{"op":"write","value":6}},
                {{"op":"Total","value":11}}]}}}}"#
            );
            read_sample(body.as_bytes()).unwrap().unwrap()
        };
        assert_eq!(sample(r#"{"total_inactive_file":30,"inactive_file":1}"#).memory, 70);
        assert_eq!(sample(r#"{"inactive_file":40}"#).memory, 60);
        assert_eq!(sample(r#"{"inactive_file":400}"#).memory, 100);
        let sample = sample("null");
        assert_eq!((sample.online_cpus, sample.pids_limit, sample.memory), (2, 0, 100));
        assert_eq!(sample.network, Flow { inward: 11, outward: 22 });
        assert_eq!(sample.block, Flow { inward: 5, outward: 6 });
    }

    #[test]
    fn a_stopped_container_has_no_sample() {
        for body in [
            "",
            "null",
            "{}",
            r#"{"read":"0001-01-01T00:00:00Z","cpu_stats":{"cpu_usage":{"total_usage":0}},"memory_stats":{}}"#,
            r#"{"read":"2024-01-01T00:00:00Z","cpu_stats":null,"memory_stats":null,"networks":null,"blkio_stats":null}"#,
        ] {
            assert_eq!(read_sample(body.as_bytes()), Ok(None), "{body}");
        }
        assert!(read_sample(b"<html>").is_err());
    }
}
