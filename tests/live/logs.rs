//! Logs: nothing lost, nothing doubled, whatever is in them, and the same again after a break.

use crate::support::engines::{IMAGE, Live, PATIENCE, on_engines};
use crate::support::lines::Folder;
use crate::support::stage::Stage;
use crate::support::tap::Tap;
use dockerui_tui::app::detail::log_pane::{LogLook, LogPane};
use dockerui_tui::app::logs::Source;
use dockerui_tui::app::msg::LogPart;
use dockerui_tui::config::Settings;
use dockerui_tui::domain::{ContainerId, ContainerSpec, LogChunk, LogLine, LogQuery, LogStream, Time};
use dockerui_tui::engine::{Dialer, Engine};
use futures_util::StreamExt;
use std::pin::pin;

on_engines!(
    stdout_and_stderr,
    a_terminals,
    a_hundred_thousand_lines,
    a_terminal_of_many_lines,
    the_last_lines,
    follows_until_the_end,
    since_and_again,
    bytes_as_they_are,
    a_line_of_ten_megabytes,
    ten_megabytes_saved,
    a_silent_one,
    one_whose_driver_keeps_nothing,
);

const ALL: LogQuery = LogQuery { tail: None, since: None, until: None, follow: false };
const FOLLOW: LogQuery = LogQuery { follow: true, ..ALL };

/// The whole log; ends with the stream.
async fn read(engine: &Engine, id: &ContainerId, query: &LogQuery, tty: Option<bool>) -> LogChunk {
    let mut chunks = pin!(engine.logs(id, query, tty));
    let mut whole = LogChunk::default();
    let reading = async {
        while let Some(chunk) = chunks.next().await {
            whole.append(&chunk.expect("the log"));
        }
    };
    tokio::time::timeout(PATIENCE, reading).await.expect("the log to end");
    whole
}

fn lines(log: &LogChunk) -> Vec<String> {
    (0..log.lines.len()).map(|index| String::from_utf8_lossy(log.text(index)).into_owned()).collect()
}

fn of(log: &LogChunk, stream: LogStream) -> Vec<String> {
    let is_of = |line: &LogLine| line.stream == stream;
    lines(log).into_iter().zip(&log.lines).filter(|(_, line)| is_of(line)).map(|(text, _)| text).collect()
}

async fn ended(live: &Live, suffix: &str, script: &str) -> ContainerId {
    let target = live.script(suffix, script).await;
    live.until(&target.id, |row| !row.state.is_up()).await;
    target.id
}

async fn stdout_and_stderr(live: Live) {
    let id = ended(&live, "both", "echo one; echo two >&2; echo; echo three; printf 'no end'").await;
    for tty in [None, Some(false)] {
        let log = read(&live.engine, &id, &ALL, tty).await;
        assert_eq!(of(&log, LogStream::Stdout), ["one", "", "three", "no end"]);
        assert_eq!(of(&log, LogStream::Stderr), ["two"]);
        assert!(log.lines.iter().all(|line| line.time > 1_600_000_000_000_000_000), "{:?}", log.lines);
    }
}

async fn a_terminals(live: Live) {
    let script = r"printf '\001starts with a byte of a header\n'; echo err >&2; printf 'held back'; sleep 1000";
    let mut spec = live.spec("tty", &["sh", "-c", script]);
    spec.tty = true;
    let target = live.create(spec).await;
    // A client that takes the first byte for a header hangs here.
    live.logs_until(&target.id, "err").await;
    let log = read(&live.engine, &target.id, &ALL, None).await;
    let told = lines(&log);
    assert!(told.len() >= 2 && told[0] == "\u{1}starts with a byte of a header" && told[1] == "err", "{told:?}");
    assert!(log.lines.iter().all(|line| line.stream == LogStream::Terminal));
}

const MANY: usize = 100_000;
const MANY_LINES: &str = "i=1; while [ $i -le 1000 ]; do seq $((i * 100 - 99)) $((i * 100)); i=$((i + 1)); done";

fn is_counted(log: &LogChunk) {
    assert_eq!(log.lines.len(), MANY);
    let wrong = (0..MANY).find(|&index| log.text(index) != (index + 1).to_string().as_bytes());
    assert_eq!(wrong, None, "{:?}", wrong.map(|index| String::from_utf8_lossy(log.text(index)).into_owned()));
}

/// Podman under load breaks a line in two, each part with its time, and a time that differs stays within the line, so only
/// what was written is told, without times and line ends.
fn told(log: &LogChunk) -> String {
    without_times(&(0..log.lines.len()).map(|index| log.text(index)).collect::<Vec<_>>().concat())
}

