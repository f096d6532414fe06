//! The nouns: plain data about containers, images and engines, and the sentences that go with it. No I/O, no clock.
//!
//! Reading order: [`Container`] and [`State`], then [`Request`] (everything the program can change), then [`Failure`].

pub mod api_table;
mod audit;
mod body;
mod build;
mod command_words;
mod container;
mod credential;
mod disk;
mod dockerfile;
mod endpoint;
mod engine_facts;
mod event;
mod exchange;
mod exec;
mod failure;
mod file;
mod filter;
mod found_image;
mod id;
mod ignore;
mod image;
mod image_files;
mod invalid;
mod log;
mod log_excerpt;
mod log_save;
mod moment;
mod network;
mod network_spec;
pub mod order;
mod platform;
mod plugin;
mod process;
pub mod raw;
mod reference;
mod registry;
mod request;
mod secret;
mod signal;
mod spec;
mod stats;
mod step;
mod subnet;
pub mod text;
mod text_save;
mod time;
mod volume;
mod volume_spec;

pub use audit::{AuditEntry, AuditTail};
pub use build::{BuildNews, BuildSpec, Builder, StepState, within};
pub use container::{Attachment, Container, Health, Labels, Mounted, Port, State};
pub use credential::{Credential, KnownLogin, LoginKeeper, Secret};
pub use disk::{DiskItem, DiskKind, DiskUse};
pub use dockerfile::{Dockerfile, Stage};
pub use endpoint::{Endpoint, TlsFiles, TlsPart};
pub use engine_facts::{ApiVersion, EngineFacts, Machine};
pub use event::{EngineEvent, EventSpan};
pub use exchange::Exchange;
pub use exec::ExecSpec;
pub use failure::{Failure, FailureKind};
pub use file::{
    Extent, FileContent, FileEdit, FileEntry, FileKind, FileLook, FilePath, FileRoot, FileStat, Folder, ListWay,
    MOST_ENTRIES, MOST_SHOWN, Reach, archived_parts, is_name, shown as shown_name,
};
pub use filter::{EVENT_FILTER_KEYS, EventFilter, EventTexts, FILTER_KEYS, Filter, TextFilter};
pub use found_image::FoundImage;
pub use id::{ContainerId, HostId, ImageId, NetworkId, VolumeName};
pub use ignore::Ignore;
pub use image::{Image, Layer, split_tag};
pub use image_files::{CHANGE_WORDS, Commit, ImageImport, ImageSave, ImportSource, check_change};
pub use invalid::Invalid;
pub use log::{LONGEST_LINE, LogChunk, LogLine, LogQuery, LogStream};
pub use log_excerpt::LogExcerpt;
pub use log_save::{LogContent, LogForm, LogSave};
pub use moment::Moment;
pub use network::{Member, Network};
pub use network_spec::{Connection, NetworkSpec, parse_alias, parse_ipv4, parse_ipv6, parse_network_name};
pub use platform::{Manifest, ManifestKind, Platforms, PlatformsFrom, check_platform};
pub use plugin::{Plugin, Privilege, discreet_setting, parse_setting};
pub use process::{ChangeKind, FileChange, Processes};
pub use raw::{RawHead, RawPart, RawRequest};
pub use reference::{ImageReference, check_image};
pub use registry::{
    EngineRegistries, ItemKind, Registry, RegistryItem, RegistryLevel, RegistryName, RegistryPage, RegistryPath,
    RegistryProfile, RegistrySource, RegistryStatus,
};
pub use request::{
    ApiCall, ContainerRequest, Done, FileOwner, FileRequest, FileSpot, ImageFileRequest, ImageRequest, NetworkRequest,
    PluginInstall, PluginRequest, Progress, PruneReach, RegistryRequest, Request, SystemRequest, Target, VolumeRequest,
    prune_filters, unused_filters,
};
pub use secret::{hide_secret, hide_secrets, is_secret, mask};
pub use signal::{SIGNALS, Signal, parse_signal};
pub use spec::{
    CAPABILITIES, parse_assignment, parse_capability, parse_dns, parse_environment, parse_environment_file,
    parse_extra_host, parse_hostname, parse_label, parse_name, parse_user, parse_working_dir,
};
pub use spec::{ContainerSpec, LEAST_MEMORY, Limits, MountKind, MountSpec, PortBinding, RestartPolicy};
pub use spec::{
    exec_command, parse_bytes, parse_command, parse_cpus, parse_memory, parse_ports, print_command, print_cpus,
    print_memory, print_places, print_ports,
};
pub use stats::{Flow, StatsSample, Usage};
pub use step::Step;
pub use subnet::{AddressPool, Subnet, parse_address};
pub use text_save::TextSave;
pub use time::Time;
pub use volume::Volume;
pub use volume_spec::{VolumeSpec, parse_option};
