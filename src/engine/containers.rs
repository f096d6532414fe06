//! The list of containers (`GET /containers/json`): also the first request of a connection.

use super::Engine;
use super::call::Call;
use super::lenient::{List, Pairs, Text, Word, or_default};
use crate::domain::{ApiVersion, Attachment, Container, ContainerId, Failure, Health, ImageId, Mounted, Port, State};
use hyper::header::{DATE, HeaderMap};
use serde::Deserialize;
use std::time::Duration;

/// What the list said, and what its answer told beside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    pub containers: Vec<Container>,
    /// The version spoken from now on.
    pub api: ApiVersion,
    /// The engine's clock, seconds since the Unix epoch, where it told.
    pub engine_time: Option<i64>,
    /// From sending to the last byte.
    pub elapsed: Duration,
}

impl Engine {
    /// `GET /containers/json`. The first request of a handle goes out without a version and learns the engine's.
    pub async fn containers(&self, all: bool) -> Result<Listed, Failure> {
        let call = Call::get(&["containers", "json"]).query("all", if all { "1" } else { "0" });
        let mut containers = Vec::new();
        let told = self
            .ask_each("the list of containers", call, |text| {
                containers.push(serde_json::from_slice::<Listing<'_>>(text)?.into());
                Ok(())
            })
            .await?;
        containers.shrink_to_fit();
        let api = match self.api() {
            Some(api) => api,
            // A proxy has taken the headers away: the body of `/version` says it as well.
            None => self.ask_api().await?,
        };
        Ok(Listed { containers, api, engine_time: date(&told.headers), elapsed: told.elapsed })
    }
}

/// The `Date` header as seconds since the Unix epoch.
pub(super) fn date(headers: &HeaderMap) -> Option<i64> {
    let text = headers.get(DATE)?.to_str().ok()?;
    jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(text).ok().map(jiff::Timestamp::as_second)
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct Listing<'a> {
    #[serde(borrow)]
    id: Text<'a>,
    #[serde(borrow)]
    names: List<Text<'a>, Name>,
    #[serde(borrow)]
    image: Text<'a>,
    #[serde(borrow, rename = "ImageID")]
    image_id: Text<'a>,
    #[serde(borrow)]
    command: Text<'a>,
    #[serde(deserialize_with = "or_default")]
    created: i64,
    #[serde(borrow)]
    state: Text<'a>,
    #[serde(borrow)]
    status: Text<'a>,
    /// From API 1.52.
    #[serde(borrow, deserialize_with = "or_default")]
    health: Option<ListedHealth<'a>>,
    #[serde(borrow)]
    ports: List<ListedPort<'a>, Port>,
    labels: Pairs<Word>,
    #[serde(borrow, deserialize_with = "or_default")]
    network_settings: ListedNetworks<'a>,
    #[serde(borrow)]
    mounts: List<ListedMount<'a>, Mounted>,
}

/// A name without its leading slash.
#[derive(Debug)]
struct Name(Box<str>);

impl From<Text<'_>> for Name {
    fn from(text: Text<'_>) -> Self {
        Self(text.0.strip_prefix('/').unwrap_or(&text.0).into())
    }
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct ListedHealth<'a> {
    #[serde(borrow)]
    status: Text<'a>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct ListedPort<'a> {
    #[serde(borrow, rename = "IP")]
    ip: Text<'a>,
    #[serde(deserialize_with = "or_default")]
    private_port: u16,
    #[serde(deserialize_with = "or_default")]
    public_port: u16,
    #[serde(borrow, rename = "Type")]
    protocol: Text<'a>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct ListedNetworks<'a> {
    #[serde(borrow)]
    networks: Pairs<Option<ListedNetwork<'a>>>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct ListedNetwork<'a> {
    #[serde(borrow, rename = "IPAddress")]
    address: Text<'a>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct ListedMount<'a> {
    #[serde(borrow, rename = "Type")]
    kind: Text<'a>,
    #[serde(borrow)]
    name: Text<'a>,
    #[serde(borrow)]
    source: Text<'a>,
    #[serde(borrow)]
    destination: Text<'a>,
    #[serde(rename = "RW", deserialize_with = "or_default")]
    writable: bool,
}

impl From<Listing<'_>> for Container {
    fn from(listing: Listing<'_>) -> Self {
        let health = match listing.health {
            Some(health) if !health.status.0.is_empty() => Health::parse(&health.status.0),
            _ => Health::from_status(&listing.status.0),
        };
        let networks =
            listing.network_settings.networks.0.into_iter().map(|(network, at)| Attachment {
                network,
                address: at.map(|at| at.address.boxed()).unwrap_or_default(),
            });
        let id = ContainerId::new(&listing.id.0);
        Self {
            // One that is being removed, or died while it was made, may have no name.
            name: own_name(listing.names.0).unwrap_or_else(|| id.short().into()),
            id,
            image: listing.image.boxed(),
            image_id: ImageId::new(&listing.image_id.0),
            command: listing.command.boxed(),
            created: listing.created,
            state: State::parse(&listing.state.0),
            health,
            status: listing.status.boxed(),
            ports: listing.ports.0,
            labels: listing.labels.into(),
            networks: networks.collect(),
            mounts: listing.mounts.0,
        }
    }
}

/// Names with a slash in them are another container's links to this one: its own name is the one without.
fn own_name(names: Vec<Name>) -> Option<Box<str>> {
    let own = names.iter().position(|name| !name.0.contains('/')).unwrap_or(0);
    names.into_iter().nth(own).map(|name| name.0).filter(|name| !name.is_empty())
}

impl From<ListedPort<'_>> for Port {
    fn from(port: ListedPort<'_>) -> Self {
        let ip = Some(port.ip.boxed()).filter(|ip| !ip.is_empty());
        let public = Some(port.public_port).filter(|public| *public != 0);
        Self { ip, private: port.private_port, public, protocol: port.protocol.boxed() }
    }
}

impl From<ListedMount<'_>> for Mounted {
    fn from(mount: ListedMount<'_>) -> Self {
        Self {
            kind: mount.kind.boxed(),
            name: mount.name.boxed(),
            source: mount.source.boxed(),
            destination: mount.destination.boxed(),
            writable: mount.writable,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_container_is_read_whatever_is_null_or_unknown() {
        let list: List<Listing<'_>, Container> = serde_json::from_str(
            r#"[{"Id":"ab","Names":["/other/alias","/web"],"Image":"nginx","ImageID":"sha256:1","Command":"a \"b\"",
                "Created":7,"State":"stopped","Status":"Up 2 days (healthy)","Ports":[{"IP":"0.0.0.0","PrivatePort":80,
                "PublicPort":8080,"Type":"tcp"},{"PrivatePort":443,"PublicPort":null,"IP":null,"Type":"tcp"}],
                "Labels":{"a":"1"},"NetworkSettings":{"Networks":{"bridge":{"IPAddress":"10.0.0.2"},"none":null}},
                "Mounts":[{"Type":"volume","Name":"data","Destination":"/d","RW":true}],"Unknown":[{}]},
               {"Id":"cd","Names":null,"Image":null,"State":null,"Status":"Exited (1)","Ports":null,"Labels":null,
                "NetworkSettings":null,"Mounts":null,"Created":null,"Health":{"Status":"unhealthy","FailingStreak":2}}]"#,
        )
        .unwrap();
        let [web, bare] = list.0.as_slice() else { panic!("two containers") };
        assert_eq!((&*web.name, &*web.command, web.health), ("web", "a \"b\"", Health::Healthy));
        assert_eq!(web.state, State::Other("stopped".into()));
        assert_eq!(web.ports.iter().map(ToString::to_string).collect::<Vec<_>>(), ["8080→80/tcp", "443/tcp"]);
        assert_eq!((&*web.networks[0].address, &*web.networks[1].address), ("10.0.0.2", ""));
        assert!(web.mounts[0].writable && web.labels.get("a") == Some("1"));
        assert_eq!((&*bare.name, bare.health, bare.exit_code()), ("cd", Health::Unhealthy, Some(1)));
    }
}
