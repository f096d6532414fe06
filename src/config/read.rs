//! Reading TOML strictly: every key that nobody asked for and every bad value becomes an error with its place.

use super::{ConfigError, Place};
use crate::domain::order;
use std::ops::Range;
use std::path::Path;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A value of the file with the bytes it came from.
pub type Value<'a> = Spanned<DeValue<'a>>;

/// Collects the mistakes of one file, and the names of all keys that were asked for.
#[derive(Debug)]
pub struct Reader<'a> {
    path: &'a Path,
    text: &'a str,
    errors: Vec<ConfigError>,
    #[cfg(test)]
    pub asked: std::collections::BTreeSet<String>,
}

/// One table of the file; [`Reader::close`] it when all its keys have been asked for.
#[derive(Debug)]
pub struct Section<'a> {
    /// `logs.`, or nothing at the top.
    prefix: String,
    /// `None` where the file does not have it: nothing will be found in it.
    table: Option<&'a DeTable<'a>>,
    known: Vec<&'static str>,
}

/// What is wrong with a value.
#[derive(Debug)]
pub struct Wrong {
    /// The rest of a sentence that begins with the key.
    predicate: String,
    /// Which part of the value, where it is not the whole.
    span: Option<Range<usize>>,
}

impl From<&str> for Wrong {
    fn from(predicate: &str) -> Self {
        Self { predicate: predicate.to_owned(), span: None }
    }
}

impl From<String> for Wrong {
    fn from(predicate: String) -> Self {
        Self { predicate, span: None }
    }
}

/// Parses a document with `body`, which is handed the top section and closes it. Errors come in the order of lines.
pub fn document<T>(
    path: &Path,
    text: &str,
    body: impl FnOnce(&mut Reader<'_>, Section<'_>) -> T,
) -> Result<T, Vec<ConfigError>> {
    let (table, syntax) = DeTable::parse_recoverable(text);
    if !syntax.is_empty() {
        // What a broken file seems to say beyond its first mistakes is guesswork.
        return Err(syntax.iter().map(|e| ConfigError::syntax(path, text, e.message(), e.span())).collect());
    }
    let mut reader = Reader::new(path, text);
    let result = body(&mut reader, Section::new(String::new(), Some(table.get_ref())));
    reader.finish().map(|()| result)
}

impl<'a> Reader<'a> {
    pub fn new(path: &'a Path, text: &'a str) -> Self {
        Self {
            path,
            text,
            errors: Vec::new(),
            #[cfg(test)]
            asked: std::collections::BTreeSet::new(),
        }
    }

    pub fn finish(mut self) -> Result<(), Vec<ConfigError>> {
        order::sort_by_key(&mut self.errors, |error| error.place);
        if self.errors.is_empty() { Ok(()) } else { Err(self.errors) }
    }

