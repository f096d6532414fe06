//! The program in a terminal on a real engine, and what asks that engine beside it.

use crate::support::engines::{Live, PATIENCE, Product, address};
use crate::support::terminal::{Home, Terminal};
use dockerui_tui::domain::Target;
use std::time::{Duration, Instant};
use tokio::runtime::{Builder, Runtime};

/// A test for each engine, of a function that takes a [`Stage`].
macro_rules! on_engines {
    ($($name:ident),+ $(,)?) => {
        mod docker {
            $(#[test]
            fn $name() {
                crate::pty::stage::with(crate::support::engines::Product::Docker, super::$name);
            })+
        }
        mod podman {
            $(#[test]
            fn $name() {
                crate::pty::stage::with(crate::support::engines::Product::Podman, super::$name);
            })+
        }
    };
}
pub(super) use on_engines;

/// An engine, and what asks it beside the program.
pub struct Stage {
    pub live: Live,
    pub runtime: Runtime,
}

pub fn with(product: Product, test: impl FnOnce(&Stage)) {
    let Some(address) = address(product) else { return };
    test(&Stage::of(Live::new(product, address)));
}

impl Stage {
    pub fn of(live: Live) -> Self {
        Self { live, runtime: Builder::new_current_thread().enable_all().build().expect("a runtime") }
    }

    pub fn idle(&self, suffix: &str) -> Target {
        self.runtime.block_on(self.live.idle(suffix))
    }

    /// The program on this engine, with what only this test has in its list.
    pub fn open_all(&self) -> Terminal {
        let mut terminal = Terminal::start_with(Home::new(), &["-H", &self.live.address], &[]);
        self.is_on(&mut terminal);
        filter(&mut terminal, &self.live.prefix);
        terminal
    }

    /// The program on this engine, its list narrowed to the container.
    pub fn open(&self, container: &Target) -> Terminal {
        let mut terminal = Terminal::start_with(Home::new(), &["-H", &self.live.address], &[]);
        self.is_on(&mut terminal);
        filter(&mut terminal, &container.name);
        // The title of the detail pane follows the selection.
        terminal.wait_for(&format!("╭ {} ─ Logs", container.name));
        terminal
    }

    /// Waits until the header names the engine.
    pub fn is_on(&self, terminal: &mut Terminal) {
        terminal.wait_for(if self.live.is_podman() { "Podman " } else { "Docker 2" });
    }

    /// Asks the docker client until the container is in that state.
    pub fn until(&self, container: &Target, state: &str) {
        until(&format!("{} to be {state}", container.name), || self.live.state(&container.name) == state);
    }

    /// Asks the docker client until the container is gone.
    pub fn until_gone(&self, container: &Target) {
        until(&format!("the end of {}", container.name), || !self.live.exists(&container.name));
    }
}

pub fn filter(terminal: &mut Terminal, text: &str) {
    terminal.keys("/");
    terminal.keys(text);
    terminal.keys("\r");
    terminal.wait_for(&format!("filter: {text}"));
}

/// Asks again and again until it is so.
pub fn until(what: &str, is_so: impl Fn() -> bool) {
    let until = Instant::now() + PATIENCE;
    while !is_so() {
        assert!(Instant::now() < until, "{what} never came");
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// After a session that took the whole terminal.
pub fn is_back(terminal: &mut Terminal, container: &Target) {
    terminal.wait("the program's screen", vt100::Screen::alternate_screen);
    terminal.wait_for(&format!("filter: {}", container.name));
    terminal.wait("no cursor", vt100::Screen::hide_cursor);
}
