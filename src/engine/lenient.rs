//! Serde helpers that take what engines really send: `null` anywhere, missing fields, unknown words.

use crate::domain::Labels;
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

/// Text borrowed from the body where it holds no escapes; `null` is empty, numbers are their digits.
#[derive(Debug, Default)]
pub struct Text<'a>(pub Cow<'a, str>);

impl Text<'_> {
    pub fn boxed(self) -> Box<str> {
        match self.0 {
            Cow::Borrowed(text) => text.into(),
            Cow::Owned(text) => text.into_boxed_str(),
        }
    }
}

struct TextVisitor;

impl<'de> Visitor<'de> for TextVisitor {
    type Value = Text<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("text")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Text<'de>, E> {
        Ok(Text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Text<'de>, E> {
        Ok(Text(Cow::Owned(text.to_owned())))
    }

    fn visit_unit<E>(self) -> Result<Text<'de>, E> {
        Ok(Text::default())
    }

    fn visit_u64<E>(self, number: u64) -> Result<Text<'de>, E> {
        Ok(Text(Cow::Owned(number.to_string())))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Text<'de>, E> {
        Ok(Text(Cow::Owned(number.to_string())))
    }

    fn visit_bool<E>(self, word: bool) -> Result<Text<'de>, E> {
        Ok(Text(Cow::Owned(word.to_string())))
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Text<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TextVisitor)
    }
}

/// `null` is the default. For `#[serde(default, deserialize_with = "or_default")]`.
pub fn or_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Default + Deserialize<'de>,
{
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

/// A list whose elements, read as `R`, are turned into `T` one by one; `null` is empty. So ten thousand containers
/// are never there twice.
#[derive(Debug)]
pub struct List<R, T>(pub Vec<T>, PhantomData<R>);

impl<R, T> Default for List<R, T> {
    fn default() -> Self {
        Self(Vec::new(), PhantomData)
    }
}

struct ListVisitor<R, T>(PhantomData<(R, T)>);

impl<'de, R: Deserialize<'de>, T: From<R>> Visitor<'de> for ListVisitor<R, T> {
    type Value = List<R, T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_unit<E>(self) -> Result<List<R, T>, E> {
        Ok(List::default())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<List<R, T>, A::Error> {
        let mut list = Vec::new();
        while let Some(element) = elements.next_element::<R>()? {
            list.push(T::from(element));
        }
        list.shrink_to_fit();
        Ok(List(list, PhantomData))
    }
}

impl<'de, R: Deserialize<'de>, T: From<R>> Deserialize<'de> for List<R, T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ListVisitor(PhantomData))
    }
}

/// An object as pairs in its own order; `null` (and, from Podman, an empty list) is no pairs.
#[derive(Debug)]
pub struct Pairs<V>(pub Vec<(Box<str>, V)>);

impl<V> Default for Pairs<V> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

struct PairsVisitor<V>(PhantomData<V>);

impl<'de, V: Deserialize<'de>> Visitor<'de> for PairsVisitor<V> {
    type Value = Pairs<V>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_unit<E>(self) -> Result<Pairs<V>, E> {
        Ok(Pairs::default())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Pairs<V>, A::Error> {
        while elements.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Pairs::default())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Pairs<V>, A::Error> {
        let mut pairs = Vec::with_capacity(entries.size_hint().unwrap_or(0));
        while let Some((key, value)) = entries.next_entry::<Text<'de>, V>()? {
            pairs.push((key.boxed(), value));
        }
        pairs.shrink_to_fit();
        Ok(Pairs(pairs))
    }
}

impl<'de, V: Deserialize<'de>> Deserialize<'de> for Pairs<V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(PairsVisitor(PhantomData))
    }
}

/// Owned text that may be `null`.
#[derive(Debug, Default)]
pub struct Word(pub Box<str>);

impl<'de> Deserialize<'de> for Word {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Text::deserialize(deserializer).map(|text| Self(text.boxed()))
    }
}

impl From<Word> for Box<str> {
    fn from(word: Word) -> Self {
        word.0
    }
}

/// A list of text.
pub type Words = List<Word, Box<str>>;

impl From<Pairs<Word>> for Labels {
    fn from(pairs: Pairs<Word>) -> Self {
        Self(pairs.0.into_iter().map(|(key, value)| (key, value.0)).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nulls_and_odd_types_are_taken() {
        let words: Words = serde_json::from_str(r#"["a",null,3,true]"#).unwrap();
        assert_eq!(words.0, ["a".into(), "".into(), "3".into(), "true".into()] as [Box<str>; 4]);
        assert!(serde_json::from_str::<Words>("null").unwrap().0.is_empty());
        for nothing in ["null", "[]", "{}"] {
            assert!(serde_json::from_str::<Pairs<Word>>(nothing).unwrap().0.is_empty());
        }
        let labels = Labels::from(serde_json::from_str::<Pairs<Word>>(r#"{"b":"1","a":null,"\u00e9":"x"}"#).unwrap());
        assert_eq!(labels.0.iter().map(|(key, _)| &**key).collect::<Vec<_>>(), ["b", "a", "é"]);
    }

    #[test]
    fn text_without_escapes_is_borrowed() {
        assert!(matches!(serde_json::from_str::<Text<'_>>("\"abc\"").unwrap().0, Cow::Borrowed("abc")));
        assert!(matches!(serde_json::from_str::<Text<'_>>("\"a\\nc\"").unwrap().0, Cow::Owned(_)));
    }
}
