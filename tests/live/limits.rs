//! Limits changed while a container runs.

use crate::support::engines::{Live, on_engines};
use dockerui_tui::domain::{ContainerRequest, Done, FailureKind, Limits, Request, RestartPolicy};

on_engines!(memory_cpus_and_restart, memory_below_the_least);

async fn memory_cpus_and_restart(live: Live) {
    let mut spec = live.spec("limited", &["sleep", "1000"]);
    spec.limits.memory = Some(64 << 20);
    let target = live.create(spec).await;
    let update = |limits| Request::Container(ContainerRequest::Update { target: target.clone(), limits });
    let limits =
        Limits { memory: Some(256 << 20), nano_cpus: Some(1_500_000_000), restart: Some(RestartPolicy::UnlessStopped) };
    let outcome = live.perform(update(limits)).await;
    if live.is_podman_4() {
        // 4.3 has no such call.
        let failure = outcome.expect_err("no update in Podman 4.3");
        assert_eq!(failure.kind, FailureKind::Unsupported, "{failure}");
        assert_eq!(live.truth(&target.name)["HostConfig"]["Memory"], 64 << 20);
        return;
    }
    assert_eq!(outcome, Ok(Done::Changed));
    let host = live.truth(&target.name)["HostConfig"].clone();
    assert_eq!((&host["Memory"], &host["MemorySwap"]), (&(256 << 20).into(), &(512 << 20).into()));
    assert_eq!(host["NanoCpus"], 1_500_000_000);
    assert_eq!(host["RestartPolicy"]["Name"], "unless-stopped");
    // One alone leaves the others as they are.
    let memory = Limits { memory: Some(128 << 20), ..Limits::default() };
    assert_eq!(live.perform(update(memory)).await, Ok(Done::Changed));
    let host = live.truth(&target.name)["HostConfig"].clone();
    assert_eq!((&host["NanoCpus"], &host["RestartPolicy"]["Name"]), (&1_500_000_000.into(), &"unless-stopped".into()));
    let only = Limits { restart: Some(RestartPolicy::No), ..Limits::default() };
    assert_eq!(live.perform(update(only)).await, Ok(Done::Changed));
    let host = live.truth(&target.name)["HostConfig"].clone();
    assert_eq!((&host["Memory"], &host["RestartPolicy"]["Name"]), (&(128 << 20).into(), &"no".into()));
}

async fn memory_below_the_least(live: Live) {
    let mut spec = live.spec("small", &["sleep", "1000"]);
    spec.limits.memory = Some(1 << 20);
    let outcome = live.perform(Request::Container(ContainerRequest::Create(Box::new(spec)))).await;
    if live.is_podman() {
        // It takes any limit; the process dies of it, or not.
        drop(outcome);
        return;
    }
    let failure = outcome.expect_err("less than the least");
    assert_eq!(failure.kind, FailureKind::BadRequest, "{failure}");
    assert!(failure.sentence.contains("6MB"), "{failure}");
}
