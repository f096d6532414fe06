//! What containers print: a bounded ring of lines per container, written when somebody looks.
//!
//! Nothing runs for a container whose log nobody reads: the lines up to now are made on demand, from the container's
//! own generator, so that they are the same however often anybody looked.

use super::clock::{SECOND, rfc3339_nine, strftime};
use super::container::{Container, Phase};
use super::random::Random;
use serde::Deserialize;
use std::collections::{HashMap, VecDeque};
use std::sync::LazyLock;

/// Lines kept per container.
const KEPT: usize = 4096;

/// What kinds of processes there are and what they say.
pub static PROFILES: LazyLock<HashMap<String, Profile>> = LazyLock::new(|| {
    // A test reads the file; were it broken, containers would be silent.
    serde_json::from_str(include_str!("../../assets/demo/profiles.json")).unwrap_or_default()
});

/// A kind of process.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Profile {
    /// Lines a second.
    pub rate: f64,
    /// Lines it has printed before the engine was first looked at.
    pub backlog: u32,
    /// How long it takes to end when told to.
    pub stop_ms: u32,
    pub start: Vec<String>,
    pub stop: Vec<String>,
    pub crash: Vec<String>,
    pub lines: Vec<Phrase>,
    /// Percent of one core.
    pub cpu: f64,
    /// MiB, and how many more an hour.
    pub memory: f64,
    pub growth: f64,
    /// Bytes a second.
    pub received: f64,
    pub sent: f64,
    pub written: f64,
    pub processes: Vec<String>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Phrase {
    /// How often, against the others.
    pub weight: u32,
    pub error: bool,
    pub text: String,
}

#[derive(Debug)]
pub struct Logs {
    lines: VecDeque<Line>,
    /// The number of the oldest line kept.
    first: u64,
    /// When the next line is due; `None` when it prints nothing.
    next_at: Option<i64>,
    begun: bool,
    /// Lines a second, where a label asks for another rate than the profile's.
    rate: Option<f64>,
    /// Numbered lines that it prints when it starts, several at the same time; so many more are kept.
    numbered: usize,
    /// Lines that it prints when it starts, where a label names them.
    own: Option<Box<str>>,
    random: Random,
}

#[derive(Clone, Debug)]
pub struct Line {
    pub at: i64,
    pub error: bool,
    pub text: Box<str>,
}

impl Logs {
    pub fn new(random: Random, rate: Option<f64>, numbered: usize, own: Option<Box<str>>) -> Self {
        Self { lines: VecDeque::new(), first: 0, next_at: None, begun: false, rate, numbered, own, random }
    }

    /// The number of the line that will come next.
    pub fn end(&self) -> u64 {
        self.first + self.lines.len() as u64
    }

    /// The lines from that number on, as far as they are kept.
    pub fn from(&self, number: u64) -> impl DoubleEndedIterator<Item = &Line> {
        let skip = usize::try_from(number.saturating_sub(self.first)).unwrap_or(usize::MAX).min(self.lines.len());
        self.lines.range(skip..)
    }

    /// The number of the first line of the last `count`.
    pub fn tail(&self, count: usize) -> u64 {
        self.end() - (count.min(self.lines.len()) as u64)
    }

    pub fn next_at(&self) -> Option<i64> {
        self.next_at
    }

    pub fn print(&mut self, at: i64, error: bool, text: &str) {
        for (index, line) in text.split('\n').enumerate() {
            if self.lines.len() >= KEPT + self.numbered * 4 {
                self.lines.pop_front();
                self.first += 1;
            }
            // A trace of several lines is printed within microseconds.
            self.lines.push_back(Line { at: at + index as i64 * 3_000, error, text: line.into() });
        }
    }

    fn print_all(&mut self, at: i64, error: bool, phrases: &[String]) {
        for (index, phrase) in phrases.iter().enumerate() {
            let at = at + index as i64 * 7_000_000;
            let text = filled(phrase, at, &mut self.random);
            self.print(at, error, &text);
        }
    }

    fn gap(&mut self, rate: f64) -> Option<i64> {
        let spread = 0.3 + 1.4 * self.random.unit();
        (rate > 0.0).then(|| ((spread / rate * SECOND as f64) as i64).max(1))
    }
}

