//! Everything that can wake the program.

use super::console::{SessionEnd, SessionId};
use super::detail::log_pages::{Page, PageAsk};
use super::detail::log_survey::SurveyAsk;
use super::dialog::click::Spot;
use super::image_asks::ImageTold;
use super::logs::SurveyPart;
use super::usage::Sampled;
use crate::config::edit::ProfileEdit;
use crate::config::{HostProfile, KnownHost};
use crate::domain::{
    AuditTail, BuildNews, Container, ContainerId, DiskUse, Dockerfile, Done, Endpoint, EngineEvent, EngineFacts,
    Exchange, Failure, FileChange, FileContent, FileEdit, FileLook, FilePath, FileRoot, FileSpot, Folder, HostId,
    Image, Layer, LogChunk, Network, Platforms, Plugin, Privilege, Processes, Progress, RawPart, Registry,
    RegistryName, RegistryPage, RegistryPath, RegistryStatus, Request, Step, Time, TlsPart, Volume, VolumeName,
};
use crossterm::event::{KeyEvent, MouseEvent};
use serde_json::Value;
use std::sync::Arc;
use std::time::Duration;

/// What `update` is told. Answers carry what they answer, so that a late one can be told by comparing.
#[derive(Debug)]
pub enum Msg {
    Key(KeyEvent),
    Mouse(MouseEvent),
    /// A click on a part of what was drawn, so many columns behind its left border.
    Click(Spot, u16),
    Paste(String),
    Resize {
        width: u16,
        height: u16,
    },
    /// A signal asked the program to end (SIGTERM, SIGHUP), or the keyboard is gone.
    Terminate,
    /// A subscription to the clock is due.
    Beat(super::Beat),
    /// From or about the engine of a host.
    Host(HostId, HostMsg),
    /// A file that a form asked for was read: its path, its text.
    FileRead {
        path: String,
        text: Result<String, Failure>,
    },
    /// The end of the audit log was read.
    Audit(Result<AuditTail, Failure>),
    /// The saved hosts were changed, or not.
    ProfilesEdited {
        edit: ProfileEdit,
        result: Result<Saved, Failure>,
    },
    /// A file of certificates that a form names was looked at.
    FileLooked {
        part: TlsPart,
        path: String,
        found: Result<(), Failure>,
    },
    /// A folder that a form of a build names was looked at.
    ContextLooked {
        folder: String,
        dockerfile: String,
        seen: ContextSeen,
    },
    Trial(TrialId, TrialNews),
    /// Something the program did outside the engine went wrong (clipboard, browser, a task that died).
    Trouble(Failure),
}

/// What the config file says of hosts, read again after it was written, and all hosts there are with that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved {
    pub hosts: Vec<HostProfile>,
    pub default_host: Option<String>,
    pub roster: Vec<KnownHost>,
}

/// What there is for a build, as it is typed so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContextSeen {
    pub is_folder: bool,
    /// Folders whose path begins so.
    pub folders: Vec<String>,
    /// Paths within the folder that look like a Dockerfile's.
    pub dockerfiles: Vec<String>,
    /// The one that is named can be read.
    pub has_dockerfile: bool,
    /// `.dockerignore` names it.
    pub hides_dockerfile: bool,
    pub dockerfile: Dockerfile,
}

/// A trial of a host: unique in one run of the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TrialId(pub u64);

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TrialNews {
    Step(Step),
    /// No further step comes; a failure where the trial itself broke.
    Ended(Option<Failure>),
}

