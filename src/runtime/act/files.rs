//! Files of containers and volumes, to this machine and from it: streamed, whole or not at all.

mod pack;
#[cfg(test)]
#[cfg(unix)]
mod tests;
mod unpack;
mod volume;

use super::archive;
use super::save::draft::Draft;
use super::save::on_disk;
use super::upload::Steps;
use crate::config::Environment;
use crate::domain::text::{counted, long_bytes};
use crate::domain::{
    Done, Failure, FailureKind, FileEdit, FileKind, FileOwner, FilePath, FileRequest, FileSpot, Progress, Request,
    Target,
};
use crate::engine::{Access, Engine, FileDoor, tar_reader, tar_writer};
use crate::runtime::editing::keep;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use unpack::{Unpacked, Workshop};

const NOT_SENT: &str = "Nothing was sent.";
/// How far it is is told this often at most.
const TOLD: Duration = Duration::from_millis(100);

/// Downloads, uploads, exports or puts back.
pub async fn carry_out(
    engine: Engine,
    request: &FileRequest,
    environment: &Environment,
    steps: Steps,
) -> Result<Done, Failure> {
    match request {
        FileRequest::Export { target, place, overwrite } => {
            export(&engine, target, (place, *overwrite), environment, &steps).await
        }
        FileRequest::Download { from, place, overwrite } => {
            let door = engine.file_door(&from.root, Access::Read).await?;
            let done = download(&door, from, (place, *overwrite), environment, steps).await;
            door.close().await;
            done
        }
        FileRequest::Upload { into, place, owner, overwrite } => {
            let door = engine.file_door(&into.root, Access::Write).await?;
            let done = upload(&door, into, (place, *owner, *overwrite), environment, steps).await;
            door.close().await;
            done
        }
        FileRequest::ExportVolume { name, place, overwrite } => {
            volume::export(&engine, name, (place, *overwrite), environment, &steps).await
        }
        FileRequest::ImportVolume { place, to } => volume::import(&engine, place, to, environment, steps).await,
        FileRequest::PutBack { spot, edit, overwrite } => {
            let door = engine.file_door(&spot.root, Access::Write).await?;
            let done = put_back(&door, spot, edit, *overwrite).await;
            door.close().await;
            done
        }
    }
}

async fn export(
    engine: &Engine,
    target: &Target,
    (place, overwrite): (&str, bool),
    environment: &Environment,
    steps: &Steps,
) -> Result<Done, Failure> {
    let bytes = archive::write((place, overwrite), environment, steps, engine.export_container(&target.id)).await?;
    Ok(exported(bytes, place))
}

fn exported(bytes: u64, place: &str) -> Done {
    Done::Transferred { what: long_bytes(bytes), place: place.to_owned(), left_out: 0 }
}

/// Into the folder that is named, or under the name that is given.
async fn download(
    door: &FileDoor,
    from: &FileSpot,
    (typed, overwrite): (&str, bool),
    environment: &Environment,
    steps: Steps,
) -> Result<Done, Failure> {
    let (path, stat) = door.resolve(&from.path).await?;
    let (place, shown) = target_of(environment.expand(typed), typed, &from.path, &from.owner);
    match stat.kind {
        FileKind::File => {
            let named = shown.clone();
            let draft = on_disk(move || Draft::begin(&place, &named, overwrite)).await?;
            let (reader, carrying) = tar_reader(door.archive(&path).await?, u64::MAX, drop);
            let told = tell_of(steps, stat.size);
            let (draft, ()) = tokio::join!(on_disk(move || unpack::file(reader, draft, TOLD, told)), carrying);
            let draft = draft?;
            let bytes = draft.bytes();
            on_disk(move || draft.finish()).await?;
            Ok(Done::Transferred { what: long_bytes(bytes), place: shown, left_out: 0 })
        }
        FileKind::Folder => {
            let named = shown.clone();
            let mode = stat.mode;
            let workshop = on_disk(move || Workshop::begin(&place, &named)).await?;
            let (reader, carrying) = tar_reader(door.archive_below(&path).await?, u64::MAX, drop);
            let told = tell_of(steps, 0);
            let (unpacked, ()) =
                tokio::join!(on_disk(move || unpack::folder(reader, workshop, mode, TOLD, told)), carrying);
            let (workshop, unpacked) = unpacked?;
            on_disk(move || workshop.finish()).await?;
            let what = format!("{}, {}", files(unpacked.files), long_bytes(unpacked.bytes));
            Ok(Done::Transferred { what, place: shown, left_out: unpacked.left_out })
        }
        other => Err(Failure::new(
            FailureKind::BadRequest,
            format!("{} is a {}: only files and folders can be downloaded.", path.shown(), other.word()),
        )),
    }
}

