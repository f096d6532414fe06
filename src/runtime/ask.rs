//! Asks engines what `check`, `hosts` and `ps` want to know, and prints it without a screen.

mod check;
mod hosts;
mod ps;
mod table;

use super::clock::Clock;
use super::dial;
use super::steps::{DEADLINE, slow};
use crate::cli::{AskedHost, Form, Question};
use crate::demo::{DemoEngine, DemoOptions};
use crate::domain::{ApiVersion, Endpoint, Failure, FailureKind};
use crate::engine::{Engine, Listed};
use futures_util::future::join_all;
use std::io::{self, Write};
use tokio::time::timeout;

/// Answers the question; gives the exit status: 0, or 1 where a host did not answer that had to.
///
/// # Errors
/// When the output cannot be written or there is no runtime to be had.
pub fn ask(question: Question, out: &mut impl Write, err: &mut impl Write) -> io::Result<u8> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let status = runtime.block_on(async {
        let Question { hosts, form, api } = question;
        match form {
            Form::Check => match hosts.first() {
                Some(host) => check::check(host, api, out).await,
                None => Ok(1),
            },
            Form::Hosts { json } => hosts::tell(answers(&hosts, Meant::All, api).await, json, out),
            Form::Ps { all, of_all_hosts, json } => {
                let meant = if of_all_hosts { Meant::All } else { Meant::This };
                ps::tell(answers(&hosts, meant, api).await, ps::Shape { all, of_all_hosts, json }, out, err)
            }
        }
    });
    // A name look-up that hangs must not hold up the end of the program.
    runtime.shutdown_background();
    status
}

/// Which hosts were asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Meant {
    /// One that was named, or chosen by the rules.
    This,
    /// All that are known.
    All,
}

/// What a host had to say.
#[derive(Debug)]
struct Answer<'a> {
    host: &'a AskedHost,
    heard: Heard,
}

#[derive(Debug)]
enum Heard {
    Listed(Box<(Endpoint, Engine, Listed)>),
    Failed(Failure),
    /// Hosts that only ssh knows of are not logged in to without being asked for.
    NotAsked,
}

/// All at once.
async fn answers(hosts: &[AskedHost], meant: Meant, api: Option<ApiVersion>) -> Vec<Answer<'_>> {
    join_all(hosts.iter().map(|host| async move { Answer { host, heard: hear(host, meant, api).await } })).await
}

async fn hear(host: &AskedHost, meant: Meant, api: Option<ApiVersion>) -> Heard {
    if meant == Meant::All && host.source == crate::config::Source::SshConfig {
        return Heard::NotAsked;
    }
    let candidates = match &host.candidates {
        Ok(candidates) => candidates,
        Err(failure) => return Heard::Failed(failure.clone()),
    };
    let mut last = Failure::new(FailureKind::Missing, "There is nowhere to look for it.");
    for candidate in candidates {
        let demo = demo(&candidate.endpoint);
        let Some(dialer) = dial::dialer(&candidate.endpoint, demo.as_ref()) else { continue };
        let engine = Engine::new(dialer).pinned(api);
        match timeout(DEADLINE, engine.containers(true)).await {
            Ok(Ok(listed)) => return Heard::Listed(Box::new((candidate.endpoint.clone(), engine, listed))),
            Ok(Err(failure)) => last = failure,
            Err(_) => last = slow(),
        }
    }
    Heard::Failed(last)
}

/// The embedded engine, where it is asked for.
fn demo(endpoint: &Endpoint) -> Option<DemoEngine> {
    (*endpoint == Endpoint::Demo).then(|| {
        let now = Clock::start().now().0;
        DemoEngine::start(DemoOptions { containers: 0, images: 0, seed: super::start::DEMO_SEED, now, living: false })
    })
}
