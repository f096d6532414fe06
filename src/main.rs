//! Arguments in, exit code out.

use dockerui_tui::app::reference;
use dockerui_tui::cli::{self, CliOutcome, Texts};
use dockerui_tui::config::Environment;
use std::io::{stderr, stdout};
use std::process::ExitCode;

fn main() -> ExitCode {
    let environment = Environment::capture();
    let outcome = cli::run(
        std::env::args_os(),
        &environment,
        Texts {
            keys: reference::keys_text,
            keys_markdown: reference::key_table_markdown,
            commands_roff: reference::commands_roff,
        },
        &mut stdout().lock(),
        &mut stderr().lock(),
    );
    match outcome {
        CliOutcome::Exit(code) => ExitCode::from(code),
        CliOutcome::RunUi(_startup) => ExitCode::SUCCESS,
    }
}
