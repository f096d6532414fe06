//! Exec and attach: a process's input and output as bytes, its window size and its exit code.

mod hang_up;
mod helper;

use super::Engine;
use super::Socket;
use super::call::{Call, Wait};
use super::demultiplex::Demultiplexer;
use super::failure::broken;
use super::hijack::Hijacked;
use super::lenient::Word;
use crate::domain::{ContainerId, ExecSpec, Failure};
use bytes::{Bytes, BytesMut};
pub use hang_up::HangUp;
pub use helper::Helper;
use serde::Deserialize;
use serde_json::{Value, json};
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use tokio::io::{AsyncReadExt, AsyncWrite, AsyncWriteExt, ReadHalf, WriteHalf};

/// Engines hold back the first key of their detach sequence until the next key is typed; by default that is Ctrl-P,
/// which shells want. Nobody types this one.
const DETACH_KEYS: &str = "ctrl-^,ctrl-_,ctrl-^,ctrl-_";
const READ: usize = 32 * 1024;

/// A process that is being talked to. Its parts are apart, as they are used by different tasks.
#[derive(Debug)]
pub struct Console {
    pub output: ConsoleOutput,
    pub input: ConsoleInput,
    pub control: ConsoleControl,
    /// Whether it has a terminal.
    pub tty: bool,
}

/// What the process writes: bare bytes, unsanitised; stdout and stderr together.
#[derive(Debug)]
pub struct ConsoleOutput {
    reader: ReadHalf<Socket>,
    buffer: BytesMut,
    demultiplexer: Option<Demultiplexer>,
}

/// What is typed. Shutting it down is the end of the process's input.
#[derive(Debug)]
pub struct ConsoleInput {
    writer: WriteHalf<Socket>,
}

/// Asks about the process, and tells it its window's size.
#[derive(Clone, Debug)]
pub struct ConsoleControl {
    engine: Engine,
    process: Process,
}

#[derive(Clone, Debug)]
enum Process {
    Exec(Box<str>),
    Container(ContainerId),
}

impl Engine {
    /// `POST /containers/{id}/exec`, then its start. Dropping the console does not end the process: engines let it
    /// run on, so send it an end of input or `exit` first, or a [`HangUp`].
    pub async fn exec(&self, id: &ContainerId, spec: &ExecSpec) -> Result<Console, Failure> {
        let call = Call::post(&["containers", id.as_str(), "exec"]).json(&exec_body(spec)).wait(Wait::Answer);
        let created: Created = self.ask_json("“exec”", call).await?;
        let start = Call::post(&["exec", &created.id.0, "start"]).json(&json!({ "Detach": false, "Tty": spec.tty }));
        let hijacked = self.hijack(start).await?;
        Ok(self.console(hijacked, Process::Exec(created.id.0), spec.tty))
    }

    /// `POST /containers/{id}/attach`: the container's own process, from now on. `tty` as for [`Engine::logs`].
    pub async fn attach(&self, id: &ContainerId, tty: Option<bool>) -> Result<Console, Failure> {
        let mut call = Call::post(&["containers", id.as_str(), "attach"]).query("detachKeys", DETACH_KEYS);
        for what in ["stream", "stdin", "stdout", "stderr"] {
            call = call.query(what, "1");
        }
        let hijacked = self.hijack(call).await?;
        let tty = self.is_terminal(id, &hijacked.headers, tty).await?;
        Ok(self.console(hijacked, Process::Container(id.clone()), tty))
    }

    fn console(&self, hijacked: Hijacked, process: Process, tty: bool) -> Console {
        let (reader, writer) = tokio::io::split(hijacked.socket);
        let buffer = BytesMut::from(hijacked.early);
        Console {
            output: ConsoleOutput { reader, buffer, demultiplexer: (!tty).then(Demultiplexer::default) },
            input: ConsoleInput { writer },
            control: ConsoleControl { engine: self.clone(), process },
            tty,
        }
    }
}

impl ConsoleOutput {
    /// The next bytes; `None` when the process (or the container) has ended. May be dropped and asked again.
    pub async fn next(&mut self) -> Option<Result<Bytes, Failure>> {
        loop {
            if self.buffer.is_empty() {
                self.buffer.reserve(READ);
                match self.reader.read_buf(&mut self.buffer).await {
                    Ok(0) => return None,
                    Ok(_) => {}
                    Err(error) => return Some(Err(broken(&error))),
                }
            }
            let bytes = self.buffer.split().freeze();
            let Some(demultiplexer) = &mut self.demultiplexer else { return Some(Ok(bytes)) };
            let mut output = BytesMut::new();
            match demultiplexer.push(&bytes, |_, payload| output.extend_from_slice(payload)) {
                Ok(()) if output.is_empty() => {}
                Ok(()) => return Some(Ok(output.freeze())),
                Err(failure) => return Some(Err(failure)),
            }
        }
    }
}

impl ConsoleInput {
    /// Sends what was typed.
    pub async fn send(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        self.write_all(bytes).await.map_err(|error| broken(&error))?;
        self.flush().await.map_err(|error| broken(&error))
    }
}

impl AsyncWrite for ConsoleInput {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.writer).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.writer).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.writer).poll_shutdown(cx)
    }
}

impl ConsoleControl {
    /// The engine that it asks.
    pub fn engine(&self) -> &Engine {
        &self.engine
    }

    /// Tells the process its window's size, in cells.
    pub async fn resize(&self, columns: u16, rows: u16) -> Result<(), Failure> {
        let path = match &self.process {
            Process::Exec(id) => ["exec", id, "resize"],
            Process::Container(id) => ["containers", id.as_str(), "resize"],
        };
        let call = Call::post(&path).query("h", &rows.to_string()).query("w", &columns.to_string());
        self.engine.ask(call.wait(Wait::Answer)).await.map(drop)
    }

    /// The process's exit code; `None` while it runs.
    pub async fn exit_code(&self) -> Result<Option<i64>, Failure> {
        let state = match &self.process {
            Process::Exec(id) => {
                self.engine.ask_json::<Value>("“exec inspect”", Call::get(&["exec", id, "json"])).await?
            }
            Process::Container(id) => {
                let mut answer = self.engine.inspect_container(id).await?;
                answer.get_mut("State").map(Value::take).unwrap_or_default()
            }
        };
        let is_running = state.get("Running").and_then(Value::as_bool).unwrap_or(false);
        let code = state.get("ExitCode").and_then(Value::as_i64);
        Ok(if is_running { None } else { code })
    }
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct Created {
    id: Word,
}

fn exec_body(spec: &ExecSpec) -> Value {
    let mut body = json!({
        "AttachStdin": true,
        "AttachStdout": true,
        "AttachStderr": true,
        "DetachKeys": DETACH_KEYS,
        "Tty": spec.tty,
        "Cmd": spec.command,
    });
    if let Some(body) = body.as_object_mut() {
        if !spec.user.is_empty() {
            body.insert("User".into(), json!(spec.user));
        }
        if !spec.working_dir.is_empty() {
            body.insert("WorkingDir".into(), json!(spec.working_dir));
        }
        if !spec.environment.is_empty() {
            body.insert("Env".into(), json!(spec.environment));
        }
    }
    body
}

#[cfg(test)]
mod tests;