#[derive(Debug)]
pub enum HostMsg {
    /// One endpoint of the host answered with its containers: the host is live.
    Connected {
        endpoint: Endpoint,
        listed: Listed,
    },
    /// No endpoint answered, or the connection broke: each endpoint that was tried and why it failed.
    Disconnected {
        tried: Vec<(Endpoint, Failure)>,
        /// `None`: not before the user says so, or has logged in.
        retry_in: Option<Duration>,
    },
    /// The link task starts trying (again).
    Connecting,
    Facts(Result<EngineFacts, Failure>),
    Event(EngineEvent),
    /// The stream of events begins: all behind this time comes by it (nanoseconds, the engine's clock).
    EventsFrom(i64),
    /// What happened before it.
    PastEvents(Result<Vec<EngineEvent>, Failure>),
    /// A piece of the answer to a request of the API console, by its number.
    Raw(u32, RawPart),
    /// The answer is whole, or none comes.
    RawEnded(u32, Result<(), Failure>),
    /// The event stream is not to be had (a proxy refuses it); everything else goes on.
    EventsRefused(Failure),
    /// The events are followed again after a gap in which some may have been lost.
    EventsResumed,
    /// The engine was asked and says nothing at all; nothing was heard for so long.
    Silent(Duration),
    /// It is heard; how long an answer to a question that costs nothing takes.
    Heard(Option<Duration>),
    /// The user has logged in, or has not.
    LoginEnded(Result<(), Failure>),
    Containers(Result<Listed, Failure>),
    Images(Result<Vec<Image>, Failure>),
    Volumes(Result<Vec<Volume>, Failure>),
    Networks(Result<Vec<Network>, Failure>),
    Registries(Result<Vec<Registry>, Failure>),
    /// How a registry answered.
    RegistryStatus(RegistryName, RegistryStatus),
    RegistryPage {
        path: RegistryPath,
        after: Option<Box<str>>,
        page: Result<RegistryPage, Failure>,
    },
    DiskUse(Result<Vec<DiskUse>, Failure>),
    /// What a plugin wants to be allowed.
    Privileges {
        reference: String,
        told: Result<Vec<Privilege>, Failure>,
    },
    VolumeSizes(Result<Vec<(VolumeName, u64)>, Failure>),
    /// Whether a container that was killed then had run out of memory.
    Ending {
        container: ContainerId,
        at: i64,
        out_of_memory: Result<bool, Failure>,
    },
    /// One round of samples.
    Stats {
        samples: Vec<(ContainerId, Sampled)>,
        /// The least time that an answer took.
        took: Option<Duration>,
    },
    Detail(DetailKey, Result<DetailData, Failure>),
    /// What was asked about images on demand.
    AboutImages(ImageTold),
    /// The editor ended: what it made of a file, nothing where it left it as it was.
    FileEdited {
        spot: FileSpot,
        edited: Result<Option<Arc<FileEdit>>, Failure>,
    },
    /// What was found at the path of a file, links followed.
    FileOpened {
        root: FileRoot,
        path: FilePath,
        found: Result<FileContent, Failure>,
    },
    Log {
        container: ContainerId,
        attempt: u32,
        part: LogPart,
    },
    /// Older lines that the log pane asked for.
    LogPage {
        container: ContainerId,
        ask: PageAsk,
        page: Result<Page, Failure>,
    },
    /// What a search through a whole log found.
    LogSurvey {
        container: ContainerId,
        ask: SurveyAsk,
        part: SurveyPart,
    },
    Progress {
        job: JobId,
        progress: Progress,
    },
    /// What a builder told of a build.
    Build {
        job: JobId,
        news: Vec<BuildNews>,
    },
    Outcome {
        job: JobId,
        result: Result<Done, Failure>,
    },
    /// A console session ended and the terminal is ours again.
    ConsoleEnded {
        container: ContainerId,
        shell: Option<String>,
        result: Result<Option<i64>, Failure>,
    },
    /// From or about a session in a pane.
    Session {
        id: SessionId,
        part: SessionPart,
    },
    /// Requests that were sent to it, when, and what came of them.
    Exchanged(Vec<(Time, Exchange)>),
    /// What the create form asked for: the inspect answers to copy from.
    Template {
        container: ContainerId,
        inspected: Result<Box<(Value, Option<Value>)>, Failure>,
        purpose: TemplateUse,
    },
}

/// What to do with a container's configuration once it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TemplateUse {
    /// Fill a create form with it.
    CreateAnother,
    /// Copy the `docker run` line.
    CopyRunCommand,
    /// Fill the update form with its limits.
    Update,
}

/// A container list with what its answer told about the engine.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    pub containers: Vec<Container>,
    pub round_trip: Duration,
}

#[derive(Debug)]
pub enum SessionPart {
    /// It can be talked to; the shell that was found, where one was looked for.
    Opened {
        shell: Option<String>,
    },
    /// Bare bytes for its screen.
    Output(Vec<u8>),
    Ended(SessionEnd),
}

#[derive(Debug)]
pub enum LogPart {
    Lines(LogChunk),
    /// So many more lines were looked through for those that are wanted.
    LookedThrough(usize),
    /// All that there was at the start has been sent; what follows is new.
    CaughtUp,
    /// The stream ended: the container stopped (`None`) or something went wrong.
    Ended(Option<Failure>),
}

/// What a detail tab shows, asked of the engine.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum DetailKey {
    /// Inspect and Env read the same answer.
    InspectContainer(ContainerId),
    Top {
        container: ContainerId,
        ps_args: String,
    },
    Changes(ContainerId),
    InspectImage(crate::domain::ImageId),
    History(crate::domain::ImageId),
    Platforms(crate::domain::ImageId),
    InspectVolume(crate::domain::VolumeName),
    InspectNetwork(crate::domain::NetworkId),
    Folder(FileLook),
    /// What is known of a registry without asking it.
    Registry(RegistryName),
    RegistryImage(RegistryPath),
    /// What the engine says of itself.
    About,
    Plugins,
}

#[derive(Debug)]
pub enum DetailData {
    Json(Box<Value>),
    Processes(Processes),
    Changes(Vec<FileChange>),
    History(Vec<Layer>),
    Platforms(Platforms),
    /// More of it may come.
    Folder(Folder),
    Plugins(Vec<Plugin>),
}

/// A request on its way: unique in one run of the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct JobId(pub u64);

/// A request together with the job that follows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Order {
    pub job: JobId,
    pub request: Request,
}
