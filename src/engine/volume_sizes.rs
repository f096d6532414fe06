//! How much the volumes hold: slow to find out for an engine, so it is asked only when somebody wants to know.

use super::Engine;
use super::call::{Call, Wait};
use super::lenient::{List, Word, or_default};
use crate::domain::{Failure, VolumeName};
use serde::Deserialize;

impl Engine {
    /// `GET /system/df?type=volume`: bytes of each volume whose driver can tell. Below API 1.42 an engine measures
    /// everything else with them.
    pub async fn volume_sizes(&self) -> Result<Vec<(VolumeName, u64)>, Failure> {
        let call = Call::get(&["system", "df"]).query("type", "volume").query("verbose", "1").wait(Wait::Forever);
        let use_of_disk: DiskUse = self.whole_json("the use of the disk", call).await?;
        let volumes = use_of_disk.volumes.0.into_iter().chain(use_of_disk.volume_usage.items.0);
        Ok(volumes.filter_map(|measured| Some((VolumeName::new(&*measured.name), measured.bytes?))).collect())
    }
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct DiskUse {
    volumes: List<MeasuredVolume, Measured>,
    /// From API 1.52.
    #[serde(deserialize_with = "or_default")]
    volume_usage: VolumeUsage,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct VolumeUsage {
    items: List<MeasuredVolume, Measured>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct MeasuredVolume {
    name: Word,
    #[serde(deserialize_with = "or_default")]
    usage_data: Option<UsageData>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct UsageData {
    /// Below zero where the driver cannot tell.
    #[serde(deserialize_with = "or_default")]
    size: i64,
}

#[derive(Debug)]
struct Measured {
    name: Box<str>,
    bytes: Option<u64>,
}

impl From<MeasuredVolume> for Measured {
    fn from(volume: MeasuredVolume) -> Self {
        let bytes = volume.usage_data.and_then(|usage| u64::try_from(usage.size).ok());
        Self { name: volume.name.0, bytes }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_in_the_old_shape_and_in_the_new_one() {
        let row =
            r#"{"Name":"a","UsageData":{"RefCount":1,"Size":5}}, {"Name":"b","UsageData":{"Size":-1}}, {"Name":"c"}"#;
        for text in
            [format!(r#"{{"Volumes":[{row}]}}"#), format!(r#"{{"VolumeUsage":{{"Items":[{row}]}},"Volumes":null}}"#)]
        {
            let read: DiskUse = serde_json::from_str(&text).unwrap();
            let all: Vec<Measured> = read.volumes.0.into_iter().chain(read.volume_usage.items.0).collect();
            let told: Vec<(&str, Option<u64>)> = all.iter().map(|one| (&*one.name, one.bytes)).collect();
            assert_eq!(told, [("a", Some(5)), ("b", None), ("c", None)]);
        }
    }
}
