//! What a Dockerfile says of itself before it is built: its stages, their base images, its arguments.
//!
//! It is read for what a form offers and for whose credentials are needed; the builder alone decides what is right.

use std::collections::HashMap;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dockerfile {
    pub stages: Vec<Stage>,
    /// Names of `ARG`s, with what they are unless told otherwise, each once.
    pub arguments: Vec<(String, Option<String>)>,
    /// It says what the classic builder does not understand.
    pub needs_buildkit: bool,
    /// It mounts secrets, or the keys of an ssh agent.
    pub wants_secrets: bool,
}

/// One `FROM`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stage {
    /// Behind `AS`.
    pub name: Option<String>,
    /// As written, variables included.
    pub image: String,
}

impl Dockerfile {
    pub fn parse(text: &str) -> Self {
        let needs_buildkit = directive(text, "syntax").is_some();
        let mut file = Self { needs_buildkit, ..Self::default() };
        for instruction in instructions(text) {
            file.needs_buildkit |= is_for_buildkit(&instruction);
            file.wants_secrets |= flags(&instruction).any(|flag| {
                let told = flag.strip_prefix("--mount=").unwrap_or_default();
                told.split(',').any(|part| matches!(part, "type=secret" | "type=ssh"))
            });
            let mut words = instruction.split_whitespace();
            match words.next().map(str::to_ascii_uppercase).as_deref() {
                Some("FROM") => file.stages.extend(stage(words)),
                Some("ARG") => words.for_each(|word| file.note_argument(word)),
                _ => {}
            }
        }
        file
    }

    fn note_argument(&mut self, word: &str) {
        let (name, value) = match word.split_once('=') {
            Some((name, value)) => (name, Some(value.trim_matches(['"', '\'']).to_owned())),
            None => (word, None),
        };
        if !name.is_empty() && !self.arguments.iter().any(|(known, _)| known == name) {
            self.arguments.push((name.to_owned(), value));
        }
    }

    /// The images that have to be there, variables replaced as `arguments` say or as the file does; none that cannot
    /// be known.
    pub fn bases(&self, arguments: &[(String, String)]) -> Vec<String> {
        let told = arguments.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let own = self.arguments.iter().filter_map(|(name, value)| Some((name.as_str(), value.as_deref()?)));
        let known: HashMap<&str, &str> = own.chain(told).collect();
        let mut bases = Vec::new();
        for (place, stage) in self.stages.iter().enumerate() {
            let image = replaced(&stage.image, &known);
            let mut before = self.stages.iter().take(place).filter_map(|stage| stage.name.as_deref());
            let is_stage = before.any(|name| name.eq_ignore_ascii_case(&image));
            if !is_stage && image != "scratch" && !image.is_empty() && !image.contains('$') && !bases.contains(&image) {
                bases.push(image);
            }
        }
        bases
    }
}

/// The logical lines: continued ones joined, comments and the bodies of here-documents left out.
fn instructions(text: &str) -> Vec<String> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let escape = escape_of(text);
    let mut found = Vec::new();
    let mut open = String::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let line = line.trim();
        if line.starts_with('#') || line.is_empty() {
            continue;
        }
        if let Some(begun) = line.strip_suffix(escape) {
            open.push_str(begun);
            continue;
        }
        open.push_str(line);
        let instruction = std::mem::take(&mut open);
        for end in here_documents(&instruction) {
            lines.by_ref().find(|line| line.trim_start_matches('\t') == end);
        }
        found.push(instruction);
    }
    found.extend((!open.is_empty()).then_some(open));
    found
}

/// The character that continues a line: a directive at the head may name another.
fn escape_of(text: &str) -> char {
    if directive(text, "escape") == Some("`") { '`' } else { '\\' }
}

/// What a directive at the head of the file says.
fn directive<'a>(text: &'a str, wanted: &str) -> Option<&'a str> {
    let mut directives = text.lines().map(str::trim).take_while(|line| line.starts_with('#') && line.contains('='));
    directives.find_map(|line| {
        let (name, value) = line.trim_start_matches('#').split_once('=')?;
        name.trim().eq_ignore_ascii_case(wanted).then(|| value.trim())
    })
}

fn flags(instruction: &str) -> impl Iterator<Item = &str> {
    instruction.split_whitespace().skip(1).take_while(|word| word.starts_with("--"))
}

