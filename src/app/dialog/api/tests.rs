//! What is offered, sent and kept.

use super::*;
use crate::app::fixture::app;

fn lines(text: &str) -> Vec<String> {
    let app = app();
    let offers = suggest::suggestions(text, Some(app.host()), &[]);
    offers.into_iter().map(|offer| offer.line).collect()
}

#[test]
fn operations_names_and_parameters_are_offered() {
    assert_eq!(lines("GET /inf"), ["GET /info"]);
    assert!(lines("").len() > 50);
    assert!(lines("prune").contains(&"POST /volumes/prune".to_owned()));
    assert!(lines("del").iter().all(|line| line.starts_with("DELETE ")));
    assert_eq!(lines("GET /containers/we")[0], "GET /containers/web");
    assert!(lines("POST /containers/web/st").contains(&"POST /containers/web/start".to_owned()));
    assert_eq!(lines("GET /v1.41/inf"), ["GET /v1.41/info"]);
    assert_eq!(lines("/containers/json?all=1&l"), ["GET /containers/json?all=1&limit="]);
}

#[test]
fn what_was_sent_is_remembered_once_with_its_body() {
    let mut book = ApiBook::default();
    let sent = |book: &mut ApiBook, line: &str| book.number(RawRequest::parse(line, "").unwrap()).serial;
    assert_eq!(
        (sent(&mut book, "GET /info"), sent(&mut book, "GET /version"), sent(&mut book, "GET /info")),
        (1, 2, 3)
    );
    let lines: Vec<&str> = book.history.iter().map(|request| request.line.as_str()).collect();
    assert_eq!(lines, ["GET /info", "GET /version"]);
}

#[test]
fn lines_are_bounded_and_stay_in_place_while_looked_at() {
    let mut answer = ApiAnswer::new(RawRequest::parse("GET /events", "").unwrap());
    answer.take(RawPart::Lines((0..20).map(|number| number.to_string()).collect()));
    assert_eq!(answer.window(5).0, 15);
    answer.key(KeyCode::Up, 5);
    answer.take(RawPart::Lines(vec!["new".to_owned()]));
    assert_eq!(answer.window(5).0, 14);
    answer.take(RawPart::Lines(vec!["x".to_owned(); 20_000]));
    assert_eq!((answer.lines.len(), answer.dropped), (10_000, 10_021));
}
