//! The way to the files of a volume: a container of any local image that has it mounted and is never started.
//!
//! `GET`, `HEAD` and `PUT /containers/{id}/archive` work on such a container on every engine, so nothing has to run.

use super::Engine;
use super::call::Call;
use super::containers::date;
use super::failure::{broken, malformed};
use super::lenient::{Pairs, Text, Word, or_default};
use super::owner;
use crate::domain::{ContainerId, Failure, FailureKind, Image, VolumeName};
use hyper::Method;
use serde::Deserialize;
use serde_json::{Value, json};
use std::io;
use tokio::runtime::Handle;
use tokio::sync::oneshot;

/// Says in `docker inspect` whose helper a container is.
const LABEL: &str = "dockerui.volume-of";
/// Says which process made it: as [`owner::this_process`].
const OWNER: &str = "dockerui.made-by";
/// Seconds after which nobody can be at it any more, where nothing tells whether its owner lives.
const ABANDONED: i64 = 24 * 3600;

/// What may be done to the volume through a helper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    Read,
    Write,
}

/// A helper container. Whoever drops it has it removed, also when the task that holds it is given up.
#[derive(Debug)]
pub struct VolumeHelper {
    engine: Engine,
    id: ContainerId,
    /// Volumes that its image wanted and that the engine made for it.
    extra: Vec<VolumeName>,
    is_removed: bool,
}

impl VolumeHelper {
    /// Where the volume is mounted in it. Paths below it are the volume's.
    pub const ROOT: &str = "/volume";

    pub fn id(&self) -> &ContainerId {
        &self.id
    }

    /// Removes it and waits until that is done: what comes next may need the volume for itself.
    ///
    /// # Errors
    /// Where the engine refuses; one that is gone already is fine.
    pub async fn remove(mut self) -> Result<(), Failure> {
        let removed = self.engine.put_away(&self.id, &self.extra).await;
        self.is_removed = removed.is_ok();
        removed
    }
}

impl Drop for VolumeHelper {
    fn drop(&mut self) {
        if self.is_removed {
            return;
        }
        let (engine, id, extra) = (self.engine.clone(), self.id.clone(), std::mem::take(&mut self.extra));
        let Ok(runtime) = Handle::try_current() else { return };
        runtime.spawn(async move {
            // One that stays is removed with the next helper that is made, once this process has ended.
            let _ = engine.put_away(&id, &extra).await;
        });
    }
}

impl Engine {
    /// `GET /volumes/{name}`, `GET /images/json`, `POST /containers/create`: a helper for that volume, of the smallest image that
    /// is there. Dropped while it is being made, it is put away once it is there.
    ///
    /// # Errors
    /// `NotFound` where there is no such volume (creating the helper would make one), or no image.
    pub async fn volume_helper(&self, volume: &VolumeName, access: Access) -> Result<VolumeHelper, Failure> {
        let (answer, answered) = oneshot::channel();
        let (engine, volume) = (self.clone(), volume.clone());
        tokio::spawn(async move {
            // Where nobody waits for it any more, it is dropped here.
            let _ = answer.send(engine.make_volume_helper(&volume, access).await);
        });
        answered.await.unwrap_or_else(|_| Err(broken(&io::Error::from(io::ErrorKind::BrokenPipe))))
    }

    async fn make_volume_helper(&self, volume: &VolumeName, access: Access) -> Result<VolumeHelper, Failure> {
        self.inspect_volume(volume).await?;
        self.sweep_volume_helpers().await;
        let image = smallest(self.images().await?)?;
        let body = json!({
            "Image": image.id.as_str(),
            // An image may have no command, and engines ask for one.
            "Cmd": ["true"],
            "NetworkDisabled": true,
            "Labels": { LABEL: volume.as_str(), OWNER: owner::this_process().unwrap_or_default() },
            "HostConfig": {
                "NetworkMode": "none",
                "Mounts": [{
                    "Type": "volume",
                    "Source": volume.as_str(),
                    "Target": VolumeHelper::ROOT,
                    "ReadOnly": access == Access::Read,
                    // Nothing of the image is to get into an empty volume.
                    "VolumeOptions": { "NoCopy": true },
                }],
            },
        });
        let created = self.ask(Call::post(&["containers", "create"]).json(&body)).await;
        let mount = format!("type=volume,source={},target={}", volume.as_str(), VolumeHelper::ROOT);
        let mount = if access == Access::Read { mount + ",readonly" } else { mount };
        let created = self.witness.tell(&["docker", "create", "--mount", &mount, image.title(), "true"], created)?;
        let created: Made<'_> = serde_json::from_slice(&created).map_err(|error| malformed("“create”", &error))?;
        let id = ContainerId::new(&*created.id.0);
        // Dropped when the question fails.
        let mut helper = VolumeHelper { engine: self.clone(), id, extra: Vec::new(), is_removed: false };
        helper.extra = self.extra_volumes(&helper.id).await?;
        Ok(helper)
    }

