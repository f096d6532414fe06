//! The rules of the code, read from the code: who may name whom, what may stand where.

use regex::Regex;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

/// A module and those of ours it may name.
const MAY_NAME: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("config", &["domain"]),
    ("engine", &["domain"]),
    ("demo", &["domain"]),
    ("app", &["domain", "config"]),
    ("ui", &["app", "domain", "config"]),
    ("cli", &["config", "domain", "app"]),
    ("runtime", &["app", "ui", "engine", "demo", "cli", "config", "domain"]),
];

/// What must not stand in the code of these modules (all where there are none), and why.
const FORBIDDEN: &[(&[&str], &str, &str)] = &[
    (&["app", "ui", "domain", "config", "cli", "runtime", "demo"], r"\bbollard\b", "only `engine` names bollard"),
    (
        &["app", "ui", "domain", "config", "cli", "runtime", "demo"],
        r"\b(oci_client|reqwest|docker_credential)\b",
        "only `engine` speaks to registries",
    ),
    (&["app", "ui", "domain", "config"], r"\b(tokio|hyper|hyper_util)\b", "no async runtime and no I/O in here"),
    (&["app", "ui", "domain"], r"\bstd::(fs|process|env|thread|os)\b", "no I/O in here"),
    (&["app", "ui", "domain", "config"], r"\bstd::net::(Tcp|Udp|Unix)", "no I/O in here"),
    (&["app", "ui", "domain", "config"], r"\b(SystemTime|Instant)\b", "time is an argument"),
    (&["app"], r"\bratatui::([a-km-z]|l[^a])", "of ratatui `app` names the layout only"),
    (&["app"], r"\bcrossterm::[^e]", "of crossterm `app` names the event types only"),
    (&["domain", "config", "engine", "demo"], r"\b(ratatui|crossterm)\b", "nothing of the terminal in here"),
    (&["domain", "config", "engine", "demo", "app", "ui"], r"\bclap\b", "only `cli` knows of arguments"),
    (&[], r"\bstd::time::(\{[^}]*)?\bInstant\b", "tokio's `Instant` can be paused by tests, this one cannot"),
    (&[], r"\b(println|eprintln|print|eprint|dbg|todo|unimplemented)!", "no stray prints, no stubs"),
    (&[], r"#!?\[allow", "`#[expect(lint, reason = …)]` instead"),
    (&[], r"\b(Mutex|RwLock|RefCell|static mut|lazy_static)\b", "state has one owner: send a message instead"),
    (&[], r"\bunsafe\b *[{]", "no unsafe code"),
    (&[], r"\b(TODO|FIXME|XXX|HACK)\b", "finish it, or open an issue"),
];

/// The one place that asks what time it is.
const CLOCK: &str = "src/runtime/clock.rs";
const LONGEST: usize = 400;

/// A file of the sources.
struct Source {
    /// From the package's folder.
    path: String,
    /// Its top module; empty for the roots of the crates.
    module: String,
    text: String,
    is_test: bool,
}

impl Source {
    fn read(root: &Path, path: &Path) -> Self {
        let text = std::fs::read_to_string(path).unwrap();
        let path = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
        let rest = path.strip_prefix("src/");
        let module = rest.and_then(|rest| rest.split(['/', '.']).next()).unwrap_or_default();
        let module = if matches!(module, "main" | "lib") { "" } else { module }.to_owned();
        let is_test =
            rest.is_none() || path.ends_with("/tests.rs") || path.contains("/tests/") || path.ends_with("/canned.rs");
        Self { path, module, text, is_test }
    }

    /// The lines of code that are no comments and no tests, with their numbers.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let lines = self.text.lines().zip(1..).take_while(|(line, _)| !line.starts_with("mod tests {"));
        let lines = lines.filter(|(line, _)| !line.trim_start().starts_with("//"));
        lines.filter(|_| !self.is_test).map(|(line, number)| (number, line))
    }
}

fn sources(folder: &str) -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders = vec![root.join(folder)];
    let mut paths: Vec<PathBuf> = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                paths.push(path);
            }
        }
    }
    paths.sort();
    paths.iter().map(|path| Source::read(root, path)).collect()
}

/// Fails with one line for each thing that is wrong.
fn none(wrong: Vec<String>) {
    let mut told = String::new();
    wrong.iter().for_each(|line| writeln!(told, "  {line}").unwrap());
    assert!(wrong.is_empty(), "{} things are wrong:\n{told}", wrong.len());
}

static OURS: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\bcrate::(?:\{([^}]*)\}?|([a-z_]+))").unwrap());

