//! The bare keyboard: bytes as they are typed, without anybody who understands them.

use crossterm::event::{Event, KeyCode, KeyEventKind, KeyModifiers};
use rustix::event::{PollFd, PollFlags, poll};
use std::io;
use std::os::unix::net::UnixStream;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::mpsc;

/// Reads standard input in a thread of its own, which takes nothing that was typed after the session ended.
#[derive(Debug)]
pub struct Keyboard {
    bytes: mpsc::Receiver<Vec<u8>>,
    /// Shutting it down ends the thread.
    stop: UnixStream,
    thread: Option<std::thread::JoinHandle<()>>,
}

impl Keyboard {
    pub fn open() -> io::Result<Self> {
        let (ours, theirs) = UnixStream::pair()?;
        let (sender, bytes) = mpsc::channel(16);
        let thread = std::thread::Builder::new().name("keyboard".to_owned()).spawn(move || read(&theirs, &sender))?;
        Ok(Self { bytes, stop: ours, thread: Some(thread) })
    }

    /// What was typed; `None` when the terminal is gone.
    pub async fn read(&mut self) -> Option<Vec<u8>> {
        self.bytes.recv().await
    }
}

impl Drop for Keyboard {
    /// Waits for the thread, so that it cannot take a key from whoever reads next.
    fn drop(&mut self) {
        self.bytes.close();
        let _ = self.stop.shutdown(std::net::Shutdown::Both);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn read(stop: &UnixStream, sender: &mpsc::Sender<Vec<u8>>) {
    let stdin = io::stdin();
    let mut buffer = [0; 4096];
    loop {
        let mut watched = [PollFd::new(&stdin, PollFlags::IN), PollFd::new(stop, PollFlags::IN)];
        match poll(&mut watched, None) {
            Ok(_) => {}
            Err(rustix::io::Errno::INTR) => continue,
            Err(_) => return,
        }
        let [typed, stopped] = &watched;
        if !stopped.revents().is_empty() {
            return;
        }
        if typed.revents().is_empty() {
            continue;
        }
        match rustix::io::read(&stdin, &mut buffer) {
            Ok(count) if count > 0 => {
                let bytes = buffer.get(..count).unwrap_or_default().to_vec();
                if sender.blocking_send(bytes).is_err() {
                    return;
                }
            }
            Err(rustix::io::Errno::INTR) => {}
            _ => return,
        }
    }
}

/// Tells when the terminal's size has changed.
#[derive(Debug)]
pub struct WindowChanges(Signal);

impl WindowChanges {
    pub fn new() -> io::Result<Self> {
        signal(SignalKind::window_change()).map(Self)
    }

    pub async fn next(&mut self) {
        self.0.recv().await;
    }
}

/// The bytes of a key that was read as an event but is meant for the session: typed ahead of it.
pub fn typed(event: &Event) -> Vec<u8> {
    match event {
        Event::Paste(text) => text.clone().into_bytes(),
        Event::Key(key) if key.kind != KeyEventKind::Release => {
            let mut bytes = Vec::new();
            if key.modifiers.contains(KeyModifiers::ALT) {
                bytes.push(0x1b);
            }
            match key.code {
                KeyCode::Char(letter) if key.modifiers.contains(KeyModifiers::CONTROL) => {
                    bytes.extend(u8::try_from(letter).map(|letter| letter & 0x1f));
                }
                KeyCode::Char(letter) => bytes.extend(letter.to_string().bytes()),
                KeyCode::Enter => bytes.push(b'\r'),
                KeyCode::Tab => bytes.push(b'\t'),
                KeyCode::Backspace => bytes.push(0x7f),
                KeyCode::Esc => bytes.push(0x1b),
                KeyCode::Up => bytes.extend(b"\x1b[A"),
                KeyCode::Down => bytes.extend(b"\x1b[B"),
                KeyCode::Right => bytes.extend(b"\x1b[C"),
                KeyCode::Left => bytes.extend(b"\x1b[D"),
                _ => {}
            }
            bytes
        }
        Event::Key(_) | Event::Mouse(_) | Event::Resize(..) | Event::FocusGained | Event::FocusLost => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crossterm::event::KeyEvent;

    #[test]
    fn keys_typed_ahead_become_the_bytes_they_were() {
        let key = |code, modifiers| Event::Key(KeyEvent::new(code, modifiers));
        assert_eq!(typed(&key(KeyCode::Char('é'), KeyModifiers::NONE)), "é".as_bytes());
        assert_eq!(typed(&key(KeyCode::Char('d'), KeyModifiers::CONTROL)), [4]);
        assert_eq!(typed(&key(KeyCode::Enter, KeyModifiers::NONE)), b"\r");
        assert_eq!(typed(&key(KeyCode::Char('b'), KeyModifiers::ALT)), b"\x1bb");
    }
}
