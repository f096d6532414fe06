//! The nodes of a JSON value in the order of their rows, and the paths that name them.

use std::fmt::Write;

use serde_json::Value;

/// From a value to one of its children.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    Key(String),
    Index(usize),
}

#[derive(Clone, Debug)]
pub struct Node {
    pub parent: Option<usize>,
    /// `None` for the root.
    pub step: Option<Step>,
    pub depth: usize,
    /// The index behind the last node below this one.
    pub end: usize,
}

pub fn flatten(root: &Value) -> Vec<Node> {
    let mut nodes = Vec::new();
    add(&mut nodes, root, None, None, 0);
    nodes
}

fn add(nodes: &mut Vec<Node>, value: &Value, parent: Option<usize>, step: Option<Step>, depth: usize) {
    let index = nodes.len();
    nodes.push(Node { parent, step, depth, end: index + 1 });
    match value {
        Value::Object(children) => {
            for (key, child) in children {
                add(nodes, child, Some(index), Some(Step::Key(key.clone())), depth + 1);
            }
        }
        Value::Array(children) => {
            for (at, child) in children.iter().enumerate() {
                add(nodes, child, Some(index), Some(Step::Index(at)), depth + 1);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
    let end = nodes.len();
    if let Some(node) = nodes.get_mut(index) {
        node.end = end;
    }
}

/// The value at the path; null where there is none.
pub fn get<'a>(root: &'a Value, path: &[Step]) -> &'a Value {
    path.iter().fold(root, |value, step| {
        let child = match step {
            Step::Key(key) => value.get(key),
            Step::Index(index) => value.get(index),
        };
        child.unwrap_or(&Value::Null)
    })
}

/// The node at the path, or the last one on the way there that exists.
pub fn number_of(nodes: &[Node], path: &[Step]) -> usize {
    let mut at = 0;
    for step in path {
        let end = nodes.get(at).map_or(0, |node| node.end);
        let mut child = at + 1;
        loop {
            match nodes.get(child) {
                Some(node) if child < end && node.step.as_ref() == Some(step) => break,
                Some(node) if child < end => child = node.end,
                Some(_) | None => return at,
            }
        }
        at = child;
    }
    at
}

/// The path as a `jq` filter.
pub fn jq_path(path: &[Step]) -> String {
    let mut text = String::new();
    for step in path {
        let is_name = |key: &str| {
            key.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
                && key.chars().all(|character| character.is_ascii_alphanumeric() || character == '_')
        };
        // jq wants a dot in front of whatever comes first.
        let dot = if text.is_empty() { "." } else { "" };
        // Writing to a string cannot fail.
        let _ = match step {
            Step::Key(key) if is_name(key) => write!(text, ".{key}"),
            Step::Key(key) => write!(text, "{dot}[{}]", Value::String(key.clone())),
            Step::Index(index) => write!(text, "{dot}[{index}]"),
        };
    }
    if text.is_empty() { ".".to_owned() } else { text }
}
