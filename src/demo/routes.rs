//! Which request goes where.

use super::call::{Call, Refusal, Reply};
use super::world::{Then, World};
use super::{
    build, create, events, exec, files, image_files, images, inspect, lifecycle, lists, networks, plugins, pull,
    registries, streams, system, top, volumes,
};
use tokio::sync::oneshot;

/// An answer now, or by whoever took the place to send it to.
#[derive(Debug)]
pub enum Answer {
    Now(Reply),
    Later,
}

impl From<Reply> for Answer {
    fn from(reply: Reply) -> Self {
        Self::Now(reply)
    }
}

/// Performs a request and sends its answer when there is one.
pub fn answer(world: &mut World, call: &Call, reply: oneshot::Sender<Reply>) {
    world.now = world.clock.now().max(world.now);
    let mut reply = Some(reply);
    let answer = match route(world, call, &mut reply) {
        Ok(Answer::Now(answer)) => answer,
        Ok(Answer::Later) => return,
        Err(refusal) => refusal.into(),
    };
    if let Some(reply) = reply {
        drop(reply.send(answer));
    }
}

fn route(world: &mut World, call: &Call, reply: &mut Option<oneshot::Sender<Reply>>) -> Result<Answer, Refusal> {
    let path: Vec<&str> = call.path.iter().map(String::as_str).collect();
    match (call.method.as_str(), path.as_slice()) {
        (_, ["containers", rest @ ..]) => containers(world, call, rest, reply),
        ("POST", ["build", "prune"]) => Ok(system::prune_cache().into()),
        ("POST", ["build"]) => build::create(world, call).map(Answer::Now),
        (method, ["exec", id, act]) => exec::route(world, method, id, act, call),
        (_, ["images", rest @ ..]) => image(world, call, rest).map(Answer::Now),
        (_, ["plugins", rest @ ..]) => plugins::route(world, call, rest).map(Answer::Now),
        (_, ["volumes", rest @ ..]) => volumes::route(world, call, rest).map(Answer::Now),
        (_, ["networks", rest @ ..]) => networks::route(world, call, rest).map(Answer::Now),
        ("GET" | "HEAD", ["_ping"]) => Ok(system::ping().into()),
        ("GET", ["version"]) => Ok(system::version().into()),
        ("GET", ["info"]) => Ok(system::info(world).into()),
        ("GET", ["system", "df"]) => Ok(system::disk_use(world).into()),
        ("POST", ["commit"]) => image_files::commit(world, call).map(Answer::Now),
        ("GET", ["distribution", name @ .., "json"]) => {
            registries::distribution(world, &name.join("/")).map(Answer::Now)
        }
        ("GET", ["events"]) => Ok(events::read(world, call).into()),
        _ => page_not_found(),
    }
}

fn containers(
    world: &mut World,
    call: &Call,
    path: &[&str],
    reply: &mut Option<oneshot::Sender<Reply>>,
) -> Result<Answer, Refusal> {
    match (call.method.as_str(), path) {
        ("GET", ["json"]) => lists::containers(world, call).map(Answer::Now),
        ("POST", ["create"]) => create::create(world, call).map(Answer::Now),
        ("POST", ["prune"]) => create::prune(world, call).map(Answer::Now),
        ("DELETE", [id]) => create::remove(world, id, call).map(Answer::Now),
        ("GET", [id, "json"]) => inspect::container(world, id, call).map(Answer::Now),
        ("GET", [id, "changes"]) => inspect::changes(world, id).map(Answer::Now),
        ("GET", [id, "top"]) => top::top(world, id, call).map(Answer::Now),
        ("GET", [id, "logs"]) => streams::logs(world, id, call).map(Answer::Now),
        ("GET", [id, "stats"]) => streams::stats(world, id, call).map(Answer::Now),
        ("GET" | "HEAD", [id, "archive"]) => files::read(world, id, call).map(Answer::Now),
        ("PUT", [id, "archive"]) => files::write(world, id, call).map(Answer::Now),
        ("GET", [id, "export"]) => files::export(world, id).map(Answer::Now),
        ("POST", [id, "start"]) => lifecycle::start(world, id),
        ("POST", [id, "stop"]) => lifecycle::stop(world, id, call, Then::Rest, reply),
        ("POST", [id, "restart"]) => lifecycle::stop(world, id, call, Then::StartAgain, reply),
        ("POST", [id, "kill"]) => lifecycle::kill(world, id, call),
        ("POST", [id, "pause"]) => lifecycle::pause(world, id),
        ("POST", [id, "unpause"]) => lifecycle::unpause(world, id),
        ("POST", [id, "wait"]) => lifecycle::wait(world, id, call),
        ("POST", [id, "rename"]) => create::rename(world, id, call).map(Answer::Now),
        ("POST", [id, "update"]) => create::update(world, id, call).map(Answer::Now),
        ("POST", [id, "resize"]) => exec::resize_container(world, id, call).map(Answer::Now),
        ("POST", [id, "attach"]) => exec::attach(world, id, call).map(Answer::Now),
        ("POST", [id, "exec"]) => exec::create(world, id, call).map(Answer::Now),
        _ => page_not_found(),
    }
}

/// Names of images have slashes, so the act is the last segment.
fn image(world: &mut World, call: &Call, path: &[&str]) -> Result<Reply, Refusal> {
    match (call.method.as_str(), path) {
        ("GET", ["json"]) => Ok(images::list(world, call)),
        ("POST", ["create"]) if call.text("fromSrc").is_some() => image_files::import(world, call),
        ("POST", ["create"]) => pull::create(world, call),
        ("POST", ["prune"]) => Ok(images::prune(world, call)),
        ("POST", ["load"]) => image_files::load(world, call),
        ("GET", ["search"]) => Ok(registries::search(call)),
        ("GET", ["get"]) => {
            let names = call.query.iter().filter(|(name, _)| name == "names").map(|(_, value)| value.as_str());
            image_files::save(world, &names.collect::<Vec<_>>())
        }
        ("POST", [name @ .., "push"]) => registries::push(world, &name.join("/"), call),
        ("GET", [name @ .., "json"]) => images::inspect(world, &name.join("/")),
        ("GET", [name @ .., "history"]) => images::history(world, &name.join("/")),
        ("POST", [name @ .., "tag"]) => images::tag(world, &name.join("/"), call),
        ("DELETE", name) if !name.is_empty() => images::remove(world, &name.join("/"), call),
        _ => page_not_found(),
    }
}

pub fn page_not_found<T>() -> Result<T, Refusal> {
    Refusal::new(404, "page not found")
}
