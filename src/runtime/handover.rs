//! The terminal given away and taken back.

use super::Runtime;
use super::screen::Synchronize;
use crate::app::Effect;
use ratatui::backend::Backend;
use std::io;

impl<B: Backend<Error = io::Error> + Synchronize> Runtime<B> {
    /// Gives the terminal to the shell, to a session in a container, to ssh or to a pager, and takes it back.
    pub(super) async fn hand_over(&mut self, effect: Effect, ahead: Vec<u8>) -> io::Result<()> {
        // Messages wait meanwhile; those who send them wait as well, so that memory stays bounded.
        let told = match effect {
            Effect::Suspend => {
                self.seat.leave()?;
                self.seat.suspend()?;
                None
            }
            Effect::Console { host, container, session } => {
                self.seat.lend()?;
                Some(self.console(host, container, session, ahead).await)
            }
            Effect::Login(host) => {
                self.seat.leave()?;
                Some(self.login(host).await)
            }
            Effect::EditFile { host, spot } => {
                self.seat.leave()?;
                self.edit(host, spot).await
            }
            Effect::Read { host, save, tool } => {
                self.seat.leave()?;
                self.read(host, *save, tool).await
            }
            _ => None,
        };
        self.seat.enter_again()?;
        self.screen.forget();
        self.fit();
        if let Some(msg) = told {
            self.take(msg);
        }
        self.draw()
    }

    /// Takes the terminal as it is after the program was stopped and goes on.
    pub(super) fn take_back(&mut self) -> io::Result<()> {
        self.seat.take_back()?;
        self.screen.forget();
        self.fit();
        self.draw()
    }
}
