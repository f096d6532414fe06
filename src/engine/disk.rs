//! What takes room on the disk: `GET /system/df`, in the shape that all engines answer up to API 1.51.

use super::Engine;
use super::call::{Call, Wait};
use super::lenient::{List, Word, Words, or_default};
use crate::domain::{DiskItem, DiskKind, DiskUse, Failure, ImageId, order};
use serde::Deserialize;

impl Engine {
    /// `GET /system/df`: everything that takes room, one entry for each kind. The engine counts files for it: seconds on a
    /// large one.
    pub async fn disk_use(&self) -> Result<Vec<DiskUse>, Failure> {
        let call = Call::get(&["system", "df"]).wait(Wait::Forever);
        let answer: Answer = self.whole_json("“df”", call).await?;
        let mut kinds = answer.by_kind();
        let images = kinds.iter_mut().filter(|kind| kind.kind == DiskKind::Images).flat_map(|kind| &mut kind.items);
        let nameless: Vec<&mut DiskItem> = images.filter(|item| item.name.starts_with(&*bare_name(&item.id))).collect();
        if !nameless.is_empty() {
            self.name_images(nameless).await;
        }
        Ok(kinds)
    }

    /// Podman tells the tag of an image alone: the list has the whole name.
    async fn name_images(&self, items: Vec<&mut DiskItem>) {
        let Ok(images) = self.images().await else { return };
        let digits = |id: &str| id.trim_start_matches("sha256:").to_owned();
        for item in items {
            if let Some(image) = images.iter().find(|image| digits(image.id.as_str()) == digits(&item.id)) {
                item.name = image.title().into();
            }
        }
    }
}

/// How an image begins whose tag alone is told.
fn bare_name(id: &str) -> String {
    format!("{}:", ImageId::new(id).short())
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct Answer {
    #[serde(deserialize_with = "or_default")]
    layers_size: i64,
    images: List<DiskImage, DiskItem>,
    containers: List<DiskContainer, DiskItem>,
    volumes: List<DiskVolume, DiskItem>,
    build_cache: List<CacheRecord, DiskItem>,
}

impl Answer {
    fn by_kind(self) -> Vec<DiskUse> {
        let images = self.images.0;
        // Podman 4.3 does not add them up.
        let layers = match bytes(self.layers_size) {
            0 => sum(images.iter()),
            layers => layers,
        };
        let used = sum(images.iter().filter(|image| image.in_use));
        vec![
            // Layers that images share are counted once, and go only with the last of them.
            of_kind(DiskKind::Images, layers, layers.saturating_sub(used), images),
            summed(DiskKind::Containers, self.containers.0),
            summed(DiskKind::Volumes, self.volumes.0),
            summed(DiskKind::BuildCache, self.build_cache.0),
        ]
    }
}

fn summed(kind: DiskKind, items: Vec<DiskItem>) -> DiskUse {
    let reclaimable = sum(items.iter().filter(|item| !item.in_use));
    of_kind(kind, sum(items.iter()), reclaimable, items)
}

fn of_kind(kind: DiskKind, size: u64, reclaimable: u64, mut items: Vec<DiskItem>) -> DiskUse {
    order::sort_by(&mut items, |a, b| b.size.cmp(&a.size).then_with(|| a.name.cmp(&b.name)));
    DiskUse { kind, size, reclaimable, items }
}

fn sum<'a>(items: impl Iterator<Item = &'a DiskItem>) -> u64 {
    items.fold(0, |sum, item| sum.saturating_add(item.size))
}

