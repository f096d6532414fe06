//! A JSON object to be sent that leaves out what is not said: the engine decides that.

use serde_json::{Map, Value, json};

/// An object under construction.
#[derive(Default)]
pub(super) struct Object(Map<String, Value>);

impl Object {
    pub(super) fn value(&mut self, key: &str, value: Value) {
        let empty = match &value {
            Value::Null => true,
            Value::Object(fields) => fields.is_empty(),
            Value::Array(items) => items.is_empty(),
            Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
        };
        if !empty {
            self.0.insert(key.to_owned(), value);
        }
    }

    pub(super) fn text(&mut self, key: &str, text: &str) {
        if !text.is_empty() {
            self.value(key, json!(text));
        }
    }

    pub(super) fn flag(&mut self, key: &str, on: bool) {
        if on {
            self.value(key, json!(true));
        }
    }

    pub(super) fn number(&mut self, key: &str, number: u64) {
        if number > 0 {
            self.value(key, json!(number));
        }
    }

    pub(super) fn list<T: serde::Serialize>(&mut self, key: &str, items: &[T]) {
        self.value(key, json!(items));
    }

    pub(super) fn object(&mut self, key: &str, fields: impl Iterator<Item = (String, Value)>) {
        self.value(key, Value::Object(fields.collect()));
    }

    /// Of two pairs with one key the later one holds.
    pub(super) fn pairs(&mut self, key: &str, pairs: &[(String, String)]) {
        self.object(key, pairs.iter().map(|(key, value)| (key.clone(), json!(value))));
    }

    pub(super) fn done(self) -> Value {
        Value::Object(self.0)
    }
}
