//! Effects that ask or tell an engine something once, as tasks.

use super::registries::{self, Counter};
use super::spawn::Outbox;
use crate::app::dialog::confirm::Kin;
use crate::app::events::KEPT;
use crate::app::image_asks::{ImageAsk, ImageTold};
use crate::app::msg::{DetailData, DetailKey, Listed, TemplateUse};
use crate::app::sampling::Round;
use crate::app::{Fetch, HostMsg};
use crate::domain::{ContainerId, Failure, FailureKind, HostId, ImageId, ImageReference};
use crate::engine::Engine;
use futures_util::StreamExt;
use futures_util::future::join_all;
use futures_util::stream;
use serde_json::Value;
use std::time::Duration;

/// Asks once and sends the answer.
pub(super) async fn fetch(host: HostId, engine: Engine, counter: Counter, fetch: Fetch, out: Outbox) {
    if registries::answers(&fetch) {
        return registries::fetch(host, engine, counter, fetch, out).await;
    }
    let msg = match fetch {
        Fetch::Facts => HostMsg::Facts(engine.facts().await),
        Fetch::Containers => HostMsg::Containers(
            engine
                .containers(true)
                .await
                .map(|listed| Listed { containers: listed.containers, round_trip: listed.elapsed }),
        ),
        Fetch::Images => HostMsg::Images(engine.images().await),
        Fetch::Volumes => HostMsg::Volumes(engine.volumes().await),
        Fetch::Networks => HostMsg::Networks(engine.networks().await),
        Fetch::Events(span) => HostMsg::PastEvents(engine.past_events(span, KEPT).await),
        Fetch::DiskUse => HostMsg::DiskUse(engine.disk_use().await),
        Fetch::Privileges { reference } => {
            let told = engine.plugin_privileges(&reference).await;
            HostMsg::Privileges { reference, told }
        }
        Fetch::About(ask) => HostMsg::AboutImages(about_images(&engine, &counter, ask).await),
        Fetch::VolumeSizes => HostMsg::VolumeSizes(engine.volume_sizes().await),
        Fetch::Ending { container, at } => {
            let out_of_memory = engine.ran_out_of_memory(&container).await;
            HostMsg::Ending { container, at, out_of_memory }
        }
        // Asked elsewhere: see `registries`.
        Fetch::Registries | Fetch::RegistryPage { .. } => return,
        Fetch::Detail(key) => {
            let answer = detail(&engine, &counter, &key).await;
            HostMsg::Detail(key, answer)
        }
        Fetch::OpenFile { root, path, inside } => {
            let found = engine.open_file(&root, &path, inside).await;
            HostMsg::FileOpened { root, path, found }
        }
    };
    out.host(&host, msg).await;
}

/// The answer where none will come, so that nobody waits for it forever.
pub(super) fn unanswered(fetch: Fetch, failure: Failure) -> HostMsg {
    match fetch {
        Fetch::Facts => HostMsg::Facts(Err(failure)),
        Fetch::Containers => HostMsg::Containers(Err(failure)),
        Fetch::Images => HostMsg::Images(Err(failure)),
        Fetch::Volumes => HostMsg::Volumes(Err(failure)),
        Fetch::Networks => HostMsg::Networks(Err(failure)),
        Fetch::Events(_) => HostMsg::PastEvents(Err(failure)),
        Fetch::DiskUse => HostMsg::DiskUse(Err(failure)),
        Fetch::Privileges { reference } => HostMsg::Privileges { reference, told: Err(failure) },
        Fetch::About(ask) => HostMsg::AboutImages(ask.unanswered(&failure)),
        Fetch::VolumeSizes => HostMsg::VolumeSizes(Err(failure)),
        Fetch::Ending { container, at } => HostMsg::Ending { container, at, out_of_memory: Err(failure) },
        Fetch::Registries => HostMsg::Registries(Err(failure)),
        Fetch::RegistryPage { path, after } => HostMsg::RegistryPage { path, after, page: Err(failure) },
        Fetch::Detail(key) => HostMsg::Detail(key, Err(failure)),
        Fetch::OpenFile { root, path, .. } => HostMsg::FileOpened { root, path, found: Err(failure) },
    }
}

/// Why nothing is asked of a host that never answered.
pub(super) fn no_line() -> Failure {
    Failure::new(FailureKind::Lost, "There is no connection to the engine.")
        .with_hint("Nothing was sent. Try again when it is back.")
}

/// Registries that are asked at a time.
const ASKED: usize = 4;

