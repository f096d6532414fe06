//! Requests to an engine: the last gate before it, the order in which they go out, the audit log, the outcome.

mod archive;
mod build;
mod files;
pub(super) mod save;
mod upload;

use super::audit::AuditLog;
use super::fetch::no_line;
use super::link::Turns;
use super::raw;
use super::registries::Counter;
use super::spawn::Outbox;
use crate::app::HostMsg;
use crate::app::msg::Order;
use crate::config::Environment;
use crate::domain::{
    ContainerRequest, Done, Failure, FailureKind, HostId, ImageRequest, NetworkRequest, PluginRequest, Request,
    VolumeRequest,
};
use crate::engine::Engine;
use std::sync::Arc;
use tokio::sync::mpsc;
use upload::Steps;

/// Requests to one host under way at a time, the others wait for their turn: each needs a connection, and a thousand
/// marked containers would need more than a process may open.
pub(super) const SIDE_BY_SIDE: usize = 64;
/// Steps of a long request that wait to be told. While nobody looks (a console has the terminal) further ones are
/// dropped: each step replaces the one before, and how it ended is told apart.
const STEPS: usize = 256;

/// What carrying out a request needs of its host.
#[derive(Debug)]
pub(super) struct Way {
    pub host: HostId,
    pub engine: Option<Engine>,
    /// Why nothing may be changed there, if so.
    pub read_only: Option<String>,
    pub turns: Turns,
    pub audit: Option<AuditLog>,
    /// Says what paths of this machine mean.
    pub environment: Arc<Environment>,
    /// Who answers for registries.
    pub counter: Counter,
}

/// Sends one request, its progress and its outcome; what changes something is written to the audit log.
pub(super) async fn perform(way: Way, order: Order, out: Outbox) {
    let Order { job, request } = order;
    let Way { host, engine, read_only, turns, audit, environment, counter } = way;
    // Waiting for a container, pulling and saving take as long as they like: they must not keep others waiting.
    let _turn = match (is_prune(&request), is_long(&request)) {
        (true, _) => turns.prunes.acquire_owned().await.ok(),
        (false, true) => None,
        (false, false) => turns.acts.acquire_owned().await.ok(),
    };
    let mut entry = Entry { audit: audit.filter(|_| request.is_change()), host: &host, request: &request, ended: None };
    let result = match (engine, read_only) {
        (_, Some(reason)) if request.is_change() => Err(refusal(&reason)),
        (Some(engine), _) if let Request::Build(spec) = &request => {
            build::build(engine, spec, &environment, (&host, job, &out)).await
        }
        (Some(engine), _) if let Request::Raw(raw) = &request => {
            raw::send(&host, &engine, raw, &out).await.map(|()| Done::Changed)
        }
        (engine, _) => {
            let (progress, mut steps) = mpsc::channel(STEPS);
            let performing = async { carry_out(engine, &counter, &request, &environment, Steps(progress)).await };
            let reporting = async {
                while let Some(progress) = steps.recv().await {
                    out.host(&host, HostMsg::Progress { job, progress }).await;
                }
            };
            tokio::join!(performing, reporting).0
        }
    };
    let result = match result {
        Err(failure) => Err(files::kept(&request, failure).await),
        done => done,
    };
    entry.ended = Some(result.as_ref().map(drop).map_err(|failure| failure.sentence.clone()));
    drop(entry);
    out.host(&host, HostMsg::Outcome { job, result }).await;
}

/// By the engine, where it is not about files of this machine.
async fn carry_out(
    engine: Option<Engine>,
    counter: &Counter,
    request: &Request,
    environment: &Environment,
    steps: Steps,
) -> Result<Done, Failure> {
    match (request, engine) {
        (Request::SaveLog(save), engine) => save::save(engine, save, environment, |step| steps.tell(step)).await,
        (Request::SaveText(save), _) => save::save_text(save, environment).await,
        (Request::Registry(request), engine) => counter.perform(engine.as_ref(), request).await,
        (Request::ImageFile(request), Some(engine)) => archive::carry_out(engine, request, environment, steps).await,
        (Request::File(request), Some(engine)) => files::carry_out(engine, request, environment, steps).await,
        (_, Some(engine)) => engine.perform(request, |step| steps.tell(step)).await,
        (_, None) => Err(no_line()),
    }
}

/// What a read-only host answers to every change, before anything is sent.
pub(super) fn refusal(reason: &str) -> Failure {
    Failure::new(FailureKind::ReadOnly, format!("Nothing was sent: {reason}."))
}

