//! The first line: which host, whether it is live, its version, what runs on it, its load.

use super::paint::{Canvas, Piece, shift, total};
use crate::app::App;
use crate::app::columns::Tone;
use crate::app::columns::containers::percent;
use crate::app::columns::hosts::milliseconds;
use crate::app::commands;
use crate::app::dialog::click::Spot;
use crate::app::host::{Host, Link};
use crate::app::tally::Tally;
use crate::config::Role;
use crate::domain::Endpoint;
use crate::domain::text::{clean, compact_bytes, long_bytes, truncate, truncate_path, width};
use ratatui::layout::Rect;
use ratatui::style::Color;
use std::time::Duration;

pub fn draw(app: &App, area: Rect, canvas: &mut Canvas<'_>) {
    if area.is_empty() {
        return;
    }
    canvas.tint(area, canvas.style(Role::Header));
    let help = app.keymap.key_text("app.help");
    let is_narrow = area.width < NARROW && link(app.host(), app).1.is_some();
    let right = if help.is_empty() || is_narrow {
        Vec::new()
    } else {
        vec![Piece::role(canvas.theme, help, Role::Key), Piece::role(canvas.theme, " help ", Role::Dim)]
    };
    let taken = canvas.pieces_right(area, &right);
    if let Some(command) = commands::find("app.help") {
        canvas.spot(shift(area, area.width.saturating_sub(taken)), Spot::Command(command));
    }
    // One column stays free between the two.
    let room = shift(Rect { width: area.width.saturating_sub(taken + 1), ..area }, 1);
    canvas.pieces(room, &left(app, canvas, usize::from(room.width)));
}

/// Below this width, the key of the help gives way to what is wrong with the line to the host.
const NARROW: u16 = 40;
/// Columns of a host's name that stay beside that.
const NAME: usize = 3;

/// Columns that a socket's path gets at least where it is the host's name: its end is what tells sockets apart.
const PATH: usize = 16;
/// And an address elsewhere, which begins with who and where.
const ADDRESS: usize = 30;

/// How much of it is told, the fullest first. The name and the counts stay longest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Detail {
    All,
    /// Without what the machine has.
    Load,
    /// Without the API's version and the packager's additions to the engine's.
    Version,
    /// Without the engine's version.
    RoundTrip,
    /// Without the round trip.
    Figures,
    Counts,
}

/// As much as there is room for, in whole groups: half a figure says something else.
fn left(app: &App, canvas: &Canvas<'_>, columns: usize) -> Vec<Piece> {
    let told = |detail: Detail| {
        let mut pieces = vec![name(app, canvas)];
        pieces.extend(host(app, canvas, detail));
        pieces.extend(counts(app.host(), canvas));
        pieces.extend(load(app.host(), canvas, detail));
        fitted(pieces, columns)
    };
    [Detail::All, Detail::Load, Detail::Version, Detail::RoundTrip, Detail::Figures, Detail::Counts]
        .into_iter()
        .find_map(told)
        .unwrap_or_else(|| shortest(app, canvas, columns))
}

/// The host alone; where there is no room for all that is wrong with it, the name gives way.
fn shortest(app: &App, canvas: &Canvas<'_>, columns: usize) -> Vec<Piece> {
    let pieces: Vec<Piece> = [name(app, canvas)].into_iter().chain(host(app, canvas, Detail::Counts)).collect();
    let Some(told) = trouble(app, canvas).filter(|_| total(&pieces) > columns) else { return pieces };
    let mut first = name(app, canvas);
    let room = columns.saturating_sub(width(&told.text) + 1).max(NAME);
    first.text = format!("{} ", truncate(&clean(&first.text), room));
    vec![first, told]
}

/// What is wrong with the line to the host, if anything: `✗ lost 3 s`.
pub fn trouble(app: &App, canvas: &Canvas<'_>) -> Option<Piece> {
    let (sign, words, tone) = link(app.host(), app);
    words.map(|words| Piece::tone(canvas.theme, format!("{sign} {words}"), tone))
}

/// How the line to a host is: its sign, and in words what is wrong with it.
fn link(host: &Host, app: &App) -> (&'static str, Option<String>, Tone) {
    match &host.link {
        Link::Connecting { since, .. } if !host.is_unknown() => {
            ("◌", Some(format!("lost {}", seconds(app.now.since(*since)))), Tone::Bad)
        }
        Link::Connecting { since, .. } => {
            ("◌", Some(format!("connecting {}", seconds(app.now.since(*since)))), Tone::Warn)
        }
        Link::Live => match host.silent_since {
            Some(since) => ("◌", Some(format!("no answer for {}", seconds(app.now.since(since)))), Tone::Warn),
            None => ("●", None, Tone::Good),
        },
        Link::Lost { .. } if host.login_needed().is_some() => {
            ("✗", Some(format!("{} logs in", app.keymap.key_text("host.login"))), Tone::Bad)
        }
        Link::Lost { since, .. } => {
            let word = if host.is_unknown() { "no engine" } else { "lost" };
            ("✗", Some(format!("{word} {}", seconds(app.now.since(*since)))), Tone::Bad)
        }
    }
}

/// The pieces, of which the first is cut where it is an address; `None` where there is no room all the same.
fn fitted(mut pieces: Vec<Piece>, columns: usize) -> Option<Vec<Piece>> {
    let taken: usize = pieces.iter().map(|piece| width(&clean(&piece.text))).sum();
    if taken <= columns {
        return Some(pieces);
    }
    let first = pieces.first_mut()?;
    let room = (columns + width(&clean(&first.text))).checked_sub(taken)?;
    let cut = match first.text.split_once("://")? {
        ("unix", path) => truncate_path(path, Some(room).filter(|room| *room >= PATH)?).into_owned(),
        (_, place) => truncate(place, Some(room).filter(|room| *room >= ADDRESS)?).into_owned(),
    };
    first.text = cut;
    Some(pieces)
}

