//! What is asked about images on demand: a search, how much of each is its own, whether registries have newer ones.

use super::App;
use super::dialog::Dialog;
use super::dialog::confirm::{Act, Confirm};
use super::notice::{Notice, Weight};
use crate::domain::text::counted;
use crate::domain::{Failure, FoundImage, HostId, ImageId};
use std::collections::HashMap;

/// A question that costs the engine or a registry something.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum ImageAsk {
    /// `GET /images/search`
    Search(String),
    /// `GET /system/df`
    OwnSizes,
    /// `GET /distribution/{name}/json` of each: an image here, and the name to ask for.
    Newer(Vec<(ImageId, String)>),
}

/// What came of it.
#[derive(Debug)]
pub enum ImageTold {
    Found {
        term: String,
        found: Result<Vec<FoundImage>, Failure>,
    },
    OwnSizes(Result<HashMap<ImageId, u64>, Failure>),
    /// Whether the registry has another image under each name now.
    Newer(Vec<(ImageId, String, Result<bool, Failure>)>),
}

impl ImageAsk {
    /// The answer where none will come.
    pub fn unanswered(self, failure: &Failure) -> ImageTold {
        match self {
            Self::Search(term) => ImageTold::Found { term, found: Err(failure.clone()) },
            Self::OwnSizes => ImageTold::OwnSizes(Err(failure.clone())),
            Self::Newer(images) => {
                ImageTold::Newer(images.into_iter().map(|(id, name)| (id, name, Err(failure.clone()))).collect())
            }
        }
    }
}

/// Takes an answer; one that nobody waits for any more is dropped.
pub fn take(app: &mut App, id: &HostId, told: ImageTold) {
    match told {
        ImageTold::Found { term, found } => {
            for dialog in &mut app.dialogs {
                if let Dialog::Search(search) = dialog
                    && search.host == *id
                {
                    search.take(&term, &found);
                }
            }
        }
        ImageTold::OwnSizes(sizes) => {
            for dialog in &mut app.dialogs {
                if let Dialog::Confirm(confirm) = dialog
                    && confirm.host == *id
                {
                    measured(confirm, &sizes);
                }
            }
        }
        ImageTold::Newer(answers) => newer(app, id, &answers),
    }
}

fn measured(confirm: &mut Confirm, sizes: &Result<HashMap<ImageId, u64>, Failure>) {
    if let Act::PruneImages(plan) = &mut confirm.act {
        plan.measured(sizes);
        confirm.renew();
    }
}

/// Notes which images are older than what their registries have, and tells of all in one notice.
fn newer(app: &mut App, id: &HostId, answers: &[(ImageId, String, Result<bool, Failure>)]) {
    let now = app.now;
    let Some(host) = app.hosts.get_mut(id) else { return };
    let (mut older, mut unknown, mut current) = (Vec::new(), Vec::new(), 0);
    for (image, name, answer) in answers {
        match answer {
            Ok(false) => {
                host.newer.remove(image);
                current += 1;
            }
            Ok(true) => {
                host.newer.insert(image.clone());
                older.push(name.as_str());
            }
            Err(failure) => unknown.push((name.as_str(), failure)),
        }
    }
    let mut sentences = Vec::new();
    if !older.is_empty() {
        sentences.push(format!("Newer in the registry: {}", older.join(", ")));
    }
    if current > 0 {
        sentences.push(format!("{} up to date", counted(current, "image is", "images are")));
    }
    if let Some((name, failure)) = unknown.first() {
        sentences.push(match unknown.len() {
            1 => format!("{name} could not be compared: {}", failure.sentence),
            count => format!("{count} could not be compared; {name}: {}", failure.sentence),
        });
    }
    let details = unknown.iter().map(|(name, failure)| format!("Comparing {name}: {failure}")).collect();
    let weight = if unknown.is_empty() { Weight::Done } else { Weight::Failure };
    let text = app.told_of(id, sentences.join("; "));
    app.notices.tell(Notice { at: now, weight, text, details });
}
