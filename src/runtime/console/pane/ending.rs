//! How a session came to its end: what the engine knows of its process, and what became of its container.

use super::ASK_AGAIN;
use crate::app::console::{ContainerEnd, SessionEnd};
use crate::domain::{ContainerId, Failure, FailureKind};
use crate::engine::{ConsoleControl, ContainerRun, Engine};
use tokio::task::JoinSet;

/// How often an engine is asked for what it does not know yet of an end.
const ASKED: usize = 10;
/// Exit codes of a process that was killed or asked to end from outside, as all are when their container ends.
const FROM_OUTSIDE: [i64; 2] = [137, 143];

/// What is known of a session's container from its beginning on, to tell at its end what became of it.
#[derive(Debug)]
pub struct Ending {
    engine: Engine,
    container: ContainerId,
    attached: bool,
    /// The container's run at the beginning, asked for beside the session.
    first: JoinSet<Result<ContainerRun, Failure>>,
}

impl Ending {
    /// The session has just begun.
    pub fn new(engine: Engine, container: ContainerId, attached: bool) -> Self {
        let mut first = JoinSet::new();
        // The end of what is attached is that of the container itself.
        if !attached {
            let (engine, container) = (engine.clone(), container.clone());
            first.spawn(async move { engine.container_run(&container).await });
        }
        Self { engine, container, attached, first }
    }

    /// What the end of the output means: the engine knows whether the process has ended, and whether its container has.
    pub async fn tell(mut self, read: Result<(), Failure>, control: &ConsoleControl) -> SessionEnd {
        if let Err(failure) = read {
            return SessionEnd::Lost(self.with_what_goes_on(failure));
        }
        let mut lost = None;
        for _ in 0..ASKED {
            match control.exit_code().await {
                Ok(Some(code)) => {
                    let is_from_outside = FROM_OUTSIDE.contains(&code);
                    let with = if is_from_outside { self.container_end().await } else { None };
                    return SessionEnd::Exited { code: Some(code), with };
                }
                Ok(None) => tokio::time::sleep(ASK_AGAIN).await,
                // It is forgotten together with its container.
                Err(failure) if failure.kind == FailureKind::NotFound => {
                    return SessionEnd::Exited { code: None, with: self.container_end().await };
                }
                Err(failure) => {
                    let words = format!("The session broke off, and the engine does not say why: {}", failure.sentence);
                    lost = Some(self.with_what_goes_on(Failure { sentence: words, ..failure }));
                    break;
                }
            }
        }
        // An engine that is gone is not asked twice.
        if !lost.as_ref().is_some_and(Failure::is_connection)
            && let Some(with) = self.container_end().await
        {
            return SessionEnd::Exited { code: None, with: Some(with) };
        }
        let what = if self.attached { "The container" } else { "Its process" };
        let words = format!("The engine ended the session. {what} goes on without it.");
        SessionEnd::Lost(lost.unwrap_or_else(|| Failure::new(FailureKind::Lost, words)))
    }

    /// What became of the container; engines tell the end of a process before that of its container.
    async fn container_end(&mut self) -> Option<ContainerEnd> {
        if self.attached {
            return None;
        }
        let first = self.first.try_join_next().and_then(Result::ok).and_then(Result::ok);
        for _ in 0..ASKED {
            match self.engine.container_run(&self.container).await {
                Ok(run) if !run.is_up => return Some(ContainerEnd::Stopped),
                Ok(run) if first.as_ref().is_some_and(|first| first.started_at != run.started_at) => {
                    return Some(ContainerEnd::Restarted);
                }
                Ok(_) => tokio::time::sleep(ASK_AGAIN).await,
                Err(failure) if failure.kind == FailureKind::NotFound => return Some(ContainerEnd::Removed),
                Err(_) => return None,
            }
        }
        None
    }

    /// No engine ends a process because the line to it broke, and nobody can be sent to hang up on it any more.
    fn with_what_goes_on(&self, failure: Failure) -> Failure {
        if self.attached || failure.hint.is_some() {
            return failure;
        }
        failure.with_hint("What ran in it may go on in the container: the tab Top shows it.")
    }
}
