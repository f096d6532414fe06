//! The command line: what is printed without a screen, and what the screen is started with.

mod arguments;
mod question;
mod startup;
#[cfg(test)]
mod tests;

pub use arguments::LogLevel;
pub use question::{AskedHost, Form, Question};
pub use startup::Startup;

use crate::config::{self, ConfigError, Environment, Files, Settings};
use arguments::{Arguments, Command, ConfigCommand};
use clap::{CommandFactory, Parser};
use std::ffi::OsString;
use std::io::{self, ErrorKind, Write};

/// What is left to do after the command line was read.
#[derive(Debug)]
pub enum CliOutcome {
    /// Nothing: end with this code. 0 is success, 1 a failure that was told, 2 a wrong command line.
    Exit(u8),
    RunUi(Box<Startup>),
    /// To ask engines something, and to print it.
    Ask(Box<Question>),
}

/// Texts made of the command table, which this module does not know.
#[derive(Clone, Copy, Debug)]
pub struct Texts {
    /// What `keys` prints, or what is wrong with the user's `[keys]`.
    pub keys: fn(&Settings) -> Result<String, Vec<ConfigError>>,
    /// The README's table of keys.
    pub keys_markdown: fn() -> String,
    /// The README's table of the Engine API's operations.
    pub operations: fn() -> String,
    /// The manual page's section on commands.
    pub commands_roff: fn() -> String,
}

/// Why nothing came of it, told on the error output.
#[derive(Debug)]
enum Stop {
    Told(String),
    Mistakes(Vec<ConfigError>),
    Output(io::Error),
}

/// Reads the arguments (the program's name first) and does what can be done without a screen.
///
pub fn run(
    arguments: impl IntoIterator<Item = OsString>,
    environment: &Environment,
    texts: Texts,
    out: &mut impl Write,
    err: &mut impl Write,
) -> CliOutcome {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => return usage(&error, out, err),
    };
    let outcome = match &arguments.command {
        Some(command) => match Question::of(command, &arguments, environment) {
            Ok(Some(question)) => Ok(CliOutcome::Ask(Box::new(question))),
            Ok(None) => print(command, &arguments, environment, texts, out).map(|()| CliOutcome::Exit(0)),
            Err(stop) => Err(stop),
        },
        None => Startup::new(&arguments, environment).map(|startup| CliOutcome::RunUi(Box::new(startup))),
    };
    outcome.unwrap_or_else(|stop| CliOutcome::Exit(tell(&stop, err)))
}

/// Help and version go to the output, a wrong command line to the error output.
fn usage(error: &clap::Error, out: &mut impl Write, err: &mut impl Write) -> CliOutcome {
    let text = error.render().to_string();
    let code = u8::try_from(error.exit_code()).unwrap_or(2);
    let written = if error.use_stderr() { write_all(err, &text) } else { write_all(out, &text) };
    match written {
        Ok(()) => CliOutcome::Exit(code),
        Err(stop) => CliOutcome::Exit(tell(&stop, err)),
    }
}

fn print(
    command: &Command,
    arguments: &Arguments,
    environment: &Environment,
    texts: Texts,
    out: &mut impl Write,
) -> Result<(), Stop> {
    match command {
        Command::Completions { shell } => {
            // Into memory first: the generator panics when its output breaks.
            let mut text = Vec::new();
            clap_complete::generate(*shell, &mut Arguments::command(), "dockerui-tui", &mut text);
            write_all(out, &String::from_utf8_lossy(&text))
        }
        Command::Man => {
            let mut text = Vec::new();
            clap_mangen::Man::new(Arguments::command()).render(&mut text).map_err(Stop::Output)?;
            text.extend((texts.commands_roff)().bytes());
            write_all(out, &String::from_utf8_lossy(&text))
        }
        Command::Keys { markdown: true } => write_all(out, &(texts.keys_markdown)()),
        Command::Keys { markdown: false } => {
            let settings = startup::settings(arguments, environment, &files(arguments, environment))?;
            write_all(out, &(texts.keys)(&settings)?)
        }
        Command::Operations => write_all(out, &(texts.operations)()),
        Command::Config { command: ConfigCommand::Example } => write_all(out, config::EXAMPLE),
        Command::Config { command: ConfigCommand::Path } => {
            write_all(out, &format!("{}\n", files(arguments, environment).config.display()))
        }
        Command::Config { command: ConfigCommand::Init } => init(&files(arguments, environment), out),
        Command::Config { command: ConfigCommand::Check } => check(arguments, environment, texts, out),
        // Questions, which are for the runtime to answer.
        Command::Check { .. } | Command::Hosts { .. } | Command::Ps { .. } => Ok(()),
    }
}

fn files(arguments: &Arguments, environment: &Environment) -> Files {
    Files::locate(environment, arguments.config.clone())
}

fn init(files: &Files, out: &mut impl Write) -> Result<(), Stop> {
    let path = files.config.display();
    if files.config.exists() {
        return Err(Stop::Told(format!("{path} is there already and was left alone.")));
    }
    config::edit::write_file(&files.config, config::EXAMPLE)
        .map_err(|error| Stop::Told(format!("{path} cannot be written: {error}.")))?;
    write_all(out, &format!("Wrote {path}\n"))
}

fn check(arguments: &Arguments, environment: &Environment, texts: Texts, out: &mut impl Write) -> Result<(), Stop> {
    let files = files(arguments, environment);
    let settings = startup::settings(arguments, environment, &files)?;
    let theme = config::Theme::load(&settings.theme, &files.themes, environment);
    let mistakes: Vec<ConfigError> =
        [theme.map(drop), (texts.keys)(&settings).map(drop)].into_iter().filter_map(Result::err).flatten().collect();
    if !mistakes.is_empty() {
        return Err(Stop::Mistakes(mistakes));
    }
    // The file is in question here, not what a variable puts over it.
    let mut without_variable = environment.clone();
    without_variable.variables.remove("DOCKER_HOST");
    config::choose(&settings, arguments.host.as_deref(), &without_variable)
        .map_err(|failure| Stop::Told(failure.to_string()))?;
    let path = files.config.display();
    let sentence = if files.config.exists() {
        format!("{path}: no mistakes\n")
    } else {
        format!("{path} does not exist: everything is at its default\n")
    };
    write_all(out, &sentence)
}

fn write_all(out: &mut impl Write, text: &str) -> Result<(), Stop> {
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).map_err(Stop::Output)
}

/// Says why it stopped, and with which code to end. If even that cannot be said, there is nobody to say it to.
fn tell(stop: &Stop, err: &mut impl Write) -> u8 {
    let text = match stop {
        // `| head` has read what it wanted.
        Stop::Output(error) if error.kind() == ErrorKind::BrokenPipe => return 0,
        Stop::Output(error) => format!("dockerui-tui: the output cannot be written: {error}.\n"),
        Stop::Told(sentence) => format!("dockerui-tui: {sentence}\n"),
        Stop::Mistakes(mistakes) => mistakes.iter().map(|mistake| format!("{mistake}\n")).collect(),
    };
    let _ = err.write_all(text.as_bytes());
    1
}

impl From<Vec<ConfigError>> for Stop {
    fn from(mistakes: Vec<ConfigError>) -> Self {
        Self::Mistakes(mistakes)
    }
}
