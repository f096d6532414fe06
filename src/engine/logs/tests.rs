//! Whole log streams, from prepared bytes.

use super::super::canned::{Script, engine};
use super::*;
use crate::domain::{FailureKind, LogStream};
use futures_util::StreamExt;

const T1: &str = "1970-01-01T00:00:01.000000000Z";
const QUERY: LogQuery =
    LogQuery { tail: Some(5), since: Some(1_500_000_000), until: Some(2_500_000_000), follow: true };

fn frame(kind: u8, text: &str) -> Vec<u8> {
    let payload = format!("{T1} {text}\n");
    let mut frame = vec![kind, 0, 0, 0, 0, 0, 0, u8::try_from(payload.len()).unwrap()];
    frame.extend_from_slice(payload.as_bytes());
    frame
}

fn head(headers: &str) -> Vec<u8> {
    format!("HTTP/1.1 200 OK\r\nApi-Version: 1.45\r\nConnection: close\r\n{headers}\r\n").into_bytes()
}

async fn lines(pieces: Vec<Vec<u8>>, tty: Option<bool>) -> (Vec<(LogStream, String)>, Option<Failure>, String) {
    let (engine, mut heads) = engine(vec![Script::Pieces(pieces)]);
    let (mut lines, mut end) = (Vec::new(), None);
    for chunk in engine.logs(&"ab".into(), &QUERY, tty).collect::<Vec<_>>().await {
        match chunk {
            Ok(chunk) => lines.extend(
                chunk
                    .lines
                    .iter()
                    .enumerate()
                    .map(|(i, line)| (line.stream, String::from_utf8(chunk.text(i).into()).unwrap())),
            ),
            Err(failure) => end = Some(failure),
        }
    }
    (lines, end, heads.recv().await.unwrap())
}

#[tokio::test]
async fn frames_become_lines_wherever_the_pieces_end() {
    let stream = [frame(1, "out"), frame(2, "err"), frame(1, "")].concat();
    let expected = [(LogStream::Stdout, "out"), (LogStream::Stderr, "err"), (LogStream::Stdout, "")]
        .map(|(stream, text)| (stream, text.to_owned()));
    for at in 0..stream.len() {
        let (a, b) = stream.split_at(at);
        let (lines, end, head) = lines(vec![head(""), a.to_vec(), b.to_vec()], Some(false)).await;
        assert_eq!((lines.as_slice(), end), (&expected[..], None), "cut at {at}");
        assert!(head.contains("timestamps=1&follow=1&tail=5&since=1.500000000&until=2.500000000 HTTP"), "{head}");
    }
}

#[tokio::test]
async fn the_content_type_says_what_the_stream_is() {
    let raw = "Content-Type: application/vnd.docker.raw-stream\r\n";
    let text = format!("{T1} \x01\0\0\0raw\r\n").into_bytes();
    let (read, ..) = lines(vec![head(raw), text], Some(false)).await;
    assert_eq!(read, [(LogStream::Terminal, "\x01\0\0\0raw".to_owned())]);
    let framed = "Content-Type: application/vnd.docker.multiplexed-stream\r\n";
    let (read, ..) = lines(vec![head(framed), frame(2, "err")], Some(true)).await;
    assert_eq!(read, [(LogStream::Stderr, "err".to_owned())]);
}

#[tokio::test]
async fn what_came_before_a_break_is_kept() {
    let cut = vec![head("Transfer-Encoding: chunked\r\n"), b"2d\r\n".to_vec(), frame(1, "out")];
    let (read, end, _) = lines(cut, Some(false)).await;
    assert_eq!(read, [(LogStream::Stdout, "out".to_owned())]);
    assert_eq!(end.unwrap().kind, FailureKind::Lost);
}

/// Podman leaves out lines that are written while it reads the last ones.
#[tokio::test]
async fn podmans_last_lines_are_read_apart_from_what_follows() {
    let podman = head("Server: Libpod/4.3.1 (linux)\r\n");
    let answer = |frames: Vec<Vec<u8>>| Script::Pieces([vec![podman.clone()], frames].concat());
    let (engine, mut heads) = engine(vec![
        answer(vec![frame(1, "b")]),
        answer(vec![frame(1, "a"), frame(1, "b")]),
        answer(vec![frame(1, "a"), frame(1, "b"), frame(1, "written meanwhile"), frame(1, "b")]),
    ]);
    let chunks: Vec<_> = engine.logs(&"ab".into(), &QUERY, Some(false)).collect().await;
    let mut log = LogChunk::default();
    chunks.into_iter().for_each(|chunk| log.append(&chunk.unwrap()));
    let lines: Vec<_> = (0..log.lines.len()).map(|index| String::from_utf8_lossy(log.text(index))).collect();
    assert_eq!(lines, ["a", "b", "written meanwhile", "b"]);
    heads.recv().await.unwrap();
    assert!(heads.recv().await.unwrap().contains("follow=0&tail=5&since=1.500000000"));
    assert!(heads.recv().await.unwrap().contains("follow=1&tail=all&since=1.000000000"));
}
