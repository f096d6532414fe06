//! Negotiation, refusals and deadlines, against prepared bytes.

use super::super::canned::{Script, answer, engine};
use super::*;
use futures_util::StreamExt;
use std::pin::pin;

const DOCKER: &str = "Api-Version: 1.41\r\nServer: Docker/20.10.24 (linux)\r\n";

#[tokio::test]
async fn the_first_request_has_no_version_and_the_second_has_the_negotiated_one() {
    let (engine, mut heads) = engine(vec![answer("200 OK", DOCKER, "[]")]);
    let listed = engine.containers(true).await.unwrap();
    assert_eq!(listed.api, ApiVersion::OLDEST);
    engine.containers(false).await.unwrap();
    assert!(heads.recv().await.unwrap().starts_with("GET /containers/json?all=1 HTTP/1.1"));
    assert!(heads.recv().await.unwrap().starts_with("GET /v1.41/containers/json?all=0 HTTP/1.1"));
}

#[tokio::test]
async fn a_newer_engine_is_spoken_to_in_our_newest_version() {
    let newer = "Api-Version: 1.99\r\nDate: Thu, 01 Jan 1970 00:01:00 GMT\r\n";
    let (engine, _heads) = engine(vec![answer("200 OK", newer, "null")]);
    let listed = engine.containers(true).await.unwrap();
    assert_eq!((listed.api, listed.engine_time, listed.containers.len()), (ApiVersion::NEWEST, Some(60), 0));
}

#[tokio::test]
async fn an_engine_that_is_too_old_is_told_so() {
    let (engine, _heads) = engine(vec![answer("200 OK", "Api-Version: 1.40\r\nServer: Docker/19.03\r\n", "[]")]);
    let failure = engine.containers(true).await.unwrap_err();
    assert_eq!(failure.kind, FailureKind::Incompatible);
    assert!(failure.sentence.contains("1.40 (Docker/19.03)"), "{failure}");
}

