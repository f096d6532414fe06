//! Answers about files: a path that was opened, a file that was edited.

use super::{Effects, perform_on};
use crate::app::App;
use crate::app::dialog::Dialog;
use crate::app::dialog::question::{Consent, Question};
use crate::app::dialog::text_page::TextPage;
use crate::domain::text::long_bytes;
use crate::domain::{
    Failure, FailureKind, FileContent, FileEdit, FilePath, FileRequest, FileRoot, FileSpot, HostId, Request,
};
use std::sync::Arc;

/// Goes to the folder or shows the file, unless the user went on to something else.
pub fn opened(app: &mut App, id: &HostId, root: &FileRoot, path: &FilePath, found: Result<FileContent, Failure>) {
    let now = app.now;
    let is_there = app.host().id == *id && app.host().detail.files.root() == Some(root);
    if !is_there || !app.dialogs.is_empty() || app.prompt.is_some() {
        return;
    }
    match found {
        Ok(FileContent::Folder(folder)) => app.host_mut().detail.files.go(folder),
        Ok(FileContent::File { path, bytes, size }) => match text_of(&bytes) {
            Some(text) => {
                let note = match size {
                    Some(size) if size > bytes.len() as u64 => {
                        format!("\n\n… {} of {} are shown.", long_bytes(bytes.len() as u64), long_bytes(size))
                    }
                    Some(_) | None => String::new(),
                };
                let text = if text.is_empty() { "The file is empty.".to_owned() } else { format!("{text}{note}") };
                app.dialogs.push(Dialog::Text(TextPage::new(path.shown(), text)));
            }
            None => {
                let size = long_bytes(size.unwrap_or(bytes.len() as u64));
                app.notices.warn(now, format!("{} is no text: {size} of binary data", path.shown()));
            }
        },
        Err(failure) => app.notices.fail(now, &format!("Opening {}", path.shown()), &failure),
    }
}

/// Sends what was edited; says so where nothing was.
pub fn edited(
    app: &mut App,
    id: &HostId,
    spot: FileSpot,
    edited: Result<Option<Arc<FileEdit>>, Failure>,
    effects: &mut Effects,
) {
    let now = app.now;
    match edited {
        Ok(Some(edit)) => {
            let request = FileRequest::PutBack { spot, edit, overwrite: false };
            perform_on(app, id, vec![request.into()], effects);
        }
        Ok(None) => app.notices.say(now, format!("{} was not changed: nothing was sent", spot.title())),
        Err(failure) => app.notices.fail(now, &format!("Editing {}", spot.title()), &failure),
    }
}

/// What could not be put back is kept, and may be sent once more: the question says why it was not taken and where it is.
pub fn ask_once_more(app: &mut App, host: &HostId, request: &Request, failure: &Failure) -> bool {
    let Request::File(request) = request else { return false };
    let FileRequest::PutBack { spot, .. } = request else { return false };
    if !app.dialogs.is_empty() || app.prompt.is_some() || app.host().id != *host {
        return false;
    }
    let is_other = failure.kind == FailureKind::Conflict;
    let (title, button, again) = match is_other {
        true => (format!("Replace {}?", spot.title()), "Replace", request.replacing().into()),
        false => (format!("Put back {} once more?", spot.title()), "Put back", Request::File(request.clone())),
    };
    let lost = is_other.then(|| "What is in it now is lost.".to_owned());
    let words = [Some(failure.sentence.clone()), lost, failure.hint.clone()].into_iter().flatten().collect();
    let consent = Consent::Request(host.clone(), Box::new(again));
    app.dialogs.push(Dialog::Question(Question::new(title, words, button, consent)));
    true
}

/// Asks whether what is there already is to be replaced.
pub fn ask_to_replace(app: &mut App, host: &HostId, request: &FileRequest) -> bool {
    let (title, words) = match request {
        FileRequest::PutBack { .. } | FileRequest::ImportVolume { .. } => return false,
        FileRequest::Download { place, .. }
        | FileRequest::Export { place, .. }
        | FileRequest::ExportVolume { place, .. } => {
            (format!("Replace {place}?"), "A file of that name is there already. What is in it now is lost.".to_owned())
        }
        FileRequest::Upload { into, place, .. } => (
            format!("Replace what is in {}?", into.title()),
            format!(
                "Something called as {place} is there already. Files of the same names are replaced; what is in them now is lost."
            ),
        ),
    };
    let consent = Consent::Request(host.clone(), Box::new(request.replacing().into()));
    app.dialogs.push(Dialog::Question(Question::new(title, vec![words], "Replace", consent)));
    true
}

/// The bytes as text, unless they are something else: then there is a zero among them. A letter may be cut at their end.
fn text_of(bytes: &[u8]) -> Option<String> {
    if bytes.contains(&0) {
        return None;
    }
    let text = String::from_utf8_lossy(bytes);
    Some(text.trim_end_matches('\n').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_with_a_zero_are_no_text() {
        assert_eq!(text_of(b"a\nb\n\n").as_deref(), Some("a\nb"));
        assert_eq!(text_of(b"\x7fELF\0"), None);
        assert_eq!(text_of(b"caf\xc3").as_deref(), Some("caf\u{fffd}"));
    }
}
