//! From fields to what they describe: the specification, the requests, the lines of the preview.

use super::exec::exec_line;
use super::{FileForm, Form, FormKind, ImageForm, Lines, Name, Preview};
use crate::app::effect::{Effect, Session};
use crate::config::edit::ProfileEdit;
use crate::domain::{
    BuildSpec, ContainerId, ContainerRequest, ContainerSpec, ExecSpec, ImageReference, ImageRequest, Invalid, Limits,
    LogContent, Moment, MountSpec, RegistryName, RegistryPath, RegistryRequest, Request, RestartPolicy, Secret,
    hide_secret, parse_capability, parse_command, parse_cpus, parse_dns, parse_environment, parse_extra_host,
    parse_label, parse_memory, parse_ports, parse_signal, print_places,
};
use serde_json::Value;

/// What a complete form leads to.
#[derive(Debug)]
pub enum Act {
    /// Send these as one batch.
    Send(Vec<Request>),
    /// Hand the terminal over.
    Console(Effect),
    /// A session in the console pane.
    Session(ContainerId, Session),
    /// Build, and show how it goes.
    Build(Box<BuildSpec>),
    /// Ask before this signal is sent.
    Kill(String),
    /// Write the config file.
    Save(ProfileEdit),
    /// Send these, and let the form go: how it ends is told in a notice.
    Aside(Vec<Request>),
    /// Ask what this plugin wants to be allowed, and whether that is agreed to.
    Privileges { reference: String },
    /// Ask before this is sent.
    Ask(Request),
    /// Write these lines of a log, or all of it, to a file.
    SaveLog(Lines),
    /// Go to a place in a registry.
    Walk(RegistryPath),
    /// Write the events that are marked, else those shown, to a file.
    SaveEvents { path: String, as_json: bool },
    /// Read the log from then until then.
    ReadLog { since: Option<Moment>, until: Option<Moment> },
}

impl Form {
    /// What does not go together or is missing, beyond what each field says of itself.
    pub fn check(&self) -> Result<(), Invalid> {
        match &self.kind {
            FormKind::Create(_) => self.spec().check(),
            FormKind::Rename(target) => match self.line(Name::Name) {
                "" => Err(Invalid::new("Give the container a new name.")),
                name if *name == *target.name => Err(Invalid::new("That is the name it has.")),
                _ => Ok(()),
            },
            FormKind::Update(_) => match self.limits() {
                limits if limits == Limits::default() => Err(Invalid::new("Nothing is changed yet.")),
                limits => limits.check_update(),
            },
            FormKind::Pull => match self.line(Name::Reference) {
                "" => Err(Invalid::new("Name the image to pull.")),
                _ => Ok(()),
            },
            FormKind::Tag { reference, .. } => match self.line(Name::Reference) {
                "" => Err(Invalid::new("Give the image a new name.")),
                name if ImageReference::same(name, reference) => Err(Invalid::new("That is the name it has.")),
                _ => Ok(()),
            },
            FormKind::Image(form) => self.check_images(form),
            FormKind::File(form) => self.check_files(form),
            FormKind::Exec(_) => match self.exec().command.is_empty() {
                true => Err(Invalid::new("Say which command is to be run.")),
                false => Ok(()),
            },
            FormKind::Build => self.check_build(),
            FormKind::Kill(_) => Ok(()),
            FormKind::SaveLog(_) | FormKind::SaveEvents => match self.line(Name::Path) {
                "" => Err(Invalid::new("Say which file to write.")),
                _ => Ok(()),
            },
            FormKind::LogRange(_) => match (self.line(Name::Since), self.line(Name::Until)) {
                ("", "") => Err(Invalid::new("Say since when, until when, or both.")),
                _ => Ok(()),
            },
            FormKind::Storage(kind) => self.check_storage(kind),
            FormKind::Plugin(form) => self.check_plugin(form),
            FormKind::Login(_) => {
                let password = self.field(Name::Password).is_some_and(|field| !field.current().is_empty());
                match (self.line(Name::Registry), self.line(Name::User), password) {
                    ("", ..) => Err(Invalid::new("Name the registry.")),
                    (_, "", _) => Err(Invalid::new("Say who logs in.")),
                    (_, _, false) => Err(Invalid::new("Type the password, or a token.")),
                    _ => Ok(()),
                }
            }
            FormKind::Repository(_) => match self.line(Name::Reference) {
                "" => Err(Invalid::new("Name a repository, such as team/app.")),
                _ => Ok(()),
            },
            FormKind::Profile(_) => match (self.line(Name::Name), self.line(Name::Address)) {
                ("", _) => Err(Invalid::new("Give the host a name.")),
                (_, "") => Err(Invalid::new("Say where the host is: its address.")),
                _ => Ok(()),
            },
        }
    }