/// The host's name in its colour.
fn name(app: &App, canvas: &Canvas<'_>) -> Piece {
    let host = app.host();
    let mut style = canvas.theme.style(Role::Title);
    if let Some(color) = host.color.and_then(|color| color.to_string().parse::<Color>().ok()) {
        style = style.fg(color);
    }
    let is_demo = host.id.as_str() == "demo" && host.is_demo();
    Piece::new(if is_demo { "DEMO".to_owned() } else { host.id.to_string() }, style)
}

fn host(app: &App, canvas: &Canvas<'_>, detail: Detail) -> Vec<Piece> {
    let host = app.host();
    let theme = canvas.theme;
    let (sign, words, tone) = link(host, app);
    let mut pieces = vec![Piece::tone(theme, format!(" {sign} "), tone)];
    let endpoint = host.endpoint.as_ref().or(host.endpoints.first());
    if let Some(endpoint) = endpoint {
        // A host that is called by its address says it already.
        if !host.id.as_str().contains("://") {
            pieces.push(Piece::role(theme, format!("{} ", endpoint.scheme()), Role::Dim));
        }
        if endpoint.is_plain_remote() {
            pieces.push(Piece::tone(theme, "unencrypted ", Tone::Bad));
        }
        if endpoint.is_unverified() {
            pieces.push(Piece::tone(theme, "unverified ", Tone::Bad));
        }
    }
    if host.read_only.is_some() {
        pieces.push(Piece::tone(theme, "read-only ", Tone::Warn));
    }
    match words {
        None => pieces.extend(engine(host, canvas, detail)),
        Some(words) => pieces.push(Piece::tone(theme, format!(" {words}"), tone)),
    }
    pieces
}

fn engine(host: &Host, canvas: &Canvas<'_>, detail: Detail) -> Vec<Piece> {
    let mut words: Vec<String> = Vec::new();
    if let Some(facts) = host.facts.as_ref().filter(|_| detail < Detail::RoundTrip) {
        // `20.10.24+dfsg1`: what a distribution added tells little.
        let version = facts.version.split('+').next().filter(|_| detail == Detail::Version).unwrap_or(&facts.version);
        words.push(format!("{} {version}", facts.product));
        words.extend((detail < Detail::Version).then(|| format!("API {}", facts.api)));
    }
    if let (Some(round_trip), false) = (host.line.or(host.round_trip), host.endpoint == Some(Endpoint::Demo)) {
        words.extend((detail < Detail::Figures).then(|| milliseconds(round_trip)));
    }
    if words.is_empty() {
        return Vec::new();
    }
    vec![Piece::role(canvas.theme, format!(" {}", words.join(" · ")), Role::Header)]
}

/// `12 up  3 down  1 unhealthy`
fn counts(host: &Host, canvas: &Canvas<'_>) -> Vec<Piece> {
    if host.containers.fresh.at.is_none() {
        return Vec::new();
    }
    let Tally { up, down, unhealthy, .. } = host.tally;
    let mut pieces = vec![
        Piece::role(canvas.theme, " │ ", Role::Dim),
        Piece::tone(canvas.theme, format!("{up} up"), if up > 0 { Tone::Good } else { Tone::Dim }),
        Piece::role(canvas.theme, format!("  {} down", down), Role::Dim),
    ];
    if unhealthy > 0 {
        pieces.push(Piece::tone(canvas.theme, format!("  {unhealthy} unhealthy"), Tone::Bad));
    }
    pieces
}

/// What the containers whose stats are known use together, beside what the machine has.
fn load(host: &Host, canvas: &Canvas<'_>, detail: Detail) -> Vec<Piece> {
    let Some(machine) = host.facts.as_ref().and_then(|facts| facts.machine.as_ref()) else { return Vec::new() };
    let Some(load) = host.tally.load.filter(|_| machine.cpus > 0 && detail < Detail::Counts) else { return Vec::new() };
    let cpu = load.cpu_percent / f64::from(machine.cpus);
    let memory = match detail {
        Detail::All => format!("{} / {}", long_bytes(load.memory), long_bytes(machine.memory)),
        Detail::Load | Detail::Version | Detail::RoundTrip | Detail::Figures | Detail::Counts => {
            compact_bytes(load.memory)
        }
    };
    vec![
        Piece::role(canvas.theme, " │ ", Role::Dim),
        Piece::role(canvas.theme, format!("cpu {}  mem {memory}", percent(cpu)), Role::Header),
    ]
}

fn seconds(span: Duration) -> String {
    format!("{} s", span.as_secs())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str, columns: usize) -> Option<String> {
        let style = ratatui::style::Style::default();
        let pieces = vec![Piece::new(text, style), Piece::new(" ● 20.10", style)];
        fitted(pieces, columns).map(|pieces| pieces.into_iter().map(|piece| piece.text).collect())
    }

    #[test]
    fn an_address_is_cut_before_what_stands_behind_it() {
        let path = "unix:///tmp/engines/docker/docker.sock";
        assert_eq!(cut(path, 80).unwrap(), format!("{path} ● 20.10"));
        assert_eq!(cut(path, 36).unwrap(), "…/engines/docker/docker.sock ● 20.10");
        assert_eq!(cut(path, 20), None, "too little of it would be left");
        let far = "ssh://deploy@eu-1.example.com:2222/run/user/1000/docker.sock";
        assert_eq!(cut(far, 40).unwrap(), "deploy@eu-1.example.com:2222/ru… ● 20.10");
        assert_eq!(cut(far, 36), None);
        assert_eq!(cut("a-name-of-its-own", 20), None);
    }
}
