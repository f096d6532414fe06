//! Archives: images to files here and from them, and the writing of what else comes as one; streamed, never whole in memory.

use super::save::draft::Draft;
use super::save::on_disk;
use super::upload::{Steps, upload};
use crate::config::Environment;
use crate::domain::text::long_bytes;
use crate::domain::{Done, Failure, ImageFileRequest, ImageImport, ImageSave, ImportSource, Progress};
use crate::engine::{ArchiveEnd, DirectBody, Engine};
use bytes::Bytes;
use std::time::Duration;
use tokio::time::Instant;

/// Bytes that are written at once.
const BATCH: usize = 1024 * 1024;
/// How far it is is told this often at most.
const TOLD: Duration = Duration::from_millis(100);

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

async fn save(engine: &Engine, save: &ImageSave, environment: &Environment, steps: &Steps) -> Result<Done, Failure> {
    let saving = engine.save_images(&save.references);
    let bytes = write((&save.path, save.overwrite), environment, steps, saving).await?;
    Ok(Done::ImagesSaved { path: save.path.clone(), bytes })
}

/// Writes the archive that `opening` gives, and tells its bytes. The file is there when all of it is written and the archive has
/// its end. Given up half-way, it leaves nothing behind.
pub async fn write(
    (place, overwrite): (&str, bool),
    environment: &Environment,
    steps: &Steps,
    opening: impl Future<Output = Result<DirectBody, Failure>>,
) -> Result<u64, Failure> {
    let (file, typed) = (environment.expand(place), place.to_owned());
    let draft = on_disk(move || Draft::begin(&file, &typed, overwrite)).await?;
    let draft = fill(draft, opening.await?, steps).await?;
    let bytes = draft.bytes();
    on_disk(move || draft.finish()).await?;
    Ok(bytes)
}

/// Writes what comes, which is an archive and ends like one.
async fn fill(mut draft: Draft, mut body: DirectBody, steps: &Steps) -> Result<Draft, Failure> {
    let mut told = Instant::now();
    let mut end = ArchiveEnd::default();
    while let Some(pieces) = batch(&mut body).await? {
        pieces.iter().for_each(|piece| end.see(piece));
        draft = on_disk(move || {
            pieces.iter().try_for_each(|piece| draft.add(piece))?;
            Ok(draft)
        })
        .await?;
        if told.elapsed() >= TOLD {
            told = Instant::now();
            let status = format!("{} written", long_bytes(draft.bytes()));
            steps.tell(Progress { part: "archive".into(), status: status.into(), done: 0, total: 0 });
        }
    }
    end.check().map(|()| draft)
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
