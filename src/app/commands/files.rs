//! Commands of the Files tab.

use super::{BASE, Command};
use crate::app::command::{act, files, search, transfers};
use crate::app::scope::Scope;

pub static ROWS: &[Command] = &[
    Command {
        name: "container.files",
        title: "Files",
        sentence: "Shows the files of the container, whether it runs or not.",
        scope: Scope::Containers,
        keys: &["f"],
        ready: act::has_container,
        run: files::browse,
        ..BASE
    },
    Command {
        name: "volume.files",
        title: "Files",
        sentence: "Shows the files of the volume, through a helper container that is never started.",
        scope: Scope::Volumes,
        keys: &["f"],
        footer: 8,
        ready: act::has_volume,
        run: files::browse,
        ..BASE
    },
    Command {
        name: "files.open",
        title: "Open",
        sentence: "Goes into the folder, shows the file, or follows the link.",
        scope: Scope::Files,
        keys: &["Enter", "l", "→"],
        footer: 9,
        ready: files::can_open,
        run: files::open,
        ..BASE
    },
    Command {
        name: "files.up",
        title: "Up",
        sentence: "Goes to the folder above.",
        scope: Scope::Files,
        keys: &["Backspace", "h", "←"],
        footer: 8,
        ready: files::can_go_up,
        run: files::up,
        ..BASE
    },
    Command {
        name: "files.download",
        title: "Download",
        sentence: "Asks where to copy the file or folder on this machine, with its permissions.",
        scope: Scope::Files,
        keys: &["d"],
        footer: 7,
        ready: transfers::has_folder,
        run: transfers::download,
        ..BASE
    },
    Command {
        name: "files.upload",
        title: "Upload",
        sentence: "Asks which file or folder of this machine to copy into the folder.",
        scope: Scope::Files,
        keys: &["u"],
        changes: true,
        footer: 6,
        ready: transfers::has_folder,
        run: transfers::upload,
        ..BASE
    },
    Command {
        name: "files.edit",
        title: "Edit",
        sentence: "Opens the file in `$VISUAL` or `$EDITOR` and puts it back if it was changed.",
        scope: Scope::Files,
        keys: &["e"],
        changes: true,
        footer: 5,
        ready: transfers::can_edit,
        run: transfers::edit,
        ..BASE
    },
    Command {
        name: "container.export",
        title: "Export",
        sentence: "Asks for a tar file to write all files of the container to, without its volumes.",
        scope: Scope::Containers,
        keys: &["T"],
        ready: act::has_container,
        run: transfers::export,
        ..BASE
    },
    Command {
        name: "files.filter",
        title: "Filter",
        sentence: "Shows only names that match what is typed; `/…/` is a regular expression.",
        scope: Scope::Files,
        keys: &["/"],
        footer: 4,
        run: search::open,
        ..BASE
    },
    Command {
        name: "files.sort-next",
        title: "Sort by next",
        sentence: "Sorts by name, by size with the largest first, or by time with the newest first.",
        scope: Scope::Files,
        keys: &[">"],
        footer: 3,
        run: |app, _| files::sort(app, 1),
        ..BASE
    },
    Command {
        name: "files.sort-previous",
        title: "Sort by previous",
        sentence: "Sorts by time, by size, or by name.",
        scope: Scope::Files,
        keys: &["<"],
        run: |app, _| files::sort(app, -1),
        ..BASE
    },
    Command {
        name: "files.reverse",
        title: "Reverse",
        sentence: "Reverses the order of the names, sizes or times.",
        scope: Scope::Files,
        keys: &["O"],
        run: files::reverse,
        ..BASE
    },
    Command {
        name: "files.read-on",
        title: "Read on",
        sentence: "Reads the archive of the folder to its end, so that no name is missing.",
        scope: Scope::Files,
        keys: &["m"],
        footer: 10,
        ready: files::can_read_on,
        run: files::read_on,
        ..BASE
    },
];
