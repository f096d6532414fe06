//! Clicks and the wheel in a form.

use super::{Completion, Focus, Form, FormAnswer, Input, Name, Stage};
use crate::app::dialog::Answer;
use crate::app::dialog::click::Spot;
use crate::app::host::Host;

impl Form {
    /// Applies a click on one of its parts.
    pub fn click(&mut self, spot: Spot, column: usize, host: &Host) -> Answer {
        match (&self.stage, spot) {
            (Stage::Editing, Spot::Text { field, line, from }) => {
                self.completion = None;
                self.focus = Focus::Field(field);
                if let Some(field) = self.focused_mut() {
                    field.place_cursor(line, from, column);
                }
            }
            (Stage::Editing, Spot::Field(index)) => self.click_field(index),
            (Stage::Editing, Spot::Offer(index)) => self.click_offer(index, host),
            (Stage::Editing, Spot::Cancel) => return Answer::Form(FormAnswer::Keep),
            (Stage::Editing, Spot::Accept) => return Answer::Form(FormAnswer::Submit),
            (Stage::Offering { .. }, Spot::Accept) => return Answer::Form(FormAnswer::PullFirst),
            (Stage::Offering { .. }, Spot::Cancel) => {
                self.stage = Stage::Editing;
                self.focus_on(Name::Image);
            }
            (
                Stage::Editing | Stage::Offering { .. } | Stage::Working { .. } | Stage::Saving | Stage::Asking { .. },
                _,
            ) => {}
        }
        self.renew();
        Answer::Stay
    }

    /// The fields pass under the focus, which stays in sight; it does not go round.
    pub fn wheel(&mut self, down: bool) {
        if self.stage != Stage::Editing {
            return;
        }
        let last = self.fields.iter().rposition(|field| !field.hidden).unwrap_or(0);
        let here = match self.focus {
            Focus::Field(index) => index,
            Focus::Cancel | Focus::Submit => last + 1,
        };
        self.completion = None;
        let is_shown = |index: &usize| self.fields.get(*index).is_some_and(|field| !field.hidden);
        let next = if down { (here + 1..=last).find(is_shown) } else { (0..here).rev().find(is_shown) };
        self.focus = Focus::Field(next.unwrap_or(here.min(last)));
    }

    fn click_field(&mut self, index: usize) {
        self.completion = None;
        self.focus = Focus::Field(index);
        if let Some(field) = self.focused_mut()
            && let Input::Toggle(on) = &mut field.input
        {
            *on = !*on;
            field.validate();
        }
    }

    /// Puts an offer into the field; where the form is nothing but a choice, it stays the chosen one.
    fn click_offer(&mut self, index: usize, host: &Host) {
        let offers = self.offers(host);
        let Some(offer) = offers.get(index) else { return };
        let typed = match self.completion.take() {
            Some(completion) => completion.typed,
            None => self.focused().map(|field| field.current().to_owned()).unwrap_or_default(),
        };
        if let Some(field) = self.focused_mut() {
            field.set_current(&offer.text);
        }
        self.completion = self.chooses().then_some(Completion { typed, at: index });
    }
}
