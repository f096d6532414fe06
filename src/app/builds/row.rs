//! A build as rows to read: what stands on each, without those before it being made.

use super::{BuildLog, Step};
use crate::domain::{Progress, StepState};
use std::borrow::Cow;

/// What a row shows.
#[derive(Debug)]
pub enum Row<'a> {
    Note(&'a str),
    Step(&'a Step),
    /// So many older lines of a step were dropped.
    Dropped(usize),
    Part(&'a Progress),
    Line(&'a str),
}

impl Row<'_> {
    /// What stands on it.
    pub fn text(&self) -> Cow<'_, str> {
        match self {
            Self::Note(text) | Self::Line(text) => (*text).into(),
            Self::Step(step) => format!("{}{}", step.name, step.ending()).into(),
            Self::Dropped(count) => format!("({count} earlier lines were dropped)").into(),
            Self::Part(part) => format!("{} {}", part.part, part.status).into(),
        }
    }
}

impl Step {
    /// What goes on in it is of interest while it does.
    fn shown_parts(&self) -> &[Progress] {
        if self.state == StepState::Running { &self.parts } else { &[] }
    }

    fn rows(&self) -> usize {
        1 + self.shown_parts().len() + usize::from(self.dropped > 0) + self.lines.len()
    }

    fn row(&self, index: usize) -> Option<Row<'_>> {
        let Some(index) = index.checked_sub(1) else { return Some(Row::Step(self)) };
        let index = match index.checked_sub(self.shown_parts().len()) {
            None => return self.shown_parts().get(index).map(Row::Part),
            Some(index) => index,
        };
        let index = match (self.dropped, index) {
            (0, index) => index,
            (dropped, 0) => return Some(Row::Dropped(dropped)),
            (_, index) => index - 1,
        };
        self.lines.get(index).map(|line| Row::Line(line))
    }
}

impl BuildLog {
    pub fn rows(&self) -> usize {
        self.notes.len() + self.steps.iter().map(Step::rows).sum::<usize>()
    }

    /// The rows from one on.
    pub fn rows_from(&self, first: usize) -> impl Iterator<Item = Row<'_>> {
        let notes = self.notes.iter().map(|note| Row::Note(note));
        let mut left = first.saturating_sub(self.notes.len());
        let steps = self.steps.iter().flat_map(move |step| {
            let rows = step.rows();
            let from = left.min(rows);
            left -= from;
            (from..rows).filter_map(|index| step.row(index))
        });
        notes.skip(first).chain(steps)
    }

    /// The rows at which steps begin.
    pub fn heads(&self) -> impl Iterator<Item = usize> {
        let mut at = self.notes.len();
        self.steps.iter().map(move |step| {
            let head = at;
            at += step.rows();
            head
        })
    }

    /// The row behind what is to be seen when nobody scrolls: behind the step that failed, else the last one.
    pub fn edge(&self) -> usize {
        let heads = self.failed().and_then(|failed| self.heads().nth(failed + 1));
        heads.unwrap_or_else(|| self.rows())
    }

    /// All of it as text.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for row in self.rows_from(0) {
            text.push_str(&row.text());
            text.push('\n');
        }
        if let Some(Err(failure)) = self.ended.as_ref().map(|ended| &ended.result) {
            text.push_str(&format!("{failure}\n"));
        }
        text
    }
}

impl Step {
    /// How it ended, for behind its name.
    pub fn ending(&self) -> String {
        match (&self.state, self.took) {
            (StepState::Cached, _) => "  cached".to_owned(),
            (StepState::Failed, took) => format!("  failed{}", seconds(took)),
            (StepState::Stopped, took) => format!("  stopped{}", seconds(took)),
            (StepState::Done(_), took) => seconds(took),
            (StepState::Waiting | StepState::Running, _) => String::new(),
        }
    }
}

fn seconds(took: Option<std::time::Duration>) -> String {
    took.map(|took| format!("  {:.1} s", took.as_secs_f64())).unwrap_or_default()
}
