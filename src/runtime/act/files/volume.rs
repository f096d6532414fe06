//! Volumes to archives of this machine and from them.

use super::super::archive;
use super::super::save::draft::Draft;
use super::super::save::on_disk;
use super::super::upload::{Steps, upload};
use crate::config::Environment;
use crate::domain::text::long_bytes;
use crate::domain::{Done, Failure, VolumeName, VolumeSpec};
use crate::engine::Engine;

/// The file is there when all of the volume is in it; its helper container is gone by then.
pub async fn export(
    engine: &Engine,
    name: &VolumeName,
    (place, overwrite): (&str, bool),
    environment: &Environment,
    steps: &Steps,
) -> Result<Done, Failure> {
    let (file, path) = (environment.expand(place), place.to_owned());
    let draft = on_disk(move || Draft::begin(&file, &path, overwrite)).await?;
    let archive = engine.volume_archive(name).await?;
    let (body, helper) = archive.apart();
    let filled = archive::fill(draft, body, steps).await;
    // What cannot be removed now is removed with the next one that is made.
    let _ = helper.remove().await;
    let draft = filled?;
    let bytes = draft.bytes();
    on_disk(move || draft.finish()).await?;
    Ok(Done::Transferred { what: long_bytes(bytes), place: place.to_owned(), left_out: 0 })
}

/// The volume is there when all of the file is in it.
pub async fn import(
    engine: &Engine,
    place: &str,
    to: &VolumeSpec,
    environment: &Environment,
    steps: Steps,
) -> Result<Done, Failure> {
    let archive = upload(environment, place, steps).await?;
    let name = engine.fill_volume(to, archive).await?;
    Ok(Done::VolumeMade { name })
}
