//! What a form offers for a folder: folders beside it, Dockerfiles in it, the stages and arguments of one.

use super::walk::{read_ignore, text};
use crate::app::msg::ContextSeen;
use crate::config::Environment;
use crate::domain::{Dockerfile, within};
use std::fs;
use std::path::Path;

/// Names offered at most.
const MOST: usize = 200;
/// Folders below the root in which a Dockerfile is looked for, by name.
const WITHIN: &[&str] = &["docker", ".docker", "build", "deploy"];

/// Looks at what is typed, which may be half a name.
pub(in crate::runtime) fn look(folder: &str, dockerfile: &str, environment: &Environment) -> ContextSeen {
    let root = environment.expand(if folder.is_empty() { "." } else { folder });
    let is_folder = root.is_dir();
    let file = if dockerfile.is_empty() { "Dockerfile" } else { dockerfile };
    let read = text(&environment.expand_in(&root, file)).map(|text| Dockerfile::parse(&text));
    let is_elsewhere = within(file).is_none();
    ContextSeen {
        is_folder,
        folders: folders(folder, environment),
        dockerfiles: if is_folder { dockerfiles(&root) } else { Vec::new() },
        has_dockerfile: read.is_ok(),
        hides_dockerfile: is_elsewhere || read_ignore(&root, file).is_ok_and(|ignore| ignore.leaves_out(file)),
        dockerfile: read.unwrap_or_default(),
    }
}

/// Folders whose path begins as typed, written as typed.
fn folders(typed: &str, environment: &Environment) -> Vec<String> {
    let (above, begun) = match typed.rfind('/') {
        Some(at) => typed.split_at(at + 1),
        None if typed == "~" => return vec!["~/".to_owned()],
        None => ("", typed),
    };
    let Ok(read) = fs::read_dir(environment.expand(if above.is_empty() { "." } else { above })) else {
        return Vec::new();
    };
    let mut names: Vec<String> = read
        .filter_map(|entry| {
            let entry = entry.ok()?;
            let name = entry.file_name().into_string().ok()?;
            // Hidden ones only for who asks for them.
            let fits = name.starts_with(begun) && (begun.starts_with('.') || !name.starts_with('.'));
            (fits && entry.path().is_dir()).then(|| format!("{above}{name}/"))
        })
        .collect();
    names.sort_unstable();
    names.truncate(MOST);
    names
}

/// `Dockerfile`, `Dockerfile.web`, `web.Dockerfile`, `Containerfile`, in the folder and in those that they are kept in.
pub(super) fn dockerfiles(root: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for within in [""].iter().chain(WITHIN) {
        let Ok(read) = fs::read_dir(root.join(within)) else { continue };
        let names = read.filter_map(|entry| {
            let entry = entry.ok()?;
            let name = entry.file_name().into_string().ok()?;
            (looks_like_one(&name) && entry.path().is_file()).then_some(name)
        });
        found.extend(names.map(|name| if within.is_empty() { name } else { format!("{within}/{name}") }));
    }
    // That of the folder itself is likeliest.
    found.sort_unstable_by_key(|name| (name != "Dockerfile", name.contains('/'), name.clone()));
    found.truncate(MOST);
    found
}

fn looks_like_one(name: &str) -> bool {
    let lower = name.to_lowercase();
    let is_named = ["dockerfile", "containerfile"]
        .iter()
        .any(|word| lower == *word || lower.starts_with(&format!("{word}.")) || lower.ends_with(&format!(".{word}")));
    is_named && !lower.ends_with(".dockerignore")
}
