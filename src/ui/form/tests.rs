//! Forms drawn at many sizes.

use crate::app::form::fixture::{NOW, app, press, tell};
use crate::app::msg::{HostMsg, JobId, Msg};
use crate::app::{App, Effect, update};
use crate::config::Environment;
use crate::domain::{Failure, FailureKind, Progress};
use crate::ui::{Theme, draw};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use std::path::Path;

/// The screen as text, with a `|` where the cursor is.
fn screen(app: &mut App, width: u16, height: u16) -> String {
    update(app, NOW, Msg::Resize { width, height });
    let roles = crate::config::Theme::load("mono", Path::new("/"), &Environment::default()).unwrap();
    let area = Rect::new(0, 0, width, height);
    let mut buffer = Buffer::empty(area);
    let mut cursor = None;
    draw(app, &Theme::new(&roles), &mut buffer, &mut cursor);
    if let Some(Position { x, y }) = cursor {
        assert!(area.contains(Position { x, y }), "the cursor left the screen");
        buffer[(x, y)].set_symbol("|");
    }
    let rows = (0..height).map(|y| (0..width).map(|x| buffer[(x, y)].symbol()).collect::<String>());
    rows.map(|row| row.trim_end().to_owned()).collect::<Vec<_>>().join("\n")
}

fn has(screen: &str, words: &[&str]) {
    for word in words {
        assert!(screen.contains(word), "no “{word}” in\n{screen}");
    }
}

fn job(effects: &[Effect]) -> JobId {
    effects
        .iter()
        .find_map(|effect| match effect {
            Effect::Perform { order, .. } => Some(order.job),
            _ => None,
        })
        .unwrap()
}

#[test]
fn a_create_form_on_eighty_columns() {
    let mut app = app();
    press(&mut app, &["c", "ngi"]);
    let shown = screen(&mut app, 80, 24);
    has(&shown, &["Create container on local", "── Basics", "▸ Image", "ngi|", "nginx:1.27", "42M", "↓ choose"]);
    has(&shown, &["docker run -d ngi", "Ctrl-s create", "Esc close", " [ Create ]"]);
    assert!(!shown.contains("not on local"), "{shown}");
    press(&mut app, &["nix"]);
    has(&screen(&mut app, 80, 24), &["▸ Image", "nginix|", "! not on local yet"]);
    press(&mut app, &["Ctrl-u", "ngi"]);
    press(&mut app, &["Right", "Tab", "we b"]);
    let shown = screen(&mut app, 80, 24);
    has(&shown, &["nginx:1.27", "we b|", "✗ A name cannot hold “ ”"]);
}

#[test]
fn the_focus_is_seen_on_every_stop_at_every_size() {
    for (width, height) in [(80, 24), (120, 40), (20, 5), (40, 12), (200, 50), (20, 3), (2, 2), (1, 1)] {
        let mut app = app();
        press(&mut app, &["c", "nginx:1.27"]);
        let stops = 28;
        for _ in 0..stops {
            let shown = screen(&mut app, width, height);
            if width >= 20 && height >= 4 {
                let sign = if height >= 5 { shown.contains('▸') } else { true };
                assert!(sign, "{width}×{height}\n{shown}");
            }
            press(&mut app, &["Tab"]);
        }
    }
}

#[test]
fn twenty_columns_and_five_rows_show_the_field_that_is_typed_into() {
    let mut app = app();
    press(&mut app, &["c", "nginx:1.27", "Tab", "api"]);
    has(&screen(&mut app, 20, 5), &["▸ Name", "api|"]);
    press(&mut app, &["PgDn", "A=1", "Enter", "B=2"]);
    has(&screen(&mut app, 20, 5), &["B=2|"]);
    press(&mut app, &["PgDn", "PgDn", "PgDn", "PgDn", "PgDn"]);
    has(&screen(&mut app, 20, 5), &["▸[ Create ]"]);
}

