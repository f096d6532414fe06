//! Images that are to be removed: which names, layers and parents go, what that frees, and who is in the way.

mod words;

use super::act::{ConfirmOption, OptionName, is_on};
use crate::app::host::Host;
use crate::domain::{Failure, Image, ImageId, ImageRequest, Layer, Request};
use std::collections::{HashMap, HashSet};

/// Images of which each is told of; of more, only the sum.
pub(super) const NOTED: usize = 4;

/// The images, with what the lists know of them and what the engine tells meanwhile.
#[derive(Clone, Debug)]
pub struct Removal {
    targets: Vec<Target>,
    ids: HashSet<ImageId>,
    /// Its removals differ: it takes containers along, and deletes what others are built on.
    is_podman: bool,
    kin: Asked<Family>,
    own: Asked<HashMap<ImageId, u64>>,
}

#[derive(Clone, Debug)]
struct Target {
    image: Image,
    /// The containers made of it, and whether each has processes.
    users: Vec<(Box<str>, bool)>,
}

/// What images come of which, and what the first targets are made of.
#[derive(Clone, Debug, Default)]
pub struct Kin {
    /// All images, those included that only others are built on.
    pub all: Vec<Image>,
    /// Newest first.
    pub layers: HashMap<ImageId, Vec<Layer>>,
}

/// The same, to be looked up in: there may be ten thousand.
#[derive(Clone, Debug, Default)]
struct Family {
    all: Vec<Image>,
    places: HashMap<ImageId, usize>,
    /// By parent.
    children: HashMap<ImageId, Vec<usize>>,
    layers: HashMap<ImageId, Vec<Layer>>,
}

impl Family {
    fn of(kin: &Kin) -> Self {
        let mut family = Self { all: kin.all.clone(), layers: kin.layers.clone(), ..Self::default() };
        for (place, image) in kin.all.iter().enumerate() {
            family.places.insert(image.id.clone(), place);
            if let Some(parent) = &image.parent {
                family.children.entry(parent.clone()).or_default().push(place);
            }
        }
        family
    }

    fn image(&self, id: &ImageId) -> Option<&Image> {
        self.all.get(*self.places.get(id)?)
    }

    fn children(&self, id: &ImageId) -> impl Iterator<Item = &Image> {
        self.children.get(id).into_iter().flatten().filter_map(|place| self.all.get(*place))
    }
}

#[derive(Clone, Debug)]
enum Asked<T> {
    Awaited,
    Known(T),
    Unknown(String),
}

/// What becomes of an image.
#[derive(Debug)]
enum Fate {
    /// It keeps other names.
    Untagged,
    /// The engine will not do it: who is in the way, and what would help.
    Refused(String),
    /// It loses its last name and stays without one: why.
    Nameless(String),
    /// It goes, with these parents; containers keep its files or go along.
    Deleted { parents: Vec<ImageId>, words: Option<String> },
}

impl<T: Clone> Asked<T> {
    fn of(told: &Result<T, Failure>) -> Self {
        match told {
            Ok(value) => Self::Known(value.clone()),
            Err(failure) => Self::Unknown(failure.sentence.clone()),
        }
    }

    fn known(&self) -> Option<&T> {
        match self {
            Self::Known(value) => Some(value),
            Self::Awaited | Self::Unknown(_) => None,
        }
    }
}

impl Removal {
    pub fn new(host: &Host, images: Vec<Image>) -> Self {
        let targets: Vec<Target> = images.into_iter().map(|image| Target { users: Vec::new(), image }).collect();
        let ids = targets.iter().map(|target| target.image.id.clone()).collect();
        let mut removal = Self { targets, ids, is_podman: false, kin: Asked::Awaited, own: Asked::Awaited };
        removal.learn(host);
        removal
    }

    /// Takes what is known of the host now: its product may be told after the question came up, and containers come and go.
    pub fn learn(&mut self, host: &Host) {
        let mut users: HashMap<&ImageId, Vec<(Box<str>, bool)>> = HashMap::new();
        for row in &host.containers.rows {
            users.entry(&row.image_id).or_default().push((row.name.clone(), row.state.is_up()));
        }
        for target in &mut self.targets {
            target.users = users.remove(&target.image.id).unwrap_or_default();
        }
        self.is_podman = host.is_podman();
    }

    /// The images of which the layers are told.
    pub fn told_of(&self) -> Vec<ImageId> {
        self.targets.iter().take(NOTED).map(|target| target.image.id.clone()).collect()
    }

    /// Takes what the engine measured.
    pub fn measured(&mut self, own: &Result<HashMap<ImageId, u64>, Failure>) {
        self.own = Asked::of(own);
    }

    /// Takes what the engine told of the images.
    pub fn related(&mut self, kin: &Result<Kin, Failure>) {
        self.kin = match kin {
            Ok(kin) => Asked::Known(Family::of(kin)),
            Err(failure) => Asked::Unknown(failure.sentence.clone()),
        };
    }

