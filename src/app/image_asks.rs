//! What is asked about images on demand: a search, how much of each is its own, whether registries have newer ones.

use super::App;
use super::dialog::Dialog;
use super::dialog::confirm::{Act, Confirm, Kin};
use super::notice::{Notice, Weight};
use super::rows;
use super::view::View;
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
    /// `GET /images/json?all=1`, and `GET /images/{id}/history` of these.
    Kin(Vec<ImageId>),
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
    Kin(Result<Kin, Failure>),
    /// Whether the registry has another image under each name now.
    Newer(Vec<(ImageId, String, Result<bool, Failure>)>),
}

impl ImageAsk {
    /// The answer where none will come.
    pub fn unanswered(self, failure: &Failure) -> ImageTold {
        match self {
            Self::Search(term) => ImageTold::Found { term, found: Err(failure.clone()) },
            Self::OwnSizes => ImageTold::OwnSizes(Err(failure.clone())),
            Self::Kin(_) => ImageTold::Kin(Err(failure.clone())),
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
        ImageTold::OwnSizes(sizes) => asking(app, id, |act| match act {
            Act::PruneImages(plan) => plan.measured(&sizes),
            Act::RemoveImages(removal) => removal.measured(&sizes),
            _ => {}
        }),
        ImageTold::Kin(kin) => asking(app, id, |act| {
            if let Act::RemoveImages(removal) = act {
                removal.related(&kin);
            }
        }),
        ImageTold::Newer(answers) => newer(app, id, &answers),
    }
}

/// Tells the questions about a host what was found out.
fn asking(app: &mut App, id: &HostId, tell: impl Fn(&mut Act)) {
    let confirms = app.dialogs.iter_mut().filter_map(|dialog| match dialog {
        Dialog::Confirm(confirm) => Some(confirm),
        _ => None,
    });
    for confirm in confirms.filter(|confirm| confirm.host == *id) {
        tell(&mut confirm.act);
        Confirm::renew(confirm);
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
    rows::renew(host, View::Images);
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
