//! Searching a log of which only a part is loaded.

use super::reader::{PANE, Reader};
use crate::support::engines::{Live, on_engines};
use dockerui_tui::app::logs::{Jump, Pattern};

on_engines!(hits_wherever_they_are);

/// A search finds lines that are not loaded, counts all of them, and goes from one to the next and round.
async fn hits_wherever_they_are(live: Live) {
    let script = "i=1; while [ $i -lt 8000 ]; do seq $i $((i + 99)); i=$((i + 100)); usleep 2000; done; sleep 1000";
    let target = live.script("sought", script).await;
    live.logs_until(&target.id, "8000").await;
    let mut reader = Reader::new(&live, target.id, "128KiB", 100);
    reader.settle().await;
    reader.pane.view.start_search(Pattern::parse("/^([1-7]0)?17$/").expect("an expression"), PANE);
    reader.pane.view.settle_search(Some(PANE));
    let hits = [17, 1_017, 2_017, 3_017, 4_017, 5_017, 6_017, 7_017];
    assert_eq!(reader.found().await, Some(7_017));
    for (index, hit) in hits.into_iter().enumerate().rev().skip(1) {
        reader.pane.view.search_previous(PANE);
        assert_eq!(reader.found().await, Some(hit));
        assert_eq!((reader.pane.view.hit_number(), reader.pane.view.hit_count()), (Some(index + 1), 8));
    }
    assert_eq!(reader.pane.view.search_previous(PANE), Jump::NoneLeft);
    reader.pane.view.search_previous(PANE);
    assert_eq!(reader.found().await, Some(7_017), "round to the last one");
    assert_eq!(reader.pane.view.search_next(PANE), Jump::NoneLeft);
    for hit in hits {
        reader.pane.view.search_next(PANE);
        assert_eq!(reader.found().await, Some(hit));
    }
}
