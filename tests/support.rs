//! What the tests are told with: a stage for the real loop, its screen, its keyboard, a client of the embedded engine,
//! the real engines, and a terminal for the program itself.

pub mod client;
pub mod emulator;
pub mod engines;
pub mod glass;
pub mod keyboard;
pub mod lines;
pub mod model;
pub mod private;
pub mod registry;
pub mod relay;
pub mod screen;
pub mod shell;
pub mod stage;
pub mod styled;
pub mod tap;
pub mod terminal;
pub mod tokens;
