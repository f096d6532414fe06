//! Commands that are typed in the palette, with an argument.

use super::{anywhere, list, overlay, profiles};
use crate::app::dialog::Dialog;
use crate::app::dialog::palette::HOST;
use crate::app::form::{FormKind, Name};
use crate::app::line_input::LineInput;
use crate::app::update::{Effects, forms, renew};
use crate::app::view::View;
use crate::app::{App, everywhere, fleet, rows};
use crate::domain::HostId;

/// A word, and what stands behind it.
pub struct Typed {
    pub word: &'static str,
    /// As help shows it: `[FILTER]` where it may be left out, `REFERENCE` where not.
    pub argument: &'static str,
    pub sentence: &'static str,
    /// `Err` says what is wrong with the argument.
    pub run: fn(&mut App, &str, &mut Effects) -> Result<(), String>,
}

impl std::fmt::Debug for Typed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.word)
    }
}

impl Typed {
    pub fn needs_argument(&self) -> bool {
        !self.argument.is_empty() && !self.argument.starts_with('[')
    }

    /// `:pull REFERENCE`
    pub fn usage(&self) -> String {
        format!(":{} {}", self.word, self.argument).trim_end().to_owned()
    }
}

pub static ALL: &[Typed] = &[
    Typed {
        word: "containers",
        argument: "[@all] [FILTER]",
        sentence: "Shows the containers, those that match; with @all those of all hosts.",
        run: |app, text, _| containers(app, text),
    },
    Typed {
        word: "images",
        argument: "[FILTER]",
        sentence: "Shows the images, those that match: text, is=unused, is=dangling; outdated asks registries which are.",
        run: images,
    },
    Typed {
        word: "volumes",
        argument: "[FILTER]",
        sentence: "Shows the volumes, those that match.",
        run: |app, text, _| show(app, View::Volumes, text),
    },
    Typed {
        word: "networks",
        argument: "[FILTER]",
        sentence: "Shows the networks, those that match.",
        run: |app, text, _| show(app, View::Networks, text),
    },
    Typed {
        word: "registries",
        argument: "[FILTER]",
        sentence: "Shows the registries, those that match.",
        run: |app, text, _| show(app, View::Registries, text),
    },
    Typed {
        word: "events",
        argument: "[FILTER]",
        sentence: "Shows what happened on the host, what matches: type=container action=die.",
        run: |app, text, _| show(app, View::Events, text),
    },
    Typed {
        word: "system",
        argument: "",
        sentence: "Shows the engine itself, and what takes room on its disk.",
        run: |app, text, _| show(app, View::System, text),
    },
    Typed {
        word: "filter",
        argument: "[TEXT]",
        sentence: "Filters the list on screen; without a text, shows all of it.",
        run: |app, text, _| filter(app, text),
    },
    Typed {
        word: "sort",
        argument: "COLUMN",
        sentence: "Sorts the list by a column; the same column again reverses it.",
        run: sort,
    },
    Typed { word: "pull", argument: "[REFERENCE]", sentence: "Opens the form that pulls an image.", run: pull },
    Typed {
        word: "build",
        argument: "[FOLDER]",
        sentence: "Opens the form that builds an image from a folder.",
        run: build,
    },
    Typed {
        word: "host",
        argument: HOST,
        sentence: "Shows another host, connecting to it where it is not.",
        run: host,
    },
    Typed {
        word: "add-host",
        argument: "[ADDRESS]",
        sentence: "Saves a host, such as ssh://me@web: its form opens.",
        run: profiles::add_typed,
    },
    Typed {
        word: "messages",
        argument: "",
        sentence: "Shows everything that was told.",
        run: |app, _, effects| {
            overlay::messages(app, effects);
            Ok(())
        },
    },
    Typed {
        word: "jobs",
        argument: "",
        sentence: "Shows what is under way.",
        run: |app, _, effects| {
            overlay::jobs(app, effects);
            Ok(())
        },
    },
    Typed {
        word: "requests",
        argument: "",
        sentence: "Shows what was sent to engines.",
        run: |app, _, effects| {
            overlay::requests(app, effects);
            Ok(())
        },
    },
    Typed {
        word: "api",
        argument: "[REQUEST]",
        sentence: "Opens the API console with a request such as GET /containers/json?all=1.",
        run: api,
    },
    Typed {
        word: "audit",
        argument: "[TEXT]",
        sentence: "Shows every changing call that this program made, those that match.",
        run: audit,
    },
    Typed { word: "help", argument: "[TEXT]", sentence: "Shows every command, those that match.", run: help },
    Typed {
        word: "quit",
        argument: "",
        sentence: "Ends the program.",
        run: |app, _, effects| {
            anywhere::quit(app, effects);
            Ok(())
        },
    },
];

