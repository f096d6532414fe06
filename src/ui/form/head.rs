//! The head of a form: what the engine said, what is offered, what came back, what is gone.

use crate::app::App;
use crate::app::columns::Tone;
use crate::app::form::{Form, Stage};
use crate::domain::text::wrapped;
use crate::ui::paint::{Canvas, Piece};

pub fn lines(app: &App, form: &Form, canvas: &Canvas<'_>, columns: usize) -> Vec<Vec<Piece>> {
    let mut lines = Vec::new();
    let mut say = |text: &str, tone: Tone| {
        let style = canvas.theme.tone(tone);
        lines.extend(wrapped(text, columns).into_iter().map(|line| vec![Piece::new(line, style)]));
    };
    match &form.stage {
        Stage::Offering { reference } => {
            say(
                &format!(
                    "! {} does not have the image {reference}. Pull it, and create the container then?",
                    form.host
                ),
                Tone::Warn,
            );
        }
        Stage::Saving => say("Writing the config file…", Tone::Info),
        Stage::Asking { reference } => say(&format!("Asking what {reference} wants to be allowed…"), Tone::Info),
        Stage::Editing | Stage::Working { .. } => {}
    }
    if let Some(word) = &form.neighbours.word {
        say(word, Tone::Info);
    }
    if let Some(refusal) = &form.refusal {
        say(&format!("✗ {}: {}", refusal.doing, refusal.failure), Tone::Bad);
    }
    if let Some(loss) = form.loss(app.host()) {
        say(&format!("✗ {loss}"), Tone::Bad);
    } else if form.attempted
        && form.stage == Stage::Editing
        && let Some(hindrance) = form.hindrance(app.host())
    {
        say(&format!("! {hindrance}"), Tone::Warn);
    }
    if form.restored && form.stage == Stage::Editing {
        say("Draft restored: what was typed before is back. Ctrl-r clears it.", Tone::Info);
    }
    lines
}
