//! What a form is for: its title, its button, its fields, and which draft is its own.

use super::ask::Ask;
use super::files::FileForm;
use super::images::ImageForm;
use super::plugins::PluginForm;
use super::storage::StorageForm;
use super::tables;
use crate::domain::{ContainerId, ImageId, RegistryName, RegistryPath, Target};

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FormKind {
    Create(Origin),
    Rename(Target),
    /// One container with its limits filled in, or several.
    Update(Vec<Target>),
    Pull,
    Build,
    Tag {
        id: ImageId,
        reference: String,
    },
    /// What else is done about images.
    Image(ImageForm),
    /// What is done about files.
    File(FileForm),
    Exec(Target),
    Kill(Vec<Target>),
    /// The log of a container into a file.
    SaveLog(Target),
    /// Events into a file: those marked, else those shown.
    SaveEvents,
    /// From when to when the log of a container is read.
    LogRange(Target),
    /// A login to a registry, to this one at first: its name, and whether plain HTTP is taken of it.
    Login(Option<(RegistryName, bool)>),
    /// A repository of this registry.
    Repository(RegistryPath),
    /// A host of the config file.
    Profile(ProfileOrigin),
    /// Something about volumes and networks.
    Storage(StorageForm),
    Plugin(PluginForm),
}

/// Where the form of a host begins. Each has a draft of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProfileOrigin {
    New,
    /// The saved host of that name, to be changed.
    Saved(String),
    /// A copy of one.
    Copy(String),
    /// A host that was found and is not saved yet.
    Found(String),
}

/// Where a create form's first contents come from. Each has a draft of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    Nothing,
    /// The reference of an image.
    Image(String),
    /// Another container.
    Container(ContainerId),
}

impl FormKind {
    pub fn asks(&self) -> &'static [Ask] {
        match self {
            Self::Create(_) => tables::CREATE,
            Self::Rename(_) => tables::RENAME,
            Self::Update(_) => tables::UPDATE,
            Self::Pull => tables::PULL,
            Self::Build => tables::BUILD,
            Self::Tag { .. } => tables::TAG,
            Self::Image(form) => form.asks(),
            Self::File(form) => form.asks(),
            Self::Exec(_) => tables::EXEC,
            Self::Kill(_) => tables::KILL,
            Self::SaveLog(_) => tables::SAVE_LOG,
            Self::SaveEvents => tables::SAVE_EVENTS,
            Self::LogRange(_) => tables::LOG_RANGE,
            Self::Login(_) => tables::LOGIN,
            Self::Repository(_) => tables::REPOSITORY,
            Self::Profile(_) => tables::PROFILE,
            Self::Storage(kind) => kind.asks(),
            Self::Plugin(form) => form.asks(),
        }
    }

    /// `Create container`, `Rename web`.
    pub fn title(&self) -> String {
        match self {
            Self::Create(Origin::Nothing | Origin::Image(_)) => "Create container".to_owned(),
            Self::Create(Origin::Container(_)) => "Create another container".to_owned(),
            Self::Rename(target) => format!("Rename {}", target.name),
            Self::Update(targets) => format!("Update limits of {}", named(targets)),
            Self::Pull => "Pull image".to_owned(),
            Self::Build => "Build image".to_owned(),
            Self::Tag { reference, .. } => format!("Tag {reference}"),
            Self::Image(form) => form.title(),
            Self::File(form) => form.title(),
            Self::Exec(target) => format!("Run a command in {}", target.name),
            Self::Kill(targets) => format!("Send a signal to {}", named(targets)),
            Self::SaveLog(target) => format!("Save the log of {}", target.name),
            Self::SaveEvents => "Save events".to_owned(),
            Self::LogRange(target) => format!("Log of {} from … until …", target.name),
            Self::Storage(kind) => kind.title(),
            Self::Plugin(form) => form.title(),
            Self::Login(_) => "Log in to a registry".to_owned(),
            Self::Repository(path) => format!("Go to a repository of {}", path.registry),
            Self::Profile(ProfileOrigin::New) => "Add a host".to_owned(),
            Self::Profile(ProfileOrigin::Saved(name)) => format!("Edit host {name}"),
            Self::Profile(ProfileOrigin::Copy(name)) => format!("Duplicate host {name}"),
            Self::Profile(ProfileOrigin::Found(name)) => format!("Import host {name}"),
        }
    }

    /// The word on the button.
    pub fn verb(&self) -> &'static str {
        match self {
            Self::Create(_) => "Create",
            Self::Rename(_) => "Rename",
            Self::Update(_) => "Update",
            Self::Pull => "Pull",
            Self::Build => "Build",
            Self::Tag { .. } => "Tag",
            Self::Image(form) => form.verb(),
            Self::File(form) => form.verb(),
            Self::Exec(_) => "Run",
            Self::Kill(_) => "Kill…",
            Self::SaveLog(_) | Self::SaveEvents => "Save",
            Self::LogRange(_) => "Read",
            Self::Login(_) => "Log in",
            Self::Repository(_) => "Go",
            Self::Profile(_) => "Save",
            Self::Storage(kind) => kind.verb(),
            Self::Plugin(form) => form.verb(),
        }
    }

    /// Whether its first field says all that is needed, so that Enter there means the act.
    pub fn wants_first_alone(&self) -> bool {
        matches!(self, Self::Pull | Self::Image(ImageForm::Push { .. }))
    }

    /// The containers that must be there for it to make sense.
    pub fn targets(&self) -> &[Target] {
        match self {
            Self::Create(_)
            | Self::Pull
            | Self::Build
            | Self::Tag { .. }
            | Self::Login(_)
            | Self::Repository(_)
            | Self::Profile(_)
            | Self::SaveEvents
            | Self::Plugin(_)
            | Self::Storage(_) => &[],
            Self::Rename(target) | Self::Exec(target) | Self::SaveLog(target) | Self::LogRange(target) => {
                std::slice::from_ref(target)
            }
            Self::File(form) => form.target().map_or(&[], std::slice::from_ref),
            Self::Image(form) => form.target().map_or(&[], std::slice::from_ref),
            Self::Update(targets) | Self::Kill(targets) => targets,
        }
    }
}

fn named(targets: &[Target]) -> String {
    match targets {
        [one] => one.name.to_string(),
        several => format!("{} containers", several.len()),
    }
}
