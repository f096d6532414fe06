//! Volumes to archives of this machine and from them.

use super::super::archive;
use super::super::upload::{Steps, upload};
use super::exported;
use crate::config::Environment;
use crate::domain::{Done, Failure, VolumeName, VolumeSpec};
use crate::engine::Engine;

/// The file is there when all of the volume is in it.
pub async fn export(
    engine: &Engine,
    name: &VolumeName,
    place: (&str, bool),
    environment: &Environment,
    steps: &Steps,
) -> Result<Done, Failure> {
    let mut helper = None;
    let opening = async {
        let (body, made) = engine.volume_archive(name).await?.apart();
        helper = Some(made);
        Ok(body)
    };
    let written = archive::write(place, environment, steps, opening).await;
    if let Some(helper) = helper {
        // What cannot be removed now is removed with the next one that is made.
        let _ = helper.remove().await;
    }
    Ok(exported(written?, place.0))
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
