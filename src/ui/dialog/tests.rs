//! Dialogs drawn at sizes from one cell to a large screen.

use crate::app::fixture::{NOW, answer, app, keys, unconnected};
use crate::app::msg::HostMsg;
use crate::app::{App, Msg, update};
use crate::config::Environment;
use crate::domain::{Failure, FailureKind, Progress};
use crate::ui::{Theme, draw};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::path::Path;

/// The screen as text, a line each.
fn screen(app: &mut App, width: u16, height: u16) -> Vec<String> {
    update(app, NOW, Msg::Resize { width, height });
    let theme = crate::config::Theme::load("mono", Path::new("/nowhere"), &Environment::default()).unwrap();
    let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
    let mut cursor = None;
    draw(app, &Theme::new(&theme), &mut buffer, &mut cursor);
    if let Some(cursor) = cursor {
        assert!(cursor.x < width && cursor.y < height, "{cursor:?} at {width}×{height}");
    }
    (0..height).map(|y| (0..width).filter_map(|x| buffer.cell((x, y))).map(|cell| cell.symbol()).collect()).collect()
}

/// Keys that lead to each dialog, and what stands on it at any usual size.
const DIALOGS: &[(&str, &[&str])] = &[
    ("?", &["Help", "list.filter", "s ", "Stop"]),
    ("?/stop", &["Help", "filter: stop", "container.stop"]),
    (":", &["Commands", "Enter do it"]),
    (":pull", &["pull [REFERENCE]", ": pull"]),
    (":sto", &["Stop", "Stops the container"]),
    ("y", &["Copy of web", "n name", "docker exec -it web sh"]),
    (",", &["Columns of the containers", "[x] name", "Space show/hide"]),
    ("M", &["Messages", "✗ driver failed", "Enter read in full"]),
    ("M⏎", &["Message", "driver failed", "y copy all"]),
    ("J", &["Jobs on local 1", "Pulling alpine", "docker pull alpine", "Downloading", "50%", "x stop waiting"]),
];

fn busy() -> App {
    let mut app = app();
    keys(&mut app, ":pull alpine⏎⏎⎋");
    let job = app.host().jobs.running()[0].id;
    let progress = Progress { part: "a1b2".into(), status: "Downloading".into(), done: 5, total: 10 };
    answer(&mut app, HostMsg::Progress { job, progress });
    let failure = Failure::new(FailureKind::Engine, "driver failed").with_hint("Free the port.");
    update(&mut app, NOW, Msg::Trouble(failure));
    app
}

#[test]
fn every_dialog_says_its_own_at_usual_sizes() {
    for (typed, words) in DIALOGS {
        for (width, height) in [(80, 24), (120, 40), (200, 50)] {
            let mut app = busy();
            keys(&mut app, typed);
            let lines = screen(&mut app, width, height);
            for word in *words {
                let found = lines.iter().any(|line| line.contains(word)) || (*word == "list.filter" && height < 60);
                assert!(found, "{typed} at {width}×{height}: no “{word}” in\n{}", lines.join("\n"));
            }
        }
    }
}

#[test]
fn every_dialog_is_drawn_at_any_size() {
    for (typed, _) in DIALOGS {
        for (width, height) in [(1, 1), (2, 2), (3, 4), (5, 3), (20, 5), (10, 40), (200, 3)] {
            let mut app = busy();
            keys(&mut app, typed);
            screen(&mut app, width, height);
            keys(&mut app, "↓↓G");
            screen(&mut app, width, height);
        }
    }
}

#[test]
fn what_cannot_be_done_is_shown_with_its_reason() {
    let mut app = unconnected();
    keys(&mut app, "?/container.stop");
    let lines = screen(&mut app, 80, 24).join("\n");
    assert!(lines.contains("this host has not answered yet"), "{lines}");
}

#[test]
fn hostile_names_do_no_harm_in_a_menu() {
    let mut app = app();
    app.dialogs.push(crate::app::dialog::Dialog::Text(crate::app::dialog::text_page::TextPage::new(
        "\u{1b}[31mred",
        format!("\u{202e}evil {}\n日本語\u{7}", "x".repeat(5_000)),
    )));
    for (width, height) in [(80, 24), (7, 5), (1, 1)] {
        let lines = screen(&mut app, width, height).join("\n");
        assert!(!lines.chars().any(|letter| letter != '\n' && crate::domain::text::is_unsafe(letter)));
    }
}

#[test]
fn a_focused_failure_says_which_key_reads_it() {
    let mut app = busy();
    keys(&mut app, "⇥⇥");
    let lines = screen(&mut app, 80, 24);
    assert!(lines[23].contains("Enter reads it  ✗ driver failed"), "{}", lines[23]);
}
