//! Sessions in containers that are shown in a pane: which there are, what state each is in, where what is typed goes.

mod dialect;
pub mod emulator;
pub mod keys;
pub mod marking;
pub mod mouse;
pub mod selection;
mod session;
#[cfg(test)]
mod tests;

pub use emulator::Emulator;
pub use marking::Marking;
pub use session::{ConsoleSession, ContainerEnd, SessionEnd, SessionState};

/// A session in a pane: unique in one run of the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SessionId(pub u64);

/// The console pane of one host: its sessions are its tabs.
#[derive(Debug, Default)]
pub struct Consoles {
    sessions: Vec<ConsoleSession>,
    active: usize,
    /// The pane is on screen; hidden, its sessions go on.
    pub is_shown: bool,
    /// While the pane has the focus: what is typed goes to the session, else it means commands of the pane.
    pub is_typing: bool,
}

impl Consoles {
    /// All sessions, in the order of their tabs.
    pub fn sessions(&self) -> &[ConsoleSession] {
        &self.sessions
    }

    /// Whether there is something to show and it is to be shown.
    pub fn is_visible(&self) -> bool {
        self.is_shown && !self.sessions.is_empty()
    }

    /// The session whose tab is on top.
    pub fn active(&self) -> Option<&ConsoleSession> {
        self.sessions.get(self.active)
    }

    pub fn active_mut(&mut self) -> Option<&mut ConsoleSession> {
        self.sessions.get_mut(self.active)
    }

    /// Whether the session on top stands still to be marked.
    pub fn is_marking(&self) -> bool {
        self.active().is_some_and(|session| session.marking.is_some())
    }

    /// The place of the tab on top.
    pub fn active_place(&self) -> usize {
        self.active
    }

    pub fn get(&self, id: SessionId) -> Option<&ConsoleSession> {
        self.sessions.iter().find(|session| session.id == id)
    }

    pub fn get_mut(&mut self, id: SessionId) -> Option<&mut ConsoleSession> {
        self.sessions.iter_mut().find(|session| session.id == id)
    }

    /// Adds a session as the last tab and puts it on top.
    pub fn add(&mut self, session: ConsoleSession) {
        self.sessions.push(session);
        self.active = self.sessions.len() - 1;
        self.is_shown = true;
        self.is_typing = true;
    }

    /// Puts the tab `step` places on, around the end, on top.
    pub fn step(&mut self, step: isize) {
        let count = self.sessions.len().max(1) as isize;
        self.active = (self.active as isize + step).rem_euclid(count) as usize;
    }

    /// Puts a tab on top.
    pub fn select(&mut self, place: usize) {
        if place < self.sessions.len() {
            self.active = place;
        }
    }

    /// Takes a session away; its neighbour comes on top.
    pub fn remove(&mut self, id: SessionId) -> Option<ConsoleSession> {
        let place = self.sessions.iter().position(|session| session.id == id)?;
        if place < self.active || self.active + 1 == self.sessions.len() {
            self.active = self.active.saturating_sub(1);
        }
        Some(self.sessions.remove(place))
    }
}
