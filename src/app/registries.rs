//! The registries of a host as its user walks through them: a list of registries, in it one of repositories, of tags, of
//! what an image is made of.

use super::effect::Fetch;
use super::known::Known;
use super::list::{ListState, RowKey};
use crate::domain::{
    Failure, ItemKind, Registry, RegistryItem, RegistryLevel, RegistryName, RegistryPage, RegistryPath, RegistryStatus,
    Time,
};

/// Rows before the end at which more of them are asked for.
const NEAR: usize = 20;

/// A row of the list, wherever one is.
#[derive(Clone, Debug, PartialEq)]
pub enum RegistryRow {
    Registry(Registry),
    Item(RegistryItem),
}

/// Where one is, and the way back.
#[derive(Debug, Default)]
pub struct Registries {
    root: Level,
    /// The places walked into, each within the one before.
    walked: Vec<(RegistryPath, Level)>,
}

/// One list on the way.
#[derive(Debug, Default)]
pub struct Level {
    pub known: Known<RegistryRow>,
    pub list: ListState,
    /// What the rows behind the last one are asked for with.
    next: Option<Box<str>>,
    /// They are being asked for.
    is_reading_on: bool,
}

impl RegistryRow {
    pub fn name(&self) -> &str {
        match self {
            Self::Registry(registry) => registry.name.as_str(),
            Self::Item(item) => &item.name,
        }
    }

    pub fn key(&self) -> RowKey {
        match self {
            Self::Registry(registry) => registry.name.key(),
            Self::Item(item) => item.name.clone(),
        }
    }

    pub fn item(&self) -> Option<&RegistryItem> {
        match self {
            Self::Item(item) => Some(item),
            Self::Registry(_) => None,
        }
    }

    pub fn registry(&self) -> Option<&Registry> {
        match self {
            Self::Registry(registry) => Some(registry),
            Self::Item(_) => None,
        }
    }

    /// What the filter looks at.
    pub fn texts(&self) -> [&str; 3] {
        match self {
            Self::Registry(registry) => [registry.name.as_str(), registry.user.as_deref().unwrap_or_default(), ""],
            Self::Item(item) => [&item.name, item.digest.as_deref().unwrap_or_default(), &item.about],
        }
    }
}

impl Registries {
    /// The place on screen; `None` while the registries themselves are listed.
    pub fn path(&self) -> Option<&RegistryPath> {
        self.walked.last().map(|(path, _)| path)
    }

    pub fn level(&self) -> Option<RegistryLevel> {
        self.path().map(RegistryPath::level)
    }

    pub fn top(&self) -> &Level {
        self.walked.last().map_or(&self.root, |(_, level)| level)
    }

    pub fn top_mut(&mut self) -> &mut Level {
        self.walked.last_mut().map_or(&mut self.root, |(_, level)| level)
    }

    pub fn rows(&self) -> &[RegistryRow] {
        &self.top().known.rows
    }

    pub fn selected(&self) -> Option<&RegistryRow> {
        let level = self.top();
        level.known.rows.get(level.list.selected_row()?)
    }

    /// Whether it was told which registries there are, and how many.
    pub fn count(&self) -> (bool, usize) {
        (self.root.known.fresh.at.is_some(), self.root.known.rows.len())
    }

    /// The registries that are known.
    pub fn all(&self) -> impl Iterator<Item = &Registry> {
        self.root.known.rows.iter().filter_map(RegistryRow::registry)
    }

    /// A registry of the list.
    pub fn registry(&self, name: &RegistryName) -> Option<&Registry> {
        self.all().find(|registry| registry.name == *name)
    }

    /// The registry that is selected, or was walked into.
    pub fn here(&self) -> Option<&Registry> {
        match self.walked.first() {
            Some((path, _)) => self.registry(&path.registry),
            None => self.selected()?.registry(),
        }
    }

    /// Where the selected row leads to: into a registry, a repository, an image, one of its platforms.
    pub fn inward(&self) -> Option<RegistryPath> {
        match (self.path(), self.selected()?) {
            (None, RegistryRow::Registry(registry)) => {
                Some(RegistryPath::root(registry.name.clone(), registry.insecure))
            }
            (Some(path), RegistryRow::Item(item)) => match item.kind {
                ItemKind::Repository => Some(path.repository(&item.name)),
                ItemKind::Tag => Some(path.reference(&item.name)),
                ItemKind::Image => {
                    let platform = format!("{} › {}", path.reference.as_deref().unwrap_or_default(), item.name);
                    Some(RegistryPath { platform: Some(platform.into()), ..path.reference(item.digest.as_deref()?) })
                }
                ItemKind::Config | ItemKind::Layer => None,
            },
            (None, RegistryRow::Item(_)) | (Some(_), RegistryRow::Registry(_)) => None,
        }
    }

    /// The image that is selected, or of which a part is.
    pub fn image(&self) -> Option<RegistryPath> {
        let is_image = |path: &RegistryPath| path.reference.is_some();
        let inward = self.inward().filter(is_image);
        inward.or_else(|| self.path().filter(|path| is_image(path)).cloned())
    }

