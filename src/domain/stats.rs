//! Resource use: what one stats answer says, and what two of them say together.

/// The counters of one `GET /containers/{id}/stats?one-shot=1` answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StatsSample {
    /// The engine's clock when it read the counters, nanoseconds since the Unix epoch.
    pub read_at: i64,
    /// CPU time used since start, nanoseconds over all cores.
    pub cpu_ns: u64,
    /// The host's CPU time, nanoseconds over all cores; 0 where the engine does not tell.
    pub system_cpu_ns: u64,
    pub online_cpus: u32,
    /// Bytes in use without the page cache that can be dropped (as `docker stats` counts).
    pub memory: u64,
    /// Bytes; the host's memory where the container has no limit, 0 where unknown.
    pub memory_limit: u64,
    /// Bytes received and sent since start, over all networks.
    pub network: Flow,
    /// Bytes read from and written to block devices since start.
    pub block: Flow,
    pub pids: u64,
    /// The most processes allowed, 0 without limit.
    pub pids_limit: u64,
}

/// Two directions: in (received, read) and out (sent, written).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Flow {
    pub inward: u64,
    pub outward: u64,
}

/// What a container used between two samples.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Usage {
    /// Nanoseconds since the Unix epoch, of the later sample.
    pub at: i64,
    /// Percent of one core: 200 is two cores kept busy.
    pub cpu_percent: f64,
    pub memory: u64,
    pub memory_limit: u64,
    /// Bytes per second.
    pub network: Flow,
    /// Bytes per second.
    pub block: Flow,
    pub pids: u64,
    pub pids_limit: u64,
    pub online_cpus: u32,
}

impl Usage {
    /// Rates over the time between two samples; `None` when no time passed or the counters started anew.
    pub fn between(before: &StatsSample, after: &StatsSample) -> Option<Self> {
        let elapsed = after.read_at.checked_sub(before.read_at).filter(|ns| *ns > 0)?;
        let cpu = after.cpu_ns.checked_sub(before.cpu_ns)?;
        let seconds = elapsed as f64 / 1e9;
        let rate = |after: u64, before: u64| (after.saturating_sub(before) as f64 / seconds) as u64;
        let flow = |after: Flow, before: Flow| Flow {
            inward: rate(after.inward, before.inward),
            outward: rate(after.outward, before.outward),
        };
        Some(Self {
            at: after.read_at,
            cpu_percent: cpu_percent(before, after, cpu, elapsed),
            memory: after.memory,
            memory_limit: after.memory_limit,
            network: flow(after.network, before.network),
            block: flow(after.block, before.block),
            pids: after.pids,
            pids_limit: after.pids_limit,
            online_cpus: after.online_cpus,
        })
    }

    /// Memory as percent of the limit; `None` where the limit is unknown.
    pub fn memory_percent(&self) -> Option<f64> {
        (self.memory_limit > 0).then(|| self.memory as f64 * 100.0 / self.memory_limit as f64)
    }
}

/// The host's own clock of CPU time is used where told, as `docker stats` does: it does not jump with the wall clock.
fn cpu_percent(before: &StatsSample, after: &StatsSample, cpu: u64, elapsed: i64) -> f64 {
    let system = after.system_cpu_ns.saturating_sub(before.system_cpu_ns);
    if before.system_cpu_ns > 0 && system > 0 && after.online_cpus > 0 {
        cpu as f64 / system as f64 * f64::from(after.online_cpus) * 100.0
    } else {
        cpu as f64 / elapsed as f64 * 100.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(at: i64, cpu_ns: u64, system_cpu_ns: u64) -> StatsSample {
        StatsSample { read_at: at, cpu_ns, system_cpu_ns, online_cpus: 4, ..StatsSample::default() }
    }

    #[test]
    fn one_busy_core_is_a_hundred_percent() {
        let second = 1_000_000_000;
        let usage =
            Usage::between(&sample(second, 0, second as u64), &sample(2 * second, second as u64, 5 * second as u64));
        assert!((usage.unwrap().cpu_percent - 100.0).abs() < 0.01);
        let without_system = Usage::between(&sample(second, 0, 0), &sample(2 * second, second as u64, 0));
        assert!((without_system.unwrap().cpu_percent - 100.0).abs() < 0.01);
    }

    #[test]
    fn a_restart_or_a_repeated_sample_is_no_usage() {
        assert_eq!(Usage::between(&sample(1, 50, 0), &sample(2, 10, 0)), None);
        assert_eq!(Usage::between(&sample(2, 50, 0), &sample(2, 60, 0)), None);
    }
}
