//! The detail pane: its title with the tabs, the words at its foot, and the tab's own picture.

use super::log_pane::{counted, thousands};
use super::paint::{Canvas, Piece, shift};
use super::{
    files_pane, host_page, links_pane, log_pane, pane, platforms_pane, rows_pane, stats_pane, system_pane, tree,
};
use crate::app::App;
use crate::app::columns::Tone;
use crate::app::detail::rows::Rows;
use crate::app::detail::{Detail, Tab};
use crate::app::layout::Pane;
use crate::app::listing::Place;
use crate::app::prompt::{Prompt, Purpose};
use crate::app::view::{detail_tab_names, detail_title};
use crate::config::Role;
use crate::domain::text::compact_count;
use crate::domain::{ChangeKind, Failure};
use ratatui::layout::Rect;

pub fn draw(app: &App, area: Rect, canvas: &mut Canvas<'_>) {
    if area.is_empty() {
        return;
    }
    if app.place == Place::Hosts {
        return host_page::draw(app, area, canvas);
    }
    let host = app.host();
    if app.detail().subject().is_none() {
        pane::draw(canvas, area, app.focus == Pane::Detail, &[], &[]);
        return;
    }
    let tab = app.detail().tab(host.view);
    let foot = match (app.detail().search_error(), stale_because(app.detail(), tab)) {
        (Some(error), _) => vec![Piece::tone(canvas.theme, error, Tone::Warn)],
        (None, Some(failure)) => vec![Piece::tone(canvas.theme, failure.sentence.clone(), Tone::Warn)],
        (None, None) if tab == Tab::Logs => log_pane::foot(app, canvas),
        (None, None) if tab == Tab::Stats => stats_pane::foot(app, canvas),
        (None, None) => vec![Piece::role(canvas.theme, format!("{}{}", foot(app, tab), hits(app.detail())), Role::Dim)],
    };
    let foot = if foot.iter().all(|piece| piece.text.is_empty()) { Vec::new() } else { foot };
    let room = pane::draw(canvas, area, app.focus == Pane::Detail, &title(app, tab, canvas), &foot);
    match tab {
        Tab::Logs => log_pane::draw(app, room, canvas),
        Tab::Stats => stats_pane::draw(app, room, canvas),
        Tab::Top => rows_pane::top(app, room, canvas),
        Tab::Inspect => tree::draw(app, room, canvas),
        Tab::Env => rows_pane::env(app, room, canvas),
        Tab::Changes => rows_pane::changes(app, room, canvas),
        Tab::History => rows_pane::history(app, room, canvas),
        Tab::Platforms => platforms_pane::draw(app, room, canvas),
        Tab::Members => links_pane::members(app, room, canvas),
        Tab::Links => links_pane::links(app, room, canvas),
        Tab::Files => files_pane::draw(app, room, canvas),
        Tab::Items => system_pane::items(app, room, canvas),
        Tab::Engine => system_pane::engine(app, room, canvas),
        Tab::Plugins => system_pane::plugins(app, room, canvas),
    }
    draw_prompt(app, area, canvas);
}

fn title(app: &App, shown: Tab, canvas: &Canvas<'_>) -> Vec<Piece> {
    let mut pieces = vec![Piece::role(canvas.theme, detail_title(app), Role::Title)];
    for (index, tab) in detail_tab_names(app).iter().enumerate() {
        pieces.push(Piece::role(canvas.theme, if index == 0 { " ─ " } else { " · " }, Role::Dim));
        let style = if *tab == shown { canvas.theme.current() } else { canvas.style(Role::Dim) };
        pieces.push(Piece::new(tab.title(), style));
    }
    pieces
}

/// Why what is shown is old, where it is.
fn stale_because(detail: &Detail, tab: Tab) -> Option<&Failure> {
    match tab {
        Tab::Logs | Tab::Stats | Tab::Links | Tab::Items => None,
        Tab::Engine => detail.about.rows().value().and(detail.about.rows().failure()),
        Tab::Plugins => detail.plugins.rows().value().and(detail.plugins.rows().failure()),
        Tab::Top => detail.top.processes().value().and(detail.top.processes().failure()),
        Tab::Inspect => detail.inspect.tree().value().and(detail.inspect.tree().failure()),
        Tab::Env => detail.env.variables().value().and(detail.env.variables().failure()),
        Tab::Changes => detail.changes.rows().value().and(detail.changes.rows().failure()),
        Tab::History => detail.history.rows().value().and(detail.history.rows().failure()),
        Tab::Platforms => detail.platforms.rows().value().and(detail.platforms.rows().failure()),
        Tab::Members => detail.members.rows().value().and(detail.members.rows().failure()),
        Tab::Files => detail.files.folder().value().and(detail.files.folder().failure()),
    }
}

