//! Commands of the images.

use super::Command;
use crate::app::command::act;
use crate::app::scope::Scope;

pub static ROWS: &[Command] = &[Command {
    name: "image.remove",
    title: "Remove",
    sentence: "Removes the image, after a question.",
    scope: Scope::Images,
    keys: &["D"],
    changes: true,
    destructive: true,
    footer: 5,
    ready: act::has_image,
    run: act::remove_image,
}];
