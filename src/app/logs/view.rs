//! The state of the log pane: the lines, where it looks, how it shows them, and what it searches for.

use std::collections::VecDeque;
use std::ops::Range;
use std::sync::Arc;

use super::escape::Span;
use super::hit_map::Sought;
use super::joint::{self, FirstLines, Joined};
use super::json::JsonLook;
use super::kept::{Kept, Lines};
use super::level::Level;
use super::seam::{self, Seam};
use super::search::Search;
use super::store::LogStore;
use super::survey::Survey;
use crate::config::{HighlightRule, StyleSpec};
use crate::domain::{Failure, LogChunk, LogStream};

mod beyond;
mod far;
mod goal;
mod heights;
mod highlights;
mod jump;
mod lay;
mod marks;
mod only;
mod rows;
mod several;
#[cfg(test)]
mod tests;
mod timestamps;

use far::FarJump;
pub use far::FarStart;
pub use goal::Goal;
use heights::Heights;
pub use jump::Jump;
use jump::{Direction, PendingJump};
use marks::Marks;
pub use marks::TooMany;
pub use only::{AROUND, NotYet};
pub use timestamps::Timestamps;

/// Where the pane looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Position {
    /// The newest lines, whatever comes.
    Following,
    /// From row `row` of line `line` on; it stays there when lines are appended.
    At { line: i64, row: usize },
}

/// Where the lines come from, and what to say while there are none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Source {
    /// Asked for, no answer yet.
    #[default]
    Waiting,
    /// What was written before is being read.
    Reading,
    /// All there is was read; more is waited for.
    Following,
    /// The reader is far above the end: reading goes on when the lines there are wanted.
    Paused,
    /// The container does not run: nothing more will come.
    Ended,
    /// Reading failed and can be tried again.
    Failed(Failure),
    /// This container's log cannot be read at all (its logging driver keeps none); the engine's own words.
    Unreadable(String),
}

/// Lines outside of what is kept that the reader goes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// Those above the first one kept.
    Above,
    /// Those below the last one kept.
    Below,
    /// The first lines of all.
    Start,
    /// The last lines of all.
    End,
    /// Those around a hit, see [`LogView::far_start`].
    Hit,
}

/// What came of a page of older lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Brought {
    Lines,
    /// It begins with the first line kept.
    NothingAbove,
    /// It does not reach as far up as what is kept.
    Nothing,
}

/// The size of the pane inside its border.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Viewport {
    /// Columns, those of the timestamps included.
    pub width: usize,
    pub height: usize,
}

/// One row to draw.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VisibleRow {
    pub line: i64,
    /// Which row of its line, from 0; always 0 unless lines are wrapped.
    pub row: usize,
    /// Nanoseconds since the Unix epoch, where a time is to be drawn before the text (first rows only).
    pub time: Option<i64>,
    pub stream: LogStream,
    /// Which of several logs it is of, see [`Merged::part`](super::Merged::part).
    pub part: u16,
    pub level: Option<Level>,
    pub spans: Vec<Span>,
    /// Columns of the text that match the search, ascending.
    pub matches: Vec<Range<usize>>,
    /// Columns of the text that the user's rules set apart, and how; later ones lie over earlier.
    pub highlights: Vec<(Range<usize>, StyleSpec)>,
    /// Whether the last jump (to a hit or an error) came to this line.
    pub is_current: bool,
    /// Whether the line is only there for a matching one near it.
    pub is_context: bool,
    pub is_marked: bool,
    /// Whether the next mark is about this line.
    pub is_cursor: bool,
}

