//! The lists of images, volumes and networks.

use super::Engine;
use super::call::Call;
use super::lenient::{List, Pairs, Word, Words, or_default};
use super::time::whole_time;
use crate::domain::{Failure, Image, ImageId, Network, NetworkId, Volume, VolumeName};
use serde::Deserialize;

impl Engine {
    /// `GET /images/json`: without intermediate layers, as `docker images`.
    pub async fn images(&self) -> Result<Vec<Image>, Failure> {
        let list: List<ListedImage, Image> =
            self.ask_json("the list of images", Call::get(&["images", "json"])).await?;
        Ok(list.0)
    }

    /// `GET /images/json?all=1`: those as well that only others are built on.
    pub async fn all_images(&self) -> Result<Vec<Image>, Failure> {
        let call = Call::get(&["images", "json"]).query("all", "1");
        let list: List<ListedImage, Image> = self.ask_json("the list of all images", call).await?;
        Ok(list.0)
    }

    /// `GET /volumes`
    pub async fn volumes(&self) -> Result<Vec<Volume>, Failure> {
        let list: ListedVolumes = self.ask_json("the list of volumes", Call::get(&["volumes"])).await?;
        Ok(list.volumes.0)
    }

    /// `GET /networks`
    pub async fn networks(&self) -> Result<Vec<Network>, Failure> {
        let list: List<ListedNetwork, Network> =
            self.ask_json("the list of networks", Call::get(&["networks"])).await?;
        Ok(list.0)
    }
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct ListedImage {
    id: Word,
    parent_id: Word,
    repo_tags: Words,
    repo_digests: Words,
    #[serde(deserialize_with = "or_default")]
    created: i64,
    #[serde(deserialize_with = "or_default")]
    size: i64,
}

impl From<ListedImage> for Image {
    fn from(image: ListedImage) -> Self {
        // Below API 1.43 an untagged image is `<none>:<none>`.
        let named = |words: Words| words.0.into_iter().filter(|word| !word.contains("<none>")).collect();
        Self {
            id: ImageId::new(&image.id.0),
            tags: named(image.repo_tags),
            digests: named(image.repo_digests),
            created: image.created,
            size: u64::try_from(image.size).unwrap_or(0),
            parent: Some(image.parent_id.0).filter(|id| !id.is_empty()).map(|id| whole_id(&id)),
        }
    }
}

/// With the word for how it was made, which Podman leaves out where it names an image beside another.
pub(super) fn whole_id(id: &str) -> ImageId {
    if id.starts_with("sha256:") { ImageId::new(id) } else { ImageId::new(format!("sha256:{id}")) }
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct ListedVolumes {
    volumes: List<ListedVolume, Volume>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct ListedVolume {
    name: Word,
    driver: Word,
    mountpoint: Word,
    created_at: Word,
    scope: Word,
    labels: Pairs<Word>,
}

impl From<ListedVolume> for Volume {
    fn from(volume: ListedVolume) -> Self {
        Self {
            name: VolumeName::new(&volume.name.0),
            driver: volume.driver.0,
            mountpoint: volume.mountpoint.0,
            created: seconds(&volume.created_at.0),
            scope: volume.scope.0,
            labels: volume.labels.into(),
        }
    }
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct ListedNetwork {
    name: Word,
    id: Word,
    created: Word,
    scope: Word,
    driver: Word,
    #[serde(deserialize_with = "or_default")]
    internal: bool,
    #[serde(rename = "IPAM", deserialize_with = "or_default")]
    addresses: Addresses,
    labels: Pairs<Word>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct Addresses {
    config: List<AddressRange, Box<str>>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct AddressRange {
    subnet: Word,
}

impl From<AddressRange> for Box<str> {
    fn from(range: AddressRange) -> Self {
        range.subnet.0
    }
}

impl From<ListedNetwork> for Network {
    fn from(network: ListedNetwork) -> Self {
        Self {
            id: NetworkId::new(&network.id.0),
            name: network.name.0,
            driver: network.driver.0,
            scope: network.scope.0,
            created: seconds(&network.created.0),
            internal: network.internal,
            subnets: network.addresses.config.0.into_iter().filter(|subnet| !subnet.is_empty()).collect(),
            labels: network.labels.into(),
        }
    }
}

fn seconds(time: &str) -> Option<i64> {
    whole_time(time).map(|nanoseconds| nanoseconds.div_euclid(1_000_000_000))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn untagged_images_have_no_tags_on_any_version() {
        let list: List<ListedImage, Image> = serde_json::from_str(
            r#"[{"Id":"sha256:a","RepoTags":["<none>:<none>"],"RepoDigests":["<none>@<none>"],"Size":5,"ParentId":""},
               {"Id":"sha256:b","RepoTags":null,"RepoDigests":["x@sha256:1"],"Size":-1},
               {"Id":"sha256:c","RepoTags":["x:1"],"ParentId":"sha256:a","Created":7},
               {"Id":"sha256:d","RepoTags":["y:1"],"ParentId":"a"}]"#,
        )
        .unwrap();
        let [a, b, c, of_podman] = list.0.as_slice() else { panic!("four images") };
        assert!(a.is_dangling() && a.digests.is_empty() && a.parent.is_none() && a.size == 5);
        assert!(b.is_dangling() && b.digests.len() == 1 && b.size == 0);
        assert_eq!((c.title(), c.created, c.parent.is_some()), ("x:1", 7, true));
        assert_eq!(of_podman.parent.as_ref(), Some(&a.id), "without the word before it");
    }

    #[test]
    fn nulls_in_volumes_and_networks_are_taken() {
        let volumes: ListedVolumes = serde_json::from_str(r#"{"Volumes":null,"Warnings":null}"#).unwrap();
        assert!(volumes.volumes.0.is_empty());
        let networks: List<ListedNetwork, Network> = serde_json::from_str(
            r#"[{"Name":"none","Id":"1","IPAM":{"Driver":"default","Options":null,"Config":null},"Labels":null},
               {"Name":"b","Created":"2024-01-01T00:00:00.5+01:00","IPAM":{"Config":[{"Subnet":"10.0.0.0/8"}]},"Internal":true}]"#,
        )
        .unwrap();
        assert_eq!(networks.0[1].created, Some(1_704_063_600));
        assert_eq!(&*networks.0[1].subnets[0], "10.0.0.0/8");
    }
}
