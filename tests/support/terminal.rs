//! The program in a terminal of its own: what is typed, what is on the screen, how the terminal is left.

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use rustix::process::{Pid, Signal, kill_process};
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

/// Nothing that a test waits for takes as long, on a machine under load either.
const PATIENCE: Duration = Duration::from_secs(40);

/// Runs the program and tells whether it left the terminal's modes as they were. Its own id goes to `$PID_FILE`. A Ctrl-c
/// in a terminal that was given away is for the program, as it is under a shell that has put it in a group of its own.
const WRAPPER: &str = r#"
trap : INT
before=$(stty -g)
sh -c 'echo $$ >"$PID_FILE"; exec "$@"' sh "$@"
code=$?
[ "$(stty -g)" = "$before" ] && echo "modes are as before" || echo "modes differ: $(stty -a)"
echo "ended with $code"
exit $code"#;

/// A folder of a test's own, with nothing of the user's in it.
#[derive(Debug)]
pub struct Home(PathBuf);

pub struct Terminal {
    master: Box<dyn MasterPty + Send>,
    keyboard: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    /// What the program wrote, read by a thread.
    output: Receiver<Vec<u8>>,
    parser: vt100::Parser<Clipboard>,
    pub home: Home,
}

/// What the program gave to the terminal's clipboard last, as base64.
#[derive(Default)]
struct Clipboard(Vec<u8>);

impl vt100::Callbacks for Clipboard {
    fn copy_to_clipboard(&mut self, _: &mut vt100::Screen, _: &[u8], data: &[u8]) {
        self.0 = data.to_vec();
    }
}

impl Home {
    pub fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("dut-home-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&path).expect("a folder");
        Self(path)
    }

    pub fn path(&self) -> &Path {
        &self.0
    }

    /// What the program's environment is: nothing of the user's.
    pub fn variables(&self) -> Vec<(&'static str, String)> {
        let below = |name: &str| self.0.join(name).display().to_string();
        vec![
            ("PATH", std::env::var("PATH").unwrap_or_default()),
            ("HOME", below("")),
            ("XDG_CONFIG_HOME", below("config")),
            ("XDG_STATE_HOME", below("state")),
            ("XDG_DATA_HOME", below("data")),
            ("XDG_CACHE_HOME", below("cache")),
            ("XDG_RUNTIME_DIR", below("run")),
            ("PID_FILE", below("pid")),
            ("TERM", "xterm-256color".to_owned()),
            ("LANG", "C.UTF-8".to_owned()),
            ("PS1", "$ ".to_owned()),
        ]
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// The program itself.
pub fn program() -> &'static str {
    env!("CARGO_BIN_EXE_dockerui-tui")
}

impl Terminal {
    /// The program with these arguments, in 120×40.
    pub fn start(arguments: &[&str]) -> Self {
        Self::start_with(Home::new(), arguments, &[])
    }

    /// The same in a home that is there already, with more variables.
    pub fn start_with(home: Home, arguments: &[&str], variables: &[(&str, &str)]) -> Self {
        let mut words = vec!["sh", "-c", WRAPPER, "sh", program()];
        words.extend(arguments);
        Self::run(home, &words, variables)
    }

    /// Any command.
    pub fn run(home: Home, words: &[&str], variables: &[(&str, &str)]) -> Self {
        let size = PtySize { rows: 40, cols: 120, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).expect("a terminal");
        let mut command = CommandBuilder::new(words[0]);
        command.args(&words[1..]);
        command.cwd(home.path());
        command.env_clear();
        home.variables().iter().for_each(|(name, value)| command.env(name, value));
        variables.iter().for_each(|(name, value)| command.env(name, value));
        let child = pair.slave.spawn_command(command).expect("the program");
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().expect("the terminal's output");
        let (sender, output) = mpsc::channel();
        std::thread::spawn(move || {
            let mut buffer = [0; 65_536];
            // Ends when the terminal is gone, which Linux calls an error.
            while let Ok(count @ 1..) = reader.read(&mut buffer) {
                if sender.send(buffer[..count].to_vec()).is_err() {
                    return;
                }
            }
        });
        let keyboard = pair.master.take_writer().expect("the keyboard");
        let parser = vt100::Parser::new_with_callbacks(cells(40), cells(120), 200, Clipboard::default());
        Self { master: pair.master, keyboard, child, output, parser, home }
    }

    /// Types, byte by byte as given.
    pub fn keys(&mut self, keys: &str) {
        self.keyboard.write_all(keys.as_bytes()).and_then(|()| self.keyboard.flush()).expect("the keyboard");
    }

