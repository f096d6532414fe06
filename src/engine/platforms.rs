//! For which platforms an image is there: as the engine's own store tells, or its registry.

use super::Engine;
use super::call::{Call, Wait};
use super::credentials::REGISTRY_AUTH;
use super::lenient::{List, Word, or_default};
use super::registry_words::explained;
use crate::domain::{
    ApiVersion, Failure, FailureKind, ImageId, ImageReference, Invalid, Manifest, ManifestKind, Platforms,
    PlatformsFrom,
};
use serde::Deserialize;

/// Engines tell of the manifests of an image from this version on.
const TELLS_MANIFESTS: ApiVersion = ApiVersion { major: 1, minor: 48 };

impl Engine {
    /// `GET /images/{id}/json?manifests=1`. Engines that keep one platform of each image tell of that one.
    pub async fn platforms(&self, id: &ImageId) -> Result<Platforms, Failure> {
        let mut call = Call::get(&["images", id.as_str(), "json"]);
        if self.api().is_some_and(|api| api >= TELLS_MANIFESTS) {
            call = call.query("manifests", "1");
        }
        let image: Inspected = self.ask_json("“inspect”", call).await?;
        if !image.manifests.0.is_empty() {
            return Ok(Platforms { from: PlatformsFrom::Engine, manifests: image.manifests.0 });
        }
        let platform = Platform { os: image.os, architecture: image.architecture, variant: image.variant };
        let only = Manifest {
            digest: Box::default(),
            kind: ManifestKind::Image { platform: platform.words() },
            available: true,
            packed: 0,
            unpacked: image.size,
            containers: 0,
        };
        Ok(Platforms { from: PlatformsFrom::EngineOne, manifests: vec![only] })
    }

    /// Whether the registry has another image under a name than the one here. Where the engine cannot ask it (Podman),
    /// `ask` does.
    ///
    /// # Errors
    /// Where the image never came from a registry, or the registry cannot be asked.
    pub async fn is_newer_in_registry(
        &self,
        id: &ImageId,
        name: &str,
        ask: impl AsyncFnOnce(&ImageReference) -> Result<String, Failure>,
    ) -> Result<bool, Failure> {
        let wrong = |invalid: Invalid| Failure::new(FailureKind::BadRequest, invalid.sentence());
        let reference: ImageReference = name.parse().map_err(wrong)?;
        let here: Inspected = self.ask_json("“inspect”", Call::get(&["images", id.as_str(), "json"])).await?;
        let digests: Vec<&str> = here.repo_digests.0.iter().filter_map(|one| Some(one.split_once('@')?.1)).collect();
        if digests.is_empty() {
            return Err(Failure::new(FailureKind::NotFound, "It never came from a registry, nor went to one."));
        }
        let digest = match self.in_registry(&reference).await {
            Ok((digest, _)) => digest.into(),
            Err(failure) if failure.kind == FailureKind::Unsupported => ask(&reference).await?,
            Err(failure) => return Err(failure),
        };
        Ok(!digests.contains(&&*digest))
    }

