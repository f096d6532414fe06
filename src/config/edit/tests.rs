//! What each edit leaves of the file.

use super::*;
use crate::config::{ColorSpec, Confirm, Layer};
use crate::domain::TlsFiles;
use pretty_assertions::assert_eq;

const EXAMPLE: &str = crate::config::EXAMPLE;

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

fn save(text: &str, profile: &HostProfile, replaces: Option<&str>) -> Result<String, ConfigError> {
    let edit = ProfileEdit::Save {
        profile: Box::new(profile.clone()),
        replaces: replaces.map(str::to_owned),
        is_default: default_of(text) == replaces && replaces.is_some(),
    };
    apply(Path::new("c"), text, &edit)
}

fn default_of(text: &str) -> Option<&str> {
    text.lines().find_map(|line| line.strip_prefix("default_host = \"")?.split('"').next())
}

fn done(text: &str, edit: ProfileEdit) -> String {
    apply(Path::new("c"), text, &edit).unwrap()
}

fn hosts(text: &str) -> Vec<HostProfile> {
    Layer::parse(Path::new("c"), text).unwrap().hosts.unwrap_or_default()
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
    let text = "# all\n[[hosts]] # first\nname = \"a\" # the name\nurl = \"unix:///a\"\n";
    let added = save(text, &host(), None).unwrap();
    assert!(added.starts_with(text), "{added}");
    assert_eq!(hosts(&added)[1], host());

    let first = save(EXAMPLE, &host(), None).unwrap();
    let below = first.strip_prefix(EXAMPLE).expect("the example stays as it was");
    assert!(below.starts_with("\n[[hosts]]\nname = \"staging\"\n"), "{below}");
    assert_eq!(hosts(&first), [host()]);
    assert_eq!(save("", &host(), None).unwrap(), print_host(&host()));

    let middle = format!("{text}\n[logs]\ntail = 1\n# the end\n");
    let added_there = save(&middle, &host(), None).unwrap();
    assert!(added_there.ends_with("\n[logs]\ntail = 1\n# the end\n"), "{added_there}");

    let changed = HostProfile { read_only: false, tls: None, url: "unix:///b".into(), ..host() };
    let replaced = save(&added, &changed, Some("staging")).unwrap();
    assert_eq!(hosts(&replaced)[1..], [changed]);
    assert!(replaced.contains("# first") && replaced.contains("# the name"));
}

#[test]
fn a_renamed_host_keeps_its_place_its_comments_and_what_is_default() {
    let text = "default_host = \"a\" # mine\n# one\n[[hosts]]\n# its name\nname = \"a\" # A\nurl = \"/a\"\n\n[[hosts]]\nname = \"b\"\nurl = \"/b\"\n";
    let renamed = HostProfile { name: "z".into(), url: "/a".into(), ..host() };
    let edited = save(text, &renamed, Some("a")).unwrap();
    assert!(edited.starts_with(
        "default_host = \"z\" # mine\n# one\n[[hosts]]\n# its name\nname = \"z\" # A\nurl = \"/a\"\ncolor"
    ));
    assert_eq!(hosts(&edited).iter().map(|host| &*host.name).collect::<Vec<_>>(), ["z", "b"]);
    let edit = ProfileEdit::Save { profile: Box::new(renamed), replaces: Some("a".into()), is_default: false };
    assert!(done(text, edit).starts_with("default_host = \"\" # mine\n"));
}

#[test]
fn certificates_stay_written_as_they_are() {
    let text = "[[hosts]]\nname = \"staging\"\nurl = \"/a\"\n[hosts.tls] # files\n# the authority\nca = \"old\" # CA\nkey = \"k\"\n";
    let edited = save(text, &host(), Some("staging")).unwrap();
    assert!(edited.ends_with("[hosts.tls] # files\n# the authority\nca = \"~/ca.pem\" # CA\n"), "{edited}");
    assert_eq!(hosts(&edited), [host()]);
}

#[test]
fn a_removed_host_leaves_the_comments_above_it() {
    let text = "default_host = \"b\" # mine\n# all\n\n# of a\n[[hosts]]\n# inside\nname = \"a\"\nurl = \"/a\"\n# of b\n[[hosts]]\nname = \"b\"\nurl = \"/b\"\n\n[logs]\ntail = 1\n# end\n";
    assert_eq!(
        done(text, ProfileEdit::Remove(vec!["a".into()])),
        "default_host = \"b\" # mine\n# all\n\n# of a\n\n# of b\n[[hosts]]\nname = \"b\"\nurl = \"/b\"\n\n[logs]\ntail = 1\n# end\n"
    );
    assert_eq!(
        done(text, ProfileEdit::Remove(vec!["a".into(), "b".into()])),
        "default_host = \"\" # mine\n# all\n\n# of a\n\n# of b\n\n[logs]\ntail = 1\n# end\n"
    );
    let last = "# of a\n[[hosts]]\nname = \"a\"\nurl = \"/a\"\n# end\n";
    assert_eq!(done(last, ProfileEdit::Remove(vec!["a".into()])), "# of a\n# end\n");
}

#[test]
fn the_default_is_set_and_taken_back() {
    let set = done(EXAMPLE, ProfileEdit::SetDefault(Some("a".into())));
    assert!(set.starts_with("default_host = \"a\"\n") || set.contains("\ndefault_host = \"a\"\n"), "{set}");
    assert_eq!(done(EXAMPLE, ProfileEdit::SetDefault(None)), EXAMPLE);
    assert!(done(&set, ProfileEdit::SetDefault(None)).contains("default_host = \"\"\n"));
}

#[test]
fn several_are_imported_at_once() {
    let (one, other) = (host(), HostProfile { name: "other".into(), tls: None, ..host() });
    let text = done("", ProfileEdit::Import(vec![one.clone(), other.clone()]));
    assert_eq!(hosts(&text), [one, other]);
}

#[test]
fn what_cannot_be_edited_is_told_with_its_line() {
    let listed = "theme = \"dark\"\nhosts = [{ name = \"a\", url = \"/a\" }]\n";
    assert!(save(listed, &host(), None).unwrap_err().to_string().starts_with("c:2:9: “hosts” is written as a list"));
    let broken = save("theme = \n", &host(), None).unwrap_err();
    assert!(broken.to_string().starts_with("c:1:"), "{broken}");
    let taken = print_host(&host());
    assert!(save(&taken, &host(), None).unwrap_err().sentence.contains("called “staging” in the file already"));
    let gone = apply(Path::new("c"), &taken, &ProfileEdit::Remove(vec!["x".into()])).unwrap_err();
    assert!(gone.sentence.contains("no host called “x”"));
    // Removed by hand meanwhile: it is added again.
    assert_eq!(hosts(&save("", &host(), Some("staging")).unwrap()), [host()]);
}
