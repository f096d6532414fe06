//! Commands that search in the detail pane, and those of the tree of its Inspect tab.

use super::detail::viewport;
use crate::app::App;
use crate::app::commands::Readiness;
use crate::app::detail::{Looked, Tab};
use crate::app::json_tree::JsonTree;
use crate::app::line_input::LineInput;
use crate::app::prompt::{Prompt, Purpose};
use crate::app::update::Effects;

/// Opens the line that a search is typed into; what was searched for stays until something is typed.
pub fn open(app: &mut App, _: &mut Effects) {
    let before = app.detail().search_text().unwrap_or_default().to_owned();
    app.detail_mut().begin_search();
    app.prompt = Some(Prompt { purpose: Purpose::Search, input: LineInput::default(), before });
}

/// Searches for what is typed so far. What is not there is told by the pane's foot: the text may not be whole yet.
pub fn search(app: &mut App, text: &str) {
    let viewport = viewport(app);
    app.detail_mut().search(text, viewport);
}

/// The search is typed, or was given up.
pub fn end(app: &mut App, given_up: bool) {
    let viewport = viewport(app);
    app.detail_mut().end_search(given_up, viewport);
}

pub fn has_search(app: &App) -> Readiness {
    if app.detail().search_text().is_some() { Ok(()) } else { Err("nothing is searched for".into()) }
}

pub fn next(app: &mut App, _: &mut Effects) {
    step(app, true);
}

pub fn previous(app: &mut App, _: &mut Effects) {
    step(app, false);
}

fn step(app: &mut App, below: bool) {
    let viewport = viewport(app);
    let looked = app.detail_mut().step_search(below, viewport);
    let command = if below { "logs.next-hit" } else { "logs.previous-hit" };
    let key = app.keymap.key_text(command);
    let told = match (app.detail().shown_tab() == Some(Tab::Logs), below) {
        (true, true) => format!("No further hit below: {key} again goes to the first one"),
        (true, false) => format!("No further hit above: {key} again goes to the last one"),
        (false, true) => "No further hit below".to_owned(),
        (false, false) => "No further hit above".to_owned(),
    };
    tell(app, looked, &told);
}

/// Says so when there was nothing to go to.
pub fn tell(app: &mut App, looked: Looked, none_left: &str) {
    match looked {
        Looked::Found | Looked::Searching => {}
        Looked::NoneLeft => {
            let now = app.now;
            app.notices.warn(now, none_left);
        }
    }
}

pub fn has_rows(app: &App) -> Readiness {
    let has_rows = app.detail().table().is_some_and(|table| table.row_count() > 0);
    if has_rows { Ok(()) } else { Err("there is nothing to search yet".into()) }
}

pub fn has_tree(app: &App) -> Readiness {
    if app.detail().inspect.tree().value().is_some() { Ok(()) } else { Err("there is nothing to fold yet".into()) }
}

pub fn toggle_fold(app: &mut App, _: &mut Effects) {
    in_tree(app, JsonTree::toggle);
}

pub fn fold(app: &mut App, _: &mut Effects) {
    in_tree(app, JsonTree::fold);
}

pub fn unfold(app: &mut App, _: &mut Effects) {
    in_tree(app, JsonTree::unfold);
}

/// Only the first level stays in sight.
pub fn fold_all(app: &mut App, _: &mut Effects) {
    in_tree(app, |tree| tree.fold_deeper_than(1));
}

pub fn unfold_all(app: &mut App, _: &mut Effects) {
    in_tree(app, JsonTree::unfold_all);
}

fn in_tree(app: &mut App, act: impl FnOnce(&mut JsonTree)) {
    let height = viewport(app).height;
    if let Some(tree) = app.detail_mut().inspect.tree_mut() {
        act(tree);
        tree.move_by(0, height);
    }
}