/// A container's log as the pane shows it.
#[derive(Debug)]
pub struct LogView {
    store: Kept,
    source: Source,
    position: Position,
    wrap: bool,
    timestamps: Timestamps,
    /// The first column shown of lines that are not wrapped.
    sideways: usize,
    search: Option<Search>,
    errors: Option<Search>,
    /// The line that the last jump came to.
    current: Option<i64>,
    pending: Option<PendingJump>,
    /// Jumps that were asked for while another one was on its way.
    steps: VecDeque<(Sought, Direction)>,
    /// What is searched for is typed: the whole log is searched from now on.
    is_search_settled: bool,
    /// The search through the whole log, of one log.
    survey: Option<Survey>,
    /// Errors outside of what is kept were asked for.
    seeks_errors: bool,
    /// The hit that is gone to, outside of what is kept.
    far: Option<FarJump>,
    /// Only matching lines of the whole log are kept, with those around them.
    is_sifted: bool,
    /// Lines that were looked through for them by what reads now.
    looked_through: usize,
    /// The line that is shown again when it comes.
    goal: Option<Goal>,
    heights: Heights,
    /// Something came that a jump may have waited for.
    has_news: bool,
    /// In this direction there was no further hit: the next step goes on at the other end.
    turned: Option<Direction>,
    seam: Option<Seam>,
    /// Show only lines that match the search, and so many around each.
    only: Option<i64>,
    wanted: Option<Wanted>,
    marks: Marks,
    rules: Arc<[HighlightRule]>,
    json: JsonLook,
    fields: Arc<[String]>,
}

impl LogView {
    /// An empty log of at most `limit_bytes` that follows.
    pub fn new(limit_bytes: usize) -> Self {
        Self {
            store: Kept::One(LogStore::new(limit_bytes)),
            source: Source::default(),
            position: Position::Following,
            wrap: false,
            timestamps: Timestamps::default(),
            sideways: 0,
            search: None,
            errors: None,
            current: None,
            pending: None,
            steps: VecDeque::new(),
            is_search_settled: false,
            survey: None,
            seeks_errors: false,
            far: None,
            is_sifted: false,
            looked_through: 0,
            goal: None,
            heights: Heights::default(),
            has_news: false,
            turned: None,
            seam: None,
            only: None,
            wanted: None,
            marks: Marks::default(),
            rules: Arc::from([]),
            json: JsonLook::default(),
            fields: Arc::from([]),
        }
    }

    pub fn store(&self) -> &Kept {
        &self.store
    }

    pub fn source(&self) -> &Source {
        &self.source
    }

    /// Says where the lines come from now. A break makes [`Self::append_resumed`] look for a new seam afterwards; having
    /// caught up does not, as a slow engine may seem to have caught up before its first line.
    pub fn set_source(&mut self, source: Source) {
        if source != Source::Following {
            self.seam = None;
        }
        self.has_news |= self.source != source;
        self.source = source;
    }

    /// Adds lines at the end. The view stays where it is: lines far from it are dropped.
    pub fn append(&mut self, chunk: LogChunk) {
        let before = self.store.end_line();
        let chunk = self.meet_first(chunk);
        self.keep_near();
        if let Some(store) = self.store.own_mut() {
            store.append(chunk);
        }
        self.meet_marked(before..self.store.end_line());
        self.has_news |= self.goal.is_some();
    }

    /// Adds lines of a stream that was asked for from [`Self::resume_from`] on, without those already there.
    pub fn append_resumed(&mut self, chunk: LogChunk) {
        let Some(store) = self.store.own() else { return };
        let back = self.resumed_lines();
        let seam = self.seam.get_or_insert_with(|| Seam::of(store, back));
        let chunk = seam.without_repeated(chunk);
        self.append(chunk);
    }

    /// Adds the older lines of a page that reaches up to [`Self::page_until`]. Says what it brought.
    ///
    /// `was_cut`: more came before what is in the page.
    pub fn prepend(&mut self, page: &LogChunk, was_cut: bool) -> Brought {
        let Some(store) = self.store.own() else { return Brought::Nothing };
        let Joined { older, mends_first, begins_there } = joint::join(store, page, was_cut);
        if older.is_empty() {
            return if begins_there { Brought::NothingAbove } else { Brought::Nothing };
        }
        self.keep_near();
        let before = self.store.first_line();
        if let Some(store) = self.store.own_mut() {
            if mends_first {
                self.heights.forget();
                store.drop_first();
            }
            store.prepend(older);
        }
        self.meet_marked(self.store.first_line()..before);
        Brought::Lines
    }

