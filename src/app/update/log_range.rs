//! From when to when a log is read, as a form says it.

use crate::app::App;
use crate::app::detail::log_pane::LogRange;
use crate::app::dialog::Dialog;
use crate::app::form::{Form, Name};
use crate::domain::Moment;

/// Reads that part of the log; the form stays where there is no such part.
pub fn submit(app: &mut App, mut form: Box<Form>, since: Option<&Moment>, until: Option<&Moment>) {
    let now = app.now;
    match range(app, since, until) {
        Ok(range) => {
            let detail = match &mut app.together {
                Some(together) => Some(&mut together.detail),
                None => app.hosts.get_mut(&form.host).map(|host| &mut host.detail),
            };
            if let Some(logs) = detail.and_then(|detail| detail.logs.as_mut()) {
                logs.read(now, range);
            }
            // What was typed is there when the form is opened again.
            app.drafts.keep(*form);
        }
        Err((name, sentence)) => {
            if let Some(field) = form.field_mut(name) {
                field.error = Some(sentence.to_owned());
            }
            form.focus_on(name);
            app.dialogs.push(Dialog::Form(form));
        }
    }
}

fn range(app: &App, since: Option<&Moment>, until: Option<&Moment>) -> Result<LogRange, (Name, &'static str)> {
    let resolve = |name: Name, moment: Option<&Moment>| match moment.map(|moment| moment.resolve(app.now, &app.zone)) {
        None => Ok(None),
        Some(Some(time)) if time <= app.now.0 => Ok(Some(time)),
        Some(Some(_)) => Err((name, "This lies in the future.")),
        Some(None) => Err((name, "No calendar has this.")),
    };
    let (since, until) = (resolve(Name::Since, since)?, resolve(Name::Until, until)?);
    if let (Some(from), Some(to)) = (since, until)
        && from > to
    {
        return Err((Name::Until, "This is before the beginning."));
    }
    Ok(LogRange::Between { since, until })
}
