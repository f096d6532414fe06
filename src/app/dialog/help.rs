//! Help: every command by the place where it works, with the user's own keys.

use super::Answer;
use super::picker::{Picked, Picker};
use crate::app::App;
use crate::app::command::typed::{self, Typed};
use crate::app::commands::{self, Command};
use crate::app::key::Key;
use crate::app::scope::Scope;
use crossterm::event::KeyEvent;

#[derive(Debug, Default)]
pub struct Help {
    pub picker: Picker,
    /// Why the chosen command cannot be done now.
    pub refusal: Option<String>,
}

/// One line of the page.
#[derive(Clone, Copy, Debug)]
pub enum Line {
    Heading(&'static str),
    Command(&'static Command),
    Typed(&'static Typed),
}

impl Help {
    /// The lines that pass the filter; the places where keys are looked up now come first.
    pub fn lines(&self, app: &App) -> Vec<Line> {
        let here = app.scopes();
        let elsewhere = Scope::ALL.into_iter().filter(|scope| !here.contains(scope));
        let mut lines = Vec::new();
        for scope in here.iter().copied().chain(elsewhere) {
            let rows = commands::in_scope(scope).filter(|command| {
                let keys = app.keymap.keys_text(command);
                self.picker.keeps(&[command.name, command.title, command.sentence, &keys])
            });
            section(&mut lines, scope.title(), rows.map(Line::Command));
        }
        let typed = typed::ALL.iter().filter(|typed| self.picker.keeps(&[typed.word, typed.sentence]));
        section(&mut lines, TYPED_HEADING, typed.map(Line::Typed));
        lines
    }

    /// The lines that the cursor can be on.
    pub fn choices(&self, app: &App) -> Vec<Line> {
        self.lines(app).into_iter().filter(|line| !matches!(line, Line::Heading(_))).collect()
    }

    /// The place among what can be chosen of a line of the page; none of a heading.
    pub fn place_of_line(&self, line: usize, app: &App) -> Option<usize> {
        let lines = self.lines(app);
        let is_choice = |line: &Line| !matches!(line, Line::Heading(_));
        lines.get(line).filter(|line| is_choice(line))?;
        Some(lines.iter().take(line).filter(|line| is_choice(line)).count())
    }

    pub fn key(&mut self, event: KeyEvent, app: &App) -> Answer {
        let choices = self.choices(app);
        match self.picker.key(event, choices.len()) {
            Picked::Taken => self.refusal = None,
            Picked::Close => return Answer::Close,
            Picked::Choose(place) => match choices.get(place) {
                Some(Line::Command(command)) => match command.here(app) {
                    Ok(()) => return Answer::Run(command),
                    Err(reason) => self.refusal = Some(reason.into_owned()),
                },
                Some(Line::Typed(typed)) => return Answer::Palette(format!("{} ", typed.word)),
                Some(Line::Heading(_)) | None => {}
            },
            Picked::Other if self.picker.filter.is_none() && opens_help(event, app) => return Answer::Close,
            Picked::Other => {}
        }
        Answer::Stay
    }
}

/// The key that opened it closes it as well.
fn opens_help(event: KeyEvent, app: &App) -> bool {
    let command = app.keymap.command(&[Scope::Anywhere], Key::from_event(event));
    command.is_some_and(|command| command.name == "app.help")
}

/// The heading over the commands that are typed.
pub const TYPED_HEADING: &str = "Typed behind a colon";

fn section(lines: &mut Vec<Line>, heading: &'static str, rows: impl Iterator<Item = Line>) {
    let mut rows = rows.peekable();
    if rows.peek().is_some() {
        lines.push(Line::Heading(heading));
        lines.extend(rows);
    }
}
