//! The files of what is selected: one folder at a time, sorted and filtered; each folder's place is remembered.

mod order;
#[cfg(test)]
mod tests;

pub use order::{FileOrder, FileSort};

use super::loaded::Loaded;
use super::rows::{RowLook, Rows};
use crate::app::logs::Pattern;
use crate::domain::{
    Extent, Failure, FileEntry, FileKind, FileLook, FilePath, FileRoot, Folder, ListWay, Reach, shown_name,
};
use std::collections::{HashMap, VecDeque};

/// Containers and volumes whose folders are remembered.
const REMEMBERED: usize = 64;

#[derive(Debug, Default)]
pub struct FilesPane {
    visit: Option<Visit>,
    /// Where one was in others, the last left first.
    left: VecDeque<Visit>,
    folder: Loaded<Folder>,
    order: FileOrder,
    filter: Option<Pattern>,
    /// Indices of the entries shown, in that order.
    shown: Vec<usize>,
    look: RowLook,
}

/// A way through the folders of a container or volume.
#[derive(Debug)]
struct Visit {
    root: FileRoot,
    folder: FilePath,
    /// The name that the cursor was on, by folder.
    places: HashMap<FilePath, Box<[u8]>>,
    reach: Reach,
    /// The user wants it to be read: what is not looked into makes no helper container.
    is_opened: bool,
    /// Reading was stopped.
    is_halted: bool,
    /// Nothing in the container can list a folder.
    lacks_tools: bool,
    /// The same, found out in this folder, which is not read twice for that.
    misses_tools: bool,
    turn: u32,
}

impl Visit {
    fn new(root: FileRoot) -> Self {
        let is_opened = matches!(root, FileRoot::Container(_));
        Self {
            root,
            folder: FilePath::root(),
            places: HashMap::new(),
            reach: Reach::Near,
            is_opened,
            is_halted: false,
            lacks_tools: false,
            misses_tools: false,
            turn: 0,
        }
    }
}

impl FilesPane {
    /// Turns to the files of something else, to where one was there.
    pub fn turn_to(&mut self, root: Option<FileRoot>) {
        self.note_place();
        self.left.extend(self.visit.take());
        self.visit = root.map(|root| {
            let known = self.left.iter().position(|visit| visit.root == root);
            known.and_then(|place| self.left.remove(place)).unwrap_or_else(|| Visit::new(root))
        });
        while self.left.len() > REMEMBERED {
            self.left.pop_front();
        }
        self.forget();
    }

    /// What is to be asked for it; nothing while it is not opened, or was stopped.
    pub fn wanted(&self, can_exec: bool) -> Option<FileLook> {
        let visit = self.visit.as_ref().filter(|visit| visit.is_opened && !visit.is_halted)?;
        Some(FileLook {
            root: visit.root.clone(),
            folder: visit.folder.clone(),
            inside: can_exec && !visit.lacks_tools,
            reach: visit.reach,
            turn: visit.turn,
        })
    }

    /// Takes what was read, as far as it came.
    pub fn take(&mut self, answer: Result<Folder, Failure>) {
        let selected = self.selected().map(|entry| entry.name.clone());
        self.folder.take(answer);
        self.renew();
        let place = selected.or_else(|| {
            let visit = self.visit.as_ref()?;
            visit.places.get(&visit.folder).cloned()
        });
        self.go_to(place.as_deref());
    }

    /// The way that the last answer took, for the next question.
    pub fn note_way(&mut self, look: &FileLook) {
        let way = self.folder.value().map(|folder| folder.way);
        if let (true, Some(ListWay::Archive), Some(visit)) = (look.inside, way, &mut self.visit) {
            visit.misses_tools = true;
        }
    }

    pub fn folder(&self) -> &Loaded<Folder> {
        &self.folder
    }

    /// Where one is.
    pub fn path(&self) -> Option<&FilePath> {
        Some(&self.visit.as_ref()?.folder)
    }

    pub fn root(&self) -> Option<&FileRoot> {
        Some(&self.visit.as_ref()?.root)
    }

    pub fn is_opened(&self) -> bool {
        self.visit.as_ref().is_some_and(|visit| visit.is_opened)
    }

    /// Whether an archive is being read for names.
    pub fn is_reading(&self) -> bool {
        let reading = matches!(self.folder.value().map(|folder| folder.extent), Some(Extent::Reading(_)));
        reading && !self.is_halted()
    }

    pub fn is_halted(&self) -> bool {
        self.visit.as_ref().is_some_and(|visit| visit.is_halted)
    }

    /// Whether names may be missing that reading on would bring.
    pub fn is_cut(&self) -> bool {
        let extent = self.folder.value().map(|folder| folder.extent);
        matches!(extent, Some(Extent::Cut(_)))
            || (self.is_halted() && matches!(extent, Some(Extent::Reading(_)) | None))
    }

