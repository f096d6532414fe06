//! The page of a build: its steps and all their output, while it runs and afterwards.

use super::Answer;
use crate::app::App;
use crate::app::builds::{BuildLog, Row};
use crate::app::command::copy::copied;
use crate::app::commands;
use crate::app::effect::Effect;
use crate::app::line_input::{InputOutcome, LineInput};
use crate::app::msg::JobId;
use crate::domain::text::{clean, wrapped};
use crossterm::event::{KeyCode, KeyEvent};
use ratatui::layout::Rect;

#[derive(Debug)]
pub struct BuildPage {
    pub job: JobId,
    /// The first row on screen; `None` while it follows what comes.
    top: Option<usize>,
    /// Columns that were scrolled away.
    pub left: usize,
    pub search: Search,
}

/// What is looked for in the output.
#[derive(Debug, Default)]
pub struct Search {
    pub input: LineInput,
    /// It is being typed.
    pub is_open: bool,
    /// The row that was gone to.
    pub hit: Option<usize>,
    /// Nothing further was found.
    pub is_over: bool,
}

impl Search {
    /// Whether a row holds it: without regard to case where it is typed in small letters.
    pub fn matches(&self, row: &Row<'_>) -> bool {
        let wanted = self.input.text();
        if wanted.is_empty() {
            return false;
        }
        let text = row.text();
        match wanted.chars().any(char::is_uppercase) {
            true => text.contains(wanted),
            false => text.to_lowercase().contains(wanted),
        }
    }
}

/// Columns of the page with its frame.
pub const WIDTH: u16 = 200;
/// Rows that the frame and the line of keys take.
const AROUND: u16 = 3;
/// Columns that the frame takes.
const BESIDE: u16 = 4;
/// Columns that an arrow goes.
const SIDEWAYS: usize = 8;
/// Lines for the outcome at most.
const OUTCOME: usize = 6;

impl BuildPage {
    pub fn new(job: JobId) -> Self {
        Self { job, top: None, left: 0, search: Search::default() }
    }

    /// How it ended, in lines of the page's width.
    pub fn outcome(log: &BuildLog, screen: Rect) -> Vec<String> {
        let columns = usize::from(WIDTH.min(screen.width).saturating_sub(BESIDE));
        let words = match log.ended.as_ref().map(|ended| &ended.result) {
            None => return Vec::new(),
            Some(Ok(image)) => vec![format!("✓ Built {} as {image}", log.spec.title())],
            Some(Err(failure)) => [format!("✗ {}", failure.sentence)].into_iter().chain(failure.hint.clone()).collect(),
        };
        words.iter().flat_map(|words| wrapped(&clean(words), columns)).take(OUTCOME).collect()
    }

    /// Rows of steps and output that there is room for.
    pub fn room(log: &BuildLog, screen: Rect) -> usize {
        let height = if screen.height >= 10 { screen.height - 2 } else { screen.height };
        usize::from(height.saturating_sub(AROUND)).saturating_sub(Self::outcome(log, screen).len()).max(1)
    }

    /// The first row to show.
    pub fn top(&self, log: &BuildLog, screen: Rect) -> usize {
        let room = Self::room(log, screen);
        let followed = log.edge().saturating_sub(room);
        self.top.unwrap_or(followed).min(log.rows().saturating_sub(room))
    }

    pub fn follows(&self) -> bool {
        self.top.is_none()
    }

