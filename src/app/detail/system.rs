//! The tabs about the engine itself and its disk.

use super::Detail;
use super::table_pane::RowText;
use crate::app::host::Host;
use crate::domain::{DiskItem, Plugin};

impl RowText for DiskItem {
    fn text(&self) -> String {
        format!("{} {}", self.name, self.note)
    }
}

impl RowText for Plugin {
    fn text(&self) -> String {
        format!("{} {} {}", self.kind, self.name, self.description)
    }
}

impl Detail {
    /// Shows the things of the kind that is selected.
    pub fn follow_disk(host: &mut Host) {
        let Some(kind) = host.selected_disk_use() else { return };
        let is_shown = host.detail.items.rows().value().is_some_and(|rows| *rows == kind.items);
        if !is_shown {
            let items = kind.items.clone();
            host.detail.items.take(Ok(items));
        }
    }
}
