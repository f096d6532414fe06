//! The form model, as it is typed in.

use super::fixture::{app, press};
use super::{Field, Focus, Form, FormKind, Input, Name, Origin, Section};
use crate::app::App;
use crate::app::dialog::Dialog;
use crate::domain::text::is_unsafe;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use pretty_assertions::assert_eq;
use proptest::prelude::*;

fn form(app: &App) -> &Form {
    match app.dialogs.last() {
        Some(Dialog::Form(form)) => form,
        other => panic!("no form on top: {other:?}"),
    }
}

fn focused(app: &App) -> Name {
    form(app).focused().unwrap().ask.name
}

fn offered(app: &App) -> Vec<String> {
    form(app).offers(app.host()).into_iter().map(|offer| offer.text).collect()
}

/// A create form with the focus on this field.
fn on(name: Name) -> App {
    let mut app = app();
    press(&mut app, &["c"]);
    while focused(&app) != name {
        press(&mut app, &["Tab"]);
    }
    app
}

#[test]
fn every_field_has_its_words_and_is_there_once() {
    let kinds =
        [FormKind::Create(Origin::Nothing), FormKind::Pull, FormKind::Kill(Vec::new()), FormKind::Update(Vec::new())];
    for kind in kinds {
        let asks = kind.asks();
        for (index, ask) in asks.iter().enumerate() {
            assert!(ask.hint.ends_with('.') && ask.label.len() <= 18, "{:?}", ask.name);
            assert!(asks.iter().skip(index + 1).all(|other| other.name != ask.name), "{:?} twice", ask.name);
        }
        let sections: Vec<Section> = asks.iter().map(|ask| ask.section).collect();
        let mut seen = Vec::new();
        for run in sections.chunk_by(|one, other| one == other) {
            assert!(!seen.contains(&run[0]), "{:?} is in two places", run[0]);
            seen.push(run[0]);
        }
    }
}

#[test]
fn images_of_the_host_complete_what_is_typed() {
    let mut app = on(Name::Image);
    assert_eq!(offered(&app), ["nginx:1.27", "docker.io/library/busybox:latest"]);
    press(&mut app, &["BOX", "Right"]);
    assert_eq!(form(&app).focused().unwrap().text(), "docker.io/library/busybox:latest");
    assert_eq!(offered(&app), [] as [&str; 0], "it stands there already");
    press(&mut app, &["Ctrl-u", "n", "Ctrl-n", "Ctrl-n"]);
    assert_eq!(form(&app).focused().unwrap().text(), "nginx:1.27", "round and round");
    press(&mut app, &["Esc"]);
    assert_eq!(form(&app).focused().unwrap().text(), "n", "what had been typed is back");
}

#[test]
fn short_and_full_names_are_the_same_image() {
    let mut app = on(Name::Image);
    for (text, lacks) in
        [("nginx:1.27", false), ("docker.io/library/nginx:1.27", false), ("busybox", false), ("nginx", true)]
    {
        press(&mut app, &["Ctrl-u", text]);
        assert_eq!(form(&app).lacks_image(app.host()), lacks, "{text}");
    }
}

#[test]
fn networks_volumes_and_capabilities_are_offered() {
    let mut app = on(Name::Network);
    assert_eq!(offered(&app), ["bridge", "front"]);
    press(&mut app, &["container:d"]);
    assert_eq!(offered(&app), ["container:db"]);
    let mut app = on(Name::Mounts);
    press(&mut app, &["/a:/b", "Enter", "da", "Right", "srv"]);
    assert_eq!(form(&app).focused().unwrap().text(), "/a:/b\ndata:/srv");
    assert_eq!(form(&app).focused().unwrap().error, None);
    let mut app = on(Name::CapAdd);
    press(&mut app, &["net_a", "Right"]);
    assert_eq!(form(&app).spec().cap_add, ["NET_ADMIN"]);
}

#[test]
fn the_down_arrow_chooses_what_was_begun_and_passes_what_may_stay_empty() {
    let mut app = on(Name::Image);
    press(&mut app, &["ngi", "Down"]);
    assert_eq!(form(&app).focused().unwrap().text(), "nginx:1.27");
    press(&mut app, &["Up"]);
    assert_eq!(form(&app).focused().unwrap().text(), "ngi");
    press(&mut app, &["Down", "Enter"]);
    assert_eq!(focused(&app), Name::Name);
    assert_eq!(form(&app).spec().image, "nginx:1.27");
    let mut app = on(Name::Network);
    press(&mut app, &["Down"]);
    assert_eq!(focused(&app), Name::Hostname);
    assert_eq!(form(&app).spec().network, "");
}

