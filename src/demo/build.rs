//! `POST /build`: reads the Dockerfile of the archive that is sent, and goes through it step by step. `echo` says
//! something, `exit` with a number fails; everything else takes its time and does nothing.

use super::call::{Call, JSON, Refusal, Reply, STREAM_DEPTH};
use super::clock::SECOND;
use super::images::Image;
use super::random::Random;
use super::refer::{repository, with_tag};
use super::seed;
use super::world::{Due, World};
use bytes::Bytes;
use serde_json::{Value, json};
use std::collections::VecDeque;
use std::io::Read;
use tokio::sync::mpsc;

/// How long a step takes, in each of its halves.
const HALF: i64 = SECOND / 2;

#[derive(Debug)]
pub struct Build {
    /// What is told together, in halves of steps.
    stages: VecDeque<Vec<Value>>,
    tags: Vec<String>,
    /// `None` when it ends in an error.
    image: Option<Image>,
    sender: mpsc::Sender<Bytes>,
}

/// `dockerfile`, `t`, `target`.
pub fn create(world: &mut World, call: &Call) -> Result<Reply, Refusal> {
    let name = call.text("dockerfile").unwrap_or("Dockerfile");
    let Some(text) = file(&call.body, name) else {
        return Refusal::new(500, format!("Cannot locate specified Dockerfile: {name}"));
    };
    let steps = steps(&text);
    if steps.is_empty() {
        return Refusal::new(400, "dockerfile parse error line 1: file with no instructions");
    }
    let tags: Vec<String> = call.query.iter().filter(|(key, _)| key == "t").map(|(_, tag)| with_tag(tag)).collect();
    let mut random = Random::for_text(world.seed, &text);
    let mut image = seed::image(world, "", seed::PLAIN, &mut random);
    image.tags.clone_from(&tags);
    image.layers = steps.iter().rev().map(|step| (step.clone(), 0)).collect();
    let (stages, went_well) = stages(&steps, &image, &tags, &mut random);
    let (sender, chunks) = mpsc::channel(STREAM_DEPTH);
    let id = world.next_serial();
    world.builds.insert(id, Build { stages, tags, image: went_well.then_some(image), sender });
    step(world, id);
    Ok(Reply::stream(JSON, chunks))
}

/// The text of a file in an archive.
fn file(archive: &Bytes, wanted: &str) -> Option<String> {
    let mut archive = tar::Archive::new(archive.as_ref());
    let entries = archive.entries().ok()?;
    let mut named =
        entries.filter_map(Result::ok).filter(|entry| entry.path().is_ok_and(|path| path.to_str() == Some(wanted)));
    let mut text = String::new();
    named.next()?.read_to_string(&mut text).ok()?;
    Some(text)
}

/// Instructions, a line each: continued lines are joined.
fn steps(text: &str) -> Vec<String> {
    let joined = text.replace("\\\n", " ");
    let lines = joined.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.map(str::to_owned).collect()
}

fn stages(steps: &[String], image: &Image, tags: &[String], random: &mut Random) -> (VecDeque<Vec<Value>>, bool) {
    let say = |text: String| json!({ "stream": text });
    let mut stages = VecDeque::new();
    for (place, step) in steps.iter().enumerate() {
        let mut told = vec![say(format!("Step {}/{} : {step}", place + 1, steps.len())), say("\n".to_owned())];
        let command = step.strip_prefix("RUN ");
        if command.is_some() {
            told.push(say(format!(" ---> Running in {}\n", random.hex(12))));
        }
        stages.push_back(told);
        let words = command.into_iter().flat_map(|command| command.split([';', '&'])).map(str::trim);
        let mut said = Vec::new();
        for word in words {
            said.extend(word.strip_prefix("echo ").map(|text| say(format!("{text}\n"))));
            if let Some(code) = word.strip_prefix("exit ").filter(|code| *code != "0") {
                let message = format!(
                    "The command '/bin/sh -c {}' returned a non-zero code: {code}",
                    command.unwrap_or_default()
                );
                said.push(json!({ "errorDetail": { "message": message }, "error": message }));
                stages.push_back(said);
                return (stages, false);
            }
        }
        said.push(say(format!(" ---> {}\n", random.hex(12))));
        stages.push_back(said);
    }
    let mut last =
        vec![json!({ "aux": { "ID": image.id } }), say(format!("Successfully built {}\n", image.short_id()))];
    last.extend(tags.iter().map(|tag| say(format!("Successfully tagged {tag}\n"))));
    stages.push_back(last);
    (stages, true)
}

/// Tells the next half of a step; at the end the image is there.
pub fn step(world: &mut World, id: u64) {
    let Some(build) = world.builds.get_mut(&id) else { return };
    // As real engines, one whose client left is given up.
    if build.sender.is_closed() {
        world.builds.remove(&id);
        return;
    }
    let told = build.stages.pop_front().unwrap_or_default();
    let text: String = told.iter().map(|line| format!("{line}\r\n")).collect();
    // Who does not read misses something here: a step says little.
    let _ = build.sender.try_send(text.into());
    if !build.stages.is_empty() {
        world.schedule(world.now + HALF, Due::Build(id));
        return;
    }
    let Some(Build { tags, image: Some(image), .. }) = world.builds.remove(&id) else { return };
    for known in &mut world.images {
        known.tags.retain(|tag| !tags.contains(tag));
    }
    let (id, name) = (image.id.clone(), tags.first().map(|tag| repository(tag).to_owned()));
    world.images.retain(|known| known.id != id);
    world.images.push(image);
    world.tell_image("build", &id, name.as_deref().unwrap_or(&id));
}
