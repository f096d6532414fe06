//! Tests of `.dockerignore`: the documented cases, and what holds for all patterns.

use super::*;
use proptest::prelude::*;
use regex::Regex;

fn ignore(lines: &[&str]) -> Ignore {
    Ignore::parse(&lines.join("\n")).unwrap()
}

/// What Docker's reference page for Dockerfiles says of the file.
#[test]
fn the_documented_cases_hold() {
    for (lines, left_out, sent) in [
        (&["# comment", "*/temp*"][..], &["somedir/temporary.txt", "somedir/temp"][..], &["temp", "a/b/temp"][..]),
        (&["*/*/temp*"], &["somedir/subdir/temporary.txt"], &["somedir/temp"]),
        (&["temp?"], &["tempa", "tempb", "tempa/x"], &["temp", "tempab", "a/tempa"]),
        (&["/foo/bar"], &["foo/bar", "foo/bar/x"], &["bar", "x/foo/bar"]),
        (&["foo/bar"], &["foo/bar"], &["x/foo/bar", "foo"]),
        (&["**/*.go"], &["a.go", "a/b/c.go"], &["a.gone", "a/go"]),
        (&["*.md", "!README.md"], &["a.md"], &["README.md", "sub/a.md"]),
        (&["*.md", "!README*.md", "README-secret.md"], &["a.md", "README-secret.md"], &["README.md", "README-x.md"]),
        (&["*.md", "README-secret.md", "!README*.md"], &["a.md"], &["README.md", "README-secret.md"]),
        (&["*", "!src", "!*.toml"], &["a", "docs/x"], &["src", "src/a/b", "Cargo.toml"]),
        (&[" # is a name ", "a"], &["# is a name", "a"], &["b"]),
        (&["foo/", "./bar", "x/../y", "/"], &["foo/a", "bar", "y"], &["x"]),
        (&["**", "!**/keep"], &["a", "a/b"], &["keep", "a/b/keep", "keep/x"]),
        (&["a/**"], &["a/b", "a/b/c"], &["a", "b/a/c"]),
        (&["a/**/z"], &["a/z", "a/b/c/z"], &["a", "z", "a/zz"]),
        (&["**/temp", "[a-c]x", "[^a]y", "\\*"], &["temp", "a/temp", "bx", "by", "*"], &["dx", "ay", "b"]),
        (&["**.log"], &["a.log", "b/c.log"], &["a.log.gz"]),
        (&["..", "../a", "."], &[], &["a", "b"]),
    ] {
        let ignore = ignore(lines);
        for path in left_out {
            assert!(ignore.leaves_out(path), "{lines:?} must leave out {path}");
        }
        for path in sent {
            assert!(!ignore.leaves_out(path), "{lines:?} must not leave out {path}");
        }
    }
}

#[test]
fn what_is_no_pattern_is_told_with_its_line() {
    for (text, words) in [
        ("a\n[b", "Line 2, “[b”: a bracket is not closed"),
        ("[]", "Line 1"),
        ("[a-]", "Line 1"),
        ("[z-a]", "Line 1"),
        ("a\\", "behind the backslash"),
        ("#x\n\n ! ", "Line 3, “!”: after the !"),
    ] {
        let told = Ignore::parse(text).unwrap_err();
        assert!(told.sentence().contains(words), "{text}: {told}");
    }
    assert!(Ignore::parse("\u{feff}# only\r\n  \r\n").unwrap().is_empty());
    assert!(ignore(&["a\r"]).leaves_out("a"), "lines may end as on Windows");
}

#[test]
fn what_the_builder_reads_is_sent() {
    let ignore = ignore(&["*", "docker"]).but_for("Dockerfile").but_for("docker/Dockerfile");
    assert!(!ignore.leaves_out("Dockerfile") && !ignore.leaves_out("docker/Dockerfile"));
    assert!(ignore.leaves_out("Dockerfile2") && ignore.leaves_out("docker/x"));
    assert!(ignore.may_keep_within("docker") && !ignore.may_keep_within("src"));
}