    /// What submitting does. Fields that are wrong count as empty: ask [`Form::hindrance`] before.
    pub fn act(&self) -> Act {
        match &self.kind {
            FormKind::Exec(target) if self.is_on(Name::InPane) => {
                Act::Session(target.id.clone(), Session::Exec(self.exec()))
            }
            FormKind::Exec(target) => Act::Console(Effect::Console {
                host: self.host.clone(),
                container: target.id.clone(),
                session: Session::Exec(self.exec()),
            }),
            FormKind::Repository(path) => Act::Walk(path.repository(self.line(Name::Reference))),
            FormKind::Kill(_) => Act::Kill(self.signal()),
            FormKind::File(FileForm::ImportVolume) => Act::Send(self.requests()),
            FormKind::Image(ImageForm::Save(_)) | FormKind::File(_) => Act::Aside(self.requests()),
            FormKind::Plugin(form) if form.asks_for_privileges() => {
                Act::Privileges { reference: self.plugin_reference() }
            }
            FormKind::Image(form @ ImageForm::Untag { .. }) => Act::Ask(self.image_request(form)),
            FormKind::Image(_) => Act::Send(self.requests()),
            FormKind::SaveLog(_) => Act::SaveLog(self.lines_meant()),
            FormKind::SaveEvents => {
                Act::SaveEvents { path: self.line(Name::Path).to_owned(), as_json: self.is_on(Name::Raw) }
            }
            FormKind::LogRange(_) => {
                let moment = |name| self.line(name).parse().ok();
                Act::ReadLog { since: moment(Name::Since), until: moment(Name::Until) }
            }
            FormKind::Profile(origin) => Act::Save(self.edit_of_profile(origin)),
            FormKind::Build => Act::Build(Box::new(self.build_spec())),
            FormKind::Create(_)
            | FormKind::Rename(_)
            | FormKind::Update(_)
            | FormKind::Pull
            | FormKind::Tag { .. }
            | FormKind::Storage(_)
            | FormKind::Plugin(_)
            | FormKind::Login(_) => Act::Send(self.requests()),
        }
    }

    /// The requests that the fields describe as far as they are right.
    pub fn requests(&self) -> Vec<Request> {
        match &self.kind {
            FormKind::Create(_) => vec![Request::Container(ContainerRequest::Create(Box::new(self.spec())))],
            FormKind::Rename(target) => {
                vec![Request::Container(ContainerRequest::Rename {
                    target: target.clone(),
                    name: self.line(Name::Name).to_owned(),
                })]
            }
            FormKind::Update(targets) => {
                let limits = self.limits();
                targets
                    .iter()
                    .map(|target| {
                        Request::Container(ContainerRequest::Update { target: target.clone(), limits: limits.clone() })
                    })
                    .collect()
            }
            FormKind::Pull => vec![self.pull_request()],
            FormKind::Image(form) => vec![self.image_request(form)],
            FormKind::Build => vec![Request::Build(Box::new(self.build_spec()))],
            FormKind::File(form) => vec![self.file_request(form)],
            FormKind::Tag { id, reference } => vec![Request::Image(ImageRequest::Tag {
                id: id.clone(),
                reference: reference.clone(),
                new: self.line(Name::Reference).to_owned(),
            })],
            FormKind::SaveLog(target) => vec![Request::SaveLog(Box::new(self.log_save(target, LogContent::Whole)))],
            FormKind::Storage(kind) => self.storage_request(kind).into_iter().collect(),
            FormKind::Plugin(form) => vec![self.plugin_request(form, Vec::new())],
            FormKind::Login(known) => self.login(known.as_ref()).into_iter().collect(),
            FormKind::Exec(_)
            | FormKind::LogRange(_)
            | FormKind::Repository(_)
            | FormKind::Profile(_)
            | FormKind::SaveEvents => Vec::new(),
            FormKind::Kill(targets) => {
                let signal = self.signal();
                targets
                    .iter()
                    .map(|target| {
                        Request::Container(ContainerRequest::Kill { target: target.clone(), signal: signal.clone() })
                    })
                    .collect()
            }
        }
    }

