//! References short and in full, and what is refused.

use super::*;
use proptest::prelude::*;

#[test]
fn short_and_full_forms() {
    let digest = format!("sha256:{}", "0a".repeat(32));
    for (text, short, full) in [
        ("nginx", "nginx", "docker.io/library/nginx:latest"),
        ("nginx:1.27", "nginx:1.27", "docker.io/library/nginx:1.27"),
        ("docker.io/library/nginx", "nginx", "docker.io/library/nginx:latest"),
        ("index.docker.io/nginx", "nginx", "docker.io/library/nginx:latest"),
        ("grafana/loki:3", "grafana/loki:3", "docker.io/grafana/loki:3"),
        ("localhost/app", "localhost/app", "localhost/app:latest"),
        ("localhost:5000/app", "localhost:5000/app", "localhost:5000/app:latest"),
        ("localhost:5000/app:2", "localhost:5000/app:2", "localhost:5000/app:2"),
        ("ghcr.io/a/b/c__d--e.f", "ghcr.io/a/b/c__d--e.f", "ghcr.io/a/b/c__d--e.f:latest"),
        ("[::1]:5000/app", "[::1]:5000/app", "[::1]:5000/app:latest"),
        ("Registry/app", "Registry/app", "Registry/app:latest"),
        ("docker.io/foo.bar/baz", "docker.io/foo.bar/baz", "docker.io/foo.bar/baz:latest"),
        ("docker.io/library/a/b", "library/a/b", "docker.io/library/a/b:latest"),
    ] {
        let reference: ImageReference = text.parse().unwrap();
        assert_eq!((reference.to_string().as_str(), reference.normalised().as_str()), (short, full), "{text}");
        let pinned: ImageReference = format!("{text}@{digest}").parse().unwrap();
        assert_eq!(pinned.to_string(), format!("{short}@{digest}"));
        assert_eq!(pinned.pull_parts().1, digest);
        assert!(ImageReference::same(text, full));
    }
    assert!(!ImageReference::same("nginx:1", "nginx:2"));
    assert!(ImageReference::same("<none>", "<none>"));
}

#[test]
fn mistakes_are_told_in_a_sentence() {
    let id = "0a".repeat(32);
    for (text, part) in [
        ("", "Name an image"),
        ("https://nginx", "has no https:// before it: write nginx."),
        ("Nginx", "lower case: write nginx."),
        ("nginx:", "no tag after the colon"),
        ("nginx:-1", "“-1” is not a tag"),
        ("nginx:a b", "“a b” is not a tag"),
        ("a//b", "empty part"),
        ("a/", "empty part"),
        ("-a", "“-a” is not a part"),
        ("a___b", "not a part"),
        ("a..b", "not a part"),
        ("a b", "not a part"),
        ("a\u{1b}", "“a\\u{1b}” is not a part"),
        ("nginx@sha256:abc", "comes a digest"),
        ("nginx@", "comes a digest"),
        ("-a.io/b", "is not a registry"),
        ("localhost:99999/b", "is not a registry"),
        ("[::1/b", "is not a registry"),
        (&id, "an image's id"),
        (&"a".repeat(256), "255 letters"),
        (&format!("a:{}", "b".repeat(129)), "128 letters"),
    ] {
        let sentence = text.parse::<ImageReference>().unwrap_err().to_string();
        assert!(sentence.contains(part) && sentence.ends_with('.'), "{text}: {sentence}");
    }
    assert!(check_image(&id).is_ok() && check_image(&format!("sha256:{id}")).is_ok() && check_image("A").is_err());
}

proptest! {
    #[test]
    fn printed_references_are_read_back(
        registry in prop_oneof![Just("docker.io/".to_owned()), "[a-z]{1,5}\\.[a-z]{2,3}(:[1-9][0-9]{0,3})?/", Just("localhost/".to_owned())],
        path in "[a-z0-9]{1,5}((\\.|_|__|-{1,3})[a-z0-9]{1,4}){0,2}(/[a-z0-9]{1,5}){0,2}",
        tag in proptest::option::of("[A-Za-z0-9_][A-Za-z0-9_.-]{0,9}"),
        digest in proptest::option::of("sha256:[0-9a-f]{64}"),
    ) {
        let text = print(&format!("{registry}{path}"), tag.as_deref(), digest.as_deref());
        let reference: ImageReference = text.parse().unwrap();
        prop_assert_eq!(reference.to_string().parse(), Ok(reference.clone()));
        let full: ImageReference = reference.normalised().parse().unwrap();
        prop_assert_eq!(full.normalised(), reference.normalised());
        prop_assert_eq!(full.path(), reference.path());
    }

    #[test]
    fn no_text_makes_it_panic(text in "[a-zA-Z0-9:/@._\\[\\] -]{0,24}") {
        let _ = text.parse::<ImageReference>();
    }
}
