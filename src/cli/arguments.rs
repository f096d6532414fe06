//! The command line: flags and subcommands.

use clap::builder::styling::Styles;
use clap::{Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use std::path::PathBuf;

const AFTER_HELP: &str = "\
Without --host, the engine is that of DOCKER_HOST, else of DOCKER_CONTEXT, else
the default_host of the config file, else Docker's current context, else the
first known socket that answers.

Environment:
  DOCKER_HOST      the address of the engine; DOCKER_TLS_VERIFY and
                   DOCKER_CERT_PATH as for docker
  DOCKER_API_VERSION  the version of the API to speak, as for docker
  DOCKER_CONTEXT   the Docker context to use
  DOCKERUI_CONFIG  the config file
  DOCKERUI_THEME   the theme
  NO_COLOR         when set, the theme is mono";

/// Every Docker host you run, from one terminal.
#[derive(Debug, Parser)]
#[command(
    name = "dockerui-tui",
    version,
    about,
    // Fixed, so that the text is the same whatever terminal it is made for.
    term_width = 80,
    styles = Styles::plain(),
    after_help = AFTER_HELP,
    subcommand_negates_reqs = true
)]
pub struct Arguments {
    /// The engine to open: a host's name (config file, Docker context, ~/.ssh/config), or an address (unix:///path, tcp://host:port, https://host:port, ssh://user@host)
    #[arg(short = 'H', long, value_name = "NAME|URL", global = true)]
    pub host: Option<String>,

    /// The config file to read instead of the usual one
    #[arg(long, value_name = "FILE", global = true)]
    pub config: Option<PathBuf>,

    /// How to colour the screen: auto, dark, light, ansi, mono, or a file of yours in themes/
    #[arg(long, value_name = "NAME", global = true)]
    pub theme: Option<String>,

    /// The keys to start from: default, lazydocker, k9s
    #[arg(long, value_name = "NAME", global = true)]
    pub keys_preset: Option<String>,

    /// Open an engine that lives in this program's memory, to try everything without harm
    #[arg(long, conflicts_with = "host")]
    pub demo: bool,

    /// How many containers the demo has
    #[arg(long, value_name = "N", requires = "demo", hide = true, value_parser = clap::value_parser!(u32).range(0..=100_000))]
    pub demo_containers: Option<u32>,

    /// Refuse everything that would change something
    #[arg(long)]
    pub read_only: bool,

    /// How much to write to the log
    #[arg(long, value_name = "LEVEL", value_enum, default_value_t = LogLevel::Info)]
    pub log_level: LogLevel,

    /// Where to write the log instead of the state folder
    #[arg(long, value_name = "FILE")]
    pub log_file: Option<PathBuf>,

    #[command(subcommand)]
    pub command: Option<Command>,
}

/// How much goes to the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogLevel {
    Off,
    Error,
    Warn,
    Info,
    Debug,
    Trace,
}

/// What prints something instead of opening the screen.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Print a host's containers
    Ps {
        /// Also those that do not run
        #[arg(short, long)]
        all: bool,
        /// Of every host: profiles, Docker contexts and known sockets
        #[arg(long, conflicts_with = "host")]
        all_hosts: bool,
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// Print every host that is known, with its state
    Hosts {
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// Connect to a host step by step, and say what fails and what to do about it
    Check {
        /// Its name or address; else the one that would be opened
        #[arg(value_name = "HOST")]
        name: Option<String>,
    },
    /// Print what a shell needs to complete this command's arguments
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Print the manual page, for man(1)
    Man,
    /// Make, find, show or check the config file
    Config {
        #[command(subcommand)]
        command: ConfigCommand,
    },
    /// Print every command with its keys, as they are after the preset and your changes
    Keys {
        /// Print the default keys as the README has them
        #[arg(long, hide = true)]
        markdown: bool,
    },
    /// Print every operation of the Engine API, and where it is in this program (Markdown)
    Operations,
}

#[derive(Clone, Copy, Debug, Subcommand)]
pub enum ConfigCommand {
    /// Write a config file with every setting explained; one that exists is left alone
    Init,
    /// Print where the config file is looked for
    Path,
    /// Print a config file with every setting at its default
    Example,
    /// Look for mistakes in the config file, the theme and the keys
    Check,
}
