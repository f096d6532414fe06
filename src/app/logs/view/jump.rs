//! Going from hit to hit and from error to error. A jump waits until the search has come far enough.

use std::ops::Range;

use super::far::Beyond;
use super::rows::Top;
use super::{LogView, Position, Viewport, Wanted};
use crate::app::logs::hit_map::Sought;
use crate::app::logs::kept::Lines;
use crate::app::logs::search::{Lens, Pattern, Progress, Search};
use crate::app::logs::store::signed;

/// Bytes searched at once for a key: well below a millisecond, and few enough for any expression.
const FIRST_LOOK: usize = 64 * 1024;

/// What came of a jump.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Jump {
    /// The line that the view came to.
    Arrived(i64),
    /// There is none in that direction.
    NoneLeft,
    /// Not known yet: [`LogView::advance`] goes on looking and jumps then.
    Searching,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    /// Hits at `from` and below.
    Down,
    /// Hits above `from`.
    Up,
}

/// Where a jump goes, as far as is known.
enum Found {
    /// To a line that is loaded.
    Hit(i64),
    /// Further than what is loaded.
    Beyond(Beyond),
    /// What is loaded has not been looked through.
    Unknown,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct PendingJump {
    sought: Sought,
    direction: Direction,
    from: i64,
    /// Turn round once when there is none in that direction.
    either_way: bool,
}

impl LogView {
    /// Searches for the pattern and jumps to the nearest hit: at or below the top of the pane, or above the end when
    /// following; in the other direction when there is none.
    pub fn start_search(&mut self, pattern: Pattern, viewport: Viewport) -> Jump {
        let (_, from) = self.nearest(viewport);
        self.search = Some(Search::new(Lens::new(pattern, self.json, self.fields.clone()), from));
        self.forget_surveys();
        (self.is_search_settled, self.far) = (false, None);
        self.steps.clear();
        self.begin_nearest(viewport)
    }

    /// Jumps to the nearest hit.
    pub(super) fn begin_nearest(&mut self, viewport: Viewport) -> Jump {
        let (direction, from) = self.nearest(viewport);
        self.begin(PendingJump { sought: Sought::Hit, direction, from, either_way: true }, viewport)
    }

    fn nearest(&self, viewport: Viewport) -> (Direction, i64) {
        match self.position {
            Position::Following => (Direction::Up, self.store.end_line()),
            Position::At { .. } => (Direction::Down, self.top(viewport).line),
        }
    }

    /// Lines look otherwise now: they are searched anew.
    pub(super) fn search_anew(&mut self) {
        if let Some(search) = &self.search {
            let lens = Lens::new(search.pattern().clone(), self.json, self.fields.clone());
            self.search = Some(Search::new(lens, self.store.end_line()));
            self.forget_surveys();
            self.far = None;
            self.steps.clear();
        }
    }

    /// Ends the search and its highlighting.
    pub fn clear_search(&mut self) {
        self.search = None;
        self.only = None;
        self.pending = None;
        (self.is_search_settled, self.seeks_errors) = (false, false);
        self.forget_surveys();
        (self.far, self.turned, self.goal) = (None, None, None);
        self.steps.clear();
    }

    pub fn search(&self) -> Option<&Search> {
        self.search.as_ref()
    }

    /// How far the search has come.
    pub fn search_progress(&self) -> Option<Progress> {
        self.search.as_ref().map(|search| search.progress(&self.store))
    }

    /// The rows of an edge of so many, all of what is loaded along it, beside which there are hits.
    pub fn hit_marks(&self, rows: usize) -> Vec<usize> {
        // Where only matching lines are shown, each would have one.
        let Some(search) = self.search.as_ref().filter(|_| !self.is_filtered()) else { return Vec::new() };
        let (first, lines) = (self.store.first_line(), self.store.len());
        // What is all in sight has each mark beside its line.
        let rows = if self.is_uniform() { rows.min(lines) } else { rows };
        // Line numbers of a log that is loaded fit in half of what these numbers hold.
        let line_at = |row: usize| first + signed(lines * row / rows.max(1));
        let has_hit = |row: &usize| search.next_hit_after(line_at(*row) - 1).is_some_and(|hit| hit < line_at(row + 1));
        (0..rows).filter(has_hit).collect()
    }

    /// Jumps to the next hit below.
    pub fn search_next(&mut self, viewport: Viewport) -> Jump {
        self.ask(Sought::Hit, Direction::Down, viewport)
    }

    /// Jumps to the next hit above.
    pub fn search_previous(&mut self, viewport: Viewport) -> Jump {
        self.ask(Sought::Hit, Direction::Up, viewport)
    }

