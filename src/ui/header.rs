//! The first line: which host, whether it is live, its version, what runs on it, its load.

use super::paint::{Canvas, Piece, shift};
use crate::app::App;
use crate::app::columns::Tone;
use crate::app::columns::containers::percent;
use crate::app::host::{Host, Link};
use crate::app::tally::Tally;
use crate::config::Role;
use crate::domain::Endpoint;
use crate::domain::text::long_bytes;
use ratatui::layout::Rect;
use ratatui::style::Color;
use std::time::Duration;

pub fn draw(app: &App, area: Rect, canvas: &mut Canvas<'_>) {
    if area.is_empty() {
        return;
    }
    canvas.tint(area, canvas.style(Role::Header));
    let mut left = host(app, canvas);
    left.extend(counts(app.host(), canvas));
    left.extend(load(app.host(), canvas));
    let help = app.keymap.key_text("app.help");
    let right = if help.is_empty() {
        Vec::new()
    } else {
        vec![Piece::role(canvas.theme, help, Role::Key), Piece::role(canvas.theme, " help ", Role::Dim)]
    };
    let taken = canvas.pieces_right(area, &right);
    let room = Rect { width: area.width.saturating_sub(taken), ..area };
    canvas.pieces(shift(room, 1), &left);
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
        if endpoint.is_unverified() {
            pieces.push(Piece::tone(theme, "unverified ", Tone::Bad));
        }
    }
    if let Some(reason) = &host.read_only {
        let _ = reason;
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

/// What the containers whose stats are known use together, beside what the machine has.
fn load(host: &Host, canvas: &Canvas<'_>) -> Vec<Piece> {
    let Some(machine) = host.facts.as_ref().and_then(|facts| facts.machine.as_ref()) else { return Vec::new() };
    let Some(load) = host.tally.load.filter(|_| machine.cpus > 0) else { return Vec::new() };
    let cpu = load.cpu_percent / f64::from(machine.cpus);
    vec![
        Piece::role(canvas.theme, " │ ", Role::Dim),
        Piece::role(canvas.theme, format!("cpu {}  ", percent(cpu)), Role::Header),
        Piece::role(
            canvas.theme,
            format!("mem {} / {}", long_bytes(load.memory), long_bytes(machine.memory)),
            Role::Header,
        ),
    ]
}

fn milliseconds(span: Duration) -> String {
    let ms = span.as_secs_f64() * 1000.0;
    if ms < 1.0 { "<1 ms".to_owned() } else { format!("{ms:.0} ms") }
}

fn seconds(span: Duration) -> String {
    format!("{} s", span.as_secs())
}
