//! The integration tests: stories through the real loop, pictures of the screen, the rules of the code itself, the
//! program in a terminal, and real engines.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test fails on the spot where it meets what it did not expect, helpers included"
)]

mod acts;
mod api_console;
mod architecture;
mod audit;
mod bad_states;
mod builds;
mod chart_screens;
mod console;
mod events;
mod events_view;
mod everywhere;
mod files;
#[cfg(unix)]
mod files_edited;
mod fleet;
mod form_screens;
mod forms;
mod fuzz;
mod hostile;
mod hosts;
mod image_screens;
mod images;
mod line;
mod links;
mod lists;
mod live;
mod log_files;
mod log_json;
mod log_marks;
#[cfg(unix)]
mod log_pager;
mod log_range;
mod log_screens;
mod log_search;
mod log_sifted;
mod logs;
mod loss;
mod many;
mod monkey;
mod mouse;
mod operations;
mod overlays;
mod overview;
mod plugins;
mod profiles;
mod pty;
mod quiet;
mod refusals;
mod registries;
mod requests;
mod safety;
mod sampling;
mod screens;
mod sizes;
mod slow;
mod start;
mod stats;
mod storage;
mod support;
mod system;
mod system_screens;
mod together;
mod volume_archives;
