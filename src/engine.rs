//! The engine's end of the program: the only code that speaks HTTP to Docker or Podman and that names bollard.
//!
//! [`Engine`] is a cheap handle: a pooled client, the negotiated version, deadlines. It runs on whatever tokio runtime
//! it is used on, in production a current-thread one in a thread of its own ([`EngineThread`]): there streams are three
//! times as fast as on a multi-thread runtime.
//!
//! bollard carries the plain calls, over our own connector. What it gets wrong (streams, lists of unknown words,
//! versions, timeouts) is done by our own small request code over the same connector. Whatever an engine answers is
//! read leniently and turned into `domain` types here; no type of the client library leaves this module.

mod body;
mod build;
mod call;
mod console;
mod containers;
mod credentials;
mod demultiplex;
mod dial;
mod direct;
mod disk;
mod events;
mod facts;
mod failure;
mod files;
mod heard;
mod hijack;
mod image_files;
mod image_search;
mod image_sizes;
mod images;
mod inspect;
mod json_list;
mod json_stream;
mod lenient;
mod log_lines;
mod logs;
mod owner;
mod perform;
mod platforms;
mod plugins;
mod pool;
mod pull;
mod push;
mod raw;
mod registry;
mod registry_words;
mod resources;
mod socket;
mod stats;
mod step_message;
mod steps;
mod thread;
mod time;
mod tls;
#[cfg(unix)]
mod tunnel;
mod volume_files;
mod volume_helper;
mod volume_root;
mod volume_sizes;
mod wire;
mod witness;

#[cfg(test)]
mod canned;

pub use body::ByteStream;
pub use console::{Console, ConsoleControl, ConsoleInput, ConsoleOutput, HangUp, Helper};
pub use containers::Listed;
pub use credentials::{Credentials, WriteFile};
pub use demultiplex::Demultiplexer;
pub use dial::Dialer;
pub use direct::DirectBody;
pub use files::{EMPTY as EMPTY_ARCHIVE, FileDoor, TarReader, TarWriter, reader as tar_reader, writer as tar_writer};
pub use inspect::ContainerRun;
pub use log_lines::LogLines;
pub use registry::Registries;
pub use socket::Socket;
pub use thread::EngineThread;
pub use tls::Tls;
#[cfg(unix)]
pub use tunnel::{SshTarget, Tunnel, interactive_command};
pub use volume_files::ArchiveEnd;
pub use volume_helper::{Access, VolumeHelper};
pub use witness::Witness;

use crate::domain::{ApiVersion, Exchange};
use call::Wait;
use std::sync::Arc;
use std::sync::atomic::AtomicU32;
use std::time::Duration;
use tokio::sync::mpsc::Sender;
use tokio::time::Instant;

/// A handle to one engine. Clones share the pool and what was negotiated.
#[derive(Clone, Debug)]
pub struct Engine {
    dialer: Dialer,
    pool: pool::Pool,
    /// The version spoken, `major << 16 | minor`; 0 before the first answer.
    spoken: Arc<AtomicU32>,
    deadlines: Deadlines,
    heard: heard::Heard,
    /// The version was given, not negotiated.
    is_pinned: bool,
    observer: Option<Sender<Exchange>>,
    /// What registries are told who asks, when the engine pulls and pushes.
    credentials: Credentials,
    witness: Witness,
}

/// How long to wait for what. Streams, once open, have no deadline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deadlines {
    /// Opening a connection.
    pub connect: Duration,
    /// The head of the answer to a question, and any pause in its body.
    pub answer: Duration,
    /// The head of the answer to an act: removing a big container or starting one with many mounts takes its time.
    pub act: Duration,
}

impl Default for Deadlines {
    fn default() -> Self {
        Self { connect: Duration::from_secs(5), answer: Duration::from_secs(30), act: Duration::from_secs(120) }
    }
}

impl Deadlines {
    fn of(&self, wait: Wait) -> Option<Duration> {
        match wait {
            Wait::Answer => Some(self.answer),
            Wait::Act => Some(self.act),
            Wait::ActAfter(told) => Some(self.act.saturating_add(told)),
            Wait::Forever => None,
        }
    }
}

impl Engine {
    /// Makes the handle; nothing is opened or sent yet.
    pub fn new(dialer: Dialer) -> Self {
        Self::with_deadlines(dialer, Deadlines::default())
    }

    /// As [`Engine::new`], with other deadlines.
    pub fn with_deadlines(dialer: Dialer, deadlines: Deadlines) -> Self {
        let dialer = dialer.afresh();
        let heard = heard::Heard::new();
        Self {
            pool: pool::pool(dialer.clone(), deadlines.connect, heard.clone()),
            dialer,
            spoken: Arc::new(AtomicU32::new(0)),
            deadlines,
            heard,
            is_pinned: false,
            observer: None,
            credentials: Credentials::none(),
            witness: Witness::default(),
        }
    }

    /// Speaks this version of the API and no other.
    #[must_use]
    pub fn pinned(mut self, api: Option<ApiVersion>) -> Self {
        if let Some(api) = api {
            self.set_api(api);
            self.is_pinned = true;
        }
        self
    }

    /// Tells `witness` of helper containers and of hang-ups from now on.
    #[must_use]
    pub fn witnessed(mut self, witness: Witness) -> Self {
        self.witness = witness;
        self
    }

    /// When something last came from it, over whichever connection.
    pub fn heard_at(&self) -> Instant {
        self.heard.at()
    }

    /// Tells every request and its outcome to `observer` from now on; what it has no room for is left out.
    #[must_use]
    pub fn observe(mut self, observer: Sender<Exchange>) -> Self {
        self.observer = Some(observer);
        self
    }
}
