//! What the table of operations must hold.

use super::*;
use std::collections::HashSet;

#[test]
fn each_operation_is_there_once_and_tells_what_it_is_for() {
    let mut seen = HashSet::new();
    for operation in operations() {
        let name = format!("{} {}", operation.method, operation.path);
        assert!(operation.path.starts_with('/') && !operation.path.ends_with('/'), "{name}");
        assert!(operation.purpose.starts_with(char::is_uppercase) && !operation.purpose.ends_with('.'), "{name}");
        assert!(operation.query.split_whitespace().all(|word| word.is_ascii()), "{name}");
        match operation.place {
            Place::Commands(names) => assert!(!names.is_empty(), "{name}"),
            Place::Itself(sentence) | Place::Console(sentence) | Place::Nowhere(sentence) => {
                assert!(sentence.ends_with('.'), "{name}: {sentence}");
            }
        }
        assert!(seen.insert(name.clone()), "{name} twice");
    }
    assert_eq!(seen.len(), 107);
}

#[test]
fn a_request_is_known_by_its_path() {
    let path = |method: &str, path: &str| operation(method, path).map(|operation| operation.path);
    assert_eq!(path("GET", "/containers/json?all=1"), Some("/containers/json"));
    assert_eq!(path("GET", "/containers/web/json"), Some("/containers/{id}/json"));
    assert_eq!(path("GET", "/images/json"), Some("/images/json"));
    assert_eq!(path("GET", "/images/a/b/c:1/json"), Some("/images/{name}/json"));
    assert_eq!(path("POST", "/images/registry:5000/a/push"), Some("/images/{name}/push"));
    assert_eq!(path("DELETE", "/images/a/b"), Some("/images/{name}"));
    assert_eq!(path("GET", "/networks/web"), Some("/networks/{id}"));
    assert_eq!(path("GET", "/images/get?names=a"), Some("/images/get"));
    assert_eq!(path("GET", "/images/"), None);
    assert_eq!(path("GET", "/nothing"), None);
    assert_eq!(path("POST", "/containers/json"), None);
}

#[test]
fn what_destroys_is_marked() {
    let is_destructive = |method: &str, path: &str| operation(method, path).is_some_and(|found| found.is_destructive);
    assert!(is_destructive("DELETE", "/secrets/a"));
    for operation in operations().filter(|operation| operation.path.ends_with("/prune")) {
        assert!(operation.is_destructive, "{}", operation.path);
    }
    assert!(!is_destructive("POST", "/containers/create"));
}
