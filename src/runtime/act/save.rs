//! Writes a log to a file: streamed, off the loop, and there only when all of it is written.

pub(in crate::runtime) mod draft;

use crate::config::Environment;
use crate::domain::text::{counted, long_bytes};
use crate::domain::{Done, Failure, FailureKind, LogContent, LogQuery, LogSave, Progress, TextSave};
use crate::engine::Engine;
use crate::runtime::fetch::no_line;
use draft::Draft;
use futures_util::StreamExt;
use std::pin::pin;
use std::time::Duration;
use tokio::time::Instant;

/// All that the engine has by now.
const ALL: LogQuery = LogQuery { tail: None, since: None, until: None, follow: false };

/// Stretches of lines written between two looks at how far it is.
const AT_ONCE: usize = 256;

/// How far it is is told this often at most.
const TOLD: Duration = Duration::from_millis(100);

/// Writes what is asked for. Given up half-way, it leaves nothing behind.
pub async fn save(
    engine: Option<Engine>,
    save: &LogSave,
    environment: &Environment,
    progress: impl FnMut(Progress),
) -> Result<Done, Failure> {
    let place = environment.expand(&save.path);
    let (path, overwrite) = (save.path.clone(), save.overwrite);
    let draft = on_disk(move || Draft::begin(&place, &path, overwrite)).await?;
    let draft = fill(engine, save, draft, progress).await?;
    let lines = draft.lines();
    on_disk(move || draft.finish()).await?;
    Ok(Done::Saved { path: save.path.clone(), lines })
}

/// Writes lines that are known here.
pub async fn save_text(save: &TextSave, environment: &Environment) -> Result<Done, Failure> {
    let place = environment.expand(&save.path);
    let (path, overwrite, lines) = (save.path.clone(), save.overwrite, save.lines.clone());
    let count = lines.len();
    on_disk(move || {
        let mut draft = Draft::begin(&place, &path, overwrite)?;
        draft.write_lines(&lines)?;
        draft.finish()
    })
    .await?;
    Ok(Done::Saved { path: save.path.clone(), lines: count })
}

async fn fill(
    engine: Option<Engine>,
    save: &LogSave,
    mut draft: Draft,
    mut progress: impl FnMut(Progress),
) -> Result<Draft, Failure> {
    let form = save.form;
    let mut told = Instant::now();
    let mut tell = |draft: &Draft| {
        if told.elapsed() >= TOLD {
            told = Instant::now();
            progress(so_far(draft));
        }
    };
    match &save.content {
        LogContent::Lines(lines) => {
            for first in (0..lines.pieces().len()).step_by(AT_ONCE) {
                let lines = lines.clone();
                let write = move |draft: &mut Draft| {
                    let mut pieces = lines.pieces().skip(first).take(AT_ONCE);
                    pieces.try_for_each(|(chunk, lines)| draft.write(chunk, lines, form))
                };
                draft = written(draft, write).await?;
                tell(&draft);
            }
        }
        LogContent::Whole => {
            let engine = engine.ok_or_else(no_line)?;
            let mut chunks = pin!(engine.logs(&save.target.id, &ALL, None));
            while let Some(chunk) = chunks.next().await {
                let chunk = chunk?;
                draft = written(draft, move |draft| draft.write(&chunk, 0..chunk.lines.len(), form)).await?;
                tell(&draft);
            }
        }
    }
    Ok(draft)
}

fn so_far(draft: &Draft) -> Progress {
    let status = format!("{}, {}", counted(draft.lines(), "line", "lines"), long_bytes(draft.bytes()));
    Progress { part: "log".into(), status: status.into(), done: 0, total: 0 }
}

/// The disk may be slow, or gone: it is waited for elsewhere. Who gives up meanwhile drops the draft with what it wrote.
async fn written(
    mut draft: Draft,
    write: impl FnOnce(&mut Draft) -> Result<(), Failure> + Send + 'static,
) -> Result<Draft, Failure> {
    on_disk(move || write(&mut draft).map(|()| draft)).await
}

/// Disk work, off the loop.
pub(in crate::runtime) async fn on_disk<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Failure> + Send + 'static,
) -> Result<T, Failure> {
    let stopped = |_| Err(Failure::new(FailureKind::LocalFile, "Writing the file was stopped."));
    tokio::task::spawn_blocking(work).await.unwrap_or_else(stopped)
}

#[cfg(test)]
mod tests;
