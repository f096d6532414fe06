//! The row under the cursor of a tab, in full: what a line of the pane has no room for.

use super::table_pane::layer_command;
use super::{Detail, Tab};
use crate::domain::Layer;
use crate::domain::text::{long_bytes, thousands};
use jiff::tz::TimeZone;

impl Detail {
    /// What kind of thing the row is, and its whole text. Hidden secrets stay hidden. `None` where no row is, or where
    /// Enter does something else.
    pub fn row_in_full(&self, zone: &TimeZone) -> Option<(&'static str, String)> {
        let title = match self.shown_tab()? {
            Tab::History => return Some(("Layer", layer_in_full(self.history.selected()?, zone))),
            Tab::Top => "Process",
            Tab::Env => "Variable",
            Tab::Changes => "Changed file",
            Tab::Platforms => "Platform",
            Tab::Items => "Item",
            Tab::Engine => "Engine",
            Tab::Plugins | Tab::Members | Tab::Links => return None,
            Tab::Logs | Tab::Stats | Tab::Inspect | Tab::Files => return None,
        };
        let table = self.table()?;
        let text = table.row_text(table.cursor_row());
        (!text.is_empty()).then_some((title, text))
    }
}

/// The command with its own lines, then everything else that the engine tells of the layer.
fn layer_in_full(layer: &Layer, zone: &TimeZone) -> String {
    let told = layer.created_by.trim();
    let read = layer_command(told);
    let mut lines: Vec<String> = match told.lines().count() {
        0 => vec!["The engine tells no command of it.".to_owned()],
        1 => vec![read.clone()],
        // What was written on several lines is read on several.
        _ => told.lines().map(str::to_owned).collect(),
    };
    lines.push(String::new());
    lines.push(match layer.size {
        0 => "Size: 0, it changes no file".to_owned(),
        size => {
            format!("Size: {} ({} bytes)", long_bytes(size), thousands(usize::try_from(size).unwrap_or(usize::MAX)))
        }
    });
    // Reproducible builds date their layers to the epoch.
    if let Some(at) = jiff::Timestamp::from_second(layer.created).ok().filter(|_| layer.created > 0) {
        lines.push(format!("Made: {}", at.to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M:%S")));
    }
    let id = layer.id.as_ref().map(|id| format!("Image: {}", id.as_str()));
    let tags = (!layer.tags.is_empty()).then(|| format!("Names: {}", layer.tags.join(", ")));
    let comment = (!layer.comment.is_empty()).then(|| format!("Comment: {}", layer.comment));
    let as_told = (told.lines().count() == 1 && read != told).then(|| format!("As the engine tells it: {told}"));
    lines.extend(id.into_iter().chain(tags).chain(comment).chain(as_told));
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ImageId;
    use pretty_assertions::assert_eq;

    #[test]
    fn a_layer_is_told_with_all_that_is_known_of_it() {
        let mut layer = Layer {
            id: Some(ImageId::new("sha256:ab")),
            created: 1_795_253_467,
            created_by: "/bin/sh -c apt-get update  && apt-get install -y curl".into(),
            size: 3_000_000,
            tags: vec!["web:1".into()],
            comment: "by hand".into(),
        };
        assert_eq!(
            layer_in_full(&layer, &TimeZone::UTC),
            "RUN apt-get update && apt-get install -y curl\n\nSize: 2.9 MiB (3,000,000 bytes)\n\
             Made: 2026-11-21 09:31:07\nImage: sha256:ab\nNames: web:1\nComment: by hand\n\
             As the engine tells it: /bin/sh -c apt-get update  && apt-get install -y curl"
        );
        layer = Layer {
            id: None,
            created: 0,
            created_by: "RUN <<END\n  make\nEND # buildkit".into(),
            size: 0,
            tags: Vec::new(),
            comment: "".into(),
        };
        assert_eq!(
            layer_in_full(&layer, &TimeZone::UTC),
            "RUN <<END\n  make\nEND # buildkit\n\nSize: 0, it changes no file"
        );
    }
}
