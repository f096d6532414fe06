//! One field of a form: what it asks, what was typed, and what is wrong with it.

use super::ask::{Ask, Shape};
use crate::app::line_input::{InputOutcome, LineInput};
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use tui_textarea::{CursorMove, DataCursor, TextArea};
use unicode_width::UnicodeWidthChar;

/// Bytes that a field of several lines holds at most: a pasted file must not make every key slow.
const LIMIT: usize = 256 * 1024;

#[derive(Debug)]
pub struct Field {
    pub ask: &'static Ask,
    pub input: Input,
    /// A sentence, as soon as what is typed is wrong.
    pub error: Option<String>,
    /// Something worth saying that is no mistake.
    pub note: Option<String>,
    /// Entries that one line cannot show (they have line ends inside), carried along as they are.
    pub kept: Vec<String>,
    /// Another field makes it mean nothing now.
    pub hidden: bool,
    initial: String,
}

#[derive(Debug)]
pub enum Input {
    Line(LineInput),
    Lines(Box<TextArea<'static>>),
    Toggle(bool),
}

/// How the text of a toggle that is on reads.
const ON: &str = "yes";

impl Field {
    pub fn new(ask: &'static Ask) -> Self {
        let input = match ask.shape {
            Shape::Line | Shape::Secret => Input::Line(LineInput::default()),
            Shape::Lines => Input::Lines(Box::default()),
            Shape::Toggle(on) => Input::Toggle(on),
        };
        let mut field =
            Self { ask, input, error: None, note: None, kept: Vec::new(), hidden: false, initial: String::new() };
        field.initial = field.text();
        field
    }

    /// Whether nobody may see what is typed.
    pub fn is_secret(&self) -> bool {
        self.ask.shape == Shape::Secret
    }

    /// What stands in it, lines joined by line ends.
    pub fn text(&self) -> String {
        match &self.input {
            Input::Line(line) => line.text().to_owned(),
            Input::Lines(area) => area.lines().join("\n"),
            Input::Toggle(on) => if *on { ON } else { "" }.to_owned(),
        }
    }

    /// The lines that hold anything.
    pub fn entries(&self) -> Vec<String> {
        match &self.input {
            Input::Lines(area) => area.lines().iter().filter(|line| !line.trim().is_empty()).cloned().collect(),
            Input::Line(_) | Input::Toggle(_) => Vec::new(),
        }
    }

    pub fn is_on(&self) -> bool {
        matches!(self.input, Input::Toggle(true))
    }

    /// Replaces what stands in it.
    pub fn set(&mut self, text: &str) {
        match &mut self.input {
            Input::Line(line) => line.set_text(text),
            Input::Lines(area) => **area = area_of(text.lines().map(str::to_owned).collect()),
            Input::Toggle(on) => *on = text == ON,
        }
        self.validate();
    }

    /// Puts in what the form opens with.
    pub fn start_with(&mut self, text: &str) {
        self.set(text);
        self.initial = self.text();
    }

    /// The same for a field of several lines.
    pub fn start_with_entries(&mut self, entries: impl IntoIterator<Item = String>) {
        let (kept, shown): (Vec<String>, Vec<String>) =
            entries.into_iter().partition(|entry| entry.contains(['\n', '\r']));
        self.note = match kept.len() {
            0 => None,
            1 => Some("and one more with line ends in it, taken over as it is".to_owned()),
            count => Some(format!("and {count} more with line ends in them, taken over as they are")),
        };
        self.kept = kept;
        self.start_with(&shown.join("\n"));
    }

    /// Turns a toggle, as the form opens with it.
    pub fn start_with_toggle(&mut self, on: bool) {
        self.start_with(if on { ON } else { "" });
    }

    pub fn is_touched(&self) -> bool {
        self.text() != self.initial
    }

    pub fn reset(&mut self) {
        let initial = self.initial.clone();
        self.set(&initial);
    }

    /// What completion works on: the line, or the one that the cursor is in.
    pub fn current(&self) -> &str {
        match &self.input {
            Input::Line(line) => line.text(),
            Input::Lines(area) => area.lines().get(area.cursor().0).map_or("", String::as_str),
            Input::Toggle(_) => "",
        }
    }

    /// Replaces the line that the cursor is in.
    pub fn set_current(&mut self, text: &str) {
        match &mut self.input {
            Input::Line(line) => line.set_text(text),
            Input::Lines(area) => {
                let DataCursor(row, _) = area.cursor();
                let mut lines = area.lines().to_vec();
                if let Some(line) = lines.get_mut(row) {
                    text.clone_into(line);
                }
                **area = area_of(lines);
                area.move_cursor(CursorMove::Jump(u16::try_from(row).unwrap_or(u16::MAX), u16::MAX));
            }
            Input::Toggle(_) => {}
        }
        self.validate();
    }

    /// Whether the cursor stands behind the text of its line.
    pub fn is_at_end(&self) -> bool {
        match &self.input {
            Input::Line(line) => line.cursor() == line.text().len(),
            Input::Lines(area) => area.cursor().1 >= self.current().chars().count(),
            Input::Toggle(_) => false,
        }
    }

