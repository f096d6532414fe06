//! `check`: each step of connecting to a host, and at the one that fails what to do about it.

use super::demo;
use crate::cli::AskedHost;
use crate::domain::text::clean;
use crate::domain::{ApiVersion, Failure, Step};
use crate::runtime::steps::{address, steps};
use std::fmt::Write as _;
use std::io::{self, Write};

/// Prints the steps; 0 when an engine can be worked with.
pub async fn check(host: &AskedHost, api: Option<ApiVersion>, out: &mut impl Write) -> io::Result<u8> {
    writeln!(out, "host     {}, {}", clean(host.name.as_str()), host.reason)?;
    let candidates = match &host.candidates {
        Ok(candidates) => candidates.as_slice(),
        Err(failure) => {
            out.write_all(failed(failure).as_bytes())?;
            &[]
        }
    };
    for candidate in candidates {
        writeln!(out, "address  {}, {}", clean(&address(&candidate.endpoint)), candidate.source.name())?;
        let demo = demo(&candidate.endpoint);
        let print = |step: Step| out.write_all(line(&step).as_bytes()).and_then(|()| out.flush());
        if steps(&candidate.endpoint, demo.as_ref(), api, print).await? {
            return Ok(0);
        }
    }
    out.flush()?;
    Ok(1)
}

fn line(step: &Step) -> String {
    match step {
        Step::Address(words) => format!("address  {}\n", clean(words)),
        Step::Passed(words) => format!("✓ {}\n", clean(words)),
        Step::Warned(words) => format!("! {}\n", clean(words)),
        Step::Failed(failure) => failed(failure),
    }
}

fn failed(failure: &Failure) -> String {
    let mut text = format!("✗ {}\n", clean(&failure.sentence));
    if let Some(hint) = &failure.hint {
        let _ = writeln!(text, "  {}", clean(hint));
    }
    text
}
