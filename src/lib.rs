//! `dockerui-tui`: every Docker host you run, from one terminal. This page is the map.
//!
//! # The shape
//!
//! One loop on the main thread takes one message after the other, changes one value, and draws it. Everything that can
//! wait or fail happens elsewhere and comes back as a message.
//!
//! ```text
//! terminal ─┐                                       ┌─> engine ─> Docker / Podman / the demo
//!  signals ─┼─> Msg ─> update(&mut App) ─> Effect ──┼─> desk (clipboard, browser, files)
//!   engine ─┘              │                        └─> quit
//!      ^                   ├─> subscriptions(&App) ─> streams started / stopped
//!      └── answers ────────┘
//!                          └─> draw(&App) ─> frame
//! ```
//!
//! - [`app`]: what is true. [`App`](app::App) is plain data; [`update`](app::update()) is the only way it changes and says
//!   what to do ([`Effect`](app::Effect)); [`subscriptions`](app::subscriptions()) says what should be running.
//! - [`ui`]: `draw`, a pure picture of the state. One small file for each region of the screen.
//! - [`runtime`]: the loop; effects and subscriptions as tasks; the terminal, taken and given back; the audit log.
//! - [`engine`]: speaks to one engine over one pooled client, on a runtime and a thread of its own. Endpoints, versions,
//!   streams, refusals. The only code that names bollard.
//! - [`domain`]: the nouns. Containers and images, requests with all their words, filters, failures, text made safe.
//! - [`config`]: the file, the environment, the flags, in layers; strict errors with their line.
//! - [`cli`]: arguments, and everything that is printed without a screen.
//! - [`demo`]: an engine in memory that speaks the same API: for `--demo`, the tests and the benches.
//!
//! # What always holds
//!
//! Tests hold these (`tests/architecture.rs` reads the code for the first three).
//!
//! 1. `domain` names nobody; `config`, `engine` and `demo` name `domain`; `app` names `domain` and `config`, never an
//!    engine, a clock or I/O; `ui` reads `app`; only `runtime` names all.
//! 2. State has one owner: no locks, no cells. Who wants a change sends a message.
//! 3. Time is an argument. Only `runtime::clock` asks what time it is.
//! 4. `update` never waits and never fails; `draw` never changes anything. Neither costs more with more rows, beyond
//!    the lists that a new answer has to be sorted into.
//! 5. An answer carries what it answers, and every question gets one: of an engine that is not there, of a task that
//!    panicked, of a line that was lost. What is too late is dropped by comparing.
//! 6. Of each list one refresh runs and one waits. Queues are bounded: who brings more waits.
//! 7. A row is known by its key, never by its place: selection, marks and forms survive whatever the engine does.
//! 8. No byte of a container, an image or an engine reaches the terminal but through `domain::text::clean` or the log's
//!    own reading of colours. The one exception is a console, which is the container's for as long as it is open.
//! 9. Nothing changes an engine without a [`Request`](domain::Request): checked on a read-only host once more before it
//!    is sent, and written to the audit log, secrets hidden, whatever becomes of it. So is each session in a container.
//! 10. A command is one row of [`app::commands`]: keys, help, palette, footer, README and man page are read from there.
//!
//! # Where to begin
//!
//! [`app::msg`] and [`app::effect`] (everything that can happen and be done), then [`app::update`](mod@app::update), then
//! `runtime.rs` (the loop). To add a command: its row in `app::commands`, its function in `app::command`. To ask an
//! engine for something new: a [`Request`](domain::Request) or a [`Fetch`](app::Fetch), one function in `engine`, and
//! the compiler names the rest. The stories in `tests/` run the real loop on the embedded engine with a paused clock.

pub mod app;
pub mod cli;
pub mod config;
pub mod demo;
pub mod domain;
pub mod engine;
pub mod runtime;
pub mod ui;
