//! The engine's whole answer about the subject as a tree; values that look like secrets are hidden until asked for.

use super::loaded::Loaded;
use crate::app::json_tree::JsonTree;
use crate::domain::{Failure, is_secret, mask};
use serde_json::Value;

#[derive(Debug, Default)]
pub struct InspectPane {
    /// As the engine said it, secrets included.
    answer: Value,
    tree: Loaded<JsonTree>,
}

impl InspectPane {
    /// Folds, cursor and search stay in place.
    pub fn take(&mut self, answer: Result<Value, Failure>, revealed: bool) {
        match answer {
            Ok(value) => {
                self.answer = value;
                self.show(revealed);
            }
            Err(failure) => self.tree.take(Err(failure)),
        }
    }

    /// Shows secrets or hides them.
    pub fn reveal(&mut self, revealed: bool) {
        if self.tree.value().is_some() {
            self.show(revealed);
        }
    }

    pub fn tree(&self) -> &Loaded<JsonTree> {
        &self.tree
    }

    pub fn tree_mut(&mut self) -> Option<&mut JsonTree> {
        self.tree.value_mut()
    }

    fn show(&mut self, revealed: bool) {
        let mut value = self.answer.clone();
        if !revealed {
            hide_secrets(&mut value);
        }
        let tree = match std::mem::take(&mut self.tree).into_value() {
            Some(mut tree) => {
                tree.replace(value);
                tree
            }
            None => JsonTree::new(value),
        };
        self.tree.take(Ok(tree));
    }
}

/// Hides them where users put them: variables, labels, options of drivers.
fn hide_secrets(value: &mut Value) {
    match value {
        Value::Object(children) => {
            for (key, child) in children {
                match (key.as_str(), child) {
                    ("Env", Value::Array(variables)) => variables.iter_mut().for_each(hide_variable),
                    ("Labels" | "Options" | "Attributes", Value::Object(pairs)) => {
                        for (key, value) in pairs {
                            hide_pair(key, value);
                        }
                    }
                    (_, child) => hide_secrets(child),
                }
            }
        }
        Value::Array(children) => children.iter_mut().for_each(hide_secrets),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn hide_variable(variable: &mut Value) {
    let Value::String(text) = variable else { return };
    if let Some((key, value)) = text.split_once('=')
        && is_secret(key, value)
    {
        *text = format!("{key}={}", mask(value));
    }
}

fn hide_pair(key: &str, value: &mut Value) {
    if let Value::String(text) = value
        && is_secret(key, text)
    {
        *text = mask(text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn text(pane: &InspectPane) -> String {
        pane.tree().value().unwrap().whole_text()
    }

    #[test]
    fn secrets_are_hidden_until_asked_for() {
        let mut pane = InspectPane::default();
        let answer = json!({
            "Config": {"Env": ["PATH=/bin", "DB_PASSWORD=hunter2", "ODD"], "Labels": {"api.token": "hunter2"}},
            "Options": {"password": "hunter2", "device": "//nas/share"},
        });
        pane.take(Ok(answer), false);
        assert!(!text(&pane).contains("hunter2"));
        assert!(text(&pane).contains("PATH=/bin") && text(&pane).contains("//nas/share"));
        pane.reveal(true);
        assert_eq!(text(&pane).matches("hunter2").count(), 3);
    }

    #[test]
    fn the_cursor_stays_through_an_answer() {
        let mut pane = InspectPane::default();
        pane.take(Ok(json!({"a": 1, "b": {"c": 2}})), false);
        pane.tree_mut().unwrap().move_by(3, 10);
        pane.take(Ok(json!({"a": 1, "aa": 0, "b": {"c": 3}})), false);
        assert_eq!(pane.tree().value().unwrap().path(), ".b.c");
        pane.reveal(false);
        assert_eq!(pane.tree().value().unwrap().value_text(), "3");
    }
}
