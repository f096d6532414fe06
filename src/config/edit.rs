//! Changing the user's config file: comments, order and blanks stay as they are.

use super::{ConfigError, HostProfile};
use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;
use toml_edit::{ArrayOfTables, DocumentMut, InlineTable, Item, Table, Value, value};

/// The file's text with a top-level setting at a new value.
pub fn set_value(path: &Path, text: &str, key: &str, new: impl Into<Value>) -> Result<String, ConfigError> {
    let mut document = parse(path, text)?;
    let mut new = new.into();
    match document.get_mut(key).and_then(Item::as_value_mut) {
        Some(old) => {
            // The comment behind a value belongs to it.
            *new.decor_mut() = old.decor().clone();
            *old = new;
        }
        None => {
            document.insert(key, value(new));
        }
    }
    Ok(document.to_string())
}

/// The file's text with a host added, or replaced where one of that name is there.
pub fn save_host(path: &Path, text: &str, host: &HostProfile) -> Result<String, ConfigError> {
    let mut document = parse(path, text)?;
    // The first host goes below the comments at the end of the file; any other goes behind the hosts that are there.
    let is_first = !document.contains_key("hosts");
    let trailing = document.trailing().as_str().filter(|_| is_first).unwrap_or_default().to_owned();
    let hosts = document.entry("hosts").or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()));
    let Some(hosts) = hosts.as_array_of_tables_mut() else {
        return Err(ConfigError::new(path, "“hosts” is written as a list in brackets, which cannot be edited here.")
            .with_hint("Write each host as [[hosts]]."));
    };
    let place = hosts.iter().position(|table| table.get("name").and_then(Item::as_str) == Some(&host.name));
    match place.and_then(|place| hosts.get_mut(place)) {
        Some(table) => write_host(table, host),
        None => {
            let mut table = Table::new();
            write_host(&mut table, host);
            table.decor_mut().set_prefix(format!("{trailing}\n"));
            hosts.push(table);
            if is_first {
                document.set_trailing("");
            }
        }
    }
    Ok(document.to_string())
}

fn parse(path: &Path, text: &str) -> Result<DocumentMut, ConfigError> {
    text.parse().map_err(|error: toml_edit::TomlError| ConfigError::syntax(path, text, error.message(), error.span()))
}

fn write_host(table: &mut Table, host: &HostProfile) {
    write(table, "name", Some(host.name.as_str()));
    write(table, "url", Some(host.url.as_str()));
    write(table, "color", host.color.map(|color| color.to_string()));
    write(table, "read_only", host.read_only.then_some(true));
    write(table, "confirm", (host.confirm != Default::default()).then_some(host.confirm.name()));
    let tls = host.tls.as_ref().map(|tls| {
        let mut inline = InlineTable::new();
        for (key, file) in [("ca", &tls.ca), ("cert", &tls.cert), ("key", &tls.key)] {
            if let Some(file) = file {
                inline.insert(key, file.to_string_lossy().as_ref().into());
            }
        }
        inline
    });
    write(table, "tls", tls);
}

/// Sets a value, or removes it at its default.
fn write(table: &mut Table, key: &str, new: Option<impl Into<Value>>) {
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

/// Replaces a file at once, readable by its owner only; a reader sees the old or the new one, never a half.
pub fn write_file(path: &Path, text: &str) -> io::Result<()> {
    // A link stays a link: many keep their settings in a repository elsewhere.
    let target = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    let temporary = folder.join(format!(".{name}.{}.new", std::process::id()));
    let written = write_new(&temporary, text).and_then(|()| std::fs::rename(&temporary, &target));
    if written.is_err() {
        // The first failure is the one to tell.
        let _ = std::fs::remove_file(&temporary);
    }
    written
}

fn write_new(path: &Path, text: &str) -> io::Result<()> {
    let mut file = private_file(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

#[cfg(unix)]
fn private_file(path: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)
}

#[cfg(not(unix))]
fn private_file(path: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).create_new(true).open(path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{ColorSpec, Confirm, Layer};
    use crate::domain::TlsFiles;
    use pretty_assertions::assert_eq;

    fn host() -> HostProfile {
        HostProfile {
            name: "staging".into(),
            url: "tcp://staging:2376".into(),
            color: Some(ColorSpec::Name("red")),
            read_only: true,
            confirm: Confirm::Name,
            tls: Some(TlsFiles { ca: Some("~/ca.pem".into()), ..TlsFiles::default() }),
        }
    }

    #[test]
    fn a_setting_changes_and_nothing_else() {
        let text = "# mine\ntheme = \"dark\" # at night\n\n[logs]\ntail = 5\n";
        let edited = set_value(Path::new("c"), text, "theme", "light").unwrap();
        assert_eq!(edited, text.replace("dark", "light"));
        let edited = set_value(Path::new("c"), text, "mouse", false).unwrap();
        assert_eq!(edited, text.replace("night\n", "night\nmouse = false\n"));
        assert!(set_value(Path::new("c"), "theme = ", "theme", "x").is_err());
    }

    #[test]
    fn a_saved_host_is_read_back_and_comments_stay() {
        let path = Path::new("c");
        let text = "# all\n[[hosts]] # first\nname = \"a\" # the name\nurl = \"unix:///a\"\n";
        let added = save_host(path, text, &host()).unwrap();
        assert!(added.starts_with(text), "{added}");
        assert_eq!(Layer::parse(path, &added).unwrap().hosts.unwrap()[1], host());

        let first = save_host(path, crate::config::EXAMPLE, &host()).unwrap();
        let below = first.strip_prefix(crate::config::EXAMPLE).expect("the example stays as it was");
        assert!(below.starts_with("\n[[hosts]]\nname = \"staging\"\n"), "{below}");
        assert_eq!(Layer::parse(path, &first).unwrap().hosts.unwrap(), [host()]);

        let middle = format!("{text}\n[logs]\ntail = 1\n# the end\n");
        let added_there = save_host(path, &middle, &host()).unwrap();
        assert!(added_there.ends_with("\n[logs]\ntail = 1\n# the end\n"), "{added_there}");

        let changed = HostProfile { read_only: false, tls: None, url: "unix:///b".into(), ..host() };
        let replaced = save_host(path, &added, &changed).unwrap();
        let hosts = Layer::parse(path, &replaced).unwrap().hosts.unwrap();
        assert_eq!((hosts.len(), &hosts[1]), (2, &changed));
        assert!(replaced.contains("# first") && replaced.contains("# the name"));
        assert!(save_host(path, "hosts = [{ name = \"a\", url = \"/a\" }]\n", &host()).is_err());
    }

    #[cfg(unix)]
    #[test]
    fn a_written_file_is_private_and_a_link_stays() {
        use std::os::unix::fs::PermissionsExt;
        let folder = std::env::temp_dir().join(format!("dockerui-edit-{}", std::process::id()));
        let (real, link) = (folder.join("deep/real.toml"), folder.join("link.toml"));
        write_file(&real, "a = 1\n").unwrap();
        std::os::unix::fs::symlink(&real, &link).unwrap();
        write_file(&link, "a = 2\n").unwrap();
        assert_eq!(std::fs::read_to_string(&real).unwrap(), "a = 2\n");
        assert!(link.is_symlink());
        assert_eq!(std::fs::metadata(&real).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(std::fs::read_dir(folder.join("deep")).unwrap().count(), 1);
        std::fs::remove_dir_all(folder).unwrap();
    }
}