    /// Begins to read a volume.
    pub fn open(&mut self) {
        if let Some(visit) = &mut self.visit {
            visit.is_opened = true;
            visit.is_halted = false;
        }
    }

    /// Stops reading; false where nothing is being read.
    pub fn halt(&mut self, is_waiting: bool) -> bool {
        let stops =
            is_waiting && self.is_opened() && !self.is_halted() && (self.is_reading() || self.folder.value().is_none());
        if let (true, Some(visit)) = (stops, &mut self.visit) {
            visit.is_halted = true;
        }
        stops
    }

    /// Reads to the end of the archive, however long that is.
    pub fn read_on(&mut self) {
        if let Some(visit) = &mut self.visit {
            visit.reach = Reach::End;
            visit.is_halted = false;
        }
    }

    /// Asks for the same folder anew.
    pub fn read_again(&mut self) {
        if let Some(visit) = &mut self.visit {
            visit.turn = visit.turn.wrapping_add(1);
            visit.is_halted = false;
        }
    }

    /// Goes to another folder.
    pub fn go(&mut self, folder: FilePath) {
        self.note_place();
        let Some(visit) = &mut self.visit else { return };
        visit.folder = folder;
        visit.lacks_tools = visit.misses_tools;
        visit.reach = Reach::Near;
        visit.is_halted = false;
        self.filter = None;
        self.forget();
    }

    /// Goes to the folder above, the cursor on where one came from; false at the top.
    pub fn up(&mut self) -> bool {
        let Some(visit) = &mut self.visit else { return false };
        let Some(above) = visit.folder.parent() else { return false };
        visit.places.insert(above.clone(), visit.folder.name().into());
        self.go(above);
        true
    }

    /// The entry under the cursor.
    pub fn selected(&self) -> Option<&FileEntry> {
        self.entry(self.cursor_row())
    }

    /// Its path.
    pub fn selected_path(&self) -> Option<FilePath> {
        self.path()?.child(&self.selected()?.name)
    }

    /// Entry `place` of those shown.
    pub fn entry(&self, place: usize) -> Option<&FileEntry> {
        self.folder.value()?.entries.get(*self.shown.get(place)?)
    }

    pub fn order(&self) -> FileOrder {
        self.order
    }

    pub fn sort(&mut self, order: FileOrder) {
        let selected = self.selected().map(|entry| entry.name.clone());
        self.order = order;
        self.renew();
        self.go_to(selected.as_deref());
    }

    pub fn filter(&self) -> Option<&Pattern> {
        self.filter.as_ref()
    }

    /// Shows only what matches; says whether anything does.
    pub fn set_filter(&mut self, filter: Option<Pattern>) -> bool {
        let selected = self.selected().map(|entry| entry.name.clone());
        self.filter = filter;
        self.renew();
        self.go_to(selected.as_deref());
        !self.shown.is_empty()
    }

    /// Another folder's rows are awaited.
    fn forget(&mut self) {
        self.folder = Loaded::default();
        self.shown.clear();
        self.look = RowLook::default();
    }

    fn note_place(&mut self) {
        let name = self.selected().map(|entry| entry.name.clone());
        if let (Some(name), Some(visit)) = (name, &mut self.visit) {
            visit.places.insert(visit.folder.clone(), name);
        }
    }

    fn go_to(&mut self, name: Option<&[u8]>) {
        let Some(name) = name else { return };
        let found = (0..self.shown.len()).find(|place| self.entry(*place).is_some_and(|entry| &*entry.name == name));
        if let Some(place) = found {
            self.look.place(place);
        }
    }

    fn renew(&mut self) {
        let Some(folder) = self.folder.value() else { return };
        let fits = |entry: &FileEntry| {
            self.filter.as_ref().is_none_or(|filter| filter.is_match(shown_name(&entry.name).as_bytes()))
        };
        let mut shown: Vec<usize> =
            folder.entries.iter().enumerate().filter(|(_, entry)| fits(entry)).map(|(place, _)| place).collect();
        self.order.sort(&mut shown, &folder.entries);
        self.shown = shown;
    }
}

impl Rows for FilesPane {
    fn look(&self) -> &RowLook {
        &self.look
    }

    fn look_mut(&mut self) -> &mut RowLook {
        &mut self.look
    }

    fn row_count(&self) -> usize {
        self.shown.len()
    }

    fn row_text(&self, place: usize) -> String {
        self.entry(place).map(FileEntry::title).unwrap_or_default()
    }
}

/// Whether Enter can go into it or show it.
pub fn is_readable(kind: FileKind) -> bool {
    match kind {
        FileKind::Folder | FileKind::File | FileKind::Link => true,
        FileKind::Pipe | FileKind::Socket | FileKind::Block | FileKind::Character => false,
    }
}
