//! One connection: hyper's HTTP/1 server over a pipe, asking the actor for every answer and applying injected faults.

use super::actor::Message;
use super::call::{Body, Call, JSON, MULTIPLEXED, RAW, Refusal, Reply};
use super::clock::http_date;
use super::faults::{Door, What};
use bytes::Bytes;
use futures_util::stream::{self, Stream, StreamExt};
use http_body_util::combinators::BoxBody;
use http_body_util::{BodyExt, Empty, Full, Limited, StreamBody};
use hyper::body::{Frame, Incoming};
use hyper::header::{CONNECTION, CONTENT_TYPE, DATE, HeaderValue, UPGRADE};
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use std::io;
use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream};
use tokio::sync::{mpsc, oneshot, watch};

/// The largest request body read (nobody uploads archives here).
const LARGEST_BODY: usize = 16 * 1024 * 1024;

type Inbox = mpsc::UnboundedSender<Message>;
type Answer = Response<BoxBody<Bytes, io::Error>>;

/// Serves a connection until the client leaves or the engine goes down.
pub async fn serve(pipe: DuplexStream, inbox: Inbox, door: watch::Receiver<Door>) {
    let service = {
        let door = door.clone();
        service_fn(move |request| answer(request, inbox.clone(), door.clone()))
    };
    let connection =
        hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(pipe), service).with_upgrades();
    tokio::select! {
        () = down(door) => {}
        // An injected cut ends here as an error, and so does a client that leaves in the middle: both are wanted.
        _ = connection => {}
    }
}

/// Resolves when the engine goes down; never when its handles are all gone.
async fn down(mut door: watch::Receiver<Door>) {
    if door.wait_for(|door| !door.up).await.is_err() {
        std::future::pending::<()>().await;
    }
}

/// Every answer tells the engine's own time: hyper would tell this machine's, which the engine's need not be.
async fn answer(request: Request<Incoming>, inbox: Inbox, door: watch::Receiver<Door>) -> io::Result<Answer> {
    let method = request.method().as_str().to_owned();
    let target = request.uri().path_and_query().map_or_else(String::new, |target| target.as_str().to_owned());
    let (fault, now) =
        ask(&inbox, |reply| Message::Admit { method: method.clone(), target: target.clone(), reply }).await?;
    let mut answer = admitted(request, method, target, fault, inbox, door).await?;
    if let Ok(date) = HeaderValue::try_from(http_date(now)) {
        answer.headers_mut().insert(DATE, date);
    }
    Ok(answer)
}

async fn admitted(
    mut request: Request<Incoming>,
    method: String,
    target: String,
    fault: Option<What>,
    inbox: Inbox,
    door: watch::Receiver<Door>,
) -> io::Result<Answer> {
    match &fault {
        Some(What::Delay(time)) => tokio::time::sleep(*time).await,
        Some(What::Hang) => std::future::pending::<()>().await,
        Some(What::Drop | What::RefuseConnections) => return Err(io::ErrorKind::ConnectionAborted.into()),
        Some(What::Status { code, message, html: true }) => {
            let page = format!("<html><body><h1>{code}</h1>\n{message}\n</body></html>\n");
            return Ok(finished(*code, "text/html", whole(page.into())));
        }
        Some(What::Status { code, message, html: false }) => {
            return Ok(respond(Refusal { status: *code, message: message.clone() }.into(), None, &inbox, door));
        }
        Some(What::Answer(body)) => return Ok(finished(200, JSON, whole(body.clone().into()))),
        Some(What::CutStream { .. } | What::Malformed) | None => {}
    }
    let upgrade = request.headers().contains_key(UPGRADE);
    let upgraded = upgrade.then(|| hyper::upgrade::on(&mut request));
    let body = match Limited::new(request.into_body(), LARGEST_BODY).collect().await {
        Ok(body) => body.to_bytes(),
        Err(error) => return Err(io::Error::other(error)),
    };
    let head = method == "HEAD";
    let mut reply = match Call::parse(&method, &target, upgrade, body) {
        Ok(call) => ask(&inbox, |reply| Message::Call { call, reply }).await?,
        Err(refusal) => refusal.into(),
    };
    if head {
        reply.body = match reply.body {
            Body::Archive { stat, .. } => Body::Archive { stat, bytes: Bytes::new() },
            _ => Body::Empty,
        };
    }
    let mut response = respond(reply, upgraded, &inbox, door);
    if let Some(What::CutStream { after }) = fault {
        response = response.map(|body| cut(body, after));
    } else if fault == Some(What::Malformed) {
        response = response.map(|_| whole(Bytes::from_static(b"[{\"Id\": \"4c01")));
    }
    Ok(response)
}

/// Sends the actor a message with a place for its answer, and waits for that.
async fn ask<T>(inbox: &Inbox, message: impl FnOnce(oneshot::Sender<T>) -> Message) -> io::Result<T> {
    let (reply, answer) = oneshot::channel();
    inbox.send(message(reply)).map_err(|_| io::Error::from(io::ErrorKind::ConnectionAborted))?;
    answer.await.map_err(|_| io::ErrorKind::ConnectionAborted.into())
}

