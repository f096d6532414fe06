//! What each term lets through, and what half-typed ones do.

use super::*;
use crate::domain::{Attachment, ContainerId, Health, ImageId, Labels, Mounted, Port, State};
use proptest::prelude::*;

fn container(name: &str) -> Container {
    Container {
        id: ContainerId::new("c0ffee0123456789"),
        name: name.into(),
        image: "docker.io/library/Nginx:1.27".into(),
        image_id: ImageId::new("sha256:abc"),
        command: "nginx".into(),
        created: 0,
        state: State::Exited,
        health: Health::None,
        status: "Exited (137) 3 hours ago".into(),
        ports: vec![Port { ip: None, private: 80, public: Some(8080), protocol: "tcp".into() }],
        labels: Labels(vec![("com.docker.compose.project".into(), "shop".into()), ("tier".into(), "front=1".into())]),
        networks: vec![Attachment { network: "front".into(), address: "".into() }],
        mounts: vec![
            Mounted {
                kind: "volume".into(),
                name: "data".into(),
                source: "".into(),
                destination: "/d".into(),
                writable: true,
            },
            Mounted {
                kind: "bind".into(),
                name: "".into(),
                source: "/srv".into(),
                destination: "/s".into(),
                writable: true,
            },
        ],
    }
}

#[test]
fn every_kind_of_term_holds_or_does_not() {
    let web = container("Web-1");
    for (text, expected) in [
        ("", true),
        ("web", true),
        ("WEB nginx", true),
        ("web redis", false),
        ("!redis", true),
        ("!web", false),
        ("c0ff", true),
        ("0ffe", false),
        ("shop", true),
        ("/^web-[0-9]$/", true),
        ("!/^web/", false),
        ("/io/library/", true),
        ("/a b|web/ nginx", true),
        ("state=exited", true),
        ("state=ex", true),
        ("state==ex", false),
        ("!state=running", true),
        ("health=none", true),
        ("health=unhealthy", false),
        ("image=nginx", true),
        ("name=nginx", false),
        ("name==web-1", true),
        ("name==web", false),
        ("project=sho", true),
        ("project==sho", false),
        ("network=front", true),
        ("volume=data", true),
        ("volume=/srv", true),
        ("label=tier", true),
        ("label=tie", false),
        ("label=tier=front=1", true),
        ("label=tier=back", false),
        ("port=8080", true),
        ("port=80", true),
        ("port=443", false),
        ("exit=137", true),
        ("host=eu", true),
        ("host==eu", false),
        ("!host=us", true),
        ("exit=1", false),
        ("!exit=0 state=exited", true),
    ] {
        assert_eq!(Filter::parse(text).unwrap().matches("prod-eu", &web), expected, "{text}");
    }
}

#[test]
fn what_is_half_typed_lets_everything_through() {
    let web = container("web");
    for text in ["state=", "!state=", "!", "label=", "port=", "!port=", "exit=", "exit=-", "name==", "//", "  "] {
        assert!(Filter::parse(text).unwrap().matches("prod-eu", &web), "{text}");
    }
}

#[test]
fn mistakes_are_told_in_a_sentence() {
    for (text, part) in [
        ("/web", "not closed"),
        ("/", "not closed"),
        ("/(/", "unclosed group"),
        ("/a{9999}{9999}/", "not a regular expression"),
        ("colour=red", "“colour=” cannot be filtered by"),
        ("=red", "cannot be filtered by"),
        ("port=80a", "“80a” is not a port"),
        ("exit=x", "“x” is not an exit code"),
    ] {
        let sentence = Filter::parse(text).unwrap_err().to_string();
        assert!(sentence.contains(part) && sentence.ends_with('.'), "{text}: {sentence}");
    }
}

#[test]
fn every_key_of_the_help_is_understood() {
    for (key, example) in FILTER_KEYS {
        assert!(example.starts_with(&format!("{key}=")));
        assert!(!Filter::parse(example).unwrap().is_empty(), "{example}");
    }
}

#[test]
fn other_lists_are_filtered_by_text() {
    let filter = TextFilter::parse("nginx !alpine /^1\\./").unwrap();
    assert!(filter.matches(&["NGINX", "1.27"]));
    assert!(!filter.matches(&["nginx", "1.27-alpine"]));
    assert!(!filter.matches(&["nginx", "latest"]));
    assert!(TextFilter::parse("a=b").unwrap().matches(&["xa=bx"]));
    assert!(TextFilter::parse("/a").is_err());
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in "[a-e/!= ()\\[\\]*é-]{0,16}|(name|port|label)==?.{0,5}") {
        if let Ok(filter) = Filter::parse(&text) {
            filter.matches("prod-eu", &container("web"));
        }
        let _ = TextFilter::parse(&text).map(|filter| filter.matches(&["web"]));
    }
}
