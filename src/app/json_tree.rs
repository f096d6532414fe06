//! A JSON value as a tree of rows that fold: what the Inspect tab shows.

use std::collections::HashMap;

use serde_json::Value;

use super::logs::{Pattern, escape};
use node::{Node, Step, flatten, get, jq_path, number_of};

mod node;
#[cfg(test)]
mod tests;

/// Characters of a value that a row carries; copying gives the whole.
const SHOWN: usize = 2_000;

/// The tree, its folds, its cursor and its search.
#[derive(Debug)]
pub struct JsonTree {
    root: Value,
    /// All nodes in the order of rows, the root first.
    nodes: Vec<Node>,
    /// Indexes into `nodes` of the rows not folded away.
    shown: Vec<usize>,
    /// What was folded or unfolded by hand.
    folded: HashMap<Vec<Step>, bool>,
    /// Everything this deep is folded unless unfolded by hand.
    fold_depth: usize,
    /// Index into `nodes`; always one of `shown`.
    cursor: usize,
    top: usize,
    search: Option<Pattern>,
    /// Indexes into `nodes`, ascending.
    hits: Vec<usize>,
}

/// Whether a row has something below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fold {
    Leaf,
    Open,
    Closed,
}

/// One row to draw; its texts are safe to draw.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TreeRow {
    /// Steps of indentation.
    pub depth: usize,
    /// The key, or `[3]`; empty for the value as a whole.
    pub label: String,
    /// A scalar as JSON, `{3}` or `[3]` with the number of children.
    pub value: String,
    pub fold: Fold,
    pub is_cursor: bool,
    pub is_hit: bool,
}

impl JsonTree {
    /// Everything unfolded, the cursor on the first row.
    pub fn new(root: Value) -> Self {
        let nodes = flatten(&root);
        let mut tree = Self {
            root,
            nodes,
            shown: Vec::new(),
            folded: HashMap::new(),
            fold_depth: usize::MAX,
            cursor: 0,
            top: 0,
            search: None,
            hits: Vec::new(),
        };
        tree.renew_shown();
        tree
    }

    /// Shows a refreshed value. The cursor and the folds stay on their paths, or go to what is left of them.
    pub fn replace(&mut self, root: Value) {
        if root == self.root {
            return;
        }
        let path = self.path_of(self.cursor);
        self.nodes = flatten(&root);
        self.root = root;
        self.cursor = number_of(&self.nodes, &path);
        self.find_hits();
        self.renew_shown();
    }

    /// Rows not folded away.
    pub fn row_count(&self) -> usize {
        self.shown.len()
    }

    /// The row that the cursor is on, from 0.
    pub fn cursor_row(&self) -> usize {
        self.shown.partition_point(|node| *node < self.cursor)
    }

    /// Puts the cursor on a row (a click), or on the last one.
    pub fn select_row(&mut self, row: usize, height: usize) {
        if let Some(node) = self.shown.get(row).or(self.shown.last()) {
            self.cursor = *node;
        }
        self.top = self.top_for(height);
    }

    /// Moves the cursor by rows, down where positive, in a pane of that height.
    pub fn move_by(&mut self, rows: isize, height: usize) {
        self.select_row(self.cursor_row().saturating_add_signed(rows), height);
    }

    /// Folds what the cursor is on; where nothing is open there, goes to what contains it.
    pub fn fold(&mut self) {
        if self.fold_of(self.cursor) == Fold::Open {
            self.set_folded(self.cursor, true);
        } else if let Some(parent) = self.nodes.get(self.cursor).and_then(|node| node.parent) {
            self.cursor = parent;
        }
        self.renew_shown();
    }

    pub fn unfold(&mut self) {
        self.set_folded(self.cursor, false);
        self.renew_shown();
    }

    pub fn toggle(&mut self) {
        match self.fold_of(self.cursor) {
            Fold::Open => self.fold(),
            Fold::Closed => self.unfold(),
            Fold::Leaf => {}
        }
    }

    /// Folds everything from this depth on (1: only the first level stays in sight) and unfolds what is above.
    pub fn fold_deeper_than(&mut self, depth: usize) {
        self.folded.clear();
        self.fold_depth = depth;
        self.renew_shown();
    }

    pub fn unfold_all(&mut self) {
        self.fold_deeper_than(usize::MAX);
    }

    /// Where the cursor is, as `jq` writes it: `.State.Health.Status`, `.Mounts[0].Source`, `.Labels["com.docker.x"]`.
    pub fn path(&self) -> String {
        jq_path(&self.path_of(self.cursor))
    }

    /// The value under the cursor for copying: a string as it is, all else as JSON.
    pub fn value_text(&self) -> String {
        match self.value_of(self.cursor) {
            Value::String(text) => text.clone(),
            other => serde_json::to_string_pretty(other).unwrap_or_default(),
        }
    }

    /// The whole value, as JSON.
    pub fn whole_text(&self) -> String {
        serde_json::to_string_pretty(&self.root).unwrap_or_default()
    }

    /// Searches keys and scalars, and goes to the first hit from the cursor on. Says whether there is one.
    pub fn start_search(&mut self, pattern: Pattern, height: usize) -> bool {
        self.search = Some(pattern);
        self.find_hits();
        let at = self.hits.iter().find(|hit| **hit >= self.cursor).or(self.hits.first()).copied();
        self.jump(at, height)
    }

