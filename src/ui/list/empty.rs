//! What a list shows that has no rows: why, and what to do next.

use crate::app::App;
use crate::app::columns::Tone;
use crate::app::commands;
use crate::app::host::{Host, Link};
use crate::app::listing::Place;
use crate::domain::text::wrapped;
use crate::domain::{Endpoint, Failure};
use crate::ui::paint::{Canvas, row, shift};
use ratatui::layout::Rect;

pub fn draw(app: &App, room: Rect, canvas: &mut Canvas<'_>) {
    let room = shift(room, 2);
    let width = usize::from(room.width).saturating_sub(1);
    let lines: Vec<Line> = lines(app)
        .into_iter()
        .flat_map(|(text, tone)| wrapped(&text, width).into_iter().map(move |line| (line, tone)))
        .collect();
    let top = usize::from(room.height).saturating_sub(lines.len()) / 3;
    for (index, (text, tone)) in lines.iter().enumerate() {
        let style = canvas.theme.tone(*tone);
        canvas.text(row(room, top + index), text, style);
    }
}

type Line = (String, Tone);

fn lines(app: &App) -> Vec<Line> {
    match app.place {
        Place::Host => {}
        Place::Hosts => return hosts(app),
        Place::Everywhere => return everywhere(app),
    }
    let host = app.host();
    if let Some(failure) = &host.unusable {
        let mut lines = vec![(format!("There is no way to {}: {}", host.id, failure.sentence), Tone::Bad)];
        lines.extend(failure.hint.clone().map(|hint| (hint, Tone::Info)));
        return lines;
    }
    match &host.link {
        Link::Connecting { since, tried } => {
            let waited = app.now.since(*since).as_secs();
            let place = host.endpoints.first().map(ToString::to_string).unwrap_or_default();
            let whom = if place == host.id.as_str() { place } else { format!("{} at {place}", host.id) };
            let mut lines = vec![(format!("Connecting to {whom} … {waited} s"), Tone::Plain)];
            lines.extend(failures(tried));
            lines.extend(demo_hint(app));
            lines
        }
        Link::Lost { tried, retry_at, .. } => {
            let mut lines = vec![(format!("No engine answers for {}.", host.id), Tone::Bad), blank()];
            lines.extend(failures(tried));
            lines.push(blank());
            let key = app.keymap.key_text("app.refresh");
            if host.login_needed().is_some() {
                let login = app.keymap.key_text("host.login");
                lines
                    .push((format!("{login} leaves the screen for ssh to ask, and comes back logged in."), Tone::Info));
            }
            lines.push(match retry_at {
                Some(at) => (format!("Trying again in {} s; {key} tries now.", at.since(app.now).as_secs()), Tone::Dim),
                None => (format!("Not trying again by itself; {key} tries now."), Tone::Dim),
            });
            lines.extend(demo_hint(app));
            lines
        }
        Link::Live => live(app, host),
    }
}

fn hosts(app: &App) -> Vec<Line> {
    let filter = &app.list().filter;
    vec![
        (format!("None of {} hosts match “{filter}”.", app.roster.len()), Tone::Plain),
        (format!("{} clears the filter.", app.keymap.key_text("app.clear")), Tone::Dim),
    ]
}

fn everywhere(app: &App) -> Vec<Line> {
    let total: usize = app.hosts.iter().map(|host| host.containers.rows.len()).sum();
    let key = |name: &str| app.keymap.key_text(name);
    let filter = &app.list().filter;
    if total > 0 && !filter.is_empty() {
        return vec![
            (format!("None of {total} containers on all hosts match “{filter}”."), Tone::Plain),
            (format!("{} clears the filter.", key("app.clear")), Tone::Dim),
        ];
    }
    if total > 0 {
        return vec![
            (format!("None of {total} containers on all hosts runs."), Tone::Plain),
            (format!("{} shows them all.", key("list.toggle-all")), Tone::Dim),
        ];
    }
    let live = app.hosts.iter().filter(|host| host.is_live()).count();
    vec![
        (format!("There are no containers on any of {live} connected hosts."), Tone::Plain),
        (format!("{} shows all hosts, and what is wrong with those that do not answer.", key("view.hosts")), Tone::Dim),
    ]
}

fn blank() -> Line {
    (String::new(), Tone::Plain)
}

fn live(app: &App, host: &Host) -> Vec<Line> {
    let fresh = host.freshness(host.view);
    let total = host.row_count(host.view);
    let key = |name: &str| app.keymap.key_text(name);
    if let Some(failure) = &fresh.failure {
        let mut lines = vec![(format!("The {} cannot be read: {}", host.view.plural(), failure.sentence), Tone::Bad)];
        lines.extend(failure.hint.clone().map(|hint| (hint, Tone::Plain)));
        return lines;
    }
    if fresh.at.is_none() {
        let waited = fresh.waiting_since.map_or(0, |since| app.now.since(since).as_secs());
        let told = if waited > 0 { format!(" {waited} s") } else { String::new() };
        return vec![(format!("Reading the {} …{told}", host.view.plural()), Tone::Dim)];
    }
    if total > 0 && !host.list().filter.is_empty() {
        return vec![
            (format!("None of {total} {} match “{}”.", host.view.plural(), host.list().filter), Tone::Plain),
            (format!("{} clears the filter.", key("app.clear")), Tone::Dim),
        ];
    }
    if total > 0 {
        return vec![
            (format!("None of {total} containers runs."), Tone::Plain),
            (format!("{} shows them all.", key("list.toggle-all")), Tone::Dim),
        ];
    }
    let mut lines = vec![(format!("There are no {} on {}.", host.view.plural(), host.id), Tone::Plain)];
    let is_possible = |name: &str| commands::find(name).is_some_and(|command| command.readiness(app).is_ok());
    if let Some((command, does)) = host.view.remedy().filter(|(command, _)| is_possible(command)) {
        lines.push((format!("{} {does}.", key(command)), Tone::Dim));
    }
    lines
}

/// Each endpoint that was tried and why it failed, then each remedy once.
fn failures(tried: &[(Endpoint, Failure)]) -> Vec<Line> {
    let reason = |(endpoint, failure): &(Endpoint, Failure)| {
        let place = endpoint.to_string();
        let told = place.trim_start_matches("unix://");
        let text = match failure.sentence.contains(told) {
            true => format!("✗ {}", failure.sentence),
            false => format!("✗ {place}: {}", failure.sentence),
        };
        (text, Tone::Plain)
    };
    let mut lines: Vec<Line> = tried.iter().map(reason).collect();
    let mut remedies: Vec<Line> = Vec::new();
    for remedy in tried.iter().filter_map(|(_, failure)| failure.hint.as_ref()) {
        if !remedies.iter().any(|(known, _)| known == remedy) {
            remedies.push((remedy.clone(), Tone::Info));
        }
    }
    lines.extend(remedies);
    lines
}

fn demo_hint(app: &App) -> Option<Line> {
    let key = app.keymap.key_text("app.demo");
    let is_offered = !key.is_empty() && crate::app::command::overlay::can_show_demo(app).is_ok();
    is_offered.then(|| (format!("{key} shows a demo without any engine."), Tone::Dim))
}
