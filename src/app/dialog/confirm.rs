//! The question before a destructive act: host, targets, what will happen, the command line; Cancel has the focus.

use super::Answer;
use crate::app::host::Host;
use crate::app::line_input::LineInput;
use crate::domain::{HostId, Image, Request, Target};
use crossterm::event::{KeyCode, KeyEvent};

/// A destructive act on one or several objects, not yet decided.
#[derive(Debug)]
pub struct Confirm {
    pub host: HostId,
    pub act: Act,
    pub options: Vec<ConfirmOption>,
    /// What the targets take along or are held by, as far as the lists tell.
    pub notes: Vec<String>,
    /// The host's name as typed, where its profile asks for it.
    pub typed_name: Option<LineInput>,
    pub focus: Focus,
}

/// What is to be done, before the options are applied.
#[derive(Clone, Debug)]
pub enum Act {
    Stop(Vec<Target>),
    Restart(Vec<Target>),
    Kill { targets: Vec<Target>, signal: String },
    Remove(Vec<Target>),
    RemoveImages(Vec<Image>),
}

/// Something about the act that can be chosen in the dialog.
#[derive(Debug)]
pub enum ConfirmOption {
    Toggle { name: OptionName, on: bool },
    Seconds { name: OptionName, text: LineInput },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OptionName {
    Timeout,
    Force,
    ForceImage,
    Volumes,
    KeepParents,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Focus {
    Cancel,
    Accept,
    Option(usize),
    Name,
}

/// Images of which a note is made, and names told in one.
const NOTED: usize = 4;

/// Who uses an image, and which other names it has.
fn image_note(host: &Host, image: &Image) -> Option<String> {
    let users: Vec<_> = host.containers.rows.iter().filter(|row| row.image_id == image.id).collect();
    let names = |names: Vec<&str>| {
        let more = names.len().saturating_sub(NOTED);
        let told = names.into_iter().take(NOTED).collect::<Vec<_>>().join(", ");
        if more > 0 { format!("{told} and {more} more") } else { told }
    };
    let mut sentences = Vec::new();
    if !users.is_empty() {
        let told = names(users.iter().map(|row| &*row.name).collect());
        sentences.push(if users.iter().any(|row| row.state.is_up()) {
            format!("{} is in use by {told}: the engine will refuse while one of them runs.", image.title())
        } else {
            format!("{} is in use by {told}: the engine will refuse without force.", image.title())
        });
    }
    if let Some(others) = image.tags.get(1..).filter(|others| !others.is_empty()) {
        let told = names(others.iter().map(|tag| &**tag).collect());
        sentences.push(format!("The image itself stays, as {told}."));
    }
    (!sentences.is_empty()).then(|| sentences.join(" "))
}

impl OptionName {
    pub fn label(self) -> &'static str {
        match self {
            Self::Timeout => "seconds until it is killed (empty: its own setting)",
            Self::Force => "force (kill it if it runs)",
            Self::ForceImage => "force (even if stopped containers use it)",
            Self::Volumes => "remove its anonymous volumes",
            Self::KeepParents => "keep untagged parents",
        }
    }
}

impl Confirm {
    pub fn new(host: &Host, act: Act) -> Self {
        let toggle = |name, on| ConfirmOption::Toggle { name, on };
        let options = match &act {
            Act::Stop(_) | Act::Restart(_) => {
                vec![ConfirmOption::Seconds { name: OptionName::Timeout, text: LineInput::default() }]
            }
            Act::Kill { .. } => Vec::new(),
            Act::Remove(targets) => {
                let any_up =
                    targets.iter().any(|target| host.container(&target.id).is_some_and(|row| row.state.is_up()));
                vec![toggle(OptionName::Force, any_up), toggle(OptionName::Volumes, false)]
            }
            Act::RemoveImages(_) => vec![toggle(OptionName::ForceImage, false), toggle(OptionName::KeepParents, false)],
        };
        let notes = match &act {
            Act::RemoveImages(images) => {
                images.iter().take(NOTED).filter_map(|image| image_note(host, image)).collect()
            }
            Act::Stop(_) | Act::Restart(_) | Act::Kill { .. } | Act::Remove(_) => Vec::new(),
        };
        Self {
            host: host.id.clone(),
            notes,
            act,
            options,
            typed_name: host.confirm_by_name.then(LineInput::default),
            focus: Focus::Cancel,
        }
    }

