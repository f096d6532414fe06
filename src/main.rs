//! Arguments in, exit code out.

use dockerui_tui::app::keymap::Keymap;
use dockerui_tui::cli::{self, CliOutcome};
use dockerui_tui::config::Environment;
use dockerui_tui::runtime;
use std::io::{Write, stderr, stdout};
use std::process::ExitCode;

fn main() -> ExitCode {
    let environment = Environment::capture();
    let outcome = cli::run(
        std::env::args_os(),
        &environment,
        |_settings| Ok(String::new()),
        &mut stdout().lock(),
        &mut stderr().lock(),
    );
    match outcome {
        CliOutcome::Exit(code) => ExitCode::from(code),
        CliOutcome::RunUi(startup) => {
            let keymap = Keymap::new(&[]).unwrap_or_default();
            match runtime::start(*startup, keymap) {
                Ok(()) => ExitCode::SUCCESS,
                Err(error) => {
                    let _ = writeln!(stderr(), "dockerui-tui: {error}");
                    ExitCode::FAILURE
                }
            }
        }
    }
}
