//! `GET /containers/{id}/top`: the processes of a container, as the host's `ps` would print them.

use super::call::{Call, Refusal, Reply};
use super::clock::{SECOND, strftime};
use super::world::World;
use serde_json::json;

/// `ps_args`: `-ef` (the default), anything with `aux`, or `-o` with columns.
pub fn top(world: &mut World, given: &str, call: &Call) -> Result<Reply, Refusal> {
    let key = world.find(given)?;
    let now = world.now;
    let arguments = call.text("ps_args").filter(|text| !text.is_empty()).unwrap_or("-ef");
    let container = world.container_mut(key)?;
    if !container.is_alive() {
        return Refusal::new(409, format!("container {} is not running", container.id));
    }
    if arguments.contains("--bad") {
        return Refusal::new(500, "ps: error: unknown gnu long option");
    }
    let titles: Vec<String> = match arguments.split_once("-o") {
        Some((_, columns)) => {
            let words = columns.split([',', ' ']).filter(|word| !word.is_empty());
            words.map(|word| word.split('=').next().unwrap_or(word).to_ascii_uppercase()).collect()
        }
        None if arguments.contains("aux") => words("USER PID %CPU %MEM VSZ RSS TTY STAT START TIME COMMAND"),
        None => words("UID PID PPID C STIME TTY TIME CMD"),
    };
    if !titles.iter().any(|title| title == "PID") {
        return Refusal::new(500, "Couldn't find PID field in ps output");
    }
    let commands = container.processes();
    let started = container.run.started.unwrap_or(now);
    let seconds = (now - started).max(0) / SECOND / 50;
    let mut rows = Vec::new();
    for (index, command) in commands.iter().enumerate() {
        let pid = container.run.pid + u32::try_from(index).unwrap_or(0) * 7;
        let (user, command) = command.split_once('|').unwrap_or(("root", command));
        // The first process does most of the work.
        let share = seconds / (index as i64 + 1);
        let time = format!("{:02}:{:02}:{:02}", share / 3600, share / 60 % 60, share % 60);
        let cpu = container.profile().map_or(0.0, |profile| profile.cpu) / (index + 1) as f64;
        let rss = container.profile().map_or(4.0, |profile| profile.memory) * 1024.0 / (index + 2) as f64;
        let cell = |title: &String| match title.as_str() {
            "UID" | "USER" => user.to_owned(),
            "PID" => pid.to_string(),
            "PPID" => if index == 0 { container.run.pid.saturating_sub(20) } else { container.run.pid }.to_string(),
            "C" => format!("{cpu:.0}"),
            "%CPU" | "PCPU" => format!("{cpu:.1}"),
            "%MEM" | "PMEM" => format!("{:.1}", rss / 320_000.0),
            "VSZ" => format!("{:.0}", rss * 3.5),
            "RSS" => format!("{rss:.0}"),
            "STIME" | "START" => strftime("%H:%M", started),
            "TTY" => if container.is_tty() { "pts/0" } else { "?" }.to_owned(),
            "STAT" => if index == 0 { "Ss" } else { "S" }.to_owned(),
            "TIME" => time.clone(),
            "CMD" | "COMMAND" | "ARGS" => command.to_owned(),
            "COMM" => command.split([' ', ':']).next().unwrap_or(command).to_owned(),
            _ => "-".to_owned(),
        };
        rows.push(titles.iter().map(cell).collect::<Vec<_>>());
    }
    world.tell(key, "top", &[]);
    Ok(Reply::ok(&json!({ "Titles": titles, "Processes": rows })))
}

fn words(text: &str) -> Vec<String> {
    text.split(' ').map(str::to_owned).collect()
}
