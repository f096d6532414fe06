//! The helper shell: a container of another image that shares the namespaces of one without a shell.

use super::{Console, Created};
use crate::domain::{ContainerId, ExecSpec, Failure};
use crate::engine::Engine;
use crate::engine::call::{Call, Wait};
use crate::engine::failure::broken;
use hyper::Method;
use serde_json::json;
use std::io;
use tokio::sync::oneshot;

/// Says in `docker inspect` whose helper a container is.
const LABEL: &str = "dockerui.helper-of";
/// Other processes' files can only be looked at with this.
const CAPABILITY: &str = "SYS_PTRACE";
/// The helper's first process lives as long as somebody holds its input. A shell in its place would outlive a program that was
/// killed: engines close the input of a terminal for nobody.
const HOLD: &str = "while read -r line; do :; done";

/// A helper container. Dropping it lets go of the helper's input, by which it ends and removes itself, also when this program is
/// killed; [`Engine::remove_helper`] is quicker.
#[derive(Debug)]
pub struct Helper {
    pub id: ContainerId,
    _held: Console,
}

impl Engine {
    /// `POST /containers/create`, attach, start, exec: `sh` of an image that is present, on a terminal, in the process and network
    /// namespaces of a container that runs. Dropped while it is being made, it is put away once it is there.
    pub async fn helper_shell(
        &self,
        beside: &ContainerId,
        image: &str,
        environment: Vec<String>,
    ) -> Result<(Helper, Console), Failure> {
        let (answer, answered) = oneshot::channel();
        let (engine, beside, image) = (self.clone(), beside.clone(), image.to_owned());
        tokio::spawn(async move {
            let made = engine.make_helper(&beside, &image, environment).await;
            if let Err(Ok((helper, _))) = answer.send(made) {
                // Nobody waits for it any more. It goes by itself should this fail.
                let _ = engine.remove_helper(&helper.id).await;
            }
        });
        answered.await.unwrap_or_else(|_| Err(broken(&io::Error::from(io::ErrorKind::BrokenPipe))))
    }

    async fn make_helper(
        &self,
        beside: &ContainerId,
        image: &str,
        environment: Vec<String>,
    ) -> Result<(Helper, Console), Failure> {
        self.sweep_helpers().await;
        let shared = format!("container:{}", beside.as_str());
        let body = json!({
            "Image": image,
            "Entrypoint": ["sh"],
            "Cmd": ["-c", HOLD],
            "Tty": false,
            "OpenStdin": true,
            "StdinOnce": true,
            "AttachStdin": true,
            "AttachStdout": true,
            "AttachStderr": true,
            "User": "0",
            "Labels": { LABEL: beside.as_str() },
            "HostConfig": {
                "AutoRemove": true,
                "NetworkMode": shared,
                "PidMode": shared,
                "CapAdd": [CAPABILITY],
            },
        });
        let call = Call::post(&["containers", "create"]).json(&body).wait(Wait::Answer);
        let created: Created = self.ask_json("“create”", call).await?;
        let id = ContainerId::new(&*created.id.0);
        match self.shell_in_helper(&id, environment).await {
            Ok((held, shell)) => Ok((Helper { id, _held: held }, shell)),
            Err(failure) => {
                // What did not start does not remove itself.
                let _ = self.remove_helper(&id).await;
                Err(failure)
            }
        }
    }

    /// Removes helpers that ended without removing themselves: a busy Podman leaves one behind now and then.
    async fn sweep_helpers(&self) {
        let filters = json!({ "label": [LABEL], "status": ["exited"] }).to_string();
        let call = Call::get(&["containers", "json"]).query("all", "1").query("filters", &filters);
        let ended: Vec<Created> = self.ask_json("“containers”", call.wait(Wait::Answer)).await.unwrap_or_default();
        for helper in ended {
            // What cannot be removed now is tried again with the next helper.
            let _ = self.remove_helper(&ContainerId::new(&*helper.id.0)).await;
        }
    }

    /// Starts the helper, holding its input, and a shell in it.
    async fn shell_in_helper(&self, id: &ContainerId, environment: Vec<String>) -> Result<(Console, Console), Failure> {
        let held = self.attach(id, Some(false)).await?;
        self.ask(Call::post(&["containers", id.as_str(), "start"]).wait(Wait::Answer)).await?;
        let spec = ExecSpec { command: vec!["sh".to_owned()], environment, tty: true, ..ExecSpec::default() };
        Ok((held, self.exec(id, &spec).await?))
    }

    /// `DELETE /containers/{id}?force=1`; one that has removed itself is fine.
    pub async fn remove_helper(&self, helper: &ContainerId) -> Result<(), Failure> {
        let call = Call::new(Method::DELETE, &["containers", helper.as_str()]).query("force", "1").query("v", "1");
        let removed = match self.ask(call.wait(Wait::Answer)).await {
            Err(failure) if !is_gone(&failure) => Err(failure),
            Ok(_) | Err(_) => Ok(()),
        };
        self.witness.tell(&["docker", "rm", "--force", "--volumes", helper.short()], removed)
    }
}

/// Gone, or going: a container that removes itself answers 409 meanwhile.
fn is_gone(failure: &Failure) -> bool {
    use crate::domain::FailureKind::{Conflict, NotFound};
    matches!(failure.kind, NotFound | Conflict)
}