#[test]
fn sections_are_passed_at_a_key_and_the_json_is_shown_at_another() {
    let mut app = app();
    press(&mut app, &["c", "nginx:1.27", "Tab", "Tab", "Tab", "8080:80", "F2"]);
    let shown = screen(&mut app, 120, 40);
    has(
        &shown,
        &[
            "▸ Ports",
            "POST /containers/create",
            "\"Image\": \"nginx:1.27\"",
            "\"HostPort\": \"8080\"",
            "F2 docker line",
        ],
    );
}

#[test]
fn a_long_body_is_scrolled() {
    let mut app = app();
    press(&mut app, &["c", "nginx:1.27", "Tab", "Tab", "Tab", "8080:80", "F2"]);
    let shown = screen(&mut app, 80, 24);
    has(&shown, &["POST /containers/create", "Ctrl-↓"]);
    press(&mut app, &["Ctrl-Down", "Ctrl-Down", "Ctrl-Down"]);
    let shown = screen(&mut app, 80, 24);
    assert!(!shown.contains("POST"), "{shown}");
    press(&mut app, &["Ctrl-Up", "Ctrl-Up", "Ctrl-Up"]);
    has(&screen(&mut app, 80, 24), &["POST /containers/create", "8080:80|"]);
}

#[test]
fn a_refusal_stands_at_the_head_beside_what_was_being_done() {
    let mut app = app();
    let effects = press(&mut app, &["c", "nginx:1.27", "Tab", "web", "Ctrl-s"]);
    has(&screen(&mut app, 80, 24), &["Creating web…", "Esc goes on in the background", "Ctrl-x cancel"]);
    let failure =
        Failure::new(FailureKind::Conflict, "The name \"/web\" is \x1b[31malready in use.").with_hint("Take another.");
    tell(&mut app, HostMsg::Outcome { job: job(&effects), result: Err(failure) });
    let shown = screen(&mut app, 80, 24);
    has(&shown, &["✗ Creating web: The name \"/web\" is �[31malready in use. Take another.", "▸ Name", "web|"]);
}

#[test]
fn a_pull_has_a_bar_for_each_layer() {
    let mut app = app();
    let effects = press(&mut app, &["c", "redis:7", "Ctrl-s"]);
    let failure = Failure::new(FailureKind::NotFound, "No such image: redis:7");
    tell(&mut app, HostMsg::Outcome { job: job(&effects), result: Err(failure) });
    has(&screen(&mut app, 80, 24), &["! local does not have the image redis:7. Pull it", "▸[ Pull and create ]"]);
    let job = job(&press(&mut app, &["Enter"]));
    for (part, done) in [("a1b2c3", 5), ("d4e5f6", 10)] {
        let progress = Progress { part: part.into(), status: "Downloading".into(), done, total: 10 };
        tell(&mut app, HostMsg::Progress { job, progress });
    }
    let shown = screen(&mut app, 80, 24);
    has(&shown, &["Pulling redis:7…  75%", "a1b2c3", "█░", "5/10", "d4e5f6"]);
}

#[test]
fn signals_have_numbers_and_meanings() {
    let mut app = app();
    press(&mut app, &["K", "Down", "Down"]);
    let shown = screen(&mut app, 80, 24);
    has(
        &shown,
        &[
            "Send a signal to db on local",
            "▸ SIGKILL",
            " 9  ends it at once",
            "docker kill --signal SIGKILL db",
            "[ Kill… ]",
        ],
    );
}

#[test]
fn a_draft_says_that_it_is_one() {
    let mut app = app();
    press(&mut app, &["c", "nginx", "Esc", "c"]);
    has(&screen(&mut app, 80, 24), &["Draft restored", "Ctrl-r clear"]);
}

#[test]
fn secrets_are_in_clear_only_on_the_line_that_is_typed() {
    let mut app = app();
    press(&mut app, &["c", "nginx:1.27", "Tab", "Tab", "Tab", "Tab", "DB_PASSWORD=hunter22hunter22"]);
    let shown = screen(&mut app, 80, 24);
    assert_eq!(shown.matches("hunter22hunter22").count(), 1, "{shown}");
    press(&mut app, &["Enter", "F2"]);
    let shown = screen(&mut app, 80, 40);
    assert!(!shown.contains("hunter22"), "{shown}");
    has(&shown, &["DB_PASSWORD="]);
}
