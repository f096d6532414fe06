//! The API console: any request, typed; its answer, as it comes.

pub mod answer;
pub mod mouse;
mod suggest;
#[cfg(test)]
mod tests;

pub use suggest::Suggestion;

use super::confirm::{Act, Confirm};
use super::{Answer, Dialog};
use crate::app::App;
use crate::app::command::copy::copied;
use crate::app::effect::Effect;
use crate::app::form::{area_key, harmless};
use crate::app::line_input::{InputOutcome, LineInput};
use crate::domain::raw::{has_body, json_error};
use crate::domain::{Exchange, HostId, RawHead, RawPart, RawRequest, Request, Time};
use answer::ApiAnswer;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use std::time::Duration;
use tui_textarea::TextArea;

/// Requests that can be recalled.
const REMEMBERED: usize = 100;
/// Consoles that are kept: an answer may be large.
const KEPT: usize = 2;

/// What was sent from the console in this run.
#[derive(Debug, Default)]
pub struct ApiBook {
    /// The newest first, each once.
    pub history: Vec<RawRequest>,
    /// Consoles that were closed, one of a host, the last one first: opened again they are as they were.
    pub kept: Vec<Box<ApiConsole>>,
    next: u32,
}

impl ApiBook {
    /// Gives a request its number and remembers it.
    pub fn number(&mut self, request: RawRequest) -> RawRequest {
        self.next += 1;
        self.history.retain(|known| known.line != request.line || known.body != request.body);
        self.history.insert(0, request.clone());
        self.history.truncate(REMEMBERED);
        RawRequest { serial: self.next, ..request }
    }

    /// Keeps a console that is closed. What it was reading ends with that.
    pub fn keep(&mut self, mut console: Box<ApiConsole>) {
        console.put_away();
        self.kept.retain(|other| other.host != console.host);
        self.kept.insert(0, console);
        self.kept.truncate(KEPT);
    }

    /// The console of a host as it was closed.
    pub fn take(&mut self, host: &HostId) -> Option<Box<ApiConsole>> {
        let place = self.kept.iter().position(|console| console.host == *host)?;
        Some(self.kept.remove(place))
    }
}

#[derive(Debug)]
pub struct ApiConsole {
    pub host: HostId,
    /// Method and path with query.
    pub line: LineInput,
    pub body: Box<TextArea<'static>>,
    pub focus: ApiFocus,
    /// The chosen one of what is suggested.
    pub chosen: Option<usize>,
    /// Why it was not sent.
    pub error: Option<String>,
    pub answer: Option<ApiAnswer>,
    /// Sent, or asked about first; its answer has not begun.
    pub awaited: Option<RawRequest>,
    /// When that was.
    since: Time,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ApiFocus {
    Line,
    Body,
    Answer,
}

impl ApiConsole {
    pub fn new(host: HostId, line: &str) -> Self {
        Self {
            host,
            line: LineInput::new(line),
            body: Box::default(),
            focus: ApiFocus::Line,
            chosen: None,
            error: None,
            answer: None,
            awaited: None,
            since: Time::default(),
        }
    }

    /// Begins another request; the last answer stays until that is sent.
    pub fn begin(&mut self, line: &str) {
        self.line = LineInput::new(line);
        self.focus = ApiFocus::Line;
        self.changed();
    }

    /// Whether a body goes with what is typed.
    pub fn has_body(&self) -> bool {
        let method = self.line.text().split_whitespace().next().unwrap_or_default();
        has_body(&method.to_uppercase())
    }

    pub fn body_text(&self) -> String {
        self.body.lines().join("\n")
    }

    /// Where the body stops being JSON.
    pub fn body_error(&self) -> Option<String> {
        json_error(&self.body_text()).filter(|_| self.has_body())
    }

    /// What can be sent, or why not.
    pub fn request(&self) -> Result<RawRequest, String> {
        RawRequest::parse(self.line.text(), &self.body_text()).map_err(|invalid| invalid.sentence().to_owned())
    }

    /// What is offered while the line is typed: what was sent before, then what the API knows.
    pub fn suggestions(&self, app: &App) -> Vec<Suggestion> {
        if self.focus != ApiFocus::Line {
            return Vec::new();
        }
        suggest::suggestions(self.line.text(), app.hosts.get(&self.host), &app.api_book.history)
    }

