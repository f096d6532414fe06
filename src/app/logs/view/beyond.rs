//! Hits and errors beyond the lines that are loaded: how many there are, and going to one of them.

use super::far::{Beyond, FarJump, FarStart, Nearest, Surveyed};
use super::jump::{Direction, Jump};
use super::{LogView, Source, Viewport};
use crate::app::logs::hit_map::{Found, LOOKED_AT, Sought};
use crate::app::logs::kept::Lines;
use crate::app::logs::search::Lens;
use crate::app::logs::survey::{Survey, SurveyPart, Wants};
use crate::domain::LogChunk;

/// So many lines are enough to tell where in a log they are.
const FIRST: usize = 4 * LOOKED_AT;
/// What a line costs besides its bytes.
const LINE: usize = 64;
/// More lines from a hit to the end are asked for than there are: the log grows, and engines count long lines as several.
const SPARE: usize = 1_000;
/// One line more for so many.
const SHARE: usize = 8;

impl LogView {
    /// What is searched for is typed: from now on the whole log is searched. Where no line that is loaded matches, the
    /// view goes to the nearest other one as soon as it is found, unless the search was given up (no viewport).
    pub fn settle_search(&mut self, viewport: Option<Viewport>) {
        let is_new = !std::mem::replace(&mut self.is_search_settled, self.search.is_some());
        let has_none = self.search.is_some() && self.current.is_none() && self.pending.is_none();
        if let Some(viewport) = viewport.filter(|_| is_new && has_none) {
            self.begin_nearest(viewport);
        }
    }

    /// How the whole log is to be looked through, once that is wanted.
    pub fn survey_lens(&self) -> Option<&Lens> {
        self.search.as_ref().filter(|_| self.is_search_settled).map(|search| search.lens())
    }

    /// What the whole log is to be looked through for besides, where it is wanted at all.
    pub fn survey_wants(&self) -> Option<Wants> {
        match self.seeks_errors {
            true => Some(Wants::Errors),
            false => self.survey_lens().map(|_| Wants::HitsAlone),
        }
    }

    /// Whether this log has lines outside of what is kept that nobody has looked through yet for that.
    pub fn lacks_survey(&self, wants: Wants) -> bool {
        let is_there = *self.source() != Source::Waiting && !self.store.is_empty() && !self.is_sifted;
        let is_enough = |survey: &Survey| survey.wants() == wants || wants == Wants::HitsAlone;
        !self.survey.as_ref().is_some_and(is_enough)
            && is_there
            && (self.store.has_more_above() || self.store.has_more_below())
    }

    pub fn survey(&self) -> Option<&Survey> {
        self.survey.as_ref()
    }

    pub fn set_survey(&mut self, survey: Option<Survey>) {
        self.survey = survey;
    }

    /// Takes what a search through the whole log found.
    pub fn take_survey(&mut self, number: u32, part: SurveyPart) {
        if let Some(survey) = self.survey.as_mut().filter(|survey| survey.number() == number) {
            survey.take(part);
            if let Some(store) = self.store.own().filter(|_| !self.is_sifted) {
                survey.meet(store);
            }
        }
    }

    /// A jump may have waited for what came.
    pub fn note_news(&mut self) {
        self.has_news = true;
    }

    /// Nothing is gone to any more: the user goes elsewhere.
    pub(super) fn stay_here(&mut self) {
        (self.far, self.turned, self.goal) = (None, None, None);
        self.steps.clear();
        self.pending = self.pending.filter(|_| !self.is_surveying());
    }

    /// Whether the whole log is being looked through.
    pub fn is_surveying(&self) -> bool {
        self.surveyed().iter().any(|log| log.view.survey.as_ref().is_some_and(Survey::is_reading))
    }

    /// Lines looked through of whole logs.
    pub fn surveyed_lines(&self) -> usize {
        self.surveyed().iter().filter_map(|log| Some(log.view.survey.as_ref()?.map().lines())).sum()
    }

    /// Why the whole log cannot be searched.
    pub fn survey_failure(&self) -> Option<&crate::domain::Failure> {
        self.surveyed().into_iter().find_map(|log| log.view.survey.as_ref()?.failure())
    }

    /// Whether of several logs one has so many hits that only about tells which comes next outside of what is loaded.
    pub fn passes_hits_by(&self) -> bool {
        let is_about = |log: &Surveyed| log.view.survey.as_ref().is_some_and(|survey| !survey.map().has_all_times());
        self.store.several().is_some() && self.surveyed().iter().any(is_about)
    }

