//! Requests about images and files of this machine: save, load, import.

use super::Request;
use super::act::{Act, Verb, command_line};
use super::api::{ApiCall, switch};
use super::image::flag;
use crate::domain::{ImageImport, ImageSave, ImportSource};

/// Images that leave an engine or come to it.
#[derive(Clone, Debug, PartialEq)]
pub enum ImageFileRequest {
    /// `GET /images/get` into a file of this machine.
    Save(ImageSave),
    /// `POST /images/load` of a file of this machine, as typed.
    Load { path: String },
    /// `POST /images/create?fromSrc=…`
    Import(Box<ImageImport>),
}

impl From<ImageFileRequest> for Request {
    fn from(request: ImageFileRequest) -> Self {
        Self::ImageFile(request)
    }
}

impl Act for ImageFileRequest {
    fn verb(&self) -> Verb {
        match self {
            Self::Save(_) => Verb::new("Save", "Saving", "Saved"),
            Self::Load { .. } => Verb::new("Load", "Loading", "Loaded"),
            Self::Import(_) => Verb::new("Import", "Importing", "Imported"),
        }
    }

    fn object(&self) -> &str {
        match self {
            Self::Save(save) => save.title(),
            Self::Load { path } => path,
            Self::Import(import) => import.source.text(),
        }
    }

    fn nouns(&self) -> &'static str {
        match self {
            Self::Save(_) => "images",
            Self::Load { .. } | Self::Import(_) => "archives",
        }
    }

    fn consequence(&self) -> String {
        match self {
            Self::Save(_) => {
                "Writes all its layers and names to an archive here; the file appears when all of it is written."
                    .to_owned()
            }
            Self::Load { .. } => {
                "Gives the engine the images of the archive. Images that have their names now lose them.".to_owned()
            }
            Self::Import(_) => {
                "Makes an image of one layer of the files of the archive, with no settings but those given here."
                    .to_owned()
            }
        }
    }

    fn api(&self) -> ApiCall {
        match self {
            Self::Save(save) => {
                let names: Vec<_> = save.references.iter().map(|name| ("names", name.clone())).collect();
                ApiCall::new("GET", "/images/get".to_owned(), &names)
            }
            Self::Load { .. } => ApiCall::new("POST", "/images/load".to_owned(), &[("quiet", switch(false))]),
            Self::Import(import) => {
                let source = match &import.source {
                    ImportSource::File(_) => "-",
                    ImportSource::Address(address) => address,
                };
                let mut query = vec![
                    ("fromSrc", source.to_owned()),
                    ("repo", import.reference.clone()),
                    ("message", import.message.clone()),
                    ("platform", import.platform.clone()),
                ];
                query.extend(import.changes.iter().map(|change| ("changes", change.clone())));
                ApiCall::new("POST", "/images/create".to_owned(), &query)
            }
        }
    }

    fn docker_words(&self) -> Vec<String> {
        match self {
            Self::Save(save) => {
                let mut words = command_line(&["save", "--output", &save.path], &[], &[]);
                words.extend(save.references.iter().cloned());
                words
            }
            Self::Load { path } => command_line(&["load", "--input", path], &[], &[]),
            Self::Import(import) => {
                let mut words = command_line(&["import"], &[], &[]);
                words.extend(flag("--message", &import.message));
                words.extend(flag("--platform", &import.platform));
                words.extend(import.changes.iter().flat_map(|change| flag("--change", change)));
                words.push(import.source.text().to_owned());
                words.extend(Some(import.reference.clone()).filter(|name| !name.is_empty()));
                words
            }
        }
    }

    fn reads_home(&self) -> bool {
        true
    }

    fn is_change(&self) -> bool {
        match self {
            Self::Save(_) => false,
            Self::Load { .. } | Self::Import(_) => true,
        }
    }

    fn is_destructive(&self) -> bool {
        false
    }

    fn tells_progress(&self) -> bool {
        true
    }
}
