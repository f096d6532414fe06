//! `hosts`: a row for each host with its state.

use super::table::table;
use super::{Answer, Heard};
use crate::domain::{Container, Endpoint, Health};
use serde_json::{Value, json};
use std::io::{self, Write};

/// Prints them. Hosts that are away are no failure of this command.
pub fn tell(answers: Vec<Answer<'_>>, json: bool, out: &mut impl Write) -> io::Result<u8> {
    let text = if json {
        let hosts: Vec<Value> = answers.iter().map(object).collect();
        format!("{:#}\n", Value::from(hosts))
    } else if answers.is_empty() {
        "No host is known and no socket answers. `dockerui-tui config init` makes a file for [[hosts]].\n".to_owned()
    } else {
        let rows: Vec<Vec<String>> = answers.iter().map(row).collect();
        table(&["NAME", "STATE", "CONTAINERS", "ADDRESS", "FROM", "WHY"], &rows)
    };
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(0)
}

fn row(answer: &Answer<'_>) -> Vec<String> {
    let (containers, why) = match &answer.heard {
        Heard::Listed(listed) => {
            let Counts { up, down, unhealthy } = counts(&listed.2.containers);
            let ill = if unhealthy > 0 { format!(", {unhealthy} unhealthy") } else { String::new() };
            (format!("{up} up, {down} down{ill}"), String::new())
        }
        Heard::Failed(failure) => (String::new(), failure.sentence.clone()),
        Heard::NotAsked => (String::new(), "`dockerui-tui check` with its name looks".to_owned()),
    };
    let address = address(answer).map_or_else(String::new, Endpoint::to_string);
    let from = answer.host.source.name().to_owned();
    vec![answer.host.name.to_string(), state(answer).to_owned(), containers, address, from, why]
}

fn object(answer: &Answer<'_>) -> Value {
    let (name, address) = (answer.host.name.as_str(), address(answer).map(Endpoint::to_string));
    let (state, from) = (state(answer), answer.host.source.name());
    match &answer.heard {
        Heard::Listed(listed) => {
            let Counts { up, down, unhealthy } = counts(&listed.2.containers);
            let milliseconds = u64::try_from(listed.2.elapsed.as_millis()).unwrap_or(u64::MAX);
            json!({
                "name": name, "state": state, "address": address, "from": from, "api": listed.2.api.to_string(),
                "up": up, "down": down, "unhealthy": unhealthy, "milliseconds": milliseconds,
            })
        }
        Heard::Failed(failure) => json!({
            "name": name, "state": state, "address": address, "from": from,
            "failure": failure.sentence, "hint": failure.hint,
        }),
        Heard::NotAsked => json!({ "name": name, "state": state, "address": address, "from": from }),
    }
}

fn state(answer: &Answer<'_>) -> &'static str {
    match answer.heard {
        Heard::Listed(_) => "live",
        Heard::Failed(_) => "away",
        Heard::NotAsked => "not asked",
    }
}

fn address<'a>(answer: &'a Answer<'_>) -> Option<&'a Endpoint> {
    match &answer.heard {
        Heard::Listed(listed) => Some(&listed.0),
        Heard::Failed(_) | Heard::NotAsked => {
            answer.host.candidates.as_ref().ok()?.first().map(|candidate| &candidate.endpoint)
        }
    }
}

struct Counts {
    up: usize,
    down: usize,
    unhealthy: usize,
}

fn counts(containers: &[Container]) -> Counts {
    let up = containers.iter().filter(|row| row.state.is_up()).count();
    let unhealthy = containers.iter().filter(|row| row.health == Health::Unhealthy).count();
    Counts { up, down: containers.len() - up, unhealthy }
}