/// The modules of ours that a line names.
fn named(line: &str) -> Vec<String> {
    let mut names = Vec::new();
    for found in OURS.captures_iter(line) {
        if let Some(name) = found.get(2) {
            names.push(name.as_str().to_owned());
        } else if let Some(list) = found.get(1) {
            let first = |item: &str| item.trim().split("::").next().unwrap_or_default().to_owned();
            names.extend(list.as_str().split(',').map(first).filter(|name| !name.is_empty()));
        }
    }
    names
}

#[test]
fn modules_name_only_those_they_may() {
    let mut wrong = Vec::new();
    for source in sources("src").iter().filter(|source| !source.module.is_empty()) {
        let Some((_, allowed)) = MAY_NAME.iter().find(|(module, _)| *module == source.module) else {
            wrong.push(format!("{}: nothing says what the module `{}` may name", source.path, source.module));
            continue;
        };
        for (number, line) in source.code() {
            for name in named(line) {
                let ours = MAY_NAME.iter().any(|(module, _)| *module == name);
                if ours && name != source.module && !allowed.contains(&name.as_str()) {
                    wrong.push(format!("{}:{number}: `{}` must not name `{name}`: {line}", source.path, source.module));
                }
            }
        }
    }
    none(wrong);
}

#[test]
fn nothing_stands_where_it_must_not() {
    let mut wrong = Vec::new();
    for (modules, pattern, why) in FORBIDDEN {
        let pattern = Regex::new(pattern).unwrap();
        for source in
            sources("src").iter().filter(|source| modules.is_empty() || modules.contains(&source.module.as_str()))
        {
            for (number, line) in source.code().filter(|(_, line)| pattern.is_match(line)) {
                wrong.push(format!("{}:{number}: {why}: {}", source.path, line.trim()));
            }
        }
    }
    none(wrong);
}

#[test]
fn only_the_clock_asks_the_time() {
    let asks = Regex::new(r"\b(SystemTime|Timestamp|Zoned)::now\(").unwrap();
    let mut wrong = Vec::new();
    for source in sources("src").iter().filter(|source| source.path != CLOCK) {
        for (number, line) in source.code().filter(|(_, line)| asks.is_match(line)) {
            wrong.push(format!("{}:{number}: only {CLOCK} asks what time it is: {}", source.path, line.trim()));
        }
    }
    none(wrong);
}

#[test]
fn files_are_short_and_say_what_they_are_for() {
    let mut wrong = Vec::new();
    for source in sources("src").into_iter().chain(sources("tests")) {
        let lines = source.text.lines().count();
        if lines > LONGEST {
            wrong.push(format!("{}: {lines} lines, more than {LONGEST}: split it", source.path));
        }
        if source.path.ends_with("/mod.rs") {
            wrong.push(format!("{}: a module `foo` is `foo.rs`", source.path));
        }
        if !source.text.starts_with("//! ") {
            wrong.push(format!("{}:1: the first line must say what the file is for (`//! …`)", source.path));
        }
    }
    none(wrong);
}

#[test]
fn nothing_lies_about_at_the_top() {
    let known = ["Cargo.toml", "Cargo.lock", "LICENSE", "README.md", "config.example.toml", "target"];
    let folders = ["assets", "benches", "src", "tests"];
    let entries = std::fs::read_dir(env!("CARGO_MANIFEST_DIR")).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let strange = names
        .filter(|name| !name.starts_with('.') && !known.contains(&name.as_str()) && !folders.contains(&name.as_str()));
    none(strange.map(|name| format!("{name}: nothing says that this belongs at the top")).collect());
}

#[test]
fn the_rules_see_what_they_are_to_see() {
    assert_eq!(named("use crate::engine::Engine;"), ["engine"]);
    assert_eq!(named("use crate::{app::App, domain::Time};"), ["app", "domain"]);
    assert_eq!(named("    x: crate::ui::Theme,"), ["ui"]);
    let hit = |line: &str| FORBIDDEN.iter().any(|(_, pattern, _)| Regex::new(pattern).unwrap().is_match(line));
    for line in ["use ratatui::style::Style;", "use std::time::{Duration, Instant};", "#[allow(dead_code)]", "dbg!(x)"]
    {
        assert!(hit(line), "{line}");
    }
    for line in ["use ratatui::layout::Rect;", "use tokio::time::Instant;x", "use std::time::Duration;"] {
        let general = FORBIDDEN.iter().filter(|(modules, _, _)| modules.is_empty() || *modules == ["app"]);
        for (_, pattern, _) in general {
            assert!(!Regex::new(pattern).unwrap().is_match(line), "{line}: {pattern}");
        }
    }
}
