//! What each command line prints, and what it starts.

use super::*;
use crate::config::{HostChoice, Role};
use pretty_assertions::assert_eq;
use std::path::{Path, PathBuf};

struct Told {
    outcome: CliOutcome,
    out: String,
    err: String,
}

impl Told {
    fn code(&self) -> u8 {
        match self.outcome {
            CliOutcome::Exit(code) => code,
            CliOutcome::RunUi(_) => panic!("the screen would open"),
            CliOutcome::Ask(_) => panic!("engines would be asked"),
        }
    }

    fn startup(self) -> Startup {
        match self.outcome {
            CliOutcome::RunUi(startup) => *startup,
            CliOutcome::Exit(code) => panic!("ended with {code}: {}", self.err),
            CliOutcome::Ask(_) => panic!("engines would be asked"),
        }
    }

    fn question(self) -> Question {
        match self.outcome {
            CliOutcome::Ask(question) => *question,
            CliOutcome::Exit(code) => panic!("ended with {code}: {}", self.err),
            CliOutcome::RunUi(_) => panic!("the screen would open"),
        }
    }
}

fn words(line: &str) -> impl Iterator<Item = OsString> {
    ["dockerui-tui"].into_iter().chain(line.split_whitespace()).map(OsString::from).collect::<Vec<_>>().into_iter()
}

fn keys_text(settings: &Settings) -> Result<String, Vec<ConfigError>> {
    match settings.keys.iter().find(|keys| keys.command == "container.fly") {
        Some(wrong) => Err(vec![ConfigError::new("c", "There is no command “container.fly”.").at(wrong.place)]),
        None => Ok(format!("keys of {}\n", settings.keys_preset)),
    }
}

const TEXTS: Texts = Texts {
    keys: keys_text,
    keys_markdown: || "| `s` |\n".to_owned(),
    operations: String::new,
    commands_roff: || ".SH COMMANDS\n".to_owned(),
};

fn run_in(environment: &Environment, line: &str) -> Told {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let outcome = run(words(line), environment, TEXTS, &mut out, &mut err);
    Told { outcome, out: String::from_utf8(out).unwrap(), err: String::from_utf8(err).unwrap() }
}

fn run_plain(line: &str) -> Told {
    run_in(&Environment { config_dir: Some("/nowhere".into()), ..Environment::default() }, line)
}

/// A folder of its own for one test, gone at its end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("dockerui-cli-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn environment(&self) -> Environment {
        Environment {
            config_dir: Some(self.0.clone()),
            state_dir: Some(self.0.join("state")),
            ..Environment::default()
        }
    }

    fn write(&self, name: &str, text: &str) {
        config::edit::write_file(&self.0.join(name), text).unwrap();
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[test]
fn help_says_what_there_is() {
    insta::assert_snapshot!(run_plain("--help").out);
    insta::assert_snapshot!("config_help", run_plain("config --help").out);
}

#[test]
fn the_version_is_the_crates() {
    let told = run_plain("--version");
    assert_eq!((told.out.as_str(), told.code()), (concat!("dockerui-tui ", env!("CARGO_PKG_VERSION"), "\n"), 0));
}

#[test]
fn the_manual_page_is_what_it_was() {
    let page = run_plain("man").out.replace(env!("CARGO_PKG_VERSION"), "VERSION");
    insta::assert_snapshot!(page);
}

#[test]
fn every_shell_is_completed() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let told = run_plain(&format!("completions {shell}"));
        assert!(told.out.contains("keys-preset") && told.code() == 0, "{shell}");
    }
    assert_eq!(run_plain("completions tcsh").code(), 2);
}

#[test]
fn a_wrong_command_line_is_told_on_the_error_output() {
    let told = run_plain("--colour");
    assert_eq!((told.code(), told.out.as_str()), (2, ""));
    assert!(told.err.contains("--colour"));
    assert_eq!(run_plain("--demo -H local").code(), 2);
    assert_eq!(
        run_plain("--keys-preset vim").err,
        "dockerui-tui: --keys-preset must be one of default, lazydocker, k9s.\n"
    );
}

#[test]
fn the_config_file_is_made_once_and_found_right() {
    let folder = Folder::new("init");
    let environment = folder.environment();
    let path = folder.0.join("config.toml");
    assert_eq!(run_in(&environment, "config path").out, format!("{}\n", path.display()));
    assert!(run_in(&environment, "config check").out.contains("does not exist"));
    assert_eq!(run_in(&environment, "config init").code(), 0);
    assert_eq!(std::fs::read_to_string(&path).unwrap(), config::EXAMPLE);
    let again = run_in(&environment, "config init");
    assert_eq!((again.code(), again.out.as_str()), (1, ""));
    assert!(run_in(&environment, "config check").out.ends_with("config.toml: no mistakes\n"));
    assert_eq!(run_in(&environment, "config example").out, config::EXAMPLE);
}

