//! Hijacked connections, from prepared bytes.

use super::super::canned::{Script, answer, engine};
use super::*;
use crate::domain::FailureKind;

const SWITCH: &str = "HTTP/1.1 101 UPGRADED\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n";
const OLDER: &str = "HTTP/1.1 200 OK\r\nContent-Type: application/vnd.docker.raw-stream\r\n\r\n";

async fn read(console: &mut Console, length: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    while bytes.len() < length {
        bytes.extend_from_slice(&console.output.next().await.unwrap().unwrap());
    }
    bytes
}

#[tokio::test]
async fn bytes_glued_to_the_head_are_output_and_input_goes_both_ways() {
    for head in [SWITCH, OLDER] {
        let created = answer("201 Created", "", r#"{"Id":"e1"}"#);
        let (engine, mut heads) = engine(vec![created, Script::Echo(format!("{head}\x01glued").into_bytes())]);
        let spec = ExecSpec { command: vec!["sh".into()], tty: true, ..ExecSpec::default() };
        let mut console = engine.exec(&"ab".into(), &spec).await.unwrap();
        // The server of this test gives back the body of the request as well.
        let expected = b"\x01glued{\"Detach\":false,\"Tty\":true}";
        assert_eq!(read(&mut console, expected.len()).await, expected);
        console.input.send(b"typed").await.unwrap();
        assert_eq!(read(&mut console, 5).await, b"typed");
        console.input.shutdown().await.unwrap();
        assert!(console.output.next().await.is_none());
        assert!(heads.recv().await.unwrap().starts_with("POST /containers/ab/exec "));
        let start = heads.recv().await.unwrap().to_lowercase();
        assert!(start.starts_with("post /exec/e1/start ") && start.contains("\r\nupgrade: tcp\r\n"), "{start}");
        assert!(start.contains("\r\nhost: localhost\r\n"), "{start}");
    }
}

#[tokio::test]
async fn a_refused_exec_says_why() {
    let created = answer("201 Created", "", r#"{"Id":"e1"}"#);
    let refused = answer("409 Conflict", "", r#"{"message":"Container ab is not running"}"#);
    let (engine, _heads) = engine(vec![created, refused]);
    let failure = engine.exec(&"ab".into(), &ExecSpec::default()).await.unwrap_err();
    assert_eq!((failure.kind, failure.sentence.as_str()), (FailureKind::Conflict, "Container ab is not running"));
}

#[tokio::test]
async fn attach_without_a_terminal_is_demultiplexed() {
    let frames = [&[1, 0, 0, 0, 0, 0, 0, 2][..], b"ab", &[2, 0, 0, 0, 0, 0, 0, 1], b"c"].concat();
    let pieces = vec![SWITCH.into(), frames[..5].to_vec(), frames[5..].to_vec()];
    let (engine, _heads) = engine(vec![Script::Pieces(pieces)]);
    let mut console = engine.attach(&"ab".into(), Some(false)).await.unwrap();
    assert!(!console.tty);
    assert_eq!(read(&mut console, 3).await, b"abc");
    assert!(console.output.next().await.is_none());
}

#[test]
fn empty_settings_are_left_to_the_container() {
    let body = exec_body(&ExecSpec { command: vec!["sh".into()], user: "root".into(), ..ExecSpec::default() });
    assert_eq!((body.get("User"), body.get("Env"), body.get("WorkingDir")), (Some(&json!("root")), None, None));
}