    /// Puts the cursor into a line, `column` columns behind the character that is shown first of it.
    pub fn place_cursor(&mut self, line: usize, from: usize, column: usize) {
        match &mut self.input {
            Input::Line(input) => input.place_cursor(from, column),
            Input::Lines(area) => place_in_area(area, line, from, column),
            Input::Toggle(_) => {}
        }
    }

    /// Applies a key that is the field's own.
    pub fn key(&mut self, event: KeyEvent) -> InputOutcome {
        let outcome = match &mut self.input {
            Input::Line(line) => line.key(event),
            Input::Lines(area) => area_key(area, event),
            Input::Toggle(on) => match event.code {
                KeyCode::Char(' ' | 'x') | KeyCode::Left | KeyCode::Right => {
                    *on = !*on;
                    InputOutcome::Changed
                }
                _ => InputOutcome::Ignored,
            },
        };
        if outcome == InputOutcome::Changed {
            self.validate();
        }
        outcome
    }

    pub fn paste(&mut self, text: &str) {
        match &mut self.input {
            Input::Line(line) => {
                line.paste(text);
            }
            Input::Lines(area) => {
                let held: usize = area.lines().iter().map(|line| line.len() + 1).sum();
                if held + text.len() <= LIMIT {
                    area.insert_str(harmless(text));
                }
            }
            Input::Toggle(_) => {}
        }
        self.validate();
    }

    /// Says what is wrong with what stands in it.
    pub fn validate(&mut self) {
        self.error = match &self.input {
            Input::Line(line) if line.text().trim().is_empty() => None,
            Input::Line(line) => (self.ask.check)(line.text()).err().map(|invalid| invalid.sentence().to_owned()),
            Input::Lines(area) => wrong_line(self.ask, area.lines()),
            Input::Toggle(_) => None,
        };
    }
}

/// The first wrong line's sentence, with its number where there are several.
fn wrong_line(ask: &Ask, lines: &[String]) -> Option<String> {
    let filled = || lines.iter().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let (index, invalid) = filled().find_map(|(index, line)| Some((index, (ask.check)(line).err()?)))?;
    Some(match filled().count() {
        1 => invalid.sentence().to_owned(),
        _ => format!("Line {}: {invalid}", index + 1),
    })
}

/// How many characters end within so many columns.
fn characters_before(characters: impl Iterator<Item = char>, columns: usize) -> usize {
    let mut used = 0;
    let fits = |character: &char| {
        used += character.width().unwrap_or(0);
        used <= columns
    };
    characters.take_while(fits).count()
}

fn area_of(lines: Vec<String>) -> TextArea<'static> {
    let mut area = TextArea::new(lines);
    area.move_cursor(CursorMove::Bottom);
    area.move_cursor(CursorMove::End);
    area
}

/// Puts the cursor of a text where a column of one of its lines is, of which what is before `from` is not in sight.
pub(in crate::app) fn place_in_area(area: &mut TextArea<'_>, line: usize, from: usize, column: usize) {
    let Some(text) = area.lines().get(line) else { return };
    let place = from + characters_before(text.chars().skip(from), column);
    let limited = |number: usize| u16::try_from(number).unwrap_or(u16::MAX);
    area.move_cursor(CursorMove::Jump(limited(line), limited(place)));
}

pub(in crate::app) fn area_key(area: &mut TextArea<'static>, event: KeyEvent) -> InputOutcome {
    let DataCursor(row, _) = area.cursor();
    // At its ends the keys belong to the form.
    let leaves = match event.code {
        KeyCode::Up => row == 0,
        KeyCode::Down => row + 1 >= area.lines().len(),
        KeyCode::PageUp | KeyCode::PageDown | KeyCode::Tab | KeyCode::BackTab | KeyCode::Esc | KeyCode::F(_) => true,
        _ => false,
    };
    if leaves {
        return InputOutcome::Ignored;
    }
    // A selection is not drawn, and nobody must type over what is not seen to be selected.
    let quiet = KeyEvent { modifiers: event.modifiers - KeyModifiers::SHIFT, ..event };
    let changed = match quiet.code {
        // As in a field of one line; the editor's own meaning is to undo.
        KeyCode::Char('u') if quiet.modifiers.contains(KeyModifiers::CONTROL) => area.delete_line_by_head(),
        _ => area.input(quiet),
    };
    area.cancel_selection();
    if changed { InputOutcome::Changed } else { InputOutcome::Moved }
}

/// Text without what could steer a terminal; lines end in one character.
pub(in crate::app) fn harmless(text: &str) -> String {
    text.replace("\r\n", "\n")
        .chars()
        .map(|letter| match letter {
            '\r' => '\n',
            '\t' => ' ',
            letter => letter,
        })
        .filter(|letter| *letter == '\n' || !crate::domain::text::is_unsafe(*letter))
        .collect()
}
