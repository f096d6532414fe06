//! Whatever the file looks like, an edit of the hosts changes nothing else in it.

use super::*;
use crate::config::{Confirm, Layer};
use proptest::prelude::*;

/// A line or a few of a config file. Those of a host may stand anywhere, as everything behind a header belongs to it.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("\n".to_owned()),
        "[a-z ]{0,12}".prop_map(|words| format!("# {words}\n")),
        "[a-z ]{0,12}".prop_map(|words| format!("# {words}\n\n")),
    ]
}

fn comments() -> impl Strategy<Value = String> {
    prop::collection::vec(piece(), 0..4).prop_map(|pieces| pieces.concat())
}

/// Hosts with these names, comments above each, tables of other settings before, between or behind.
fn file() -> impl Strategy<Value = (String, Vec<String>)> {
    let names = prop::collection::btree_set("[a-e]", 0..4).prop_map(|names| names.into_iter().collect::<Vec<_>>());
    let tables = ["[logs]\ntail = 7 # lines\n", "[stats]\ninterval = \"3s\"\n", "[keys]\n"];
    let others = Just(tables.to_vec()).prop_shuffle();
    let gaps = prop::collection::vec(comments(), 9);
    (names, others, gaps, 0_usize..4, any::<bool>(), any::<bool>()).prop_map(
        |(names, others, gaps, split, has_default, has_tls)| {
            let mut gap = gaps.into_iter();
            let mut next = || gap.next().unwrap_or_default();
            let mut text = next();
            text.push_str("theme = \"dark\" # at night\n");
            if let Some(first) = names.first().filter(|_| has_default) {
                text.push_str(&format!("{}default_host = \"{first}\" # mine\n", next()));
            }
            let table = |index: usize| others.get(index).copied().unwrap_or_default();
            text.push_str(&format!("{}{}", next(), table(0)));
            for (index, name) in names.iter().enumerate() {
                if index == split {
                    text.push_str(table(1));
                }
                let tls = if has_tls { "tls = { ca = \"c\" } # files\n" } else { "" };
                text.push_str(&format!("{}[[hosts]] # h\nname = \"{name}\" # n\nurl = \"/{name}\"\n{tls}", next()));
            }
            text.push_str(&format!("{}{}{}", next(), table(2), next()));
            (text, names)
        },
    )
}

fn edits(names: Vec<String>) -> impl Strategy<Value = ProfileEdit> {
    let old = if names.is_empty() { None } else { Some(names) };
    let some_of = |old: Option<Vec<String>>| match old {
        Some(names) => prop::option::of(prop::sample::select(names)).boxed(),
        None => Just(None).boxed(),
    };
    prop_oneof![
        (some_of(old.clone()), "[f-z]{3}", any::<bool>(), any::<bool>()).prop_map(
            |(replaces, name, read_only, is_default)| {
                let profile = HostProfile {
                    name,
                    url: "ssh://x".into(),
                    color: None,
                    read_only,
                    confirm: Confirm::Name,
                    tls: None,
                };
                ProfileEdit::Save { profile: Box::new(profile), replaces, is_default }
            }
        ),
        some_of(old.clone()).prop_map(|name| ProfileEdit::Remove(name.into_iter().collect())),
        some_of(old).prop_map(ProfileEdit::SetDefault),
    ]
}

/// Comments on lines of their own, and those behind settings that are no host's.
fn kept_comments(text: &str) -> Vec<&str> {
    let own = text.lines().filter(|line| line.starts_with('#'));
    own.chain(text.lines().filter(|line| line.contains("# lines") || line.contains("# at night"))).collect()
}

proptest! {
    #[test]
    fn every_comment_and_every_other_setting_stays(
        (text, names, edit) in file().prop_flat_map(|(text, names)| {
            (Just(text), Just(names.clone()), edits(names))
        })
    ) {
        let path = Path::new("c");
        let before = Layer::parse(path, &text).unwrap();
        let edited = apply(path, &text, &edit).unwrap();
        let after = Layer::parse(path, &edited).unwrap();
        prop_assert_eq!(kept_comments(&edited), kept_comments(&text), "{}\n→\n{}", text, edited);
        let others = |layer: &Layer| Layer { hosts: None, default_host: None, ..layer.clone() };
        prop_assert_eq!(others(&after), others(&before));

        let mut expected = before.hosts.unwrap_or_default();
        let mut default = before.default_host.flatten();
        match &edit {
            ProfileEdit::Save { profile, replaces, is_default } => {
                match replaces.as_ref().and_then(|old| names.iter().position(|name| name == old)) {
                    Some(place) => expected[place] = (**profile).clone(),
                    None => expected.push((**profile).clone()),
                }
                if *is_default {
                    default = Some(profile.name.clone());
                } else if replaces.is_some() && default == *replaces {
                    default = None;
                }
            }
            ProfileEdit::Remove(gone) => {
                expected.retain(|host| !gone.contains(&host.name));
                default = default.filter(|name| !gone.contains(name));
            }
            ProfileEdit::SetDefault(name) => default = name.clone(),
            ProfileEdit::Import(_) => {}
        }
        prop_assert_eq!(after.hosts.unwrap_or_default(), expected);
        prop_assert_eq!(after.default_host.flatten(), default);
    }
}
