//! What becomes of images that are removed, in sentences.

use super::{Asked, Fate, NOTED, Removal, Target};
use crate::app::detail::table_pane::layer_command;
use crate::app::dialog::confirm::act::{ConfirmOption, OptionName, is_on};
use crate::domain::Layer;
use crate::domain::text::{clean, counted, long_bytes, truncate};

/// Layers named one by one, and columns of each one's command.
const LAYERS: usize = 3;
const COMMAND: usize = 32;

impl Removal {
    /// A sentence or some for each image, and what all of it frees.
    pub(in crate::app::dialog::confirm) fn notes(&self, options: &[ConfirmOption]) -> Vec<String> {
        let keep = is_on(options, OptionName::KeepParents);
        let fates: Vec<(&Target, Fate)> =
            self.targets.iter().map(|target| (target, self.fate(target, options))).collect();
        // Of many, only those that do not simply go.
        let is_many = fates.len() > NOTED;
        let told = fates.iter().filter(|(_, fate)| !is_many || !matches!(fate, Fate::Deleted { .. }));
        let mut notes: Vec<String> = told.take(NOTED).map(|(target, fate)| self.told(target, fate, keep)).collect();
        if fates.len() > 1 {
            notes.push(self.sum(&fates, keep));
        }
        notes
    }

    fn told(&self, target: &Target, fate: &Fate, keep: bool) -> String {
        let image = &target.image;
        let name = clean(image.title());
        match fate {
            Fate::Untagged => {
                let others = names(image.tags.iter().skip(1).map(|tag| &**tag));
                format!("Only the name {name} goes: the image stays, as {others}.")
            }
            Fate::Refused(reason) => format!("The engine will refuse to remove {name}: {reason}."),
            Fate::Nameless(reason) => format!("Only the name {name} goes: the image stays without one, as {reason}."),
            Fate::Deleted { parents, words } => {
                let digests = if image.digests.is_empty() { "" } else { " with its digest" };
                let mut told = match image.tags.as_slice() {
                    [] => format!("{name} is deleted. "),
                    [_] => format!("{name} is deleted{digests}. "),
                    several => {
                        format!("The image is deleted, with its names {}. ", names(several.iter().map(|tag| &**tag)))
                    }
                };
                told.push_str(&self.layers(target, keep));
                let (count, those) = (parents.len(), "without a name");
                match count {
                    0 => {}
                    1 => told.push_str(&format!(" Its parent {} {those} goes as well.", short(parents))),
                    _ => told.push_str(&format!(" Its {count} parents {those} go as well: {}.", short(parents))),
                }
                if let Some(words) = words {
                    told.push(' ');
                    told.push_str(words);
                }
                told
            }
        }
    }

    /// `2 of its 3 layers go, which frees 5.1 MiB: RUN make (3.0 MiB), COPY . (2.1 MiB).`
    fn layers(&self, target: &Target, keep: bool) -> String {
        let bytes = match (&self.own, self.frees(target, keep)) {
            (_, Some(bytes)) => bytes,
            (Asked::Unknown(reason), _) => return format!("How much that frees is not known: {reason}"),
            (Asked::Awaited | Asked::Known(_), None) => match &self.kin {
                Asked::Awaited => return "How much that frees is being measured…".to_owned(),
                Asked::Unknown(reason) => return format!("What it is made of is not known: {reason}"),
                Asked::Known(_) if matches!(self.own, Asked::Awaited) => {
                    return "How much that frees is being measured…".to_owned();
                }
                Asked::Known(_) => return "How much that frees is not told by the engine.".to_owned(),
            },
        };
        let kin = self.kin.known();
        let Some(layers) = kin.and_then(|kin| kin.layers.get(&target.image.id)) else {
            return format!("That frees {}.", long_bytes(bytes));
        };
        let full: Vec<&Layer> = layers.iter().filter(|layer| layer.size > 0).collect();
        let going = going(&full, bytes);
        if going.is_empty() {
            let why = if target.users.is_empty() { "other images have them" } else { "containers hold them" };
            return match full.len() {
                1 => format!("Its one layer stays and nothing is freed: {why}."),
                count => format!("All its {count} layers stay and nothing is freed: {why}."),
            };
        }
        let told = going.iter().take(LAYERS).map(|layer| {
            let command = layer_command(&layer.created_by);
            let command = if command.is_empty() { "no command told" } else { &command };
            format!("{} ({})", truncate(&clean(command), COMMAND), long_bytes(layer.size))
        });
        let told = told.collect::<Vec<_>>().join(", ");
        let more = match going.len().saturating_sub(LAYERS) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let which = match (going.len(), full.len()) {
            (1, 1) => "Its one layer goes".to_owned(),
            (count, all) if count == all => format!("All its {all} layers go"),
            (1, all) => format!("1 of its {all} layers goes"),
            (count, all) => format!("{count} of its {all} layers go"),
        };
        format!("{which}, which frees {}: {told}{more}.", long_bytes(bytes))
    }