    pub fn clear_search(&mut self) {
        self.search = None;
        self.hits.clear();
    }

    pub fn search(&self) -> Option<&Pattern> {
        self.search.as_ref()
    }

    pub fn hit_count(&self) -> usize {
        self.hits.len()
    }

    /// Goes to the next hit, after the last one to the first, and unfolds it.
    pub fn search_next(&mut self, height: usize) -> bool {
        let at = self.hits.iter().find(|hit| **hit > self.cursor).or(self.hits.first()).copied();
        self.jump(at, height)
    }

    /// Goes to the hit before, from the first one to the last, and unfolds it.
    pub fn search_previous(&mut self, height: usize) -> bool {
        let at = self.hits.iter().rev().find(|hit| **hit < self.cursor).or(self.hits.last()).copied();
        self.jump(at, height)
    }

    /// The row at the top of a pane of that height.
    pub fn top_for(&self, height: usize) -> usize {
        let cursor = self.cursor_row();
        let last = self.shown.len().saturating_sub(height);
        self.top.clamp((cursor + 1).saturating_sub(height.max(1)), cursor).min(last)
    }

    /// The rows to draw; only these are put into words.
    pub fn visible(&self, height: usize) -> Vec<TreeRow> {
        let rows = self.shown.iter().skip(self.top_for(height)).take(height);
        rows.filter_map(|index| self.nodes.get(*index).map(|node| self.row(*index, node))).collect()
    }

    fn row(&self, index: usize, node: &Node) -> TreeRow {
        let label = match &node.step {
            None => String::new(),
            Some(Step::Key(key)) => safe(key),
            Some(Step::Index(index)) => format!("[{index}]"),
        };
        let value = match self.value_of(index) {
            Value::Object(children) => format!("{{{}}}", children.len()),
            Value::Array(children) => format!("[{}]", children.len()),
            Value::String(text) => {
                let cut: String = text.chars().take(SHOWN).collect();
                let more = if cut.len() < text.len() { "…" } else { "" };
                format!("{}{more}", safe(&Value::String(cut).to_string()))
            }
            scalar @ (Value::Null | Value::Bool(_) | Value::Number(_)) => scalar.to_string(),
        };
        TreeRow {
            depth: node.depth,
            label,
            value,
            fold: self.fold_of(index),
            is_cursor: index == self.cursor,
            is_hit: self.hits.binary_search(&index).is_ok(),
        }
    }

    fn jump(&mut self, to: Option<usize>, height: usize) -> bool {
        let Some(to) = to else { return false };
        let mut above = self.nodes.get(to).and_then(|node| node.parent);
        while let Some(parent) = above {
            if self.fold_of(parent) == Fold::Closed {
                self.set_folded(parent, false);
            }
            above = self.nodes.get(parent).and_then(|node| node.parent);
        }
        self.cursor = to;
        self.renew_shown();
        self.top = self.top_for(height);
        true
    }

    fn find_hits(&mut self) {
        let Some(pattern) = &self.search else { return };
        let matches = |index: usize, node: &Node| {
            let key = matches!(&node.step, Some(Step::Key(key)) if pattern.is_match(key.as_bytes()));
            key || match self.value_of(index) {
                Value::String(text) => pattern.is_match(text.as_bytes()),
                Value::Object(_) | Value::Array(_) => false,
                scalar @ (Value::Null | Value::Bool(_) | Value::Number(_)) => {
                    pattern.is_match(scalar.to_string().as_bytes())
                }
            }
        };
        let hits = self.nodes.iter().enumerate().filter(|(index, node)| matches(*index, node));
        self.hits = hits.map(|(index, _)| index).collect();
    }

    fn fold_of(&self, index: usize) -> Fold {
        let Some(node) = self.nodes.get(index).filter(|node| node.end > index + 1) else { return Fold::Leaf };
        let by_hand = if self.folded.is_empty() { None } else { self.folded.get(&self.path_of(index)).copied() };
        if by_hand.unwrap_or(node.depth >= self.fold_depth) { Fold::Closed } else { Fold::Open }
    }

    fn set_folded(&mut self, index: usize, folded: bool) {
        let path = self.path_of(index);
        self.folded.insert(path, folded);
    }

    /// Renews `shown`, and lifts the cursor out of what is folded.
    fn renew_shown(&mut self) {
        let mut shown = Vec::new();
        let mut index = 0;
        while let Some(node) = self.nodes.get(index) {
            shown.push(index);
            index = if self.fold_of(index) == Fold::Closed { node.end } else { index + 1 };
        }
        let above = shown.partition_point(|node| *node <= self.cursor).saturating_sub(1);
        self.cursor = shown.get(above).copied().unwrap_or(0);
        self.shown = shown;
    }

    fn path_of(&self, index: usize) -> Vec<Step> {
        let mut path = Vec::new();
        let mut at = self.nodes.get(index);
        while let Some(node) = at {
            path.extend(node.step.clone());
            at = node.parent.and_then(|parent| self.nodes.get(parent));
        }
        path.reverse();
        path
    }

    fn value_of(&self, index: usize) -> &Value {
        get(&self.root, &self.path_of(index))
    }
}

fn safe(text: &str) -> String {
    escape::plain(text.as_bytes()).replace('\t', " ")
}
