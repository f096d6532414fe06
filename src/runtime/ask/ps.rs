//! `ps`: a row for each container, of one host or of all.

use super::table::table;
use super::{Answer, Heard};
use crate::domain::{Container, HostId};
use serde_json::{Value, json};
use std::io::{self, Write};

#[derive(Clone, Copy, Debug)]
pub struct Shape {
    /// Also those that do not run.
    pub all: bool,
    /// With the name of their host.
    pub of_all_hosts: bool,
    pub json: bool,
}

/// Prints them, and on the error output why a host has told none: then it is a failure, 1.
pub fn tell(answers: Vec<Answer<'_>>, shape: Shape, out: &mut impl Write, err: &mut impl Write) -> io::Result<u8> {
    let mut status = 0;
    let mut found: Vec<(&HostId, &Container)> = Vec::new();
    for answer in &answers {
        match &answer.heard {
            Heard::Listed(listed) => {
                let shown = listed.2.containers.iter().filter(|row| shape.all || row.state.is_up());
                found.extend(shown.map(|row| (&answer.host.name, row)));
            }
            Heard::Failed(failure) => {
                status = 1;
                writeln!(err, "dockerui-tui: {}: {failure}", answer.host.name)?;
            }
            Heard::NotAsked => {}
        }
    }
    let text = if shape.json {
        let containers: Vec<Value> = found.iter().map(|(host, container)| object(host, container)).collect();
        format!("{:#}\n", Value::from(containers))
    } else {
        let rows: Vec<Vec<String>> = found.iter().map(|(host, container)| row(host, container, shape)).collect();
        let titles = ["HOST", "NAME", "STATE", "STATUS", "IMAGE", "PORTS"];
        let hidden = usize::from(!shape.of_all_hosts);
        table(titles.get(hidden..).unwrap_or_default(), &rows)
    };
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(status)
}

fn row(host: &HostId, container: &Container, shape: Shape) -> Vec<String> {
    let host = shape.of_all_hosts.then(|| host.to_string());
    let words = [&container.name, container.state.as_str(), &container.status, &container.image].map(str::to_owned);
    host.into_iter().chain(words).chain([ports(container).join(", ")]).collect()
}

fn object(host: &HostId, container: &Container) -> Value {
    json!({
        "host": host.as_str(),
        "id": container.id.as_str(),
        "name": &*container.name,
        "image": &*container.image,
        "state": container.state.as_str(),
        "status": &*container.status,
        "created": container.created,
        "ports": ports(container),
    })
}

fn ports(container: &Container) -> Vec<String> {
    // Engines tell of IPv4 and IPv6 apart.
    let mut words: Vec<String> = container.ports.iter().map(ToString::to_string).collect();
    words.dedup();
    words
}
