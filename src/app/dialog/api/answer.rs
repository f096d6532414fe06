//! What came back: headers, one value that folds, or lines as they come.

use crate::app::dialog::scroll::step_of;
use crate::app::json_tree::JsonTree;
use crate::domain::{Failure, FailureKind, RawHead, RawPart, RawRequest};
use crossterm::event::KeyCode;
use std::collections::VecDeque;

/// Lines kept of an answer, and their bytes; the oldest are dropped.
const KEPT: usize = 10_000;
const KEPT_BYTES: usize = 8 << 20;
/// Columns that one step sideways takes, and beyond which nothing is shown.
const SIDE_STEP: usize = 8;
const WIDEST: usize = 64 << 10;

#[derive(Debug)]
pub struct ApiAnswer {
    pub request: RawRequest,
    pub head: Option<RawHead>,
    pub lines: VecDeque<String>,
    bytes: usize,
    /// Lines that are not kept any more.
    pub dropped: usize,
    /// It is no text; so many bytes.
    pub size: Option<u64>,
    pub tree: Option<JsonTree>,
    /// How it ended, once it has.
    pub ended: Option<Result<(), Failure>>,
    pub shows_headers: bool,
    /// Lines below the ones on screen; 0 while it follows.
    pub below: usize,
    /// Columns that lines were moved to the left by.
    pub sideways: usize,
}

impl ApiAnswer {
    pub fn new(request: RawRequest) -> Self {
        Self {
            request,
            head: None,
            lines: VecDeque::new(),
            bytes: 0,
            dropped: 0,
            size: None,
            tree: None,
            ended: None,
            shows_headers: false,
            below: 0,
            sideways: 0,
        }
    }

    pub fn take(&mut self, part: RawPart) {
        match part {
            RawPart::Head(head) => self.head = Some(head),
            RawPart::Bytes(size) => self.size = Some(size),
            RawPart::Json(value) => {
                self.lines.clear();
                self.tree = Some(JsonTree::new(*value));
            }
            RawPart::Lines(lines) => {
                if self.below > 0 {
                    self.below += lines.len();
                }
                self.bytes += lines.iter().map(String::len).sum::<usize>();
                self.lines.extend(lines);
                while self.lines.len() > KEPT || self.bytes > KEPT_BYTES {
                    let Some(line) = self.lines.pop_front() else { break };
                    self.bytes -= line.len();
                    self.dropped += 1;
                }
                self.below = self.below.min(self.lines.len());
            }
        }
    }

    /// Whoever asked wants no more of it.
    pub fn stop(&mut self) {
        self.ended = Some(Err(Failure::new(FailureKind::Cancelled, "Stopped.")));
    }

    /// The lines on a screen of that height: the first one's place, and how many.
    pub fn window(&self, height: usize) -> (usize, usize) {
        let last = self.lines.len().saturating_sub(height);
        (last.saturating_sub(self.below), height)
    }

    pub fn key(&mut self, code: KeyCode, height: usize) {
        let step = step_of(code, height.max(2) - 1);
        if let Some(tree) = &mut self.tree {
            match code {
                KeyCode::Left => tree.fold(),
                KeyCode::Right => tree.unfold(),
                KeyCode::Enter => tree.toggle(),
                KeyCode::Char('-') => tree.fold_deeper_than(1),
                KeyCode::Char('+') => tree.unfold_all(),
                _ => tree.move_by(step, height),
            }
            return;
        }
        match code {
            KeyCode::Left => self.sideways = self.sideways.saturating_sub(SIDE_STEP),
            KeyCode::Right => self.sideways = (self.sideways + SIDE_STEP).min(WIDEST),
            _ => {}
        }
        let most = self.lines.len().saturating_sub(height);
        self.below = self.below.saturating_add_signed(step.saturating_neg()).min(most);
    }

    /// The value under the cursor; of lines, the last one on screen.
    pub fn selected_text(&self) -> String {
        match &self.tree {
            Some(tree) => tree.value_text(),
            None => self.lines.iter().rev().nth(self.below).cloned().unwrap_or_default(),
        }
    }

    pub fn whole_text(&self) -> String {
        match &self.tree {
            Some(tree) => tree.whole_text(),
            None => self.lines.iter().cloned().collect::<Vec<_>>().join("\n"),
        }
    }
}
