//! Commands that hand the terminal to a session in a container.

use crate::app::App;
use crate::app::effect::{Effect, Session};
use crate::app::update::Effects;

/// A shell: the one that was found in the image before, else whichever is there.
pub fn shell(app: &mut App, effects: &mut Effects) {
    let host = app.host();
    let Some(row) = host.selected_container() else { return };
    let remembered = host.shells.get(&row.image_id).cloned();
    effects.push(Effect::Console {
        host: host.id.clone(),
        container: row.id.clone(),
        session: Session::Shell { remembered },
    });
}

/// The container's own first process.
pub fn attach(app: &mut App, effects: &mut Effects) {
    let host = app.host();
    let Some(row) = host.selected_container() else { return };
    // A list does not tell whether it has a terminal: the runtime asks.
    let session = Session::Attach { tty: None };
    effects.push(Effect::Console { host: host.id.clone(), container: row.id.clone(), session });
}
