//! The helper shell: a container of another image that shares the namespaces of one without a shell.

use super::{Console, Created};
use crate::domain::{ContainerId, Failure};
use crate::engine::Engine;
use crate::engine::call::{Call, Wait};
use hyper::Method;
use serde_json::json;

/// Says in `docker inspect` whose helper a container is.
const LABEL: &str = "dockerui.helper-of";
/// Other processes' files can only be looked at with this.
const CAPABILITY: &str = "SYS_PTRACE";

impl Engine {
    /// `POST /containers/create`, attach, start: `sh` of an image that is present, on a terminal, in the process and network
    /// namespaces of a container that runs. It removes itself when the shell ends; [`Engine::remove_helper`] is for the rest.
    pub async fn helper_shell(
        &self,
        beside: &ContainerId,
        image: &str,
        environment: Vec<String>,
    ) -> Result<(ContainerId, Console), Failure> {
        let shared = format!("container:{}", beside.as_str());
        let body = json!({
            "Image": image,
            "Entrypoint": ["sh"],
            "Cmd": [],
            "Tty": true,
            "OpenStdin": true,
            "StdinOnce": true,
            "AttachStdin": true,
            "AttachStdout": true,
            "AttachStderr": true,
            "User": "0",
            "Env": environment,
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
        let helper = ContainerId::new(&*created.id.0);
        match self.started_helper(&helper).await {
            Ok(console) => Ok((helper, console)),
            Err(failure) => {
                // What did not start does not remove itself.
                let _ = self.remove_helper(&helper).await;
                Err(failure)
            }
        }
    }

    async fn started_helper(&self, helper: &ContainerId) -> Result<Console, Failure> {
        let console = self.attach(helper, Some(true)).await?;
        let start = Call::post(&["containers", helper.as_str(), "start"]);
        self.ask(start.wait(Wait::Answer)).await?;
        Ok(console)
    }

    /// `DELETE /containers/{id}?force=1`; one that has removed itself is fine.
    pub async fn remove_helper(&self, helper: &ContainerId) -> Result<(), Failure> {
        let call = Call::new(Method::DELETE, &["containers", helper.as_str()]).query("force", "1").query("v", "1");
        match self.ask(call.wait(Wait::Answer)).await {
            Err(failure) if !is_gone(&failure) => Err(failure),
            Ok(_) | Err(_) => Ok(()),
        }
    }
}

/// Gone, or going: a container that removes itself answers 409 meanwhile.
fn is_gone(failure: &Failure) -> bool {
    use crate::domain::FailureKind::{Conflict, NotFound};
    matches!(failure.kind, NotFound | Conflict)
}
