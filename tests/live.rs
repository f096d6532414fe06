//! The program's engine layer against real engines: Docker 20.10 and Podman 4.3, and in a second run Docker 26.1 and Podman
//! 5.4; the docker client says what is true.
//!
//! Each test runs on both. Where they differ the test says how: a difference that goes away is to be noticed.

mod acts;
pub(crate) mod api;
mod archives;
mod builds;
mod clearing;
mod connection;
mod create;
mod disk_full;
mod event_goals;
mod events;
mod files;
mod given_up;
mod image_ends;
mod image_sources;
mod images;
mod limits;
mod lines;
mod links;
mod lists;
mod logs;
mod looks;
mod networks;
mod paging;
mod plugins;
mod private_registry;
mod push;
mod range;
mod reader;
mod refusals;
pub(crate) mod registry;
mod registry_desk;
mod restarts;
mod search;
mod sessions;
mod storage;
mod system;
mod tag_and_push;
mod together;
mod transfers;
mod volume_archives;
