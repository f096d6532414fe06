//! What a form opens with: from the host, from another container.

use super::{Focus, Form, FormKind, Name, Origin};
use crate::app::host::Host;
use crate::domain::{
    ContainerSpec, Limits, RegistryName, RestartPolicy, print_command, print_cpus, print_memory, print_ports,
};

impl Form {
    /// Puts in what is known without asking the engine.
    pub(super) fn prefill(&mut self, host: &Host) {
        match self.kind.clone() {
            FormKind::Create(Origin::Image(reference)) => {
                self.start_with(Name::Image, &reference);
                self.focus_on(Name::Name);
            }
            FormKind::Rename(target) => self.start_with(Name::Name, &target.name),
            FormKind::Tag { reference, .. } => self.start_with(Name::Reference, &reference),
            FormKind::Image(form) => {
                form.first_texts().iter().for_each(|(name, text)| self.start_with(*name, text));
            }
            FormKind::File(form) => {
                form.first_texts().iter().for_each(|(name, text)| self.start_with(*name, text));
            }
            FormKind::Exec(target) => {
                let image = host.container(&target.id).map(|row| &row.image_id);
                let shell = image.and_then(|image| host.shells.get(image)).map_or("sh", String::as_str);
                self.start_with(Name::Command, shell);
            }
            FormKind::Build => {
                self.start_with(Name::Folder, "./");
                self.start_with(Name::Builder, "auto");
                self.surroundings.has_buildkit = host.has_buildkit();
            }
            FormKind::Plugin(form) => self.prefill_plugin(&form),
            FormKind::Login(Some((registry, _))) => self.start_with_registry(&registry),
            FormKind::Create(Origin::Nothing | Origin::Container(_))
            | FormKind::Update(_)
            | FormKind::Pull
            | FormKind::Kill(_)
            | FormKind::SaveLog(_)
            | FormKind::SaveEvents
            | FormKind::LogRange(_)
            | FormKind::Login(None)
            | FormKind::Repository(_)
            | FormKind::Profile(_)
            | FormKind::Storage(_) => {}
        }
    }

    /// A create form with everything that another container has, under a name that is free.
    pub fn another(host: &Host, origin: Origin, spec: &ContainerSpec) -> Self {
        let mut form = Self::new(host, FormKind::Create(origin));
        form.fill(spec);
        form.start_with(Name::Name, &free_name(host, &spec.name));
        form.focus_on(Name::Name);
        form
    }

    /// An update form with the limits that the container has.
    pub fn update(host: &Host, kind: FormKind, limits: &Limits) -> Self {
        let mut form = Self::new(host, kind);
        form.fill_limits(limits);
        form.before = limits.clone();
        form.focus = Focus::Field(0);
        form
    }

    fn fill(&mut self, spec: &ContainerSpec) {
        for (name, text) in [
            (Name::Image, spec.image.clone()),
            (Name::Command, print_command(&spec.command)),
            (Name::Entrypoint, print_command(&spec.entrypoint)),
            (Name::Network, spec.network.clone()),
            (Name::Hostname, spec.hostname.clone()),
            (Name::WorkingDir, spec.working_dir.clone()),
            (Name::User, spec.user.clone()),
            (Name::Restart, restart_text(spec.restart)),
        ] {
            self.start_with(name, &text);
        }
        for (name, entries) in [
            (Name::Environment, spec.environment.clone()),
            (Name::Labels, spec.labels.iter().map(|(key, value)| format!("{key}={value}")).collect()),
            (Name::Ports, print_ports(&spec.ports)),
            (Name::ExtraHosts, spec.extra_hosts.clone()),
            (Name::Dns, spec.dns.clone()),
            (Name::Mounts, spec.mounts.iter().map(ToString::to_string).collect()),
            (Name::CapAdd, spec.cap_add.clone()),
            (Name::CapDrop, spec.cap_drop.clone()),
        ] {
            if let Some(field) = self.field_mut(name) {
                field.start_with_entries(entries);
            }
        }
        for (name, on) in [
            (Name::Start, spec.start),
            (Name::AutoRemove, spec.auto_remove),
            (Name::Tty, spec.tty),
            (Name::Interactive, spec.interactive),
            (Name::Init, spec.init),
            (Name::Privileged, spec.privileged),
        ] {
            if let Some(field) = self.field_mut(name) {
                field.start_with_toggle(on);
            }
        }
        // The policy of a new container is told by its own field.
        self.fill_limits(&Limits { restart: Some(spec.restart), ..spec.limits.clone() });
    }

    fn fill_limits(&mut self, limits: &Limits) {
        let memory = limits.memory.filter(|bytes| *bytes > 0).map(print_memory).unwrap_or_default();
        let cpus = limits.nano_cpus.filter(|nano| *nano > 0).map(print_cpus).unwrap_or_default();
        self.start_with(Name::Memory, &memory);
        self.start_with(Name::Cpus, &cpus);
        self.start_with(Name::Restart, &limits.restart.map(restart_text).unwrap_or_default());
    }

    /// The name is known: who logs in is asked first.
    fn start_with_registry(&mut self, registry: &RegistryName) {
        self.start_with(Name::Registry, registry.as_str());
        self.focus_on(Name::User);
    }

    pub(super) fn start_with(&mut self, name: Name, text: &str) {
        if let Some(field) = self.field_mut(name) {
            field.start_with(text);
        }
    }
}

fn restart_text(policy: RestartPolicy) -> String {
    match policy {
        RestartPolicy::No => String::new(),
        RestartPolicy::Always | RestartPolicy::UnlessStopped | RestartPolicy::OnFailure(_) => policy.to_string(),
    }
}

/// `web-2` where there is a `web`, `web-3` where there is that too. A number that the name ends in is counted on.
fn free_name(host: &Host, name: &str) -> String {
    if name.is_empty() {
        return String::new();
    }
    let (stem, number) = match name.rsplit_once('-') {
        Some((stem, number)) if !stem.is_empty() => match number.parse::<u32>() {
            Ok(number) => (stem, number),
            Err(_) => (name, 1),
        },
        _ => (name, 1),
    };
    let taken = |wanted: &str| host.containers.rows.iter().any(|row| *row.name == *wanted);
    let most = host.containers.rows.len() as u32 + 2;
    (1..=most)
        .map(|step| format!("{stem}-{}", number.saturating_add(step)))
        .find(|wanted| !taken(wanted))
        .unwrap_or_default()
}
