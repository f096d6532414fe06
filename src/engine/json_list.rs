//! A list of objects as an answer, read object by object as they come: a long list is never in memory as text.

use super::Engine;
use super::call::Call;
use super::failure::{broken, malformed, silent};
use super::json_stream::JsonObjects;
use crate::domain::Failure;
use bytes::Bytes;
use http_body_util::BodyExt;
use hyper::body::Incoming;
use hyper::header::HeaderMap;
use std::time::Duration;
use tokio::time::Instant;

/// What an answer told beside its list.
pub struct Told {
    pub headers: HeaderMap,
    /// From sending to the last byte.
    pub elapsed: Duration,
}

impl Engine {
    /// Gives each object of the list to `take` as soon as it is there; `null` is an empty list.
    pub(super) async fn ask_each(
        &self,
        what: &str,
        call: Call,
        take: impl FnMut(&[u8]) -> serde_json::Result<()>,
    ) -> Result<Told, Failure> {
        let started = Instant::now();
        let (request, wait) = self.request(call)?;
        let mut log = self.log_entry(&request);
        let mut length = 0;
        let told = match self.answered(request, wait, &mut log).await {
            Ok(response) => {
                let (head, body) = response.into_parts();
                let read = self.read_each(what, body, &mut length, take).await;
                read.map(|()| Told { headers: head.headers, elapsed: started.elapsed() })
            }
            Err(failure) => Err(failure),
        };
        self.tell(log, started, told.as_ref().err(), length);
        told
    }

    async fn read_each(
        &self,
        what: &str,
        mut body: Incoming,
        length: &mut usize,
        mut take: impl FnMut(&[u8]) -> serde_json::Result<()>,
    ) -> Result<(), Failure> {
        let pause = self.deadlines.answer;
        let mut list = JsonList::default();
        loop {
            let frame = tokio::time::timeout(pause, body.frame()).await.map_err(|_| silent(pause))?;
            let Some(frame) = frame else { return list.finish(what) };
            let Ok(data) = frame.map_err(|error| broken(&error))?.into_data() else { continue };
            *length += data.len();
            list.objects.push(&data);
            while let Some(object) = list.next(what)? {
                take(&object).map_err(|error| malformed(what, &error))?;
            }
        }
    }
}

/// Takes a list apart, wherever the pieces end.
#[derive(Debug, Default)]
struct JsonList {
    objects: JsonObjects,
    at: Place,
}

#[derive(Debug, Default, PartialEq, Eq)]
enum Place {
    #[default]
    Before,
    /// Between two objects, or in one.
    Within,
    Behind,
    /// No list: what it is instead.
    Else(Vec<u8>),
}

/// What is no list is kept up to here, to say what it is.
const LONGEST_ELSE: usize = 4096;

impl JsonList {
    /// The next whole object, if it has come.
    fn next(&mut self, what: &str) -> Result<Option<Bytes>, Failure> {
        loop {
            if self.objects.is_inside() {
                return self.objects.next();
            }
            let Some(byte) = self.objects.peek() else { return Ok(None) };
            match (&mut self.at, byte) {
                (Place::Before, b'[') => self.at = Place::Within,
                (Place::Before, _) => self.at = Place::Else(vec![byte]),
                (Place::Within, b',') | (Place::Behind, _) => {}
                (Place::Within, b']') => self.at = Place::Behind,
                (Place::Within, b'{') => return self.objects.next(),
                (Place::Within, _) => return Err(malformed(what, &"an element is no object")),
                (Place::Else(text), _) if text.len() < LONGEST_ELSE => text.push(byte),
                (Place::Else(_), _) => {}
            }
            self.objects.skip();
        }
    }

    /// The answer has ended.
    fn finish(self, what: &str) -> Result<(), Failure> {
        match self.at {
            Place::Behind => Ok(()),
            Place::Else(text) if text == b"null" => Ok(()),
            Place::Else(text) => Err(malformed(what, &format!("“{}” is no list", String::from_utf8_lossy(&text)))),
            Place::Before | Place::Within => Err(malformed(what, &"it ends too early")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, piece: usize) -> Result<Vec<String>, Failure> {
        let mut list = JsonList::default();
        let mut found = Vec::new();
        for piece in text.as_bytes().chunks(piece) {
            list.objects.push(piece);
            while let Some(object) = list.next("the list")? {
                found.push(String::from_utf8_lossy(&object).into_owned());
            }
        }
        list.finish("the list").map(|()| found)
    }

    #[test]
    fn objects_are_the_same_wherever_pieces_end() {
        let text = " [ {\"a\":\"]},{\"} ,\n{\"b\":{\"c\":[1,{}]}}] \n";
        for piece in 1..=text.len() {
            assert_eq!(read(text, piece).unwrap(), ["{\"a\":\"]},{\"}", "{\"b\":{\"c\":[1,{}]}}"], "{piece}");
        }
        assert_eq!(read("[]", 1).unwrap(), [""; 0]);
        assert_eq!(read("null\n", 2).unwrap(), [""; 0]);
    }

    #[test]
    fn what_is_no_whole_list_is_told() {
        for (text, told) in [
            ("", "ends too early"),
            ("[{\"a\":1}", "ends too early"),
            ("[{\"a\":", "ends too early"),
            ("[1]", "no object"),
            ("{\"message\": \"no\"}", "“{\"message\":\"no\"}” is no list"),
            ("<html>", "“<html>” is no list"),
        ] {
            let failure = read(text, 3).unwrap_err();
            assert!(failure.sentence.contains(told), "{text}: {}", failure.sentence);
        }
    }
}
