//! Networks of both families with a driver's options, and containers that get names and fixed addresses on them.

use crate::support::engines::{IMAGE, Live, on_engines};
use dockerui_tui::domain::{Connection, ContainerId, Done, NetworkId, NetworkRequest, NetworkSpec, Target};
use std::net::{Ipv4Addr, Ipv6Addr};

on_engines!(both_families_and_options, an_internal_one_at_an_address_of_the_engine);

fn spec(live: &Live, suffix: &str) -> NetworkSpec {
    NetworkSpec {
        name: live.name(suffix),
        labels: vec![("dockerui.own".to_owned(), live.prefix.clone())],
        ..NetworkSpec::default()
    }
}

async fn make(live: &Live, spec: &NetworkSpec) -> NetworkId {
    match live.perform(NetworkRequest::Create(spec.clone()).into()).await {
        Ok(Done::NetworkMade { id, .. }) => id,
        other => panic!("no network was made: {other:?}"),
    }
}

fn user(live: &Live, network: &str) -> Target {
    // Podman 5 lets nobody ping who was not given that.
    let words = ["run", "-d", "--cap-add", "NET_RAW", "--network", network, "--label", &live.label(), IMAGE];
    let id = live.docker(&[&words[..], &["sleep", "1000"]].concat());
    Target::new(ContainerId::new(id.trim()), id.trim())
}

async fn remove(live: &Live, id: NetworkId, spec: &NetworkSpec) {
    let removed = live.perform(NetworkRequest::Remove { id, name: spec.name.as_str().into() }.into()).await;
    assert_eq!(removed, Ok(Done::Changed));
}

async fn both_families_and_options(live: Live) {
    let spec = NetworkSpec {
        pools: vec!["10.221.0.0/24".parse().unwrap(), "fd00:221::/64 gateway fd00:221::99".parse().unwrap()],
        ipv6: true,
        attachable: true,
        options: vec![("com.docker.network.driver.mtu".to_owned(), "1400".to_owned())],
        ..spec(&live, "both")
    };
    let id = make(&live, &spec).await;
    let truth = live.truth(&spec.name);
    assert_eq!(truth["EnableIPv6"], true, "{truth}");
    // Podman has no swarm whose nodes could join.
    assert_eq!(truth["Attachable"], !live.is_podman(), "{truth}");
    let rows = live.engine.networks().await.expect("networks");
    let row = rows.iter().find(|row| row.id == id).expect("its row");
    let subnets: Vec<&str> = row.subnets.iter().map(|subnet| &**subnet).collect();
    assert_eq!(subnets, ["10.221.0.0/24", "fd00:221::/64"]);

    let other = spec_of_the_other(&live);
    let other_id = make(&live, &other).await;
    let (peer, target) = (user(&live, &spec.name), user(&live, &other.name));
    let connection = Connection {
        id: id.clone(),
        network: spec.name.as_str().into(),
        container: target.clone(),
        aliases: vec!["first".to_owned(), "second".to_owned()],
        ipv4: Some(Ipv4Addr::new(10, 221, 0, 77)),
        ipv6: Some(Ipv6Addr::new(0xfd00, 0x221, 0, 0, 0, 0, 0, 0x77)),
    };
    assert_eq!(live.perform(NetworkRequest::Connect(Box::new(connection)).into()).await, Ok(Done::Changed));
    let place = live.truth(&target.name)["NetworkSettings"]["Networks"][&spec.name].clone();
    assert_eq!((&place["IPAddress"], &place["GlobalIPv6Address"]), (&"10.221.0.77".into(), &"fd00:221::77".into()));
    let inside = live.docker(&["exec", &target.name, "ip", "address"]);
    for words in ["inet 10.221.0.77/24", "inet6 fd00:221::77/64", "mtu 1400"] {
        assert!(inside.contains(words), "{words}: {inside}");
    }
    for alias in ["first", "second"] {
        assert!(place["Aliases"].to_string().contains(&format!("\"{alias}\"")), "{place}");
        live.docker(&["exec", &peer.name, "ping", "-c", "1", "-W", "5", alias]);
    }
    live.docker(&["rm", "-f", &peer.name, &target.name]);
    remove(&live, id, &spec).await;
    remove(&live, other_id, &other).await;
}

fn spec_of_the_other(live: &Live) -> NetworkSpec {
    NetworkSpec { pools: vec!["10.222.0.0/24".parse().unwrap()], ..spec(live, "other") }
}

async fn an_internal_one_at_an_address_of_the_engine(live: Live) {
    let spec = NetworkSpec { internal: true, ..spec(&live, "inner") };
    let id = make(&live, &spec).await;
    assert_eq!(live.truth(&spec.name)["Internal"], true);
    let target = user(&live, &spec.name);
    let routes = live.docker(&["exec", &target.name, "ip", "route"]);
    // Docker 20 gives a way and lets nothing pass on it.
    let leads_out = !live.is_podman() && live.major() < 26;
    assert_eq!(routes.contains("default"), leads_out, "{routes}");
    live.docker(&["rm", "-f", &target.name]);
    remove(&live, id, &spec).await;
}
