//! The Files tab: a folder's entries, and at its foot how they were read and whether names are missing.

use super::log_pane::counted;
use super::paint::{Canvas, row, shift};
use super::waiting;
use crate::app::App;
use crate::app::columns::Tone;
use crate::app::detail::Tab;
use crate::app::detail::files_pane::{FileSort, FilesPane};
use crate::app::detail::rows::Rows;
use crate::app::layout::Pane;
use crate::config::Role;
use crate::domain::text::{compact_bytes, long_bytes, truncate_path, width};
use crate::domain::{Extent, FileEntry, FileKind, FileRoot, ListWay, MOST_ENTRIES};
use jiff::tz::TimeZone;
use ratatui::layout::Rect;

/// Columns of what stands at the right of the names, with the blank before each.
const SIZE: usize = 6;
const MODE: usize = 11;
const OWNER: usize = 12;
const TIME: usize = 17;
/// A narrower column of names gives way to no further column.
const NAMES: usize = 22;

/// Which columns there is room for.
#[derive(Clone, Copy, Debug)]
struct Columns {
    names: usize,
    time: bool,
    mode: bool,
    owner: bool,
}

impl Columns {
    fn of(room: usize) -> Self {
        let mut left = room.saturating_sub(SIZE);
        let mut take = |columns: usize| {
            let fits = left >= NAMES + columns;
            if fits {
                left -= columns;
            }
            fits
        };
        let (time, mode, owner) = (take(TIME), take(MODE), take(OWNER));
        Self { names: left, time, mode, owner }
    }
}

pub fn draw(app: &App, room: Rect, canvas: &mut Canvas<'_>) {
    let pane = &app.detail().files;
    if !pane.is_opened() {
        return unopened(app, room, canvas);
    }
    let columns = Columns::of(usize::from(room.width));
    titles(pane, columns, row(room, 0), canvas);
    let height = room.height.saturating_sub(1);
    let body = Rect { y: room.y + (room.height - height), height, ..room };
    let Some(folder) = pane.folder().value() else {
        if pane.is_halted() {
            let key = app.keymap.key_text("app.refresh");
            return waiting::say(canvas, body, &format!("Reading was stopped. {key} reads again."), Tone::Dim);
        }
        return waiting::draw(app, Tab::Files, pane.folder().failure(), body, canvas);
    };
    if pane.row_count() == 0 && !pane.is_reading() {
        let words = if folder.entries.is_empty() { "The folder is empty." } else { "No name matches the filter." };
        return waiting::say(canvas, body, words, Tone::Dim);
    }
    for (line, place) in pane.window(usize::from(height)).enumerate() {
        if let Some(entry) = pane.entry(place) {
            let is_cursor = app.focus == Pane::Detail && place == pane.cursor_row();
            draw_entry(entry, is_cursor, columns, row(body, line), canvas);
        }
    }
}

/// What looking into a volume takes is said before it is done.
fn unopened(app: &App, room: Rect, canvas: &mut Canvas<'_>) {
    let key = app.keymap.key_text("files.open");
    let words = match &app.host().read_only {
        Some(reason) => format!("A volume is read through a helper container, which cannot be made: {reason}."),
        None => format!(
            "A volume is read through a helper container: made of an image that is here, never started, and removed \
             after each reading. {key} makes one and shows the files."
        ),
    };
    waiting::say(canvas, room, &words, Tone::Dim);
}

/// The path where names stand, and what the columns are.
fn titles(pane: &FilesPane, columns: Columns, area: Rect, canvas: &mut Canvas<'_>) {
    let order = pane.order();
    let sign = |by: FileSort| match (order.by == by, order.reversed == (by == FileSort::Name)) {
        (false, _) => "",
        (true, true) => "↓",
        (true, false) if by == FileSort::Name => "↑",
        (true, false) => "↓",
    };
    let (title, dim) = (canvas.style(Role::Title), canvas.style(Role::Dim));
    let path = pane.path().map(|path| path.shown()).unwrap_or_default();
    let mark = sign(FileSort::Name);
    let path = truncate_path(&path, columns.names.saturating_sub(width(mark) + 2)).into_owned();
    let used = canvas.text(Rect { width: cells(columns.names), ..area }, &path, title);
    canvas.text(shift(area, used + 1), mark, dim);
    let mut left = columns.names;
    let mut put = |wide: usize, text: String| {
        left += wide;
        let start = left.saturating_sub(width(&text));
        canvas.text(shift(area, cells(start)), &text, dim);
    };
    put(SIZE, format!("{}SIZE", sign(FileSort::Size)));
    if columns.mode {
        put(MODE, "MODE      ".to_owned());
    }
    if columns.owner {
        put(OWNER, "OWNER".to_owned());
    }
    if columns.time {
        put(TIME, format!("{}MODIFIED        ", sign(FileSort::Time)));
    }
}

