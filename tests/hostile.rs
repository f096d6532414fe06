//! What others wrote must not steer the terminal: the glass refuses every control and direction character in a cell.

use crate::support::client;
use crate::support::stage::{Play, Stage};
use dockerui_tui::demo::{Fault, What};
use serde_json::{Value, json};
use std::time::Duration;

/// Names that no engine should let through, and that some have.
fn names() -> Vec<String> {
    let mut names: Vec<String> = [
        "esc\u{1b}[2J\u{1b}]0;owned\u{7}",
        "c1\u{9b}31m\u{90}x\u{9c}",
        "bidi\u{202e}gnp.exe\u{2066}x\u{2069}\u{200f}",
        "wide 日本語テスト表示の幅",
        "combining e\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}",
        "family \u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467} flag \u{1f1e9}\u{1f1ea}",
        "tab\tnewline\ncarriage\rnull\0",
        "zero\u{200b}width\u{feff}\u{2028}x",
        "",
        "\u{300}",
    ]
    .map(str::to_owned)
    .into();
    names.push("long".repeat(1250));
    names.push("日".repeat(5000));
    names
}

/// As many containers as there are names, with the name wherever a name can be.
async fn hostile_list(play: &Play) -> Value {
    let template = client::get(play.engine(), "/containers/json?all=1").await[0].clone();
    let rows = names().into_iter().zip(0..).map(|(name, number)| {
        let mut row = template.clone();
        row["Id"] = json!(format!("{number:064x}"));
        row["Names"] = json!([format!("/{name}")]);
        row["Image"] = json!(name);
        row["Command"] = json!(name);
        row["Status"] = json!(format!("Up {name}"));
        row["Labels"] = json!({ "com.docker.compose.project": name, &name: name });
        row["Ports"] = json!([{ "IP": name, "PrivatePort": 80, "PublicPort": 80, "Type": name }]);
        row
    });
    rows.collect()
}

#[tokio::test(start_paused = true)]
async fn no_name_steers_the_terminal_at_any_size_or_in_any_dialog() {
    let mut play = Stage::new(200, 50).listed().await;
    let list = hostile_list(&play).await;
    play.engine().inject(Fault::always("GET /containers/json", What::Answer(list.to_string())));
    play.keys("R").wait_for("Containers 12 ─").await.wait_for("wide 日本語").await;
    for (width, height) in [(200, 50), (80, 24), (40, 12), (20, 5), (7, 3), (1, 1), (120, 40)] {
        play.resize(width, height).settle().await;
        for _ in names() {
            play.keys("j").settle().await.keys("s").settle().await.keys("<Esc>").settle().await;
            play.keys("D<Up><Up>").settle().await.keys("<Esc>g").settle().await;
        }
        play.keys("*s").settle().await.keys("<Esc><Esc>").settle().await;
    }
    assert!(play.screen().contains("Containers 12 ─"), "{}", play.screen());
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn a_refusal_full_of_escapes_is_cleaned() {
    let message = "no\u{1b}[31m such \u{202e}thing\u{7} \r\n at all";
    let refused = What::Status { code: 500, message: message.into(), html: false };
    let mut play = Stage::new(120, 40).fault(Fault::always("POST /", refused)).listed().await;
    play.keys("p").wait_for("Pausing api").await.wait_for("thing").await;
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn a_log_keeps_its_colours_and_nothing_else() {
    let mut play = Stage::new(120, 40).listed().await;
    let mut log = Vec::new();
    for line in names() {
        let text = format!("2024-12-24T00:26:40.000000000Z \u{1b}[31mred\u{1b}[0m {line}\n");
        log.extend([1, 0, 0, 0]);
        log.extend(u32::try_from(text.len()).unwrap().to_be_bytes());
        log.extend(text.as_bytes());
    }
    let log = String::from_utf8_lossy(&log).into_owned();
    play.engine().inject(Fault::always("/logs", What::Answer(log)));
    play.keys("jjj").advance(Duration::from_secs(1)).await;
    play.keys("l").settle().await;
    play.quit().await;
}

#[tokio::test(start_paused = true)]
async fn what_is_pasted_or_typed_into_a_filter_is_cleaned() {
    let mut play = Stage::new(80, 24).listed().await;
    play.keys("/").paste("a\u{1b}[2J\u{202e}b\r\nc 日本\u{301}").settle().await;
    play.keys("<Left><Left>\u{202e}x<Backspace><End><C-u>web").wait_for("Containers 1 ─").await;
    play.keys("<Enter>").quit().await;
}