    /// What becomes of all of them together.
    fn sum(&self, fates: &[(&Target, Fate)], keep: bool) -> String {
        let deleted: Vec<&&Target> =
            fates.iter().filter(|(_, fate)| matches!(fate, Fate::Deleted { .. })).map(|(target, _)| target).collect();
        let untagged = fates.iter().filter(|(_, fate)| matches!(fate, Fate::Untagged | Fate::Nameless(_))).count();
        let refused = fates.iter().filter(|(_, fate)| matches!(fate, Fate::Refused(_))).count();
        let mut parts = Vec::new();
        if !deleted.is_empty() {
            let sizes: Option<Vec<u64>> = deleted.iter().map(|target| self.frees(target, keep)).collect();
            let freed = match sizes {
                Some(sizes) => {
                    let bytes = sizes.into_iter().fold(0, u64::saturating_add);
                    format!(", which frees {} and the layers that only they share", long_bytes(bytes))
                }
                None => String::new(),
            };
            parts.push(format!("{} deleted{freed}", counted(deleted.len(), "image is", "images are")));
        }
        if untagged > 0 {
            parts.push(format!("{} a name only", counted(untagged, "image loses", "images lose")));
        }
        if refused > 0 {
            parts.push(format!("{} refused", counted(refused, "is", "are")));
        }
        format!("In all: {}.", parts.join("; "))
    }
}

/// The newest layers, which together have so many bytes: what an image has of its own is on top of what it shares.
fn going<'a>(full: &[&'a Layer], bytes: u64) -> Vec<&'a Layer> {
    let mut sum = 0_u64;
    // Engines measure layers in two ways that differ by a hair.
    let slack = bytes / 100;
    let is_left = |layer: &&&Layer| {
        let goes = sum.saturating_add(slack) < bytes;
        sum = sum.saturating_add(layer.size);
        goes
    };
    full.iter().take_while(is_left).copied().collect()
}

fn short(ids: &[crate::domain::ImageId]) -> String {
    names(ids.iter().map(crate::domain::ImageId::short))
}

/// `web, db and 3 more`
pub(super) fn names<'a>(names: impl ExactSizeIterator<Item = &'a str>) -> String {
    let more = names.len().saturating_sub(NOTED);
    let told = names.take(NOTED).map(|name| clean(name).into_owned()).collect::<Vec<_>>().join(", ");
    if more > 0 { format!("{told} and {more} more") } else { told }
}

/// `web:2 is`, `web:2, web:3 are`
pub(super) fn are<'a>(all: impl ExactSizeIterator<Item = &'a str>) -> String {
    let verb = is(all.len());
    format!("{} {verb}", names(all))
}

pub(super) fn is(count: usize) -> &'static str {
    if count == 1 { "is" } else { "are" }
}

pub(super) fn runs(count: usize) -> &'static str {
    if count == 1 { "runs" } else { "run" }
}

pub(super) fn keeps(count: usize) -> &'static str {
    if count == 1 { "keeps" } else { "keep" }
}
