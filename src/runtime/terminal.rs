//! The terminal is taken and given back here, whatever happens.

use super::screen::Synchronize;
use crossterm::clipboard::CopyToClipboard;
use crossterm::cursor::{Hide, Show};
use crossterm::event::{
    DisableBracketedPaste, DisableFocusChange, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture,
};
use crossterm::terminal::{
    BeginSynchronizedUpdate, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode,
    enable_raw_mode,
};
use crossterm::{execute, queue};
use ratatui::backend::CrosstermBackend;
use std::io::{self, BufWriter, Stdout, Write};

/// What frames are written to: one write a frame.
pub type Tty = CrosstermBackend<BufWriter<Stdout>>;

/// The backend of a real terminal.
pub fn backend() -> Tty {
    CrosstermBackend::new(BufWriter::with_capacity(1 << 16, io::stdout()))
}

impl<W: Write> Synchronize for CrosstermBackend<W> {
    fn begin(&mut self) -> io::Result<()> {
        queue!(self, BeginSynchronizedUpdate)
    }

    fn end(&mut self) -> io::Result<()> {
        queue!(self, EndSynchronizedUpdate)
    }

    /// By OSC 52, which also works over ssh.
    fn copy(&mut self, text: &str) -> io::Result<()> {
        queue!(self, CopyToClipboard::to_clipboard_from(text))
    }
}

/// Holds the terminal in raw mode on its second screen; giving it back is its end.
#[derive(Debug)]
pub struct TerminalGuard {
    mouse: bool,
}

impl TerminalGuard {
    /// Takes the terminal.
    ///
    /// # Errors
    /// When standard output is no terminal.
    pub fn enter(mouse: bool) -> io::Result<Self> {
        enable_raw_mode()?;
        let guard = Self { mouse };
        guard.set_up()?;
        Ok(guard)
    }

    fn set_up(&self) -> io::Result<()> {
        execute!(io::stdout(), EnterAlternateScreen, EnableBracketedPaste, Hide)?;
        if self.mouse {
            execute!(io::stdout(), EnableMouseCapture)?;
        }
        Ok(())
    }

    /// Gives the terminal back for a while, to the shell.
    ///
    /// # Errors
    /// When the terminal cannot be written to.
    pub fn leave(&self) -> io::Result<()> {
        restore()
    }

    /// Lends it to a session in a container: the first screen, and still raw. What is typed while one takes over from
    /// the other is the session's; for a terminal that is not raw, Ctrl-c and Ctrl-d would be no keys.
    ///
    /// # Errors
    /// When the terminal cannot be written to.
    pub fn lend(&self) -> io::Result<()> {
        leave_screen()
    }

    /// Takes it again from somebody whom it was not given to, and who may have left it in whatever mode.
    ///
    /// # Errors
    /// When the terminal cannot be written to.
    pub fn take_back(&self) -> io::Result<()> {
        // It would be taken for raw as it is.
        disable_raw_mode()?;
        self.enter_again()
    }

    /// Takes it again after [`Self::leave`] or [`Self::lend`].
    ///
    /// # Errors
    /// When the terminal cannot be written to.
    pub fn enter_again(&self) -> io::Result<()> {
        enable_raw_mode()?;
        self.set_up()
    }
}

impl Drop for TerminalGuard {
    fn drop(&mut self) {
        // Nothing can be told any more where this fails: the terminal itself is gone.
        let _ = restore();
    }
}

/// Puts the terminal back as it was. Doing it twice does no harm: the panic hook may have been first.
///
/// # Errors
/// When the terminal cannot be written to.
pub fn restore() -> io::Result<()> {
    let written = leave_screen();
    disable_raw_mode()?;
    written
}

fn leave_screen() -> io::Result<()> {
    execute!(
        io::stdout(),
        EndSynchronizedUpdate,
        DisableMouseCapture,
        DisableBracketedPaste,
        DisableFocusChange,
        LeaveAlternateScreen,
        Show
    )
}

/// Where the program sits: at a terminal that it can give away, or nowhere (tests).
#[derive(Debug)]
pub enum Seat {
    Terminal(TerminalGuard),
    Nowhere,
}

impl Seat {
    pub(super) fn leave(&self) -> io::Result<()> {
        match self {
            Self::Terminal(guard) => guard.leave(),
            Self::Nowhere => Ok(()),
        }
    }

    pub(super) fn lend(&self) -> io::Result<()> {
        match self {
            Self::Terminal(guard) => guard.lend(),
            Self::Nowhere => Ok(()),
        }
    }

    pub(super) fn enter_again(&self) -> io::Result<()> {
        match self {
            Self::Terminal(guard) => guard.enter_again(),
            Self::Nowhere => Ok(()),
        }
    }

    pub(super) fn take_back(&self) -> io::Result<()> {
        match self {
            Self::Terminal(guard) => guard.take_back(),
            Self::Nowhere => Ok(()),
        }
    }

    /// Stops until the shell lets us go on; where there is no terminal there is no shell either.
    ///
    /// # Errors
    /// When the signal cannot be sent.
    pub(super) fn suspend(&self) -> io::Result<()> {
        match self {
            Self::Terminal(_) => stop_job(),
            Self::Nowhere => Ok(()),
        }
    }

    /// Columns and rows; `None` where there is no terminal.
    pub(super) fn size(&self) -> Option<(u16, u16)> {
        match self {
            Self::Terminal(_) => crossterm::terminal::size().ok(),
            Self::Nowhere => None,
        }
    }
}

/// Stops the job as `Ctrl-z` does in other programs; returns when the shell lets it go on. The whole job: a script or
/// `sudo` that started us would else keep the shell waiting.
#[cfg(unix)]
fn stop_job() -> io::Result<()> {
    use rustix::process::{Signal, kill_current_process_group};
    Ok(kill_current_process_group(Signal::TSTP)?)
}

#[cfg(not(unix))]
fn stop_job() -> io::Result<()> {
    Ok(())
}
