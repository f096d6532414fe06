//! From an existing container back to what it was made from (`GET /containers/{id}/json`).

use super::{ContainerSpec, Limits, MountKind, MountSpec, PortBinding, RestartPolicy, mounts};
use crate::domain::order;
use serde_json::Value;

/// What Podman adds to every environment, and engines to images that set no path.
const ENGINE_ENVIRONMENT: &[&str] = &[
    "container=podman",
    "container=oci",
    "TERM=xterm",
    "HOME=/root",
    "HOME=/",
    "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
];

impl ContainerSpec {
    /// What the container was made from, as far as a form can say it: what equals the image's own settings is left out,
    /// and so is what the engine adds by itself. `image` is the answer of `GET /images/{name}/json`.
    pub fn from_inspect(container: &Value, image: Option<&Value>) -> Self {
        let config = Node(container.get("Config"));
        let host = Node(container.get("HostConfig"));
        let own = Node(image.and_then(|image| image.get("Config")));
        let (command, entrypoint) = process(config, own);
        Self {
            image: config.text("Image").to_owned(),
            name: Node(Some(container)).text("Name").trim_start_matches('/').to_owned(),
            command,
            entrypoint,
            environment: environment(config, own),
            ports: ports(host),
            mounts: mounts(config, host, own),
            network: network(container, host),
            restart: restart(host),
            user: differing(config, own, "User", ""),
            // Podman says / where nothing is set.
            working_dir: differing(config, own, "WorkingDir", "/"),
            hostname: hostname(container, config, host),
            labels: labels(config, own),
            limits: limits(host),
            tty: config.flag("Tty"),
            interactive: config.flag("OpenStdin"),
            init: host.flag("Init"),
            privileged: host.flag("Privileged"),
            auto_remove: host.flag("AutoRemove"),
            cap_add: host.list("CapAdd"),
            cap_drop: host.list("CapDrop"),
            extra_hosts: host.list("ExtraHosts"),
            dns: host.list("Dns"),
            start: true,
        }
    }
}

/// A JSON object that may be missing, with lenient access: engines say `null`, `""` and nothing for the same.
#[derive(Clone, Copy)]
struct Node<'a>(Option<&'a Value>);

impl<'a> Node<'a> {
    fn get(self, key: &str) -> Option<&'a Value> {
        self.0.and_then(|value| value.get(key)).filter(|value| !value.is_null())
    }

    fn node(self, key: &str) -> Self {
        Self(self.get(key))
    }

    fn text(self, key: &str) -> &'a str {
        self.get(key).and_then(Value::as_str).unwrap_or("")
    }

    fn flag(self, key: &str) -> bool {
        self.get(key).and_then(Value::as_bool).unwrap_or(false)
    }

    fn number(self, key: &str) -> u64 {
        self.get(key).and_then(Value::as_u64).unwrap_or(0)
    }

    fn list(self, key: &str) -> Vec<String> {
        match self.get(key) {
            Some(Value::Array(items)) => items.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
            // Podman 4 tells an entrypoint as one text.
            Some(Value::String(text)) if !text.is_empty() => {
                shell_words::split(text).unwrap_or_else(|_| vec![text.clone()])
            }
            _ => Vec::new(),
        }
    }

    fn entries(self, key: &str) -> impl Iterator<Item = (&'a String, &'a Value)> {
        self.get(key).and_then(Value::as_object).into_iter().flatten()
    }
}

/// Command and entrypoint. The engine fills the image's command in only where the entrypoint is the image's as well.
fn process(config: Node<'_>, own: Node<'_>) -> (Vec<String>, Vec<String>) {
    let (command, entrypoint) = (config.list("Cmd"), config.list("Entrypoint"));
    if entrypoint != own.list("Entrypoint") {
        // An image's entrypoint taken away (`--entrypoint ""`) is one empty word in a request.
        let entrypoint = if entrypoint.is_empty() { vec![String::new()] } else { entrypoint };
        return (command, entrypoint);
    }
    let command = if command == own.list("Cmd") { Vec::new() } else { command };
    (command, Vec::new())
}

fn environment(config: Node<'_>, own: Node<'_>) -> Vec<String> {
    let inherited = own.list("Env");
    let hostname = format!("HOSTNAME={}", config.text("Hostname"));
    let mut lines = config.list("Env");
    lines.retain(|line| !inherited.contains(line) && *line != hostname && !ENGINE_ENVIRONMENT.contains(&line.as_str()));
    lines
}

fn labels(config: Node<'_>, own: Node<'_>) -> Vec<(String, String)> {
    let inherited = own.node("Labels");
    config
        .entries("Labels")
        .filter(|(key, value)| inherited.get(key) != Some(value))
        .map(|(key, value)| (key.clone(), value.as_str().unwrap_or("").to_owned()))
        .collect()
}

fn differing(config: Node<'_>, own: Node<'_>, key: &str, default: &str) -> String {
    let (value, inherited) = (config.text(key), own.text(key));
    let same = value == inherited || (inherited.is_empty() && value == default);
    if same { String::new() } else { value.to_owned() }
}

/// The hostname, unless the engine made it from the id or took it from another namespace.
fn hostname(container: &Value, config: Node<'_>, host: Node<'_>) -> String {
    let (name, id, mode) = (config.text("Hostname"), Node(Some(container)).text("Id"), host.text("NetworkMode"));
    let given = id.get(..12).is_none_or(|short| short != name) && mode != "host" && !mode.starts_with("container:");
    if given { name.to_owned() } else { String::new() }
}

