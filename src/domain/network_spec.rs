//! A network to be made, and a container's place on one: what their forms collect.

use super::body::Object;
use super::command_words::Words;
use super::secret::discreet;
use super::{AddressPool, Invalid, NetworkId, Target};
use serde_json::{Value, json};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Everything the form of a network can say. Empty text and empty lists mean: leave it to the engine.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NetworkSpec {
    pub name: String,
    pub driver: String,
    pub pools: Vec<AddressPool>,
    /// Nobody on it reaches anything outside.
    pub internal: bool,
    /// Containers of a swarm's nodes may join by hand.
    pub attachable: bool,
    pub ipv6: bool,
    /// What the driver is told: `parent=eth0`.
    pub options: Vec<(String, String)>,
    pub labels: Vec<(String, String)>,
}

/// A container's place on a network, to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Connection {
    pub id: NetworkId,
    pub network: Box<str>,
    pub container: Target,
    /// Further names under which the others on it find the container.
    pub aliases: Vec<String>,
    /// `None`: the engine picks a free one.
    pub ipv4: Option<Ipv4Addr>,
    pub ipv6: Option<Ipv6Addr>,
}

impl NetworkSpec {
    /// What to call it while it has no name yet.
    pub fn title(&self) -> &str {
        if self.name.is_empty() { "a network" } else { &self.name }
    }

    /// What does not go together, beyond what each field says of itself.
    pub fn check(&self) -> Result<(), Invalid> {
        if self.name.is_empty() {
            return Err(Invalid::new("Give the network a name."));
        }
        if let Some(pool) = self.pools.iter().find(|pool| pool.subnet.is_v6() && !self.ipv6) {
            return Err(Invalid::new(format!("{} is a subnet of IPv6: turn IPv6 on.", pool.subnet)));
        }
        let mut pools = self.pools.as_slice();
        while let [pool, rest @ ..] = pools {
            if let Some(other) = rest.iter().find(|other| other.subnet.overlaps(&pool.subnet)) {
                return Err(Invalid::new(format!("The subnets {} and {} overlap.", pool.subnet, other.subnet)));
            }
            pools = rest;
        }
        Ok(())
    }

    /// The body of `POST /networks/create`.
    pub fn body(&self) -> Value {
        let mut body = Object::default();
        body.value("Name", json!(self.name));
        // Below API 1.44 an engine makes a second network of the same name without it.
        body.flag("CheckDuplicate", true);
        body.text("Driver", &self.driver);
        body.flag("Internal", self.internal);
        body.flag("Attachable", self.attachable);
        body.flag("EnableIPv6", self.ipv6);
        if !self.pools.is_empty() {
            let pools: Vec<Value> = self.pools.iter().map(pool_body).collect();
            body.value("IPAM", json!({ "Driver": "default", "Config": pools }));
        }
        body.pairs("Options", &self.options);
        body.pairs("Labels", &self.labels);
        body.done()
    }

    /// `network create --subnet 10.5.0.0/16 --gateway 10.5.0.1 --internal back`
    pub fn docker_words(&self) -> Vec<String> {
        let mut words = Words::of(&["network", "create"]);
        words.option("--driver", &self.driver);
        // The docker client finds out which gateway and which range belong to which subnet.
        words.options("--subnet", self.pools.iter().map(|pool| pool.subnet.to_string()));
        words
            .options("--gateway", self.pools.iter().filter_map(|pool| pool.gateway).map(|gateway| gateway.to_string()));
        words.options("--ip-range", self.pools.iter().filter_map(|pool| pool.range).map(|range| range.to_string()));
        words.flag("--internal", self.internal);
        words.flag("--attachable", self.attachable);
        words.flag("--ipv6", self.ipv6);
        words.pairs("--opt", &self.options);
        words.pairs("--label", &self.labels);
        words.ending(&self.name)
    }