    /// Waits until the text is on the screen.
    pub fn wait_for(&mut self, text: &str) {
        self.wait(&format!("“{text}”"), |screen| screen.contents().contains(text));
    }

    /// Waits until the text is no longer on the screen.
    pub fn wait_without(&mut self, text: &str) {
        self.wait(&format!("no “{text}”"), |screen| !screen.contents().contains(text));
    }

    /// Waits until the screen is as wanted; prints it when that never comes.
    pub fn wait(&mut self, what: &str, wanted: impl Fn(&vt100::Screen) -> bool) {
        let until = Instant::now() + PATIENCE;
        while !wanted(self.parser.screen()) {
            if let Err(why) = self.take_in(until) {
                panic!("{what} is not on the screen ({why:?}):\n{}", self.contents());
            }
        }
    }

    pub fn contents(&self) -> String {
        self.parser.screen().contents()
    }

    pub fn screen(&self) -> &vt100::Screen {
        self.parser.screen()
    }

    /// Waits until the program has copied such a text; gives it.
    pub fn wait_for_copy(&mut self, wanted: impl Fn(&str) -> bool) -> String {
        let until = Instant::now() + PATIENCE;
        loop {
            let text = decoded(&self.parser.callbacks().0);
            if wanted(&text) {
                return text;
            }
            if let Err(why) = self.take_in(until) {
                panic!("this was copied last ({why:?}): {text}\n{}", self.contents());
            }
        }
    }

    /// The program's own process.
    pub fn process(&self) -> String {
        std::fs::read_to_string(self.home.path().join("pid")).expect("the program's id").trim().to_owned()
    }

    /// What the program's process takes of the memory, in bytes.
    pub fn memory(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.process())).expect("its status");
        let resident = status.lines().find_map(|line| line.strip_prefix("VmRSS:")?.trim().strip_suffix(" kB"));
        resident.expect("its memory").trim().parse::<u64>().expect("a number") * 1024
    }

    /// The next piece of output goes to the screen. A question for the cursor is answered, as every terminal does.
    fn take_in(&mut self, until: Instant) -> Result<(), RecvTimeoutError> {
        let bytes = self.output.recv_timeout(until.saturating_duration_since(Instant::now()))?;
        self.parser.process(&bytes);
        if bytes.windows(4).any(|window| window == b"\x1b[6n") {
            let (row, column) = self.screen().cursor_position();
            self.keys(&format!("\x1b[{};{}R", row + 1, column + 1));
        }
        Ok(())
    }

    /// Columns and rows.
    pub fn resize(&mut self, columns: u16, rows: u16) {
        // First the picture: what comes from now on may be drawn for the new size.
        self.parser.screen_mut().set_size(cells(rows), cells(columns));
        self.master.resize(PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 }).expect("a resize");
    }

    /// Sends the program a signal.
    pub fn signal(&self, signal: Signal) {
        let pid = Pid::from_raw(self.process().parse().expect("a number")).expect("a process");
        kill_process(pid, signal).expect("a signal");
    }

    /// Waits for the end of the program; its exit code. The terminal must be as it was before.
    pub fn ended(&mut self) -> u32 {
        let until = Instant::now() + PATIENCE;
        loop {
            match self.take_in(until) {
                Ok(()) => {}
                Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) => panic!("it does not end:\n{}", self.contents()),
            }
        }
        let code = self.child.wait().expect("the program's end").exit_code();
        self.is_restored();
        assert!(self.contents().contains("modes are as before"), "{}", self.contents());
        code
    }

    /// The terminal is on its first screen, with a cursor, and sends neither mouse nor pastes.
    pub fn is_restored(&self) {
        let screen = self.screen();
        assert!(!screen.alternate_screen(), "still on the second screen:\n{}", self.contents());
        assert!(!screen.hide_cursor(), "the cursor is hidden:\n{}", self.contents());
        assert!(!screen.bracketed_paste(), "pastes are bracketed:\n{}", self.contents());
        assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None);
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn cells(count: u16) -> NonZeroU16 {
    NonZeroU16::new(count).expect("a cell at least")
}

fn decoded(base64: &[u8]) -> String {
    let mut decoder = Command::new("base64");
    decoder.arg("-d").stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = decoder.spawn().expect("base64");
    child.stdin.take().expect("its input").write_all(base64).expect("what was copied");
    String::from_utf8(child.wait_with_output().expect("an end").stdout).expect("text")
}