    /// Waits for the answer to a request that is being sent.
    pub fn wait_for(&mut self, request: RawRequest, now: Time) {
        (self.awaited, self.since) = (Some(request), now);
    }

    /// `Waiting for the answer to GET /info … 3 s`
    pub fn waiting_words(&self, now: Time) -> Option<String> {
        let awaited = self.awaited.as_ref()?;
        let waited = match now.since(self.since).as_secs() {
            0 => String::new(),
            seconds => format!(" {seconds} s"),
        };
        Some(format!("Waiting for the answer to {} …{waited}", awaited.line))
    }

    /// The reading request whose answer goes on: it runs for as long as it is looked at.
    pub fn reading(&self) -> Option<&RawRequest> {
        let going = self.answer.as_ref().filter(|answer| answer.ended.is_none()).map(|answer| &answer.request);
        self.awaited.as_ref().or(going).filter(|request| !request.is_change())
    }

    fn put_away(&mut self) {
        self.awaited = self.awaited.take().filter(RawRequest::is_change);
        let reads = |answer: &&mut ApiAnswer| answer.ended.is_none() && !answer.request.is_change();
        if let Some(answer) = self.answer.as_mut().filter(reads) {
            answer.stop();
        }
    }

    /// Whether it waits for the answer to this request, or shows it.
    pub fn is_about(&self, serial: u32) -> bool {
        let shown = self.answer.as_ref().map(|answer| answer.request.serial);
        self.awaited.as_ref().is_some_and(|request| request.serial == serial) || shown == Some(serial)
    }

    /// Takes a piece of an answer.
    pub fn take(&mut self, serial: u32, part: RawPart) {
        if self.awaited.as_ref().is_some_and(|request| request.serial == serial)
            && let Some(request) = self.awaited.take()
        {
            self.answer = Some(ApiAnswer::new(request));
            self.focus = ApiFocus::Answer;
        }
        if let Some(answer) = self.answer.as_mut().filter(|answer| answer.request.serial == serial) {
            answer.take(part);
        }
    }

    /// The answer is whole, or none comes.
    pub fn end(&mut self, serial: u32, result: Result<(), crate::domain::Failure>) {
        if self.awaited.as_ref().is_some_and(|request| request.serial == serial) {
            self.awaited = None;
            self.error = result.as_ref().err().map(ToString::to_string);
        }
        if let Some(answer) = self.answer.as_mut().filter(|answer| answer.request.serial == serial) {
            answer.ended = Some(result);
        }
    }

    pub fn key(&mut self, event: KeyEvent, app: &App) -> Answer {
        let ctrl = event.modifiers.contains(KeyModifiers::CONTROL);
        match (event.code, self.focus) {
            (KeyCode::Esc, _) => return Answer::Close,
            (KeyCode::Char('s'), _) if ctrl => return self.send(app),
            (KeyCode::BackTab, _) => self.step_focus(false),
            (KeyCode::Tab, ApiFocus::Body | ApiFocus::Answer) => self.step_focus(true),
            (_, ApiFocus::Line) => return self.line_key(event, app),
            (_, ApiFocus::Body) => {
                area_key(&mut self.body, event);
                self.error = None;
            }
            (code, ApiFocus::Answer) => return self.answer_key(code, app),
        }
        Answer::Stay
    }

    pub fn paste(&mut self, text: &str) {
        match self.focus {
            ApiFocus::Line => {
                self.line.paste(text);
                self.changed();
            }
            ApiFocus::Body => drop(self.body.insert_str(harmless(text))),
            ApiFocus::Answer => {}
        }
    }

    fn changed(&mut self) {
        self.chosen = None;
        self.error = None;
    }

    fn step_focus(&mut self, forward: bool) {
        let mut stops = vec![ApiFocus::Line];
        stops.extend(self.has_body().then_some(ApiFocus::Body));
        stops.extend(self.answer.as_ref().map(|_| ApiFocus::Answer));
        let place = stops.iter().position(|stop| *stop == self.focus).unwrap_or(0);
        let next = if forward { place + 1 } else { place + stops.len() - 1 };
        self.focus = stops.get(next % stops.len()).copied().unwrap_or(ApiFocus::Line);
    }

