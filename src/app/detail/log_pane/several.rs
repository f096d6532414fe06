//! The logs of several containers as one: each is read by itself, on its own host, and one that joins later as well.

use super::{LogLook, LogPane};
use crate::app::detail::log_pages::{Page, PageAsk};
use crate::app::detail::log_reader::LogReader;
use crate::app::detail::log_survey::SurveyAsk;
use crate::app::effect::Subscription;
use crate::app::logs::{LogView, Merged, Position, Source, SurveyPart, Wanted};
use crate::app::msg::LogPart;
use crate::config::LogSettings;
use crate::domain::{ContainerId, Failure, FailureKind, HostId, Time};
use std::time::Duration;

/// Lines of the others wait so long for the first ones of a log; those that come later still are put in between.
const AWAITED: Duration = Duration::from_secs(1);

/// Above every line.
pub(super) const VERY_TOP: i64 = i64::MIN / 2;

/// A container whose log is one of several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    pub host: HostId,
    pub container: ContainerId,
    /// What stands before its lines.
    pub label: String,
    pub is_up: bool,
}

impl LogPane {
    /// `first_attempt`: what their streams are counted from, which tells them from those of other panes.
    pub fn of_several(
        now: Time,
        members: &[Member],
        first_attempt: u32,
        settings: &LogSettings,
        look: LogLook,
    ) -> Self {
        let mut pane = Self::empty(LogView::of_several(), settings, look);
        for member in members {
            pane.join(now, member, first_attempt);
        }
        pane
    }

    /// One more container's log.
    pub fn join(&mut self, now: Time, member: &Member, first_attempt: u32) {
        self.view.add_part(member.label.clone());
        let share = Merged::share(self.memory, self.readers.len() + 1);
        self.each(|reader, view| reader.limit(share, view));
        let Some(view) = self.view.part_mut(self.readers.len()) else { return };
        let start = (self.tail, share, first_attempt);
        self.readers.push(LogReader::new(now, member.container.clone(), member.is_up, start, view));
        self.hosts.push(member.host.clone());
    }

    /// What should run for all of them.
    pub fn all_subscriptions(&self) -> impl Iterator<Item = Subscription> {
        let shown = self.readers.iter().zip(&self.hosts).filter(|(reader, _)| reader.is_shown());
        let reads = shown.flat_map(|(reader, host)| reader.subscriptions(host));
        let surveyed = self.readers.iter().zip(&self.hosts).enumerate();
        reads.chain(surveyed.filter_map(|(index, (reader, host))| self.survey_of(index, reader, host)))
    }

    /// Those on hosts that `is_read` names are read from now on, the others are not; what the reader went to is asked for.
    pub fn follow_all(&mut self, now: Time, is_read: impl Fn(&HostId) -> bool) {
        for (index, (reader, host)) in self.readers.iter_mut().zip(&self.hosts).enumerate() {
            let Some(view) = self.view.part_mut(index) else { continue };
            if is_read(host) {
                reader.show(view, now);
            } else {
                reader.hide();
            }
        }
        self.sift(now);
        if let Some(wanted) = self.view.take_wanted() {
            self.view.aim();
            self.go_to(now, wanted);
        }
        self.survey();
        for (index, reader) in self.readers.iter().enumerate() {
            let is_waiting = self.view.part(index).is_some_and(|view| *view.source() == Source::Waiting);
            let is_awaited = is_waiting && reader.is_shown() && now.since(reader.waiting_since) < AWAITED;
            self.view.set_awaited(index, is_awaited);
        }
        self.view.arrange();
    }