    /// `GET /distribution/{name}/json`: what the registry has under a name now: its digest, and its platforms.
    ///
    /// # Errors
    /// `Unsupported` by Podman, which has no such call.
    pub async fn in_registry(&self, reference: &ImageReference) -> Result<(Box<str>, Platforms), Failure> {
        let name = match (reference.tag(), reference.digest()) {
            (None, None) => format!("{reference}:latest"),
            _ => reference.to_string(),
        };
        // The registry is asked meanwhile, which may be far away.
        let mut call = Call::get(&["distribution", &name, "json"]).wait(Wait::Act);
        if let Some(credentials) = self.credentials_for(reference).await? {
            call = call.header(REGISTRY_AUTH, credentials);
        }
        let answer: Result<Distribution, Failure> = self.ask_json("“distribution”", call).await;
        // Podman says so in words of its own, with 404 as for an image that is not there.
        let lacks = |failure: &Failure| {
            failure.kind == FailureKind::Unsupported || failure.sentence.contains("is not supported")
        };
        let told = answer.map_err(|failure| match lacks(&failure) {
            true => Failure::new(
                FailureKind::Unsupported,
                "This engine cannot ask a registry what it has (Podman has no such call).",
            ),
            false => explained(failure, reference.registry()),
        })?;
        let manifests = told.platforms.0.into_iter().map(|platform| Manifest {
            digest: Box::default(),
            kind: match platform.words() {
                words if words.contains("unknown") || words.is_empty() => ManifestKind::Unknown,
                platform => ManifestKind::Image { platform },
            },
            available: false,
            packed: 0,
            unpacked: 0,
            containers: 0,
        });
        let platforms = Platforms { from: PlatformsFrom::Registry, manifests: manifests.collect() };
        Ok((told.descriptor.digest.0, platforms))
    }
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct Inspected {
    os: Word,
    architecture: Word,
    variant: Word,
    repo_digests: super::lenient::Words,
    #[serde(deserialize_with = "or_default")]
    size: u64,
    manifests: List<Told, Manifest>,
}

/// A manifest as engines with containerd's store tell of it.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct Told {
    #[serde(rename = "ID")]
    id: Word,
    kind: Word,
    #[serde(deserialize_with = "or_default")]
    available: bool,
    #[serde(deserialize_with = "or_default")]
    size: Sizes,
    #[serde(deserialize_with = "or_default")]
    image_data: Option<ImageData>,
    #[serde(deserialize_with = "or_default")]
    attestation_data: Option<AttestationData>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct Sizes {
    #[serde(deserialize_with = "or_default")]
    content: u64,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct ImageData {
    #[serde(deserialize_with = "or_default")]
    platform: Platform,
    #[serde(deserialize_with = "or_default")]
    size: Unpacked,
    containers: super::lenient::Words,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct Unpacked {
    #[serde(deserialize_with = "or_default")]
    unpacked: u64,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct AttestationData {
    #[serde(rename = "For")]
    of: Word,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Platform {
    os: Word,
    architecture: Word,
    variant: Word,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct Distribution {
    #[serde(deserialize_with = "or_default")]
    descriptor: Descriptor,
    platforms: List<Platform, Platform>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Descriptor {
    digest: Word,
}

impl Platform {
    /// `linux/arm64/v8`
    fn words(&self) -> Box<str> {
        let parts = [&*self.os.0, &*self.architecture.0, &*self.variant.0];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("/").into()
    }
}

impl From<Told> for Manifest {
    fn from(told: Told) -> Self {
        let data = told.image_data.unwrap_or_default();
        let kind = match (&*told.kind.0, told.attestation_data) {
            ("attestation", of) => ManifestKind::Attestation { of: of.unwrap_or_default().of.0 },
            ("image", _) => ManifestKind::Image { platform: data.platform.words() },
            _ => ManifestKind::Unknown,
        };
        Self {
            digest: told.id.0,
            kind,
            available: told.available,
            packed: told.size.content,
            unpacked: data.size.unpacked,
            containers: data.containers.0.len(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::canned::{answer, engine};
    use super::*;

    const MANY: &str = r#"{"Os":"linux","Manifests":[
        {"ID":"sha256:a","Available":true,"Kind":"image","Size":{"Content":5,"Total":9},
         "ImageData":{"Platform":{"os":"linux","architecture":"arm64","variant":"v8"},"Containers":["x"],"Size":{"Unpacked":4}}},
        {"ID":"sha256:b","Available":false,"Kind":"attestation","AttestationData":{"For":"sha256:a"}},
        {"ID":"sha256:c","Kind":"unknown","ImageData":null}]}"#;

    async fn at(api: u32, body: &str) -> (Engine, tokio::sync::mpsc::UnboundedReceiver<String>) {
        let (engine, heads) = engine(vec![answer("200 OK", "", body)]);
        engine.set_api(ApiVersion { major: 1, minor: api });
        (engine, heads)
    }

    #[tokio::test]
    async fn images_and_attestations_are_told_apart() {
        let (engine, mut heads) = at(48, MANY).await;
        let platforms = engine.platforms(&ImageId::new("x")).await.unwrap();
        assert!(heads.recv().await.unwrap().starts_with("GET /v1.48/images/x/json?manifests=1 "));
        let [image, attestation, unknown] = platforms.manifests.as_slice() else { panic!("three") };
        assert_eq!(image.kind, ManifestKind::Image { platform: "linux/arm64/v8".into() });
        assert_eq!((image.packed, image.unpacked, image.containers, image.available), (5, 4, 1, true));
        assert_eq!(attestation.kind, ManifestKind::Attestation { of: "sha256:a".into() });
        assert_eq!(unknown.kind, ManifestKind::Unknown);
    }

    #[tokio::test]
    async fn older_engines_tell_of_the_one_platform_they_keep() {
        let (engine, mut heads) = at(41, r#"{"Os":"linux","Architecture":"amd64","Size":7}"#).await;
        let platforms = engine.platforms(&ImageId::new("x")).await.unwrap();
        assert!(heads.recv().await.unwrap().starts_with("GET /v1.41/images/x/json "));
        assert_eq!(platforms.from, PlatformsFrom::EngineOne);
        assert_eq!(platforms.manifests[0].kind, ManifestKind::Image { platform: "linux/amd64".into() });
    }

    #[tokio::test]
    async fn a_registry_tells_its_digest_and_its_platforms() {
        let body = r#"{"Descriptor":{"mediaType":"x","digest":"sha256:d","size":5},
            "Platforms":[{"architecture":"amd64","os":"linux"},{"architecture":"unknown","os":"unknown"}]}"#;
        let (engine, mut heads) = at(41, body).await;
        let (digest, platforms) = engine.in_registry(&"localhost:5000/a".parse().unwrap()).await.unwrap();
        assert!(heads.recv().await.unwrap().starts_with("GET /v1.41/distribution/localhost:5000%2Fa:latest/json "));
        assert_eq!((&*digest, platforms.manifests.len()), ("sha256:d", 2));
        assert_eq!(platforms.manifests[1].kind, ManifestKind::Unknown);
    }
}
