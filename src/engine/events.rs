//! The stream of events (`GET /events`).

use super::Engine;
use super::call::Call;
use super::failure::malformed;
use super::json_stream::ObjectStream;
use super::lenient::{Pairs, Text, Word, or_default};
use super::time::unix_text;
use crate::domain::{EngineEvent, Failure, FailureKind};
use futures_util::stream::{self, Stream};
use serde::Deserialize;

impl Engine {
    /// Events from now on, or after the event at `since` (nanoseconds since the Unix epoch, the engine's clock).
    ///
    /// The stream always ends with a failure: [`FailureKind::Lost`] also where the engine closed it in good order, as
    /// one that shuts down does.
    pub fn events(&self, since: Option<i64>) -> impl Stream<Item = Result<EngineEvent, Failure>> + use<> {
        let engine = self.clone();
        let mut call = Call::get(&["events"]);
        if let Some(since) = since {
            // `since` is inclusive.
            call = call.query("since", &unix_text(since.saturating_add(1)));
        }
        stream::unfold(Reading::Closed(Box::new((engine, call))), |reading| async move {
            let mut objects = match reading {
                Reading::Ended => return None,
                Reading::Open(objects) => objects,
                Reading::Closed(opening) => {
                    let (engine, call) = *opening;
                    match engine.open(call).await {
                        Ok(response) => ObjectStream::new(response.into_body()),
                        Err(failure) => return Some((Err(failure), Reading::Ended)),
                    }
                }
            };
            let event = loop {
                match objects.next().await {
                    // One that cannot be read is no reason to miss those behind it.
                    Ok(Some(object)) => match read_event(&object) {
                        Ok(event) => break Ok(event),
                        Err(failure) => tracing::warn!("an event was left out: {failure}"),
                    },
                    Ok(None) => break Err(Failure::new(FailureKind::Lost, "The engine closed the stream of events.")),
                    Err(failure) => break Err(failure),
                }
            };
            let next = if event.is_ok() { Reading::Open(objects) } else { Reading::Ended };
            Some((event, next))
        })
    }
}

enum Reading {
    Closed(Box<(Engine, Call)>),
    Open(ObjectStream),
    Ended,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Event<'a> {
    #[serde(borrow, rename = "Type")]
    kind: Text<'a>,
    #[serde(borrow, rename = "Action")]
    action: Text<'a>,
    #[serde(borrow, rename = "Actor", deserialize_with = "or_default")]
    actor: Actor<'a>,
    #[serde(deserialize_with = "or_default")]
    time: i64,
    #[serde(rename = "timeNano", deserialize_with = "or_default")]
    time_nano: i64,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Actor<'a> {
    #[serde(borrow, rename = "ID")]
    id: Text<'a>,
    #[serde(rename = "Attributes")]
    attributes: Pairs<Word>,
}

fn read_event(object: &[u8]) -> Result<EngineEvent, Failure> {
    let event: Event<'_> = serde_json::from_slice(object).map_err(|error| malformed("“events”", &error))?;
    let time = if event.time_nano == 0 { event.time.saturating_mul(1_000_000_000) } else { event.time_nano };
    // Podman's words for what Docker calls destroy and die.
    let action = match (&*event.kind.0, &*event.action.0) {
        ("container", "remove") => "destroy".into(),
        ("container", "died") => "die".into(),
        _ => event.action.boxed(),
    };
    Ok(EngineEvent {
        time,
        kind: event.kind.boxed(),
        action,
        actor: event.actor.id.boxed(),
        attributes: event.actor.attributes.into(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_of_both_engines_are_read() {
        let docker = read_event(
            br#"{"status":"die","id":"ab","Type":"container","Action":"die","Actor":{"ID":"ab","Attributes":
            {"exitCode":"0","name":"web"}},"scope":"local","time":1700000000,"timeNano":1700000000000000005}"#,
        )
        .unwrap();
        assert_eq!((docker.time, docker.name(), &*docker.actor), (1_700_000_000_000_000_005, "web", "ab"));
        let podman = read_event(br#"{"Type":"container","Action":"remove","Actor":{"ID":"ab"},"time":5}"#).unwrap();
        assert_eq!((podman.time, &*podman.action, podman.name()), (5_000_000_000, "destroy", "ab"));
        assert_eq!(&*read_event(br#"{"Type":"pod","Action":"create","Actor":null}"#).unwrap().kind, "pod");
        assert!(read_event(br#"{"Type":[}"#).is_err());
    }
}
