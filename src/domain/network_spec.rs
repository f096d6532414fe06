//! A network to be made, and a container's place on one: what their forms collect.

use super::volume_spec::{discreet, flags, map_of};
use super::{AddressPool, Invalid, NetworkId, Target};
use serde_json::{Map, Value, json};
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
        let mut body = Map::new();
        body.insert("Name".to_owned(), json!(self.name));
        // Below API 1.44 an engine makes a second network of the same name without it.
        body.insert("CheckDuplicate".to_owned(), json!(true));
        if !self.driver.is_empty() {
            body.insert("Driver".to_owned(), json!(self.driver));
        }
        for (key, on) in [("Internal", self.internal), ("Attachable", self.attachable), ("EnableIPv6", self.ipv6)] {
            if on {
                body.insert(key.to_owned(), json!(true));
            }
        }
        if !self.pools.is_empty() {
            let pools: Vec<Value> = self.pools.iter().map(pool_body).collect();
            body.insert("IPAM".to_owned(), json!({ "Driver": "default", "Config": pools }));
        }
        for (key, pairs) in [("Options", &self.options), ("Labels", &self.labels)] {
            if !pairs.is_empty() {
                body.insert(key.to_owned(), map_of(pairs));
            }
        }
        Value::Object(body)
    }

    /// `network create --subnet 10.5.0.0/16 --gateway 10.5.0.1 --internal back`
    pub fn docker_words(&self) -> Vec<String> {
        let mut words = vec!["network".to_owned(), "create".to_owned()];
        let mut flag = |name: &str, value: String| words.extend([name.to_owned(), value]);
        if !self.driver.is_empty() {
            flag("--driver", self.driver.clone());
        }
        // The docker client finds out which gateway and which range belong to which subnet.
        self.pools.iter().for_each(|pool| flag("--subnet", pool.subnet.to_string()));
        self.pools.iter().filter_map(|pool| pool.gateway).for_each(|gateway| flag("--gateway", gateway.to_string()));
        self.pools.iter().filter_map(|pool| pool.range).for_each(|range| flag("--ip-range", range.to_string()));
        for (name, on) in [("--internal", self.internal), ("--attachable", self.attachable), ("--ipv6", self.ipv6)] {
            words.extend(on.then(|| name.to_owned()));
        }
        words.extend(flags("--opt", &self.options));
        words.extend(flags("--label", &self.labels));
        words.extend((!self.name.is_empty()).then(|| self.name.clone()));
        words
    }

    /// The same with every value hidden that looks like a secret.
    #[must_use]
    pub fn without_secrets(&self) -> Self {
        Self { options: discreet(&self.options), labels: discreet(&self.labels), ..self.clone() }
    }
}

fn pool_body(pool: &AddressPool) -> Value {
    let mut body = Map::new();
    body.insert("Subnet".to_owned(), json!(pool.subnet.to_string()));
    if let Some(gateway) = pool.gateway {
        body.insert("Gateway".to_owned(), json!(gateway.to_string()));
    }
    if let Some(range) = pool.range {
        body.insert("IPRange".to_owned(), json!(range.to_string()));
    }
    Value::Object(body)
}

impl Connection {
    /// The body of `POST /networks/{id}/connect`.
    pub fn body(&self) -> Value {
        let mut endpoint = Map::new();
        if !self.aliases.is_empty() {
            endpoint.insert("Aliases".to_owned(), json!(self.aliases));
        }
        let addresses = [
            self.ipv4.map(|address| ("IPv4Address".to_owned(), json!(address.to_string()))),
            self.ipv6.map(|address| ("IPv6Address".to_owned(), json!(address.to_string()))),
        ];
        let addresses: Map<String, Value> = addresses.into_iter().flatten().collect();
        if !addresses.is_empty() {
            endpoint.insert("IPAMConfig".to_owned(), addresses.into());
        }
        json!({ "Container": self.container.id.as_str(), "EndpointConfig": endpoint })
    }

    /// `network connect --alias db --ip 10.5.0.9 back web`
    pub fn docker_words(&self) -> Vec<String> {
        let mut words = vec!["network".to_owned(), "connect".to_owned()];
        words.extend(self.aliases.iter().flat_map(|alias| ["--alias".to_owned(), alias.clone()]));
        words.extend(self.ipv4.iter().flat_map(|address| ["--ip".to_owned(), address.to_string()]));
        words.extend(self.ipv6.iter().flat_map(|address| ["--ip6".to_owned(), address.to_string()]));
        words.extend([self.network.to_string(), self.container.name.to_string()]);
        words
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
