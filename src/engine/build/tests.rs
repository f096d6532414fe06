//! Tests of what builders tell.

use super::reader::{Read, Reader};
use super::*;
use crate::domain::ImageId;
use proptest::prelude::*;

fn read_all(objects: &[&str]) -> (Vec<Read>, Option<ImageId>) {
    let mut reader = Reader::default();
    let read = objects.iter().map(|object| reader.read(object.as_bytes())).collect();
    (read, reader.image())
}

/// `[1/2] FROM a: Running`, `3: text`
fn told(read: &[Read]) -> Vec<String> {
    let news = read.iter().flat_map(|read| &read.news);
    news.map(|news| match news {
        BuildNews::Step { key, name, state } => format!("{key} {name} {state:?}"),
        BuildNews::Output { key, text } => format!("{key}: {}", text.trim_end()),
        BuildNews::Part { key, progress } => format!("{key} part {} {}", progress.part, progress.status),
        BuildNews::Note(note) => format!("note {note}"),
    })
    .collect()
}

#[test]
fn the_steps_of_dockers_classic_builder_are_told() {
    let (read, image) = read_all(&[
        r#"{"stream":"Step 1/3 : FROM busybox"}"#,
        r#"{"stream":"\n"}"#,
        r#"{"status":"Pulling fs layer","progressDetail":{},"id":"ab12"}"#,
        r#"{"stream":" ---\u003e bec24f7010a7\n"}"#,
        r#"{"stream":"Step 2/3 : RUN make"}"#,
        r#"{"stream":"\n"}"#,
        r#"{"stream":" ---\u003e Using cache\n"}"#,
        r#"{"stream":"Step 3/3 : RUN echo"}"#,
        r#"{"stream":"\n"}"#,
        r#"{"stream":"\n"}"#,
        r#"{"aux":{"ID":"sha256:12"}}"#,
        r#"{"stream":"Successfully built 12\n"}"#,
    ]);
    assert_eq!(
        told(&read),
        [
            "1 [1/3] FROM busybox Running",
            "1 part ab12 Pulling fs layer",
            "1:  ---> bec24f7010a7",
            "1 [1/3] FROM busybox Done(None)",
            "2 [2/3] RUN make Running",
            "2:  ---> Using cache",
            "2 [2/3] RUN make Cached",
            "3 [3/3] RUN echo Running",
            "3: ",
            "3 [3/3] RUN echo Done(None)",
            "3: Successfully built 12",
        ]
    );
    assert_eq!(image, Some(ImageId::new("sha256:12")));
}

#[test]
fn the_steps_of_podman_are_told() {
    let (read, _) = read_all(&[
        r#"{"stream":"[1/2] STEP 1/2: FROM busybox AS base\n"}"#,
        r#"{"stream":"[1/2] STEP 2/2: RUN make\n"}"#,
        r#"{"stream":"--\u003e Using cache 3aba\n"}"#,
        r#"{"stream":"[2/2] STEP 1/1: FROM 3aba\n"}"#,
        r#"{"stream":"[2/2] COMMIT docker.io/library/c1\n"}"#,
    ]);
    assert_eq!(
        told(&read),
        [
            "1 [1/2 1/2] FROM busybox AS base Running",
            "1 [1/2 1/2] FROM busybox AS base Done(None)",
            "2 [1/2 2/2] RUN make Running",
            "2: --> Using cache 3aba",
            "2 [1/2 2/2] RUN make Cached",
            "3 [2/2 1/1] FROM 3aba Running",
            "3 [2/2 1/1] FROM 3aba Done(None)",
            "4 [2/2] COMMIT docker.io/library/c1 Running",
        ]
    );
}

#[test]
fn the_step_that_fails_is_named() {
    let (read, image) = read_all(&[
        r#"{"stream":"Step 2/2 : RUN exit 3"}"#,
        r#"{"errorDetail":{"code":3,"message":"returned a non-zero code: 3"},"error":"returned a non-zero code: 3"}"#,
    ]);
    assert_eq!(told(&read)[1], "1 [2/2] RUN exit 3 Failed");
    let failure = read[1].failure.clone().unwrap();
    assert_eq!(failure.to_string(), "returned a non-zero code: 3 It failed at: [2/2] RUN exit 3.");
    assert_eq!(image, None);
}

/// From an engine: a step that began, wrote and ended.
#[test]
fn the_steps_of_buildkit_are_told() {
    let trace = |aux: &str| format!(r#"{{"id":"moby.buildkit.trace","aux":"{aux}"}}"#);
    let load = "CosBCkdzaGEyNTY6Mjk3Y2U1YTZhYmI4NDczZDViZjRmNzhlN2I4NDdmNmVjZTVkM2IxMTcxNGU1YTNmMWVkODMyOGUwNDdmZGNlZRokW2ludGVybmFsXSBsb2FkIHJlbW90ZSBidWlsZCBjb250ZXh0KgwIipiE2AYQ2KznzAMyDAiKmITYBhDsz5TRAw==";
    let wrote = "GmAKR3NoYTI1NjpiMzEyY2Q1NmZlZmM2NDI4N2VhMjI4MTBlNWMyNDE3ZmNmY2ZiMmJjYTg1YmU5N2E4Yjc2ZjA2NDA4OWE1NDUzEgsIi5iE2AYQnsLvVxgBIgZoZWxsbwo=";
    let (read, image) = read_all(&[
        &trace(load),
        &trace(wrote),
        r#"{"id":"moby.image.id","aux":{"ID":"sha256:140ad2"}}"#,
        r#"{"stream":"Successfully tagged bk1:latest\n"}"#,
        &trace("not base64"),
        "not json",
    ]);
    let told = told(&read);
    assert!(told[0].ends_with("[internal] load remote build context Done(Some(9.130388ms))"), "{}", told[0]);
    assert!(told[1].starts_with("sha256:b312cd56") && told[1].ends_with(": hello"), "{}", told[1]);
    assert_eq!(told[2], ": Successfully tagged bk1:latest");
    assert_eq!(image, Some(ImageId::new("sha256:140ad2")));
}

#[test]
fn what_is_asked_is_what_the_form_says() {
    let spec = BuildSpec { tags: vec!["a:1".into()], folder: "x".into(), ..BuildSpec::default() };
    let call = build_call(&spec, Box::pin(futures_util::stream::empty()));
    assert_eq!(call.path, "/build?version=1&t=a:1&rm=1&forcerm=1");
}

proptest! {
    #[test]
    fn no_message_of_buildkit_breaks_the_reader(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        trace::read(&bytes);
    }

    #[test]
    fn no_stream_breaks_the_reader(texts in prop::collection::vec("(\\[1/2\\] |Step |STEP |1/2|: | : |COMMIT |a|\n){0,6}", 0..9)) {
        let mut reader = Reader::default();
        for text in texts {
            reader.read(serde_json::json!({"stream": text}).to_string().as_bytes());
        }
    }
}