fn is_long(request: &Request) -> bool {
    matches!(
        request,
        Request::Container(ContainerRequest::Wait(_))
            | Request::Image(ImageRequest::Pull { .. } | ImageRequest::Push { .. } | ImageRequest::Commit(_))
            | Request::Plugin(PluginRequest::Install(_) | PluginRequest::Upgrade { .. })
            | Request::ImageFile(_)
            | Request::Build(_)
            | Request::File(_)
            | Request::Volume(VolumeRequest::Clone { .. })
            | Request::SaveLog(_)
            | Request::Raw(_)
            | Request::Registry(_)
    )
}

fn is_prune(request: &Request) -> bool {
    matches!(
        request,
        Request::System(_)
            | Request::Image(ImageRequest::Prune { .. })
            | Request::Volume(VolumeRequest::Prune { .. })
            | Request::Network(NetworkRequest::Prune { .. })
    )
}

/// A line of the audit log. It is written whatever becomes of the request, also when it is given up half-way or the
/// program ends: that is when somebody will look for it.
struct Entry<'a> {
    audit: Option<AuditLog>,
    host: &'a HostId,
    request: &'a Request,
    ended: Option<Result<(), String>>,
}

impl Drop for Entry<'_> {
    fn drop(&mut self) {
        if let Some(audit) = &self.audit {
            let unknown = || Err("not waited for: the engine may have done it".to_owned());
            audit.write(self.host, self.request, &self.ended.take().unwrap_or_else(unknown));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::Msg;
    use crate::app::msg::JobId;
    use crate::demo::{DemoEngine, DemoOptions, Fault, What};
    use crate::domain::{ContainerId, Target};
    use crate::engine::Dialer;
    use crate::runtime::Inward;
    use crate::runtime::clock::Clock;
    use std::sync::Arc;

    struct Scene {
        demo: DemoEngine,
        engine: Engine,
        folder: std::path::PathBuf,
    }

    impl Scene {
        fn new(name: &str) -> Self {
            let demo = DemoEngine::start(DemoOptions { containers: 0, images: 0, seed: 1, now: 0, living: false });
            let dialed = demo.clone();
            let engine = Engine::new(Dialer::Memory(Arc::new(move || dialed.dial())));
            let folder = std::env::temp_dir().join(format!("dockerui-audit-{}-{name}", std::process::id()));
            Self { demo, engine, folder }
        }

        fn way(&self, read_only: Option<String>) -> Way {
            let audit = AuditLog::open(&self.folder.join("audit.log"), Clock::start()).ok();
            let turns = Turns::default();
            Way {
                host: HostId::new("demo"),
                engine: Some(self.engine.clone()),
                read_only,
                turns,
                audit,
                environment: Arc::default(),
                counter: Counter::Demo(self.demo.clone()),
            }
        }

        async fn stop(&self) -> Order {
            let listed = self.engine.containers(true).await.unwrap();
            let row = listed.containers.into_iter().find(|row| row.state.is_up()).unwrap();
            let target = Target::new(ContainerId::new(row.id.as_str()), row.name.clone());
            Order { job: JobId(1), request: Request::Container(ContainerRequest::Stop { target, timeout: Some(0) }) }
        }

        async fn stops_served(&self) -> usize {
            self.demo.served().await.iter().filter(|served| served.path.contains("/stop")).count()
        }

        fn audited(self) -> String {
            let text = std::fs::read_to_string(self.folder.join("audit.log")).unwrap();
            std::fs::remove_dir_all(self.folder).unwrap();
            text
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_read_only_host_is_sent_nothing() {
        let scene = Scene::new("read-only");
        let (sender, mut told) = mpsc::channel(8);
        perform(scene.way(Some("this host is read-only".into())), scene.stop().await, Outbox::new(sender)).await;
        let Some(Inward::Msg(Msg::Host(_, HostMsg::Outcome { result, .. }))) = told.recv().await else { panic!() };
        assert_eq!(result.unwrap_err().kind, FailureKind::ReadOnly);
        assert_eq!(scene.stops_served().await, 0);
        assert!(scene.audited().contains("this host is read-only"));
    }

    #[tokio::test(start_paused = true)]
    async fn what_is_given_up_half_way_is_in_the_audit_log() {
        let scene = Scene::new("given-up");
        let order = scene.stop().await;
        scene.demo.inject(Fault::always("/stop", What::Hang));
        let (sender, _told) = mpsc::channel(8);
        let acting = tokio::spawn(perform(scene.way(None), order, Outbox::new(sender)));
        while scene.stops_served().await == 0 {
            tokio::time::sleep(std::time::Duration::from_millis(1)).await;
        }
        acting.abort();
        assert!(acting.await.unwrap_err().is_cancelled());
        let log = scene.audited();
        assert!(log.contains("docker stop") && log.contains("may have done it"), "{log}");
    }
}