    pub fn path(&self) -> &'a Path {
        self.path
    }

    pub fn place(&self, span: &Range<usize>) -> Place {
        Place::of(span.start, self.text)
    }

    pub fn report(&mut self, span: &Range<usize>, sentence: impl Into<String>) {
        self.errors.push(self.error(span, sentence));
    }

    pub fn report_unknown<'k>(
        &mut self,
        span: &Range<usize>,
        sentence: impl Into<String>,
        wrong: &str,
        known: impl IntoIterator<Item = &'k str>,
    ) {
        self.errors.push(self.error(span, sentence).did_you_mean(wrong, known));
    }

    fn error(&self, span: &Range<usize>, sentence: impl Into<String>) -> ConfigError {
        ConfigError::new(self.path, sentence).at(self.place(span))
    }

    /// The value of a key, made by `parse`; `None` where it is missing or wrong.
    pub fn take<T>(
        &mut self,
        section: &mut Section<'_>,
        key: &'static str,
        parse: impl FnOnce(&Value<'_>) -> Result<T, Wrong>,
    ) -> Option<T> {
        let value = self.find(section, key)?;
        match parse(value) {
            Ok(parsed) => Some(parsed),
            Err(Wrong { predicate, span }) => {
                self.report(&span.unwrap_or(value.span()), format!("“{}{key}” {predicate}.", section.prefix));
                None
            }
        }
    }

    /// A table inside; an absent one is empty.
    pub fn table<'s>(&mut self, section: &mut Section<'s>, key: &'static str) -> Section<'s> {
        let table = self.find(section, key).and_then(|value| {
            let table = value.get_ref().as_table();
            if table.is_none() {
                self.report(&value.span(), format!("“{key}” must be a table: write it as [{key}]."));
            }
            table
        });
        Section::new(format!("{}{key}.", section.prefix), table)
    }

    /// The tables of `[[key]]`, each with its place.
    pub fn tables<'s>(&mut self, section: &mut Section<'s>, key: &'static str) -> Vec<(Range<usize>, Section<'s>)> {
        let Some(value) = self.find(section, key) else { return Vec::new() };
        let Some(array) = value.get_ref().as_array() else {
            let key = format!("{}{key}", section.prefix);
            self.report(&value.span(), format!("“{key}” must be a list of tables: write each as [[{key}]]."));
            return Vec::new();
        };
        let mut tables = Vec::new();
        for item in array.iter() {
            match item.get_ref().as_table() {
                Some(table) => {
                    tables.push((item.span(), Section::new(format!("{}{key}.", section.prefix), Some(table))))
                }
                None => self.report(&item.span(), format!("Each of “{key}” must be a table: write it as [[{key}]].")),
            }
        }
        tables
    }

    fn find<'s>(&mut self, section: &mut Section<'s>, key: &'static str) -> Option<&'s Value<'s>> {
        section.known.push(key);
        #[cfg(test)]
        self.asked.insert(format!("{}{key}", section.prefix));
        let found = section.table?.iter().find(|(name, _)| name.get_ref() == key);
        found.map(|(_, value)| value)
    }

    /// Reports every key of the table that was not asked for.
    pub fn close(&mut self, section: Section<'_>) {
        for (key, _) in section.table.into_iter().flatten() {
            let name: &str = key.get_ref();
            if !section.known.contains(&name) {
                let sentence = format!("There is no setting “{}{name}”.", section.prefix);
                self.report_unknown(&key.span(), sentence, name, section.known.iter().copied());
            }
        }
    }
}

impl<'a> Section<'a> {
    fn new(prefix: String, table: Option<&'a DeTable<'a>>) -> Self {
        Self { prefix, table, known: Vec::new() }
    }

    pub fn has(&self, key: &str) -> bool {
        self.table.is_some_and(|table| table.keys().any(|name| name.get_ref() == key))
    }

    pub fn is_absent(&self) -> bool {
        self.table.is_none()
    }

    /// Key, place of the key, and value of each line: for tables whose keys are free.
    pub fn entries(self) -> impl Iterator<Item = (&'a str, Range<usize>, &'a Value<'a>)> {
        self.table.into_iter().flatten().map(|(key, value)| (&**key.get_ref(), key.span(), value))
    }
}

pub fn text(value: &Value<'_>) -> Result<String, Wrong> {
    value.get_ref().as_str().map(str::to_owned).ok_or(Wrong::from("must be a text in quotes"))
}

pub fn boolean(value: &Value<'_>) -> Result<bool, Wrong> {
    value.get_ref().as_bool().ok_or(Wrong::from("must be true or false"))
}

pub fn integer(value: &Value<'_>, range: Range<u32>) -> Result<u32, Wrong> {
    let parsed = value.get_ref().as_integer().and_then(|n| u32::from_str_radix(n.as_str(), n.radix()).ok());
    parsed
        .filter(|number| range.contains(number))
        .ok_or_else(|| format!("must be a whole number from {} to {}", range.start, range.end - 1).into())
}

/// Anything written as a text, with its own words for what is allowed.
pub fn parsed<T: std::str::FromStr>(value: &Value<'_>) -> Result<T, Wrong>
where
    T::Err: std::fmt::Display,
{
    text(value)?.parse().map_err(|allowed: T::Err| format!("must be {allowed}").into())
}

/// A list; each item is made by `parse`.
pub fn list<T>(value: &Value<'_>, parse: impl Fn(&Value<'_>) -> Result<T, Wrong>) -> Result<Vec<T>, Wrong> {
    let array = value.get_ref().as_array().ok_or("must be a list in [brackets]")?;
    array.iter().map(|item| parse(item).map_err(|wrong| Wrong { span: Some(item.span()), ..wrong })).collect()
}