impl Container {
    pub fn profile(&self) -> Option<&'static Profile> {
        PROFILES.get(&self.spec.profile).or_else(|| PROFILES.get("other"))
    }

    fn rate(&self) -> f64 {
        self.logs.rate.or_else(|| self.profile().map(|profile| profile.rate)).unwrap_or(0.0)
    }

    /// Writes the lines up to that time, at first with what was printed before.
    pub fn catch_up(&mut self, now: i64) {
        let (Some(profile), rate) = (self.profile(), self.rate()) else { return };
        if !self.logs.begun {
            self.logs.begun = true;
            self.begin(now);
        }
        if rate <= 0.0 || self.run.phase != Phase::Running {
            return;
        }
        let Some(mut at) = self.logs.next_at else { return };
        at = at.max(now - (KEPT as f64 / rate * SECOND as f64) as i64);
        while at <= now {
            self.print_one(profile, at);
            at += self.logs.gap(rate).unwrap_or(SECOND);
        }
        self.logs.next_at = Some(at);
    }

    /// The backlog of a container that was there before anybody looked.
    fn begin(&mut self, now: i64) {
        let (Some(profile), Some(started)) = (self.profile(), self.run.started) else { return };
        let rate = if profile.rate > 0.0 { profile.rate } else { 1.0 };
        let end = if self.is_alive() { now } else { self.run.finished.unwrap_or(now) };
        let begin = started.max(end - (f64::from(profile.backlog) / rate * SECOND as f64) as i64);
        if begin == started {
            self.logs.print_all(started, false, &profile.start);
        }
        let mut at = begin + self.logs.gap(rate).unwrap_or(SECOND);
        while at < end {
            self.print_one(profile, at);
            at += self.logs.gap(rate).unwrap_or(SECOND);
        }
        match self.run.phase {
            Phase::Running | Phase::Paused => self.logs.next_at = Some(at),
            Phase::Created | Phase::Restarting | Phase::Exited => self.print_end(profile, end),
        }
    }

    fn print_one(&mut self, profile: &Profile, at: i64) {
        let total: u64 = profile.lines.iter().map(|phrase| u64::from(phrase.weight)).sum();
        let mut chosen = self.logs.random.between(1, total.max(1));
        for phrase in &profile.lines {
            let weight = u64::from(phrase.weight);
            if chosen <= weight {
                let text = filled(&phrase.text, at, &mut self.logs.random);
                self.logs.print(at, phrase.error, &text);
                return;
            }
            chosen -= weight;
        }
    }

    fn print_end(&mut self, profile: &Profile, at: i64) {
        match self.run.exit_code {
            0 | 143 => self.logs.print_all(at, false, &profile.stop),
            // Killed: it had no time for last words.
            137 => {}
            _ => self.logs.print_all(at, true, &profile.crash),
        }
    }

    /// Prints what it says when it starts. Call [`catch_up`](Self::catch_up) before.
    pub fn log_start(&mut self, now: i64, living: bool) {
        let Some(profile) = self.profile() else { return };
        self.logs.begun = true;
        self.logs.print_all(now, false, &profile.start);
        if let Some(own) = self.logs.own.clone() {
            self.logs.print(now, false, &own);
        }
        for number in 0..self.logs.numbered {
            self.logs.print(now + number as i64 / 3, number % 7 == 3, &format!("line {}", number + 1));
        }
        let after = now + profile.start.len() as i64 * 7_000_000;
        let rate = self.rate();
        self.logs.next_at = if living { self.logs.gap(rate).map(|gap| after + gap) } else { None };
    }

    /// Prints its last words; its exit code is set already.
    pub fn log_end(&mut self, now: i64) {
        self.logs.next_at = None;
        if let Some(profile) = self.profile() {
            self.print_end(profile, now);
        }
    }

    /// A frozen process prints nothing for the time it was frozen.
    pub fn log_resume(&mut self, now: i64) {
        self.logs.next_at = self.logs.next_at.map(|at| at.max(now));
    }
}