    fn line_key(&mut self, event: KeyEvent, app: &App) -> Answer {
        let offers = self.suggestions(app);
        let last = offers.len().saturating_sub(1);
        match event.code {
            KeyCode::Down if !offers.is_empty() => self.chosen = Some(self.chosen.map_or(0, |at| (at + 1).min(last))),
            KeyCode::Up => self.chosen = self.chosen.and_then(|at| at.checked_sub(1)),
            KeyCode::Tab => match offers.get(self.chosen.unwrap_or(0)).filter(|offer| offer.line != self.line.text()) {
                Some(offer) => self.take_offer(&offer.clone()),
                None => self.step_focus(true),
            },
            KeyCode::Enter => match self.chosen.and_then(|at| offers.get(at)) {
                Some(offer) => self.take_offer(&offer.clone()),
                None => return self.send(app),
            },
            _ => {
                if self.line.key(event) == InputOutcome::Changed {
                    self.changed();
                }
            }
        }
        Answer::Stay
    }

    fn take_offer(&mut self, offer: &Suggestion) {
        self.line.set_text(&offer.line);
        if let Some(body) = &offer.body {
            *self.body = TextArea::new(body.lines().map(str::to_owned).collect());
        }
        self.changed();
    }

    /// Sends what is typed; what destroys is asked about first.
    fn send(&mut self, app: &App) -> Answer {
        let request = match self.request() {
            Ok(request) => request,
            Err(sentence) => {
                self.error = Some(sentence);
                return Answer::Stay;
            }
        };
        let Some(host) = app.hosts.get(&self.host) else { return Answer::Close };
        let reason = match request.is_change() {
            true => host.refusal(),
            false => (!host.is_live()).then_some("this host does not answer"),
        };
        if let Some(reason) = reason {
            self.error = Some(format!("Nothing is sent: {reason}."));
            return Answer::Stay;
        }
        self.error = None;
        Answer::Raw(Box::new(request))
    }

    /// The question before a request that destroys.
    pub fn question(app: &App, host: &HostId, request: RawRequest) -> Option<Dialog> {
        let requests = vec![Request::from(request)];
        let confirm = Confirm::new(app.hosts.get(host)?, Act::Plain { requests, notes: Vec::new() });
        Some(Dialog::Confirm(Box::new(confirm)))
    }

    fn answer_key(&mut self, code: KeyCode, app: &App) -> Answer {
        let Some(answer) = &mut self.answer else {
            self.focus = ApiFocus::Line;
            return Answer::Stay;
        };
        match code {
            KeyCode::Char('q') => return Answer::Close,
            KeyCode::Char('x') if answer.ended.is_none() => {
                let serial = answer.request.serial;
                let is_it = |request: &Request| matches!(request, Request::Raw(raw) if raw.serial == serial);
                let job = app.running_jobs().find(|(_, job)| is_it(&job.request)).map(|(_, job)| job.id);
                answer.stop();
                return job.map_or(Answer::Stay, Answer::Cancel);
            }
            KeyCode::Char('h') => answer.shows_headers = !answer.shows_headers,
            KeyCode::Char('y') => return copy(answer.selected_text()),
            KeyCode::Char('a') => return copy(answer.whole_text()),
            KeyCode::Char('c') => {
                let endpoint = app.hosts.get(&self.host).and_then(|host| host.endpoint.as_ref());
                return copy(exchange(&answer.request).curl(endpoint));
            }
            code => answer.key(code, usize::from(app.area.height).saturating_sub(AROUND)),
        }
        Answer::Stay
    }
}

/// Rows of the screen that are not the answer's: frames, line, its words, status, keys.
pub const AROUND: usize = 9;

fn copy(text: String) -> Answer {
    let notice = copied(&text);
    Answer::Meanwhile(Effect::Copy(text), Some(notice))
}

/// The request as the log tells such, for its `curl` line.
fn exchange(request: &RawRequest) -> Exchange {
    Exchange {
        method: request.method.into(),
        path: request.path.as_str().into(),
        body: request.body.as_str().into(),
        status: None,
        failure: None,
        elapsed: Duration::ZERO,
        bytes: 0,
    }
}

/// `200 OK`
pub fn status(head: &RawHead) -> String {
    format!("{} {}", head.status, head.reason).trim_end().to_owned()
}
