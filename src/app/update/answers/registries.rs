//! What registries answer: which there are, how they are, what lies in them.

use crate::app::effect::{Effect, Fetch};
use crate::app::host::Host;
use crate::app::msg::{DetailData, DetailKey};
use crate::app::rows;
use crate::app::update::Effects;
use crate::app::view::View;
use crate::domain::{Failure, Registry, RegistryPage, RegistryPath, Time};
use serde_json::Value;

/// Which registries there are.
pub fn list(host: &mut Host, now: Time, answer: Result<Vec<Registry>, Failure>, effects: &mut Effects) {
    host.registries.take(now, answer);
    let root = host.registries.root_mut();
    if root.known.fresh.refresh.ended() {
        effects.push(Effect::Fetch { host: host.id.clone(), fetch: Fetch::Registries });
    }
    // What is shown of one tells its login as well.
    if let Some(key @ DetailKey::Registry(_)) = host.detail.wanted() {
        effects.push(Effect::Fetch { host: host.id.clone(), fetch: Fetch::Detail(key) });
    }
    rows::renew(host, View::Registries);
}

/// What lies in a place of one; who has left it meanwhile asks anew when coming back.
pub fn page(
    host: &mut Host,
    now: Time,
    path: &RegistryPath,
    after: Option<&str>,
    page: Result<RegistryPage, Failure>,
    effects: &mut Effects,
) {
    if !host.registries.take_page(now, path, after, page) {
        return;
    }
    if after.is_none()
        && let Some(level) = host.registries.level_mut(path)
        && level.known.fresh.refresh.ended()
    {
        let fetch = Fetch::RegistryPage { path: path.clone(), after: None };
        effects.push(Effect::Fetch { host: host.id.clone(), fetch });
    }
    rows::renew(host, View::Registries);
}

/// What is known of an image once it was looked at belongs to its row as well.
pub fn note(host: &mut Host, key: &DetailKey, answer: &Result<DetailData, Failure>) {
    if let (DetailKey::RegistryImage(path), Ok(DetailData::Json(told))) = (key, answer)
        && let Some(digest) = told.get("Digest").and_then(Value::as_str)
    {
        host.registries.note_image(path, digest, told.get("Size").and_then(Value::as_u64));
        rows::renew(host, View::Registries);
    }
}
