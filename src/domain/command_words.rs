//! The words of a `docker` command line that leaves out what is not said.

/// A line under construction: without `docker`, unquoted.
#[derive(Default)]
pub(super) struct Words(pub(super) Vec<String>);

impl Words {
    /// A line that begins with these.
    pub(super) fn of(words: &[&str]) -> Self {
        Self(words.iter().map(|word| (*word).to_owned()).collect())
    }

    /// The last word, which may be missing.
    pub(super) fn ending(mut self, word: &str) -> Vec<String> {
        self.0.extend((!word.is_empty()).then(|| word.to_owned()));
        self.0
    }

    pub(super) fn flag(&mut self, flag: &str, on: bool) {
        self.0.extend(on.then(|| flag.to_owned()));
    }

    pub(super) fn option(&mut self, flag: &str, value: &str) {
        if !value.is_empty() {
            self.0.extend([flag.to_owned(), value.to_owned()]);
        }
    }

    pub(super) fn options<S: AsRef<str>>(&mut self, flag: &str, values: impl IntoIterator<Item = S>) {
        for value in values {
            self.0.extend([flag.to_owned(), value.as_ref().to_owned()]);
        }
    }

    /// `--label a=b --label c=d`
    pub(super) fn pairs(&mut self, flag: &str, pairs: &[(String, String)]) {
        self.options(flag, pairs.iter().map(|(key, value)| format!("{key}={value}")));
    }
}
