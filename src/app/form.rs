//! Forms: fields that are checked as they are typed, and one act that they describe.
//!
//! A form never loses what was typed: closed, it is kept as a draft; refused by the engine, it stays open with the
//! engine's words.

mod ask;
mod build;
mod click;
mod collect;
mod complete;
mod draft;
mod exec;
mod field;
mod files;
mod fill;
#[cfg(test)]
pub mod fixture;
mod images;
mod keys;
mod kind;
mod log_save;
mod plugins;
mod plugins_tables;
mod profile;
mod storage;
mod storage_tables;
mod tables;

pub use ask::{Ask, Name, Section, Shape};
pub use build::Surroundings;
pub use collect::Act;
pub use complete::{Completion, Offer};
pub use draft::Drafts;
pub use field::{Field, Input};
pub(in crate::app) use field::{area_key, harmless, place_in_area};
pub use files::FileForm;
pub use images::ImageForm;
pub use keys::FormAnswer;
pub use kind::{FormKind, Origin, ProfileOrigin};
pub use log_save::Lines;
pub use plugins::PluginForm;
pub use profile::Neighbours;
pub use storage::{Meeting, StorageForm};

use super::host::Host;
use super::msg::JobId;
use crate::domain::{ContainerRequest, Failure, FailureKind, HostId, ImageReference, Limits, Request};

/// A form on screen, or put away as a draft.
#[derive(Debug)]
pub struct Form {
    pub host: HostId,
    pub kind: FormKind,
    /// In the order on screen.
    pub fields: Vec<Field>,
    pub focus: Focus,
    pub stage: Stage,
    pub refusal: Option<Refusal>,
    /// It came back with what had been typed before.
    pub restored: bool,
    /// It was submitted before it was complete: what is missing is said aloud from then on.
    pub attempted: bool,
    pub preview: Preview,
    /// Lines of the preview that were scrolled away.
    pub preview_top: usize,
    /// A choice among what is offered for the focused field, while one is being made.
    pub completion: Option<Completion>,
    /// The limits that the container has, which an update is told against.
    pub before: Limits,
    /// What the form of a host knows beside its fields.
    pub neighbours: Neighbours,
    /// What the form of a build knows beside its fields.
    pub surroundings: Surroundings,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Focus {
    /// An index into the fields.
    Field(usize),
    Cancel,
    Submit,
}

/// What the form is doing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stage {
    Editing,
    /// The engine does not have the image: shall it be pulled first?
    Offering {
        reference: String,
    },
    /// The engine is at it. The job is the first one of its batch.
    Working {
        job: JobId,
        then: Then,
    },
    /// The config file is being written.
    Saving,
    /// The engine is asked what this plugin wants to be allowed.
    Asking {
        reference: String,
    },
}

/// What follows when the work went well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Then {
    Close,
    /// The image was pulled for a container.
    Create,
}

/// What the engine said no to, in its own words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// `Creating web`
    pub doing: String,
    pub failure: Failure,
}

/// How the form shows what it will do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preview {
    /// The equivalent `docker` command line.
    Command,
    /// The API call and its JSON body.
    Body,
}

impl Form {
    /// An empty form of this kind.
    pub fn new(host: &Host, kind: FormKind) -> Self {
        let mut form = Self::empty(host.id.clone(), kind);
        form.prefill(host);
        form
    }

    fn empty(host: HostId, kind: FormKind) -> Self {
        let fields = kind.asks().iter().map(Field::new).collect();
        Self {
            host,
            kind,
            fields,
            focus: Focus::Field(0),
            stage: Stage::Editing,
            refusal: None,
            restored: false,
            attempted: false,
            preview: Preview::Command,
            preview_top: 0,
            completion: None,
            before: Limits::default(),
            neighbours: Neighbours::default(),
            surroundings: Surroundings::default(),
        }
    }

    pub fn field(&self, name: Name) -> Option<&Field> {
        self.fields.iter().find(|field| field.ask.name == name)
    }

    pub fn field_mut(&mut self, name: Name) -> Option<&mut Field> {
        self.fields.iter_mut().find(|field| field.ask.name == name)
    }

    pub fn focused(&self) -> Option<&Field> {
        match self.focus {
            Focus::Field(index) => self.fields.get(index),
            Focus::Cancel | Focus::Submit => None,
        }
    }

    pub fn focused_mut(&mut self) -> Option<&mut Field> {
        match self.focus {
            Focus::Field(index) => self.fields.get_mut(index),
            Focus::Cancel | Focus::Submit => None,
        }
    }

    pub fn focus_on(&mut self, name: Name) {
        if let Some(index) = self.fields.iter().position(|field| field.ask.name == name) {
            self.focus = Focus::Field(index);
        }
    }

    /// Whether something was typed that would be a loss.
    pub fn is_touched(&self) -> bool {
        self.fields.iter().any(Field::is_touched)
    }

