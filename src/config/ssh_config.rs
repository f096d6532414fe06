//! The hosts that the user's ssh knows by name.

use super::Environment;

/// The names behind `Host` in `~/.ssh/config`, without patterns; files that it includes are not looked into.
pub fn hosts(environment: &Environment) -> Vec<String> {
    let Some(home) = &environment.home else { return Vec::new() };
    std::fs::read_to_string(home.join(".ssh/config")).map(|text| names(&text)).unwrap_or_default()
}

fn names(text: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for line in text.lines() {
        let line = line.trim();
        let Some((keyword, rest)) = line.split_once(|c: char| c.is_whitespace() || c == '=') else { continue };
        if !keyword.eq_ignore_ascii_case("host") {
            continue;
        }
        let rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '=');
        for name in rest.split_whitespace().take_while(|word| !word.starts_with('#')) {
            let name = name.trim_matches('"');
            if !name.is_empty() && !name.contains(['*', '?', '!']) && !names.iter().any(|known| known == name) {
                names.push(name.to_owned());
            }
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::names;

    #[test]
    fn patterns_are_no_hosts() {
        let text =
            "Host *\n  User me\nhost web db # both\n\tHostName h\nHost=eq\nHost *.lan !x.lan web \"q\"\nMatch all\n";
        assert_eq!(names(text), ["web", "db", "eq", "q"]);
    }
}
