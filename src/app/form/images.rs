//! The forms about images beside pulling and tagging: push, untag, save, load, import, commit.

use super::ask::Ask;
use super::{Form, FormKind, Name, tables};
use crate::app::host::Host;
use crate::domain::{
    Commit, ImageFileRequest, ImageId, ImageImport, ImageReference, ImageRequest, ImageSave, ImportSource, Invalid,
    Request, Target,
};

/// What such a form is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ImageForm {
    /// The image's first name.
    Push {
        id: ImageId,
        reference: String,
    },
    Untag {
        id: ImageId,
        reference: String,
    },
    /// An image of this host into a place of a registry, called so at first.
    PushTo(String),
    /// Names of the images, ids of those without one.
    Save(Vec<String>),
    Load,
    Import,
    Commit(Target),
}

impl ImageForm {
    pub(super) fn asks(&self) -> &'static [Ask] {
        match self {
            Self::Push { .. } => tables::PUSH,
            Self::Untag { .. } => tables::UNTAG,
            Self::PushTo(_) => tables::PUSH_TO,
            Self::Save(_) => tables::SAVE_IMAGES,
            Self::Load => tables::LOAD_IMAGES,
            Self::Import => tables::IMPORT_IMAGE,
            Self::Commit(_) => tables::COMMIT,
        }
    }

    pub(super) fn title(&self) -> String {
        match self {
            Self::Push { reference, .. } => format!("Push {reference}"),
            Self::Untag { reference, .. } => format!("Take a name off {reference}"),
            Self::PushTo(place) => format!("Push an image to {}", place.trim_end_matches(['/', ':'])),
            Self::Save(references) => match references.as_slice() {
                [one] => format!("Save {one}"),
                several => format!("Save {} images", several.len()),
            },
            Self::Load => "Load images".to_owned(),
            Self::Import => "Import an image".to_owned(),
            Self::Commit(target) => format!("Make an image of {}", target.name),
        }
    }

    pub(super) fn verb(&self) -> &'static str {
        match self {
            Self::Push { .. } | Self::PushTo(_) => "Push",
            Self::Untag { .. } => "Untag…",
            Self::Save(_) => "Save",
            Self::Load => "Load",
            Self::Import => "Import",
            Self::Commit(_) => "Commit",
        }
    }

    /// The container that must be there for it to make sense.
    pub(super) fn target(&self) -> Option<&Target> {
        match self {
            Self::Commit(target) => Some(target),
            Self::Push { .. } | Self::Untag { .. } | Self::PushTo(_) | Self::Save(_) | Self::Load | Self::Import => {
                None
            }
        }
    }

    /// The image whose names are offered.
    pub(super) fn image(&self) -> Option<&ImageId> {
        match self {
            Self::Push { id, .. } | Self::Untag { id, .. } => Some(id),
            Self::PushTo(_) | Self::Save(_) | Self::Load | Self::Import | Self::Commit(_) => None,
        }
    }

    /// What it opens with.
    pub(super) fn first_texts(&self) -> Vec<(Name, String)> {
        match self {
            Self::Push { reference, .. } | Self::Untag { reference, .. } => vec![(Name::Reference, reference.clone())],
            Self::PushTo(place) => vec![(Name::Reference, place.clone())],
            Self::Save(references) => vec![(Name::Path, format!("~/{}.tar", file_stem(references)))],
            Self::Load | Self::Import => vec![(Name::Path, "~/".to_owned())],
            Self::Commit(_) => Vec::new(),
        }
    }
}

/// `nginx-1.27`: no letter in it needs quotes anywhere.
fn file_stem(references: &[String]) -> String {
    let [one] = references else { return "images".to_owned() };
    let name = one.rsplit('/').next().unwrap_or(one);
    let plain =
        |letter: char| if letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | '.') { letter } else { '-' };
    let stem: String = name.chars().map(plain).take(80).collect();
    stem.trim_start_matches(['.', '-']).to_owned()
}

