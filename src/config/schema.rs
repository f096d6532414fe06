//! What a config file may say: each key once, with what it allows.

use super::read::{self, Reader, Section};
use super::thresholds::ThresholdsLayer;
use super::{ColorSpec, Confirm, HighlightRule, HostProfile, Layer, Period, StyleSpec, keys};
use crate::domain::{RegistryName, RegistryProfile, TlsFiles};
use std::path::PathBuf;

/// Reads the whole file.
pub fn layer(reader: &mut Reader<'_>, mut top: Section<'_>) -> Layer {
    let name = |value: &read::Value<'_>| read::text(value).map(|name| Some(name).filter(|name| !name.is_empty()));
    let mut layer = Layer {
        default_host: reader.take(&mut top, "default_host", name),
        theme: reader.take(&mut top, "theme", read::text),
        keys_preset: reader.take(&mut top, "keys_preset", read::parsed),
        poll_interval: reader.take(&mut top, "poll_interval", |value| period(value, 1, 3_600)),
        mouse: reader.take(&mut top, "mouse", read::boolean),
        show_all: reader.take(&mut top, "show_all", read::boolean),
        default_sort: reader.take(&mut top, "default_sort", read::parsed),
        ..Layer::default()
    };

    let mut columns = reader.table(&mut top, "columns");
    layer.columns = reader.take(&mut columns, "containers", |value| {
        let columns = read::list(value, read::parsed)?;
        if columns.is_empty() { Err("must name at least one column".into()) } else { Ok(columns) }
    });
    reader.close(columns);

    let mut logs = reader.table(&mut top, "logs");
    layer.log_tail = reader.take(&mut logs, "tail", |value| read::integer(value, 0..10_000_001));
    layer.log_memory = reader.take(&mut logs, "memory", read::parsed);
    layer.log_timestamps = reader.take(&mut logs, "timestamps", read::boolean);
    layer.log_wrap = reader.take(&mut logs, "wrap", read::boolean);
    layer.log_json_fields = reader.take(&mut logs, "json_fields", |value| {
        let fields = read::list(value, filled)?;
        if fields.is_empty() { Err("must name at least one field, or \"*\" for all".into()) } else { Ok(fields) }
    });
    layer.log_highlight = highlight(reader, &mut logs);
    reader.close(logs);

    let mut stats = reader.table(&mut top, "stats");
    layer.stats_interval = reader.take(&mut stats, "interval", |value| period(value, 1, 3_600));
    layer.stats_history = reader.take(&mut stats, "history", |value| period(value, 10, 86_400));
    let thresholds = reader.table(&mut stats, "thresholds");
    layer.thresholds = ThresholdsLayer::read(reader, thresholds);
    reader.close(stats);

    let mut console = reader.table(&mut top, "console");
    layer.console_scrollback = reader.take(&mut console, "scrollback", |value| read::integer(value, 0..100_001));
    reader.close(console);

    let keys = reader.table(&mut top, "keys");
    layer.keys = (!keys.is_absent()).then(|| keys::overrides(reader, keys));
    layer.hosts = hosts(reader, &mut top);
    layer.registries = registries(reader, &mut top);
    reader.close(top);
    layer
}

/// A time between two numbers of seconds, both allowed.
fn period(value: &read::Value<'_>, least: u64, most: u64) -> Result<Period, read::Wrong> {
    let (least, most) = (Period::from_secs(least), Period::from_secs(most));
    let period: Period = read::parsed(value)?;
    if (least..=most).contains(&period) {
        Ok(period)
    } else {
        Err(format!("must be from \"{least}\" to \"{most}\"").into())
    }
}

fn filled(value: &read::Value<'_>) -> Result<String, read::Wrong> {
    read::text(value).and_then(|text| if text.is_empty() { Err("must not be empty".into()) } else { Ok(text) })
}

