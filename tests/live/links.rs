//! Cross links between the things of real engines: each is followed in both directions, and leads back to the very row.

use crate::support::engines::{IMAGE, Live, on_engines};
use crate::support::model::Model;
use dockerui_tui::app::detail::Tab;
use dockerui_tui::app::layout::Pane;
use dockerui_tui::app::links::{Goal, Kind, Link};
use dockerui_tui::app::list::RowKey;
use dockerui_tui::app::view::View;

on_engines!(every_link_leads_there_and_back);

/// The links of what is selected, with the keyboard on them.
fn links(model: &mut Model) -> Vec<Link> {
    if model.app.focus != Pane::Detail {
        model.keys("<Tab>");
    }
    let tabs = 12;
    for _ in 0..tabs {
        if model.host().detail.shown_tab() == Some(Tab::Links) {
            break;
        }
        model.keys("[");
    }
    assert_eq!(model.host().detail.shown_tab(), Some(Tab::Links));
    model.host().detail.links.rows().value().cloned().unwrap_or_default()
}

/// Follows the link at that place.
fn follow(model: &mut Model, place: usize) {
    model.keys(&format!("g{}<Enter>", "j".repeat(place)));
}

fn selected(model: &Model) -> (View, Option<RowKey>) {
    let host = model.host();
    (host.view, host.list_of(host.view).selected().cloned())
}

fn words(links: &[Link]) -> Vec<String> {
    links.iter().map(|link| format!("{} {}", link.kind.word(), link.name)).collect()
}

async fn every_link_leads_there_and_back(live: Live) {
    let project = live.name("shop");
    let of_project = format!("com.docker.compose.project={project}");
    let (web, db) = (live.name("web"), live.name("db"));
    let (data, cache, front) = (live.name("data"), live.name("cache"), live.name("front"));
    for volume in [&data, &cache] {
        live.docker(&["volume", "create", "--label", &of_project, volume]);
    }
    live.docker(&["network", "create", "--label", &of_project, &front]);
    let mount = format!("{data}:/d");
    for name in [&web, &db] {
        let words = ["run", "-d", "--name", name, "--label", &live.label(), "--label", &of_project];
        live.docker(&[words.as_slice(), &["-v", &mount, "--network", &front, IMAGE, "sleep", "1000"]].concat());
    }
    let mut model = Model::of(&live).await;
    model.keys(&format!("1/{web}<Enter>"));
    let of_web = links(&mut model);
    let at_web = selected(&model);
    let told = words(&of_web);
    for wanted in [
        format!("volume {data}"),
        format!("network {front}"),
        format!("project {project}"),
        format!("container {db}"),
        format!("volume {cache}"),
    ] {
        assert!(told.contains(&wanted), "{wanted} in {told:?}");
    }
    assert!(matches!(of_web.first(), Some(Link { kind: Kind::Image, .. })), "{told:?}");
    for (place, link) in of_web.iter().enumerate() {
        follow(&mut model, place);
        match &link.goal {
            Goal::Row(view, key) => assert_eq!(selected(&model), (*view, Some(key.clone())), "{link:?}"),
            Goal::Project(_) => assert_eq!(model.host().list_of(View::Containers).len(), 2, "{link:?}"),
            Goal::Unknown => panic!("nobody knows where {link:?} leads"),
        }
        // From there back to the container, by a link of its own; of a project's containers it is one.
        if link.kind != Kind::Project {
            let there = links(&mut model);
            let back =
                there.iter().position(|link| Goal::Row(View::Containers, at_web.1.clone().expect("web")) == link.goal);
            let back = back.unwrap_or_else(|| panic!("{link:?} does not lead back: {:?}", words(&there)));
            follow(&mut model, back);
            assert_eq!(selected(&model), at_web, "{link:?}");
            model.keys("<Backspace>");
            assert_eq!(model.host().detail.shown_tab(), Some(Tab::Links), "{link:?}");
        }
        model.keys("<Backspace>");
        assert_eq!((selected(&model), model.app.focus), (at_web.clone(), Pane::Detail), "{link:?}");
        assert_eq!(model.host().detail.links.selected(), Some(link));
    }
}