    /// The same with every value hidden that looks like a secret.
    #[must_use]
    pub fn without_secrets(&self) -> Self {
        Self { options: discreet(&self.options), labels: discreet(&self.labels), ..self.clone() }
    }
}

fn pool_body(pool: &AddressPool) -> Value {
    let mut body = Object::default();
    body.text("Subnet", &pool.subnet.to_string());
    body.text("Gateway", &pool.gateway.map(|gateway| gateway.to_string()).unwrap_or_default());
    body.text("IPRange", &pool.range.map(|range| range.to_string()).unwrap_or_default());
    body.done()
}

impl Connection {
    /// The body of `POST /networks/{id}/connect`.
    pub fn body(&self) -> Value {
        let mut addresses = Object::default();
        addresses.text("IPv4Address", &self.ipv4.map(|address| address.to_string()).unwrap_or_default());
        addresses.text("IPv6Address", &self.ipv6.map(|address| address.to_string()).unwrap_or_default());
        let mut endpoint = Object::default();
        endpoint.list("Aliases", &self.aliases);
        endpoint.value("IPAMConfig", addresses.done());
        json!({ "Container": self.container.id.as_str(), "EndpointConfig": endpoint.done() })
    }

    /// `network connect --alias db --ip 10.5.0.9 back web`
    pub fn docker_words(&self) -> Vec<String> {
        let mut words = Words::of(&["network", "connect"]);
        words.options("--alias", &self.aliases);
        words.options("--ip", self.ipv4.map(|address| address.to_string()));
        words.options("--ip6", self.ipv6.map(|address| address.to_string()));
        words.0.push(self.network.to_string());
        words.ending(&self.container.name)
    }
}

/// A network's name: what engines put into paths and tables.
///
/// # Errors
/// Names with blanks or slashes, and those of networks that every engine has.
pub fn parse_network_name(text: &str) -> Result<String, Invalid> {
    let text = text.trim();
    let is_letter = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '.' | '-');
    if let Some(bad) = text.chars().find(|letter| !is_letter(*letter)) {
        let sentence = format!("A name cannot hold “{}”: only letters a–z, digits, _ . and -.", bad.escape_debug());
        return Err(Invalid::new(sentence));
    }
    if !text.starts_with(|first: char| first.is_ascii_alphanumeric()) {
        return Err(Invalid::new("A name begins with a letter or a digit."));
    }
    match text {
        "bridge" | "host" | "none" | "default" => {
            Err(Invalid::new(format!("{text} is a network of the engine itself: choose another name.")))
        }
        _ => Ok(text.to_owned()),
    }
}

/// A fixed IPv4 address.
///
/// # Errors
/// Where it is none.
pub fn parse_ipv4(text: &str) -> Result<Ipv4Addr, Invalid> {
    match super::parse_address(text)? {
        IpAddr::V4(address) => Ok(address),
        IpAddr::V6(address) => {
            Err(Invalid::new(format!("{address} is an address of IPv6: it has a field of its own.")))
        }
    }
}

/// A fixed IPv6 address.
///
/// # Errors
/// Where it is none.
pub fn parse_ipv6(text: &str) -> Result<Ipv6Addr, Invalid> {
    match super::parse_address(text)? {
        IpAddr::V6(address) => Ok(address),
        IpAddr::V4(address) => {
            Err(Invalid::new(format!("{address} is an address of IPv4: it has a field of its own.")))
        }
    }
}

