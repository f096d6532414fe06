//! Carries out requests about plugins.

use crate::domain::{Done, Failure, PluginInstall, PluginRequest, Privilege, Progress};
use crate::engine::Engine;
use crate::engine::call::{Call, Wait};
use crate::engine::plugins::no_plugins;
use hyper::Method;
use serde_json::{Value, json};

/// Seconds that the engine waits for a plugin to come up; 0 lets it wait as long as it likes.
const PATIENCE: &str = "30";

impl Engine {
    pub(super) async fn perform_on_plugin(
        &self,
        request: &PluginRequest,
        progress: impl FnMut(Progress) + Send,
    ) -> Result<Done, Failure> {
        let forced = |call: Call, force: bool| if force { call.query("force", "1") } else { call };
        let changed = match request {
            PluginRequest::Install(install) => self.install_plugin(install, progress).await,
            PluginRequest::Upgrade { name, reference, privileges } => {
                let call = Call::post(&["plugins", name, "upgrade"]).query("remote", reference);
                self.pull_plugin(call, reference, privileges, progress).await
            }
            PluginRequest::Enable { name } => self.enable_plugin(name).await,
            PluginRequest::Disable { name, force } => {
                let call = forced(Call::post(&["plugins", name, "disable"]).wait(Wait::Forever), *force);
                self.ask(call).await.map(drop)
            }
            PluginRequest::Remove { name, force } => {
                self.ask(forced(Call::new(Method::DELETE, &["plugins", name]), *force)).await.map(drop)
            }
            PluginRequest::Set { name, settings } => self.set_plugin(name, settings).await,
        };
        changed.map(|()| Done::Changed).map_err(no_plugins)
    }

    async fn install_plugin(
        &self,
        install: &PluginInstall,
        progress: impl FnMut(Progress) + Send,
    ) -> Result<(), Failure> {
        let mut call = Call::post(&["plugins", "pull"]).query("remote", &install.reference);
        if !install.alias.is_empty() {
            call = call.query("name", &install.alias);
        }
        self.pull_plugin(call, &install.reference, &install.privileges, progress).await?;
        let name = install.name();
        if !install.settings.is_empty() {
            self.set_plugin(name, &install.settings).await.map_err(|failure| halfway(failure, "not set up"))?;
        }
        if install.enable {
            self.enable_plugin(name).await.map_err(|failure| halfway(failure, "not enabled"))?;
        }
        Ok(())
    }

    /// The engine compares what is agreed to with what the registry says now.
    async fn pull_plugin(
        &self,
        call: Call,
        reference: &str,
        privileges: &[Privilege],
        progress: impl FnMut(Progress) + Send,
    ) -> Result<(), Failure> {
        let agreed: Vec<Value> = privileges.iter().map(body_of).collect();
        let call = self.plugin_login(call, reference).await?.json(&agreed.into()).wait(Wait::Forever);
        self.follow_steps("“plugin pull”", call, progress).await
    }

    async fn enable_plugin(&self, name: &str) -> Result<(), Failure> {
        let call = Call::post(&["plugins", name, "enable"]).query("timeout", PATIENCE).wait(Wait::Forever);
        self.ask(call).await.map(drop)
    }

    async fn set_plugin(&self, name: &str, settings: &[String]) -> Result<(), Failure> {
        self.ask(Call::post(&["plugins", name, "set"]).json(&json!(settings))).await.map(drop)
    }
}

fn body_of(privilege: &Privilege) -> Value {
    let values: Vec<&str> = privilege.values.iter().map(|value| &**value).collect();
    json!({ "Name": &*privilege.name, "Description": &*privilege.description, "Value": values })
}

/// The plugin is there by now: whoever reads the failure must know.
fn halfway(failure: Failure, what: &str) -> Failure {
    let sentence = format!("It is installed, but {what}: {}", failure.sentence);
    Failure { sentence, ..failure }.with_hint("It stays in the list of plugins, disabled.")
}
