//! The question before a destructive act: host, targets, what will happen, the command line; Cancel has the focus.

mod act;
mod notes;
mod prune;
mod removal;
mod sweep;
mod typed_names;
mod unused;

pub use act::{Act, ConfirmOption, OptionName};
pub use prune::{PrunePlan, parse_age};
pub use removal::{Kin, Removal};
pub use sweep::Sweep;
pub use unused::Unused;

use super::Answer;
use crate::app::host::Host;
use crate::app::line_input::LineInput;
use crate::domain::{HostId, Request};
use crossterm::event::{KeyCode, KeyEvent};

/// A destructive act on one or several objects, not yet decided.
#[derive(Debug)]
pub struct Confirm {
    pub host: HostId,
    pub act: Act,
    /// The same act on other hosts.
    others: Vec<(HostId, Act)>,
    pub options: Vec<ConfirmOption>,
    /// What the targets take along or are held by, as far as the lists tell.
    pub notes: Vec<String>,
    /// The names to type, of all hosts whose profiles ask for that.
    names: Vec<HostId>,
    /// What was typed of them, where any is asked for.
    pub typed_name: Option<LineInput>,
    pub focus: Focus,
    /// What is asked of the engine as the options stand.
    requests: Vec<Request>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Focus {
    Cancel,
    Accept,
    Option(usize),
    Name,
}

impl Confirm {
    pub fn new(host: &Host, act: Act) -> Self {
        let notes = notes::of(host, &act);
        let mut confirm = Self {
            host: host.id.clone(),
            notes,
            others: Vec::new(),
            names: host.confirm_by_name.then(|| host.id.clone()).into_iter().collect(),
            options: act.options(host),
            act,
            typed_name: host.confirm_by_name.then(LineInput::default),
            focus: Focus::Cancel,
            requests: Vec::new(),
        };
        confirm.renew();
        confirm
    }

    /// Tells what is known of the host now, where that is what it asks about.
    pub fn learn(&mut self, host: &Host) {
        match &mut self.act {
            Act::Sweep(sweep) => *sweep = sweep.again(host),
            Act::PruneImages(plan) => plan.learn(host),
            Act::RemoveImages(removal) => removal.learn(host),
            Act::Stop(_)
            | Act::Restart(_)
            | Act::Kill { .. }
            | Act::Remove(_)
            | Act::RemoveVolumes(_)
            | Act::RemoveNetworks(_)
            | Act::Disconnect { .. }
            | Act::Unused(_)
            | Act::DisablePlugin(_)
            | Act::RemovePlugin(_)
            | Act::Plain { .. } => return,
        }
        self.renew();
    }

    /// What follows from the options as they stand.
    pub fn renew(&mut self) {
        self.requests = self.requests_now();
        if let Some(notes) = self.act.notes_now(&self.options) {
            self.notes = notes;
        }
    }

    /// One question for acts on several hosts; the strictest of their rules holds for all. `None` when there is none.
    pub fn across(acts: Vec<(&Host, Act)>) -> Option<Self> {
        let mut acts = acts.into_iter();
        let (host, act) = acts.next()?;
        let mut confirm = Self::new(host, act);
        for (host, act) in acts {
            let other = Self::new(host, act);
            confirm.notes.extend(other.notes);
            confirm.names.extend(other.names);
            confirm.typed_name = confirm.typed_name.or(other.typed_name);
            for (option, other) in confirm.options.iter_mut().zip(other.options) {
                if let (ConfirmOption::Toggle { on, .. }, ConfirmOption::Toggle { on: true, .. }) = (option, other) {
                    *on = true;
                }
            }
            confirm.others.push((other.host, other.act));
        }
        confirm.requests = confirm.requests_now();
        Some(confirm)
    }

    /// The hosts that it is about: `eu, us`.
    pub fn places(&self) -> String {
        let others = self.others.iter().map(|(host, _)| host.as_str());
        std::iter::once(self.host.as_str()).chain(others).collect::<Vec<_>>().join(", ")
    }

    /// The first targets by name, with their host where there are several.
    pub fn names(&self, most: usize) -> Vec<String> {
        if self.others.is_empty() {
            return self.requests.iter().take(most).map(|request| request.object().to_owned()).collect();
        }
        let placed = self.by_host().into_iter().flat_map(|(host, requests)| {
            requests.into_iter().map(move |request| format!("{} on {host}", request.object()))
        });
        placed.take(most).collect()
    }

    /// The `docker` command line, of each host where there are several.
    pub fn command(&self, most: usize) -> String {
        let told = |requests: &[Request]| {
            let named = requests.get(..most).unwrap_or(requests);
            let more = if named.len() < requests.len() { " …" } else { "" };
            format!("{}{more}", Request::docker_command_of(named))
        };
        if self.others.is_empty() {
            return told(&self.requests);
        }
        let each = self.by_host().into_iter().map(|(host, requests)| format!("{host}: {}", told(&requests)));
        each.collect::<Vec<_>>().join("; ")
    }

