//! The integration tests: stories through the real loop, pictures of the screen, and the rules of the code itself.

mod acts;
mod architecture;
mod events;
mod hostile;
mod lists;
mod logs;
mod loss;
mod many;
mod overlays;
mod quiet;
mod refusals;
mod screens;
mod sizes;
mod start;
mod support;