    /// The volumes of a helper but the one that it is there for: an image may want some of its own.
    async fn extra_volumes(&self, helper: &ContainerId) -> Result<Vec<VolumeName>, Failure> {
        let told = self.inspect_container(helper).await?;
        let mounts = told.get("Mounts").and_then(Value::as_array).into_iter().flatten();
        let text = |mount: &Value, key: &str| mount.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        let extra =
            mounts.filter(|mount| text(mount, "Type") == "volume" && text(mount, "Destination") != VolumeHelper::ROOT);
        Ok(extra.map(|mount| VolumeName::new(text(mount, "Name"))).collect())
    }

    /// `DELETE /containers/{id}`, then the volumes that were made for it alone. Never `v=1`: Podman would take the volume
    /// that the helper is there for along, where nobody gave that a name.
    async fn put_away(&self, helper: &ContainerId, extra: &[VolumeName]) -> Result<(), Failure> {
        let call = Call::new(Method::DELETE, &["containers", helper.as_str()]).query("force", "1");
        let removed = match self.ask(call).await {
            Err(failure) if failure.kind != FailureKind::NotFound => Err(failure),
            Ok(_) | Err(_) => Ok(()),
        };
        self.witness.tell(&["docker", "rm", "--force", helper.short()], removed)?;
        for name in extra {
            let removed = self.ask(Call::new(Method::DELETE, &["volumes", name.as_str()])).await;
            self.witness.tell(&["docker", "volume", "rm", name.as_str()], removed)?;
        }
        Ok(())
    }

