//! The fields of the forms about plugins.

use super::ask::Ask;
use super::ask::Name;
use super::ask::Section::{Basics, Options};
use super::ask::Shape::{Line, Lines, Toggle};
use super::tables::{any, ask, checked};
use crate::domain::{check_image, parse_setting};

const SETTINGS_HINT: &str = "NAME=value, one a line: variables, NAME.source of a mount, NAME.path of a device.";

pub static INSTALL: &[Ask] = &[
    ask(Basics, Name::Reference, Line, "Plugin", "As its registry has it, such as vieux/sshfs:latest.", check_image),
    ask(Basics, Name::Start, Toggle(true), "Enable", "Start it as soon as it is installed.", any),
    ask(Options, Name::Name, Line, "Name here", "What it is called on this host; empty: its own name.", check_image),
    ask(Options, Name::Settings, Lines, "Settings", SETTINGS_HINT, |line| checked(parse_setting(line))),
];

pub static UPGRADE: &[Ask] = &[ask(
    Basics,
    Name::Reference,
    Line,
    "To",
    "The version to put in its place, as its registry has it.",
    check_image,
)];

pub static SET: &[Ask] =
    &[ask(Basics, Name::Settings, Lines, "Settings", SETTINGS_HINT, |line| checked(parse_setting(line)))];
