//! Archives of images: written to files here and read from them, streamed, never whole in memory.

use super::save::draft::Draft;
use super::save::on_disk;
use super::upload::{Steps, upload};
use crate::config::Environment;
use crate::domain::text::compact_bytes;
use crate::domain::{Done, Failure, FailureKind, ImageFileRequest, ImageImport, ImageSave, ImportSource, Progress};
use crate::engine::{DirectBody, Engine};
use bytes::Bytes;
use std::time::Duration;
use tokio::time::Instant;

/// Bytes that are written at once.
const BATCH: usize = 1024 * 1024;
/// How far it is is told this often at most.
const TOLD: Duration = Duration::from_millis(100);
/// What an archive ends with: so many bytes of nothing.
const END: usize = 1024;

/// Saves, loads or imports.
pub async fn carry_out(
    engine: Engine,
    request: &ImageFileRequest,
    environment: &Environment,
    steps: Steps,
) -> Result<Done, Failure> {
    match request {
        ImageFileRequest::Save(save) => self::save(&engine, save, environment, &steps).await,
        ImageFileRequest::Load { path } => {
            let archive = upload(environment, path, steps.clone()).await?;
            let names = engine.load_images(archive, |step| steps.tell(step)).await?;
            Ok(Done::ImagesLoaded { names })
        }
        ImageFileRequest::Import(import) => self::import(&engine, import, environment, steps).await,
    }
}

async fn import(
    engine: &Engine,
    import: &ImageImport,
    environment: &Environment,
    steps: Steps,
) -> Result<Done, Failure> {
    let archive = match &import.source {
        ImportSource::File(path) => Some(upload(environment, path, steps.clone()).await?),
        ImportSource::Address(_) => None,
    };
    let id = engine.import_image(import, archive, |step| steps.tell(step)).await?;
    Ok(Done::ImageMade { id })
}

/// The file is there when all of it is written and the archive has its end. Given up half-way, it leaves nothing behind.
async fn save(engine: &Engine, save: &ImageSave, environment: &Environment, steps: &Steps) -> Result<Done, Failure> {
    let place = environment.expand(&save.path);
    let (path, overwrite) = (save.path.clone(), save.overwrite);
    let draft = on_disk(move || Draft::begin(&place, &path, overwrite)).await?;
    let body = engine.save_images(&save.references).await?;
    let draft = fill(draft, body, steps).await?;
    let bytes = draft.bytes();
    on_disk(move || draft.finish()).await?;
    Ok(Done::ImagesSaved { path: save.path.clone(), bytes })
}

/// Writes what comes, which is an archive and ends like one.
pub async fn fill(mut draft: Draft, mut body: DirectBody, steps: &Steps) -> Result<Draft, Failure> {
    let mut told = Instant::now();
    let mut tail: Vec<u8> = Vec::new();
    while let Some(pieces) = batch(&mut body).await? {
        for piece in &pieces {
            tail.extend_from_slice(piece.get(piece.len().saturating_sub(END)..).unwrap_or_default());
            tail.drain(..tail.len().saturating_sub(END));
        }
        draft = on_disk(move || {
            pieces.iter().try_for_each(|piece| draft.add(piece))?;
            Ok(draft)
        })
        .await?;
        if told.elapsed() >= TOLD {
            told = Instant::now();
            let status = format!("{} written", compact_bytes(draft.bytes()));
            steps.tell(Progress { part: "archive".into(), status: status.into(), done: 0, total: 0 });
        }
    }
    if tail.len() == END && tail.iter().all(|byte| *byte == 0) {
        return Ok(draft);
    }
    Err(unended(&tail))
}

/// The next pieces, as many as have come; `None` at the end.
async fn batch(body: &mut DirectBody) -> Result<Option<Vec<Bytes>>, Failure> {
    let Some(first) = body.piece().await else { return Ok(None) };
    let mut pieces = vec![first?];
    let mut bytes = pieces.iter().map(Bytes::len).sum::<usize>();
    while bytes < BATCH
        && let Some(Some(piece)) = body.piece_at_once()
    {
        let piece = piece?;
        bytes += piece.len();
        pieces.push(piece);
    }
    Ok(Some(pieces))
}

/// What goes wrong in the middle stands where the archive should go on, in the engine's words.
fn unended(tail: &[u8]) -> Failure {
    let text = String::from_utf8_lossy(tail);
    let told = text.rfind("{\"errorDetail\"").and_then(|at| text.get(at..));
    let told = told.and_then(|json| serde_json::from_str::<serde_json::Value>(json.trim()).ok());
    match told.as_ref().and_then(|value| value.get("error")?.as_str()) {
        Some(words) => Failure::new(FailureKind::Engine, words),
        None => Failure::new(FailureKind::Lost, "The archive has no end: the engine stopped in the middle."),
    }
    .with_hint("Nothing was written.")
}
