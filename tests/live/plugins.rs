//! Plugins on real engines: one that is made here, kept in a registry, installed from there, and does nothing.

use crate::support::engines::{Live, on_engines, registry};
use dockerui_tui::domain::{FailureKind, Plugin, PluginInstall, PluginRequest, Request};
use serde_json::json;
use std::os::unix::fs::symlink;
use std::path::PathBuf;

on_engines!(
    what_it_wants_is_told_and_agreed_to,
    it_is_set_up_and_upgraded,
    one_that_does_not_come_up_stays_disabled,
    what_cannot_be_is_refused
);

/// A plugin of this name in the engine and in its registry, which is removed with it.
struct Made<'a> {
    live: &'a Live,
    name: String,
}

impl<'a> Made<'a> {
    /// `None` on Podman, whose answer is tried instead.
    async fn new(live: &'a Live, suffix: &str) -> Option<Self> {
        let name = format!("{}/{}:1", registry(), live.name(suffix));
        if live.is_podman() {
            let failure = live.engine.plugin_privileges(&name).await.expect_err("Podman has none");
            assert_eq!(failure.kind, FailureKind::Unsupported, "{failure}");
            let enable = PluginRequest::Enable { name: name.clone().into() };
            let failure = live.perform(enable.into()).await.expect_err("Podman has none");
            assert!(failure.sentence.contains("no plugins that can be installed"), "{failure}");
            let listed = live.engine.plugins().await.expect("its drivers");
            assert!(!listed.is_empty() && listed.iter().all(|plugin| plugin.enabled.is_none()), "{listed:?}");
            return None;
        }
        let folder = content(&live.name(suffix));
        live.docker(&["plugin", "create", &name, folder.to_str().expect("a path")]);
        std::fs::remove_dir_all(folder).expect("the folder");
        Some(Self { live, name })
    }

    fn push_and_forget(&self) {
        self.live.docker(&["plugin", "push", &self.name]);
        self.live.docker(&["plugin", "rm", &self.name]);
    }

    async fn row(&self) -> Option<Plugin> {
        let all = self.live.engine.plugins().await.expect("plugins");
        all.into_iter().find(|plugin| *plugin.name == *self.name)
    }

    async fn install(&self, enable: bool, settings: &[&str]) -> Result<(), dockerui_tui::domain::Failure> {
        let privileges = self.live.engine.plugin_privileges(&self.name).await.expect("what it wants");
        let settings = settings.iter().map(|setting| (*setting).to_owned()).collect();
        let reference = self.name.clone();
        let install = PluginInstall { reference, alias: String::new(), settings, enable, privileges };
        self.live.perform(PluginRequest::Install(Box::new(install)).into()).await.map(drop)
    }

    async fn perform(&self, request: PluginRequest) -> Result<(), dockerui_tui::domain::Failure> {
        self.live.perform(Request::from(request)).await.map(drop)
    }
}

impl Drop for Made<'_> {
    fn drop(&mut self) {
        drop(crate::support::engines::docker(&self.live.address, &["plugin", "rm", "--force", &self.name]));
    }
}

/// What `docker plugin create` takes: busybox, and what it is to be allowed.
fn content(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("dockerui-plugin-{name}"));
    let programs = folder.join("rootfs/bin");
    std::fs::create_dir_all(&programs).expect("a folder");
    std::fs::copy("/usr/bin/busybox", programs.join("busybox")).expect("busybox");
    symlink("busybox", programs.join("sh")).expect("a link");
    let config = json!({
        "description": format!("{name} does nothing"), "entrypoint": ["/bin/busybox", "sleep", "1000"],
        "interface": { "types": ["docker.volumedriver/1.0"], "socket": "nothing.sock" },
        "network": { "type": "host" }, "linux": { "capabilities": ["CAP_SYS_ADMIN"] },
        "env": [{ "name": "DEBUG", "settable": ["value"], "value": "0" }, { "name": "FIXED", "value": "1" }],
        "mounts": [{ "name": "data", "settable": ["source"], "source": "/tmp", "destination": "/data", "type": "bind",
            "options": ["rbind"] }],
        "args": { "name": "args", "settable": ["value"], "value": ["-x"] },
    });
    // The engine does not take the same content twice at a time.
    std::fs::write(folder.join("rootfs/name"), name).expect("a file of its own");
    std::fs::write(folder.join("config.json"), config.to_string()).expect("its configuration");
    folder
}

