//! The nouns: plain data about containers, images and engines, and the sentences that go with it. No I/O, no clock.
//!
//! Reading order: [`Container`] and [`State`], then [`Request`] (everything the program can change), then [`Failure`].

mod container;
mod endpoint;
mod engine_facts;
mod event;
mod exchange;
mod exec;
mod failure;
mod id;
mod image;
mod log;
mod network;
mod process;
mod request;
mod spec;
mod stats;
mod volume;

pub use container::{Attachment, Container, Health, Labels, Mounted, Port, State};
pub use endpoint::Endpoint;
pub use engine_facts::{ApiVersion, EngineFacts, Machine};
pub use event::EngineEvent;
pub use exchange::Exchange;
pub use exec::ExecSpec;
pub use failure::{Failure, FailureKind};
pub use id::{ContainerId, HostId, ImageId, NetworkId, VolumeName};
pub use image::{Image, Layer, split_tag};
pub use log::{LogChunk, LogLine, LogQuery, LogStream};
pub use network::Network;
pub use process::{ChangeKind, FileChange, Processes};
pub use request::{Done, Progress, Request, Target};
pub use spec::{ContainerSpec, Limits, MountKind, MountSpec, PortBinding, RestartPolicy};
pub use stats::{Flow, StatsSample, Usage};
pub use volume::Volume;