/// A further name of a container on a network.
///
/// # Errors
/// Where it holds blanks.
pub fn parse_alias(text: &str) -> Result<String, Invalid> {
    let text = text.trim();
    match text.chars().any(|letter| letter.is_whitespace() || letter.is_control()) {
        true => Err(Invalid::new(format!("“{text}” cannot be looked up: a name has no blanks."))),
        false => Ok(text.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ContainerId;

    fn spec() -> NetworkSpec {
        NetworkSpec {
            name: "back".into(),
            driver: "bridge".into(),
            pools: vec![
                "10.5.0.0/16 gateway 10.5.0.1 range 10.5.8.0/24".parse().unwrap(),
                "fd00:5::/64".parse().unwrap(),
            ],
            internal: true,
            attachable: true,
            ipv6: true,
            options: vec![("com.docker.network.driver.mtu".into(), "1400".into())],
            labels: vec![("tier".into(), "back".into())],
        }
    }

    #[test]
    fn a_network_is_sent_as_it_is_described() {
        let body = json!({
            "Name": "back", "CheckDuplicate": true, "Driver": "bridge", "Internal": true, "Attachable": true,
            "EnableIPv6": true,
            "IPAM": { "Driver": "default", "Config": [
                { "Subnet": "10.5.0.0/16", "Gateway": "10.5.0.1", "IPRange": "10.5.8.0/24" },
                { "Subnet": "fd00:5::/64" },
            ] },
            "Options": { "com.docker.network.driver.mtu": "1400" }, "Labels": { "tier": "back" },
        });
        assert_eq!(spec().body(), body);
        assert_eq!(
            spec().docker_words().join(" "),
            "network create --driver bridge --subnet 10.5.0.0/16 --subnet fd00:5::/64 --gateway 10.5.0.1 --ip-range \
             10.5.8.0/24 --internal --attachable --ipv6 --opt com.docker.network.driver.mtu=1400 --label tier=back back"
        );
        let least = NetworkSpec { name: "back".into(), ..NetworkSpec::default() };
        assert_eq!(least.body(), json!({ "Name": "back", "CheckDuplicate": true }));
    }

    #[test]
    fn what_does_not_go_together_is_told() {
        let wrong = |change: fn(&mut NetworkSpec)| {
            let mut spec = spec();
            change(&mut spec);
            spec.check().unwrap_err().sentence().to_owned()
        };
        assert!(spec().check().is_ok());
        assert_eq!(wrong(|spec| spec.name.clear()), "Give the network a name.");
        assert_eq!(wrong(|spec| spec.ipv6 = false), "fd00:5::/64 is a subnet of IPv6: turn IPv6 on.");
        assert_eq!(
            wrong(|spec| spec.pools.push("10.5.7.0/24".parse().unwrap())),
            "The subnets 10.5.0.0/16 and 10.5.7.0/24 overlap."
        );
    }

    #[test]
    fn a_place_on_a_network_is_sent_as_it_is_described() {
        let connection = Connection {
            id: NetworkId::new("n1"),
            network: "back".into(),
            container: Target::new(ContainerId::new("c1"), "web"),
            aliases: vec!["db".into()],
            ipv4: Some(parse_ipv4("10.5.0.9").unwrap()),
            ipv6: Some(parse_ipv6("fd00:5::9").unwrap()),
        };
        let addresses = json!({ "IPv4Address": "10.5.0.9", "IPv6Address": "fd00:5::9" });
        let endpoint = json!({ "Aliases": ["db"], "IPAMConfig": addresses });
        assert_eq!(connection.body(), json!({ "Container": "c1", "EndpointConfig": endpoint }));
        assert_eq!(
            connection.docker_words().join(" "),
            "network connect --alias db --ip 10.5.0.9 --ip6 fd00:5::9 back web"
        );
    }

    #[test]
    fn names_and_addresses_are_checked_as_they_are_typed() {
        assert_eq!(parse_network_name(" a ").unwrap(), "a");
        for (text, begin) in [("a b", "A name cannot hold “ ”"), ("-a", "A name begins"), ("host", "host is a network")]
        {
            assert!(parse_network_name(text).unwrap_err().sentence().starts_with(begin), "{text}");
        }
        assert_eq!(parse_ipv4("::1").unwrap_err().sentence(), "::1 is an address of IPv6: it has a field of its own.");
        assert_eq!(parse_ipv6("10").unwrap_err().sentence(), "“10” is no IP address.");
        assert!(parse_alias("a b").is_err());
    }
}
