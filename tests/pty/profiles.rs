//! Saved hosts in a terminal: each form and question, and what the config file says after it.

use crate::support::terminal::{Home, Terminal, program};
use pretty_assertions::assert_eq;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A home with a config file of the user's, who lets others read it.
struct Saved {
    file: PathBuf,
    text: String,
}

impl Saved {
    fn in_folder(folder: &Path) -> Self {
        let file = folder.join("my.toml");
        let prod = address(folder, "prod");
        let text = format!(
            "# my hosts\ntheme = \"dark\" # at night\n\n# ask Anna\n[[hosts]]\nname = \"prod\" # live\nurl = \"{prod}\"\ncolor = \"red\"\n# end\n"
        );
        std::fs::write(&file, &text).expect("a config file");
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o644)).expect("its mode");
        Self { file, text }
    }

    /// The Hosts view of the program with this file.
    fn open(&self, home: Home) -> Terminal {
        let file = self.file.to_str().expect("a plain path");
        let mut terminal = Terminal::start_with(home, &["--config", file, "-H", "prod"], &[]);
        terminal.wait_for("There is no socket at");
        terminal.keys("0");
        terminal.wait_for("╭ Hosts");
        is_selected(&mut terminal, "prod");
        terminal
    }

    /// The file is the owner's alone, and nothing half-written lies beside it.
    fn says(&self, wanted: &str) {
        assert_eq!(std::fs::read_to_string(&self.file).expect("the file"), wanted);
        assert_eq!(mode(&self.file), 0o600);
        let folder = self.file.parent().expect("its folder");
        let names = std::fs::read_dir(folder).expect("a list").map(|entry| entry.expect("an entry").file_name());
        let halves: Vec<_> = names.filter(|name| name.to_string_lossy().ends_with(".new")).collect();
        assert!(halves.is_empty(), "{halves:?}");
    }
}

/// A socket that is not there.
fn address(folder: &Path, name: &str) -> String {
    format!("unix://{}", folder.join(name).with_extension("sock").display())
}

fn mode(path: &Path) -> u32 {
    std::fs::metadata(path).expect("the file").permissions().mode() & 0o777
}

/// Waits until the cursor is on that host.
fn is_selected(terminal: &mut Terminal, name: &str) {
    terminal.wait(&format!("{name} selected"), |screen| {
        let rows = screen.contents();
        let mut selected = rows.lines().filter_map(|line| line.split_once('▸'));
        selected.any(|(_, row)| row.split_whitespace().next() == Some(name))
    });
}

/// Waits for a sentence, wherever its lines break.
fn is_told(terminal: &mut Terminal, words: &str) {
    terminal.wait(&format!("“{words}”"), |screen| {
        let shown = screen.contents().replace('│', " ");
        shown.split_whitespace().collect::<Vec<_>>().join(" ").contains(words)
    });
}

fn ends(terminal: &mut Terminal) {
    terminal.keys("\x03");
    assert_eq!(terminal.ended(), 0);
}

#[test]
fn from_the_first_form_to_the_last_question() {
    let home = Home::new();
    let folder = home.path().to_owned();
    let saved = Saved::in_folder(&folder);
    let mut terminal = saved.open(home);
    let web = address(&folder, "web");

    terminal.keys("c");
    terminal.wait_for("Add a host");
    terminal.keys(&format!("web\t{web}"));
    terminal.wait_for(&format!("url = \"{web}\""));
    // It can be tried before it is saved.
    terminal.keys("\x14");
    terminal.wait_for("Test of web");
    terminal.wait_for("It does not work yet.");
    terminal.keys("\x1b");
    terminal.wait_without("Test of web");
    terminal.keys("\x13");
    terminal.wait_without("Add a host");
    terminal.wait_for("Saved web");
    is_selected(&mut terminal, "web");
    let lines = |name: &str| format!("\n[[hosts]]\nname = \"{name}\"\nurl = \"{web}\"\n");
    saved.says(&format!("{}{}", saved.text, lines("web")));

    terminal.keys("T");
    terminal.wait_for("Test of web");
    terminal.wait_for("✗ There is no socket at");
    is_told(&mut terminal, "systemctl start docker");
    terminal.wait_for("It does not work yet.");
    terminal.keys("\x1b");
    terminal.wait_without("Test of web");

    terminal.keys("e");
    terminal.wait_for("Edit host web");
    terminal.keys("\x15www\x13");
    terminal.wait_for("Saved www");
    is_selected(&mut terminal, "www");
    saved.says(&format!("{}{}", saved.text, lines("www")));

    terminal.keys("C");
    terminal.wait_for("Duplicate host www");
    terminal.wait_for("name = \"www-2\"");
    terminal.keys("\x13");
    terminal.wait_for("Saved www-2");
    is_selected(&mut terminal, "www-2");
    saved.says(&format!("{}{}{}", saved.text, lines("www"), lines("www-2")));

    terminal.keys("d");
    terminal.wait_for("www-2 is the default host");
    let with_default = |name: &str| saved.text.replace("night\n", &format!("night\ndefault_host = \"{name}\"\n"));
    saved.says(&format!("{}{}{}", with_default("www-2"), lines("www"), lines("www-2")));

    terminal.keys("D");
    terminal.wait_for("Remove host www-2?");
    terminal.keys("\r");
    terminal.wait_without("Remove host www-2?");
    saved.says(&format!("{}{}{}", with_default("www-2"), lines("www"), lines("www-2")));
    terminal.keys("D");
    terminal.wait_for("Remove host www-2?");
    terminal.keys("\x1b[C\r");
    terminal.wait_for("Removed www-2");
    saved.says(&format!("{}{}", with_default(""), lines("www")));
    ends(&mut terminal);
}

