//! Builds an image from a folder of this machine: looks the folder through, then streams it to the engine's builder.

use crate::app::HostMsg;
use crate::app::msg::JobId;
use crate::config::Environment;
use crate::domain::text::{counted, long_bytes};
use crate::domain::{BuildNews, BuildSpec, Done, Failure, FailureKind, HostId};
use crate::engine::Engine;
use crate::runtime::context::{self, Context};
use crate::runtime::spawn::Outbox;
use tokio::sync::mpsc::{self, Receiver, Sender};

/// Words of the builder that wait to be told; while nobody takes them the builder waits as well.
const WAITING: usize = 1024;
/// Told to the loop at once at most.
const TOGETHER: usize = 256;

/// Dropping the future ends it wherever it is: the folder is not read on, the engine stops its builder.
pub async fn build(
    engine: Engine,
    spec: &BuildSpec,
    environment: &Environment,
    (host, job, out): (&HostId, JobId, &Outbox),
) -> Result<Done, Failure> {
    let (sender, told) = mpsc::channel(WAITING);
    let building = async {
        let told = sender;
        carry_out(engine, spec, environment, &told).await
    };
    tokio::join!(building, report(told, host, job, out)).0
}

async fn report(mut told: Receiver<BuildNews>, host: &HostId, job: JobId, out: &Outbox) {
    let mut news = Vec::new();
    while told.recv_many(&mut news, TOGETHER).await > 0 {
        let news = std::mem::take(&mut news);
        out.host(host, HostMsg::Build { job, news }).await;
    }
}

async fn carry_out(
    engine: Engine,
    spec: &BuildSpec,
    environment: &Environment,
    told: &Sender<BuildNews>,
) -> Result<Done, Failure> {
    let context = looked_through(spec, environment, told.clone()).await?;
    let (files, bytes) = context.size();
    let sent = format!("Sends {}, {}.", counted(files, "file", "files"), long_bytes(bytes));
    for note in [sent].iter().chain(&context.notes) {
        // Who does not listen still waits for the end.
        let _ = told.send(BuildNews::Note(note.as_str().into())).await;
    }
    let bases = context.dockerfile.bases(&spec.arguments);
    let outward = context.outward.clone();
    let result = engine.build(spec, &bases, context::stream(context), told).await;
    // Podman refuses them without a word.
    result.map_err(|failure| match failure.kind {
        FailureKind::Engine if !outward.is_empty() && failure.sentence.starts_with("The engine answered 500") => {
            failure.with_hint(format!(
                "Podman takes no links that lead out of the folder: leave out {} by .dockerignore.",
                context::listed(&outward)
            ))
        }
        _ => failure,
    })
}

async fn looked_through(
    spec: &BuildSpec,
    environment: &Environment,
    told: Sender<BuildNews>,
) -> Result<Context, Failure> {
    let (root, mut spec) = (environment.expand(&spec.folder), spec.clone());
    if spec.dockerfile.starts_with("~/") {
        spec.dockerfile = environment.expand(&spec.dockerfile).to_string_lossy().into_owned();
    }
    let walking = tokio::task::spawn_blocking(move || context::walk(root, &spec, &|| told.is_closed()));
    let stopped = |_| Err(Failure::new(FailureKind::LocalFile, "Reading the folder was stopped."));
    walking.await.unwrap_or_else(stopped)
}
