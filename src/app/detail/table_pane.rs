//! Rows that are only looked through: changed files, layers of an image.

use super::loaded::Loaded;
use super::row_cursor::RowCursor;
use crate::domain::{ChangeKind, FileChange, Layer};

#[derive(Debug)]
pub struct TablePane<R> {
    pub rows: Loaded<Vec<R>>,
    cursor: RowCursor,
}

impl<R> Default for TablePane<R> {
    fn default() -> Self {
        Self { rows: Loaded::default(), cursor: RowCursor::default() }
    }
}

impl<R> TablePane<R> {
    pub fn cursor(&self) -> RowCursor {
        self.cursor
    }

    pub fn row_count(&self) -> usize {
        self.rows.value().map_or(0, Vec::len)
    }

    pub fn selected(&self) -> Option<&R> {
        self.rows.value()?.get(self.cursor.row(self.row_count()))
    }

    pub fn move_by(&mut self, rows: isize, height: usize) {
        self.cursor.move_by(rows, self.row_count(), height);
    }

    pub fn select(&mut self, row: usize, height: usize) {
        self.cursor.select(row, self.row_count(), height);
    }
}

impl TablePane<FileChange> {
    /// How many paths were changed in that way.
    pub fn count(&self, kind: ChangeKind) -> usize {
        self.rows.value().map_or(0, |changes| changes.iter().filter(|change| change.kind == kind).count())
    }
}

impl TablePane<Layer> {
    /// Bytes of all layers.
    pub fn total_size(&self) -> u64 {
        self.rows.value().map_or(0, |layers| layers.iter().fold(0, |sum: u64, layer| sum.saturating_add(layer.size)))
    }
}

/// A layer's command as its author wrote it: without the shell that the builder put around it.
pub fn layer_command(created_by: &str) -> String {
    let text = created_by.trim();
    let text = text.strip_suffix("# buildkit").unwrap_or(text).trim();
    // Build arguments stand in front: `|2 A=1 B=2 /bin/sh -c make`.
    let shell = "/bin/sh -c ";
    let text = match text.strip_prefix('|').and_then(|rest| rest.find(shell).and_then(|at| rest.get(at..))) {
        Some(rest) => rest,
        None => text,
    };
    let command = match text.strip_prefix(shell) {
        Some(rest) => match rest.trim_start().strip_prefix("#(nop)") {
            Some(instruction) => instruction.trim().to_owned(),
            None => format!("RUN {}", rest.trim()),
        },
        None => match text.strip_prefix("RUN ").and_then(|rest| rest.trim().strip_prefix(shell)) {
            Some(rest) => format!("RUN {}", rest.trim()),
            None => text.to_owned(),
        },
    };
    command.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_shown_as_they_were_written() {
        for (created_by, shown) in [
            ("/bin/sh -c #(nop)  CMD [\"nginx\" \"-g\"]", "CMD [\"nginx\" \"-g\"]"),
            ("/bin/sh -c apt-get update", "RUN apt-get update"),
            ("RUN /bin/sh -c make   install # buildkit", "RUN make install"),
            ("|1 VERSION=2 /bin/sh -c make", "RUN make"),
            ("COPY . /app # buildkit", "COPY . /app"),
            ("", ""),
        ] {
            assert_eq!(layer_command(created_by), shown);
        }
    }
}
