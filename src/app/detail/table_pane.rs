//! Rows that are only looked through: changed files, layers of an image.

use super::loaded::Loaded;
use super::rows::{RowLook, Rows};
use crate::domain::{ChangeKind, Failure, FileChange, Layer, Manifest};

#[derive(Debug)]
pub struct TablePane<R> {
    rows: Loaded<Vec<R>>,
    look: RowLook,
}

impl<R> Default for TablePane<R> {
    fn default() -> Self {
        Self { rows: Loaded::default(), look: RowLook::default() }
    }
}

/// A row as it is read.
pub trait RowText {
    fn text(&self) -> String;
}

impl RowText for FileChange {
    fn text(&self) -> String {
        format!("{} {}", self.kind.letter(), self.path)
    }
}

impl RowText for Layer {
    fn text(&self) -> String {
        layer_command(&self.created_by)
    }
}

impl RowText for Manifest {
    fn text(&self) -> String {
        format!("{} {}", self.title(), self.digest)
    }
}

impl<R: RowText> TablePane<R> {
    pub fn take(&mut self, answer: Result<Vec<R>, Failure>) {
        self.rows.take(answer);
        self.renew_hits();
    }

    pub fn rows(&self) -> &Loaded<Vec<R>> {
        &self.rows
    }

    /// The row under the cursor.
    pub fn selected(&self) -> Option<&R> {
        self.rows.value()?.get(self.cursor_row())
    }
}

impl<R: RowText> Rows for TablePane<R> {
    fn look(&self) -> &RowLook {
        &self.look
    }

    fn look_mut(&mut self) -> &mut RowLook {
        &mut self.look
    }

    fn row_count(&self) -> usize {
        self.rows.value().map_or(0, Vec::len)
    }

    fn row_text(&self, place: usize) -> String {
        self.rows.value().and_then(|rows| rows.get(place)).map(RowText::text).unwrap_or_default()
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
