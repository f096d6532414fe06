//! What is printed without a screen.

use crate::support::terminal::{Home, program};
use std::process::{Command, Output};

fn run(words: &[&str]) -> Output {
    let home = Home::new();
    Command::new(program()).args(words).env_clear().envs(home.variables()).output().expect("the program")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// What it prints when all is well: on the output alone.
fn printed(words: &[&str]) -> String {
    let output = run(words);
    assert!(output.status.success(), "{words:?}: {}", text(&output.stderr));
    assert!(output.stderr.is_empty(), "{words:?}: {}", text(&output.stderr));
    text(&output.stdout)
}

#[test]
fn version_and_help() {
    assert_eq!(printed(&["--version"]), format!("dockerui-tui {}\n", env!("CARGO_PKG_VERSION")));
    let help = printed(&["--help"]);
    for word in ["--host", "--demo", "--read-only", "completions", "config", "DOCKER_HOST"] {
        assert!(help.contains(word), "{word} in\n{help}");
    }
}

#[test]
fn completions_of_every_shell_and_the_manual() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        assert!(printed(&["completions", shell]).contains("dockerui-tui"), "{shell}");
    }
    assert!(printed(&["man"]).contains(".TH dockerui-tui"));
}

#[test]
fn the_example_configuration_is_the_file() {
    assert_eq!(printed(&["config", "example"]), include_str!("../../config.example.toml"));
    assert!(printed(&["config", "path"]).trim().ends_with("config.toml"));
    assert!(printed(&["keys"]).contains("container.stop"));
}

#[test]
fn a_host_of_no_known_name() {
    let output = run(&["--host", "nowhere"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.is_empty());
    let words = text(&output.stderr);
    assert!(words.contains("nowhere"), "{words}");
    let home = Home::new();
    let config = home.path().join("hosts.toml");
    let hosts =
        "[[hosts]]\nname = \"prod\"\nurl = \"tcp://127.0.0.1:1\"\n\n[[hosts]]\nname = \"lab\"\nurl = \"unix:///x\"\n";
    std::fs::write(&config, hosts).expect("a file");
    let output = run(&["--config", &config.display().to_string(), "--host", "nowhere"]);
    let words = text(&output.stderr);
    assert!(words.contains("prod") && words.contains("lab"), "{words}");
}

#[test]
fn a_wrong_command_line() {
    let output = run(&["--no-such-flag"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("--no-such-flag"));
    // Without a terminal there is nothing to draw on: said, not drawn.
    let output = run(&["--demo"]);
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stdout));
    assert!(output.stdout.is_empty() && text(&output.stderr).starts_with("dockerui-tui: "), "{output:?}");
}
