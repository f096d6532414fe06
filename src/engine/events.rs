//! The stream of events (`GET /events`).

use super::Engine;
use super::call::Call;
use super::failure::malformed;
use super::json_stream::ObjectStream;
use super::lenient::{Pairs, Text, Word, or_default};
use super::time::unix_text;
use crate::domain::{EngineEvent, EventSpan, Failure, FailureKind, Labels};
use futures_util::stream::{self, Stream};
use hyper::header::SERVER;
use serde::Deserialize;
use std::collections::VecDeque;
use std::time::Duration;

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

    /// What happened between two times, as far as the engine remembers it: the last `most` of it, the oldest first.
    pub async fn past_events(&self, span: EventSpan, most: usize) -> Result<Vec<EngineEvent>, Failure> {
        let since = unix_text(span.since.unwrap_or(0).max(0));
        let ask = || Call::get(&["events"]).query("since", &since);
        let mut kept = VecDeque::new();
        let reading = async {
            let mut response = self.open(ask().query("until", &unix_text(span.until))).await?;
            // Podman 4 stops reading as soon as that time has come, before it has read what there is; it can be told instead
            // not to wait for what comes.
            if response.headers().get(SERVER).is_some_and(|server| server.as_bytes().starts_with(b"Libpod/")) {
                response = self.open(ask().query("stream", "false")).await?;
            }
            let mut objects = ObjectStream::new(response.into_body());
            while let Some(object) = objects.next().await? {
                if let Ok(event) = read_event(&object)
                    && event.time <= span.until
                {
                    if kept.len() == most {
                        kept.pop_front();
                    }
                    kept.push_back(event);
                }
            }
            Ok(())
        };
        // An engine whose clock is behind ours goes on until that time comes: what it had to say is there by then.
        match tokio::time::timeout(LONGEST_PAST, reading).await {
            Ok(Err(failure)) => Err(failure),
            Ok(Ok(())) | Err(_) => {
                // Under load Podman writes them down a little out of order.
                kept.make_contiguous().sort_by_key(|event| event.time);
                Ok(kept.into())
            }
        }
    }
}

/// Past events are waited for so long: there are many, or the engine's clock is behind.
const LONGEST_PAST: Duration = Duration::from_secs(20);

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
    let event = EngineEvent {
        time,
        kind: event.kind.boxed(),
        action,
        actor: event.actor.id.boxed(),
        attributes: event.actor.attributes.into(),
        raw: String::from_utf8_lossy(object).into(),
    };
    Ok(about_the_network(event))
}

/// Podman 5 tells of who joins a network where Docker tells of the network, and its name apart.
fn about_the_network(event: EngineEvent) -> EngineEvent {
    let named = event.attributes.get("network").filter(|name| &*event.kind == "network" && !name.is_empty());
    let Some(network) = named.map(Box::<str>::from) else { return event };
    let member = event.attributes.get("name").filter(|name| !name.is_empty()).map(Box::<str>::from);
    let mut pairs: Vec<(Box<str>, Box<str>)> =
        event.attributes.0.into_iter().filter(|(key, _)| !matches!(&**key, "name" | "network")).collect();
    // A member's id stands where the network's is to be: its name is all that is known of it.
    let actor = if member.is_some() { network.clone() } else { event.actor };
    pairs.push(("name".into(), network));
    pairs.extend(member.map(|member| ("container".into(), member)));
    EngineEvent { actor, attributes: Labels(pairs), ..event }
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

    #[test]
    fn a_network_is_what_its_events_are_about() {
        let read = |action: &str, id: &str, name: &str| {
            let text = format!(
                r#"{{"Type":"network","Action":"{action}","Actor":{{"ID":"{id}","Attributes":{{"name":"{name}","network":"front"}}}}}}"#
            );
            let event = read_event(text.as_bytes()).unwrap();
            (event.actor.to_string(), event.name().to_owned(), event.details())
        };
        assert_eq!(read("connect", "ab", "web"), ("front".into(), "front".into(), "web".into()));
        assert_eq!(read("create", "0123", ""), ("0123".into(), "front".into(), String::new()));
    }
}
