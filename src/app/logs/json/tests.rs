//! JSON lines as they are shown.

use super::*;
use proptest::prelude::*;

fn texts(rows: Vec<Vec<Span>>) -> Vec<String> {
    rows.into_iter().map(|row| row.into_iter().map(|span| span.text).collect()).collect()
}

fn chosen(line: &str, names: &[&str]) -> Option<String> {
    let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
    Some(fields(line.as_bytes(), &names)?.into_iter().map(|span| span.text).collect())
}

#[test]
fn an_object_is_indented_as_it_was_written() {
    let line = br#" {"a":1.50e2,"b":{"c":[true,null],"d":{},"e":[]},"f":"x\"\u001b[31m","a":12345678901234567890123} "#;
    let expected = [
        "{",
        "  \"a\": 1.50e2,",
        "  \"b\": {",
        "    \"c\": [",
        "      true,",
        "      null",
        "    ],",
        "    \"d\": {},",
        "    \"e\": []",
        "  },",
        "  \"f\": \"x\\\"\\u001b[31m\",",
        "  \"a\": 12345678901234567890123",
        "}",
    ];
    assert_eq!(texts(formatted(line).unwrap()), expected);
    assert_eq!(texts(formatted(b"{}").unwrap()), ["{}"]);
    assert_eq!(texts(formatted(b"\x1b[32m{\"a\":1}\x1b[0m").unwrap())[1], "  \"a\": 1");
}

#[test]
fn what_is_no_object_stays_as_it_is() {
    for line in
        [&b"plain"[..], b"", b"{", b"{\"a\":}", b"[1]", b"7", b"{\"a\":\"\xff\"}", b"GET / {\"a\":1}", b"{'a':1}"]
    {
        assert!(formatted(line).is_none() && names(line).is_empty(), "{}", String::from_utf8_lossy(line));
    }
    let long = format!("{{\"a\":\"{}\"}}", "x".repeat(LONGEST));
    assert!(formatted(long.as_bytes()).is_none());
    let deep = format!("{{\"a\":{}1{}}}", "[".repeat(1000), "]".repeat(1000));
    assert!(formatted(deep.as_bytes()).is_none());
}

#[test]
fn fields_are_shown_as_chosen() {
    let line = r#"{"level":"info","ts":1735.5,"message":"it is up","http":{"status":200,"path":"/a b"},"tags":["x", {"y":1}],"empty":""}"#;
    assert_eq!(
        chosen(line, &["time", "level", "msg", "*"]).unwrap(),
        "1735.5 info it is up http.status=200 http.path=\"/a b\" tags=[\"x\",{\"y\":1}] empty=\"\""
    );
    assert_eq!(chosen(line, &["http.status", "msg"]).unwrap(), "http.status=200 it is up");
    assert_eq!(chosen(line, &["nothing"]), None);
    assert_eq!(chosen("no json", &["*"]), None);
    let names = names(line.as_bytes());
    assert_eq!(names, ["level", "ts", "message", "http.status", "http.path", "tags", "empty"]);
}

#[test]
fn hostile_values_are_made_harmless() {
    let line = r#"{"msg":"a\u001b[2Jb\r\nc\u0007","k\u001b]0;x\u0007":"\u202ex"}"#;
    for shown in [chosen(line, &["*"]).unwrap(), texts(formatted(line.as_bytes()).unwrap()).concat()] {
        assert!(!shown.contains(|letter: char| letter.is_control() || letter == '\u{202e}'), "{shown:?}");
    }
    assert!(chosen(line, &["msg"]).unwrap().starts_with('a'));
}

proptest! {
    #[test]
    fn any_object_is_shown_whole(text in "\\PC{0,20}", number in any::<f64>(), list in prop::collection::vec(any::<bool>(), 0..5)) {
        let value = serde_json::json!({ "text": text, "number": number, "list": list, "in": { "ner": text } });
        let line = value.to_string();
        let rows = texts(formatted(line.as_bytes()).unwrap());
        if text.is_ascii() {
            let again: serde_json::Value = serde_json::from_str(&rows.concat()).unwrap();
            prop_assert_eq!(&again, &serde_json::from_str::<serde_json::Value>(&line).unwrap());
        }
        prop_assert!(chosen(&line, &["*"]).is_some());
        prop_assert_eq!(names(line.as_bytes()), ["text", "number", "list", "in.ner"]);
    }
}

#[test]
fn a_huge_name_is_not_repeated_for_all_that_lies_within() {
    let inner: Vec<String> = (0..2000).map(|number| format!("\"f{number}\":1")).collect();
    let line = format!("{{\"{}\":{{{}}}}}", "é".repeat(10_000), inner.join(","));
    let names = names(line.as_bytes());
    assert_eq!(names.len(), 2000);
    assert!(names.iter().all(|name| name.len() <= LONGEST_NAME + '…'.len_utf8()), "{}", names[0].len());
}
