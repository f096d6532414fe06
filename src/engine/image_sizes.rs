//! How many bytes of each image are its own: measured by the engine, which takes its time.

use super::Engine;
use super::call::{Call, Wait};
use super::lenient::{List, Word, or_default};
use super::resources::whole_id;
use crate::domain::{Failure, ImageId};
use serde::Deserialize;
use std::collections::HashMap;

impl Engine {
    /// `GET /system/df`: the bytes of each image that no other image has.
    pub async fn own_sizes(&self) -> Result<HashMap<ImageId, u64>, Failure> {
        let call = Call::get(&["system", "df"]).query("type", "image").wait(Wait::Act);
        let used: DiskUse = self.ask_json("the sizes of the images", call).await?;
        // Podman lists an image once for each of its names.
        Ok(used.images.0.into_iter().collect())
    }
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct DiskUse {
    images: List<ImageUse, (ImageId, u64)>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct ImageUse {
    id: Word,
    #[serde(deserialize_with = "or_default")]
    size: i64,
    #[serde(deserialize_with = "or_default")]
    shared_size: i64,
}

impl From<ImageUse> for (ImageId, u64) {
    fn from(image: ImageUse) -> Self {
        let own = image.size.saturating_sub(image.shared_size.max(0));
        (whole_id(&image.id.0), u64::try_from(own).unwrap_or(0))
    }
}

#[cfg(test)]
mod tests {
    use super::super::canned::{answer, engine};
    use super::*;

    #[tokio::test]
    async fn what_others_have_as_well_is_left_out() {
        let body = r#"{"LayersSize":9,"Images":[{"Id":"sha256:a","Size":7,"SharedSize":4},{"Id":"b","Size":5,"SharedSize":-1}]}"#;
        let (engine, _heads) = engine(vec![answer("200 OK", "", body)]);
        engine.set_api(crate::domain::ApiVersion { major: 1, minor: 41 });
        let sizes = engine.own_sizes().await.unwrap();
        assert_eq!((sizes[&ImageId::new("sha256:a")], sizes[&ImageId::new("sha256:b")]), (3, 5));
    }
}
