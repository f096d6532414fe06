//! The tree as a reader uses it.

use serde_json::json;

use super::*;

fn tree() -> JsonTree {
    JsonTree::new(json!({
        "State": { "Health": { "Status": "healthy" }, "Pid": 7 },
        "Mounts": [{ "Source": "/a" }, { "Source": "/b" }],
        "Labels": { "com.docker.x": "y\u{9b}\u{202e}" },
        "Empty": [],
    }))
}

fn words(tree: &JsonTree) -> Vec<String> {
    tree.visible(50).iter().map(|row| format!("{}{}:{}", " ".repeat(row.depth), row.label, row.value)).collect()
}

#[test]
fn folding_shows_counts() {
    let mut tree = tree();
    assert_eq!(tree.row_count(), 13);
    tree.fold_deeper_than(1);
    assert_eq!(words(&tree), [":{4}", " State:{2}", " Mounts:[2]", " Labels:{1}", " Empty:[0]"]);
    tree.move_by(2, 10);
    tree.unfold();
    assert_eq!(words(&tree)[3], "  [0]:{1}");
    tree.toggle();
    assert_eq!(tree.row_count(), 5);
    tree.unfold_all();
    tree.move_by(2, 10);
    tree.fold();
    tree.fold();
    assert_eq!(tree.path(), ".Mounts[0]");
    assert_eq!(tree.visible(50)[tree.cursor_row()].fold, Fold::Closed);
    tree.fold();
    assert_eq!(tree.path(), ".Mounts");
    assert!(tree.visible(0).is_empty());
}

#[test]
fn paths_and_values_are_for_jq_and_copying() {
    let mut tree = tree();
    let mut paths = Vec::new();
    for row in 0..tree.row_count() {
        tree.select_row(row, 5);
        paths.push((tree.path(), tree.value_text()));
    }
    let has = |path: &str, value: &str| paths.contains(&(path.to_owned(), value.to_owned()));
    assert!(has(".State.Health.Status", "healthy"));
    assert!(has(".Mounts[0].Source", "/a"));
    assert!(has(".Labels[\"com.docker.x\"]", "y\u{9b}\u{202e}"));
    assert!(has(".State.Pid", "7"));
    assert_eq!(paths[0].0, ".");
    assert!(words(&tree).iter().all(|row| !row.contains(['\u{9b}', '\u{202e}'])));
    assert_eq!(jq_path(&[Step::Key("a b".into()), Step::Index(1)]), ".[\"a b\"][1]");
}

#[test]
fn a_refresh_keeps_the_cursor_on_its_path() {
    let mut tree = tree();
    tree.select_row(7, 5);
    assert_eq!(tree.path(), ".Mounts[0].Source");
    tree.replace(json!({ "New": 1, "Mounts": [{ "New": 2, "Source": "/c" }] }));
    assert_eq!((tree.path(), tree.value_text()), (".Mounts[0].Source".to_owned(), "/c".to_owned()));
    tree.replace(json!({ "Mounts": [] }));
    assert_eq!(tree.path(), ".Mounts");
    tree.replace(json!(null));
    assert_eq!((tree.path(), tree.value_text(), tree.row_count()), (".".to_owned(), "null".to_owned(), 1));
}

#[test]
fn a_search_unfolds_its_hits_and_goes_round() {
    let mut tree = tree();
    tree.fold_deeper_than(1);
    assert!(tree.start_search(Pattern::parse("source").unwrap(), 4));
    assert_eq!((tree.path(), tree.hit_count()), (".Mounts[0].Source".to_owned(), 2));
    assert!(tree.visible(4).iter().any(|row| row.is_cursor && row.is_hit));
    tree.search_next(4);
    assert_eq!(tree.path(), ".Mounts[1].Source");
    tree.search_next(4);
    assert_eq!(tree.path(), ".Mounts[0].Source");
    tree.search_previous(4);
    assert_eq!(tree.path(), ".Mounts[1].Source");
    assert!(!tree.start_search(Pattern::parse("nowhere").unwrap(), 4));
}
