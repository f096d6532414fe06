//! Memory after ten million lines: what the store of a log holds, and the whole process with it.

#![expect(clippy::print_stdout, reason = "what it measures is what it prints")]

use dockerui_tui::app::logs::LogStore;
use dockerui_tui::domain::{LogChunk, LogStream};

const LINES: usize = 10_000_000;
const LIMIT: usize = 64 << 20;

/// The memory of this process now and at most, in kB; Linux tells it.
fn resident() -> Option<(u64, u64)> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let value = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name))?;
        line.trim_end_matches("kB").trim().parse().ok()
    };
    Some((value("VmRSS:")?, value("VmHWM:")?))
}

fn main() {
    let before = resident();
    let mut store = LogStore::new(LIMIT);
    let mut chunk = LogChunk::default();
    for number in 0..LINES {
        let line = format!("{number:08} GET /orders/{} 200 {} ms agent=Mozilla/5.0", number % 977, number % 83);
        chunk.push(LogStream::Stdout, number as i64, line.as_bytes());
        // As they come from an engine.
        if chunk.bytes.len() > 64 << 10 {
            store.append(std::mem::take(&mut chunk));
        }
    }
    store.append(chunk);
    println!("{LINES} lines read, the last {} kept in {} of {LIMIT} bytes", store.len(), store.cost());
    if let (Some((before, _)), Some((now, most))) = (before, resident()) {
        println!("memory of the process: {before} kB before, {now} kB after, {most} kB at most");
    }
}
