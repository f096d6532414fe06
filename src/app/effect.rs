//! What `update` wants done, and what should be running: data that the runtime turns into tasks.

use super::console::SessionId;
use super::detail::log_pages::PageAsk;
use super::detail::log_sieve::Sieve;
use super::detail::log_survey::SurveyAsk;
use super::image_asks::ImageAsk;
use super::msg::{DetailKey, JobId, Order, TemplateUse, TrialId};
use super::sampling::Round;
use crate::config::HostProfile;
use crate::config::edit::ProfileEdit;
use crate::domain::{
    ContainerId, Endpoint, EventSpan, ExecSpec, FilePath, FileRoot, FileSpot, HostId, LogQuery, LogSave, RawRequest,
    RegistryPath, TlsPart,
};
use std::time::Duration;

/// One thing to do now. Its answer, where it has one, is a message.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    Quit,
    /// Give the terminal back to the shell until it continues us (`Ctrl-z`).
    Suspend,
    /// Forget what is on the terminal and draw all of it.
    Redraw,
    Fetch {
        host: HostId,
        fetch: Fetch,
    },
    /// Sample the stats of some containers.
    Sample {
        host: HostId,
        round: Round,
    },
    Perform {
        host: HostId,
        order: Order,
    },
    /// Drop a running request's connection; the engine may still finish it.
    Cancel(JobId),
    /// Hand the terminal to a session in a container.
    Console {
        host: HostId,
        container: ContainerId,
        session: Session,
    },
    /// Open a session that is shown in a pane of that many columns and rows.
    OpenSession {
        host: HostId,
        container: ContainerId,
        id: SessionId,
        session: Session,
        size: (u16, u16),
    },
    /// Something for a session in a pane.
    ToSession {
        id: SessionId,
        order: SessionOrder,
    },
    /// Write lines of a log to a private file, which ends with it, and hand the terminal to a program that shows it.
    Read {
        host: HostId,
        save: Box<LogSave>,
        tool: Tool,
    },
    /// Hand the terminal to the user's editor with a file of a container or volume.
    EditFile {
        host: HostId,
        spot: FileSpot,
    },
    /// Hand the terminal to ssh, which asks there what it has to ask to log in to a host.
    Login(HostId),
    /// Read a container's configuration for one of the uses.
    Template {
        host: HostId,
        container: ContainerId,
        purpose: TemplateUse,
    },
    /// Put text on the clipboard of the user's terminal (OSC 52).
    Copy(String),
    /// Open an address in the browser of the machine the program runs on.
    Browse(String),
    ReadFile(String),
    /// Read the end of the audit log.
    ReadAudit,
    /// Try to connect at once, whatever the backoff says.
    ConnectNow(HostId),
    /// Change the saved hosts.
    EditProfiles(ProfileEdit),
    /// Say whether a file of certificates can be used; `~/` is the user's home.
    LookAtFile {
        part: TlsPart,
        path: String,
    },
    /// Say what there is to build from in a folder, and which folders begin as it does.
    LookAtContext {
        folder: String,
        dockerfile: String,
    },
    /// Connect to a host step by step and tell each step.
    Try {
        trial: TrialId,
        tried: Tried,
    },
    /// Nobody waits for a trial any more.
    EndTrial(TrialId),
}

/// A program of the user's that shows a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tool {
    /// `$PAGER`, else less.
    Pager,
    /// `$VISUAL` or `$EDITOR`, else vi.
    Editor,
}

/// A host to connect to on trial.
#[derive(Clone, Debug, PartialEq)]
pub enum Tried {
    /// As it is typed, not saved.
    Typed(Box<HostProfile>),
    Known(HostId, Endpoint),
}

/// What to ask of an engine once.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Fetch {
    Facts,
    Containers,
    Images,
    Volumes,
    Networks,
    /// Which there are; how each answers follows.
    Registries,
    /// What lies in a place of a registry, from `after` on.
    RegistryPage {
        path: RegistryPath,
        after: Option<Box<str>>,
    },
    /// What happened before the stream of events began.
    Events(EventSpan),
    DiskUse,
    /// What a plugin of a registry wants to be allowed.
    Privileges {
        reference: String,
    },
    VolumeSizes,
    /// Whether a container that was killed then had run out of memory: Podman has no event for that.
    Ending {
        container: ContainerId,
        /// Nanoseconds since the Unix epoch, the engine's clock.
        at: i64,
    },
    Detail(DetailKey),
    /// Something about images that is asked on demand.
    About(ImageAsk),
    /// What is at a path, links followed: a folder to go to, or the beginning of a file to show.
    OpenFile {
        root: FileRoot,
        path: FilePath,
        /// A process may be started in the container.
        inside: bool,
    },
}

/// A session in a container: it takes over the whole terminal, or is shown in a pane.
#[derive(Clone, Debug, PartialEq)]
pub enum Session {
    /// The shell remembered for the image, else bash, else sh.
    Shell {
        remembered: Option<String>,
    },
    Exec(ExecSpec),
    Attach {
        tty: Option<bool>,
    },
    /// A shell of another image beside the container, sharing its processes and its network.
    Helper {
        image: String,
    },
}

/// What a session in a pane is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SessionOrder {
    /// What was typed, as a terminal would send it.
    Type(Vec<u8>),
    Resize {
        columns: u16,
        rows: u16,
    },
    /// End the process politely; what runs on after a moment is hung up on.
    Close,
}

/// Something that runs for as long as the state wants it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Subscription {
    /// Connect, list, follow the events, and connect again after a loss, with backoff. Another revision is another address.
    Link { host: HostId, revision: u32 },
    /// Send a reading request of the API console, and tell its answer for as long as it is looked at.
    Raw { host: HostId, request: RawRequest },
    /// A beat of the clock.
    Every { beat: Beat, period: Duration },
    Logs {
        host: HostId,
        container: ContainerId,
        query: LogQuery,
        /// Only what passes is wanted.
        sieve: Option<Sieve>,
        attempt: u32,
    },
    /// Read a page of a log that is not followed.
    LogPage { host: HostId, container: ContainerId, ask: PageAsk },
    /// Look through a whole log for what is searched for.
    LogSurvey { host: HostId, container: ContainerId, ask: SurveyAsk },
    /// Ask once the selection has rested, then again at each period.
    Detail { host: HostId, key: DetailKey, period: Option<Duration> },
}

/// What a beat of the clock is for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Beat {
    /// Time on screen goes on (waiting times, ages, notices that end).
    Clock,
    Poll(HostId),
    Stats(HostId),
    /// A search in the log on screen goes on, a stretch at each beat.
    Search,
}