fn respond(
    reply: Reply,
    upgraded: Option<hyper::upgrade::OnUpgrade>,
    inbox: &Inbox,
    door: watch::Receiver<Door>,
) -> Answer {
    match reply.body {
        Body::Empty => finished(reply.status, reply.content_type, Empty::new().map_err(|never| match never {}).boxed()),
        Body::Archive { stat, bytes } => {
            let mut response = finished(reply.status, reply.content_type, whole(bytes));
            if let Ok(stat) = HeaderValue::try_from(stat) {
                response.headers_mut().insert("x-docker-container-path-stat", stat);
            }
            response
        }
        Body::Whole(bytes) => finished(reply.status, reply.content_type, whole(bytes)),
        Body::Stream(chunks) => finished(reply.status, reply.content_type, streamed(chunks_of(chunks))),
        Body::Hijack { session, output } => {
            let Some(upgraded) = upgraded else {
                return finished(200, reply.content_type, streamed(chunks_of(output)));
            };
            let inbox = inbox.clone();
            tokio::spawn(async move {
                if let Ok(pipe) = upgraded.await {
                    tokio::select! {
                        () = down(door) => {}
                        () = hijacked(TokioIo::new(pipe), session, output, &inbox) => {}
                    }
                }
                drop(inbox.send(Message::Gone { session }));
            });
            let mut response = finished(101, reply.content_type, Empty::new().map_err(|never| match never {}).boxed());
            response.headers_mut().insert(CONNECTION, hyper::header::HeaderValue::from_static("Upgrade"));
            response.headers_mut().insert(UPGRADE, hyper::header::HeaderValue::from_static("tcp"));
            response
        }
    }
}

/// Carries bytes both ways until the session has said its last word.
async fn hijacked(
    pipe: TokioIo<hyper::upgrade::Upgraded>,
    session: u64,
    mut output: mpsc::Receiver<Bytes>,
    inbox: &Inbox,
) {
    let (mut reader, mut writer) = tokio::io::split(pipe);
    let mut buffer = vec![0; 8 * 1024];
    let mut open = true;
    loop {
        tokio::select! {
            chunk = output.recv() => match chunk {
                Some(chunk) if writer.write_all(&chunk).await.is_ok() => {}
                Some(_) => return,
                None => {
                    // The client sees the end of the stream; it may be gone already.
                    drop(writer.shutdown().await);
                    return;
                }
            },
            read = reader.read(&mut buffer), if open => {
                let bytes = match read {
                    Ok(count) => Bytes::copy_from_slice(buffer.get(..count).unwrap_or_default()),
                    Err(_) => return,
                };
                open = !bytes.is_empty();
                if inbox.send(Message::Input { session, bytes }).is_err() {
                    return;
                }
            }
        }
    }
}

/// A response with the headers that dockerd puts on every answer.
fn finished(status: u16, content_type: &str, body: BoxBody<Bytes, io::Error>) -> Answer {
    let mut builder = Response::builder()
        .status(status)
        .header("Api-Version", "1.47")
        .header("Docker-Experimental", "false")
        .header("Ostype", "linux")
        .header("Server", "Docker/27.5.1 (linux)");
    if !content_type.is_empty() {
        builder = builder.header(CONTENT_TYPE, content_type);
    }
    if matches!(content_type, RAW | MULTIPLEXED) {
        builder = builder.header("Cache-Control", "no-cache");
    }
    // All parts above are valid unless a fault asks for a status that is none.
    builder.body(body).unwrap_or_else(|_| Response::new(whole(Bytes::new())))
}

fn whole(bytes: Bytes) -> BoxBody<Bytes, io::Error> {
    Full::new(bytes).map_err(|never| match never {}).boxed()
}

fn chunks_of(chunks: mpsc::Receiver<Bytes>) -> impl Stream<Item = io::Result<Bytes>> + Send + Sync {
    stream::unfold(chunks, |mut chunks| async move { chunks.recv().await.map(|chunk| (Ok(chunk), chunks)) })
}

fn streamed(chunks: impl Stream<Item = io::Result<Bytes>> + Send + Sync + 'static) -> BoxBody<Bytes, io::Error> {
    BodyExt::boxed(StreamBody::new(chunks.map(|chunk| chunk.map(Frame::data))))
}

/// The body up to that many bytes, then an error, which makes hyper close the connection.
fn cut(body: BoxBody<Bytes, io::Error>, after: usize) -> BoxBody<Bytes, io::Error> {
    let parts = stream::unfold(Some((body, after)), |state| async move {
        let (mut body, left) = state?;
        let aborted = || Some((Err(io::Error::from(io::ErrorKind::ConnectionAborted)), None));
        if left == 0 {
            // Let what was sent reach the client before the connection breaks.
            tokio::task::yield_now().await;
            return aborted();
        }
        match body.frame().await {
            Some(Ok(frame)) => {
                let data = frame.into_data().unwrap_or_default();
                let kept = data.slice(..data.len().min(left));
                let rest = left - kept.len();
                Some((Ok(kept), Some((body, rest))))
            }
            Some(Err(_)) | None => aborted(),
        }
    });
    streamed(parts)
}
