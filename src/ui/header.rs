//! The first line: which host, whether it is live, its version, what runs on it, its load.

use super::paint::{Canvas, Piece, shift};
use crate::app::App;
use crate::app::columns::Tone;
use crate::app::columns::containers::percent;
use crate::app::host::{Host, Link};
use crate::app::tally::{Load, Tally};
use crate::config::Role;
use crate::domain::text::{long_bytes, width};
use crate::domain::{Endpoint, Machine};
use ratatui::layout::Rect;
use ratatui::style::Color;
use std::time::Duration;

pub fn draw(app: &App, area: Rect, canvas: &mut Canvas<'_>) {
    if area.is_empty() {
        return;
    }
    canvas.tint(area, canvas.style(Role::Header));
    let help = app.keymap.key_text("app.help");
    let right = if help.is_empty() {
        Vec::new()
    } else {
        vec![Piece::role(canvas.theme, help, Role::Key), Piece::role(canvas.theme, " help ", Role::Dim)]
    };
    let taken = canvas.pieces_right(area, &right);
    let room = Rect { width: area.width.saturating_sub(taken), ..area };
    let mut room = shift(room, 1);
    let used = canvas.pieces(room, &host(app, canvas));
    room = shift(room, used);
    // What does not fit is left out as a whole: half a figure says something else.
    for group in [counts(app.host(), canvas), cpu(app.host(), canvas), memory(app.host(), canvas)] {
        let wanted: usize = group.iter().map(|piece| width(&piece.text)).sum();
        if wanted > usize::from(room.width) {
            break;
        }
        let used = canvas.pieces(room, &group);
        room = shift(room, used);
    }
}

fn host(app: &App, canvas: &Canvas<'_>) -> Vec<Piece> {
    let host = app.host();
    let theme = canvas.theme;
    let (sign, words, tone) = match &host.link {
        Link::Connecting { since, .. } => ("◌", format!("connecting {}", seconds(app.now.since(*since))), Tone::Warn),
        Link::Live => ("●", String::new(), Tone::Good),
        Link::Lost { since, .. } => {
            let word = if host.is_unknown() { "no engine" } else { "lost" };
            ("✗", format!("{word} {}", seconds(app.now.since(*since))), Tone::Bad)
        }
    };
    let mut name = theme.style(Role::Title);
    if let Some(color) = host.color.as_deref().and_then(|color| color.parse::<Color>().ok()) {
        name = name.fg(color);
    }
    let title = if host.is_demo() { "DEMO".to_owned() } else { host.id.to_string() };
    let mut pieces = vec![Piece::new(title, name), Piece::tone(theme, format!(" {sign} "), tone)];
    let endpoint = host.endpoint.as_ref().or(host.endpoints.first());
    if let Some(endpoint) = endpoint {
        pieces.push(Piece::role(theme, format!("{} ", endpoint.scheme()), Role::Dim));
        if endpoint.is_plain_remote() {
            pieces.push(Piece::tone(theme, "unencrypted ", Tone::Bad));
        }
    }
    if host.read_only.is_some() {
        pieces.push(Piece::tone(theme, "read-only ", Tone::Warn));
    }
    if words.is_empty() {
        pieces.extend(engine(host, canvas));
    } else {
        pieces.push(Piece::tone(theme, format!(" {words}"), tone));
    }
    pieces
}

fn engine(host: &Host, canvas: &Canvas<'_>) -> Vec<Piece> {
    let mut words = String::from(" ");
    if let Some(facts) = &host.facts {
        words.push_str(&format!("{} {} · API {}", facts.product, facts.version, facts.api));
    }
    if let (Some(round_trip), false) = (host.round_trip, host.endpoint == Some(Endpoint::Demo)) {
        words.push_str(&format!(" · {}", milliseconds(round_trip)));
    }
    vec![Piece::role(canvas.theme, words, Role::Header)]
}

/// `12 up  3 down  1 unhealthy`
fn counts(host: &Host, canvas: &Canvas<'_>) -> Vec<Piece> {
    if host.containers.at.is_none() {
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

/// What the containers whose stats are known use together, as a share of the machine.
fn cpu(host: &Host, canvas: &Canvas<'_>) -> Vec<Piece> {
    let Some((load, machine)) = load(host) else { return Vec::new() };
    let share = percent(load.cpu_percent / f64::from(machine.cpus));
    vec![Piece::role(canvas.theme, " │ ", Role::Dim), Piece::role(canvas.theme, format!("cpu {share}"), Role::Header)]
}

/// Their memory, beside what the machine has.
fn memory(host: &Host, canvas: &Canvas<'_>) -> Vec<Piece> {
    let Some((load, machine)) = load(host) else { return Vec::new() };
    let words = format!("  mem {} / {}", long_bytes(load.memory), long_bytes(machine.memory));
    vec![Piece::role(canvas.theme, words, Role::Header)]
}

fn load(host: &Host) -> Option<(Load, &Machine)> {
    let machine = host.facts.as_ref()?.machine.as_ref()?;
    Some((host.tally.load.filter(|_| machine.cpus > 0)?, machine))
}

fn milliseconds(span: Duration) -> String {
    let ms = span.as_secs_f64() * 1000.0;
    if ms < 1.0 { "<1 ms".to_owned() } else { format!("{ms:.0} ms") }
}

fn seconds(span: Duration) -> String {
    format!("{} s", span.as_secs())
}