    /// The requests as the options stand.
    pub fn requests(&self) -> Vec<Request> {
        let timeout = self.seconds();
        match &self.act {
            Act::Stop(targets) => {
                targets.iter().map(|target| Request::Stop { target: target.clone(), timeout }).collect()
            }
            Act::Restart(targets) => {
                targets.iter().map(|target| Request::Restart { target: target.clone(), timeout }).collect()
            }
            Act::Kill { targets, signal } => {
                targets.iter().map(|target| Request::Kill { target: target.clone(), signal: signal.clone() }).collect()
            }
            Act::Remove(targets) => {
                let (force, volumes) = (self.is_on(OptionName::Force), self.is_on(OptionName::Volumes));
                targets.iter().map(|target| Request::Remove { target: target.clone(), force, volumes }).collect()
            }
            Act::RemoveImages(images) => {
                let (force, keep) = (self.is_on(OptionName::ForceImage), self.is_on(OptionName::KeepParents));
                images.iter().map(|image| Request::remove_image(image, force, !keep)).collect()
            }
        }
    }

    /// Why it cannot be accepted yet.
    pub fn hindrance(&self) -> Option<String> {
        if let Some(name) = &self.typed_name
            && name.text() != self.host.as_str()
        {
            return Some(format!("Type {} to confirm.", self.host));
        }
        self.options.iter().find_map(|option| match option {
            ConfirmOption::Seconds { text, .. } if !text.text().is_empty() && text.text().parse::<u32>().is_err() => {
                Some(format!("“{}” is no number of seconds.", text.text()))
            }
            ConfirmOption::Seconds { .. } | ConfirmOption::Toggle { .. } => None,
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
                Focus::Accept if self.hindrance().is_none() => return Answer::Perform(self.requests()),
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
        }
    }

    fn edit(&mut self, event: KeyEvent) {
        if let Focus::Option(index) = self.focus
            && let Some(ConfirmOption::Toggle { on, .. }) = self.options.get_mut(index)
        {
            if event.code == KeyCode::Char(' ') {
                *on = !*on;
            }
        } else if let Some(input) = self.focused_input() {
            input.key(event);
        }
    }

    fn focused_input(&mut self) -> Option<&mut LineInput> {
        match self.focus {
            Focus::Name => self.typed_name.as_mut(),
            Focus::Option(index) => match self.options.get_mut(index)? {
                ConfirmOption::Seconds { text, .. } => Some(text),
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

    fn is_on(&self, wanted: OptionName) -> bool {
        self.options.iter().any(|option| matches!(option, ConfirmOption::Toggle { name, on: true } if *name == wanted))
    }

    fn seconds(&self) -> Option<u32> {
        self.options.iter().find_map(|option| match option {
            ConfirmOption::Seconds { text, .. } => text.text().parse().ok(),
            ConfirmOption::Toggle { .. } => None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::form::fixture::{app, image, tell};
    use crate::app::msg::HostMsg;
    use pretty_assertions::assert_eq;

    #[test]
    fn an_image_tells_who_holds_it_and_what_else_it_is_called() {
        let mut app = app();
        let user = app.host().containers.rows[0].clone();
        let held =
            Image { id: user.image_id.clone(), tags: vec!["web:2".into(), "web:latest".into()], ..image("web:2") };
        tell(&mut app, HostMsg::Images(Ok(vec![held.clone(), image("free:1")])));
        let notes = Confirm::new(app.host(), Act::RemoveImages(vec![held])).notes;
        assert_eq!(notes.len(), 1);
        assert!(notes[0].contains(&format!("in use by {}", user.name)), "{notes:?}");
        assert!(notes[0].ends_with("The image itself stays, as web:latest."), "{notes:?}");
        let notes = Confirm::new(app.host(), Act::RemoveImages(vec![image("free:1")])).notes;
        assert_eq!(notes, Vec::<String>::new());
    }
}
