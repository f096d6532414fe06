//! The forms about files: download, upload, export; a volume to an archive and from one.

use super::ask::Ask;
use super::{Form, Name, storage_tables, tables};
use crate::domain::{FileOwner, FileRequest, FileSpot, Invalid, Request, Target, VolumeName};
use std::str::FromStr;

/// What such a form is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileForm {
    Download(FileSpot),
    /// Into this folder.
    Upload(FileSpot),
    /// All files of a container.
    Export(Target),
    ExportVolume(VolumeName),
    /// Into a new volume.
    ImportVolume,
}

impl FromStr for FileOwner {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        let word = text.trim();
        let found = OWNERS.iter().find(|(_, known, _)| *known == word).map(|(owner, ..)| *owner);
        found.ok_or_else(|| Invalid::new("This must be root, kept or container."))
    }
}

/// The words for owners, and what they mean.
pub(super) const OWNERS: [(FileOwner, &str, &str); 3] = [
    (FileOwner::Root, "root", "the root user there"),
    (FileOwner::Kept, "kept", "the user and group numbers that they have here"),
    (FileOwner::Container, "container", "the user that the container runs as"),
];

impl FileForm {
    pub(super) fn asks(&self) -> &'static [Ask] {
        match self {
            Self::Download(_) => tables::DOWNLOAD,
            Self::Upload(_) => tables::UPLOAD,
            Self::Export(_) | Self::ExportVolume(_) => tables::EXPORT,
            Self::ImportVolume => storage_tables::IMPORT_VOLUME,
        }
    }

    pub(super) fn title(&self) -> String {
        match self {
            Self::Download(spot) => format!("Download {}", spot.title()),
            Self::Upload(spot) => format!("Upload to {}", spot.title()),
            Self::Export(target) => format!("Export {}", target.name),
            Self::ExportVolume(name) => format!("Export {name}"),
            Self::ImportVolume => "Import a volume".to_owned(),
        }
    }

    pub(super) fn verb(&self) -> &'static str {
        match self {
            Self::Download(_) => "Download",
            Self::Upload(_) => "Upload",
            Self::Export(_) | Self::ExportVolume(_) => "Export",
            Self::ImportVolume => "Import",
        }
    }

    pub(super) fn target(&self) -> Option<&Target> {
        match self {
            Self::Export(target) => Some(target),
            Self::Download(_) | Self::Upload(_) | Self::ExportVolume(_) | Self::ImportVolume => None,
        }
    }

    /// What it opens with.
    pub(super) fn first_texts(&self) -> Vec<(Name, String)> {
        match self {
            Self::Download(spot) => {
                let name = if spot.path.is_root() { spot.owner.as_bytes() } else { spot.path.name() };
                vec![(Name::Path, format!("~/{}", plain(name)))]
            }
            Self::Upload(_) => vec![(Name::Path, "~/".to_owned()), (Name::Owner, "root".to_owned())],
            Self::Export(target) => vec![(Name::Path, format!("~/{}.tar", plain(target.name.as_bytes())))],
            Self::ExportVolume(name) => vec![(Name::Path, format!("~/{}.tar", plain(name.as_str().as_bytes())))],
            Self::ImportVolume => vec![(Name::Path, "~/".to_owned())],
        }
    }
}

/// A name that can be typed and needs no care.
fn plain(name: &[u8]) -> String {
    let letter = |letter: char| if letter.is_control() || matches!(letter, '/' | '\u{fffd}') { '_' } else { letter };
    crate::domain::shown_name(name).chars().map(letter).collect()
}

impl Form {
    /// What is missing in a form about files.
    pub(super) fn check_files(&self, form: &FileForm) -> Result<(), Invalid> {
        match (form, self.line(Name::Path)) {
            (FileForm::Download(_), "") => Err(Invalid::new("Say where to write it.")),
            (FileForm::Upload(_), "" | "~/") => Err(Invalid::new("Say which file or folder to send.")),
            (FileForm::Export(_) | FileForm::ExportVolume(_), "") => Err(Invalid::new("Say which file to write.")),
            (FileForm::ImportVolume, "" | "~/") => Err(Invalid::new("Say which tar file to read.")),
            (FileForm::ImportVolume, _) if self.line(Name::Name).is_empty() => {
                Err(Invalid::new("Give the new volume a name."))
            }
            (
                FileForm::Download(_)
                | FileForm::Upload(_)
                | FileForm::Export(_)
                | FileForm::ExportVolume(_)
                | FileForm::ImportVolume,
                _,
            ) => Ok(()),
        }
    }

    /// The request that a form about files describes.
    pub(super) fn file_request(&self, form: &FileForm) -> Request {
        let (place, overwrite) = (self.line(Name::Path).to_owned(), false);
        match form {
            FileForm::Download(spot) => FileRequest::Download { from: spot.clone(), place, overwrite },
            FileForm::Upload(spot) => {
                let owner = self.line(Name::Owner).parse().unwrap_or_default();
                FileRequest::Upload { into: spot.clone(), place, owner, overwrite }
            }
            FileForm::Export(target) => FileRequest::Export { target: target.clone(), place, overwrite },
            FileForm::ExportVolume(name) => FileRequest::ExportVolume { name: name.clone(), place, overwrite },
            FileForm::ImportVolume => FileRequest::ImportVolume { place, to: Box::new(self.volume_spec()) },
        }
        .into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{ContainerId, FilePath, FileRoot};

    #[test]
    fn a_download_is_offered_a_place_under_its_own_name() {
        let root = || FileRoot::Container(ContainerId::new("1"));
        let place = |path: &[u8]| {
            let spot = FileSpot::new(root(), "web", FilePath::new(path));
            FileForm::Download(spot).first_texts().remove(0).1
        };
        assert_eq!(place(b"/etc/hosts"), "~/hosts");
        assert_eq!(place(b"/"), "~/web");
        assert_eq!(place(b"/a\nb\xff"), "~/a_b_");
    }
}
