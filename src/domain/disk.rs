//! What takes room on an engine's disk (`GET /system/df`), by kind.

/// A kind of things that take room.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DiskKind {
    Images,
    Containers,
    Volumes,
    BuildCache,
}

/// All things of one kind together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DiskUse {
    pub kind: DiskKind,
    /// Bytes of all of them; what images share counts once.
    pub size: u64,
    /// Bytes that would be free if everything that is not in use were gone.
    pub reclaimable: u64,
    /// The largest first.
    pub items: Vec<DiskItem>,
}

/// One thing that takes room.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DiskItem {
    pub name: Box<str>,
    /// Of an image; empty for others.
    pub id: Box<str>,
    /// Bytes that go when it goes.
    pub size: u64,
    /// Bytes that it shares with others.
    pub shared: u64,
    pub in_use: bool,
    /// Others have it as well, however small it is.
    pub is_shared: bool,
    /// An image without a name.
    pub is_dangling: bool,
    /// `2 containers`, `running`, `RUN make`
    pub note: Box<str>,
}

impl DiskKind {
    pub const ALL: [Self; 4] = [Self::Images, Self::Containers, Self::Volumes, Self::BuildCache];

    pub fn title(self) -> &'static str {
        match self {
            Self::Images => "Images",
            Self::Containers => "Containers",
            Self::Volumes => "Volumes",
            Self::BuildCache => "Build cache",
        }
    }
}

impl DiskUse {
    pub fn in_use(&self) -> usize {
        self.items.iter().filter(|item| item.in_use).count()
    }

    /// Bytes that are in use.
    pub fn kept(&self) -> u64 {
        self.size.saturating_sub(self.reclaimable)
    }
}