    /// The equivalent `docker` command line for the eye, secrets hidden; with several targets the first one's.
    pub fn command_line(&self) -> String {
        match &self.kind {
            FormKind::Exec(target) => {
                let spec = self.exec();
                let environment = spec.environment.iter().map(|entry| hide_secret(entry)).collect();
                exec_line(&target.name, &ExecSpec { environment, ..spec })
            }
            FormKind::Create(_) => self.shown_spec().docker_command(),
            FormKind::Rename(_)
            | FormKind::Update(_)
            | FormKind::Pull
            | FormKind::Tag { .. }
            | FormKind::Image(_)
            | FormKind::File(_)
            | FormKind::Kill(_) => {
                let mut requests = self.requests();
                if let [Request::Image(ImageRequest::Pull { reference, .. })] = requests.as_mut_slice()
                    && reference.is_empty()
                {
                    "IMAGE".clone_into(reference);
                }
                Request::docker_command_of(&requests)
            }
            FormKind::Build => format!("docker {}", print_places(&self.build_spec().without_secrets().docker_words())),
            FormKind::Login(_) => match self.requests().first() {
                Some(request) => request.docker_command(),
                None => "docker login".to_owned(),
            },
            FormKind::SaveLog(_) => self.save_line(),
            FormKind::Storage(kind) => self.storage_line(kind),
            FormKind::Plugin(form) => self.plugin_line(form),
            FormKind::LogRange(_) | FormKind::Repository(_) | FormKind::Profile(_) | FormKind::SaveEvents => {
                String::new()
            }
        }
    }

    /// What the preview says, a line each: one long one for the command, the call and its body otherwise.
    pub fn preview_lines(&self) -> Vec<String> {
        if self.is_profile() {
            return self.profile_lines();
        }
        match self.preview {
            Preview::Command => vec![self.command_line()],
            Preview::Body => {
                let (call, body) = self.call();
                let body = body.and_then(|body| serde_json::to_string_pretty(&body).ok()).unwrap_or_default();
                std::iter::once(call).chain(body.lines().map(str::to_owned)).collect()
            }
        }
    }

    /// The API call, and its JSON body where it has one, secrets hidden.
    fn call(&self) -> (String, Option<Value>) {
        if let FormKind::Exec(target) = &self.kind {
            return (format!("POST /containers/{}/exec", target.id.short()), None);
        }
        let Some(request) = self.requests().into_iter().next() else { return (String::new(), None) };
        let body = match &self.kind {
            FormKind::Create(_) => Some(self.shown_spec().body()),
            FormKind::Update(_) => Some(self.limits().body()),
            FormKind::Storage(kind) => self.storage_body(kind),
            FormKind::Plugin(form) => self.plugin_body(form),
            FormKind::Rename(_)
            | FormKind::Pull
            | FormKind::Build
            | FormKind::Tag { .. }
            | FormKind::Image(_)
            | FormKind::File(_)
            | FormKind::Exec(_)
            | FormKind::Kill(_)
            | FormKind::SaveLog(_)
            | FormKind::SaveEvents
            | FormKind::LogRange(_)
            | FormKind::Login(_)
            | FormKind::Repository(_)
            | FormKind::Profile(_) => None,
        };
        (request.api().to_string(), body)
    }

    /// Plain HTTP is taken of the registry that the form was opened for, not of another one.
    fn login(&self, known: Option<&(RegistryName, bool)>) -> Option<Request> {
        let registry = RegistryName::parse(self.line(Name::Registry)).ok()?;
        let insecure = known.is_some_and(|(name, insecure)| *name == registry && *insecure);
        let password = Secret::new(self.field(Name::Password)?.current());
        let user = self.line(Name::User).into();
        Some(RegistryRequest::Login { registry, insecure, user, password }.into())
    }

