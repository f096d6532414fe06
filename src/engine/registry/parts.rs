//! What a manifest says: platforms of an index, configuration and layers of an image.

use crate::domain::{ItemKind, RegistryItem, RegistryPath};
use serde_json::{Map, Value, json};

/// An index or an image's manifest, as the registry wrote it.
#[derive(Debug)]
pub struct Manifest {
    json: Value,
    pub digest: String,
    /// Bytes of itself.
    size: u64,
}

impl Manifest {
    pub fn new(json: Value, digest: String, size: u64) -> Self {
        Self { json, digest, size }
    }

    /// Digest and size of an image's configuration.
    pub fn config(&self) -> Option<(&str, u64)> {
        let config = self.json.get("config")?;
        Some((config.get("digest")?.as_str()?, config.get("size")?.as_u64()?))
    }

    /// The platforms of an index; else the configuration and the layers, the lowest one first.
    pub fn parts(&self) -> Vec<RegistryItem> {
        if let Some(images) = self.list("manifests") {
            let mut items: Vec<RegistryItem> = Vec::new();
            for image in images {
                let name = platform(image);
                // Variants that are told alike are told apart by their place.
                let same = items.iter().filter(|item| item.name.split(" #").next() == Some(&name)).count();
                let name = if same == 0 { name } else { format!("{name} #{}", same + 1) };
                items.push(item(ItemKind::Image, name, image));
            }
            return items;
        }
        let config = self.json.get("config").map(|config| item(ItemKind::Config, "config".to_owned(), config));
        let layers = self.list("layers").unwrap_or_default().iter().zip(1..);
        let layers = layers.map(|(layer, number)| item(ItemKind::Layer, format!("layer {number}"), layer));
        config.into_iter().chain(layers).collect()
    }

    /// All that is known, in an order for the eye.
    pub fn told(&self, path: &RegistryPath, config: Option<Value>) -> Value {
        let mut told = Map::new();
        let mut put = |key: &str, value: Value| drop(told.insert(key.to_owned(), value));
        put("Reference", json!(path.image()));
        put("Digest", json!(self.digest));
        put("MediaType", self.json.get("mediaType").cloned().unwrap_or(Value::Null));
        put("ManifestSize", json!(self.size));
        let parts = self.parts();
        let short = |item: &RegistryItem| json!({ "Digest": item.digest, "Size": item.size });
        let of = |kind| parts.iter().filter(move |item| item.kind == kind);
        if self.list("manifests").is_some() {
            put("Platforms", of(ItemKind::Image).map(|item| (item.name.to_string(), short(item))).collect());
        } else {
            put("Size", json!(parts.iter().filter_map(|item| item.size).sum::<u64>()));
            put("Layers", of(ItemKind::Layer).map(short).collect());
        }
        if let Some(config) = config {
            put("Config", config);
        }
        put("Manifest", self.json.clone());
        Value::Object(told)
    }

    fn list(&self, key: &str) -> Option<&[Value]> {
        self.json.get(key).and_then(Value::as_array).map(Vec::as_slice)
    }
}

fn item(kind: ItemKind, name: String, described: &Value) -> RegistryItem {
    let text = |key: &str| described.get(key).and_then(Value::as_str);
    RegistryItem {
        digest: text("digest").map(Into::into),
        size: described.get("size").and_then(Value::as_u64),
        about: text("mediaType").unwrap_or_default().into(),
        ..RegistryItem::new(kind, name)
    }
}

/// `linux/arm64/v8`; what builders attach to an image says so.
fn platform(image: &Value) -> String {
    let text =
        |key: &str| image.pointer(&format!("/platform/{key}")).and_then(Value::as_str).filter(|text| !text.is_empty());
    let attached = image.pointer("/annotations/vnd.docker.reference.type").and_then(Value::as_str);
    match (attached, text("os"), text("architecture")) {
        (Some(kind), ..) => kind.replace('-', " "),
        (None, Some(os), Some(architecture)) => {
            let variant = text("variant").map(|variant| format!("/{variant}")).unwrap_or_default();
            format!("{os}/{architecture}{variant}")
        }
        (None, ..) => "unknown platform".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::RegistryName;

    #[test]
    fn an_index_has_platforms_and_an_image_has_layers() {
        let index = json!({ "mediaType": "application/vnd.oci.image.index.v1+json", "manifests": [
            { "digest": "sha256:a", "size": 5, "platform": { "os": "linux", "architecture": "arm64", "variant": "v8" } },
            { "digest": "sha256:b", "size": 6, "platform": { "os": "unknown", "architecture": "unknown" },
              "annotations": { "vnd.docker.reference.type": "attestation-manifest" } },
        ]});
        let names = |manifest: &Manifest| manifest.parts().iter().map(|item| item.name.to_string()).collect::<Vec<_>>();
        let index = Manifest::new(index, "sha256:i".into(), 9);
        assert_eq!(names(&index), ["linux/arm64/v8", "attestation manifest"]);
        let image = json!({ "config": { "digest": "sha256:c", "size": 7 }, "layers": [
            { "digest": "sha256:l", "size": 30, "mediaType": "gzip" }, { "digest": "sha256:m", "size": 12 },
        ]});
        let image = Manifest::new(image, "sha256:i".into(), 9);
        assert_eq!(names(&image), ["config", "layer 1", "layer 2"]);
        assert_eq!(image.config(), Some(("sha256:c", 7)));
        let path = RegistryPath::root(RegistryName::hub(), false).repository("a").reference("1");
        let told = image.told(&path, Some(json!({ "os": "linux" })));
        assert_eq!((&told["Size"], &told["Reference"]), (&json!(49), &json!("docker.io/a:1")));
        assert_eq!(told["Config"]["os"], "linux");
    }
}
