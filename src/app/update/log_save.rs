//! Saving a log: which lines are meant, and whether a file that is there is to be replaced.

use super::{Effects, perform_on};
use crate::app::App;
use crate::app::dialog::Dialog;
use crate::app::dialog::question::{Consent, Question};
use crate::app::form::{Form, FormKind, Lines, Name, Refusal};
use crate::app::logs::{NotYet, TooMany};
use crate::domain::{Failure, FailureKind, HostId, ImageFileRequest, LogContent, LogSave, Request, Target, TextSave};
use std::sync::Arc;

/// Begins to write what the form describes; the form stays where there is nothing to write.
pub fn submit(app: &mut App, mut form: Box<Form>, lines: Lines, effects: &mut Effects) {
    let FormKind::SaveLog(target) = form.kind.clone() else { return };
    match content(app, &form.host, &target, lines) {
        Ok(content) => {
            let request = Request::SaveLog(Box::new(form.log_save(&target, content)));
            perform_on(app, &form.host, vec![request], effects);
        }
        Err(NoLines::NotYet(NotYet)) => {
            // Nothing in the form is wrong: submitted again it is saved.
            let failure = Failure::new(FailureKind::Conflict, NotYet::SENTENCE);
            form.refusal = Some(Refusal { doing: format!("Saving the log of {}", target.name), failure });
            app.dialogs.push(Dialog::Form(form));
        }
        Err(NoLines::Never(sentence)) => {
            if let Some(field) = form.field_mut(Name::Lines) {
                field.error = Some(sentence.to_owned());
            }
            form.focus_on(Name::Lines);
            app.dialogs.push(Dialog::Form(form));
        }
    }
}

/// Why there are no lines to be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoLines {
    /// It is not known which they are.
    NotYet(NotYet),
    /// Those that were asked for are none; a sentence says why.
    Never(&'static str),
}

impl NoLines {
    pub fn sentence(self) -> &'static str {
        match self {
            Self::NotYet(NotYet) => NotYet::SENTENCE,
            Self::Never(sentence) => sentence,
        }
    }
}

/// The lines that are meant.
///
/// # Errors
/// Why there are none.
pub fn content(app: &mut App, host: &HostId, target: &Target, lines: Lines) -> Result<LogContent, NoLines> {
    if lines == Lines::Whole {
        return match app.together {
            None => Ok(LogContent::Whole),
            Some(_) => Err(NoLines::Never(
                "Several logs are shown as one: write the lines shown or marked, or open one container's log.",
            )),
        };
    }
    let shown = match &mut app.together {
        Some(together) => together.detail.logs.as_mut(),
        None => {
            let logs = app.hosts.get_mut(host).and_then(|host| host.detail.logs.as_mut());
            logs.filter(|logs| logs.container() == Some(&target.id))
        }
    };
    let Some(logs) = shown else { return Err(NoLines::Never("Its log is not on screen any more: choose whole.")) };
    let excerpt = match lines {
        Lines::Marked => logs.view.marked_lines().map_err(|TooMany| NoLines::Never(TooMany::SENTENCE))?.into(),
        Lines::Shown | Lines::Whole => logs.view.shown_lines().map_err(NoLines::NotYet)?,
    };
    if excerpt.is_empty() {
        Err(NoLines::Never(if lines == Lines::Marked { "No line is marked." } else { "There is no line to write." }))
    } else {
        Ok(LogContent::Lines(Arc::new(excerpt)))
    }
}

/// Asks whether a file that is there is to be replaced; false where somebody is at something else by now, or where the
/// request writes no file.
pub fn ask_to_replace(app: &mut App, host: &HostId, request: &Request) -> bool {
    if !app.dialogs.is_empty() || app.prompt.is_some() || app.host().id != *host {
        return false;
    }
    let (path, again) = match request {
        Request::SaveLog(save) => {
            (&save.path, Request::SaveLog(Box::new(LogSave { overwrite: true, ..(**save).clone() })))
        }
        Request::SaveText(save) => {
            (&save.path, Request::SaveText(Box::new(TextSave { overwrite: true, ..(**save).clone() })))
        }
        Request::ImageFile(ImageFileRequest::Save(save)) => {
            (&save.path, ImageFileRequest::Save(save.clone().replacing()).into())
        }
        Request::File(request) => return super::files::ask_to_replace(app, host, request),
        Request::ImageFile(ImageFileRequest::Load { .. } | ImageFileRequest::Import(_))
        | Request::Container(_)
        | Request::Image(_)
        | Request::Volume(_)
        | Request::Network(_)
        | Request::Raw(_)
        | Request::Registry(_)
        | Request::System(_)
        | Request::Plugin(_)
        | Request::Build(_) => return false,
    };
    let title = format!("Replace {path}?");
    let words = vec!["A file of that name is there already. What is in it now is lost.".to_owned()];
    let consent = Consent::Request(host.clone(), Box::new(again));
    app.dialogs.push(Dialog::Question(Question::new(title, words, "Replace", consent)));
    true
}
