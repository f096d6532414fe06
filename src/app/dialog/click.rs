//! What of a dialog can be clicked, and what a click on it does: what its keys do.

use super::api::ApiFocus;
use super::confirm::{ConfirmOption, Focus};
use super::cursor::Cursor;
use super::{Answer, Dialog};
use crate::app::App;
use crate::app::commands::Command;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// A part of what the last frame showed: of the dialog on top, or a key on a line. The picture says where each one stands.
#[derive(Clone, Copy, Debug)]
pub enum Spot {
    /// A key that the screen shows: a click does what it does.
    Command(&'static Command),
    /// A row of a list, counted from the first one that there is.
    Row(usize),
    /// A field of a form, or a choice of a question.
    Field(usize),
    /// What is typed into a field: a line of it, from this character on.
    Text {
        field: usize,
        line: usize,
        from: usize,
    },
    /// The host's name that a question wants typed.
    Name,
    /// Something offered for the focused field of a form.
    Offer(usize),
    Cancel,
    /// The button that does it.
    Accept,
}

impl Dialog {
    /// Applies a click. One on a list's row puts the cursor there, one more does what Enter does.
    pub fn click(&mut self, spot: Spot, column: u16, app: &App) -> Answer {
        match (self, spot) {
            (Self::Form(form), _) => form.click(spot, usize::from(column), app.host()),
            (Self::Confirm(confirm), Spot::Field(index)) => {
                confirm.focus = Focus::Option(index);
                let is_toggle = matches!(confirm.options.get(index), Some(ConfirmOption::Toggle { .. }));
                if is_toggle { confirm.key(key(KeyCode::Char(' '))) } else { Answer::Stay }
            }
            (Self::Confirm(confirm), Spot::Name) => {
                confirm.focus = Focus::Name;
                Answer::Stay
            }
            (Self::Confirm(confirm), Spot::Cancel | Spot::Accept) => {
                confirm.focus = if matches!(spot, Spot::Accept) { Focus::Accept } else { Focus::Cancel };
                confirm.key(key(KeyCode::Enter))
            }
            (Self::Question(question), Spot::Cancel | Spot::Accept) => {
                question.accepts = matches!(spot, Spot::Accept);
                question.key(key(KeyCode::Enter))
            }
            (Self::Api(console), _) => console.click(spot, usize::from(column), app),
            (Self::Columns(columns), Spot::Row(row)) => {
                columns.cursor = Cursor::at(row);
                columns.key(key(KeyCode::Char(' ')))
            }
            (dialog, Spot::Row(row)) => {
                if dialog.choose(row, app) {
                    return Answer::Stay;
                }
                dialog.key(key(KeyCode::Enter), app)
            }
            (
                _,
                Spot::Command(_)
                | Spot::Field(_)
                | Spot::Text { .. }
                | Spot::Name
                | Spot::Offer(_)
                | Spot::Cancel
                | Spot::Accept,
            ) => Answer::Stay,
        }
    }

    /// Puts the cursor of a list on a row; false when it is there already.
    fn choose(&mut self, row: usize, app: &App) -> bool {
        match self {
            Self::Help(help) => {
                let Some(place) = help.place_of_line(row, app) else { return true };
                let count = help.choices(app).len();
                move_to(&mut help.picker.cursor, place, count)
            }
            Self::Palette(palette) => {
                let count = palette.rows(app).len();
                move_to(&mut palette.finder.cursor, row, count)
            }
            Self::Hosts(hosts) => {
                let count = hosts.rows(app).len();
                move_to(&mut hosts.finder.cursor, row, count)
            }
            Self::Menu(menu) => {
                let count = menu.shown().len();
                move_to(&mut menu.picker.cursor, row, count)
            }
            Self::HelperImage(images) => {
                let count = images.shown().len();
                move_to(&mut images.picker.cursor, row, count)
            }
            Self::Search(search) => {
                let count = search.rows().len();
                move_to(&mut search.finder.cursor, row, count)
            }
            Self::Messages(messages) => messages.choose(row, app),
            Self::Jobs(jobs) => jobs.choose(row, app),
            Self::Requests(requests) => requests.choose(row, app),
            Self::Audit(audit) => audit.choose(row),
            Self::Overview(overview) => overview.choose(row, app),
            Self::Api(_)
            | Self::Confirm(_)
            | Self::Form(_)
            | Self::Columns(_)
            | Self::Text(_)
            | Self::Build(_)
            | Self::Question(_)
            | Self::Trial(_) => true,
        }
    }

    /// How many times a turn of the wheel is an arrow key: text goes by lines, what is chosen goes one by one.
    pub fn wheel_steps(&self) -> usize {
        match self {
            Self::Text(_) | Self::Build(_) | Self::Help(_) | Self::Messages(_) | Self::Trial(_) => 3,
            Self::Api(console) if console.focus != ApiFocus::Line => 3,
            Self::Palette(_)
            | Self::Menu(_)
            | Self::HelperImage(_)
            | Self::Columns(_)
            | Self::Jobs(_)
            | Self::Requests(_)
            | Self::Audit(_)
            | Self::Api(_)
            | Self::Overview(_)
            | Self::Hosts(_)
            | Self::Search(_)
            | Self::Form(_) => 1,
            Self::Confirm(_) | Self::Question(_) => 0,
        }
    }

    /// Applies one step of the wheel.
    pub fn wheel(&mut self, down: bool, app: &App) -> Answer {
        match self {
            Self::Form(form) => {
                form.wheel(down);
                Answer::Stay
            }
            Self::Api(console) => console.wheel(down, app),
            Self::Confirm(_) | Self::Question(_) => Answer::Stay,
            dialog => dialog.key(key(if down { KeyCode::Down } else { KeyCode::Up }), app),
        }
    }
}

fn key(code: KeyCode) -> KeyEvent {
    KeyEvent::new(code, KeyModifiers::NONE)
}

/// Says whether the cursor was elsewhere.
fn move_to(cursor: &mut Cursor, row: usize, count: usize) -> bool {
    let moved = cursor.place(count) != row;
    *cursor = Cursor::at(row);
    moved
}