/// The typed command of this word.
pub fn find(word: &str) -> Option<&'static Typed> {
    ALL.iter().find(|typed| typed.word == word)
}

fn show(app: &mut App, view: View, filter: &str) -> Result<(), String> {
    anywhere::show(app, view);
    self::filter(app, filter)
}

fn containers(app: &mut App, text: &str) -> Result<(), String> {
    match text.strip_prefix("@all") {
        Some(rest) if rest.is_empty() || rest.starts_with(' ') => {
            everywhere::open(app, rest.trim());
            app.everywhere.list.filter_error.clone().map_or(Ok(()), Err)
        }
        _ => show(app, View::Containers, text),
    }
}

/// `outdated` asks about the images of what runs, and shows those of which registries have newer ones.
fn images(app: &mut App, text: &str, effects: &mut Effects) -> Result<(), String> {
    if text != "outdated" {
        return show(app, View::Images, text);
    }
    super::images::any_up(app)?;
    super::images::newer_of_running(app, effects);
    show(app, View::Images, "is=outdated")
}

fn filter(app: &mut App, text: &str) -> Result<(), String> {
    text.clone_into(&mut app.list_mut().filter);
    renew(app);
    match &app.list().filter_error {
        Some(error) => Err(error.clone()),
        None => Ok(()),
    }
}

fn sort(app: &mut App, name: &str, effects: &mut Effects) -> Result<(), String> {
    let listing = app.listing();
    let names: Vec<&str> = (0..rows::column_count(listing)).map(|index| rows::column_name(listing, index).0).collect();
    let wanted = name.to_lowercase();
    let place = names.iter().position(|name| *name == wanted);
    let place = place.or_else(|| names.iter().position(|name| name.starts_with(&wanted)));
    let Some(place) = place else {
        return Err(format!("There is no column “{name}” here. There are: {}.", names.join(", ")));
    };
    if app.list().sort.column == place {
        list::reverse(app, effects);
        return Ok(());
    }
    let sort = &mut app.list_mut().sort;
    sort.column = place;
    sort.descending = rows::column_name(listing, place).1;
    renew(app);
    Ok(())
}

fn pull(app: &mut App, reference: &str, effects: &mut Effects) -> Result<(), String> {
    if let Some(reason) = app.host().refusal() {
        return Err(format!("Nothing is pulled: {reason}."));
    }
    forms::open_with(app, FormKind::Pull, Name::Reference, reference, effects);
    Ok(())
}

fn build(app: &mut App, folder: &str, effects: &mut Effects) -> Result<(), String> {
    if let Some(reason) = app.host().refusal() {
        return Err(format!("Nothing is built: {reason}."));
    }
    forms::open_with(app, FormKind::Build, Name::Folder, folder, effects);
    Ok(())
}

fn host(app: &mut App, name: &str, effects: &mut Effects) -> Result<(), String> {
    fleet::show(app, &HostId::new(name), effects)
}

fn help(app: &mut App, text: &str, effects: &mut Effects) -> Result<(), String> {
    overlay::help(app, effects);
    if let Some(Dialog::Help(help)) = app.dialogs.last_mut()
        && !text.is_empty()
    {
        help.picker.filter = Some(LineInput::new(text));
    }
    Ok(())
}

fn api(app: &mut App, text: &str, effects: &mut Effects) -> Result<(), String> {
    overlay::api(app, effects);
    if let Some(Dialog::Api(console)) = app.dialogs.last_mut()
        && !text.is_empty()
    {
        console.begin(text);
    }
    Ok(())
}

fn audit(app: &mut App, text: &str, effects: &mut Effects) -> Result<(), String> {
    overlay::audit(app, effects);
    if let Some(Dialog::Audit(audit)) = app.dialogs.last_mut()
        && !text.is_empty()
    {
        audit.picker.filter = Some(LineInput::new(text));
    }
    Ok(())
}