/// -1 is an engine's word for what it did not count.
fn bytes(size: i64) -> u64 {
    u64::try_from(size).unwrap_or(0)
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct DiskImage {
    id: Word,
    repo_tags: Words,
    #[serde(deserialize_with = "or_default")]
    size: i64,
    #[serde(deserialize_with = "or_default")]
    shared_size: i64,
    #[serde(deserialize_with = "or_default")]
    containers: i64,
}

impl From<DiskImage> for DiskItem {
    fn from(image: DiskImage) -> Self {
        let shared = bytes(image.shared_size);
        let is_name = |tag: &str| !matches!(tag, "" | "<none>" | "<none>:<none>");
        let tag = image.repo_tags.0.into_iter().find(|tag| is_name(tag));
        let is_dangling = tag.is_none();
        // Podman tells the tag alone.
        let tag = match tag {
            Some(tag) if !tag.contains(':') => Some(format!("{}{tag}", bare_name(&image.id.0)).into()),
            tag => tag,
        };
        Self {
            name: tag.unwrap_or_else(|| ImageId::new(&*image.id.0).short().into()),
            id: image.id.0,
            size: bytes(image.size).saturating_sub(shared),
            shared,
            is_shared: shared > 0,
            in_use: image.containers > 0,
            is_dangling,
            note: counted(image.containers, "container"),
        }
    }
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct DiskContainer {
    names: Words,
    state: Word,
    #[serde(deserialize_with = "or_default")]
    size_rw: i64,
    #[serde(deserialize_with = "or_default")]
    size_root_fs: i64,
}

impl From<DiskContainer> for DiskItem {
    fn from(container: DiskContainer) -> Self {
        let size = bytes(container.size_rw);
        let name = container.names.0.into_iter().next().unwrap_or_default();
        Self {
            name: name.trim_start_matches('/').into(),
            size,
            shared: bytes(container.size_root_fs).saturating_sub(size),
            in_use: matches!(&*container.state.0, "running" | "paused" | "restarting"),
            note: container.state.0,
            ..Self::default()
        }
    }
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct DiskVolume {
    name: Word,
    #[serde(deserialize_with = "or_default")]
    usage_data: VolumeUse,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct VolumeUse {
    #[serde(deserialize_with = "or_default")]
    ref_count: i64,
    #[serde(deserialize_with = "or_default")]
    size: i64,
}

impl From<DiskVolume> for DiskItem {
    fn from(volume: DiskVolume) -> Self {
        let VolumeUse { ref_count, size } = volume.usage_data;
        let note = counted(ref_count, "container");
        Self { name: volume.name.0, size: bytes(size), in_use: ref_count > 0, note, ..Self::default() }
    }
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct CacheRecord {
    #[serde(rename = "ID")]
    id: Word,
    #[serde(rename = "Type")]
    kind: Word,
    description: Word,
    #[serde(deserialize_with = "or_default")]
    in_use: bool,
    #[serde(deserialize_with = "or_default")]
    shared: bool,
    #[serde(deserialize_with = "or_default")]
    size: i64,
}

impl From<CacheRecord> for DiskItem {
    fn from(record: CacheRecord) -> Self {
        let size = bytes(record.size);
        // What an image has as well does not go with the record.
        let (size, shared) = if record.shared { (0, size) } else { (size, 0) };
        let name = if record.description.0.is_empty() { record.id.0 } else { record.description.0 };
        Self {
            name,
            size,
            shared,
            in_use: record.in_use,
            is_shared: record.shared,
            note: record.kind.0,
            ..Self::default()
        }
    }
}

fn counted(count: i64, noun: &str) -> Box<str> {
    match count {
        ..=0 => Box::default(),
        1 => format!("1 {noun}").into(),
        many => format!("{many} {noun}s").into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Vec<DiskUse> {
        serde_json::from_str::<Answer>(json).unwrap().by_kind()
    }

    #[test]
    fn what_images_share_counts_once() {
        let told = read(
            r#"{"LayersSize":1000,"Images":[
                {"Id":"sha256:a","RepoTags":["web:1"],"Size":700,"SharedSize":300,"Containers":2},
                {"Id":"sha256:b","RepoTags":null,"Size":600,"SharedSize":300,"Containers":0}]}"#,
        );
        let [images, others @ ..] = told.as_slice() else { panic!("kinds") };
        assert_eq!((images.size, images.reclaimable, images.kept(), images.in_use()), (1000, 600, 400, 1));
        assert_eq!(
            (&*images.items[0].name, images.items[0].size, &*images.items[0].note),
            ("web:1", 400, "2 containers")
        );
        let dangling = images.items.iter().find(|item| item.is_dangling).unwrap();
        assert_eq!((&*dangling.id, dangling.size, dangling.in_use), ("sha256:b", 300, false));
        assert!(others.iter().all(|kind| kind.size == 0 && kind.items.is_empty()));
    }

    #[test]
    fn containers_volumes_and_records_are_summed_and_sorted() {
        let told = read(
            r#"{"Containers":[{"Names":["/db"],"SizeRw":5,"SizeRootFs":105,"State":"running"},
                  {"Names":["/old"],"SizeRw":70,"State":"exited"},{"Names":null,"State":"created"}],
               "Volumes":[{"Name":"data","UsageData":{"RefCount":1,"Size":40}},{"Name":"x","UsageData":null},
                  {"Name":"y","UsageData":{"RefCount":0,"Size":-1}}],
               "BuildCache":[{"ID":"q","Type":"regular","Description":"RUN make","Size":9,"InUse":false,"Shared":false},
                  {"ID":"r","Type":"internal","Size":8,"InUse":true,"Shared":true}]}"#,
        );
        let figures: Vec<_> =
            told.iter().map(|kind| (kind.size, kind.reclaimable, kind.in_use(), kind.items.len())).collect();
        assert_eq!(figures, [(0, 0, 0, 0), (75, 70, 1, 3), (40, 0, 1, 3), (9, 9, 1, 2)]);
        assert_eq!((&*told[1].items[0].name, told[1].items[1].shared), ("old", 100));
        assert_eq!(&*told[3].items[0].name, "RUN make");
    }

    #[test]
    fn nothing_at_all_is_taken() {
        assert!(read(r#"{"LayersSize":null,"Images":null,"BuildCache":null}"#).iter().all(|kind| kind.size == 0));
    }
}