    /// The container that a create form describes, as far as its fields are right.
    pub fn spec(&self) -> ContainerSpec {
        let memory = self.amount(Name::Memory, parse_memory);
        let nano_cpus = self.amount(Name::Cpus, parse_cpus);
        ContainerSpec {
            image: self.right(Name::Image).to_owned(),
            name: self.right(Name::Name).to_owned(),
            command: self.words(Name::Command),
            entrypoint: self.words(Name::Entrypoint),
            environment: self.entries(Name::Environment, parse_environment),
            ports: self.entries(Name::Ports, parse_ports).into_iter().flatten().collect(),
            mounts: self.entries(Name::Mounts, |line| line.parse::<MountSpec>()),
            network: self.right(Name::Network).to_owned(),
            restart: self.restart().unwrap_or_default(),
            user: self.right(Name::User).to_owned(),
            working_dir: self.right(Name::WorkingDir).to_owned(),
            hostname: self.right(Name::Hostname).to_owned(),
            labels: self.entries(Name::Labels, parse_label),
            limits: Limits { memory, nano_cpus, restart: None },
            tty: self.is_on(Name::Tty),
            interactive: self.is_on(Name::Interactive),
            init: self.is_on(Name::Init),
            privileged: self.is_on(Name::Privileged),
            auto_remove: self.is_on(Name::AutoRemove),
            cap_add: self.entries(Name::CapAdd, parse_capability),
            cap_drop: self.entries(Name::CapDrop, parse_capability),
            extra_hosts: self.entries(Name::ExtraHosts, parse_extra_host),
            dns: self.entries(Name::Dns, parse_dns),
            start: self.is_on(Name::Start),
        }
    }

    /// The same for the eye: secrets hidden, and a word in the place of an image that is not named yet.
    fn shown_spec(&self) -> ContainerSpec {
        let mut spec = self.spec().without_secrets();
        if spec.image.is_empty() {
            "IMAGE".clone_into(&mut spec.image);
        }
        spec
    }

    /// What an update changes: only fields that were touched; an emptied one asks for no limit.
    fn limits(&self) -> Limits {
        let touched = |name| self.field(name).is_some_and(|field| field.is_touched() && field.error.is_none());
        let amount = |name, parse| self.amount(name, parse).or(Some(0)).filter(|_| touched(name));
        Limits {
            memory: amount(Name::Memory, parse_memory).filter(|bytes| Some(*bytes) != self.before.memory),
            nano_cpus: amount(Name::Cpus, parse_cpus).filter(|nano| Some(*nano) != self.before.nano_cpus),
            restart: self
                .restart()
                .filter(|_| touched(Name::Restart))
                .filter(|policy| Some(*policy) != self.before.restart),
        }
    }

    fn signal(&self) -> String {
        match parse_signal(self.line(Name::Signal)) {
            Ok(signal) => signal,
            Err(_) => "SIGKILL".to_owned(),
        }
    }

    /// A line's text without blanks around it.
    pub(super) fn line(&self, name: Name) -> &str {
        self.field(name).map_or("", |field| field.current().trim())
    }

    /// The same, empty where it is wrong.
    pub(super) fn right(&self, name: Name) -> &str {
        if self.field(name).is_some_and(|field| field.error.is_some()) { "" } else { self.line(name) }
    }

    pub(super) fn words(&self, name: Name) -> Vec<String> {
        parse_command(self.line(name)).unwrap_or_default()
    }

    fn amount(&self, name: Name, parse: fn(&str) -> Result<u64, Invalid>) -> Option<u64> {
        parse(self.line(name)).ok()
    }

    fn restart(&self) -> Option<RestartPolicy> {
        self.line(Name::Restart).parse().ok()
    }

    pub(super) fn is_on(&self, name: Name) -> bool {
        self.field(name).is_some_and(super::Field::is_on)
    }

    /// Every entry that can be read, those that a line cannot show included.
    pub(super) fn entries<T>(&self, name: Name, parse: impl Fn(&str) -> Result<T, Invalid>) -> Vec<T> {
        let Some(field) = self.field(name) else { return Vec::new() };
        field.entries().iter().chain(&field.kept).filter_map(|entry| parse(entry).ok()).collect()
    }
}
