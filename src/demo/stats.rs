//! Resource use as closed formulas of time, so that counters of any container can be read at any time for nothing.

use super::clock::{NEVER, SECOND, rfc3339};
use super::container::{Container, Phase};
use super::random::Random;
use serde_json::{Value, json};
use std::f64::consts::TAU;

pub const MACHINE_CPUS: u32 = 8;
pub const MACHINE_MEMORY: u64 = 33_554_432_000;
/// When the machine was booted, nanoseconds since the Unix epoch: late enough for the counter to fit 63 bits.
const BOOTED: i64 = 1_600_000_000 * SECOND;
const MIB: f64 = 1024.0 * 1024.0;

/// What makes one container's curve differ from another's.
#[derive(Clone, Copy, Debug)]
pub struct Load {
    phase: f64,
    period: f64,
    scale: f64,
    /// When it was frozen, so that its counters stand still.
    pub frozen: Option<i64>,
}

impl Load {
    pub fn new(mut random: Random) -> Self {
        Self {
            phase: random.unit() * TAU,
            period: 40.0 + 140.0 * random.unit(),
            scale: 0.6 + 0.8 * random.unit(),
            frozen: None,
        }
    }

    /// The integral from 0 to `seconds` of a load of mean 1 that swings slowly and jitters fast; it only grows.
    fn work(&self, seconds: f64) -> f64 {
        let swing = |share: f64, period: f64, phase: f64| {
            share * period / TAU * (phase.cos() - (TAU * seconds / period + phase).cos())
        };
        seconds
            + swing(0.5, self.period, self.phase)
            + swing(0.25, self.period / 5.3, self.phase * 2.0)
            + swing(0.2, 7.1, self.phase * 3.0)
    }

    /// Seconds of its present run in which it could work.
    fn active_seconds(&self, container: &Container, now: i64) -> f64 {
        let end = self.frozen.unwrap_or(now);
        container.run.started.map_or(0.0, |started| (end - started).max(0) as f64 / SECOND as f64)
    }
}

/// One answer of `/stats`, with the sample of `before` as the one before (0 for none).
pub fn sample(container: &Container, now: i64, before: i64) -> Value {
    let name = format!("/{}", container.name);
    if !container.is_alive() {
        return json!({
            "name": name, "id": container.id, "read": NEVER, "preread": NEVER, "pids_stats": {},
            "blkio_stats": blkio(None), "num_procs": 0, "storage_stats": {}, "cpu_stats": cpu(0.0, None),
            "precpu_stats": cpu(0.0, None), "memory_stats": {},
        });
    }
    let profile = container.profile();
    let load = &container.load;
    let number = |of: fn(&super::logs::Profile) -> f64| profile.map_or(0.0, of);
    let work_at = |at: i64| load.work(load.active_seconds(container, at));
    let cpu_at = |at: i64| work_at(at) * number(|profile| profile.cpu) / 100.0 * load.scale * SECOND as f64;
    let work = work_at(now);
    let (memory, limit) = memory(container, now);
    let cache = memory / 8;
    let bytes = |of: fn(&super::logs::Profile) -> f64| (work * number(of) * load.scale) as u64;
    let (received, sent) = (bytes(|profile| profile.received), bytes(|profile| profile.sent));
    let mut value = json!({
        "name": name,
        "id": container.id,
        "read": rfc3339(now),
        "preread": if before > 0 { rfc3339(before) } else { NEVER.to_owned() },
        "pids_stats": { "current": profile.map_or(1, |profile| profile.processes.len()), "limit": pids_limit(container) },
        "blkio_stats": blkio(Some((bytes(|profile| profile.written) / 6, bytes(|profile| profile.written)))),
        "num_procs": 0,
        "storage_stats": {},
        "cpu_stats": cpu(cpu_at(now), Some(now)),
        "precpu_stats": if before > 0 { cpu(cpu_at(before), Some(before)) } else { cpu(0.0, None) },
        "memory_stats": {
            "usage": memory + cache,
            "stats": { "anon": memory, "file": cache, "inactive_file": cache, "active_file": 0, "pgfault": memory / 4096 },
            "limit": limit,
        },
    });
    if let (Some(fields), true) = (value.as_object_mut(), !container.networks.is_empty()) {
        let counters = json!({ "eth0": {
            "rx_bytes": received, "rx_packets": received / 700, "rx_errors": 0, "rx_dropped": 0,
            "tx_bytes": sent, "tx_packets": sent / 700, "tx_errors": 0, "tx_dropped": 0,
        } });
        fields.insert("networks".into(), counters);
    }
    value
}

/// Bytes in use, and the limit.
fn memory(container: &Container, now: i64) -> (u64, u64) {
    let limit = container.spec.host.get("Memory").and_then(Value::as_u64).filter(|limit| *limit > 0);
    let limit = limit.unwrap_or(MACHINE_MEMORY);
    let Some(profile) = container.profile() else { return (0, limit) };
    let load = &container.load;
    let seconds = load.active_seconds(container, now);
    let swing = 1.0 + 0.04 * (TAU * seconds / load.period + load.phase).sin();
    // It fills after a start, grows, and is given back once a day.
    let filled = 1.0 - 0.6 * (-seconds / 20.0).exp();
    let grown = profile.growth * (seconds % 86_400.0) / 3600.0;
    let bytes = (profile.memory * load.scale.sqrt() * swing * filled + grown) * MIB;
    ((bytes as u64).min(limit / 100 * 97), limit)
}

fn pids_limit(container: &Container) -> u64 {
    container.spec.host.get("PidsLimit").and_then(Value::as_u64).filter(|limit| *limit > 0).unwrap_or(38_183)
}

/// The counters of cgroup v2; without a time those of a sample that was never taken.
fn cpu(nanoseconds: f64, at: Option<i64>) -> Value {
    let total = nanoseconds as u64;
    let mut value = json!({
        "cpu_usage": { "total_usage": total, "usage_in_kernelmode": total / 4, "usage_in_usermode": total - total / 4 },
        "throttling_data": { "periods": 0, "throttled_periods": 0, "throttled_time": 0 },
    });
    if let (Some(at), Some(fields)) = (at, value.as_object_mut()) {
        let up = if at > BOOTED { at - BOOTED } else { at };
        let system = u64::try_from(up).unwrap_or(0).saturating_mul(u64::from(MACHINE_CPUS));
        fields.insert("system_cpu_usage".into(), system.into());
        fields.insert("online_cpus".into(), MACHINE_CPUS.into());
    }
    value
}

fn blkio(bytes: Option<(u64, u64)>) -> Value {
    let entries = bytes.map(|(read, written)| {
        json!([
            { "major": 259, "minor": 0, "op": "read", "value": read },
            { "major": 259, "minor": 0, "op": "write", "value": written },
        ])
    });
    json!({
        "io_service_bytes_recursive": entries, "io_serviced_recursive": null, "io_queue_recursive": null,
        "io_service_time_recursive": null, "io_wait_time_recursive": null, "io_merged_recursive": null,
        "io_time_recursive": null, "sectors_recursive": null,
    })
}

impl Container {
    /// Freezes or thaws its counters with its processes.
    pub fn freeze(&mut self, now: i64) {
        self.load.frozen = (self.run.phase == Phase::Paused).then_some(now);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_only_grows_and_averages_one() {
        let load = Load::new(Random::new(3));
        let mut last = 0.0;
        for tenth in 1..20_000 {
            let work = load.work(f64::from(tenth) / 10.0);
            assert!(work > last, "{tenth}");
            last = work;
        }
        assert!((last / 2000.0 - 1.0).abs() < 0.1, "{last}");
    }
}
