//! Feeds bytes to the log's way to the screen: files that are named, `--random SECONDS` of its own making, or the standard
//! input, as AFL gives it.
//!
//! `cargo run --example fuzz_logs -- --random 60`

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program that is run by hand")]

mod fragments;
mod target;

use std::io::Read;
use std::process::ExitCode;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let outcome = match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => {
            let mut bytes = Vec::new();
            std::io::stdin().lock().read_to_end(&mut bytes).map(|_| target::fuzz(&bytes))
        }
        ["--random", seconds] => seconds.parse().map(random).map_err(std::io::Error::other),
        _ => words.iter().try_for_each(|file| std::fs::read(file).map(|bytes| target::fuzz(&bytes))),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("fuzz_logs: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Makes input for so many seconds; of what fails the input is left in a file.
fn random(seconds: u64) {
    let now = || SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let begin = now();
    let mut seed = u64::try_from(begin.as_nanos()).unwrap_or(u64::MAX) | 1;
    let mut count = 0_u64;
    while now().saturating_sub(begin) < Duration::from_secs(seconds) {
        let bytes = fragments::input(&mut seed);
        if std::panic::catch_unwind(|| target::fuzz(&bytes)).is_err() {
            let file = format!("fuzz-{seed}.bin");
            match std::fs::write(&file, &bytes) {
                Ok(()) => eprintln!("the input is in {file}"),
                Err(error) => eprintln!("{file} cannot be written: {error}"),
            }
            std::process::exit(1);
        }
        count += 1;
    }
    println!("{count} inputs");
}
