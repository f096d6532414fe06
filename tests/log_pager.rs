//! Lines of a log in the user's own programs. The clock runs: it must not pass while a program does.

use crate::log_files::{lines, numbered, saved};
use crate::support::lines::Folder;
use crate::support::stage::Stage;
use std::os::unix::fs::PermissionsExt;

/// A program that keeps a copy of what it is shown, with its rights and its name beside it.
fn program(folder: &Folder) -> String {
    let path = folder.0.join("show");
    let script = "#!/bin/sh\ncp \"$2\" \"$1/seen\"\nstat -c %a \"$2\" >\"$1/rights\"\necho \"$2\" >\"$1/path\"\n";
    std::fs::write(&path, script).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    format!("'{}' {}", path.display(), folder.0.display())
}

#[tokio::test]
async fn shown_lines_and_the_whole_log_are_opened_and_nothing_stays() {
    let folder = Folder::new();
    let command = program(&folder);
    let mut stage = Stage::new(100, 30).settings(|settings| settings.logs.tail = 100);
    stage.variables =
        [("PAGER", &command), ("EDITOR", &command)].map(|(name, value)| (name.into(), value.clone())).into();
    let mut play = stage.listed().await;
    numbered(&mut play, 500).await;
    for (key, count) in [("o", 100), ("O", 500), ("<C-o>", 100), ("<C-e>", 500), ("vkko", 3)] {
        let seen = folder.0.join("seen");
        let _ = std::fs::remove_file(&seen);
        let before = play.frames();
        play.keys(key).until("the program's end", |screen| screen.frames > before && seen.exists()).await;
        let told = saved(&seen);
        assert_eq!(told[told.len() - count..], lines(501 - count..=500), "{key}");
        assert_eq!(saved(&folder.0.join("rights")), ["600"]);
        let path = saved(&folder.0.join("path")).remove(0);
        assert!(path.contains("numbered-2024-12-24T"), "{path}");
        play.until("the end of its file", |_| !std::path::Path::new(&path).exists()).await;
    }
    play.quit().await;
}

#[tokio::test]
async fn a_program_that_is_not_there_is_told() {
    let mut stage = Stage::new(120, 30);
    stage.variables.insert("PAGER".into(), "/nowhere/most -s".into());
    let mut play = stage.listed().await;
    numbered(&mut play, 20).await;
    play.keys("o").wait_for("/nowhere/most cannot be started").await.keys("<Esc>");
    play.wait_for("line 20").await.quit().await;
}