    pub(super) fn options(&self) -> Vec<ConfirmOption> {
        let toggle = |name| ConfirmOption::Toggle { name, on: false };
        let several = self.targets.iter().any(|target| target.image.tags.len() > 1);
        let all = several.then(|| toggle(OptionName::AllNames));
        all.into_iter().chain([toggle(OptionName::ForceImage), toggle(OptionName::KeepParents)]).collect()
    }

    pub(super) fn requests(&self, options: &[ConfirmOption]) -> Vec<Request> {
        let (force, keep) = (is_on(options, OptionName::ForceImage), is_on(options, OptionName::KeepParents));
        let all = is_on(options, OptionName::AllNames);
        let of = |target: &Target| {
            let image = &target.image;
            let names = if all { image.tags.as_slice() } else { &[] };
            if names.len() < 2 {
                return vec![ImageRequest::remove(image, force, !keep).into()];
            }
            let named = names.iter().map(|name| ImageRequest::Remove {
                id: image.id.clone(),
                reference: name.to_string(),
                force,
                prune_parents: !keep,
            });
            named.map(Request::from).collect()
        };
        self.targets.iter().flat_map(of).collect()
    }

    /// What becomes of one of them as the options stand.
    fn fate(&self, target: &Target, options: &[ConfirmOption]) -> Fate {
        let image = &target.image;
        if image.tags.len() > 1 && !is_on(options, OptionName::AllNames) {
            return Fate::Untagged;
        }
        let force = is_on(options, OptionName::ForceImage);
        let users = words::names(target.users.iter().map(|(name, _)| &**name));
        let running: Vec<&str> = target.users.iter().filter(|(_, is_up)| *is_up).map(|(name, _)| &**name).collect();
        let is_up = !running.is_empty();
        let parents = self.parents(image, is_on(options, OptionName::KeepParents));
        if !target.users.is_empty() && !force {
            let remedy = match (self.is_podman, is_up, image.is_dangling()) {
                (true, ..) => "force removes them as well",
                (false, true, true) => "force does not help while one of them runs",
                (false, true, false) => "force takes only the name off it while one of them runs",
                (false, false, _) => "force leaves them their files",
            };
            return Fate::Refused(format!("{users} {} made of it; {remedy}", words::is(target.users.len())));
        }
        if self.is_podman {
            let words = (!target.users.is_empty()).then(|| match target.users.len() {
                1 => format!("The container {users} is removed with it."),
                _ => format!("The containers {users} are removed with it."),
            });
            return Fate::Deleted { parents, words };
        }
        let children = self.children(image);
        let held = match (is_up, children.is_empty()) {
            (true, _) => {
                let runs = words::runs(running.len());
                Some(format!("{} {runs} from it", words::names(running.into_iter())))
            }
            (false, false) => Some(format!("{} built on it", words::are(children.iter().map(|child| child.title())))),
            (false, true) => None,
        };
        match held {
            Some(reason) if image.is_dangling() => Fate::Refused(reason),
            Some(reason) => Fate::Nameless(reason),
            None => {
                let kept = format!(
                    "{users} {} its files: the layers go when it is removed.",
                    words::keeps(target.users.len())
                );
                Fate::Deleted { parents, words: (!target.users.is_empty()).then_some(kept) }
            }
        }
    }

    /// The images that are built on one, but for those that go as well.
    fn children(&self, image: &Image) -> Vec<&Image> {
        let known = self.kin.known().into_iter().flat_map(|kin| kin.children(&image.id));
        known.filter(|one| !self.ids.contains(&one.id)).collect()
    }

    /// The parents that go with an image: without a name, and nothing else built on them.
    fn parents(&self, image: &Image, keep: bool) -> Vec<ImageId> {
        let mut parents: Vec<ImageId> = Vec::new();
        let Some(kin) = self.kin.known().filter(|_| !keep) else { return parents };
        let mut below = &image.id;
        let mut next = image.parent.as_ref();
        while let Some(parent) = next.and_then(|id| kin.image(id)) {
            let others = kin.children(&parent.id).count();
            if !parent.is_dangling() || others > 1 || parents.contains(&parent.id) || parent.id == *below {
                break;
            }
            parents.push(parent.id.clone());
            (below, next) = (&parent.id, parent.parent.as_ref());
        }
        parents
    }

    /// Bytes that deleting an image frees; `None` where they were not measured.
    fn frees(&self, target: &Target, keep_parents: bool) -> Option<u64> {
        if !self.is_podman && !target.users.is_empty() {
            // Its containers hold the layers.
            return Some(0);
        }
        let own = *self.own.known()?.get(&target.image.id)?;
        let kin = self.kin.known()?;
        if !self.children(&target.image).is_empty() {
            // Podman deletes it, and the layers stay for what is built on it.
            return Some(0);
        }
        let gone = self.parents(&target.image, keep_parents);
        let last = gone.last().and_then(|id| kin.image(id)).unwrap_or(&target.image);
        // What goes is on top of the first parent that stays; those without a name are measured nowhere, or as if others
        // shared with them.
        let stays = last.parent.as_ref().and_then(|id| kin.image(id));
        Some(stays.map_or(own, |parent| target.image.size.saturating_sub(parent.size)))
    }
}

#[cfg(test)]
mod tests;
