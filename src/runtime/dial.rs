//! Which dialer reaches an endpoint.

use crate::demo::DemoEngine;
use crate::domain::Endpoint;
use crate::engine::{Dialer, Tls};
#[cfg(unix)]
use crate::engine::{SshTarget, Tunnel};
use std::sync::Arc;

/// How to open a stream to an endpoint. A demo endpoint without a demo engine cannot be reached.
pub(super) fn dialer(endpoint: &Endpoint, demo: Option<&DemoEngine>) -> Option<Dialer> {
    match endpoint {
        Endpoint::Unix(path) => Some(Dialer::Unix(path.clone())),
        Endpoint::Tcp { host, port } => Some(Dialer::Tcp { host: host.clone(), port: *port }),
        Endpoint::Tls { host, port, identity, skip_verify } => {
            Some(Dialer::Tls(Tls::new(host.clone(), *port, identity.clone(), *skip_verify)))
        }
        #[cfg(unix)]
        Endpoint::Ssh { .. } => SshTarget::of(endpoint).map(|target| Dialer::Ssh(Tunnel::new(target))),
        #[cfg(not(unix))]
        Endpoint::Ssh { .. } => None,
        Endpoint::Demo => {
            let demo = demo?.clone();
            Some(Dialer::Memory(Arc::new(move || demo.dial())))
        }
    }
}
