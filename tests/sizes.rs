//! Every size of the terminal, whatever is open.

use crate::support::stage::Stage;
use proptest::prelude::*;

/// Keys that lead to each thing that can be open.
const OPEN: &[&str] = &[
    "",
    "2",
    "3",
    "4",
    "l",
    "lz",
    "z",
    "/we",
    "/nothing such<Enter>",
    "s",
    "D<Up>",
    "*D",
    "r<Up>12",
    "?",
    ":sto",
    "y",
    "M",
    "J",
    ",",
    "m",
    "m<Left>",
    "*m<Enter>",
    "o",
    "osj",
    "t",
    "i",
    "i/state",
    "]]]]",
    "]]]]]",
    "c",
    "cx<Tab>y z",
    "C",
    "u",
    "n",
    "X",
    "2p",
];

#[tokio::test(start_paused = true)]
async fn small_and_odd_sizes_never_break_a_frame() {
    for open in OPEN {
        let mut play = Stage::new(120, 40).listed().await;
        play.wait_for("API").await.keys(open).settle().await;
        for (width, height) in [(1, 1), (20, 5), (0, 0), (2, 2), (80, 1), (1, 50), (5, 24), (300, 3), (80, 24)] {
            play.resize(width, height).settle().await;
            let area = play.screen().buffer.area;
            assert_eq!((area.width, area.height), (width, height), "after {open:?}");
            play.keys("<Down>").settle().await;
        }
        play.quit().await;
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_size_can_be_drawn_with_anything_open(
        open in prop::sample::select(OPEN),
        sizes in prop::collection::vec((0u16..260, 0u16..90), 1..24),
    ) {
        let clock = tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build().unwrap();
        clock.block_on(async {
            let mut play = Stage::new(120, 40).listed().await;
            play.keys(open).settle().await;
            for (width, height) in sizes {
                play.resize(width, height).settle().await;
            }
            play.quit().await;
        });
    }
}
