//! How much the volumes of a host hold, as far as somebody asked: engines take their time to measure it.

use crate::domain::{Time, VolumeName};
use std::collections::HashMap;

#[derive(Debug, Default)]
pub struct VolumeSizes {
    bytes: HashMap<VolumeName, u64>,
    /// When they were measured; `None` while they never were.
    pub at: Option<Time>,
    /// What they are being measured for, while they are.
    pub wanted: Option<Purpose>,
}

/// What the sizes are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// To be shown in the list.
    Look,
    /// To tell what a prune frees.
    Prune,
}

impl VolumeSizes {
    /// Takes what was measured, in place of all that was before.
    pub fn take(&mut self, now: Time, sizes: Vec<(VolumeName, u64)>) {
        self.bytes = sizes.into_iter().collect();
        self.at = Some(now);
    }

    /// Bytes; `None` where they were never measured or the driver cannot tell.
    pub fn of(&self, name: &VolumeName) -> Option<u64> {
        self.bytes.get(name).copied()
    }
}
