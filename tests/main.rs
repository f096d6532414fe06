//! The one test binary: stories on the embedded engine, live tests on real engines, the program in a terminal.

#[cfg(test)]
mod live;
#[cfg(test)]
mod support;