/// What is named is a folder that is there: then what is downloaded goes into it under its own name.
fn target_of(place: PathBuf, typed: &str, path: &FilePath, owner: &str) -> (PathBuf, String) {
    if !place.is_dir() && !typed.ends_with('/') {
        return (place, typed.to_owned());
    }
    let name = if path.is_root() { owner.to_owned() } else { String::from_utf8_lossy(path.name()).into_owned() };
    (place.join(&name), format!("{}/{name}", typed.trim_end_matches('/')))
}

fn tell_of(steps: Steps, total: u64) -> impl FnMut(&Unpacked) + Send + 'static {
    move |unpacked| {
        let status = format!("{}, {}", files(unpacked.files), long_bytes(unpacked.bytes));
        steps.tell(Progress { part: "files".into(), status: status.into(), done: unpacked.bytes.min(total), total });
    }
}

fn files(count: u64) -> String {
    counted(usize::try_from(count).unwrap_or(usize::MAX), "file", "files")
}

async fn upload(
    door: &FileDoor,
    into: &FileSpot,
    (typed, owner, overwrite): (&str, FileOwner, bool),
    environment: &Environment,
    steps: Steps,
) -> Result<Done, Failure> {
    let (place, shown) = (environment.expand(typed), typed.to_owned());
    let source = on_disk(move || pack::Source::open(&place, &shown)).await?;
    let (folder, stat) = door.resolve(&into.path).await?;
    if stat.kind != FileKind::Folder {
        return Err(Failure::new(FailureKind::BadRequest, format!("{} is no folder.", folder.shown())));
    }
    let there = folder.child(source.name());
    if let (Some(there), false) = (&there, overwrite) {
        match door.stat(there).await {
            Ok(_) => {
                return Err(Failure::new(FailureKind::Conflict, format!("{} is there already.", there.shown()))
                    .with_hint(NOT_SENT));
            }
            Err(failure) if failure.kind == FailureKind::NotFound => {}
            Err(failure) => return Err(failure),
        }
    }
    let (writer, archive) = tar_writer();
    let packing = on_disk(move || pack::pack(source, writer, owner, TOLD, &steps));
    let sending = door.put(&folder, archive, owner == FileOwner::Container);
    let (packed, sent) = tokio::join!(packing, sending);
    let packed = match (packed, sent) {
        // What went wrong here broke the request off; what the engine says of that tells less.
        (Err(failure), _) if failure.kind == FailureKind::LocalFile => return Err(failure),
        (_, Err(failure)) | (Err(failure), Ok(())) => return Err(failure),
        (Ok(packed), Ok(())) => packed,
    };
    let what = format!("{typed}: {}, {}", files(packed.files), long_bytes(packed.bytes));
    Ok(Done::Transferred { what, place: String::new(), left_out: packed.left_out })
}

/// Sends an edited file, unless it was changed since it was read.
async fn put_back(door: &FileDoor, spot: &FileSpot, edit: &Arc<FileEdit>, overwrite: bool) -> Result<Done, Failure> {
    if !overwrite {
        let is_changed = |what: &str| {
            Failure::new(FailureKind::Conflict, format!("{} was {what} meanwhile.", spot.path.shown()))
                .with_hint(NOT_SENT)
        };
        match door.stat(&spot.path).await {
            Ok(stat) if stat == edit.before => {}
            Ok(_) => return Err(is_changed("changed")),
            Err(failure) if failure.kind == FailureKind::NotFound => return Err(is_changed("removed")),
            Err(failure) => return Err(failure),
        }
    }
    let folder = spot.path.parent().unwrap_or_else(FilePath::root);
    let (writer, archive) = tar_writer();
    let (name, packed) = (spot.path.name().to_vec(), edit.clone());
    let packing = on_disk(move || pack::edited(&name, &packed, writer));
    let (packed, sent) = tokio::join!(packing, door.put(&folder, archive, false));
    sent?;
    packed?;
    Ok(Done::Transferred { what: long_bytes(edit.bytes.len() as u64), place: String::new(), left_out: 0 })
}

/// The failure of a request, with where that is what was written if it was about an edited file.
pub async fn kept(request: &Request, failure: Failure) -> Failure {
    let Request::File(FileRequest::PutBack { spot, edit, .. }) = request else { return failure };
    let (path, edit) = (spot.path.clone(), edit.clone());
    let keeping = on_disk(move || {
        // Not in the folder of the session, which goes when the user logs out.
        keep(&path, &edit, &Environment::default()).map_err(|error| {
            Failure::new(FailureKind::LocalFile, format!("What was written could not be kept either: {error}."))
        })
    });
    let told = keeping.await.unwrap_or_else(|failure| failure.sentence);
    match failure.hint.clone() {
        Some(hint) if hint != NOT_SENT => failure.with_hint(format!("{hint} {told}")),
        Some(_) | None => failure.with_hint(told),
    }
}

/// A path as it was typed, for sentences.
fn shown(path: &Path) -> String {
    crate::domain::text::clean(&path.to_string_lossy()).into_owned()
}