/// Fills a phrase: `<<clf>>`, `<<iso>>`, `<<pg>>`, `<<clock>>` are times; `<<n:1-9>>` a number, `<<hex:8>>` digits,
/// `<<ip>>` an address, `<<a|b|c>>` one of those.
fn filled(phrase: &str, at: i64, random: &mut Random) -> String {
    let mut text = String::with_capacity(phrase.len() + 32);
    let mut rest = phrase;
    while let Some((before, after)) = rest.split_once("<<") {
        let (slot, after) = after.split_once(">>").unwrap_or((after, ""));
        text.push_str(before);
        rest = after;
        let (kind, argument) = slot.split_once(':').unwrap_or((slot, ""));
        match kind {
            "clf" => text.push_str(&strftime("%d/%b/%Y:%H:%M:%S +0000", at)),
            "iso" => text.push_str(&strftime("%Y-%m-%dT%H:%M:%S.%3fZ", at)),
            "pg" => text.push_str(&strftime("%Y-%m-%d %H:%M:%S.%3f UTC", at)),
            "clock" => text.push_str(&strftime("%H:%M:%S", at)),
            "redis" => text.push_str(&strftime("%d %b %Y %H:%M:%S.%3f", at)),
            "ip" => text.push_str(&format!("10.0.{}.{}", random.between(0, 7), random.between(2, 254))),
            "hex" => text.push_str(&random.hex(argument.parse().unwrap_or(8))),
            "n" => {
                let (low, high) = argument.split_once('-').unwrap_or((argument, argument));
                let number = random.between(low.parse().unwrap_or(0), high.parse().unwrap_or(9));
                text.push_str(&number.to_string());
            }
            _ => {
                let words: Vec<&str> = slot.split('|').collect();
                text.push_str(random.pick(&words).copied().unwrap_or_default());
            }
        }
    }
    text.push_str(rest);
    text
}

/// A line as it goes over the wire: in a frame with a header of eight bytes unless the terminal is raw.
pub fn frame(line: &Line, timestamps: bool, tty: bool, into: &mut Vec<u8>) {
    let stamp = if timestamps { format!("{} ", rfc3339_nine(line.at)) } else { String::new() };
    let end = if tty { "\r\n" } else { "\n" };
    let length = stamp.len() + line.text.len() + end.len();
    if !tty {
        into.extend_from_slice(&header(line.error, length));
    }
    into.extend_from_slice(stamp.as_bytes());
    into.extend_from_slice(line.text.as_bytes());
    into.extend_from_slice(end.as_bytes());
}

/// The header of a frame: the stream and the length in network order.
pub fn header(error: bool, length: usize) -> [u8; 8] {
    let [a, b, c, d] = u32::try_from(length).unwrap_or(u32::MAX).to_be_bytes();
    [if error { 2 } else { 1 }, 0, 0, 0, a, b, c, d]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn profiles_are_readable_and_say_something() {
        let parsed: HashMap<String, Profile> =
            serde_json::from_str(include_str!("../../assets/demo/profiles.json")).unwrap();
        assert!(parsed.contains_key("other"));
        for (name, profile) in parsed {
            assert!(profile.rate == 0.0 || !profile.lines.is_empty(), "{name}");
            assert!(!profile.processes.is_empty(), "{name}");
        }
    }

    #[test]
    fn phrases_are_filled() {
        let mut random = Random::new(1);
        assert_eq!(filled("a <<n:5-5>> <<x|x>> <<clock>>!", 0, &mut random), "a 5 x 00:00:00!");
        assert_eq!(filled("{\"plain\":1}", 0, &mut random), "{\"plain\":1}");
    }

    #[test]
    fn the_ring_is_bounded_and_numbers_go_on() {
        let mut logs = Logs::new(Random::new(1), None, 0, None);
        for number in 0..KEPT + 10 {
            logs.print(number as i64, false, &number.to_string());
        }
        assert_eq!(logs.lines.len(), KEPT);
        assert_eq!(logs.end(), KEPT as u64 + 10);
        assert_eq!(logs.from(0).next().unwrap().text.as_ref(), "10");
        assert_eq!(logs.from(logs.tail(1)).next().unwrap().text.as_ref(), (KEPT + 9).to_string());
    }
}