#[test]
fn a_folder_is_looked_into_where_an_exception_may_lie() {
    let ignore = ignore(&["*", "!a/b/c", "!d/*/e", "!f"]);
    for folder in ["a", "a/b", "a/b/c", "a/b/c/d", "d", "d/x", "d/x/e/y", "f", "f/g"] {
        assert!(ignore.may_keep_within(folder), "{folder}");
    }
    for folder in ["b", "a/c", "ab", "a/b/cd", "g"] {
        assert!(!ignore.may_keep_within(folder), "{folder}");
    }
}

/// The same pattern as a regular expression, as Docker's own code makes it.
fn as_expression(pattern: &str) -> Regex {
    let is_plain = |text: &str| !text.contains(['*', '?']);
    let mut text = "(?s)^".to_owned();
    let mut rest = pattern;
    while let Some(letter) = rest.chars().next() {
        let is_first = rest.len() == pattern.len();
        if let Some(behind) = rest.strip_prefix("**") {
            rest = behind.strip_prefix('/').unwrap_or(behind);
            let is_ending = is_first && !behind.starts_with('/') && is_plain(behind);
            text.push_str(if rest.is_empty() || is_ending { ".*" } else { "(.*/)?" });
            continue;
        }
        rest = &rest[letter.len_utf8()..];
        match letter {
            '*' => text.push_str("[^/]*"),
            '?' => text.push_str("[^/]"),
            letter => text.push_str(&regex::escape(&letter.to_string())),
        }
    }
    Regex::new(&format!("{text}$")).unwrap()
}

proptest! {
    #[test]
    fn patterns_mean_what_dockers_expressions_mean(
        parts in prop::collection::vec("[ab.?*]{1,4}", 1..5),
        path in prop::collection::vec("[ab.]{1,4}", 1..5),
    ) {
        let (pattern, path) = (cleaned(&parts.join("/")), path.join("/"));
        // Runs of three stars and more are read in pairs by both.
        let ours = Pattern::parse(&pattern).unwrap().matches(&path);
        prop_assert_eq!(ours, as_expression(&pattern).is_match(&path), "{} {}", pattern, path);
    }

    #[test]
    fn the_last_line_that_matches_decides(
        lines in prop::collection::vec("!?[ab*/]{1,5}", 0..6),
        path in "[ab]{1,3}(/[ab]{1,3}){0,3}",
    ) {
        let Ok(before) = Ignore::parse(&lines.join("\n")) else { return Ok(()) };
        let with = |line: String| Ignore::parse(&format!("{}\n{line}", lines.join("\n"))).unwrap();
        prop_assert!(with(path.clone()).leaves_out(&path));
        let kept = !with(format!("!{path}")).leaves_out(&path);
        prop_assert!(kept);
        prop_assert_eq!(with("zz".to_owned()).leaves_out(&path), before.leaves_out(&path));
    }

    /// Who walks the folder and goes into none that is left out, but where an exception may lie, misses nothing.
    #[test]
    fn no_file_is_missed_on_the_way_down(
        lines in prop::collection::vec("!?[ab*?/]{1,6}", 1..6),
        path in "[ab]{1,2}(/[ab]{1,2}){1,4}",
    ) {
        let Ok(ignore) = Ignore::parse(&lines.join("\n")) else { return Ok(()) };
        if !ignore.leaves_out(&path) {
            for (at, _) in path.match_indices('/') {
                let folder = &path[..at];
                prop_assert!(!ignore.leaves_out(folder) || ignore.may_keep_within(folder), "{:?} {}", lines, folder);
            }
        }
    }

    #[test]
    fn no_text_breaks_it(text in ".{0,40}", path in ".{0,20}") {
        if let Ok(ignore) = Ignore::parse(&text) {
            ignore.leaves_out(&path);
            ignore.may_keep_within(&path);
        }
    }
}
