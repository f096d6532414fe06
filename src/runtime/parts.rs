//! What the loop is given: everything that is different in a terminal, in a test and in a bench.

use super::audit::AuditLog;
use super::clock::Clock;
use super::profiles::Profiles;
use super::terminal::Seat;
use crate::app::App;
use crate::demo::DemoEngine;
use crate::domain::HostId;
use crate::ui;
use std::collections::HashMap;
use tokio::runtime::Handle;

/// Everything the loop needs from outside.
pub struct Parts<B, F, I> {
    pub app: App,
    pub clock: Clock,
    pub backend: B,
    /// Opens the stream of terminal events; called again after the terminal was given away.
    pub open_input: F,
    /// Makes a stream read no further; what it has read already still comes.
    pub close_input: fn(&mut I),
    pub seat: Seat,
    /// Where engine I/O runs.
    pub engines: Handle,
    /// Embedded engines, by the host that they answer for; others are started when they are first wanted.
    pub demos: HashMap<HostId, DemoEngine>,
    pub audit: Option<AuditLog>,
    /// Where hosts are saved.
    pub profiles: Profiles,
    pub theme: ui::Theme,
}

impl<B, F, I> std::fmt::Debug for Parts<B, F, I> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Parts").finish_non_exhaustive()
    }
}