/// Flags and here-documents that came with BuildKit.
fn is_for_buildkit(instruction: &str) -> bool {
    const FLAGS: [&str; 8] =
        ["--mount", "--network", "--security", "--link", "--chmod", "--parents", "--exclude", "--checksum"];
    !here_documents(instruction).is_empty()
        || flags(instruction).any(|flag| FLAGS.iter().any(|known| flag.starts_with(known)))
}

/// The lines that end the here-documents begun in an instruction.
fn here_documents(instruction: &str) -> Vec<String> {
    let takes = ["RUN", "COPY", "ADD"];
    let head = instruction.split_whitespace().next().unwrap_or_default();
    if !takes.iter().any(|name| name.eq_ignore_ascii_case(head)) {
        return Vec::new();
    }
    let begun = instruction.split("<<").skip(1).filter_map(|rest| {
        let word = rest.trim_start_matches('-').split_whitespace().next()?.trim_matches(['"', '\'']);
        word.starts_with(|first: char| first.is_alphabetic() || first == '_').then(|| word.to_owned())
    });
    begun.collect()
}

/// `[--platform=…] image [AS name]`
fn stage<'a>(words: impl Iterator<Item = &'a str>) -> Option<Stage> {
    let words: Vec<&str> = words.skip_while(|word| word.starts_with("--")).collect();
    let name = match words.get(1..3) {
        Some([word, name]) if word.eq_ignore_ascii_case("as") => Some((*name).to_owned()),
        _ => None,
    };
    Some(Stage { name, image: (*words.first()?).to_owned() })
}

/// `$NAME`, `${NAME}` and `${NAME:-value}` replaced where they are known.
fn replaced(text: &str, known: &HashMap<&str, &str>) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('$') {
        out.push_str(before);
        let (name, default, behind) = match behind.strip_prefix('{').and_then(|inner| inner.split_once('}')) {
            Some((inner, behind)) => {
                let (name, default) = inner.split_once(":-").map_or((inner, None), |(name, value)| (name, Some(value)));
                (name, default, behind)
            }
            None => {
                let is_part = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
                let end = behind.find(|letter| !is_part(letter)).unwrap_or(behind.len());
                let (name, behind) = behind.split_at(end);
                (name, None, behind)
            }
        };
        match known.get(name).copied().filter(|value| !value.is_empty()).or(default) {
            Some(value) => out.push_str(value),
            // It stays to be seen that something is not known.
            None => out.push('$'),
        }
        rest = behind;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const FILE: &str = "# syntax=docker/dockerfile:1
ARG VERSION=1.27
ARG BASE
FROM --platform=$BUILDPLATFORM nginx:${VERSION} AS web
# a comment
RUN echo a \\
    # within
    && echo FROM nowhere
RUN <<EOF
FROM inside
EOF
from web as test
ARG MODE=\"fast\" OTHER
FROM ${BASE:-alpine}
FROM scratch
COPY --from=web /a /a
FROM $UNKNOWN
";

    #[test]
    fn stages_arguments_and_bases_are_found() {
        let file = Dockerfile::parse(FILE);
        let names: Vec<Option<&str>> = file.stages.iter().map(|stage| stage.name.as_deref()).collect();
        assert_eq!(names, [Some("web"), Some("test"), None, None, None]);
        let arguments: Vec<&str> = file.arguments.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(arguments, ["VERSION", "BASE", "MODE", "OTHER"]);
        assert_eq!(file.bases(&[]), ["nginx:1.27", "alpine"]);
        let told = [("BASE".to_owned(), "me/x".to_owned()), ("VERSION".to_owned(), "2".to_owned())];
        assert_eq!(file.bases(&told), ["nginx:2", "me/x"]);
        assert!(file.needs_buildkit);
        assert!(Dockerfile::parse("FROM a\nRUN --mount=type=cache,target=/c make\n").needs_buildkit);
        assert!(!Dockerfile::parse("FROM --platform=linux/arm64 a\nRUN make --link\n").needs_buildkit);
    }

    #[test]
    fn another_sign_may_continue_lines() {
        let file = Dockerfile::parse("# escape=`\nFROM a `\n AS b\nRUN dir c:\\\nFROM c\n");
        assert_eq!(file.stages.len(), 2);
        assert_eq!(file.stages[0], Stage { name: Some("b".into()), image: "a".into() });
    }

    proptest! {
        #[test]
        fn no_text_breaks_it(text in "(FROM|ARG|RUN|<<|\\$|\\{|\\}|=|a|b| |\n|\\\\|:-){0,30}") {
            Dockerfile::parse(&text).bases(&[]);
        }
    }
}