fn without_times(bytes: &[u8]) -> String {
    let stamp = regex::bytes::Regex::new(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z |[\r\n]").expect("a pattern");
    String::from_utf8_lossy(&stamp.replace_all(bytes, &b""[..])).into_owned()
}

/// What an engine sent, put together here by another way than the program's: that is what the log has to be. Docker sends
/// all that was written; Podman under load loses lines now and then, which its log files and the docker client show too.
fn is_what_was_sent(live: &Live, log: &LogChunk, tap: &mut Tap, is_terminal: bool) {
    let body = tap.longest_body();
    let mut sent = Vec::new();
    let mut rest = &body[..];
    while let [_, _, _, _, a, b, c, d, behind @ ..] = rest
        && !is_terminal
    {
        let size = u32::from_be_bytes([*a, *b, *c, *d]) as usize;
        // Each message has a time of its own.
        sent.extend_from_slice(behind.get(..size).unwrap_or(behind));
        rest = behind.get(size..).unwrap_or_default();
    }
    let sent = without_times(if is_terminal { &body } else { &sent });
    let told = told(log);
    // More may have been sent by now than was asked for.
    let wrong = told.bytes().zip(sent.bytes()).position(|(told, sent)| told != sent);
    assert!(sent.starts_with(&told), "{} of {} bytes, first wrong: {wrong:?}", told.len(), sent.len());
    let written: String = (1..=MANY).map(|number| number.to_string()).collect();
    assert!(told == written || live.is_podman(), "{} of {} bytes were sent", told.len(), written.len());
}

/// The same engine, with an ear at the line.
fn tapped(live: &Live) -> (Engine, Tap) {
    let tap = Tap::before(live.socket());
    (Engine::new(Dialer::Unix(tap.socket())), tap)
}

/// Follows a log up to the last line of many.
async fn follow_many(live: &Live, id: &ContainerId, tty: bool) -> LogChunk {
    let (engine, mut tap) = tapped(live);
    let mut chunks = pin!(engine.logs(id, &FOLLOW, Some(tty)));
    let mut seen = LogChunk::default();
    let reading = async {
        while !seen.text(seen.lines.len().saturating_sub(1)).ends_with(b"100000") {
            seen.append(&chunks.next().await.expect("more of the log").expect("the log"));
        }
    };
    let outcome = tokio::time::timeout(PATIENCE, reading).await;
    assert!(outcome.is_ok(), "{} lines came", seen.lines.len());
    is_what_was_sent(live, &seen, &mut tap, tty);
    seen
}

/// Reads a log of many lines from its first line to the last one there is.
async fn read_many(live: &Live, id: &ContainerId) -> LogChunk {
    let (engine, mut tap) = tapped(live);
    let log = read(&engine, id, &ALL, Some(false)).await;
    is_what_was_sent(live, &log, &mut tap, false);
    log
}

/// Read while they are written, and once more when they are. The container stays: of one that has ended Podman 4.3 loses
/// most of a long log when it is followed, for the docker client as well.
async fn a_hundred_thousand_lines(live: Live) {
    let target = live.script("many", &format!("{MANY_LINES}; sleep 1000")).await;
    let mut logs = vec![follow_many(&live, &target.id, false).await, read_many(&live, &target.id).await];
    live.docker(&["kill", &target.name]);
    logs.push(read_many(&live, &target.id).await);
    if !live.is_podman() {
        logs.push(read(&live.engine, &target.id, &FOLLOW, None).await);
        logs.iter().for_each(is_counted);
    }
}

async fn a_terminal_of_many_lines(live: Live) {
    let mut spec = live.spec("many-tty", &["sh", "-c", &format!("stty -opost; {MANY_LINES}; sleep 1000")]);
    spec.tty = true;
    let target = live.create(spec).await;
    let log = follow_many(&live, &target.id, true).await;
    if !live.is_podman() {
        is_counted(&log);
    }
}

async fn the_last_lines(live: Live) {
    let id = ended(&live, "tail", "seq 1 50").await;
    let tail = |lines| LogQuery { tail: Some(lines), ..ALL };
    assert_eq!(lines(&read(&live.engine, &id, &tail(3), None).await), ["48", "49", "50"]);
    assert_eq!(lines(&read(&live.engine, &id, &tail(0), None).await), [""; 0]);
    assert_eq!(read(&live.engine, &id, &tail(1000), None).await.lines.len(), 50);
}

async fn follows_until_the_end(live: Live) {
    let target = live.script("grows", "echo first; while [ ! -e /go ]; do sleep 0.05; done; echo last").await;
    let mut chunks = pin!(live.engine.logs(&target.id, &FOLLOW, None));
    let mut seen = LogChunk::default();
    while let Some(chunk) = chunks.next().await {
        seen.append(&chunk.expect("the log"));
        if lines(&seen) == ["first"] {
            live.docker(&["exec", &target.name, "touch", "/go"]);
        }
    }
    assert_eq!(lines(&seen), ["first", "last"], "and the stream ended with the container");
}

/// From the time of the last line seen: that one comes again, nothing before it, and nothing is left out.
async fn since_and_again(live: Live) {
    let script = "i=0; while [ $i -lt 60 ]; do i=$((i + 1)); echo $i; sleep 0.05; done";
    let target = live.script("again", script).await;
    let mut first = LogChunk::default();
    {
        let mut chunks = pin!(live.engine.logs(&target.id, &FOLLOW, None));
        while first.lines.len() < 30 {
            first.append(&chunks.next().await.expect("more").expect("the log"));
        }
    }
    let last = first.lines.last().expect("a line").time;
    let rest = read(&live.engine, &target.id, &LogQuery { since: Some(last), ..FOLLOW }, None).await;
    let (before, after) = (lines(&first), lines(&rest));
    let seen: usize = before.last().expect("a line").parse().expect("a number");
    let again: usize = after.first().expect("a line").parse().expect("a number");
    // Podman knows only whole seconds: of the last one all lines come again.
    let most = if live.is_podman() { 25 } else { 0 };
    assert!((seen - most..=seen).contains(&again), "{again} after {seen}");
    let expected: Vec<String> = (again..=60).map(|number| number.to_string()).collect();
    assert_eq!(after, expected);
}

async fn bytes_as_they_are(live: Live) {
    let id = ended(&live, "bytes", r"printf 'a\000b\033[31mred\033[0m\303\251\377\n'; printf 'x\ry\n'").await;
    let log = read(&live.engine, &id, &ALL, None).await;
    // Docker keeps its logs as JSON, which has no place for what is not UTF-8.
    let end: &[u8] = if live.is_podman() { b"\xff" } else { "\u{fffd}".as_bytes() };
    assert_eq!(log.text(0), [b"a\0b\x1b[31mred\x1b[0m\xc3\xa9", end].concat());
    assert_eq!(log.text(1), b"x\ry");
}

async fn a_line_of_ten_megabytes(live: Live) {
    let script = "echo before; head -c 10485760 /dev/zero | tr '\\0' x; echo; echo after";
    let id = ended(&live, "long", script).await;
    let log = read(&live.engine, &id, &ALL, None).await;
    let count = log.bytes.iter().filter(|byte| **byte == b'x').count();
    assert_eq!(count, 10 << 20);
    assert_eq!((log.text(0), log.text(log.lines.len() - 1)), (&b"before"[..], &b"after"[..]));
    assert!((0..log.lines.len()).all(|index| log.text(index).len() <= 2 << 20), "in pieces that can be shown");
}

/// The program writes it as one line, wherever it was cut on its way; Podman breaks one whose parts have different times.
async fn ten_megabytes_saved(live: Live) {
    let folder = Folder::new();
    let script = "head -c 10485760 /dev/zero | tr '\\0' x; echo; echo after; sleep 1000";
    for (suffix, tty) in [("wide", false), ("wide-tty", true)] {
        let target = live.create(ContainerSpec { tty, ..live.spec(suffix, &["sh", "-c", script]) }).await;
        live.logs_until(&target.id, "after").await;
        let file = folder.0.join(suffix);
        let mut play = Stage::new(120, 40).socket(live.socket()).open();
        play.wait_for("Containers ")
            .await
            .keys("/name==")
            .keys(&target.name)
            .keys("<Enter>")
            .wait_for("Containers 1")
            .await;
        play.keys("lz").wait_for("│after ").await.keys("<C-s>").wait_for("Save the log of").await;
        play.keys("<C-u>")
            .keys(file.to_str().expect("a plain path"))
            .keys("<Tab><C-u>whole<C-s>")
            .wait_for("Saved the log")
            .await;
        play.quit().await;
        let saved = std::fs::read(&file).expect("the file");
        assert_eq!(saved.iter().filter(|byte| **byte == b'x').count(), 10 << 20);
        let lines = saved.split(|byte| *byte == b'\n').filter(|line| line.contains(&b'x')).count();
        assert!(lines == 1 || live.is_podman(), "{lines} lines");
    }
}

async fn a_silent_one(live: Live) {
    let id = ended(&live, "silent", "true").await;
    assert_eq!(read(&live.engine, &id, &ALL, None).await.lines.len(), 0);
    assert_eq!(read(&live.engine, &id, &LogQuery { tail: Some(10), ..FOLLOW }, None).await.lines.len(), 0);
}

async fn one_whose_driver_keeps_nothing(live: Live) {
    let (name, label) = (live.name("none"), live.label());
    let words = ["run", "-d", "--name", &name, "--label", &label, "--log-driver", "none", IMAGE, "sleep", "1000"];
    let id = ContainerId::new(live.docker(&words).trim());
    let settings = Settings::default().logs;
    let mut pane = LogPane::new(Time(0), id.clone(), true, &settings, LogLook::of(&settings));
    let failure = pin!(live.engine.logs(&id, &FOLLOW, None)).next().await.expect("an answer").expect_err("no log");
    pane.take(&id, 0, LogPart::Ended(Some(failure)));
    assert!(matches!(pane.view.source(), Source::Unreadable(_)), "{:?}", pane.view.source());
}
