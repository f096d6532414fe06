//! What the stories are told with: a stage for the real loop, its screen, its keyboard, and a client of the engine.

pub mod client;
pub mod emulator;
pub mod glass;
pub mod keyboard;
pub mod screen;
pub mod stage;
pub mod styled;