    /// Jumps to the next line at error level below.
    pub fn next_error(&mut self, viewport: Viewport) -> Jump {
        self.ask(Sought::Error, Direction::Down, viewport)
    }

    /// Jumps to the next line at error level above.
    pub fn previous_error(&mut self, viewport: Viewport) -> Jump {
        self.ask(Sought::Error, Direction::Up, viewport)
    }

    /// Whether an error is gone to that has not been found yet.
    pub fn seeks_error(&self) -> bool {
        let pending = self.pending.map(|pending| pending.sought);
        pending.or(self.far.map(|far| far.sought)) == Some(Sought::Error)
    }

    /// Whether there is something left for [`Self::advance`] to do.
    pub fn is_searching(&self) -> bool {
        let is_waiting = self.far.is_some() || self.goal.is_some() || self.pending.is_some();
        let seeks_error = self.pending.is_some_and(|pending| pending.sought == Sought::Error);
        let is_done =
            |search: &Option<Search>| search.as_ref().is_none_or(|search| search.progress(&self.store).is_done());
        (seeks_error && !is_done(&self.errors))
            || (is_waiting && self.has_news)
            || self.survey_lags()
            || !is_done(&self.search)
    }

    /// Searches about `budget_bytes` further, and makes the jumps that were waiting for it. Says what came of the last one.
    pub fn advance(&mut self, budget_bytes: usize, viewport: Viewport) -> Option<Jump> {
        let jump = self.advance_once(budget_bytes, viewport)?;
        match jump {
            Jump::Searching => {}
            Jump::NoneLeft => self.steps.clear(),
            Jump::Arrived(_) => {
                if let Some((sought, direction)) = self.steps.pop_front() {
                    return Some(self.step(sought, direction, viewport));
                }
            }
        }
        Some(jump)
    }

    fn advance_once(&mut self, budget_bytes: usize, viewport: Viewport) -> Option<Jump> {
        self.has_news = false;
        if let Some(search) = &mut self.search {
            search.advance(&self.store, budget_bytes);
        }
        self.survey_on(budget_bytes);
        self.reach_goal(viewport);
        if self.far.is_some() {
            return self.arrive(viewport);
        }
        let pending = self.pending.take()?;
        if pending.sought == Sought::Error
            && let Some(errors) = &mut self.errors
        {
            errors.advance(&self.store, budget_bytes);
        }
        Some(self.start(pending, viewport))
    }

    /// Makes a jump, or lets it wait: it begins where the one before it ends.
    fn ask(&mut self, sought: Sought, direction: Direction, viewport: Viewport) -> Jump {
        if self.far.is_some() || self.pending.is_some() {
            self.steps.push_back((sought, direction));
            return self.advance(FIRST_LOOK, viewport).unwrap_or(Jump::Searching);
        }
        self.steps.clear();
        self.step(sought, direction, viewport)
    }

    fn step(&mut self, sought: Sought, direction: Direction, viewport: Viewport) -> Jump {
        self.goal = None;
        let has_turned = self.turned.take() == Some(direction);
        let from = match (self.current, direction, self.position) {
            _ if has_turned => return self.begin_at_other_end(direction, viewport),
            (Some(line), Direction::Down, _) => line + 1,
            (Some(line), Direction::Up, _) => line,
            (None, Direction::Up, Position::Following) => self.store.end_line(),
            // Following shows the end already, so the way down starts at what is in sight.
            (None, Direction::Down, Position::Following) | (None, _, Position::At { .. }) => self.top(viewport).line,
        };
        if sought == Sought::Error && self.errors.is_none() {
            self.errors = Some(Search::new(Pattern::errors(), from));
        }
        let jump = self.begin(PendingJump { sought, direction, from, either_way: false }, viewport);
        if jump == Jump::NoneLeft && sought == Sought::Hit {
            self.turned = Some(direction);
        }
        jump
    }

    /// Jumps to the first hit of all, or to the last one.
    fn begin_at_other_end(&mut self, direction: Direction, viewport: Viewport) -> Jump {
        match self.outermost(direction) {
            Beyond::Hit(far) => {
                (self.far, self.wanted) = (Some(far), Some(Wanted::Hit));
                Jump::Searching
            }
            Beyond::None | Beyond::Unknown => {
                let from = match direction {
                    Direction::Down => i64::MIN,
                    Direction::Up => i64::MAX,
                };
                self.begin(PendingJump { sought: Sought::Hit, direction, from, either_way: false }, viewport)
            }
        }
    }

