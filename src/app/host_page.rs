//! The page about the host under the cursor of the Hosts view: everything that is known of it, and how to reach it.

use super::App;
use super::columns::Tone;
use super::columns::containers::percent;
use super::columns::hosts::milliseconds;
use super::host::{Host, Link};
use super::host_row::{HostRow, HostState, seconds};
use crate::config::{KnownHost, Source};
use crate::domain::text::{age, long_bytes, wrapped};
use crate::domain::{Endpoint, EngineFacts, Failure};

/// A label and what stands behind it; a line without a label goes on with the one above.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub label: &'static str,
    pub text: String,
    pub tone: Tone,
}

/// Columns for the labels.
pub const LABELS: usize = 13;

/// The page, its texts broken to `columns`.
pub fn lines(app: &App, columns: usize) -> Vec<Line> {
    let Some((place, known)) = app.known_place() else { return Vec::new() };
    let row = HostRow::of(app, place, known);
    let mut page = Page { lines: Vec::new(), columns: columns.saturating_sub(LABELS).max(1) };
    state(app, &row, known, &mut page);
    if let Some(host) = app.hosts.get(&known.name) {
        tried(host, &mut page);
        engine(host, &row, &mut page);
    }
    profile(app, known, &mut page);
    page.lines
}

struct Page {
    lines: Vec<Line>,
    columns: usize,
}

impl Page {
    fn add(&mut self, label: &'static str, text: impl Into<String>, tone: Tone) {
        let texts = wrapped(&text.into(), self.columns);
        let labels = std::iter::once(label).chain(std::iter::repeat(""));
        self.lines.extend(texts.into_iter().zip(labels).map(|(text, label)| Line { label, text, tone }));
    }

    fn fact(&mut self, label: &'static str, text: &str) {
        if !text.is_empty() {
            self.add(label, text, Tone::Plain);
        }
    }

    fn gap(&mut self) {
        self.lines.push(Line { label: "", text: String::new(), tone: Tone::Plain });
    }
}

fn state(app: &App, row: &HostRow, known: &KnownHost, page: &mut Page) {
    page.add("State", format!("{} {}", row.state.sign(), row.state.words()), row.state.tone());
    if row.state == HostState::Idle {
        let key = app.keymap.key_text("host.switch");
        page.add("", format!("{key} connects to it and shows it."), Tone::Info);
    }
    if let Err(failure) = &known.endpoint {
        told(failure, page);
    }
    page.fact("Address", &row.address);
    let default = if known.is_default { "; the one that is shown at the start" } else { "" };
    let origin = if known.endpoint == Ok(Endpoint::Demo) {
        "the demo: it lives in this program's memory"
    } else {
        origin(known.source)
    };
    page.fact("Known from", &format!("{origin}{default}"));
}

fn origin(source: Source) -> &'static str {
    match source {
        Source::Profile => "a profile, [[hosts]] of the config file",
        Source::Flag => "the command line, for this run",
        Source::Variable => "DOCKER_HOST",
        Source::Context => "a Docker context",
        Source::Known => "a socket that engines are known to use",
        Source::SshConfig => "a Host entry of ~/.ssh/config; whether an engine runs there is seen when it is connected",
    }
}

fn told(failure: &Failure, page: &mut Page) {
    page.add("Why", failure.sentence.clone(), Tone::Bad);
    if let Some(hint) = &failure.hint {
        page.add("Remedy", hint.clone(), Tone::Info);
    }
}

/// Each address that was tried and why it failed, each remedy once.
fn tried(host: &Host, page: &mut Page) {
    let (Link::Connecting { tried, .. } | Link::Lost { tried, .. }) = &host.link else {
        if let Some(failure) = &host.containers.fresh.failure {
            told(failure, page);
        }
        return;
    };
    let mut remedies: Vec<&str> = Vec::new();
    for (endpoint, failure) in tried {
        let place = endpoint.to_string();
        // Most sentences name the place themselves.
        if failure.sentence.contains(place.trim_start_matches("unix://")) {
            page.add("Tried", failure.sentence.clone(), Tone::Bad);
        } else {
            page.add("Tried", place, Tone::Plain);
            page.add("", failure.sentence.clone(), Tone::Bad);
        }
        remedies.extend(failure.hint.as_deref().filter(|hint| !remedies.contains(hint)));
    }
    for remedy in remedies {
        page.add("Remedy", remedy, Tone::Info);
    }
}