fn highlight(reader: &mut Reader<'_>, logs: &mut Section<'_>) -> Option<Vec<HighlightRule>> {
    let mut rules = Vec::new();
    for (span, mut section) in reader.tables(logs, "highlight") {
        if !section.has("pattern") {
            reader.report(&span, "This rule has no “pattern”.");
        }
        let pattern = reader.take(&mut section, "pattern", |value| {
            let regex = regex::bytes::Regex::new(&read::text(value)?);
            regex.map_err(|error| {
                let told = error.to_string();
                let reason = told.lines().last().unwrap_or_default().trim();
                let reason = reason.strip_prefix("error: ").unwrap_or(reason);
                format!("must be a regular expression: {reason}").into()
            })
        });
        let mut on = |key| reader.take(&mut section, key, read::boolean).unwrap_or_default();
        let (bold, dim, italic) = (on("bold"), on("dim"), on("italic"));
        let (underline, reverse, whole_line) = (on("underline"), on("reverse"), on("line"));
        let fg = reader.take(&mut section, "color", read::parsed);
        let bg = reader.take(&mut section, "background", read::parsed);
        let style = StyleSpec { fg, bg, bold, dim, italic, reverse, underline };
        let says_nothing = style == StyleSpec::default() && !section.has("color") && !section.has("background");
        if says_nothing {
            reader.report(&span, "This rule shows nothing: give it a “color”, or “bold = true”.");
        }
        reader.close(section);
        rules.extend(pattern.map(|pattern| HighlightRule { pattern, style, whole_line }));
    }
    (!rules.is_empty()).then_some(rules)
}

fn hosts(reader: &mut Reader<'_>, top: &mut Section<'_>) -> Option<Vec<HostProfile>> {
    let mut hosts: Vec<HostProfile> = Vec::new();
    for (span, section) in reader.tables(top, "hosts") {
        let Some(profile) = host(reader, &span, section) else { continue };
        if hosts.iter().any(|other| other.name == profile.name) {
            reader.report(&span, format!("There are two hosts called “{}”: names must differ.", profile.name));
        }
        hosts.push(profile);
    }
    (!hosts.is_empty()).then_some(hosts)
}

fn registries(reader: &mut Reader<'_>, top: &mut Section<'_>) -> Option<Vec<RegistryProfile>> {
    let mut registries: Vec<RegistryProfile> = Vec::new();
    for (span, mut section) in reader.tables(top, "registries") {
        if !section.has("name") {
            reader.report(&span, "This registry has no “name”.");
        }
        let name = reader.take(&mut section, "name", |value| {
            let text = read::text(value)?;
            RegistryName::parse(&text).map_err(|_| "must be a host, with :port if it has one".into())
        });
        let insecure = reader.take(&mut section, "insecure", read::boolean).unwrap_or_default();
        let ca = reader.take(&mut section, "ca", |value| filled(value).map(PathBuf::from));
        reader.close(section);
        let Some(name) = name else { continue };
        if registries.iter().any(|other| other.name == name) {
            reader.report(&span, format!("The registry “{name}” is there twice: names must differ."));
        }
        registries.push(RegistryProfile { name, insecure, ca });
    }
    (!registries.is_empty()).then_some(registries)
}

fn host(reader: &mut Reader<'_>, span: &std::ops::Range<usize>, mut section: Section<'_>) -> Option<HostProfile> {
    for required in ["name", "url"] {
        if !section.has(required) {
            reader.report(span, format!("This host has no “{required}”."));
        }
    }
    let name = reader.take(&mut section, "name", filled);
    let url = reader.take(&mut section, "url", filled);
    let color: Option<ColorSpec> = reader.take(&mut section, "color", read::parsed);
    let read_only = reader.take(&mut section, "read_only", read::boolean).unwrap_or_default();
    let confirm: Confirm = reader.take(&mut section, "confirm", read::parsed).unwrap_or_default();
    let tls = reader.table(&mut section, "tls");
    let tls = if tls.is_absent() { None } else { Some(tls_files(reader, tls)) };
    reader.close(section);
    Some(HostProfile { name: name?, url: url?, color, read_only, confirm, tls })
}

fn tls_files(reader: &mut Reader<'_>, mut section: Section<'_>) -> TlsFiles {
    let path = |value: &read::Value<'_>| read::text(value).map(PathBuf::from);
    let tls = TlsFiles {
        ca: reader.take(&mut section, "ca", path),
        cert: reader.take(&mut section, "cert", path),
        key: reader.take(&mut section, "key", path),
    };
    reader.close(section);
    tls
}