#[test]
fn mistakes_are_told_with_their_lines_and_nothing_starts() {
    let folder = Folder::new("check");
    folder.write("config.toml", "thme = \"dark\"\n");
    for line in ["", "keys", "config check"] {
        let told = run_in(&folder.environment(), line);
        assert_eq!(told.code(), 1);
        assert!(
            told.err.ends_with("config.toml:1:1: There is no setting “thme”. Did you mean “theme”?\n"),
            "{}",
            told.err
        );
    }
    folder.write("config.toml", "default_host = \"gone\"\n");
    assert!(
        run_in(&folder.environment(), "config check").err.contains("default_host: There is no host called “gone”.")
    );
    folder.write("config.toml", "theme = \"drak\"\n[keys]\n\"container.fly\" = \"f\"\n");
    let told = run_in(&folder.environment(), "config check");
    assert!(
        told.err.contains("Did you mean “dark”?") && told.err.contains("c:3:1: There is no command"),
        "{}",
        told.err
    );
    let named = run_in(&folder.environment(), "--config /nowhere/c.toml");
    assert!(named.err.starts_with("/nowhere/c.toml: The file cannot be read"), "{}", named.err);
}

#[test]
fn keys_are_those_of_the_preset() {
    assert_eq!(run_plain("keys").out, "keys of default\n");
    assert_eq!(run_plain("keys --keys-preset k9s").out, "keys of k9s\n");
}

#[test]
fn the_screen_starts_with_what_the_layers_say() {
    let folder = Folder::new("start");
    let host = "[[hosts]]\nname = \"a\"\nurl = \"/a.sock\"\nread_only = true\n";
    folder.write("config.toml", &format!("theme = \"dark\"\nmouse = false\n{host}"));
    folder.write("themes/mine.toml", "text = { fg = \"red\" }\n");
    let startup = run_in(&folder.environment(), "--theme mine -H a --log-level debug").startup();
    assert!(matches!(&startup.host, HostChoice::Profile { profile, .. } if profile.name == "a"));
    assert_eq!((startup.read_only, startup.settings.mouse, startup.demo), (false, false, None));
    assert!(startup.host.profile().is_some_and(|profile| profile.read_only));
    let red = config::StyleSpec { fg: Some(config::ColorSpec::Name("red")), ..Default::default() };
    assert_eq!((startup.theme.style(Role::Text), startup.log_level), (red, LogLevel::Debug));
    assert!(startup.theme.style(Role::Selection).reverse, "what a theme leaves out is taken from ansi");
    assert_eq!(startup.log_file, folder.0.join("state/dockerui-tui.log"));
    let startup = run_in(&folder.environment(), "--read-only --log-file x.log").startup();
    assert!(startup.read_only && matches!(startup.host, HostChoice::Discover(_)));
    assert_eq!(startup.log_file, Path::new("x.log"));
}

#[test]
fn the_demo_is_asked_for_by_flag_or_address() {
    assert_eq!(run_plain("--demo").startup().demo, Some(0));
    assert_eq!(run_plain("-H demo://").startup().demo, Some(0));
    assert_eq!(run_plain("--demo --demo-containers 200").startup().demo, Some(200));
    assert_eq!(run_plain("--demo-containers 200").code(), 2);
}

#[test]
fn a_host_that_nobody_knows_starts_nothing() {
    let told = run_plain("-H prod");
    assert_eq!(told.code(), 1);
    assert!(told.err.starts_with("dockerui-tui: There is no host called “prod”. Known hosts: local,"), "{}", told.err);
}

#[test]
fn engines_are_asked_of_the_hosts_that_are_meant() {
    let folder = Folder::new("ask");
    folder.write(
        "config.toml",
        "[[hosts]]\nname = \"a\"\nurl = \"/a.sock\"\n[[hosts]]\nname = \"odd\"\nurl = \"x://\"\n",
    );
    let asked = |line: &str| {
        let Question { hosts, form, .. } = run_in(&folder.environment(), line).question();
        (hosts.iter().map(|host| format!("{} {}", host.name, host.reason)).collect::<Vec<_>>(), form)
    };
    assert_eq!(asked("check a"), (vec!["a asked for on the command line".to_owned()], Form::Check));
    assert_eq!(asked("check").0, ["local the first known socket that answers, as nothing names a host"]);
    assert_eq!(asked("ps -H a --json").0, ["a asked for on the command line"]);
    let (every, form) = asked("ps --all-hosts -a");
    assert_eq!(form, Form::Ps { all: true, of_all_hosts: true, json: false });
    assert_eq!(every[..2], ["a a profile", "odd a profile"]);
    // This machine may have sockets of its own.
    assert!(every[2..].iter().all(|host| host.ends_with(" discovered")), "{every:?}");
    let hosts = run_in(&folder.environment(), "hosts --json").question();
    assert!(hosts.hosts[1].candidates.is_err(), "told with the others");
    assert_eq!(run_in(&folder.environment(), "check odd").code(), 1);
    assert_eq!(run_in(&folder.environment(), "ps --all-hosts -H a").code(), 2);
}

/// Fails as a pipe does whose reader has gone.
struct BrokenPipe;

impl Write for BrokenPipe {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(ErrorKind::BrokenPipe.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_broken_pipe_is_no_failure() {
    for line in ["--help", "man", "completions bash", "completions zsh", "config example", "keys"] {
        let mut err = Vec::new();
        let outcome = run(words(line), &Environment::default(), TEXTS, &mut BrokenPipe, &mut err);
        assert!(matches!(outcome, CliOutcome::Exit(0)), "{line}");
        assert_eq!(err, b"");
    }
    let outcome = run(words("--wrong"), &Environment::default(), TEXTS, &mut BrokenPipe, &mut BrokenPipe);
    assert!(matches!(outcome, CliOutcome::Exit(0 | 2)));
}
