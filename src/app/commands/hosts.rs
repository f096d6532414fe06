//! Commands of the Hosts view.

use super::{BASE, Command};
use crate::app::command::hosts;
use crate::app::scope::Scope;

pub static ROWS: &[Command] = &[Command {
    name: "host.switch",
    title: "Switch",
    sentence: "Shows the selected host, connecting to it where it is not; the one that was on screen stays connected.",
    scope: Scope::Hosts,
    keys: &["Enter"],
    footer: 9,
    ready: hosts::can_switch,
    run: hosts::switch,
    ..BASE
}];