#[test]
fn what_cannot_be_written_stays_in_the_form_with_the_reason() {
    let home = Home::new();
    let folder = home.path().join("settings");
    std::fs::create_dir(&folder).expect("a folder");
    let saved = Saved::in_folder(&folder);
    let mut terminal = saved.open(home);
    terminal.keys("e");
    terminal.wait_for("Edit host prod");
    terminal.keys("\x15live");
    terminal.wait_for("name = \"live\"");

    // A folder in place of the file, a file in place of the folder: not even root writes there.
    std::fs::remove_file(&saved.file).expect("the file away");
    std::fs::create_dir(&saved.file).expect("a folder");
    terminal.keys("\x13");
    terminal.wait_for("Saving live:");
    is_told(&mut terminal, "Is a directory");
    terminal.wait_for("name = \"live\"");
    std::fs::remove_dir_all(&folder).expect("the folder away");
    std::fs::write(&folder, "").expect("a file");
    terminal.keys("\x13");
    is_told(&mut terminal, "Not a directory");
    terminal.wait_for("name = \"live\"");
    assert_eq!(std::fs::read_to_string(&folder).expect("the file"), "");

    // A file that its owner has locked is left alone.
    std::fs::remove_file(&folder).expect("the file away");
    std::fs::create_dir(&folder).expect("a folder");
    let saved = Saved::in_folder(&folder);
    std::fs::set_permissions(&saved.file, std::fs::Permissions::from_mode(0o444)).expect("its mode");
    terminal.keys("\x13");
    is_told(&mut terminal, "it is read-only. Make it writable, or start with --config");
    assert_eq!(std::fs::read_to_string(&saved.file).expect("the file"), saved.text);

    // Mended, the same key saves what was typed.
    std::fs::set_permissions(&saved.file, std::fs::Permissions::from_mode(0o644)).expect("its mode");
    terminal.keys("\x13");
    terminal.wait_for("Saved live");
    is_selected(&mut terminal, "live");
    saved.says(&saved.text.replace("\"prod\" # live", "\"live\" # live"));
    ends(&mut terminal);
}

#[test]
fn the_first_host_makes_the_file_and_the_next_run_knows_it() {
    let home = Home::new();
    let variables = home.variables();
    std::fs::create_dir(home.path().join(".ssh")).expect("a folder");
    std::fs::write(home.path().join(".ssh/config"), "Host nas\n").expect("hosts of ssh");
    let file = home.path().join("config/dockerui-tui/config.toml");
    let web = address(home.path(), "web");
    let mut terminal = Terminal::start_with(home, &["-H", "unix:///nonexistent/docker.sock"], &[]);
    terminal.wait_for("There is no socket at");
    terminal.keys(&format!(":add-host {web}\r"));
    terminal.wait_for("Add a host");
    // Colour, read-only, by name, then the default.
    terminal.keys("web\t\tred\t\t\t ");
    terminal.wait_for("default_host = \"web\"");
    terminal.keys("\x13");
    terminal.wait_for("Saved web");
    let written = format!("default_host = \"web\"\n[[hosts]]\nname = \"web\"\nurl = \"{web}\"\ncolor = \"red\"\n");
    assert_eq!(std::fs::read_to_string(&file).expect("the file"), written);
    assert_eq!(mode(&file), 0o600);

    terminal.keys("0");
    terminal.wait_for("╭ Hosts");
    terminal.keys("/nas\r");
    is_selected(&mut terminal, "nas");
    terminal.keys("i");
    terminal.wait_for("Import host nas");
    terminal.wait_for("nas is not saved yet: it comes from ~/.ssh/config.");
    terminal.keys("\x13");
    terminal.wait_for("Saved nas");
    let written = format!("{written}\n[[hosts]]\nname = \"nas\"\nurl = \"ssh://nas\"\n");
    assert_eq!(std::fs::read_to_string(&file).expect("the file"), written);
    terminal.keys("\x03");
    assert_eq!(terminal.ended(), 0);

    // It is what the next run opens when nothing names another.
    let output = Command::new(program()).arg("check").env_clear().envs(variables).output().expect("the program");
    let check = String::from_utf8(output.stdout).expect("text");
    assert!(check.contains(&web), "{check}");
}
