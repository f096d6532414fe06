//! Keys at random, on an engine that lives and fails: nothing breaks, and `Ctrl-c` always ends it.

use crate::support::stage::Stage;
use dockerui_tui::demo::{Fault, What};
use proptest::prelude::*;
use std::time::Duration;

/// All but the keys that leave the program (`q`), give the terminal away (shell, exec, attach, pager, suspend), open a browser,
/// or name a command by hand and so could do any of it.
const KEYS: &[&str] = &[
    "a",
    "c",
    "d",
    "e",
    "f",
    "g",
    "h",
    "i",
    "j",
    "k",
    "l",
    "m",
    "n",
    "p",
    "r",
    "s",
    "t",
    "u",
    "v",
    "w",
    "y",
    "z",
    "C",
    "D",
    "G",
    "J",
    "K",
    "M",
    "N",
    "R",
    "S",
    "T",
    "0",
    "1",
    "2",
    "3",
    "4",
    "[",
    "]",
    "/",
    "*",
    "<lt>",
    ">",
    ",",
    "+",
    "-",
    "&",
    "<Enter>",
    "<Enter>",
    "<Esc>",
    "<Esc>",
    "<Tab>",
    "<S-Tab>",
    "<Space>",
    "<Up>",
    "<Down>",
    "<Left>",
    "<Right>",
    "<PgUp>",
    "<PgDn>",
    "<Home>",
    "<End>",
    "<Backspace>",
    "<C-u>",
    "<C-d>",
    "<C-l>",
    "<C-s>",
    "<C-n>",
    "<C-5>",
    "<C-5>",
    "~",
    "日",
    "é",
];

fn faults() -> impl Strategy<Value = Vec<Fault>> {
    let refused = |code, html| What::Status { code, message: "not \u{1b}[1m today".into(), html };
    let what = prop::sample::select(vec![
        What::Delay(Duration::from_secs(3)),
        refused(403, true),
        refused(404, false),
        refused(409, false),
        refused(500, false),
        What::CutStream { after: 300 },
        What::Malformed,
        What::Hang,
        What::Drop,
    ]);
    let on = prop::sample::select(vec![
        "",
        "POST /",
        "GET /containers/",
        "/events",
        "/stats",
        "/logs",
        "/images/",
        "DELETE /",
    ]);
    let fault = (on, what, 1u32..9).prop_map(|(on, what, times)| Fault { on: on.into(), what, times: Some(times) });
    prop::collection::vec(fault, 0..4)
}

#[derive(Clone, Debug)]
enum Move {
    Keys(&'static str),
    Wait(u64),
    Resize(u16, u16),
    Down,
    Up,
}

fn moves() -> impl Strategy<Value = Vec<Move>> {
    let one = prop_oneof![
        24 => prop::sample::select(KEYS).prop_map(Move::Keys),
        3 => (1u64..4000).prop_map(Move::Wait),
        1 => (0u16..160, 0u16..60).prop_map(|(width, height)| Move::Resize(width, height)),
        1 => Just(Move::Down),
        2 => Just(Move::Up),
    ];
    prop::collection::vec(one, 1..160)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_breaks(moves in moves(), faults in faults()) {
        let clock = tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build().unwrap();
        clock.block_on(async {
            let mut stage = Stage::new(100, 30).living();
            for fault in faults {
                stage = stage.fault(fault);
            }
            let mut play = stage.open();
            play.settle().await;
            for step in moves {
                match step {
                    Move::Keys(keys) => drop(play.keys(keys)),
                    Move::Wait(span) => drop(play.advance(Duration::from_millis(span)).await),
                    Move::Resize(width, height) => drop(play.resize(width, height).settle().await),
                    Move::Down => play.engine().go_down(),
                    Move::Up => play.engine().come_up(),
                }
            }
            // A session in a pane takes the first one; it is left by its own key.
            play.settle().await.keys("<C-c><C-5>").quit().await;
        });
    }
}
