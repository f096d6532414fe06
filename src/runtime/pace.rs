//! When news is drawn: so soon that nobody waits for it, and never so often that drawing costs.

use crate::app::dialog::Dialog;
use crate::app::logs::Source;
use crate::app::msg::LogPart;
use crate::app::view::View;
use crate::app::{App, HostMsg, Msg};
use std::time::Duration;
use tokio::time::Instant;

/// News is drawn this often at most; a key is drawn at once.
const FRAME: Duration = Duration::from_millis(33);

/// What a message is to somebody who looks at the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum News {
    /// Nothing on the screen shows it.
    Unseen,
    /// It comes by itself, again and again: it keeps away from a key's frame.
    Routine,
    /// It may be what a key asked for: it waits for the pace of other news only.
    Answer,
}

impl News {
    pub fn of(msg: &Msg, app: &App) -> Self {
        let is_log_open = || app.dialogs.iter().any(|dialog| matches!(dialog, Dialog::Requests(_)));
        match msg {
            Msg::Host(_, HostMsg::Exchanged(_)) if !is_log_open() => Self::Unseen,
            // Health checks send three of them each time.
            Msg::Host(id, HostMsg::Event(event)) if event.action.starts_with("exec_") => {
                let host = app.host();
                if host.view == View::Events && host.id == *id { Self::Routine } else { Self::Unseen }
            }
            Msg::Host(_, HostMsg::Stats { .. } | HostMsg::Heard(_) | HostMsg::Exchanged(_)) => Self::Routine,
            // What was there when a log was opened is waited for; what is written to it meanwhile comes by itself.
            Msg::Host(_, HostMsg::Log { part: LogPart::Lines(_), .. }) if is_log_followed(app) => Self::Routine,
            _ => Self::Answer,
        }
    }
}

fn is_log_followed(app: &App) -> bool {
    app.detail().logs.as_ref().is_some_and(|logs| *logs.view.source() == Source::Following)
}

/// When frames were drawn, and when the next one is due.
#[derive(Debug, Default)]
pub struct Pace {
    /// The last frame for news.
    news: Option<Instant>,
    /// The last frame of any kind.
    any: Option<Instant>,
    due: Option<Instant>,
}

impl Pace {
    /// When a frame has to be drawn; `None`: nothing waits for one.
    pub fn due(&self) -> Option<Instant> {
        self.due
    }

    /// News came in. Says whether it may be drawn now; else it is noted when.
    pub fn may_draw(&mut self, now: Instant, news: News) -> bool {
        let last = match news {
            News::Unseen => return false,
            News::Routine => self.any,
            News::Answer => self.news,
        };
        let due = last.map_or(now, |last| last + FRAME).max(now);
        if due > now {
            self.note(due);
        }
        due <= now
    }

    /// A frame is to be drawn then, unless one is due before.
    pub fn note(&mut self, due: Instant) {
        self.due = Some(self.due.map_or(due, |noted| noted.min(due)));
    }

    /// A frame was drawn: all that there was is on the screen.
    pub fn drawn(&mut self, now: Instant) {
        (self.any, self.due) = (Some(now), None);
    }

    /// The same, and it was for news.
    pub fn drawn_for_news(&mut self, now: Instant) {
        self.drawn(now);
        self.news = Some(now);
    }

    /// The next news waits for nothing.
    pub fn clear(&mut self) {
        *self = Self::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOMENT: Duration = Duration::from_millis(1);

    #[tokio::test(start_paused = true)]
    async fn a_storm_is_drawn_at_a_pace_and_an_answer_behind_a_key_at_once() {
        let (mut pace, start) = (Pace::default(), Instant::now());
        assert!(pace.may_draw(start, News::Answer));
        pace.drawn_for_news(start);
        assert!(!pace.may_draw(start + MOMENT, News::Answer));
        assert!(!pace.may_draw(start + 2 * MOMENT, News::Answer));
        assert_eq!(pace.due(), Some(start + FRAME));
        pace.drawn_for_news(start + FRAME);
        assert_eq!(pace.due(), None);
        // A key, and what it asked for.
        let key = start + 3 * FRAME;
        pace.drawn(key);
        assert!(pace.may_draw(key + MOMENT, News::Answer));
    }

    #[tokio::test(start_paused = true)]
    async fn what_comes_by_itself_keeps_away_from_a_key() {
        let (mut pace, key) = (Pace::default(), Instant::now());
        pace.drawn(key);
        assert!(!pace.may_draw(key + MOMENT, News::Routine));
        assert_eq!(pace.due(), Some(key + FRAME));
        // What comes meanwhile is not held back by it, and an earlier frame shows both.
        assert!(pace.may_draw(key + 2 * MOMENT, News::Answer));
        pace.drawn_for_news(key + 2 * MOMENT);
        assert_eq!(pace.due(), None);
        pace.clear();
        assert!(pace.may_draw(key + 3 * MOMENT, News::Routine));
    }
}
