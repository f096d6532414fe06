//! Images that leave an engine or come to it as files, and what a container becomes an image with.

use super::{Invalid, Target};

/// One or several images that are written to one archive here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImageSave {
    /// Names, or ids of images without one.
    pub references: Vec<String>,
    /// As typed: `~/` is the user's home.
    pub path: String,
    /// A file that is there is replaced.
    pub overwrite: bool,
    /// What it is called in sentences.
    title: String,
}

impl ImageSave {
    pub fn new(references: Vec<String>, path: impl Into<String>) -> Self {
        let title = match references.as_slice() {
            [one] => one.clone(),
            several => format!("{} images", several.len()),
        };
        Self { references, path: path.into(), overwrite: false, title }
    }

    /// The same, over what is there.
    #[must_use]
    pub fn replacing(mut self) -> Self {
        self.overwrite = true;
        self
    }

    /// An image's name, or how many they are.
    pub fn title(&self) -> &str {
        &self.title
    }
}

/// An image that is made of an archive of files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImageImport {
    pub source: ImportSource,
    /// Its name; empty for none.
    pub reference: String,
    /// What its history says; empty for the engine's own words.
    pub message: String,
    /// Instructions of a Dockerfile: `CMD ["/hello"]`.
    pub changes: Vec<String>,
    /// `linux/arm64`; empty for the engine's own.
    pub platform: String,
}

/// Where the archive is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ImportSource {
    /// On this machine, as typed.
    File(String),
    /// The engine fetches it from there.
    Address(String),
}

/// An image that is made of a container as it is now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commit {
    pub target: Target,
    /// Its name; empty for none.
    pub reference: String,
    /// `Ada <ada@example.com>`; may be empty.
    pub author: String,
    pub message: String,
    /// Instructions of a Dockerfile.
    pub changes: Vec<String>,
    /// Its processes stand still meanwhile.
    pub pause: bool,
}

impl ImportSource {
    /// What is typed: an address begins with `http://` or `https://`.
    pub fn of(text: &str) -> Self {
        let text = text.trim();
        if text.starts_with("http://") || text.starts_with("https://") {
            Self::Address(text.to_owned())
        } else {
            Self::File(text.to_owned())
        }
    }

    pub fn text(&self) -> &str {
        match self {
            Self::File(text) | Self::Address(text) => text,
        }
    }
}

/// Instructions that engines take for an image that is not built.
pub const CHANGE_WORDS: &[&str] = &[
    "CMD",
    "ENTRYPOINT",
    "ENV",
    "EXPOSE",
    "HEALTHCHECK",
    "LABEL",
    "ONBUILD",
    "STOPSIGNAL",
    "USER",
    "VOLUME",
    "WORKDIR",
];

/// Checks one such instruction; what follows its word is the engine's to judge.
pub fn check_change(line: &str) -> Result<(), Invalid> {
    let (word, rest) = line.trim().split_once(char::is_whitespace).unwrap_or((line.trim(), ""));
    if !CHANGE_WORDS.contains(&word.to_ascii_uppercase().as_str()) {
        return Err(Invalid::new(format!(
            "“{}” is none of the instructions {}.",
            word.escape_debug(),
            CHANGE_WORDS.join(", ")
        )));
    }
    match rest.trim() {
        "" => Err(Invalid::new(format!("{word} wants something behind it."))),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_are_instructions() {
        assert!(check_change("CMD [\"a\"]").is_ok() && check_change(" env A=1").is_ok());
        assert!(check_change("RUN make").unwrap_err().sentence().contains("CMD"));
        assert!(check_change("CMD").is_err());
    }

    #[test]
    fn an_address_is_no_file() {
        assert_eq!(ImportSource::of(" https://x/y.tar "), ImportSource::Address("https://x/y.tar".into()));
        assert_eq!(ImportSource::of("http.tar"), ImportSource::File("http.tar".into()));
    }
}