async fn about_images(engine: &Engine, counter: &Counter, ask: ImageAsk) -> ImageTold {
    match ask {
        ImageAsk::Search(term) => {
            let found = engine.search_images(&term).await;
            ImageTold::Found { term, found }
        }
        ImageAsk::OwnSizes => ImageTold::OwnSizes(engine.own_sizes().await),
        ImageAsk::Kin(images) => ImageTold::Kin(kin(engine, images).await),
        ImageAsk::Newer(images) => {
            let answers = stream::iter(images).map(|(id, name)| async move {
                let asked = async |reference: &ImageReference| counter.digest(reference).await;
                let newer = engine.is_newer_in_registry(&id, &name, asked).await;
                (id, name, newer)
            });
            ImageTold::Newer(answers.buffered(ASKED).collect().await)
        }
    }
}

/// What images come of which; layers that are not told are left out.
async fn kin(engine: &Engine, images: Vec<ImageId>) -> Result<Kin, Failure> {
    let all = engine.all_images().await?;
    let layers = stream::iter(images).map(|id| async move { (engine.history(&id).await.ok(), id) });
    let told = layers.buffered(ASKED).filter_map(|(layers, id)| async { Some((id, layers?)) });
    Ok(Kin { all, layers: told.collect().await })
}

/// What a detail tab shows.
pub(super) async fn detail(engine: &Engine, counter: &Counter, key: &DetailKey) -> Result<DetailData, Failure> {
    let json = |value: Value| DetailData::Json(Box::new(value));
    match key {
        DetailKey::InspectContainer(id) => engine.inspect_container(id).await.map(json),
        DetailKey::InspectImage(id) => engine.inspect_image(id).await.map(json),
        DetailKey::InspectVolume(name) => engine.inspect_volume(name).await.map(json),
        DetailKey::InspectNetwork(id) => engine.inspect_network(id).await.map(json),
        DetailKey::About => engine.about().await.map(json),
        DetailKey::Plugins => engine.plugins().await.map(DetailData::Plugins),
        DetailKey::Top { container, ps_args } => engine.top(container, ps_args).await.map(DetailData::Processes),
        DetailKey::Changes(id) => engine.changes(id).await.map(DetailData::Changes),
        DetailKey::Registry(_) | DetailKey::RegistryImage(_) => counter.detail(key).await,
        DetailKey::History(id) => engine.history(id).await.map(DetailData::History),
        DetailKey::Platforms(id) => engine.platforms(id).await.map(DetailData::Platforms),
        DetailKey::Folder(look) => engine.list_folder(look, drop).await.map(DetailData::Folder),
    }
}

/// How soon a second sample follows a first one.
const FIRST_RATE: Duration = Duration::from_secs(1);

/// Samples each container once, and those that are new once more: rates need two.
pub(super) async fn sample(host: HostId, engine: Engine, round: Round, out: Outbox) {
    let began = tokio::time::Instant::now();
    out.host(&host, ask_each(&engine, round.containers, round.over).await).await;
    if !round.fresh.is_empty() {
        tokio::time::sleep_until(began + FIRST_RATE).await;
        out.host(&host, ask_each(&engine, round.fresh, Duration::ZERO).await).await;
    }
}

/// The requests are spread over a time, so that the engine is never asked all at once.
async fn ask_each(engine: &Engine, containers: Vec<ContainerId>, over: Duration) -> HostMsg {
    let count = u32::try_from(containers.len()).unwrap_or(u32::MAX).max(1);
    let step = over / count;
    let asked = containers.into_iter().zip(0u32..).map(|(id, place)| async move {
        tokio::time::sleep(step * place).await;
        let asked = tokio::time::Instant::now();
        let sample = engine.stats_once(&id).await;
        (id, sample, asked.elapsed())
    });
    let answers = join_all(asked).await;
    let took = answers.iter().filter(|(_, sample, _)| sample.is_ok()).map(|(_, _, took)| *took).min();
    let samples = answers.into_iter().map(|(id, sample, _)| (id, sample)).collect();
    HostMsg::Stats { samples, took }
}

/// Reads a container's configuration, and its image's to tell what came from there.
pub(super) async fn template(host: HostId, engine: Engine, container: ContainerId, purpose: TemplateUse, out: Outbox) {
    let inspected = async {
        let json = engine.inspect_container(&container).await?;
        let image = json.get("Image").and_then(Value::as_str).map(crate::domain::ImageId::new);
        let image = match image {
            // The image may be gone; the container still says what it runs with.
            Some(id) => engine.inspect_image(&id).await.ok(),
            None => None,
        };
        Ok(Box::new((json, image)))
    };
    let inspected = inspected.await;
    out.host(&host, HostMsg::Template { container, inspected, purpose }).await;
}
