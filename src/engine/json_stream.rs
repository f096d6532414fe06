//! Cuts a stream of JSON objects into objects, whatever stands between them and wherever the chunks end.

use super::failure::{broken, malformed};
use crate::domain::{Failure, FailureKind};
use bytes::{Buf, Bytes, BytesMut};
use http_body_util::BodyExt;
use hyper::body::Incoming;

/// An object longer than this is no event and no progress.
const LONGEST_OBJECT: usize = 16 * 1024 * 1024;

/// Objects are found by their braces, not by line ends: so one is given out as soon as its last brace is there.
#[derive(Debug, Default)]
pub struct JsonObjects {
    buffer: BytesMut,
    /// Bytes of the buffer that were looked at.
    seen: usize,
    depth: u32,
    in_string: bool,
    escaped: bool,
}

impl JsonObjects {
    pub fn push(&mut self, bytes: &[u8]) {
        self.buffer.extend_from_slice(bytes);
    }

    /// The next whole object, if it has come.
    pub fn next(&mut self) -> Result<Option<Bytes>, Failure> {
        if self.depth == 0 && !self.skip_to_object()? {
            return Ok(None);
        }
        while let Some(byte) = self.buffer.get(self.seen) {
            self.seen += 1;
            if self.in_string {
                match byte {
                    _ if self.escaped => self.escaped = false,
                    b'\\' => self.escaped = true,
                    b'"' => self.in_string = false,
                    _ => {}
                }
                continue;
            }
            match byte {
                b'"' => self.in_string = true,
                b'{' => self.depth += 1,
                b'}' => self.depth = self.depth.saturating_sub(1),
                _ => {}
            }
            if self.depth == 0 {
                let object = self.buffer.split_to(self.seen).freeze();
                self.seen = 0;
                return Ok(Some(object));
            }
        }
        if self.buffer.len() > LONGEST_OBJECT {
            return Err(malformed("a stream", &"an object does not end"));
        }
        Ok(None)
    }

    /// Whether an object has begun and not ended.
    pub fn is_inside(&self) -> bool {
        self.depth > 0
    }

    /// The next byte that is not blank; asked between two objects.
    pub fn peek(&mut self) -> Option<u8> {
        let blank = self.buffer.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        self.buffer.advance(blank);
        self.buffer.first().copied()
    }

    /// Leaves out the byte that [`Self::peek`] told.
    pub fn skip(&mut self) {
        self.buffer.advance(1.min(self.buffer.len()));
    }

    fn skip_to_object(&mut self) -> Result<bool, Failure> {
        match self.peek() {
            None => Ok(false),
            Some(b'{') => Ok(true),
            Some(_) => {
                let start = self.buffer.get(..80).unwrap_or(&self.buffer);
                Err(malformed("a stream", &format!("“{}” is no object", String::from_utf8_lossy(start).trim())))
            }
        }
    }
}

/// The objects of a response's body.
#[derive(Debug)]
pub struct ObjectStream {
    body: Incoming,
    objects: JsonObjects,
}

impl ObjectStream {
    pub fn new(body: Incoming) -> Self {
        Self { body, objects: JsonObjects::default() }
    }

    /// Waits for the next object; `None` at a clean end.
    pub async fn next(&mut self) -> Result<Option<Bytes>, Failure> {
        loop {
            if let Some(object) = self.objects.next()? {
                return Ok(Some(object));
            }
            match self.body.frame().await {
                Some(Ok(frame)) => {
                    if let Some(data) = frame.data_ref() {
                        self.objects.push(data);
                    }
                }
                Some(Err(error)) => return Err(broken(&error)),
                None if self.objects.is_inside() => {
                    return Err(Failure::new(FailureKind::Lost, "The engine's answer ended in the middle."));
                }
                None => return Ok(None),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn all(objects: &mut JsonObjects) -> Vec<String> {
        std::iter::from_fn(|| objects.next().unwrap()).map(|o| String::from_utf8(o.to_vec()).unwrap()).collect()
    }

    #[test]
    fn an_object_is_there_before_its_line_end() {
        let mut objects = JsonObjects::default();
        objects.push(b"{\"a\":1}");
        assert_eq!(all(&mut objects), ["{\"a\":1}"]);
        objects.push(b"\r\n{\"b\":");
        assert!(all(&mut objects).is_empty() && objects.is_inside());
        objects.push(b"{}}\r");
        assert_eq!(all(&mut objects), ["{\"b\":{}}"]);
        objects.push(b"\n");
        assert!(all(&mut objects).is_empty() && !objects.is_inside());
    }

    #[test]
    fn what_is_no_object_is_told() {
        let mut objects = JsonObjects::default();
        objects.push(b"\r\n<html>no</html>");
        assert!(objects.next().unwrap_err().sentence.contains("<html>no"));
    }

    proptest! {
        #[test]
        fn objects_are_the_same_wherever_chunks_end(texts in prop::collection::vec(".{0,12}", 0..6), cut in 1_usize..9) {
            let written: Vec<String> = texts.iter().map(|t| serde_json::json!({"k": t, "n": {"x": [t]}}).to_string()).collect();
            let stream = written.join("\r\n");
            let mut objects = JsonObjects::default();
            let mut read = Vec::new();
            for chunk in stream.as_bytes().chunks(cut) {
                objects.push(chunk);
                read.extend(all(&mut objects));
            }
            prop_assert_eq!(read, written);
        }
    }
}