#[test]
fn arrows_leave_a_field_of_several_lines_at_its_ends() {
    let mut app = on(Name::Environment);
    press(&mut app, &["A=1", "Enter", "B=2", "Up"]);
    assert_eq!(focused(&app), Name::Environment);
    press(&mut app, &["Up"]);
    assert_eq!(focused(&app), Name::Ports);
    press(&mut app, &["Down", "Down", "Down"]);
    assert_eq!(focused(&app), Name::Start);
    assert_eq!(form(&app).spec().environment, ["A=1", "B=2"]);
}

#[test]
fn sections_are_skipped_and_the_button_comes_after_the_last() {
    let mut app = on(Name::Image);
    let mut firsts = Vec::new();
    while let Some(field) = form(&app).focused() {
        firsts.push(field.ask.section);
        press(&mut app, &["PgDn"]);
    }
    use Section::{Basics, Environment, Network, Runtime, Security, Storage};
    assert_eq!(firsts, [Basics, Environment, Network, Storage, Runtime, Security]);
    assert_eq!(form(&app).focus, Focus::Submit);
    press(&mut app, &["PgUp"]);
    assert_eq!(focused(&app), Name::User);
}

#[test]
fn errors_say_which_line_where_there_are_several() {
    let mut app = on(Name::Ports);
    press(&mut app, &["80x"]);
    assert!(form(&app).focused().unwrap().error.as_deref().unwrap().starts_with("“80x”"));
    press(&mut app, &["Enter", "81", "Up", "Down", "Enter", "9z"]);
    assert!(form(&app).focused().unwrap().error.as_deref().unwrap().starts_with("Line 1: “80x”"));
}

#[test]
fn what_does_not_go_together_is_told() {
    let mut app = on(Name::Image);
    assert!(form(&app).hindrance(app.host()).unwrap().starts_with("Name the image"));
    press(&mut app, &["nginx"]);
    assert_eq!(form(&app).hindrance(app.host()), None);
    while focused(&app) != Name::Restart {
        press(&mut app, &["Tab"]);
    }
    press(&mut app, &["always", "Tab", " "]);
    assert!(form(&app).hindrance(app.host()).unwrap().contains("cannot be restarted"));
}

#[test]
fn pasted_lines_are_made_harmless() {
    let asks = FormKind::Create(Origin::Nothing).asks();
    let mut field = Field::new(asks.iter().find(|ask| ask.name == Name::Environment).unwrap());
    field.paste("A=1\r\nB=\x1b[31m2\n\nC\t=3\u{202e}");
    assert_eq!(field.entries(), ["A=1", "B=[31m2", "C =3"]);
    field.paste(&"x".repeat(1 << 20));
    assert_eq!(field.entries().len(), 3, "a file is not swallowed");
}

fn any_key() -> impl Strategy<Value = KeyEvent> {
    let code = prop_oneof![
        6 => proptest::char::any().prop_map(KeyCode::Char),
        6 => proptest::sample::select(vec!['a', '1', ':', '/', '=', ' ', 'n', 'p', 's', 'j', 'r', 'x', 'y', '日']).prop_map(KeyCode::Char),
        8 => proptest::sample::select(vec![
            KeyCode::Tab, KeyCode::BackTab, KeyCode::Enter, KeyCode::Up, KeyCode::Down, KeyCode::Left, KeyCode::Right,
            KeyCode::PageUp, KeyCode::PageDown, KeyCode::Home, KeyCode::End, KeyCode::Backspace, KeyCode::Delete,
            KeyCode::F(2), KeyCode::Esc,
        ]),
    ];
    let held = prop_oneof![
        4 => Just(KeyModifiers::NONE),
        1 => Just(KeyModifiers::CONTROL),
        1 => Just(KeyModifiers::ALT),
        1 => Just(KeyModifiers::SHIFT),
    ];
    (code, held).prop_map(|(code, held)| KeyEvent::new(code, held))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_keys_break_a_form(keys in proptest::collection::vec(any_key(), 0..80)) {
        let app = app();
        let mut form = Form::new(app.host(), FormKind::Create(Origin::Nothing));
        for key in keys {
            form.key(key, app.host());
            prop_assert!(form.focused().is_some() || !matches!(form.focus, Focus::Field(_)));
            form.offers(app.host());
        }
        form.command_line();
        for field in &form.fields {
            if let Input::Line(line) = &field.input {
                prop_assert!(!line.text().chars().any(is_unsafe));
            }
        }
    }
}
