//! Carries out requests about containers.

use super::changed;
use crate::domain::{ContainerId, ContainerRequest, ContainerSpec, Done, Failure, FailureKind, Limits};
use crate::engine::Engine;
use crate::engine::call::{Call, Wait, encode};
use crate::engine::lenient::{Word, Words, or_default};
use bollard::query_parameters::{
    KillContainerOptions, RemoveContainerOptions, RenameContainerOptions, RestartContainerOptions,
    StartContainerOptions, StopContainerOptions,
};
use serde::Deserialize;
use serde_json::Value;
use std::time::Duration;

impl Engine {
    pub(super) async fn perform_on_container(&self, request: &ContainerRequest) -> Result<Done, Failure> {
        match request {
            ContainerRequest::Start(target) => self.start(&target.id).await,
            ContainerRequest::Stop { target, timeout } => self.stop(&target.id, *timeout).await,
            ContainerRequest::Restart { target, timeout } => {
                let options = RestartContainerOptions { t: seconds(*timeout), ..RestartContainerOptions::default() };
                let docker = self.bollard(grace(*timeout))?;
                changed(docker.restart_container(&encode(target.id.as_str()), Some(options)).await)
            }
            ContainerRequest::Kill { target, signal } => {
                let options = KillContainerOptions { signal: signal.clone() };
                changed(self.bollard(Wait::Act)?.kill_container(&encode(target.id.as_str()), Some(options)).await)
            }
            ContainerRequest::Pause(target) => {
                changed(self.bollard(Wait::Act)?.pause_container(&encode(target.id.as_str())).await)
            }
            ContainerRequest::Unpause(target) => {
                changed(self.bollard(Wait::Act)?.unpause_container(&encode(target.id.as_str())).await)
            }
            ContainerRequest::Remove { target, force, volumes } => {
                let options = RemoveContainerOptions { force: *force, v: *volumes, link: false };
                changed(self.bollard(Wait::Act)?.remove_container(&encode(target.id.as_str()), Some(options)).await)
            }
            ContainerRequest::Rename { target, name } => {
                let options = RenameContainerOptions { name: name.clone() };
                changed(self.bollard(Wait::Act)?.rename_container(&encode(target.id.as_str()), options).await)
            }
            ContainerRequest::Update { target, limits } => self.update(&target.id, limits).await,
            ContainerRequest::Wait(target) => self.wait(&target.id).await,
            ContainerRequest::Create(spec) => self.create(spec).await,
        }
    }

    async fn start(&self, id: &ContainerId) -> Result<Done, Failure> {
        let docker = self.bollard(Wait::Act)?;
        changed(docker.start_container(&encode(id.as_str()), None::<StartContainerOptions>).await)
    }

    async fn stop(&self, id: &ContainerId, timeout: Option<u32>) -> Result<Done, Failure> {
        let options = StopContainerOptions { t: seconds(timeout), ..StopContainerOptions::default() };
        changed(self.bollard(grace(timeout))?.stop_container(&encode(id.as_str()), Some(options)).await)
    }

    async fn update(&self, id: &ContainerId, limits: &Limits) -> Result<Done, Failure> {
        let update = |body: &Value| self.ask(Call::post(&["containers", id.as_str(), "update"]).json(body));
        let before = self.inspect_container(id).await?;
        update(&limits.body()).await?;
        let after = self.inspect_container(id).await?;
        if let Some(body) = forgotten(limits, &before, &after) {
            update(&body).await?;
        }
        Ok(Done::Changed)
    }

    /// By our own code: bollard makes a failure of every exit code but 0.
    async fn wait(&self, id: &ContainerId) -> Result<Done, Failure> {
        let call = Call::post(&["containers", id.as_str(), "wait"]).wait(Wait::Forever);
        // Engines send the head of the answer at once and the body at the end.
        let answer: Waited = self.whole_json("“wait”", call).await?;
        match answer.error {
            Some(error) if !error.message.0.is_empty() => Err(Failure::new(FailureKind::Engine, error.message.0)),
            _ => Ok(Done::Exited { code: answer.status_code }),
        }
    }

    /// The body is the form's own JSON, so that what was shown is what is sent.
    async fn create(&self, spec: &ContainerSpec) -> Result<Done, Failure> {
        let mut call = Call::post(&["containers", "create"]).json(&spec.body());
        if !spec.name.is_empty() {
            call = call.query("name", &spec.name);
        }
        let created: Created = self.ask_json("“create”", call).await?;
        let id = ContainerId::new(&created.id.0);
        if spec.start {
            self.start(&id).await.map_err(|failure| {
                let name = if spec.name.is_empty() { id.short() } else { &spec.name };
                failure
                    .with_hint(format!("The container {name} was created and could not be started: it is still there."))
            })?;
        }
        Ok(Done::Created { id, warnings: created.warnings.0.into_iter().map(String::from).collect() })
    }
}

/// What an engine made otherwise than it was told to. Podman 5 leaves billionths of a CPU unheard and takes the same as
/// microseconds in each tenth of a second; and it forgets the restart policy when it is not told again.
fn forgotten(limits: &Limits, before: &Value, after: &Value) -> Option<Value> {
    const PERIOD: u64 = 100_000;
    const POLICY: &str = "/HostConfig/RestartPolicy";
    let mut body = serde_json::Map::new();
    let cpus = after.pointer("/HostConfig/NanoCpus").and_then(Value::as_u64);
    if let Some(wanted) = limits.nano_cpus.filter(|wanted| cpus != Some(*wanted)) {
        body.insert("CpuPeriod".to_owned(), PERIOD.into());
        body.insert("CpuQuota".to_owned(), (wanted.saturating_mul(PERIOD) / 1_000_000_000).into());
    }
    let is_lost = limits.restart.is_none() && before.pointer(POLICY) != after.pointer(POLICY);
    if is_lost || !body.is_empty() {
        let policy = if limits.restart.is_none() { before.pointer(POLICY) } else { after.pointer(POLICY) };
        body.extend(policy.map(|policy| ("RestartPolicy".to_owned(), policy.clone())));
    }
    (!body.is_empty()).then(|| body.into())
}

/// A deadline for what waits for a container to end: the engine's patience and ours. The container's own patience is
/// not known here and may be any, so there is no deadline then.
fn grace(timeout: Option<u32>) -> Wait {
    timeout.map_or(Wait::Forever, |seconds| Wait::ActAfter(Duration::from_secs(seconds.into())))
}

fn seconds(timeout: Option<u32>) -> Option<i32> {
    timeout.map(|seconds| i32::try_from(seconds).unwrap_or(i32::MAX))
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct Created {
    id: Word,
    warnings: Words,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct Waited {
    #[serde(deserialize_with = "or_default")]
    status_code: i64,
    error: Option<WaitedError>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct WaitedError {
    message: Word,
}
