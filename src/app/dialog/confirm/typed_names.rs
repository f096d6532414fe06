//! The names of hosts that are typed to confirm an act: all of them, in any order.

use crate::domain::{HostId, order};

/// `eu`, `eu and us`, `ap, eu and us`
pub fn listed<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let mut names: Vec<&str> = names.collect();
    match names.pop() {
        Some(last) if !names.is_empty() => format!("{} and {last}", names.join(", ")),
        last => last.unwrap_or_default().to_owned(),
    }
}

/// Whether all names were typed and nothing else, with blanks or commas between them. `Err` is what to type.
pub fn check(typed: &str, wanted: &[HostId]) -> Result<(), String> {
    let mut by_length: Vec<&str> = wanted.iter().map(HostId::as_str).collect();
    // A name may be a word of another one.
    order::sort_by_key(&mut by_length, |name| std::cmp::Reverse(name.len()));
    let mut rest = typed.to_owned();
    let mut missing = Vec::new();
    for name in by_length {
        match place_of(&rest, name) {
            Some(place) => rest.replace_range(place..place + name.len(), ","),
            None => missing.push(name),
        }
    }
    let others: Vec<&str> = words(&rest).filter(|word| *word != "and").collect();
    // In the order in which they are asked for.
    let missing = wanted.iter().map(HostId::as_str).filter(|name| missing.contains(name));
    match (listed(missing), others.as_slice()) {
        (missing, []) if missing.is_empty() => Ok(()),
        (missing, [other, ..]) if missing.is_empty() => Err(format!("“{other}” is none of the names.")),
        (missing, _) if words(typed).next().is_none() => Err(format!("Type {missing} to confirm.")),
        (missing, _) => Err(format!("Still to be typed: {missing}.")),
    }
}

fn is_between(letter: char) -> bool {
    letter.is_whitespace() || letter == ','
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(is_between).filter(|word| !word.is_empty())
}

/// Where a name stands by itself.
fn place_of(text: &str, name: &str) -> Option<usize> {
    let stands_alone = |place: usize| {
        let before = text.get(..place).and_then(|text| text.chars().next_back());
        let after = text.get(place + name.len()..).and_then(|text| text.chars().next());
        before.is_none_or(is_between) && after.is_none_or(is_between)
    };
    text.match_indices(name).map(|(place, _)| place).find(|place| stands_alone(*place))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checked(typed: &str, names: &[&str]) -> Result<(), String> {
        check(typed, &names.iter().map(|name| HostId::new(*name)).collect::<Vec<_>>())
    }

    #[test]
    fn names_are_taken_in_any_order() {
        for typed in ["eu us", "us eu", " us,eu ", "us, eu", "eu and us"] {
            assert_eq!(checked(typed, &["eu", "us"]), Ok(()), "{typed}");
        }
        assert_eq!(checked("eu west, eu", &["eu", "eu west"]), Ok(()));
        assert_eq!(checked("eu eu west", &["eu", "eu west"]), Ok(()));
        assert_eq!(checked("unix:///run/d.sock", &["unix:///run/d.sock"]), Ok(()));
        assert_eq!(checked("and", &["and"]), Ok(()));
    }

    #[test]
    fn what_is_missing_or_too_much_is_told() {
        for (typed, sentence) in [
            ("", "Type eu and us to confirm."),
            ("us", "Still to be typed: eu."),
            ("eus", "Still to be typed: eu and us."),
            ("eu us ap", "“ap” is none of the names."),
            ("us us", "Still to be typed: eu."),
        ] {
            assert_eq!(checked(typed, &["eu", "us"]), Err(sentence.to_owned()), "{typed}");
        }
        assert_eq!(checked("EU", &["eu"]), Err("Still to be typed: eu.".to_owned()));
    }

    #[test]
    fn names_are_listed_as_one_says_them() {
        assert_eq!(listed(["ap", "eu", "us"].into_iter()), "ap, eu and us");
        assert_eq!(listed(["eu"].into_iter()), "eu");
        assert_eq!(listed([].into_iter()), "");
    }
}