    /// Hits known, also those outside of what is loaded.
    pub fn hit_count(&self) -> usize {
        let known = self.search.as_ref().map_or(0, |search| search.count());
        known + self.surveyed().iter().map(Surveyed::hits).map(|(above, below)| above + below).sum::<usize>()
    }

    /// Which of the hits known the last jump came to, counted from 1 at the top.
    pub fn hit_number(&self) -> Option<usize> {
        let (search, line) = (self.search.as_ref()?, self.current?);
        let above: usize = self.surveyed().iter().map(|log| log.hits().0).sum();
        search.is_hit(line).then(|| above + search.count_before(line) + 1)
    }

    /// Lines from the first one kept to the end of the log, as far as known.
    pub fn known_to_the_end(&self) -> usize {
        let place = self.survey.as_ref().and_then(|survey| Some((survey, survey.place(self.store.first_line())?)));
        let beyond = place.map_or(0, |(survey, place)| survey.map().lines().saturating_sub(place));
        self.store.known_to_the_end().max(beyond)
    }

    /// Each log that may be looked through; of those that were sifted all is kept that matters.
    pub(super) fn surveyed(&self) -> Vec<Surveyed<'_>> {
        if self.is_sifted {
            return Vec::new();
        }
        let begin = self.store.line(self.store.first_line()).map(|line| line.time);
        match self.store.several() {
            None => vec![Surveyed::new(0, self, self.store.first_line()..self.store.end_line(), None)],
            Some(merged) => {
                let parts = merged.parts().iter().enumerate();
                parts.map(|(index, part)| Surveyed::new(index, &part.view, part.span(), begin)).collect()
            }
        }
    }

    /// The nearest one in that direction outside of what is loaded.
    pub(super) fn beyond(&self, sought: Sought, direction: Direction) -> Beyond {
        if sought == Sought::Hit && !self.is_search_settled {
            return Beyond::None;
        }
        let mut nearest = Nearest::new(sought, direction);
        for log in self.surveyed() {
            let has_more = match direction {
                Direction::Up => log.has_above(),
                Direction::Down => log.has_below(),
            };
            if !has_more {
                if direction == Direction::Down && log.is_coming() {
                    return Beyond::Unknown;
                }
                continue;
            }
            let knows = |survey: &&Survey| sought == Sought::Hit || survey.wants() == Wants::Errors;
            let Some(survey) = log.view.survey.as_ref().filter(knows) else { return Beyond::Unknown };
            let map = survey.map();
            let (found, is_known) = match (direction, log.places) {
                (_, None) => (None, false),
                (Direction::Up, Some((first, _))) => (map.last_before(first, sought), map.lines() >= first),
                (Direction::Down, Some((_, end))) => {
                    let next = map.next_from(end, sought);
                    (next, next.is_some())
                }
            };
            if !is_known && survey.is_reading() {
                return Beyond::Unknown;
            }
            nearest.meet(found.filter(|_| is_known), map, log.part);
        }
        nearest.found()
    }

    /// The first hit of all seen in that direction, where it is outside of what is loaded.
    pub(super) fn outermost(&self, direction: Direction) -> Beyond {
        let mut nearest = Nearest::new(Sought::Hit, direction);
        for log in self.surveyed() {
            let (Some(survey), Some((first, end))) = (&log.view.survey, log.places) else { continue };
            let map = survey.map();
            let found = match direction {
                Direction::Down => map.next_from(0, Sought::Hit).filter(|place| *place < first),
                Direction::Up => map.last_before(usize::MAX, Sought::Hit).filter(|place| *place >= end),
            };
            nearest.meet(found.filter(|_| survey.is_done()), map, log.part);
        }
        nearest.found()
    }

    /// From where one of the logs is read so that the hit comes that is gone to. The others begin a little earlier as
    /// well, so that each has lines above it.
    pub fn far_start(&self, part: usize) -> Option<FarStart> {
        let far = self.far?;
        let time = self.part(far.part)?.survey.as_ref()?.map().time_at(far.place);
        let Some(survey) = self.part(part)?.survey.as_ref() else {
            return Some(FarStart { since: Some(time).filter(|time| *time != 0), tail: None, is_first: false });
        };
        let map = survey.map();
        let place = if part == far.part { far.place } else { map.first_from(time) };
        let (since, is_first) = map.time_before(place);
        let since = Some(since).filter(|since| *since != 0);
        let lines = map.lines().saturating_sub(place);
        let counted = u32::try_from(lines + lines / SHARE + SPARE).ok();
        let is_one = self.store.several().is_none();
        let tail = counted.filter(|_| is_one && !is_first && !far.is_uncounted && since.is_some());
        Some(FarStart { since, tail, is_first })
    }

    /// Whether a jump to a hit outside of what was loaded has not come there.
    pub fn is_on_its_way(&self) -> bool {
        self.far.is_some()
    }

    /// The number of the line that is gone to, as soon as that can be told; of one log.
    pub(super) fn far_number(&self) -> Option<i64> {
        self.survey.as_ref()?.number_of(self.far?.place)
    }

    /// Appends the first lines of a chunk and finds out where in the log they are, so that the line that is gone to stays
    /// when more comes than is kept. Gives the others.
    pub(super) fn meet_first(&mut self, chunk: LogChunk) -> LogChunk {
        let (Some(store), Some(survey)) = (self.store.own_mut(), &mut self.survey) else { return chunk };
        if self.far.is_none() || survey.place(0).is_some() || chunk.lines.len() <= FIRST {
            return chunk;
        }
        store.append(chunk.part(0..FIRST));
        survey.meet(store);
        chunk.part(FIRST..chunk.lines.len())
    }

    /// Shows the hit that is gone to when it is there. Says what came of it as soon as that is known.
    pub(super) fn arrive(&mut self, viewport: Viewport) -> Option<Jump> {
        let far = self.far?;
        let view = self.part(far.part)?;
        // Lines of one log wait for those of the others.
        let is_at_rest = self.surveyed().iter().all(Surveyed::is_at_rest);
        let number = view.survey.as_ref().and_then(|survey| survey.number_of(far.place));
        let line = number.filter(|number| view.store.line(*number).is_some());
        let is_missed = number.is_some_and(|number| number < view.store.first_line());
        let line = match self.store.several() {
            None => line,
            Some(merged) => line.and_then(|line| merged.find(far.part, line)),
        };
        if let Some(line) = line {
            self.far = None;
            self.show(line, far.sought, viewport);
            return Some(Jump::Arrived(line));
        }
        // A slow engine may seem to have come to the end before it did; this line was there when the log was looked through.
        let is_coming =
            number.is_some_and(|number| number >= view.store.end_line()) && view.source == Source::Following;
        if (!is_at_rest || is_coming) && !is_missed {
            return None;
        }
        if far.is_uncounted {
            // The log was cut or turned over meanwhile: it is searched anew.
            self.far = None;
            self.forget_surveys();
            return Some(Jump::NoneLeft);
        }
        self.far = Some(FarJump { is_uncounted: true, ..far });
        self.wanted = Some(super::Wanted::Hit);
        None
    }

    /// What was found in whole logs does not count any more.
    pub(super) fn forget_surveys(&mut self) {
        self.survey = None;
        if let Some(merged) = self.store.several_mut() {
            merged.forget_surveys();
        }
    }

    /// Follows with the search of whole logs what is appended to what is loaded.
    pub(super) fn survey_on(&mut self, budget_bytes: usize) {
        if self.is_sifted || self.survey_wants().is_none() {
            return;
        }
        let lens = self.survey_lens().cloned();
        match self.store.several_mut() {
            None => self.survey_own(lens.as_ref(), budget_bytes),
            Some(merged) => merged.views_mut().for_each(|view| view.survey_own(lens.as_ref(), budget_bytes)),
        }
    }

    fn survey_own(&mut self, lens: Option<&Lens>, budget_bytes: usize) {
        let (Some(survey), Some(store)) = (&mut self.survey, self.store.own()) else { return };
        survey.meet(store);
        let Some(next) = survey.goes_on_at() else { return };
        if next < store.first_line() && !store.is_empty() {
            // Lines went before they were looked at.
            self.survey = None;
            return;
        }
        let wants = survey.wants();
        let mut left = budget_bytes;
        for line in store.lines(next..i64::MAX) {
            if left == 0 {
                break;
            }
            let cost = lens.map_or(line.bytes.len(), |lens| lens.cost(line.bytes));
            left = left.saturating_sub(cost + LINE);
            survey.go_on(line, Found::of(line.bytes, lens, wants));
        }
    }

    /// Whether lines that are loaded are still to be added to what was found in whole logs.
    pub(super) fn survey_lags(&self) -> bool {
        let lags = |view: &Self| {
            let next = view.survey.as_ref().and_then(Survey::goes_on_at);
            next.is_some_and(|next| next < view.store.end_line())
        };
        self.survey_wants().is_some() && self.surveyed().iter().any(|log| lags(log.view))
    }
}