    /// What is asked to be typed: `Type eu and us to confirm`.
    pub fn demand(&self) -> String {
        format!("Type {} to confirm", typed_names::listed(self.names.iter().map(HostId::as_str)))
    }

    /// What will have happened, in full sentences.
    pub fn consequence(&self) -> String {
        let each = if self.requests.len() > 1 { "For each: " } else { "" };
        match (&self.act, self.requests.first()) {
            (Act::Sweep(_), _) => {
                "Deletes what nobody uses of the kinds that are chosen; this cannot be undone.".to_owned()
            }
            (Act::RemoveImages(_), _) => "What is deleted must be pulled or built again to be had again.".to_owned(),
            (_, Some(first)) => format!("{each}{}", first.consequence()),
            (_, None) => String::new(),
        }
    }

    /// The requests as the options stand, by host.
    pub fn by_host(&self) -> Vec<(HostId, Vec<Request>)> {
        let others = self.others.iter().map(|(host, act)| (host, act));
        let all = std::iter::once((&self.host, &self.act)).chain(others);
        all.map(|(host, act)| (host.clone(), act.requests(&self.options))).collect()
    }

    /// All requests as the options stand.
    pub fn requests(&self) -> &[Request] {
        &self.requests
    }

    fn requests_now(&self) -> Vec<Request> {
        self.by_host().into_iter().flat_map(|(_, requests)| requests).collect()
    }

    /// Why it cannot be accepted yet.
    pub fn hindrance(&self) -> Option<String> {
        if let Some(typed) = &self.typed_name
            && let Err(reason) = typed_names::check(typed.text(), &self.names)
        {
            return Some(reason);
        }
        if let Some(reason) = self.act.hindrance(&self.options) {
            return Some(reason);
        }
        self.options.iter().find_map(|option| match option {
            ConfirmOption::Seconds { text, .. } if !text.text().is_empty() && text.text().parse::<u32>().is_err() => {
                Some(format!("“{}” is no number of seconds.", text.text()))
            }
            ConfirmOption::Age { text, .. } => {
                parse_age(text.text()).err().map(|invalid| invalid.sentence().to_owned())
            }
            ConfirmOption::Seconds { .. } | ConfirmOption::Toggle { .. } | ConfirmOption::Text { .. } => None,
        })
    }

    pub fn key(&mut self, event: KeyEvent) -> Answer {
        match event.code {
            KeyCode::Esc => return Answer::Close,
            KeyCode::Tab | KeyCode::Down => self.move_focus(1),
            KeyCode::BackTab | KeyCode::Up => self.move_focus(-1),
            KeyCode::Left | KeyCode::Right if matches!(self.focus, Focus::Cancel | Focus::Accept) => {
                self.focus = if self.focus == Focus::Cancel { Focus::Accept } else { Focus::Cancel };
            }
            KeyCode::Enter => match self.focus {
                Focus::Cancel => return Answer::Close,
                Focus::Accept if self.hindrance().is_none() => {
                    return Answer::Perform(self.by_host());
                }
                Focus::Accept => {}
                Focus::Option(_) | Focus::Name => self.move_focus(1),
            },
            _ => self.edit(event),
        }
        Answer::Stay
    }

    pub fn paste(&mut self, text: &str) {
        if let Some(input) = self.focused_input() {
            input.paste(text);
            self.renew();
        }
    }

    fn edit(&mut self, event: KeyEvent) {
        if let Focus::Option(index) = self.focus
            && let Some(ConfirmOption::Toggle { on, .. }) = self.options.get_mut(index)
        {
            if event.code != KeyCode::Char(' ') {
                return;
            }
            *on = !*on;
        } else if let Some(input) = self.focused_input() {
            input.key(event);
        }
        self.renew();
    }

    fn focused_input(&mut self) -> Option<&mut LineInput> {
        match self.focus {
            Focus::Name => self.typed_name.as_mut(),
            Focus::Option(index) => match self.options.get_mut(index)? {
                ConfirmOption::Seconds { text, .. }
                | ConfirmOption::Age { text, .. }
                | ConfirmOption::Text { text, .. } => Some(text),
                ConfirmOption::Toggle { .. } => None,
            },
            Focus::Cancel | Focus::Accept => None,
        }
    }

    /// Everything that can have the focus, from top to bottom.
    fn stops(&self) -> Vec<Focus> {
        let options = (0..self.options.len()).map(Focus::Option);
        let name = self.typed_name.iter().map(|_| Focus::Name);
        options.chain(name).chain([Focus::Cancel, Focus::Accept]).collect()
    }

    fn move_focus(&mut self, step: isize) {
        let stops = self.stops();
        let place = stops.iter().position(|stop| *stop == self.focus).unwrap_or(0);
        let next = (place as isize + step).rem_euclid(stops.len() as isize) as usize;
        self.focus = stops.get(next).copied().unwrap_or(Focus::Cancel);
    }
}
