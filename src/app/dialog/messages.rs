//! All notices, the newest first.

use super::picker::{Picked, Picker};
use super::text_page::TextPage;
use super::{Answer, Dialog};
use crate::app::App;
use crate::app::command::copy::copied;
use crate::app::dialog::cursor::Cursor;
use crate::app::effect::Effect;
use crate::app::notice::Notice;
use crossterm::event::KeyEvent;

#[derive(Debug, Default)]
pub struct Messages {
    picker: Picker,
    /// The notice under the cursor, once the cursor was moved: new ones come above it.
    chosen: Option<u64>,
}

impl Messages {
    /// The place of the cursor, the newest notice being 0.
    pub fn cursor(&self, app: &App) -> Cursor {
        Cursor::at(self.chosen.map_or(0, |serial| app.notices.place(serial)))
    }

    /// Puts the cursor on a row; false when it is there already.
    pub fn choose(&mut self, row: usize, app: &App) -> bool {
        let moved = self.cursor(app).place(app.notices.len()) != row;
        self.chosen = (row > 0).then(|| app.notices.serial(row));
        moved
    }

    pub fn key(&mut self, event: KeyEvent, app: &App) -> Answer {
        let cursor = self.cursor(app);
        self.picker.cursor = cursor;
        let notice = app.notices.all().nth(cursor.place(app.notices.len()));
        if let (Some('y'), Some(notice)) = (self.picker.letter(event), notice) {
            let text = notice.full();
            let notice = copied(&text);
            return Answer::Meanwhile(Effect::Copy(text), Some(notice));
        }
        match (self.picker.key(event, app.notices.len()), notice) {
            (Picked::Close, _) => return Answer::Close,
            (Picked::Choose(_), Some(notice)) => return Answer::Open(Box::new(page(notice))),
            (Picked::Taken | Picked::Choose(_) | Picked::Other, _) => {}
        }
        // A filter is not for this list.
        self.picker.filter = None;
        let place = self.picker.cursor.place(app.notices.len());
        self.chosen = (place > 0).then(|| app.notices.serial(place));
        Answer::Stay
    }
}

/// A notice with everything there is to say.
pub fn page(notice: &Notice) -> Dialog {
    Dialog::Text(TextPage::new("Message", notice.full()))
}
