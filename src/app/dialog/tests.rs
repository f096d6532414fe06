//! Stories: a dialog is opened by its key, something is typed, and the right thing is done.

use super::*;
use crate::app::fixture::{NOW, answer, app, container, keys, port, press, told, unconnected};
use crate::app::form::Name;
use crate::app::msg::{HostMsg, Listed, TemplateUse};
use crate::app::scope::Scope;
use crate::app::view::View;
use crate::app::{Msg, commands, update};
use crate::domain::{Container, Done, Failure, FailureKind, HostId, ImageRequest, Progress, Request, State};
use crossterm::event::{KeyCode, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use pretty_assertions::assert_eq;
use std::time::Duration;

fn copied(effects: &[Effect]) -> Vec<&str> {
    effects
        .iter()
        .filter_map(|effect| if let Effect::Copy(text) = effect { Some(text.as_str()) } else { None })
        .collect()
}

#[test]
fn help_begins_with_what_works_here_and_runs_what_is_chosen() {
    let mut app = app();
    keys(&mut app, "?");
    let Some(Dialog::Help(help)) = app.dialogs.last() else { panic!("no help") };
    let lines = help.lines(&app);
    assert!(matches!(lines[0], help::Line::Heading("Containers")), "{:?}", lines[0]);
    for command in commands::all() {
        assert!(lines.iter().any(|line| matches!(line, help::Line::Command(one) if one.name == command.name)));
    }
    keys(&mut app, "/zoom⏎");
    assert!(app.zoomed && app.dialogs.is_empty());
    press(&mut app, KeyCode::F(1));
    assert!(matches!(app.dialogs.last(), Some(Dialog::Help(_))));
}

#[test]
fn help_says_why_something_cannot_be_done() {
    let mut app = app();
    keys(&mut app, "?/image.remove⏎");
    let Some(Dialog::Help(help)) = app.dialogs.last() else { panic!("help was closed") };
    assert_eq!(help.refusal.as_deref(), Some("it works among the images"));
    keys(&mut app, "⎋⎋");
    assert!(app.dialogs.is_empty(), "the first Esc takes the filter back, the second closes");
}

#[test]
fn the_palette_finds_a_command_by_a_few_letters() {
    let mut app = app();
    keys(&mut app, ":restrt⏎");
    // Restart asks first.
    assert!(matches!(app.dialogs.last(), Some(Dialog::Confirm(_))), "{:?}", app.dialogs);
    keys(&mut app, "⎋:");
    let Some(Dialog::Palette(palette)) = app.dialogs.last() else { panic!("no palette") };
    assert_eq!(palette.rows(&app)[0].name(), "container.restart", "the last used comes first");
    press(&mut app, KeyCode::Backspace);
    assert!(app.dialogs.is_empty());
}

#[test]
fn the_palette_refuses_what_would_act_on_what_is_not_on_screen() {
    let mut app = app();
    keys(&mut app, ":image.remove⏎");
    let Some(Dialog::Palette(palette)) = app.dialogs.last() else { panic!("the palette was closed") };
    assert_eq!(palette.finder.refusal.as_deref(), Some("Remove: it works among the images."));
    keys(&mut app, "⎋:xyzzyx⏎");
    let Some(Dialog::Palette(palette)) = app.dialogs.last() else { panic!("the palette was closed") };
    assert_eq!(palette.finder.refusal.as_deref(), Some("There is no command “xyzzyx”."));
}

#[test]
fn the_palette_offers_what_is_near_first_and_no_chance_hits() {
    let mut app = app();
    keys(&mut app, ":");
    let names = |app: &App| match app.dialogs.last() {
        Some(Dialog::Palette(palette)) => palette.rows(app).iter().map(|row| row.name()).collect::<Vec<_>>(),
        _ => panic!("no palette"),
    };
    assert_eq!(names(&app)[0], "container.logs");
    assert_eq!(names(&app).len(), commands::all().count() + crate::app::command::typed::ALL.len());
    keys(&mut app, "stop");
    assert_eq!(names(&app)[0], "container.stop");
    assert!(!names(&app).contains(&"list.mark-all"), "{:?}", names(&app));
}

#[test]
fn typed_commands_take_an_argument() {
    let mut app = app();
    keys(&mut app, ":pull alpine:3⏎");
    let Some(Dialog::Form(form)) = app.dialogs.last() else { panic!("no form") };
    assert!(form.field(Name::Reference).is_some_and(|field| field.current() == "alpine:3"), "{form:?}");
    let effects = keys(&mut app, "⏎");
    let pull = effects.iter().any(|effect| {
        matches!(effect, Effect::Perform { order, .. }
        if order.request == Request::Image(ImageRequest::pull("alpine:3")))
    });
    assert!(pull, "{effects:?}");
    keys(&mut app, "⎋:containers state=exited⏎");
    assert_eq!(app.host().list().len(), 1);
    keys(&mut app, ":filter⏎");
    assert_eq!(app.host().list().len(), 2);
    keys(&mut app, ":sort image⏎");
    assert_eq!(crate::app::rows::column_name(View::Containers, app.host().list().sort.column).0, "image");
    keys(&mut app, ":imag⏎");
    assert_eq!(app.host().view, View::Images);
    assert_eq!(keys(&mut app, ":quit⏎"), [Effect::Quit]);
}

#[test]
fn a_wrong_argument_is_told_and_kept() {
    let mut app = app();
    for (line, sentence) in
        [(":host nowhere⏎", "There are: local."), (":sort sise⏎", "There are: name,"), (":containers /[/⏎", "")]
    {
        keys(&mut app, line);
        let Some(Dialog::Palette(palette)) = app.dialogs.last() else { panic!("{line} closed the palette") };
        let refusal = palette.finder.refusal.clone().unwrap_or_default();
        assert!(!refusal.is_empty() && refusal.to_lowercase().contains(&sentence.to_lowercase()), "{line}: {refusal}");
        keys(&mut app, "⎋");
    }
    keys(&mut app, ":sort⏎");
    let Some(Dialog::Palette(palette)) = app.dialogs.last() else { panic!("closed") };
    assert!(palette.finder.refusal.as_deref().is_some_and(|refusal| refusal.contains("COLUMN")), "{palette:?}");
    keys(&mut app, "⎋:pull UPPER⏎");
    let Some(Dialog::Form(form)) = app.dialogs.last() else { panic!("no form") };
    let error = form.field(Name::Reference).and_then(|field| field.error.as_deref());
    assert!(error.is_some_and(|error| error.contains("lower case")), "{error:?}");
}

#[test]
fn each_copy_entry_shows_what_it_copies() {
    let mut app = app();
    keys(&mut app, "y");
    let Some(Dialog::Menu(menu)) = app.dialogs.last() else { panic!("no menu") };
    let shown: Vec<(&str, &str)> =
        menu.entries.iter().map(|entry| (entry.label.as_str(), entry.detail.as_str())).collect();
    assert!(shown.contains(&("name", "web")) && shown.contains(&("addresses", "172.17.0.2")), "{shown:?}");
    assert!(shown.contains(&("docker exec …", "docker exec -it web sh")), "{shown:?}");
    assert!(shown.contains(&("docker logs …", "docker logs -f web")), "{shown:?}");
    assert_eq!(copied(&keys(&mut app, "m")), ["nginx:1.27"]);
    assert_eq!((told(&app), app.dialogs.len()), ("Copied nginx:1.27".to_owned(), 0));
    let effects = keys(&mut app, "y/docker run⏎");
    assert!(matches!(&effects[..], [Effect::Template { purpose: TemplateUse::CopyRunCommand, .. }]), "{effects:?}");
}

#[test]
fn marked_things_are_copied_one_a_line() {
    let mut app = app();
    keys(&mut app, "*y");
    assert_eq!(copied(&keys(&mut app, "n")), ["old\nweb"]);
    assert_eq!(told(&app), "Copied 2 lines");
    for (view, key, text) in
        [("2", "r", "nginx:1.27"), ("3", "m", "/var/lib/docker/volumes/data"), ("4", "s", "10.0.0.0/24")]
    {
        keys(&mut app, view);
        keys(&mut app, "y");
        assert_eq!(copied(&keys(&mut app, key)), [text], "view {view}");
    }
}

#[test]
fn columns_are_hidden_and_moved_at_once() {
    let mut app = app();
    let before = app.columns.of(View::Containers).to_vec();
    keys(&mut app, ", ");
    assert_eq!(app.columns.of(View::Containers), &before[1..]);
    keys(&mut app, " J");
    assert_eq!(&app.columns.of(View::Containers)[..2], [before[1], before[0]]);
    keys(&mut app, "⎋4,");
    for _ in 0..9 {
        keys(&mut app, " ↓");
    }
    assert!(!app.columns.of(View::Networks).is_empty(), "one column stays");
}

#[test]
fn a_published_port_opens_in_the_browser() {
    let mut app = app();
    assert_eq!(keys(&mut app, "b"), [Effect::Browse("http://localhost:8080".into())]);
    let ports = vec![port("0.0.0.0", 80, Some(8080)), port("10.1.1.1", 443, Some(8443)), port("0.0.0.0", 9, None)];
    let web = Container { ports, ..container("web", State::Running) };
    answer(&mut app, HostMsg::Containers(Ok(Listed { containers: vec![web], round_trip: Duration::ZERO })));
    assert_eq!(keys(&mut app, "b2"), [Effect::Browse("https://10.1.1.1:8443".into())]);
    let bare = container("web", State::Running);
    answer(&mut app, HostMsg::Containers(Ok(Listed { containers: vec![bare], round_trip: Duration::ZERO })));
    assert_eq!(keys(&mut app, "b"), []);
    assert_eq!(told(&app), "Browse: it publishes no TCP port");
}

#[test]
fn a_failure_is_read_in_full_by_tab_and_enter_or_by_a_click() {
    let mut app = app();
    let failure = Failure::new(FailureKind::Engine, "driver failed").with_hint("Free the port.");
    update(&mut app, NOW, Msg::Trouble(failure));
    keys(&mut app, "⇥⇥");
    assert_eq!(app.scopes()[0], Scope::Notice);
    keys(&mut app, "⏎");
    let Some(Dialog::Text(page)) = app.dialogs.last() else { panic!("no page") };
    assert!(page.text.contains("driver failed") && page.text.contains("Free the port."));
    assert_eq!(copied(&keys(&mut app, "y")).len(), 1);
    keys(&mut app, "⎋");
    let failure = Failure::new(FailureKind::Engine, "again");
    update(&mut app, NOW, Msg::Trouble(failure));
    let layout = app.layout();
    let click = MouseEvent {
        kind: MouseEventKind::Down(MouseButton::Left),
        column: layout.footer.right() - 2,
        row: layout.footer.y,
        modifiers: KeyModifiers::NONE,
    };
    update(&mut app, NOW, Msg::Mouse(click));
    assert!(matches!(app.dialogs.last(), Some(Dialog::Text(_))));
    keys(&mut app, "⎋⎋");
    assert!(app.notices.current(NOW).is_none(), "Esc puts it away");
}

#[test]
fn messages_keep_the_cursor_on_its_message() {
    let mut app = app();
    for text in ["first", "second", "third"] {
        app.notices.say(NOW, text);
    }
    keys(&mut app, "M↓");
    app.notices.say(NOW, "fourth");
    assert_eq!(copied(&keys(&mut app, "y")), ["second"]);
    keys(&mut app, "⏎");
    assert!(matches!(app.dialogs.last(), Some(Dialog::Text(page)) if page.text == "second"));
    keys(&mut app, "⎋⎋");
    assert!(app.dialogs.is_empty());
}

#[test]
fn a_job_that_is_not_waited_for_is_gone_and_its_answer_is_not_told() {
    let mut app = app();
    keys(&mut app, ":pull alpine⏎⏎⎋");
    let job = app.host().jobs.running()[0].id;
    let progress = Progress { part: "a1".into(), status: "Downloading".into(), done: 1, total: 2 };
    answer(&mut app, HostMsg::Progress { job, progress });
    let effects = keys(&mut app, "Jx");
    assert!(effects.contains(&Effect::Cancel(job)), "{effects:?}");
    assert!(app.host().jobs.running().is_empty());
    assert_eq!(told(&app), "Stopped waiting for alpine (pull): the engine may still finish it");
    let count = app.notices.len();
    answer(&mut app, HostMsg::Outcome { job, result: Ok(Done::Changed) });
    assert_eq!(app.notices.len(), count);
}

#[test]
fn the_demo_is_one_key_away_while_no_engine_answers() {
    let mut app = unconnected();
    keys(&mut app, "d");
    assert!(app.host().is_demo());
    assert_eq!(app.hosts.iter().count(), 2);
    keys(&mut app, ":host local⏎");
    assert_eq!(app.host().id, HostId::new("local"));
    keys(&mut app, "d");
    assert_eq!(app.hosts.iter().count(), 2, "the demo goes on where it was");
    let mut live = super::super::fixture::app();
    keys(&mut live, "d");
    assert_eq!(told(&live), "Demo: an engine is connected");
}

#[test]
fn a_long_text_scrolls_to_its_end_and_no_further() {
    let mut app = app();
    let text = (0..100).map(|line| format!("line {line}")).collect::<Vec<_>>().join("\n");
    app.dialogs.push(Dialog::Text(TextPage::new("T", text)));
    let top = |app: &App| match app.dialogs.last() {
        Some(Dialog::Text(page)) => page.top(app.area),
        _ => panic!("no page"),
    };
    keys(&mut app, "G");
    let last = top(&app);
    assert_eq!(last + 19, 100);
    keys(&mut app, "↓↓");
    assert_eq!(top(&app), last);
    keys(&mut app, "↑");
    assert_eq!(top(&app), last - 1);
    keys(&mut app, "g");
    assert_eq!(top(&app), 0);
}
