//! Opening a published port in the browser.

use crate::app::App;
use crate::app::columns::Tone;
use crate::app::commands::Readiness;
use crate::app::dialog::Dialog;
use crate::app::dialog::menu::{Entry, Menu};
use crate::app::effect::Effect;
use crate::app::host::Host;
use crate::app::update::Effects;
use crate::domain::Port;

/// Container ports whose servers are taken to speak TLS.
const TLS_PORTS: [u16; 2] = [443, 8443];

pub fn ready(app: &App) -> Readiness {
    super::act::has_container(app)?;
    if addresses(app.host()).is_empty() { Err("it publishes no TCP port".into()) } else { Ok(()) }
}

/// Opens the published port; asks which where there are several.
pub fn browse(app: &mut App, effects: &mut Effects) {
    let mut addresses = addresses(app.host());
    if addresses.len() < 2 {
        effects.extend(addresses.pop().map(|(_, address)| Effect::Browse(address)));
        return;
    }
    let entries = addresses.into_iter().zip('1'..='9').map(|((port, address), key)| Entry {
        label: port,
        detail: address.clone(),
        key: Some(key),
        tone: Tone::Plain,
        notice: Some(format!("Opened {address}")),
        effect: Effect::Browse(address),
    });
    let menu = Menu::new("Open in the browser", entries.collect());
    app.dialogs.push(Dialog::Menu(menu));
}

/// Each published TCP port of the selected container, as the list shows it, with its address; each address once,
/// although an engine tells of IPv4 and IPv6.
fn addresses(host: &Host) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    for port in host.selected_container().into_iter().flat_map(|row| &row.ports) {
        if let Some(address) = address(host, port)
            && !found.iter().any(|(_, known)| *known == address)
        {
            found.push((port.to_string(), address));
        }
    }
    found
}

fn address(host: &Host, port: &Port) -> Option<String> {
    let public = port.public.filter(|_| &*port.protocol == "tcp")?;
    let machine = host.endpoint.as_ref().or(host.endpoints.first())?.machine().unwrap_or("localhost");
    let bound = port.ip.as_deref().filter(|ip| !matches!(*ip, "" | "0.0.0.0" | "::" | "127.0.0.1" | "::1"));
    let name = bound.unwrap_or(machine);
    let scheme = if TLS_PORTS.contains(&port.private) { "https" } else { "http" };
    Some(if name.contains(':') {
        format!("{scheme}://[{name}]:{public}")
    } else {
        format!("{scheme}://{name}:{public}")
    })
}
