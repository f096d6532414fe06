//! The platforms that an image is there for, a manifest a row.

use super::log_pane::counted;
use super::paint::{Canvas, row};
use super::rows_pane::{below_titles, cell, is_cursor, mark_cursor, mark_hits};
use super::waiting;
use crate::app::App;
use crate::app::columns::Tone;
use crate::app::detail::Tab;
use crate::app::detail::rows::Rows;
use crate::config::Role;
use crate::domain::text::compact_bytes;
use crate::domain::{Manifest, ManifestKind, PlatformsFrom};
use ratatui::layout::Rect;

/// Columns of `linux/arm64/v8` and the like, of whether it is here, of a size, of how many containers run it.
const PLATFORM: usize = 18;
const HERE: usize = 7;
const SIZE: usize = 8;
const USERS: usize = 7;

pub fn draw(app: &App, room: Rect, canvas: &mut Canvas<'_>) {
    let pane = &app.detail().platforms;
    let Some(manifests) = pane.rows().value() else {
        return waiting::draw(app, Tab::Platforms, pane.rows().failure(), room, canvas);
    };
    if manifests.is_empty() {
        return waiting::say(canvas, room, "The engine tells of no platforms.", Tone::Dim);
    }
    let (dim, text) = (canvas.style(Role::Dim), canvas.theme.text());
    let [here, packed, unpacked, users, digest] = lefts();
    let titles = [
        ("PLATFORM", 0),
        ("HERE", here),
        ("PACKED", packed),
        ("SIZE", unpacked),
        ("USED BY", users),
        ("DIGEST", digest),
    ];
    for (title, left) in titles {
        let width = if title.ends_with("ED") || title == "SIZE" { SIZE } else { usize::from(room.width) };
        let title = if width == SIZE { format!("{title:>SIZE$}") } else { title.to_owned() };
        canvas.text(cell(row(room, 0), left, usize::from(room.width)), &title, dim);
    }
    let body = below_titles(room);
    for (line, place) in pane.window(usize::from(body.height)).enumerate() {
        let Some(manifest) = manifests.get(place) else { continue };
        let area = row(body, line);
        let name = cell(area, 0, PLATFORM);
        let is_image = matches!(manifest.kind, ManifestKind::Image { .. });
        canvas.text(name, &manifest.title(), if is_image { text } else { dim });
        let (word, style) = match manifest.available {
            true => ("✓ here", canvas.theme.tone(Tone::Good)),
            false => ("– no", dim),
        };
        canvas.text(cell(area, here, HERE), word, style);
        canvas.text(cell(area, packed, SIZE), &format!("{:>SIZE$}", size(manifest.packed)), text);
        canvas.text(cell(area, unpacked, SIZE), &format!("{:>SIZE$}", size(manifest.unpacked)), text);
        let count = if manifest.containers == 0 { "–".to_owned() } else { manifest.containers.to_string() };
        canvas.text(cell(area, users, USERS), &format!("{count:>USERS$}"), text);
        let told = cell(area, digest, usize::from(area.width));
        let words = words(manifest);
        canvas.text(told, &words, dim);
        mark_cursor(canvas, area, is_cursor(app, pane, place));
        mark_hits(canvas, pane, &[(name, manifest.title()), (told, words)]);
    }
}

/// Who told of them, and where more of them are.
pub fn foot(app: &App) -> String {
    let detail = app.detail();
    let Some(manifests) = detail.platforms.rows().value() else { return String::new() };
    let images = manifests.iter().filter(|manifest| matches!(manifest.kind, ManifestKind::Image { .. })).count();
    let count = counted(images, "platform", "platforms");
    let key = app.keymap.key_text("image.registry");
    match detail.platforms_from {
        Some(PlatformsFrom::EngineOne) => format!("the engine keeps one · {key} shows all that its registry has"),
        Some(PlatformsFrom::Engine | PlatformsFrom::Registry) | None => {
            let here = manifests.iter().filter(|manifest| manifest.available).count();
            format!("{count} · {here} here")
        }
    }
}

/// Where each column but the first begins.
fn lefts() -> [usize; 5] {
    let here = PLATFORM + 1;
    let packed = here + HERE + 1;
    let unpacked = packed + SIZE + 1;
    let users = unpacked + SIZE + 1;
    [here, packed, unpacked, users, users + USERS + 2]
}

fn size(bytes: u64) -> String {
    if bytes == 0 { "–".to_owned() } else { compact_bytes(bytes) }
}

/// The digest; of what says something about another manifest, that one's.
fn words(manifest: &Manifest) -> String {
    match &manifest.kind {
        ManifestKind::Attestation { of } if !of.is_empty() => format!("{} of {of}", manifest.digest),
        ManifestKind::Attestation { .. } | ManifestKind::Image { .. } | ManifestKind::Unknown => {
            manifest.digest.to_string()
        }
    }
}
