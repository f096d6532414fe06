//! Clicks and the wheel in the API console.

use super::{AROUND, ApiConsole, ApiFocus};
use crate::app::App;
use crate::app::dialog::Answer;
use crate::app::dialog::click::Spot;
use crate::app::form::place_in_area;
use crossterm::event::KeyCode;

/// The fields of the console, as what was drawn names them.
pub const LINE: usize = 0;
pub const BODY: usize = 1;
pub const ANSWER: usize = 2;

impl ApiConsole {
    /// Applies a click on one of its parts; one more on an offer takes it, one more on a value folds it.
    pub fn click(&mut self, spot: Spot, column: usize, app: &App) -> Answer {
        match spot {
            Spot::Text { field: LINE, from, .. } => {
                self.focus = ApiFocus::Line;
                self.line.place_cursor(from, column);
            }
            Spot::Text { line, from, .. } => {
                self.focus = ApiFocus::Body;
                place_in_area(&mut self.body, line, from, column);
            }
            Spot::Field(LINE) => self.focus = ApiFocus::Line,
            Spot::Field(BODY) if self.has_body() => self.focus = ApiFocus::Body,
            Spot::Field(_) if self.answer.is_some() => self.focus = ApiFocus::Answer,
            Spot::Offer(place) => {
                if self.chosen == Some(place)
                    && let Some(offer) = self.suggestions(app).get(place)
                {
                    self.take_offer(&offer.clone());
                } else {
                    self.chosen = Some(place);
                }
            }
            Spot::Row(row) => {
                let had_focus = self.focus == ApiFocus::Answer;
                self.focus = ApiFocus::Answer;
                if let Some(tree) = self.answer.as_mut().and_then(|answer| answer.tree.as_mut()) {
                    match had_focus && tree.cursor_row() == row {
                        true => tree.toggle(),
                        false => tree.select_row(row, usize::from(app.area.height).saturating_sub(AROUND)),
                    }
                }
            }
            Spot::Command(_) | Spot::Name | Spot::Field(_) | Spot::Cancel | Spot::Accept => {}
        }
        Answer::Stay
    }

    /// The answer passes where it is in sight, else what is offered.
    pub fn wheel(&mut self, down: bool, app: &App) -> Answer {
        let code = if down { KeyCode::Down } else { KeyCode::Up };
        match (self.focus, &mut self.answer) {
            (ApiFocus::Line, _) => return self.key(code.into(), app),
            (ApiFocus::Body | ApiFocus::Answer, Some(answer)) => {
                answer.key(code, usize::from(app.area.height).saturating_sub(AROUND));
            }
            (ApiFocus::Body | ApiFocus::Answer, None) => {}
        }
        Answer::Stay
    }
}
