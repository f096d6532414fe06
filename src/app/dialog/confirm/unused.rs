//! What a prune would take, told before it is done.

use crate::app::host::Host;
use crate::domain::text::{counted, long_bytes};
use crate::domain::{ApiVersion, Labels, NetworkRequest, PruneReach, Request, VolumeRequest, order};

/// Names told one by one; more are counted.
const NAMED: usize = 6;
/// From here on engines tell anonymous volumes from named ones.
const DIVIDED: ApiVersion = ApiVersion { major: 1, minor: 42 };

/// A prune of one kind, with everything that nobody uses.
#[derive(Clone, Debug)]
pub struct Unused {
    what: What,
    /// In the order told.
    idle: Vec<Idle>,
    /// What is to be said beside.
    words: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum What {
    /// Whether the engine tells anonymous ones from others.
    Volumes {
        is_divided: bool,
    },
    Networks,
}

/// A thing that nobody uses.
#[derive(Clone, Debug)]
struct Idle {
    name: Box<str>,
    labels: Labels,
    is_anonymous: bool,
    bytes: Option<u64>,
}

impl Unused {
    /// Of the volumes, with what is known of their sizes; `words` where they could not be measured.
    pub fn volumes(host: &Host, words: Option<String>) -> Self {
        let is_divided = host.facts.as_ref().is_none_or(|facts| facts.api >= DIVIDED);
        let rows = host.volumes.rows.iter().filter(|row| host.tally.volume_users(row.name.as_str()).is_empty());
        let mut idle: Vec<Idle> = rows
            .map(|row| Idle {
                name: row.name.as_str().into(),
                labels: row.labels.clone(),
                is_anonymous: row.is_anonymous(),
                bytes: host.volume_sizes.of(&row.name),
            })
            .collect();
        order::sort_by_key(&mut idle, |one| std::cmp::Reverse(one.bytes));
        Self { what: What::Volumes { is_divided }, idle, words }
    }

    /// Of the networks: Docker keeps those that a running container is on, Podman those that any is on; `takes_stopped`
    /// says that there will be no others than those that run.
    pub fn networks(host: &Host, takes_stopped: bool) -> Self {
        let is_podman = host.facts.as_ref().is_some_and(|facts| &*facts.product == "Podman");
        let any_holds = is_podman && !takes_stopped;
        let holds = |name: &str| {
            let mut rows = host.containers.rows.iter().filter(|row| any_holds || row.state.is_up());
            rows.any(|row| row.networks.iter().any(|place| &*place.network == name))
        };
        let rows = host.networks.rows.iter().filter(|row| !row.is_predefined() && !holds(&row.name));
        let idle = rows.map(|row| Idle {
            name: row.name.clone(),
            labels: row.labels.clone(),
            is_anonymous: false,
            bytes: None,
        });
        Self { what: What::Networks, idle: idle.collect(), words: None }
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.idle.len()
    }

    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.idle.iter().map(|one| &*one.name)
    }

    /// Whether anonymous ones can be pruned alone.
    pub fn is_divided(&self) -> bool {
        self.what == What::Volumes { is_divided: true }
    }

    pub fn request(&self, all: bool, labels: &str) -> Request {
        let labels = labels.split_whitespace().map(str::to_owned).collect();
        match self.what {
            What::Volumes { is_divided } => {
                let reach = match (is_divided, all) {
                    (false, _) => PruneReach::Undivided,
                    (true, false) => PruneReach::Anonymous,
                    (true, true) => PruneReach::All,
                };
                VolumeRequest::Prune { reach, labels }.into()
            }
            What::Networks => NetworkRequest::Prune { labels }.into(),
        }
    }

