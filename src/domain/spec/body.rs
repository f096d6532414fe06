//! The JSON bodies of `POST /containers/create` and `POST /containers/{id}/update`.

use super::{ContainerSpec, Limits, MountKind, MountSpec, RestartPolicy};
use crate::domain::body::Object;
use serde_json::{Value, json};
use std::collections::BTreeMap;

impl ContainerSpec {
    /// The body of `POST /containers/create` (the name goes into the query). What the form leaves empty is left out, so
    /// that the image and the engine decide, as they do for `docker run`.
    pub fn body(&self) -> Value {
        let mut body = Object::default();
        body.text("Image", &self.image);
        body.text("Hostname", &self.hostname);
        body.text("User", &self.user);
        body.text("WorkingDir", &self.working_dir);
        body.list("Env", &self.environment);
        body.list("Cmd", &self.command);
        body.list("Entrypoint", &self.entrypoint);
        body.pairs("Labels", &self.labels);
        body.object("ExposedPorts", self.ports.iter().map(|port| (port.key(), json!({}))));
        body.object("Volumes", self.anonymous_volumes().map(|mount| (mount.target.clone(), json!({}))));
        body.flag("Tty", self.tty);
        body.flag("OpenStdin", self.interactive);
        body.value("HostConfig", self.host_config());
        if self.is_user_network() {
            // The client sends both; Podman reads the network's name from here, Docker from the mode.
            body.value("NetworkingConfig", json!({ "EndpointsConfig": { (self.network.as_str()): {} } }));
        }
        body.done()
    }

    fn host_config(&self) -> Value {
        let mut host = Object::default();
        // A bind in `Binds` makes a missing folder on the host, one in `Mounts` fails: `--volume` means the former.
        host.list("Binds", &self.binds());
        host.list("Mounts", &self.long_mounts());
        let tmpfs = self.mounts.iter().filter(|mount| mount.kind == MountKind::Tmpfs && !mount.needs_long_form());
        host.object("Tmpfs", tmpfs.map(|mount| (mount.target.clone(), json!(mount.short_options()))));
        host.value("PortBindings", self.port_bindings());
        host.text("NetworkMode", &self.network);
        if self.restart != RestartPolicy::No {
            host.value("RestartPolicy", restart_body(self.restart));
        }
        host.number("Memory", self.limits.memory.unwrap_or(0));
        host.number("NanoCpus", self.limits.nano_cpus.unwrap_or(0));
        host.flag("Init", self.init);
        host.flag("Privileged", self.privileged);
        host.flag("AutoRemove", self.auto_remove);
        host.list("CapAdd", &self.cap_add);
        host.list("CapDrop", &self.cap_drop);
        host.list("ExtraHosts", &self.extra_hosts);
        host.list("Dns", &self.dns);
        host.done()
    }

    /// Whether the network is one that somebody made, not a mode of the engine.
    pub(super) fn is_user_network(&self) -> bool {
        let mode = self.network.as_str();
        !matches!(mode, "" | "default" | "bridge" | "host" | "none" | "private" | "pasta" | "slirp4netns")
            && !["container:", "ns:", "pasta:", "slirp4netns:"].iter().any(|prefix| mode.starts_with(prefix))
    }

    fn anonymous_volumes(&self) -> impl Iterator<Item = &MountSpec> {
        self.mounts.iter().filter(|mount| mount.is_anonymous() && !mount.needs_long_form())
    }

    fn binds(&self) -> Vec<String> {
        let named =
            |mount: &&MountSpec| mount.kind != MountKind::Tmpfs && !mount.is_anonymous() && !mount.needs_long_form();
        self.mounts.iter().filter(named).map(MountSpec::to_string).collect()
    }

    fn long_mounts(&self) -> Vec<Value> {
        self.mounts.iter().filter(|mount| mount.needs_long_form()).map(long_mount).collect()
    }

    fn port_bindings(&self) -> Value {
        let mut ports: BTreeMap<String, Vec<Value>> = BTreeMap::new();
        for port in &self.ports {
            let public = port.public.map(|public| public.to_string()).unwrap_or_default();
            let binding = json!({ "HostIp": port.ip, "HostPort": public });
            // A port inside may be published several times.
            ports.entry(port.key()).or_default().push(binding);
        }
        json!(ports)
    }
}

impl Limits {
    /// The body of `POST /containers/{id}/update`.
    ///
    /// Memory goes with a limit of memory and swap together of twice as much: that is what an engine sets at creation.
    /// Without it, raising memory above the old sum is refused ("update the memoryswap at the same time", seen on
    /// 20.10); -1 would be accepted too, but lets a container that leaks fill the whole swap of the host.
    ///
    /// Zeros are left out: to an engine they mean "as it is" and -1 is refused, so no limit can be lifted this way (see
    /// [`Limits::check_update`]).
    pub fn body(&self) -> Value {
        let mut body = Object::default();
        let memory = self.memory.unwrap_or(0);
        body.number("Memory", memory);
        body.number("MemorySwap", memory.saturating_mul(2).min(i64::MAX.unsigned_abs()));
        body.number("NanoCpus", self.nano_cpus.unwrap_or(0));
        if let Some(restart) = self.restart {
            body.value("RestartPolicy", restart_body(restart));
        }
        body.done()
    }
}

fn restart_body(policy: RestartPolicy) -> Value {
    json!({ "Name": policy.word(), "MaximumRetryCount": policy.tries() })
}

/// A mount for `HostConfig.Mounts`, with the options that have a place there.
fn long_mount(mount: &MountSpec) -> Value {
    let mut entry = Object::default();
    entry.text("Type", mount.kind.word());
    entry.text("Source", &mount.source);
    entry.text("Target", &mount.target);
    entry.flag("ReadOnly", mount.read_only);
    match mount.kind {
        MountKind::Bind => {
            if let Some(mode) = mount.option_list().find(|option| super::mounts::PROPAGATIONS.contains(option)) {
                entry.value("BindOptions", json!({ "Propagation": mode }));
            }
        }
        MountKind::Volume => {
            if mount.option_list().any(|option| option == "nocopy") {
                entry.value("VolumeOptions", json!({ "NoCopy": true }));
            }
        }
        MountKind::Tmpfs => {
            let size = mount.option_list().find_map(|option| option.strip_prefix("size="));
            if let Some(bytes) = size.and_then(|size| super::amounts::parse_bytes(size).ok()) {
                entry.value("TmpfsOptions", json!({ "SizeBytes": bytes }));
            }
        }
    }
    entry.done()
}

#[cfg(test)]
mod tests;