fn engine(host: &Host, row: &HostRow, page: &mut Page) {
    page.gap();
    if let Some(facts) = &host.facts {
        page.fact("Engine", &format!("{} {} · API {}", facts.product, facts.version, facts.api));
        machine(facts, page);
    }
    let tone = if row.age.is_some() { Tone::Dim } else { Tone::Plain };
    if let Some(counts) = row.counts {
        let ago = row.age.map(|span| format!(", as it was {} ago", age(seconds(span)))).unwrap_or_default();
        let text = format!("{} up · {} down · {} unhealthy{ago}", counts.up, counts.down, counts.unhealthy);
        page.add("Containers", text, tone);
    }
    if let Some(load) = row.load {
        let cpu = load.cpu_percent / f64::from(row.cpus.max(1));
        let (known, up) = (host.usage.all_latest().count(), host.tally.up);
        let of = if known < up { format!(", of {known} of {up} containers so far") } else { String::new() };
        let text = format!("{} CPU · {} memory{of}", percent(cpu), long_bytes(load.memory));
        page.add("Load", text, tone);
    }
    if let Some(span) = row.round_trip {
        page.add("Round trip", milliseconds(span), tone);
    }
    let jobs = host.jobs.running().len();
    if jobs > 0 {
        page.add("Jobs", format!("{jobs} under way"), Tone::Info);
    }
}

fn machine(facts: &EngineFacts, page: &mut Page) {
    if let Some(machine) = &facts.machine {
        page.fact("Machine", &machine.name);
        page.fact("System", &join(&[&machine.system, &machine.kernel, &facts.platform]));
        let cores = if machine.cpus == 1 { "1 CPU".to_owned() } else { format!("{} CPUs", machine.cpus) };
        page.fact("Has", &format!("{cores} · {} memory", long_bytes(machine.memory)));
        page.fact("Storage", &machine.storage_driver);
        for warning in &machine.warnings {
            page.add("Warns", &**warning, Tone::Warn);
        }
    }
}

fn join(parts: &[&str]) -> String {
    parts.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(" · ")
}

fn profile(app: &App, known: &KnownHost, page: &mut Page) {
    page.gap();
    if let Some(profile) = &known.profile {
        let mut rules = Vec::new();
        if profile.read_only {
            rules.push("read-only: no changing call is sent");
        }
        if profile.confirm == crate::config::Confirm::Name {
            rules.push("its name is typed to confirm what destroys");
        }
        page.fact("Rules", &rules.join("; "));
        page.fact("Colour", &profile.color.map(|color| color.to_string()).unwrap_or_default());
    }
    if app.read_only && known.profile.as_ref().is_none_or(|profile| !profile.read_only) {
        page.fact("Rules", "read-only for this run");
    }
    page.add("By hand", command(known), Tone::Dim);
}

/// What reaches it from a shell.
pub fn command(known: &KnownHost) -> String {
    match (&known.endpoint, known.source) {
        (Ok(Endpoint::Demo), _) => "dockerui-tui --demo".to_owned(),
        (Ok(_), Source::Context) => format!("docker --context {} ps", known.name),
        (Ok(endpoint @ (Endpoint::Unix(_) | Endpoint::Tcp { .. } | Endpoint::Ssh { .. })), _) => {
            format!("docker -H {endpoint} ps")
        }
        (Ok(Endpoint::Tls { .. }), Source::Profile) | (Err(_), _) => format!("dockerui-tui check {}", known.name),
        (Ok(Endpoint::Tls { host, port, .. }), _) => format!("docker --tlsverify -H tcp://{host}:{port} ps"),
    }
}