    /// What would go, and how much it frees.
    pub fn notes(&self, all: bool, labels: &str) -> Vec<String> {
        let gone: Vec<&Idle> = self.gone(all, labels).collect();
        let (one, many) = match self.what {
            What::Volumes { .. } => ("volume", "volumes"),
            What::Networks => ("network", "networks"),
        };
        let told = gone.iter().take(NAMED).map(|idle| match idle.bytes {
            Some(bytes) => format!("{} ({})", short(&idle.name), long_bytes(bytes)),
            None => short(&idle.name).to_owned(),
        });
        let more = gone.len().saturating_sub(NAMED);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let bytes: u64 = gone.iter().filter_map(|idle| idle.bytes).fold(0, u64::saturating_add);
        let measured = gone.iter().filter(|idle| idle.bytes.is_some()).count();
        let freed = if measured > 0 { format!(", which frees {}", long_bytes(bytes)) } else { String::new() };
        let first = match gone.len() {
            0 => format!("Nothing would go: there are no such {many}."),
            count => {
                let names = told.collect::<Vec<_>>().join(", ");
                format!("{} would go{freed}: {names}{more}.", counted(count, one, many))
            }
        };
        std::iter::once(first).chain(self.words.clone()).collect()
    }

    /// Why there is nothing to do.
    pub fn hindrance(&self, all: bool, labels: &str) -> Option<String> {
        self.gone(all, labels).next().is_none().then(|| "There is nothing to prune.".to_owned())
    }

    fn gone<'a>(&'a self, all: bool, labels: &'a str) -> impl Iterator<Item = &'a Idle> {
        let reaches = move |idle: &&Idle| match self.what {
            What::Volumes { is_divided: true } => all || idle.is_anonymous,
            What::Volumes { is_divided: false } | What::Networks => true,
        };
        let fits = move |idle: &&Idle| labels.split_whitespace().all(|label| has(&idle.labels, label));
        self.idle.iter().filter(reaches).filter(fits)
    }
}

/// `key`, or `key=value`.
fn has(labels: &Labels, label: &str) -> bool {
    match label.split_once('=') {
        Some((key, value)) => labels.get(key) == Some(value),
        None => labels.get(label).is_some(),
    }
}

/// An anonymous volume's name is 64 digits long: nobody reads more than the first.
fn short(name: &str) -> &str {
    match name.len() {
        64 => name.get(..12).unwrap_or(name),
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::fixture::app;
    use crate::domain::{Volume, VolumeName};
    use pretty_assertions::assert_eq;

    #[test]
    fn what_would_go_follows_from_the_choices() {
        let mut app = app();
        let host = app.host_mut();
        let row = host.volumes.rows[0].clone();
        let anonymous = Volume { name: VolumeName::new("0".repeat(64)), ..row.clone() };
        let tier = Labels(vec![("tier".into(), "db".into())]);
        let labelled = Volume { name: VolumeName::new("db"), labels: tier, ..row };
        host.volumes.rows.extend([anonymous, labelled]);
        let sizes = vec![(VolumeName::new("0".repeat(64)), 2048), (VolumeName::new("db"), 1024)];
        host.volume_sizes.take(crate::domain::Time(1), sizes);
        let prune = Unused::volumes(host, None);
        assert_eq!(prune.notes(false, ""), ["1 volume would go, which frees 2.0 KiB: 000000000000 (2.0 KiB)."]);
        assert_eq!(
            prune.notes(true, ""),
            ["3 volumes would go, which frees 3.0 KiB: 000000000000 (2.0 KiB), db (1.0 KiB), data."]
        );
        assert_eq!(prune.notes(true, "tier=db"), ["1 volume would go, which frees 1.0 KiB: db (1.0 KiB)."]);
        assert_eq!(prune.notes(true, "tier=web"), ["Nothing would go: there are no such volumes."]);
        assert!(prune.hindrance(true, "none").is_some() && prune.hindrance(true, "tier").is_none());
        let request = prune.request(true, "tier=db");
        assert_eq!(request.docker_command(), "docker volume prune --all --filter 'label=tier=db'");
    }
}
