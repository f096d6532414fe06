//! Arguments in, exit code out.

use dockerui_tui::app::{keymap, reference};
use dockerui_tui::cli::{self, CliOutcome, Startup, Texts};
use dockerui_tui::config::Environment;
use dockerui_tui::runtime;
use std::io::{ErrorKind, Write, stderr, stdout};
use std::process::ExitCode;

fn main() -> ExitCode {
    let environment = Environment::capture();
    let texts = Texts {
        keys: reference::keys_text,
        keys_markdown: reference::key_table_markdown,
        operations: reference::operations::table_markdown,
        commands_roff: reference::commands_roff,
    };
    let outcome = cli::run(std::env::args_os(), &environment, texts, &mut stdout().lock(), &mut stderr().lock());
    match outcome {
        CliOutcome::Exit(code) => ExitCode::from(code),
        CliOutcome::Ask(question) => match runtime::ask(*question, &mut stdout().lock(), &mut stderr().lock()) {
            Ok(status) => ExitCode::from(status),
            // `| head` has read what it wanted.
            Err(error) if error.kind() == ErrorKind::BrokenPipe => ExitCode::SUCCESS,
            Err(error) => {
                let _ = writeln!(stderr(), "dockerui-tui: {error}.");
                ExitCode::FAILURE
            }
        },
        CliOutcome::RunUi(startup) => match open(*startup) {
            Ok(()) => ExitCode::SUCCESS,
            Err(mistakes) => {
                // If even that cannot be said, there is nobody to say it to.
                let _ = stderr().write_all(mistakes.as_bytes());
                ExitCode::FAILURE
            }
        },
    }
}

/// Runs the screen to its end; `Err` is what to tell, whole lines.
fn open(startup: Startup) -> Result<(), String> {
    let keymap = keymap::from_settings(&startup.settings)
        .map_err(|mistakes| mistakes.iter().map(|mistake| format!("{mistake}\n")).collect::<String>())?;
    runtime::start(startup, keymap).map_err(|error| format!("dockerui-tui: {error}\n"))
}