    /// Removes helpers that were left behind: of processes of this machine that have ended, and old ones.
    async fn sweep_volume_helpers(&self) {
        let filters = json!({ "label": [LABEL], "status": ["created"] }).to_string();
        let call = Call::get(&["containers", "json"]).query("all", "1").query("filters", &filters);
        let mut made = Vec::new();
        let told = self.ask_each("“containers”", call, |text| {
            made.push(serde_json::from_slice::<Listed<'_>>(text)?.into());
            Ok(())
        });
        let Ok(told) = told.await else { return };
        let now = date(&told.headers);
        let is_left = |found: &Found| found.is_orphan || now.is_some_and(|now| now - found.created > ABANDONED);
        for Found { helper, .. } in made.into_iter().filter(is_left) {
            // What cannot be removed now is tried again with the next helper.
            if let Ok(extra) = self.extra_volumes(&helper).await {
                let _ = self.put_away(&helper, &extra).await;
            }
        }
    }
}

/// The image that costs the engine least to make a container of.
fn smallest(images: Vec<Image>) -> Result<Image, Failure> {
    images.into_iter().min_by_key(|image| image.size).ok_or_else(|| {
        Failure::new(FailureKind::NotFound, "This host has no image, and a helper container needs one.")
            .with_hint("Pull any image, busybox for example: it is not run.")
    })
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct Made<'a> {
    #[serde(borrow)]
    id: Text<'a>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct Listed<'a> {
    #[serde(borrow)]
    id: Text<'a>,
    #[serde(deserialize_with = "or_default")]
    created: i64,
    labels: Pairs<Word>,
}

/// A helper that is there.
struct Found {
    helper: ContainerId,
    /// Seconds since the Unix epoch, by the engine's clock.
    created: i64,
    /// The process that made it has ended.
    is_orphan: bool,
}

impl From<Listed<'_>> for Found {
    fn from(listed: Listed<'_>) -> Self {
        let is_orphan = listed.labels.0.iter().any(|(key, owner)| &**key == OWNER && owner::has_ended(&owner.0));
        Self { helper: ContainerId::new(&*listed.id.0), created: listed.created, is_orphan }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::{DemoEngine, DemoOptions, Fault, What};
    use crate::engine::Dialer;
    use std::sync::Arc;

    fn engine(demo: &DemoEngine) -> Engine {
        let dialed = demo.clone();
        Engine::new(Dialer::Memory(Arc::new(move || dialed.dial())))
    }

    fn demo() -> DemoEngine {
        DemoEngine::start(DemoOptions { containers: 0, images: 0, seed: 1, now: 0, living: false })
    }

    async fn made(engine: &Engine) -> usize {
        let listed = engine.containers(true).await.unwrap();
        listed.containers.iter().filter(|row| row.labels.get(LABEL).is_some()).count()
    }

    async fn name(engine: &Engine) -> VolumeName {
        engine.volumes().await.unwrap().remove(0).name
    }

    #[tokio::test(start_paused = true)]
    async fn a_helper_is_removed_whoever_lets_go_of_it() {
        let demo = demo();
        let engine = engine(&demo);
        let name = name(&engine).await;
        let helper = engine.volume_helper(&name, Access::Read).await.unwrap();
        let told = engine.inspect_container(helper.id()).await.unwrap();
        assert_eq!(told.pointer("/Mounts/0/Name").and_then(|name| name.as_str()), Some(name.as_str()));
        assert_eq!(told.pointer("/State/Status").and_then(|status| status.as_str()), Some("created"));
        drop(helper);
        while made(&engine).await > 0 {
            tokio::time::sleep(std::time::Duration::from_millis(1)).await;
        }
        let helper = engine.volume_helper(&name, Access::Write).await.unwrap();
        helper.remove().await.unwrap();
        assert_eq!(made(&engine).await, 0);
    }

    #[tokio::test(start_paused = true)]
    #[cfg(target_os = "linux")]
    async fn what_a_killed_program_left_goes_with_the_next_helper() {
        let demo = demo();
        let engine = engine(&demo);
        let name = name(&engine).await;
        let image = engine.images().await.unwrap().remove(0).id;
        let own = owner::this_process().unwrap();
        // As another process that had this one's number and has ended.
        let ended = format!("{} 1", own.rsplit_once(' ').unwrap().0);
        for (owner, left) in [(ended, 0), (own, 1), ("another machine".to_owned(), 2)] {
            let labels = json!({ LABEL: name.as_str(), OWNER: owner });
            let body = json!({ "Image": image.as_str(), "Cmd": ["true"], "Labels": labels });
            engine.ask(Call::post(&["containers", "create"]).json(&body)).await.unwrap();
            engine.volume_helper(&name, Access::Read).await.unwrap().remove().await.unwrap();
            assert_eq!(made(&engine).await, left, "{owner}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn its_coming_and_going_is_told() {
        let demo = demo();
        let (sender, told) = std::sync::mpsc::channel();
        let witness = crate::engine::Witness::new(move |command, result| {
            sender.send((command.to_owned(), result.is_ok())).unwrap();
        });
        let engine = engine(&demo).witnessed(witness);
        let name = name(&engine).await;
        let helper = engine.volume_helper(&name, Access::Read).await.unwrap();
        let id = helper.id().short().to_owned();
        helper.remove().await.unwrap();
        let told: Vec<(String, bool)> = told.try_iter().collect();
        assert!(told[0].0.contains(name.as_str()) && told[0].0.contains(",readonly"), "{told:?}");
        assert_eq!(told[1..], [(format!("docker rm --force {id}"), true)]);
    }

    #[tokio::test(start_paused = true)]
    async fn a_helper_that_nobody_waits_for_any_more_is_removed() {
        let demo = demo();
        let engine = engine(&demo);
        let name = name(&engine).await;
        demo.inject(Fault::always("/containers/create", What::Delay(std::time::Duration::from_secs(5))));
        let asking = tokio::spawn({
            let engine = engine.clone();
            async move { engine.volume_helper(&name, Access::Read).await.map(drop) }
        });
        tokio::time::sleep(std::time::Duration::from_secs(1)).await;
        asking.abort();
        let removed = || async { demo.served().await.iter().any(|served| served.method == "DELETE") };
        while !removed().await {
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        }
        assert_eq!(made(&engine).await, 0);
    }

    #[tokio::test(start_paused = true)]
    async fn a_volume_without_a_name_outlives_its_helper() {
        let demo = demo();
        let engine = engine(&demo);
        let volumes = engine.volumes().await.unwrap();
        let anonymous = volumes.iter().find(|volume| volume.is_anonymous()).unwrap().name.clone();
        engine.volume_helper(&anonymous, Access::Read).await.unwrap().remove().await.unwrap();
        assert_eq!(engine.volumes().await.unwrap().len(), volumes.len());
    }

    #[tokio::test(start_paused = true)]
    async fn no_volume_is_made_by_looking_for_it() {
        let demo = demo();
        let engine = engine(&demo);
        let before = engine.volumes().await.unwrap().len();
        let failure = engine.volume_helper(&VolumeName::new("nosuch"), Access::Read).await.unwrap_err();
        assert_eq!(failure.kind, FailureKind::NotFound);
        assert_eq!(engine.volumes().await.unwrap().len(), before);
        assert_eq!(smallest(Vec::new()).unwrap_err().kind, FailureKind::NotFound);
    }
}