    pub fn key(&mut self, event: KeyEvent, app: &App) -> Answer {
        let log = match (event.code, app.builds.find(self.job)) {
            (_, Some(log)) if self.search.is_open => return self.search_key(event, log, app.area),
            (KeyCode::Esc, Some(_)) if !self.search.input.is_empty() => {
                self.search = Search::default();
                return Answer::Stay;
            }
            (KeyCode::Esc | KeyCode::Char('q'), _) | (_, None) => return Answer::Close,
            (_, Some(log)) => log,
        };
        let screen = app.area;
        let (top, page) = (self.top(log, screen), Self::room(log, screen));
        match event.code {
            KeyCode::Char('y') => {
                let text = log.text();
                let notice = copied(&text);
                return Answer::Meanwhile(Effect::Copy(text), Some(notice));
            }
            KeyCode::Char('x') if log.ended.is_none() => return Answer::Cancel(self.job),
            KeyCode::Char('b') if log.ended.is_some() => {
                return commands::find("image.build").map_or(Answer::Stay, Answer::Run);
            }
            KeyCode::Char('f' | 'G') | KeyCode::End => self.top = None,
            KeyCode::Char('g') | KeyCode::Home => self.top = Some(0),
            KeyCode::Down | KeyCode::Char('j') => self.scroll_to(top + 1, log, page),
            KeyCode::Up | KeyCode::Char('k') => self.scroll_to(top.saturating_sub(1), log, page),
            KeyCode::PageDown | KeyCode::Char(' ') => self.scroll_to(top + page, log, page),
            KeyCode::PageUp => self.scroll_to(top.saturating_sub(page), log, page),
            KeyCode::Char('/') => self.search.is_open = true,
            KeyCode::Char('n') if !self.search.input.is_empty() => {
                self.go_to_hit(self.search.hit.map_or(top, |hit| hit + 1), log, page);
            }
            KeyCode::Char('N') if !self.search.input.is_empty() => {
                self.go_back_to_hit(self.search.hit.unwrap_or(top), log, page);
            }
            KeyCode::Char('n') => {
                let next = log.heads().find(|head| *head > top);
                self.scroll_to(next.unwrap_or(usize::MAX), log, page);
            }
            KeyCode::Char('N') => {
                let before = log.heads().take_while(|head| *head < top).last();
                self.scroll_to(before.unwrap_or(0), log, page);
            }
            KeyCode::Char('[') => self.turn(app, 1),
            KeyCode::Char(']') => self.turn(app, -1),
            KeyCode::Right => self.left += SIDEWAYS,
            KeyCode::Left => self.left = self.left.saturating_sub(SIDEWAYS),
            _ => {}
        }
        Answer::Stay
    }

    fn search_key(&mut self, event: KeyEvent, log: &BuildLog, screen: Rect) -> Answer {
        match event.code {
            KeyCode::Esc => self.search = Search::default(),
            KeyCode::Backspace if self.search.input.is_empty() => self.search = Search::default(),
            KeyCode::Enter => self.search.is_open = false,
            _ => {
                if self.search.input.key(event) == InputOutcome::Changed {
                    // From what is on screen on, else from the begin.
                    let (top, page) = (self.top(log, screen), Self::room(log, screen));
                    self.go_to_hit(top, log, page);
                    if self.search.is_over {
                        self.go_to_hit(0, log, page);
                    }
                }
            }
        }
        Answer::Stay
    }

    /// The next row from one on that holds what is looked for comes to the top.
    fn go_to_hit(&mut self, from: usize, log: &BuildLog, page: usize) {
        let hit = log.rows_from(from).position(|row| self.search.matches(&row));
        self.search.is_over = hit.is_none();
        if let Some(hit) = hit {
            self.show_hit(from + hit, log, page);
        }
    }

    fn go_back_to_hit(&mut self, before: usize, log: &BuildLog, page: usize) {
        let hits = log.rows_from(0).take(before).enumerate().filter(|(_, row)| self.search.matches(row));
        let hit = hits.map(|(at, _)| at).last();
        self.search.is_over = hit.is_none();
        if let Some(hit) = hit {
            self.show_hit(hit, log, page);
        }
    }

    /// Unlike scrolling this never begins to follow: what was found is to stay.
    fn show_hit(&mut self, hit: usize, log: &BuildLog, page: usize) {
        self.search.hit = Some(hit);
        self.top = Some(hit.min(log.rows().saturating_sub(page)));
    }

    /// To an older build, or a newer one.
    fn turn(&mut self, app: &App, step: isize) {
        let place = app.builds.all().position(|log| log.job == self.job);
        let next = place.and_then(|place| place.checked_add_signed(step));
        if let Some(log) = next.and_then(|next| app.builds.all().nth(next)) {
            *self = Self::new(log.job);
        }
    }

    /// At the end it follows again.
    fn scroll_to(&mut self, top: usize, log: &BuildLog, page: usize) {
        let last = log.rows().saturating_sub(page);
        self.top = (top < last || log.failed().is_some()).then_some(top.min(last));
    }
}
