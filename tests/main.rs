//! The integration tests: stories through the real loop, pictures of the screen, the rules of the code itself, the
//! program in a terminal, and real engines.

mod acts;
mod architecture;
mod events;
mod hostile;
mod hosts;
mod lists;
mod live;
mod logs;
mod loss;
mod many;
mod quiet;
mod refusals;
mod screens;
mod sizes;
mod start;
mod support;
