//! Terminal events: the next one, those that wait already, and what was typed ahead of a session.

use crossterm::event::Event;
use futures_util::{Stream, StreamExt};
use std::io;
use std::task::Poll;

/// What was typed behind the key that gives the terminal away: it is meant for who gets it.
pub(super) async fn typed_ahead<I: Stream<Item = io::Result<Event>> + Unpin>(input: &mut Option<I>) -> Vec<u8> {
    let mut bytes = Vec::new();
    while let Some(Some(Ok(event))) = waiting_event(input).await {
        bytes.extend(super::console::typed(&event));
    }
    bytes
}

/// The next event if it is there already. Asked with the loop's own waker: the stream of terminal events keeps the first
/// one it is given.
pub(super) async fn waiting_event<I: Stream<Item = io::Result<Event>> + Unpin>(
    input: &mut Option<I>,
) -> Option<Option<io::Result<Event>>> {
    let stream = input.as_mut()?;
    std::future::poll_fn(|cx| match stream.poll_next_unpin(cx) {
        Poll::Ready(event) => Poll::Ready(Some(event)),
        Poll::Pending => Poll::Ready(None),
    })
    .await
}

pub(super) async fn next_event<I: Stream<Item = io::Result<Event>> + Unpin>(
    input: &mut Option<I>,
) -> Option<io::Result<Event>> {
    match input {
        Some(stream) => stream.next().await,
        None => None,
    }
}