fn ports(host: Node<'_>) -> Vec<PortBinding> {
    let mut found = Vec::new();
    for (key, bindings) in host.entries("PortBindings") {
        let (private, protocol) = key.split_once('/').unwrap_or((key, "tcp"));
        let Ok(private) = private.parse::<u16>() else { continue };
        for binding in bindings.as_array().into_iter().flatten() {
            let binding = Node(Some(binding));
            let public = binding.text("HostPort").parse().ok().filter(|port| *port > 0);
            found.push(PortBinding {
                ip: binding.text("HostIp").to_owned(),
                public,
                private,
                protocol: protocol.to_owned(),
            });
        }
    }
    // Engines order by text (100 before 80): order by number, so that ranges are seen again.
    order::sort_by(&mut found, |a, b| {
        (&a.ip, &a.protocol, a.private, a.public).cmp(&(&b.ip, &b.protocol, b.private, b.public))
    });
    found
}

fn mounts(config: Node<'_>, host: Node<'_>, own: Node<'_>) -> Vec<MountSpec> {
    let mut found: Vec<MountSpec> = host.list("Binds").iter().filter_map(|bind| bind_line(bind)).collect();
    let long = host.get("Mounts").and_then(Value::as_array).into_iter().flatten();
    found.extend(long.filter_map(|mount| long_mount(Node(Some(mount)))));
    found.extend(host.entries("Tmpfs").map(|(target, options)| {
        with_options(MountKind::Tmpfs, "", target, options.as_str().unwrap_or("").split(','), |option| {
            !matches!(option, "rprivate" | "tmpcopyup")
        })
    }));
    for (target, _) in config.entries("Volumes") {
        let from_image = own.node("Volumes").get(target).is_some();
        if !from_image && !found.iter().any(|mount| mount.target == *target) {
            found.push(with_options(MountKind::Volume, "", target, [].into_iter(), |_| true));
        }
    }
    found
}

/// One entry of `Binds`. Podman adds the options it mounted with; only those that can be asked for are kept.
fn bind_line(line: &str) -> Option<MountSpec> {
    let mut parts = line.splitn(3, ':');
    let (source, target, options) = (parts.next()?, parts.next()?, parts.next().unwrap_or(""));
    let anonymous = source.len() == 64 && source.bytes().all(|byte| byte.is_ascii_hexdigit());
    let (kind, source) = match source {
        source if source.starts_with('/') => (MountKind::Bind, source),
        _ if anonymous => (MountKind::Volume, ""),
        name => (MountKind::Volume, name),
    };
    let asked = |option: &str| mounts::OPTIONS.contains(&option) && option != "rprivate";
    Some(with_options(kind, source, target, options.split(','), asked))
}

fn long_mount(mount: Node<'_>) -> Option<MountSpec> {
    let kind = match mount.text("Type") {
        "bind" => MountKind::Bind,
        "volume" => MountKind::Volume,
        "tmpfs" => MountKind::Tmpfs,
        _ => return None,
    };
    let mut options = Vec::new();
    options.extend(mount.flag("ReadOnly").then(|| "ro".to_owned()));
    let propagation = mount.node("BindOptions").text("Propagation");
    options.extend((!matches!(propagation, "" | "rprivate")).then(|| propagation.to_owned()));
    options.extend(mount.node("VolumeOptions").flag("NoCopy").then(|| "nocopy".to_owned()));
    let bytes = mount.node("TmpfsOptions").number("SizeBytes");
    options.extend((bytes > 0).then(|| format!("size={bytes}")));
    let options = options.iter().map(String::as_str);
    Some(with_options(kind, mount.text("Source"), mount.text("Target"), options, |_| true))
}

fn with_options<'a>(
    kind: MountKind,
    source: &str,
    target: &str,
    options: impl Iterator<Item = &'a str>,
    keep: impl Fn(&str) -> bool,
) -> MountSpec {
    let (mut read_only, mut kept) = (false, Vec::new());
    for option in options {
        match option {
            "ro" => read_only = true,
            "" | "rw" => {}
            option if keep(option) => kept.push(option),
            _ => {}
        }
    }
    MountSpec { kind, source: source.to_owned(), target: target.to_owned(), read_only, options: kept.join(",") }
}

/// The network's name; empty for the engine's own choice.
fn network(container: &Value, host: Node<'_>) -> String {
    match host.text("NetworkMode") {
        "" | "default" | "bridge" | "slirp4netns" | "pasta" => {
            // Podman says `bridge` for networks of its users too: their names are in the settings only.
            let settings = Node(container.get("NetworkSettings"));
            let names: Vec<&String> = settings.entries("Networks").map(|(name, _)| name).collect();
            let usual = names.iter().any(|name| matches!(name.as_str(), "bridge" | "podman" | "default"));
            names.first().filter(|_| !usual).map_or_else(String::new, |name| (*name).clone())
        }
        mode => mode.to_owned(),
    }
}

fn restart(host: Node<'_>) -> RestartPolicy {
    let policy = host.node("RestartPolicy");
    match policy.text("Name") {
        "always" => RestartPolicy::Always,
        "unless-stopped" => RestartPolicy::UnlessStopped,
        "on-failure" => RestartPolicy::OnFailure(u32::try_from(policy.number("MaximumRetryCount")).unwrap_or(u32::MAX)),
        _ => RestartPolicy::No,
    }
}

fn limits(host: Node<'_>) -> Limits {
    let quota = host.number("CpuQuota");
    let period = Some(host.number("CpuPeriod")).filter(|period| *period > 0).unwrap_or(100_000);
    let nano_cpus = match host.number("NanoCpus") {
        0 => quota.saturating_mul(1_000_000_000).checked_div(period).unwrap_or(0),
        nano => nano,
    };
    let given = |number: u64| Some(number).filter(|number| *number > 0);
    Limits { memory: given(host.number("Memory")), nano_cpus: given(nano_cpus), restart: None }
}

#[cfg(test)]
mod tests;
