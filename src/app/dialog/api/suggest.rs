//! What the API console offers while a request is typed.

use crate::app::host::Host;
use crate::domain::RawRequest;
use crate::domain::api_table::{Operation, operation, operations};
use crate::domain::raw::{METHODS, without_version};

/// Offers at most: what is more is found by typing on.
const MOST: usize = 60;
/// Of those that were sent before.
const RECALLED: usize = 8;

/// A line to take over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    pub line: String,
    /// What it is for.
    pub note: String,
    /// The body that went with it.
    pub body: Option<String>,
}

impl Suggestion {
    fn new(line: String, note: &str) -> Self {
        Self { line, note: note.to_owned(), body: None }
    }
}

/// What was sent before that begins so, then names of things, parameters and operations.
pub fn suggestions(text: &str, host: Option<&Host>, history: &[RawRequest]) -> Vec<Suggestion> {
    let recalled = history.iter().filter(|request| request.line.starts_with(text) && request.line != text);
    let recalled = recalled.take(RECALLED).map(|request| Suggestion {
        line: request.line.clone(),
        note: "sent before".to_owned(),
        body: Some(request.body.clone()),
    });
    let (method, path) = split(text);
    let known: Vec<Suggestion> = match path.split_once('?') {
        Some((place, query)) => parameters(method, path, place, query),
        None if path.starts_with('/') => {
            let named = host.into_iter().flat_map(|host| names(method, path, host));
            named.chain(operations().filter_map(|operation| completed(operation, method, path))).collect()
        }
        None => found(text),
    };
    recalled.chain(known.into_iter().filter(|offer| offer.line != text)).take(MOST).collect()
}

/// The method, empty where none is typed, and the rest.
fn split(text: &str) -> (&str, &str) {
    match text.split_once(' ') {
        Some((method, path)) => (method, path.trim_start()),
        None if text.starts_with('/') => ("", text),
        None => (text, ""),
    }
}

/// Operations of a method that is begun, else those that have a word.
fn found(text: &str) -> Vec<Suggestion> {
    let wanted = text.trim().to_lowercase();
    let is_method = METHODS.iter().any(|method| method.to_lowercase().starts_with(&wanted));
    let fits = |operation: &&Operation| match is_method {
        true => operation.method.to_lowercase().starts_with(&wanted),
        false => operation.path.contains(&wanted) || operation.purpose.to_lowercase().contains(&wanted),
    };
    operations().filter(fits).map(whole).collect()
}

fn whole(operation: &Operation) -> Suggestion {
    Suggestion::new(format!("{} {}", operation.method, operation.path), operation.purpose)
}

/// An operation that begins with what is typed: what stands for its names stays, the rest is added.
fn completed(operation: &Operation, method: &str, path: &str) -> Option<Suggestion> {
    if !operation.method.starts_with(&method.to_uppercase()) {
        return None;
    }
    let bare = without_version(path);
    let version = path.strip_suffix(bare).unwrap_or_default();
    let typed: Vec<&str> = bare.split('/').collect();
    let pattern: Vec<&str> = operation.path.split('/').collect();
    let last = typed.len().checked_sub(1)?;
    let mut line = String::new();
    for (place, part) in pattern.iter().enumerate() {
        let shown = match typed.get(place) {
            None => part,
            Some(word) if part.starts_with('{') && !word.is_empty() => word,
            Some(word) if place < last && word == part => part,
            Some(word) if place == last && part.starts_with(word) => part,
            Some(_) => return None,
        };
        if place > 0 {
            line.push('/');
        }
        line.push_str(shown);
    }
    let is_longer = typed.len() > pattern.len();
    (!is_longer).then(|| Suggestion::new(format!("{} {version}{line}", operation.method), operation.purpose))
}

/// The things of the host, where the path asks for the name of one.
fn names(method: &str, path: &str, host: &Host) -> Vec<Suggestion> {
    let bare = without_version(path);
    let Some((kind, begun)) = bare.strip_prefix('/').and_then(|rest| rest.split_once('/')) else { return Vec::new() };
    let before = path.strip_suffix(begun).unwrap_or(path);
    let all: Vec<&str> = match kind {
        "containers" => host.containers.rows.iter().map(|row| &*row.name).collect(),
        "images" => host.images.rows.iter().map(|row| row.reference()).collect(),
        "volumes" => host.volumes.rows.iter().map(|row| row.name.as_str()).collect(),
        "networks" => host.networks.rows.iter().map(|row| &*row.name).collect(),
        _ => Vec::new(),
    };
    let method = if method.is_empty() { "GET" } else { method };
    let fits = |name: &&str| name.starts_with(begun) && *name != begun;
    let named = all.into_iter().filter(fits).take(RECALLED);
    named.map(|name| Suggestion::new(format!("{} {before}{name}", method.to_uppercase()), kind)).collect()
}

/// The parameters of the operation that are not typed yet.
fn parameters(method: &str, path: &str, place: &str, query: &str) -> Vec<Suggestion> {
    let method = if method.is_empty() { "GET".to_owned() } else { method.to_uppercase() };
    let Some(operation) = operation(&method, without_version(place)) else { return Vec::new() };
    let begun = query.rsplit('&').next().unwrap_or_default();
    let before = path.strip_suffix(begun).unwrap_or(path);
    let is_there = |name: &str| query.split('&').any(|pair| pair.split('=').next() == Some(name) && pair.contains('='));
    let fits = |name: &&str| name.starts_with(begun) && !is_there(name);
    let names = operation.query.split_whitespace().filter(fits);
    names.map(|name| Suggestion::new(format!("{method} {before}{name}="), operation.purpose)).collect()
}