    fn go_to(&mut self, now: Time, wanted: Wanted) {
        let starts: Vec<_> = (0..self.readers.len()).map(|index| self.view.far_start(index)).collect();
        if wanted == Wanted::Start || wanted == Wanted::Hit {
            // Whatever comes first in the end, the reader looks at it.
            self.view.clear();
            self.view.set_position(Position::At { line: VERY_TOP, row: 0 });
        }
        for (index, reader) in self.readers.iter_mut().enumerate() {
            let (lacks_above, lacks_below) = (self.view.lacks_above(index), self.view.lacks_below(index));
            let Some(view) = self.view.part_mut(index) else { continue };
            match wanted {
                Wanted::Above if lacks_above => reader.read_above(view),
                Wanted::Below if lacks_below => reader.read_on_below(view, now),
                Wanted::Start if view.store().has_more_above() => reader.read_from_start(view, now),
                Wanted::End if view.store().has_more_below() => reader.read_end(view, now),
                Wanted::Hit => {
                    starts.get(index).into_iter().flatten().for_each(|start| reader.read_hit(view, now, *start))
                }
                Wanted::Above | Wanted::Below | Wanted::Start | Wanted::End => {}
            }
        }
    }

    /// Takes lines of one of several, unless they are of a stream that was given up. False when it is of none of them.
    pub fn take_of(&mut self, host: &HostId, container: &ContainerId, attempt: u32, part: LogPart) {
        self.view.aim();
        if let Some((reader, view)) = self.member_mut(host, container)
            && reader.is_at(attempt)
        {
            reader.take(view, part);
        }
        self.view.arrange();
    }

    /// Takes a page of older lines of one of several.
    pub fn take_page_of(&mut self, host: &HostId, container: &ContainerId, ask: &PageAsk, page: Result<Page, Failure>) {
        self.view.aim();
        if let Some((reader, view)) = self.member_mut(host, container) {
            match page {
                Err(failure) if failure.kind == FailureKind::NotFound => reader.gone(view),
                page => reader.take_page(view, ask, page),
            }
        }
        self.view.arrange();
    }

    /// Takes what a search through the whole of one of several logs found.
    pub fn take_survey_of(&mut self, host: &HostId, container: &ContainerId, ask: &SurveyAsk, part: SurveyPart) {
        if let Some((_, view)) = self.member_mut(host, container) {
            view.take_survey(ask.number, part);
        }
        self.view.note_news();
    }

    fn member_mut(&mut self, host: &HostId, container: &ContainerId) -> Option<(&mut LogReader, &mut LogView)> {
        let mut members = self.readers.iter().zip(&self.hosts);
        let index = members.position(|(reader, on)| on == host && reader.container == *container)?;
        Some((self.readers.get_mut(index)?, self.view.part_mut(index)?))
    }

    /// A container was started.
    pub fn member_started(&mut self, now: Time, host: &HostId, container: &ContainerId) {
        if let Some((reader, view)) = self.member_mut(host, container) {
            reader.started(view, now);
        }
    }

    /// A container was removed: what was read of its log stays.
    pub fn member_gone(&mut self, host: &HostId, container: &ContainerId) {
        if let Some((reader, view)) = self.member_mut(host, container) {
            reader.gone(view);
        }
    }

    /// A list tells whether a container has processes.
    pub fn see_member(&mut self, now: Time, host: &HostId, container: &ContainerId, is_up: bool) {
        if let Some((reader, view)) = self.member_mut(host, container) {
            reader.see(view, now, is_up);
        }
    }

    /// Puts a sentence of the program's own between the lines. `time`: nanoseconds since the Unix epoch.
    pub fn tell(&mut self, time: i64, sentence: &str) {
        self.view.tell(time, sentence);
    }

    /// What is wrong with which of several logs: its name, and why it is not read or not read further up.
    pub fn troubles(&self) -> impl Iterator<Item = (&str, &str)> {
        let parts = self.view.store().several().into_iter().flat_map(Merged::parts);
        parts.zip(&self.readers).filter_map(|(part, reader)| {
            let sentence = match part.source() {
                Source::Failed(failure) => Some(failure.sentence.as_str()),
                Source::Unreadable(words) => Some(words.as_str()),
                Source::Waiting | Source::Reading | Source::Following | Source::Paused | Source::Ended => None,
            };
            let sentence = sentence.or_else(|| reader.pages.failure().map(|failure| failure.sentence.as_str()))?;
            Some((part.name.as_str(), sentence))
        })
    }
}
