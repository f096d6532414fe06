//! Commands of the Top tab: order and arguments of `ps`.

use crate::app::App;
use crate::app::line_input::LineInput;
use crate::app::prompt::{Prompt, Purpose};
use crate::app::update::Effects;

/// Sorts by the column `step` places on.
pub fn sort(app: &mut App, step: isize) {
    app.host_mut().detail.top.step_sort(step);
}

pub fn reverse(app: &mut App, _: &mut Effects) {
    app.host_mut().detail.top.reverse();
}

/// Opens the line that the arguments of `ps` are typed into.
pub fn arguments(app: &mut App, _: &mut Effects) {
    let before = app.host().detail.ps_arguments().to_owned();
    app.prompt = Some(Prompt { purpose: Purpose::PsArguments, input: LineInput::new(&before), before });
}
