//! Which dialer reaches an endpoint.

use crate::demo::DemoEngine;
use crate::domain::Endpoint;
use crate::engine::Dialer;
use std::sync::Arc;

/// How to open a stream to an endpoint. A demo endpoint without a demo engine cannot be reached.
pub(super) fn dialer(endpoint: &Endpoint, demo: Option<&DemoEngine>) -> Option<Dialer> {
    match endpoint {
        Endpoint::Unix(path) => Some(Dialer::Unix(path.clone())),
        Endpoint::Tcp { host, port } => Some(Dialer::Tcp { host: host.clone(), port: *port }),
        Endpoint::Demo => {
            let demo = demo?.clone();
            Some(Dialer::Memory(Arc::new(move || demo.dial())))
        }
    }
}