    /// Until when a page of older lines is asked for, nanoseconds since the Unix epoch.
    pub fn page_until(&self) -> Option<i64> {
        joint::reaches(self.store.own()?)
    }

    /// The first lines kept: where a page of older lines may end.
    pub fn first_lines(&self) -> FirstLines {
        self.store.own().map(FirstLines::of).unwrap_or_default()
    }

    fn keep_near(&mut self) {
        let eye = match self.position {
            _ if self.far.is_some() => self.far_number().unwrap_or(i64::MAX),
            _ if self.goal.is_some() => i64::MAX,
            Position::Following => i64::MAX,
            Position::At { line, .. } => line,
        };
        if let Some(store) = self.store.own_mut() {
            store.keep_near(eye);
        }
    }

    /// Whether the log has, or may have, lines above the first one kept.
    pub fn set_more_above(&mut self, more: bool) {
        if let Some(store) = self.store.own_mut() {
            store.set_more_above(more);
        }
    }

    /// What comes next goes on behind the last line kept.
    pub fn go_on_below(&mut self) {
        if let Some(store) = self.store.own_mut() {
            store.go_on_below();
        }
    }

    /// Where the reader went that no lines are kept of, once.
    pub fn take_wanted(&mut self) -> Option<Wanted> {
        self.wanted.take()
    }

    /// From when to ask for the rest after a break, nanoseconds since the Unix epoch, inclusive: the newest line's time.
    pub fn resume_from(&self) -> Option<i64> {
        seam::resume_from(self.store.own()?, self.resumed_lines())
    }

    /// Forgets all lines and looks at what comes next.
    pub fn clear(&mut self) {
        match &mut self.store {
            Kept::One(store) => store.clear(),
            Kept::Many(merged) => merged.start_over(),
        }
        self.marks.cut_loose(i64::MIN, |_| None);
        self.survey.iter_mut().for_each(Survey::cut_loose);
        self.position = Position::Following;
        self.sideways = 0;
        (self.current, self.pending, self.seam, self.wanted) = (None, None, None, None);
        (self.turned, self.goal) = (None, None);
        for search in [&mut self.search, &mut self.errors].into_iter().flatten() {
            search.forget_gone(&self.store);
        }
    }

    /// The line that the last jump came to.
    pub fn current(&self) -> Option<i64> {
        self.current
    }

    pub fn position(&self) -> Position {
        self.position
    }

    /// Looks where it looked before.
    pub fn set_position(&mut self, position: Position) {
        self.position = position;
        self.current = None;
    }

    pub fn is_following(&self) -> bool {
        self.position == Position::Following
    }

    /// Follows, or stops where the view is.
    pub fn toggle_follow(&mut self, viewport: Viewport) {
        if self.is_following() {
            self.position = self.top(viewport).into();
        } else {
            self.to_end();
        }
    }

    /// What is set apart in the lines.
    pub fn set_rules(&mut self, rules: Arc<[HighlightRule]>) {
        self.rules = rules;
    }

    pub fn is_wrapped(&self) -> bool {
        self.wrap
    }

    pub fn set_wrap(&mut self, wrap: bool) {
        self.wrap = wrap;
        self.sideways = 0;
        self.heights.forget();
        if let Position::At { row, .. } = &mut self.position {
            *row = 0;
        }
    }

    pub fn timestamps(&self) -> Timestamps {
        self.timestamps
    }

    pub fn set_timestamps(&mut self, timestamps: Timestamps) {
        self.timestamps = timestamps;
    }

    /// The first column shown; always 0 when lines are wrapped.
    pub fn sideways(&self) -> usize {
        self.sideways
    }
}