/// ` · 3 hits` of the search in a table.
fn hits(detail: &Detail) -> String {
    let look = detail.table().map(Rows::look).filter(|look| look.search().is_some());
    look.map(|look| format!(" · {}", counted(look.hit_count(), "hit", "hits"))).unwrap_or_default()
}

fn foot(app: &App, tab: Tab) -> String {
    let detail = app.detail();
    match tab {
        Tab::Logs | Tab::Stats => String::new(),
        Tab::Files => files_pane::foot(app),
        Tab::Top => {
            let arguments = detail.ps_arguments();
            let called = if arguments.is_empty() { String::new() } else { format!(" · ps {arguments}") };
            match detail.top.processes().value() {
                Some(_) => format!("{}{called}", counted(detail.top.row_count(), "process", "processes")),
                None => String::new(),
            }
        }
        Tab::Inspect => {
            let Some(tree) = detail.inspect.tree().value() else { return String::new() };
            // The path of the whole says nothing.
            let path = Some(tree.path()).filter(|path| path != ".");
            let hits = tree.search().map(|_| counted(tree.hit_count(), "hit", "hits"));
            path.into_iter().chain(hits).collect::<Vec<_>>().join(" · ")
        }
        Tab::Env => {
            let Some(variables) = detail.env.variables().value() else { return String::new() };
            let count = counted(variables.len(), "variable", "variables");
            let key = app.keymap.key_text("env.reveal");
            match (detail.env.secret_count(), detail.is_revealed()) {
                (0, _) => count,
                (secrets, true) => format!("{count} · {} shown", counted(secrets, "secret", "secrets")),
                (secrets, false) => format!("{count} · {} hidden ({key} shows)", counted(secrets, "secret", "secrets")),
            }
        }
        Tab::Changes => {
            let kinds =
                [(ChangeKind::Added, "added"), (ChangeKind::Modified, "changed"), (ChangeKind::Deleted, "deleted")];
            let counts = kinds.into_iter().map(|(kind, word)| (detail.changes.count(kind), word));
            let words: Vec<String> = counts
                .filter(|(count, _)| *count > 0)
                .map(|(count, word)| format!("{} {word}", thousands(count)))
                .collect();
            words.join(" · ")
        }
        Tab::History => match detail.history.rows().value() {
            Some(layers) => {
                format!("{} · {}", counted(layers.len(), "layer", "layers"), compact_count(detail.history.total_size()))
            }
            None => String::new(),
        },
        Tab::Platforms => platforms_pane::foot(app),
        Tab::Members => match detail.members.rows().value() {
            Some(members) => counted(members.len(), "running member", "running members"),
            None => String::new(),
        },
        Tab::Links => counted(detail.links.row_count(), "link", "links"),
        Tab::Items => counted(detail.items.row_count(), "item", "items"),
        Tab::Engine => String::new(),
        Tab::Plugins => counted(detail.plugins.row_count(), "plugin or driver", "plugins and drivers"),
    }
}

/// The line being typed, on the pane's lower border.
fn draw_prompt(app: &App, area: Rect, canvas: &mut Canvas<'_>) {
    let Some((prompt, label)) = app.prompt.as_ref().and_then(|prompt| Some((prompt, label(prompt)?))) else { return };
    let line = Rect { y: area.bottom() - 1, height: 1, width: area.width.saturating_sub(1), ..area };
    // Half of the line is left for what the foot says of the search.
    let line = shift(line, 1);
    let used = canvas.text(line, label, canvas.style(Role::Key));
    let room = shift(line, used);
    let room = Rect { width: room.width.min((line.width / 2).max(12)), ..room };
    let (text, column) = prompt.input.visible(usize::from(room.width).saturating_sub(1));
    canvas.fill(room, canvas.theme.text());
    canvas.text(room, text, canvas.style(Role::Accent));
    canvas.place_cursor(room, column);
}

fn label(prompt: &Prompt) -> Option<&'static str> {
    match prompt.purpose {
        Purpose::Filter => None,
        Purpose::Search => Some(" / "),
        Purpose::PsArguments => Some(" ps "),
    }
}
