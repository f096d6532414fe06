//! BuildKit's messages (`StatusResponse` of its control protocol): vertices, what goes on in them, their output.
//!
//! Four small messages of protocol buffers are read by hand: a library for them and its build would weigh more than all
//! else here.

use crate::domain::{BuildNews, Progress, StepState};
use std::time::Duration;

/// Whatever cannot be read is left out: a newer engine may say more than is known here.
pub fn read(message: &[u8]) -> Vec<BuildNews> {
    let mut news = Vec::new();
    for (field, value) in Fields(message) {
        let Value::Bytes(inner) = value else { continue };
        match field {
            1 => news.extend(vertex(inner)),
            2 => news.extend(status(inner)),
            3 => news.extend(log(inner)),
            4 => news.extend(warning(inner)),
            _ => {}
        }
    }
    news
}

fn vertex(message: &[u8]) -> Option<BuildNews> {
    let (mut key, mut name, mut error) = (None, None, None);
    let (mut is_cached, mut started, mut completed) = (false, None, None);
    for (field, value) in Fields(message) {
        match (field, value) {
            (1, Value::Bytes(text)) => key = Some(words(text)),
            (3, Value::Bytes(text)) => name = Some(words(text)),
            (4, Value::Number(number)) => is_cached = number != 0,
            (5, Value::Bytes(time)) => started = Some(timestamp(time)),
            (6, Value::Bytes(time)) => completed = Some(timestamp(time)),
            (7, Value::Bytes(text)) => error = Some(words(text)).filter(|text| !text.is_empty()),
            _ => {}
        }
    }
    let state = match (error, started, completed) {
        (Some(error), ..) if error.ends_with("context canceled") => StepState::Stopped,
        (Some(_), ..) => StepState::Failed,
        (None, _, Some(_)) if is_cached => StepState::Cached,
        (None, started, Some(completed)) => StepState::Done(started.and_then(|started| completed.checked_sub(started))),
        (None, Some(_), None) => StepState::Running,
        (None, None, None) => StepState::Waiting,
    };
    Some(BuildNews::Step { key: key?, name: name?, state })
}

fn status(message: &[u8]) -> Option<BuildNews> {
    let (mut id, mut key, mut name) = (None, None, None);
    let (mut done, mut total, mut is_over) = (0, 0, false);
    for (field, value) in Fields(message) {
        match (field, value) {
            (1, Value::Bytes(text)) => id = Some(words(text)),
            (2, Value::Bytes(text)) => key = Some(words(text)),
            (3, Value::Bytes(text)) => name = Some(words(text)),
            (4, Value::Number(number)) => done = number,
            (5, Value::Number(number)) => total = number,
            (8, Value::Bytes(_)) => is_over = true,
            _ => {}
        }
    }
    let part = id?;
    let doing = name.filter(|name| !name.is_empty() && *name != part).unwrap_or_default();
    let status: Box<str> = match (doing.is_empty(), is_over) {
        (true, true) => "done".into(),
        (false, true) => format!("{doing}, done").into(),
        (_, false) => doing,
    };
    Some(BuildNews::Part { key: key?, progress: Progress { part, status, done, total } })
}

fn log(message: &[u8]) -> Option<BuildNews> {
    let (mut key, mut text) = (None, None);
    for (field, value) in Fields(message) {
        match (field, value) {
            (1, Value::Bytes(digest)) => key = Some(words(digest)),
            (4, Value::Bytes(written)) => text = Some(words(written)),
            _ => {}
        }
    }
    Some(BuildNews::Output { key: key?, text: text? })
}

fn warning(message: &[u8]) -> Option<BuildNews> {
    let mut short = Fields(message).filter_map(|(field, value)| match (field, value) {
        (3, Value::Bytes(text)) => Some(words(text)),
        _ => None,
    });
    short.next().map(BuildNews::Note)
}

fn words(bytes: &[u8]) -> Box<str> {
    String::from_utf8_lossy(bytes).into()
}

/// Since 1970.
fn timestamp(message: &[u8]) -> Duration {
    let (mut seconds, mut nanos) = (0, 0);
    for (field, value) in Fields(message) {
        match (field, value) {
            (1, Value::Number(number)) => seconds = number,
            (2, Value::Number(number)) => nanos = number,
            _ => {}
        }
    }
    Duration::from_secs(seconds).saturating_add(Duration::from_nanos(nanos))
}

/// The fields of a message, one after the other; what is cut off or unknown ends it.
struct Fields<'a>(&'a [u8]);

enum Value<'a> {
    Number(u64),
    Bytes(&'a [u8]),
}

impl<'a> Iterator for Fields<'a> {
    type Item = (u64, Value<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        let tag = self.number()?;
        let value = match tag & 7 {
            0 => Value::Number(self.number()?),
            1 => Value::Bytes(self.bytes(8)?),
            2 => {
                let length = self.number()?;
                Value::Bytes(self.bytes(length)?)
            }
            5 => Value::Bytes(self.bytes(4)?),
            _ => return None,
        };
        Some((tag >> 3, value))
    }
}

impl<'a> Fields<'a> {
    /// Seven bits a byte, the lowest first.
    fn number(&mut self) -> Option<u64> {
        let mut number = 0_u64;
        for shift in (0..64).step_by(7) {
            let (byte, rest) = self.0.split_first()?;
            self.0 = rest;
            number |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }

    fn bytes(&mut self, length: u64) -> Option<&'a [u8]> {
        let (bytes, rest) = self.0.split_at_checked(usize::try_from(length).ok()?)?;
        self.0 = rest;
        Some(bytes)
    }
}
