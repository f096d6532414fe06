//! The helper shell: the shell of another image beside a container that has none, sharing its processes and its network.

use super::act::has_container;
use crate::app::App;
use crate::app::commands::Readiness;
use crate::app::dialog::Dialog;
use crate::app::dialog::helper_image::HelperImage;
use crate::app::dialog::picker::Picker;
use crate::app::effect::{Effect, Fetch};
use crate::app::host::Host;
use crate::app::update::Effects;
use crate::domain::{ContainerId, Failure, State, order};

/// Images that are asked for a shell first: small ones that are made for looking around.
const LIKELY: [&str; 8] = ["busybox", "alpine", "netshoot", "toolbox", "debian", "ubuntu", "fedora", "bash"];

/// Whether the selected container can be given one.
pub fn ready(app: &App) -> Readiness {
    has_container(app)?;
    let host = app.host();
    runs(host, host.selected_container().map(|row| &row.id))
}

/// Whether the container of the session on top can be given one.
pub fn ready_for_session(app: &App) -> Readiness {
    super::console::has_session(app)?;
    let host = app.host();
    runs(host, host.consoles.active().map(|session| &session.container))
}

fn runs(host: &Host, container: Option<&ContainerId>) -> Readiness {
    match container.and_then(|id| host.container(id)).map(|row| &row.state) {
        Some(State::Running) => Ok(()),
        _ => Err("its container does not run".into()),
    }
}

pub fn open(app: &mut App, effects: &mut Effects) {
    let container = app.host().selected_container().map(|row| row.id.clone());
    choose(app, container, effects);
}

pub fn open_for_session(app: &mut App, effects: &mut Effects) {
    let container = app.host().consoles.active().map(|session| session.container.clone());
    choose(app, container, effects);
}

/// Lets the image be chosen from those that are present; where they are not known yet, they are asked for.
fn choose(app: &mut App, container: Option<ContainerId>, effects: &mut Effects) {
    let host = app.host_mut();
    let Some(container) = container else { return };
    let is_known = host.images.fresh.at.is_some();
    if !is_known && host.images.fresh.refresh.ask() {
        effects.push(Effect::Fetch { host: host.id.clone(), fetch: Fetch::Images });
    }
    app.dialogs.push(Dialog::HelperImage(HelperImage { container, images: None, picker: Picker::default() }));
    if is_known {
        offer(app, None);
    }
}

/// The images of the host on screen are known, or why not: the dialog that waits for them offers them.
pub fn offer(app: &mut App, failure: Option<&Failure>) {
    let waits = |dialog: &Dialog| matches!(dialog, Dialog::HelperImage(HelperImage { images: None, .. }));
    let Some(place) = app.dialogs.iter().position(waits) else { return };
    let Some(Dialog::HelperImage(HelperImage { container, .. })) = app.dialogs.get(place) else { return };
    let (now, offered) = (app.now, offered(app.host(), container));
    let refuse = |app: &mut App| app.dialogs.truncate(place);
    match failure {
        Some(failure) => {
            refuse(app);
            app.notices.fail(now, "The images", failure);
        }
        None if offered.is_empty() => {
            refuse(app);
            app.notices.warn(now, "There is no other image on this host: pull one with a shell, such as busybox");
        }
        None => {
            if let Some(Dialog::HelperImage(dialog)) = app.dialogs.get_mut(place) {
                dialog.images = Some(offered);
            }
        }
    }
}

/// References and sizes of the images that may have a shell, the likeliest first.
fn offered(host: &Host, container: &ContainerId) -> Vec<(String, u64)> {
    let own = host.container(container).map(|row| row.image_id.clone());
    let mut images: Vec<_> =
        host.images.rows.iter().filter(|image| !image.tags.is_empty() && Some(&image.id) != own.as_ref()).collect();
    order::sort_by_key(&mut images, |image| (likeliness(image.title()), image.size));
    images.iter().map(|image| (image.title().to_owned(), image.size)).collect()
}

/// The place among the likely ones, those without a known name last.
fn likeliness(title: &str) -> usize {
    let name = title.split(':').next().unwrap_or(title);
    let name = name.rsplit('/').next().unwrap_or(name);
    LIKELY.iter().position(|likely| name == *likely).unwrap_or(LIKELY.len())
}
