//! The `[[hosts]]` of the config file: put in, put in another's place, taken out.

use super::place_of;
use crate::config::{ConfigError, Confirm, HostProfile};
use crate::domain::TlsFiles;
use std::path::{Path, PathBuf};
use toml_edit::{ArrayOfTables, DocumentMut, InlineTable, Item, Table, TableLike, Value, value};

/// The lines of a host as they are written below `[[hosts]]`, that included.
pub fn print_host(host: &HostProfile) -> String {
    let mut table = Table::new();
    write_host(&mut table, host);
    format!("[[hosts]]\n{table}")
}

/// Puts a host in the place of another, or behind all others.
pub fn put(
    document: &mut DocumentMut,
    path: &Path,
    text: &str,
    host: &HostProfile,
    replaces: Option<&str>,
) -> Result<(), ConfigError> {
    // It goes behind the hosts that are there, the first one behind everything. What ends the file stays above it.
    let last = tables(document, path, text)?.iter().filter_map(Table::position).max();
    let is_end = last.is_none() || follower(document, last).is_none();
    let trailing = document.trailing().as_str().filter(|_| is_end).unwrap_or_default().to_owned();
    let hosts = tables(document, path, text)?;
    let old = replaces.and_then(|name| place(hosts, name));
    if place(hosts, &host.name).is_some_and(|there| Some(there) != old) {
        let error = ConfigError::new(path, format!("There is a host called “{}” in the file already.", host.name));
        return Err(error.with_hint("Give this one another name."));
    }
    match old.and_then(|place| hosts.get_mut(place)) {
        Some(table) => write_host(table, host),
        // One that is gone from the file is wanted all the same.
        None => {
            let mut table = Table::new();
            write_host(&mut table, host);
            let gap = if text.trim().is_empty() { "" } else { "\n" };
            table.decor_mut().set_prefix(format!("{}{gap}", ended(&trailing)));
            hosts.push(table);
            if is_end {
                document.set_trailing("");
            }
        }
    }
    Ok(())
}

/// Takes a host out. What stands inside its table goes with it; what stands above it stays, set apart from what follows.
pub fn remove(document: &mut DocumentMut, path: &Path, text: &str, name: &str) -> Result<(), ConfigError> {
    let hosts = tables(document, path, text)?;
    let Some(place) = place(hosts, name) else {
        return Err(ConfigError::new(path, format!("There is no host called “{name}” in the file any more.")));
    };
    let above = hosts.get(place).map(|table| prefix(table.decor())).unwrap_or_default();
    let position = hosts.get(place).and_then(Table::position);
    hosts.remove(place);
    if hosts.is_empty() {
        document.remove("hosts");
    }
    if above.trim().is_empty() {
        return Ok(());
    }
    let above = ended(&above);
    // The comments go to what follows in the file, as they would if the lines were deleted by hand.
    match follower(document, position) {
        Some(next) => {
            let below = prefix(next);
            let gap = if below.starts_with('\n') { "" } else { "\n" };
            next.set_prefix(format!("{above}{gap}{below}"));
        }
        None => {
            let below = document.trailing().as_str().unwrap_or_default().to_owned();
            document.set_trailing(format!("{above}{below}"));
        }
    }
    Ok(())
}

/// The decor of the table whose header comes next behind a place in the file.
fn follower(document: &mut DocumentMut, position: Option<isize>) -> Option<&mut toml_edit::Decor> {
    let position = position?;
    let headers = document.iter_mut().flat_map(|(_, item)| match item {
        Item::Table(table) => vec![table],
        Item::ArrayOfTables(tables) => tables.iter_mut().collect(),
        Item::None | Item::Value(_) => Vec::new(),
    });
    let next = headers.filter(|table| table.position().is_some_and(|place| place > position));
    next.min_by_key(|table| table.position()).map(Table::decor_mut)
}

fn prefix(decor: &toml_edit::Decor) -> String {
    decor.prefix().and_then(toml_edit::RawString::as_str).unwrap_or_default().to_owned()
}

/// The text with a line end behind it, where it has anything.
fn ended(text: &str) -> String {
    if text.is_empty() || text.ends_with('\n') { text.to_owned() } else { format!("{text}\n") }
}

fn tables<'d>(document: &'d mut DocumentMut, path: &Path, text: &str) -> Result<&'d mut ArrayOfTables, ConfigError> {
    let hosts = document.entry("hosts").or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()));
    hosts.as_array_of_tables_mut().ok_or_else(|| {
        let error = ConfigError::new(path, "“hosts” is written as a list in brackets, which cannot be edited here.")
            .with_hint("Write each host as [[hosts]].");
        match place_of(text, "hosts") {
            Some(place) => error.at(place),
            None => error,
        }
    })
}

fn place(hosts: &ArrayOfTables, name: &str) -> Option<usize> {
    hosts.iter().position(|table| table.get("name").and_then(Item::as_str) == Some(name))
}

fn write_host(table: &mut Table, host: &HostProfile) {
    write(table, "name", Some(host.name.as_str()));
    write(table, "url", Some(host.url.as_str()));
    write(table, "color", host.color.map(|color| color.to_string()));
    write(table, "read_only", host.read_only.then_some(true));
    write(table, "confirm", (host.confirm != Confirm::default()).then_some(host.confirm.name()));
    match (&host.tls, table.get_mut("tls").and_then(Item::as_table_like_mut)) {
        (None, _) => {
            table.remove("tls");
        }
        // However it is written, it stays written so.
        (Some(files), Some(old)) => write_files(old, files),
        (Some(files), None) => {
            let mut inline = InlineTable::new();
            write_files(&mut inline, files);
            table.insert("tls", value(inline));
        }
    }
}

fn write_files(table: &mut dyn TableLike, files: &TlsFiles) {
    let text = |file: &Option<PathBuf>| file.as_ref().map(|file| file.to_string_lossy().into_owned());
    write(table, "ca", text(&files.ca));
    write(table, "cert", text(&files.cert));
    write(table, "key", text(&files.key));
}

/// Sets a value, or removes it at its default.
fn write(table: &mut dyn TableLike, key: &str, new: Option<impl Into<Value>>) {
    match (new, table.get_mut(key).and_then(Item::as_value_mut)) {
        (None, _) => {
            table.remove(key);
        }
        (Some(new), Some(old)) => {
            let decor = old.decor().clone();
            *old = new.into();
            *old.decor_mut() = decor;
        }
        (Some(new), None) => {
            table.insert(key, value(new));
        }
    }
}
