//! The environment of a container, one variable a row; secrets are hidden until asked for.

use super::loaded::Loaded;
use super::rows::{RowLook, Rows};
use crate::domain::{Failure, is_secret, mask, order};
use serde_json::Value;
use std::borrow::Cow;

#[derive(Debug, Default)]
pub struct EnvPane {
    variables: Loaded<Vec<Variable>>,
    /// Secrets are shown, and found by a search.
    revealed: bool,
    look: RowLook,
}

/// One variable as the container has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variable {
    pub key: Box<str>,
    value: Box<str>,
    pub is_secret: bool,
}

impl Variable {
    fn parse(text: &str) -> Self {
        let (key, value) = text.split_once('=').unwrap_or((text, ""));
        Self { key: key.into(), value: value.into(), is_secret: is_secret(key, value) }
    }

    /// The value as it may be seen.
    pub fn shown(&self, revealed: bool) -> Cow<'_, str> {
        if self.is_secret && !revealed { Cow::Owned(mask(&self.value)) } else { Cow::Borrowed(&self.value) }
    }
}

impl EnvPane {
    /// Takes the answer to an inspect; the variables are sorted by name.
    pub fn take(&mut self, answer: Result<&Value, Failure>) {
        self.variables.take(answer.map(|value| {
            let listed = value.pointer("/Config/Env").and_then(Value::as_array);
            let mut variables: Vec<Variable> =
                listed.into_iter().flatten().filter_map(Value::as_str).map(Variable::parse).collect();
            order::sort_by(&mut variables, |left, right| left.key.cmp(&right.key));
            variables
        }));
        self.renew_hits();
    }

    /// Shows secrets or hides them.
    pub fn reveal(&mut self, revealed: bool) {
        self.revealed = revealed;
        self.renew_hits();
    }

    pub fn variables(&self) -> &Loaded<Vec<Variable>> {
        &self.variables
    }

    /// The variable under the cursor.
    pub fn selected(&self) -> Option<&Variable> {
        self.variables.value()?.get(self.cursor_row())
    }

    pub fn secret_count(&self) -> usize {
        self.variables.value().map_or(0, |variables| variables.iter().filter(|variable| variable.is_secret).count())
    }
}

impl Rows for EnvPane {
    fn look(&self) -> &RowLook {
        &self.look
    }

    fn look_mut(&mut self) -> &mut RowLook {
        &mut self.look
    }

    fn row_count(&self) -> usize {
        self.variables.value().map_or(0, Vec::len)
    }

    /// What is hidden is not found either.
    fn row_text(&self, place: usize) -> String {
        let variable = self.variables.value().and_then(|variables| variables.get(place));
        variable.map(|variable| format!("{}={}", variable.key, variable.shown(self.revealed))).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::logs::Pattern;
    use serde_json::json;

    #[test]
    fn a_hidden_secret_is_not_found() {
        let mut pane = EnvPane::default();
        pane.take(Ok(&json!({"Config": {"Env": ["DB_PASSWORD=hunter2", "HOME=/root"]}})));
        assert!(!pane.start_search(Pattern::parse("hunter").unwrap(), 5));
        pane.reveal(true);
        assert!(pane.search_next(5));
        assert!(pane.start_search(Pattern::parse("home=/").unwrap(), 5));
        assert_eq!(&*pane.selected().unwrap().key, "HOME");
    }

    #[test]
    fn variables_are_sorted_and_secrets_masked() {
        let mut pane = EnvPane::default();
        pane.take(Ok(&json!({"Config": {"Env": ["Z=1=2", "DB_PASSWORD=hunter2", "BARE"]}})));
        let variables = pane.variables().value().unwrap();
        let keys: Vec<&str> = variables.iter().map(|variable| &*variable.key).collect();
        assert_eq!(keys, ["BARE", "DB_PASSWORD", "Z"]);
        assert!(!variables[1].shown(false).contains("hunter2"));
        assert_eq!(variables[1].shown(true), "hunter2");
        assert_eq!(variables[2].shown(false), "1=2");
        assert_eq!(pane.secret_count(), 1);
        pane.take(Ok(&json!({"Config": {"Env": null}})));
        assert_eq!(pane.row_count(), 0);
        assert!(pane.selected().is_none());
    }
}