    /// What is known of an image's digest.
    pub fn digest<'a>(&'a self, image: &'a RegistryPath) -> Option<&'a str> {
        let reference = image.reference.as_deref()?;
        if reference.contains(':') {
            return Some(reference);
        }
        let mut items = self.walked.iter().flat_map(|(_, level)| &level.known.rows).filter_map(RegistryRow::item);
        items.find(|item| item.kind == ItemKind::Tag && *item.name == *reference)?.digest.as_deref()
    }

    pub fn walk_to(&mut self, path: RegistryPath) {
        self.walked.push((path, Level::default()));
    }

    /// One step back; false where one is at the registries already.
    pub fn back(&mut self) -> bool {
        self.walked.pop().is_some()
    }

    /// What to ask anew of what is shown; else it is asked when it is shown again.
    pub fn ask_again(&mut self, is_shown: bool) -> Vec<Fetch> {
        let mut fetches = Vec::new();
        self.root.known.fresh.at = None;
        if is_shown && self.root.known.fresh.refresh.ask() {
            fetches.push(Fetch::Registries);
        }
        if let Some((path, level)) = self.walked.last_mut() {
            level.known.fresh.at = None;
            if is_shown && level.known.fresh.refresh.ask() {
                fetches.push(Fetch::RegistryPage { path: path.clone(), after: None });
            }
        }
        fetches
    }

    /// Takes the registries; how each answered stays until it is asked anew.
    pub fn take(&mut self, now: Time, answer: Result<Vec<Registry>, Failure>) {
        let answer = answer.map(|found| {
            let kept = |registry: Registry| match self.registry(&registry.name) {
                Some(known) if registry.status == RegistryStatus::Asking => {
                    Registry { status: known.status.clone(), ..registry }
                }
                _ => registry,
            };
            found.into_iter().map(kept).map(RegistryRow::Registry).collect()
        });
        self.root.known.take(now, answer);
    }

    /// The list of the registries themselves.
    pub fn root_mut(&mut self) -> &mut Level {
        &mut self.root
    }

    /// How a registry answered.
    pub fn take_status(&mut self, name: &RegistryName, status: RegistryStatus) {
        for row in &mut self.root.known.rows {
            if let RegistryRow::Registry(registry) = row
                && registry.name == *name
            {
                registry.status = status;
                return;
            }
        }
    }

    /// A place that one is in, or came through.
    pub fn level_mut(&mut self, path: &RegistryPath) -> Option<&mut Level> {
        self.walked.iter_mut().find(|(known, _)| known == path).map(|(_, level)| level)
    }

    /// What the detail pane calls what it shows.
    pub fn title(&self) -> Option<String> {
        match self.image() {
            Some(image) => image.image(),
            None => self.selected().map(|row| row.name().to_owned()),
        }
    }

    /// Takes a page of a place, unless one has left it; false then.
    pub fn take_page(
        &mut self,
        now: Time,
        path: &RegistryPath,
        after: Option<&str>,
        answer: Result<RegistryPage, Failure>,
    ) -> bool {
        let Some(level) = self.level_mut(path) else { return false };
        level.take_page(now, after, answer);
        true
    }

    /// Notes what was found out of an image: its digest and its size.
    pub fn note_image(&mut self, path: &RegistryPath, digest: &str, size: Option<u64>) {
        let Some(tag) = path.reference.as_deref() else { return };
        let holds = |place: &RegistryPath| place.level() == RegistryLevel::Tags && place.repository == path.repository;
        let Some((_, level)) = self.walked.iter_mut().find(|(place, _)| holds(place)) else { return };
        for row in &mut level.known.rows {
            if let RegistryRow::Item(item) = row
                && *item.name == *tag
            {
                item.digest = Some(digest.into());
                item.size = size.or(item.size);
                return;
            }
        }
    }

    /// What to ask for the rows behind the last one, when the cursor comes near them.
    pub fn more(&mut self) -> Option<(RegistryPath, Box<str>)> {
        let (path, level) = self.walked.last_mut()?;
        let is_near = level.list.position() + NEAR >= level.list.len();
        let next =
            level.next.clone().filter(|_| is_near && !level.is_reading_on && level.known.fresh.failure.is_none())?;
        level.is_reading_on = true;
        Some((path.clone(), next))
    }

    /// Whether there are more rows than are known.
    pub fn has_more(&self) -> bool {
        self.top().next.is_some()
    }
}

impl Level {
    fn take_page(&mut self, now: Time, after: Option<&str>, answer: Result<RegistryPage, Failure>) {
        if after.is_none() {
            let next = answer.as_ref().ok().and_then(|page| page.next.clone());
            self.next = next;
            self.is_reading_on = false;
            return self.known.take(now, answer.map(|page| page.items.into_iter().map(RegistryRow::Item).collect()));
        }
        self.is_reading_on = false;
        match answer {
            Ok(page) => {
                let known: std::collections::HashSet<RowKey> = self.known.rows.iter().map(RegistryRow::key).collect();
                let new: Vec<RegistryRow> =
                    page.items.into_iter().map(RegistryRow::Item).filter(|row| !known.contains(&row.key())).collect();
                // One that brings nothing new would bring it again and again.
                self.next = page.next.filter(|_| !new.is_empty());
                self.known.rows.extend(new);
            }
            Err(failure) => self.known.fresh.failure = Some(failure),
        }
    }
}

#[cfg(test)]
mod tests;