    fn begin(&mut self, jump: PendingJump, viewport: Viewport) -> Jump {
        self.pending = Some(jump);
        self.advance(FIRST_LOOK, viewport).unwrap_or(Jump::NoneLeft)
    }

    fn start(&mut self, jump: PendingJump, viewport: Viewport) -> Jump {
        let found = self.look(jump);
        let is_beyond = matches!(found, Found::Beyond(_));
        match found {
            Found::Hit(line) => {
                self.pending = None;
                self.show(line, jump.sought, viewport);
                Jump::Arrived(line)
            }
            Found::Beyond(Beyond::Hit(far)) => {
                self.pending = None;
                (self.far, self.wanted) = (Some(far), Some(Wanted::Hit));
                Jump::Searching
            }
            Found::Unknown | Found::Beyond(Beyond::Unknown) => {
                // What is not loaded is looked through as well.
                self.seeks_errors |= jump.sought == Sought::Error && is_beyond;
                self.pending = Some(jump);
                Jump::Searching
            }
            Found::Beyond(Beyond::None) if jump.either_way => {
                let direction = match jump.direction {
                    Direction::Down => Direction::Up,
                    Direction::Up => Direction::Down,
                };
                self.start(PendingJump { direction, either_way: false, ..jump }, viewport)
            }
            Found::Beyond(Beyond::None) => {
                self.pending = None;
                Jump::NoneLeft
            }
        }
    }

    fn look(&self, jump: PendingJump) -> Found {
        let search = match jump.sought {
            Sought::Hit => &self.search,
            Sought::Error => &self.errors,
        };
        let Some(search) = search else { return Found::Beyond(Beyond::None) };
        if jump.sought == Sought::Error && self.is_filtered() {
            return self.look_among_shown(search, jump);
        }
        let (first, end) = (self.store.first_line(), self.store.end_line());
        let from = jump.from.clamp(first, end);
        let (hit, between) = match jump.direction {
            Direction::Down => {
                let hit = if search.is_hit(from) { Some(from) } else { search.next_hit_after(from) };
                (hit, from..hit.unwrap_or(end))
            }
            Direction::Up => {
                let hit = search.previous_hit_before(from).filter(|hit| *hit >= first);
                (hit, hit.map_or(first, |hit| hit + 1)..from)
            }
        };
        match (hit, jump.sought) {
            _ if !search.knows(between) => Found::Unknown,
            (Some(line), _) => Found::Hit(line),
            (None, sought) => Found::Beyond(self.beyond(sought, jump.direction)),
        }
    }

    /// Where only matching lines are shown, those around them as far as they are, nothing else is gone to.
    fn look_among_shown(&self, errors: &Search, jump: PendingJump) -> Found {
        let (first, end) = (self.store.first_line(), self.store.end_line());
        let is_known = |search: &Search| search.knows(first..end);
        if !is_known(errors) || !self.search.as_ref().is_some_and(is_known) {
            return Found::Unknown;
        }
        let from = jump.from.clamp(first, end);
        let (hit, is_coming) = match jump.direction {
            Direction::Down => (self.shown_hit_from(errors, from), self.is_sifted && self.is_reading()),
            Direction::Up => (self.shown_hit_before(errors, from), false),
        };
        match hit {
            Some(line) => Found::Hit(line),
            None if is_coming => Found::Unknown,
            None => Found::Beyond(self.beyond(Sought::Error, jump.direction)),
        }
    }

    /// Brings the line into sight and holds the view there; moves no more than needed.
    pub(super) fn show(&mut self, number: i64, sought: Sought, viewport: Viewport) {
        let top = self.top(viewport);
        let found = match sought {
            Sought::Hit => self.store.line(number).and_then(|line| self.first_match(line, self.text_width(viewport))),
            Sought::Error => None,
        };
        let row = found.as_ref().map_or(0, |(row, _)| *row);
        let in_sight = self.visible(viewport).iter().any(|shown| (shown.line, shown.row) == (number, row));
        let wanted = if in_sight { top } else { self.up(Top { line: number, row }, viewport.height / 3, viewport) };
        self.position = wanted.into();
        self.look_ahead(wanted < top, viewport);
        self.current = Some(number);
        self.carry_cursor(number);
        if let Some((_, columns)) = found.filter(|_| !self.wrap) {
            self.show_columns(&columns, self.text_width(viewport));
        }
    }

    fn show_columns(&mut self, columns: &Range<usize>, width: usize) {
        let in_sight = columns.start >= self.sideways && columns.end <= self.sideways + width;
        if !in_sight {
            self.sideways = if columns.end <= width { 0 } else { columns.start.saturating_sub(width / 3) };
        }
    }
}