fn named(name: &str) -> Box<str> {
    name.into()
}

async fn what_it_wants_is_told_and_agreed_to(live: Live) {
    let Some(made) = Made::new(&live, "wants").await else { return };
    made.push_and_forget();
    let wanted = live.engine.plugin_privileges(&made.name).await.expect("what it wants");
    let told: Vec<String> = wanted.iter().map(|privilege| privilege.sentence()).collect();
    assert!(told.iter().any(|one| one.starts_with("network: host")), "{told:?}");
    assert!(told.iter().any(|one| one.starts_with("capabilities: CAP_SYS_ADMIN")), "{told:?}");
    // Without that, the engine refuses.
    let install = PluginInstall {
        reference: made.name.clone(),
        alias: String::new(),
        settings: Vec::new(),
        enable: false,
        privileges: Vec::new(),
    };
    let failure = made.perform(PluginRequest::Install(Box::new(install))).await.expect_err("a refusal");
    assert!(failure.sentence.contains("privileges"), "{failure}");
    assert_eq!(made.row().await, None);
    made.install(false, &["DEBUG=2"]).await.expect("installed");
    let row = made.row().await.expect("a row");
    assert_eq!((row.enabled, &*row.kind), (Some(false), "volumedriver"));
    assert_eq!(row.settings, ["DEBUG=2", "data.source=/tmp", "args=-x"].map(Box::from));
    made.perform(PluginRequest::Remove { name: named(&made.name), force: false }).await.expect("removed");
    assert_eq!(made.row().await, None);
}

async fn it_is_set_up_and_upgraded(live: Live) {
    let Some(made) = Made::new(&live, "set").await else { return };
    let settings = ["DEBUG=1", "data.source=/var/tmp", "args=-y -z"].map(str::to_owned);
    made.perform(PluginRequest::Set { name: named(&made.name), settings: settings.to_vec() }).await.expect("set");
    assert_eq!(made.row().await.expect("a row").settings, settings.map(Box::from));
    let fixed = PluginRequest::Set { name: named(&made.name), settings: vec!["FIXED=2".into()] };
    assert!(made.perform(fixed).await.expect_err("a refusal").sentence.contains("FIXED"));
    live.docker(&["plugin", "push", &made.name]);
    let privileges = live.engine.plugin_privileges(&made.name).await.expect("what it wants");
    let upgrade = PluginRequest::Upgrade { name: named(&made.name), reference: made.name.clone(), privileges };
    made.perform(upgrade).await.expect("upgraded");
    assert_eq!(made.row().await.expect("a row").enabled, Some(false));
}

async fn one_that_does_not_come_up_stays_disabled(live: Live) {
    let Some(made) = Made::new(&live, "down").await else { return };
    made.push_and_forget();
    let failure = made.install(true, &[]).await.expect_err("nobody listens there");
    assert!(failure.sentence.starts_with("It is installed, but not enabled: "), "{failure}");
    assert!(failure.sentence.contains("nothing.sock"), "{failure}");
    assert_eq!(made.row().await.expect("a row").enabled, Some(false));
}

async fn what_cannot_be_is_refused(live: Live) {
    let Some(made) = Made::new(&live, "not").await else { return };
    let disable = PluginRequest::Disable { name: named(&made.name), force: false };
    let failure = made.perform(disable).await.expect_err("it is disabled");
    assert!(failure.sentence.contains("already disabled"), "{failure}");
    let remove = PluginRequest::Remove { name: format!("{}-none", made.name).into(), force: true };
    assert_eq!(made.perform(remove).await.expect_err("it is not there").kind, FailureKind::NotFound);
}
