//! Arguments in, exit code out.

use dockerui_tui::cli::{self, CliOutcome};
use dockerui_tui::config::Environment;
use std::io::{stderr, stdout};
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
        CliOutcome::RunUi(_startup) => ExitCode::SUCCESS,
    }
}