fn draw_entry(entry: &FileEntry, is_cursor: bool, columns: Columns, area: Rect, canvas: &mut Canvas<'_>) {
    let tone = match entry.kind {
        FileKind::Folder => Tone::Accent,
        FileKind::File if entry.mode & 0o111 != 0 => Tone::Good,
        FileKind::File | FileKind::Link => Tone::Plain,
        FileKind::Pipe | FileKind::Socket | FileKind::Block | FileKind::Character => Tone::Warn,
    };
    let (name, dim) = (canvas.theme.tone(tone), canvas.style(Role::Dim));
    // The letter stands for the colour where there is none.
    let mark = match entry.kind {
        FileKind::Folder => "/",
        FileKind::File if entry.mode & 0o111 != 0 => "*",
        FileKind::File | FileKind::Link => "",
        FileKind::Pipe => "|",
        FileKind::Socket => "=",
        FileKind::Block | FileKind::Character => "#",
    };
    canvas.text(Rect { width: cells(columns.names), ..area }, &format!("{}{mark}", entry.title()), name);
    let time = moment(entry.modified, &canvas.theme.zone);
    let mut left = columns.names;
    let mut put = |wide: usize, text: &str| {
        left += wide;
        canvas.text(shift(area, cells(left.saturating_sub(width(text)))), text, dim);
    };
    let size = match (entry.kind, entry.size) {
        (FileKind::File, Some(size)) => compact_bytes(size),
        _ => "–".to_owned(),
    };
    put(SIZE, &size);
    if columns.mode {
        put(MODE, &entry.mode_text());
    }
    if columns.owner {
        put(OWNER, &format!("{}:{}", entry.user, entry.group));
    }
    if columns.time {
        put(TIME, &time);
    }
    if is_cursor {
        canvas.select(area);
    }
}

fn moment(seconds: i64, zone: &TimeZone) -> String {
    match jiff::Timestamp::from_second(seconds) {
        Ok(stamp) => stamp.to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M").to_string(),
        Err(_) => "–".to_owned(),
    }
}

/// How many there are, how they were read, and what is missing.
pub fn foot(app: &App) -> String {
    let pane = &app.detail().files;
    let Some(folder) = pane.folder().value() else { return String::new() };
    let key = |name: &str| app.keymap.key_text(name);
    let count = counted(folder.entries.len(), "entry", "entries");
    let count = match pane.filter() {
        Some(filter) => format!("{} of {count} match “{}”", pane.row_count(), filter.text()),
        None => count,
    };
    let through = match pane.root() {
        Some(FileRoot::Volume(_)) => "archive by a helper container",
        Some(FileRoot::Container(_)) | None => "archive",
    };
    match (folder.way, folder.extent) {
        (_, Extent::Crowded) => format!("the first {MOST_ENTRIES} entries: there are more"),
        (ListWay::Inside, _) => format!("{count} · listed by find inside"),
        (ListWay::Archive, Extent::Whole) => format!("{count} · read from its {through}"),
        (ListWay::Archive, Extent::Reading(bytes)) if !pane.is_halted() => {
            format!("{count} so far · reading its {through}: {} · Esc stops", long_bytes(bytes))
        }
        (ListWay::Archive, Extent::Reading(bytes) | Extent::Cut(bytes)) => {
            format!(
                "{count}, more may follow · {} of its {through} read · {} reads on",
                long_bytes(bytes),
                key("files.read-on")
            )
        }
    }
}

fn cells(columns: usize) -> u16 {
    u16::try_from(columns).unwrap_or(u16::MAX)
}