#[tokio::test]
async fn without_headers_the_version_is_asked_for() {
    let (engine, mut heads) =
        engine(vec![answer("200 OK", "", "[]"), answer("200 OK", "", r#"{"ApiVersion":"1.45"}"#)]);
    assert_eq!(engine.containers(true).await.unwrap().api, ApiVersion { major: 1, minor: 45 });
    heads.recv().await.unwrap();
    assert!(heads.recv().await.unwrap().starts_with("GET /version "));
}

#[tokio::test]
async fn a_refusal_has_the_proxys_words_and_is_observed() {
    let page = "<html><body><h1>403 Forbidden</h1>\nRequest forbidden.\n</body></html>";
    let (engine, _heads) = engine(vec![answer("403 Forbidden", "Content-Type: text/html\r\n", page)]);
    let (observer, mut seen) = tokio::sync::mpsc::channel(8);
    let failure = engine.observe(observer).images().await.unwrap_err();
    assert_eq!((failure.kind, failure.sentence.as_str()), (FailureKind::Forbidden, "403 Forbidden Request forbidden."));
    let exchange = seen.recv().await.unwrap();
    assert_eq!((exchange.status, exchange.failure.as_deref()), (Some(403), Some(failure.sentence.as_str())));
    assert_eq!((&*exchange.method, &*exchange.path), ("GET", "/images/json"));
}

#[tokio::test]
async fn a_list_of_which_something_goes_meanwhile_is_asked_for_again_and_each_call_is_observed() {
    let gone = r#"{"cause":"no such container","message":"failed to get state of container 8c: no such container"}"#;
    let gone = || answer("500 Internal Server Error", "", gone);
    let (engine, _heads) = engine(vec![gone(), gone(), answer("200 OK", "", "[]"), gone(), gone(), gone(), gone()]);
    let (observer, mut seen) = tokio::sync::mpsc::channel(8);
    let engine = engine.observe(observer);
    assert_eq!(engine.images().await, Ok(Vec::new()));
    let mut told = Vec::new();
    for _ in 0..3 {
        let exchange = seen.recv().await.unwrap();
        told.push((exchange.status.unwrap(), exchange.failure.is_some()));
    }
    assert_eq!(told, [(500, true), (500, true), (200, false)]);
    let failure = engine.images().await.unwrap_err();
    assert!(failure.sentence.contains("no such container"), "an engine that says so again and again is believed");
}

#[tokio::test]
async fn a_truncated_refusal_keeps_its_kind_and_a_truncated_answer_is_lost() {
    let cut = |status: &str| {
        Script::Pieces(vec![format!("HTTP/1.1 {status}\r\nContent-Length: 900\r\n\r\n{{\"message\":\"na").into_bytes()])
    };
    let (engine, _heads) = engine(vec![cut("409 Conflict"), cut("200 OK")]);
    assert_eq!(engine.volumes().await.unwrap_err().kind, FailureKind::Conflict);
    assert_eq!(engine.volumes().await.unwrap_err().kind, FailureKind::Lost);
}

#[tokio::test(start_paused = true)]
async fn a_silent_engine_is_given_up_after_the_deadline() {
    let (engine, _heads) = engine(vec![Script::Silence]);
    let failure = engine.containers(true).await.unwrap_err();
    assert_eq!(failure.kind, FailureKind::TimedOut);
    assert_eq!(failure.sentence, "The engine did not answer within 7 s.");
    // bollard's calls and the streams keep to the same deadline.
    assert_eq!(engine.changes(&"x".into()).await.unwrap_err().kind, FailureKind::TimedOut);
    let mut events = pin!(engine.events(None));
    assert_eq!(events.next().await.unwrap().unwrap_err().kind, FailureKind::TimedOut);
    assert!(events.next().await.is_none());
}

#[tokio::test]
async fn a_304_is_nothing_to_do_and_junk_is_no_engine() {
    use crate::domain::{ContainerRequest, Done, Target};
    let (engine, mut heads) =
        engine(vec![answer("304 Not Modified", DOCKER, ""), Script::Pieces(vec![b"SSH-2.0-OpenSSH\r\n".to_vec()])]);
    let start = ContainerRequest::Start(Target::new("ab".into(), "web")).into();
    assert_eq!(engine.perform(&start, |_| {}).await, Ok(Done::NothingToDo));
    assert!(heads.recv().await.unwrap().starts_with("POST /containers/ab/start"));
    assert_eq!(engine.ping().await.unwrap_err().kind, FailureKind::Incompatible);
}

#[tokio::test]
async fn events_end_with_a_failure_also_in_good_order() {
    let body = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    let event = "14\r\n{\"Type\":\"x\",\"time\":1}\r\n".replace("14", "15");
    let script = Script::Pieces(vec![body.into(), event.clone().into(), event.into(), b"0\r\n\r\n".to_vec()]);
    let (engine, mut heads) = engine(vec![script]);
    let events: Vec<_> = engine.events(Some(1_000_000_001)).collect().await;
    assert!(heads.recv().await.unwrap().contains("since=1.000000002"));
    let [Ok(first), Ok(_), Err(end)] = events.as_slice() else { panic!("{events:?}") };
    assert_eq!((&*first.kind, first.time, end.kind), ("x", 1_000_000_000, FailureKind::Lost));
}

#[tokio::test]
async fn an_event_that_cannot_be_read_is_left_out() {
    let events = "{\"Type\":[}{\"Type\":\"x\",\"time\":1}";
    let (engine, _heads) = engine(vec![answer("200 OK", DOCKER, events)]);
    let events: Vec<_> = engine.events(None).collect().await;
    let [Ok(read), Err(end)] = events.as_slice() else { panic!("{events:?}") };
    assert_eq!((&*read.kind, end.kind), ("x", FailureKind::Lost));
}

#[tokio::test]
async fn a_body_is_sent_while_it_is_read_and_its_own_failure_is_told() {
    let (engine, mut heads) = engine(vec![answer("200 OK", DOCKER, "[]"), Script::Silence]);
    let pieces = |last| {
        let pieces = [Ok(Bytes::from("one")), last];
        Box::pin(futures_util::stream::iter(pieces)) as super::super::ByteStream
    };
    let call = |last| Call::post(&["images", "load"]).body_stream("application/x-tar", pieces(last));
    engine.ask(call(Ok(Bytes::from("two")))).await.unwrap();
    let head = heads.recv().await.unwrap().to_ascii_lowercase();
    assert!(head.contains("content-type: application/x-tar") && head.contains("transfer-encoding: chunked"), "{head}");
    let own = Failure::new(FailureKind::LocalFile, "The file cannot be read.");
    let failure = engine.ask(call(Err(std::io::Error::other(own.clone())))).await.unwrap_err();
    assert_eq!(failure, own);
}
