//! Tests of the files pane: orders, places, filters, what is asked.

use super::*;
use crate::domain::ContainerId;
use proptest::prelude::*;

fn entry(name: &str, kind: FileKind, size: u64, modified: i64) -> FileEntry {
    FileEntry {
        name: name.as_bytes().into(),
        kind,
        size: Some(size),
        mode: 0o644,
        user: 0,
        group: 0,
        modified,
        target: None,
    }
}

fn folder(way: ListWay) -> Folder {
    let entries = vec![
        entry("b.txt", FileKind::File, 10, 3),
        entry("etc", FileKind::Folder, 4096, 1),
        entry("a.log", FileKind::File, 500, 2),
    ];
    Folder { entries, way, extent: Extent::Whole }
}

fn pane() -> FilesPane {
    let mut pane = FilesPane::default();
    pane.turn_to(Some(FileRoot::Container(ContainerId::new("1"))));
    pane.take(Ok(folder(ListWay::Inside)));
    pane
}

fn names(pane: &FilesPane) -> Vec<String> {
    (0..pane.row_count()).map(|place| pane.row_text(place)).collect()
}

#[test]
fn folders_stand_first_and_what_is_largest_or_newest_where_that_is_asked() {
    let mut pane = pane();
    assert_eq!(names(&pane), ["etc", "a.log", "b.txt"]);
    pane.select(2, 9);
    pane.sort(FileOrder { by: FileSort::Name.stepped(1), reversed: false });
    assert_eq!(names(&pane), ["a.log", "b.txt", "etc"]);
    assert_eq!(pane.row_text(pane.cursor_row()), "b.txt");
    pane.sort(FileOrder { by: FileSort::Name.stepped(-1), reversed: false });
    assert_eq!(names(&pane), ["b.txt", "a.log", "etc"]);
    pane.sort(FileOrder { by: FileSort::Name, reversed: true });
    assert_eq!(names(&pane), ["etc", "b.txt", "a.log"]);
}

#[test]
fn the_place_in_each_folder_is_remembered() {
    let mut pane = pane();
    pane.select(0, 9);
    pane.go(pane.selected_path().unwrap());
    assert_eq!(pane.path().unwrap().text(), "/etc");
    assert!(pane.selected().is_none());
    pane.take(Ok(folder(ListWay::Inside)));
    pane.select(2, 9);
    assert!(pane.up());
    pane.take(Ok(folder(ListWay::Inside)));
    assert_eq!(pane.row_text(pane.cursor_row()), "etc");
    assert!(!pane.up());
    pane.go(FilePath::new(b"/etc"));
    pane.take(Ok(folder(ListWay::Inside)));
    assert_eq!(pane.row_text(pane.cursor_row()), "b.txt");
    pane.turn_to(Some(FileRoot::Container(ContainerId::new("2"))));
    assert!(pane.path().unwrap().is_root());
    pane.turn_to(Some(FileRoot::Container(ContainerId::new("1"))));
    assert_eq!(pane.path().unwrap().text(), "/etc");
}

#[test]
fn a_filter_shows_only_what_matches_and_ends_with_the_folder() {
    let mut pane = pane();
    assert!(pane.set_filter(Some(Pattern::parse("log").unwrap())));
    assert_eq!(names(&pane), ["a.log"]);
    assert!(!pane.set_filter(Some(Pattern::parse("nothing").unwrap())));
    assert!(pane.selected().is_none());
    pane.go(FilePath::root());
    assert!(pane.filter().is_none());
}

#[test]
fn a_container_without_find_is_not_asked_for_it_again() {
    let mut pane = pane();
    let look = pane.wanted(true).unwrap();
    assert!(look.inside && !pane.wanted(false).unwrap().inside);
    pane.take(Ok(folder(ListWay::Archive)));
    pane.note_way(&look);
    assert_eq!(pane.wanted(true), Some(look));
    pane.go(FilePath::new(b"/etc"));
    assert!(!pane.wanted(true).unwrap().inside);
}

#[test]
fn reading_is_stopped_and_goes_on_to_the_end() {
    let mut pane = FilesPane::default();
    pane.turn_to(Some(FileRoot::Container(ContainerId::new("1"))));
    pane.take(Ok(Folder { extent: Extent::Reading(5), ..folder(ListWay::Archive) }));
    assert!(pane.is_reading() && !pane.is_cut());
    assert!(pane.halt(true) && !pane.halt(true));
    assert!(pane.wanted(false).is_none() && pane.is_cut());
    pane.read_on();
    assert_eq!(pane.wanted(false).unwrap().reach, Reach::End);
}

#[test]
fn a_volume_is_not_looked_into_before_it_is_opened() {
    let mut pane = FilesPane::default();
    pane.turn_to(Some(FileRoot::Volume(crate::domain::VolumeName::new("data"))));
    assert!(pane.wanted(false).is_none() && !pane.halt(true));
    pane.open();
    assert!(pane.wanted(false).is_some());
}

proptest! {
    #[test]
    fn the_cursor_stays_on_its_entry_whatever_the_order(
        sizes in prop::collection::vec((0u64..9, 0i64..9), 1..30),
        row in 0usize..30,
        step in -2isize..3,
        reversed: bool,
    ) {
        let entries = sizes.iter().enumerate()
            .map(|(place, (size, time))| entry(&format!("n{place}"), FileKind::File, *size, *time)).collect();
        let mut pane = FilesPane::default();
        pane.turn_to(Some(FileRoot::Container(ContainerId::new("1"))));
        pane.take(Ok(Folder { entries, way: ListWay::Archive, extent: Extent::Whole }));
        pane.select(row, 7);
        let before = pane.selected().cloned();
        pane.sort(FileOrder { by: FileSort::Name.stepped(step), reversed });
        prop_assert_eq!(pane.selected().cloned(), before);
    }
}