impl Form {
    /// What is missing in a form about images.
    pub(super) fn check_images(&self, form: &ImageForm) -> Result<(), Invalid> {
        let (path, reference) = (self.line(Name::Path), self.line(Name::Reference));
        match form {
            ImageForm::Push { .. } if reference.is_empty() => Err(Invalid::new("Name the image to push.")),
            ImageForm::PushTo(_) if self.line(Name::Image).is_empty() => {
                Err(Invalid::new("Name an image of this host."))
            }
            ImageForm::PushTo(_) if reference.is_empty() => Err(Invalid::new("Say how it is to be called there.")),
            ImageForm::Untag { .. } if reference.is_empty() => Err(Invalid::new("Say which name is to go.")),
            ImageForm::Save(_) if path.is_empty() => Err(Invalid::new("Say which file to write.")),
            ImageForm::Load if path.is_empty() => Err(Invalid::new("Say which file to load.")),
            ImageForm::Import if path.is_empty() => Err(Invalid::new("Say which file or address to import.")),
            ImageForm::Push { .. }
            | ImageForm::Untag { .. }
            | ImageForm::PushTo(_)
            | ImageForm::Save(_)
            | ImageForm::Load
            | ImageForm::Import
            | ImageForm::Commit(_) => Ok(()),
        }
    }

    /// Why this host's engine cannot do what the form about images says.
    pub(super) fn unfit_images(&self, host: &Host) -> Option<String> {
        let is_podman = host.facts.as_ref().is_some_and(|facts| &*facts.product == "Podman");
        if is_podman && self.is_on(Name::AllTags) {
            return Some("Podman takes one tag at a time: switch “All tags” off.".to_owned());
        }
        let FormKind::Image(form) = &self.kind else { return None };
        let image = host.images.rows.iter().find(|image| Some(&image.id) == form.image())?;
        let known = |name: &str| image.tags.iter().any(|tag| ImageReference::same(tag, name));
        match form {
            ImageForm::Push { .. } | ImageForm::Untag { .. } if !known(self.line(Name::Reference)) => {
                Some(format!("{} is not called so. Its names are: {}.", image.title(), image.tags.join(", ")))
            }
            ImageForm::Push { .. }
            | ImageForm::Untag { .. }
            | ImageForm::PushTo(_)
            | ImageForm::Save(_)
            | ImageForm::Load
            | ImageForm::Import
            | ImageForm::Commit(_) => None,
        }
    }

    /// The request that a form about images describes.
    pub(super) fn image_request(&self, form: &ImageForm) -> Request {
        let text = |name| self.line(name).to_owned();
        match form {
            ImageForm::Push { .. } => {
                let (reference, all_tags) = (text(Name::Reference), self.is_on(Name::AllTags));
                ImageRequest::Push { reference, all_tags, from: String::new() }.into()
            }
            ImageForm::PushTo(_) => {
                let (reference, from) = (text(Name::Reference), text(Name::Image));
                ImageRequest::Push { reference, all_tags: false, from }.into()
            }
            ImageForm::Untag { id, .. } => {
                ImageRequest::Untag { id: id.clone(), reference: text(Name::Reference) }.into()
            }
            ImageForm::Save(references) => {
                ImageFileRequest::Save(ImageSave::new(references.clone(), text(Name::Path))).into()
            }
            ImageForm::Load => ImageFileRequest::Load { path: text(Name::Path) }.into(),
            ImageForm::Import => ImageFileRequest::Import(Box::new(ImageImport {
                source: ImportSource::of(self.line(Name::Path)),
                reference: text(Name::Reference),
                message: text(Name::Message),
                changes: self.changes(),
                platform: text(Name::Platform),
            }))
            .into(),
            ImageForm::Commit(target) => ImageRequest::Commit(Box::new(Commit {
                target: target.clone(),
                reference: text(Name::Reference),
                author: text(Name::Author),
                message: text(Name::Message),
                changes: self.changes(),
                pause: self.is_on(Name::Pause),
            }))
            .into(),
        }
    }

    fn changes(&self) -> Vec<String> {
        let entries = self.field(Name::Changes).map(super::Field::entries).unwrap_or_default();
        entries.iter().map(|line| line.trim().to_owned()).collect()
    }

    /// A pull, as the form says it.
    pub(super) fn pull_request(&self) -> Request {
        ImageRequest::Pull {
            reference: self.line(Name::Reference).to_owned(),
            platform: self.line(Name::Platform).to_owned(),
            all_tags: self.is_on(Name::AllTags),
        }
        .into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_called_as_its_image() {
        for (name, stem) in [
            ("nginx:1.27", "nginx-1.27"),
            ("ghcr.io/owner/app:2", "app-2"),
            ("sha256:0123", "sha256-0123"),
            ("../..:x", "-x"),
        ] {
            assert_eq!(file_stem(&[name.to_owned()]).trim_start_matches('-'), stem.trim_start_matches('-'));
        }
        assert_eq!(file_stem(&["a".into(), "b".into()]), "images");
    }
}