    /// Whether more than one section is there, so that headings help.
    pub fn has_sections(&self) -> bool {
        let mut sections = self.fields.iter().map(|field| field.ask.section);
        let first = sections.next();
        sections.any(|section| Some(section) != first)
    }

    /// Everything back to how the form opened.
    pub fn reset(&mut self) {
        self.fields.iter_mut().for_each(Field::reset);
        self.restored = false;
        self.attempted = false;
        self.refusal = None;
        self.completion = None;
        self.focus = Focus::Field(0);
        self.renew();
    }

    /// What follows from what is typed.
    pub fn renew(&mut self) {
        if self.is_profile() {
            self.renew_profile();
        }
        if let FormKind::Storage(kind) = &self.kind {
            let kind = kind.clone();
            self.renew_storage(&kind);
        }
    }

    /// Whether it is about a host of the config file, and about no engine.
    pub fn is_profile(&self) -> bool {
        matches!(self.kind, FormKind::Profile(_))
    }

    /// Whether there is a command line or a call to show for it.
    pub fn has_preview(&self) -> bool {
        !matches!(self.kind, FormKind::Profile(_) | FormKind::LogRange(_) | FormKind::Repository(_))
    }

    /// What the form is about that is not there any more, as a sentence.
    pub fn loss(&self, host: &Host) -> Option<String> {
        host.containers.fresh.at?;
        let gone = self.kind.targets().iter().find(|target| host.container(&target.id).is_none())?;
        Some(format!("{} is not there any more: it was removed meanwhile.", gone.name))
    }

    /// Why it cannot be submitted, as a sentence.
    pub fn hindrance(&self, host: &Host) -> Option<String> {
        if let Some(loss) = self.loss(host) {
            return Some(loss);
        }
        let shown = self.fields.iter().filter(|field| !field.hidden);
        let wrong = { shown }.find_map(|field| Some((field.ask.label, field.error.as_ref()?)));
        if let Some((label, error)) = wrong {
            return Some(format!("{label}: {error}"));
        }
        if let Some(taken) = self.taken(host) {
            return Some(taken);
        }
        self.check().err().map(|invalid| invalid.sentence().to_owned()).or_else(|| self.unfit_images(host))
    }

    /// Whether the host is known not to have the image that was typed.
    pub fn lacks_image(&self, host: &Host) -> bool {
        let Some(field) = self.field(Name::Image) else { return false };
        let text = field.text();
        let Ok(reference) = text.trim().parse::<ImageReference>() else { return false };
        // What was once listed and is old by now is better than no word.
        if host.images.fresh.at.is_none() && host.images.rows.is_empty() {
            return false;
        }
        let full = reference.normalised();
        let short = match (reference.tag(), reference.digest()) {
            (None, None) => format!("{reference}:latest"),
            _ => reference.to_string(),
        };
        // Podman keeps what was built here under a registry of its own.
        let local = format!("localhost/{short}");
        let names = |known: &str| known == full || known == short || known == local;
        !host.images.rows.iter().any(|image| {
            image.tags.iter().chain(&image.digests).any(|known| names(known))
                || is_id_of(text.trim(), image.id.as_str())
        })
    }

    /// Notes that the work is under way.
    pub fn begin(&mut self, job: JobId, then: Then) {
        self.stage = Stage::Working { job, then };
        self.refusal = None;
    }

    /// The job that it waits for.
    pub fn job(&self) -> Option<JobId> {
        match self.stage {
            Stage::Working { job, .. } => Some(job),
            Stage::Editing | Stage::Offering { .. } | Stage::Saving | Stage::Asking { .. } => None,
        }
    }

    /// Goes back to editing with the engine's words, or offers the pull that would help.
    pub fn refused(&mut self, request: &Request, failure: &Failure) {
        self.stage = match request {
            Request::Container(ContainerRequest::Create(spec)) if is_missing_image(failure) => {
                Stage::Offering { reference: spec.image.clone() }
            }
            _ => Stage::Editing,
        };
        let doing = format!("{} {}", request.doing(), request.object());
        self.refusal = Some(Refusal { doing, failure: failure.clone() });
        if failure.sentence.contains("name") && failure.sentence.contains("in use") {
            self.focus_on(Name::Name);
        }
    }
}

/// Whether the engine does not have the image (as against: no such network, no such container).
fn is_missing_image(failure: &Failure) -> bool {
    failure.kind == FailureKind::NotFound && failure.sentence.to_lowercase().contains("image")
}

/// Whether a text is an image's id, or long enough a beginning of it.
fn is_id_of(text: &str, id: &str) -> bool {
    let bare = id.split_once(':').map_or(id, |(_, bare)| bare);
    text == id || (text.len() >= 12 && bare.starts_with(text))
}

#[cfg(test)]
mod tests;
