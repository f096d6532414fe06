//! Addresses in, addresses out.

use super::*;
use std::path::Path;

#[test]
fn addresses_parse_and_print() {
    for (text, printed) in [
        ("unix:///var/run/docker.sock", "unix:///var/run/docker.sock"),
        ("/run/user/1000/docker.sock", "unix:///run/user/1000/docker.sock"),
        ("tcp://10.0.0.1", "tcp://10.0.0.1:2375"),
        ("tcp://[::1]:2376", "tcp://[::1]:2376"),
        ("tcp://host:2375/", "tcp://host:2375"),
        ("https://host", "https://host:2376"),
        ("https://[fe80::1]:1", "https://[fe80::1]:1"),
        ("ssh://host", "ssh://host"),
        ("ssh://host/", "ssh://host"),
        ("ssh://me@host:2222/run/docker.sock", "ssh://me@host:2222/run/docker.sock"),
        ("ssh://me@[::1]", "ssh://me@[::1]"),
    ] {
        let endpoint: Endpoint = text.parse().unwrap();
        assert_eq!(endpoint.to_string(), printed);
        assert_eq!(printed.parse::<Endpoint>().unwrap(), endpoint);
    }
    for bad in [
        "docker.sock",
        "unix://relative",
        "tcp://",
        "tcp://h:x",
        "tcp://[::1]x",
        "https://",
        "ftp://h",
        "ssh://",
        "ssh://@h",
        "ssh://-oProxyCommand=x",
        "ssh://-l@h",
        "ssh://u:p@h",
        "ssh://h:x",
        "ssh://h/a:b",
        "",
    ] {
        assert!(bad.parse::<Endpoint>().is_err(), "{bad}");
    }
}

#[test]
fn tls_goes_with_tcp_only() {
    let identity = TlsFiles { ca: Some("/ca.pem".into()), ..TlsFiles::default() };
    let read = |text| Endpoint::parse_with_tls(text, identity.clone()).unwrap();
    let Endpoint::Tls { port, identity: read_identity, skip_verify, .. } = read("tcp://host") else { panic!() };
    assert_eq!((port, read_identity.ca.as_deref(), skip_verify), (2376, Some(Path::new("/ca.pem")), false));
    assert_eq!(read("ssh://host").scheme(), "ssh");
    assert_eq!(read("/x").scheme(), "unix");
}

#[test]
fn only_a_foreign_tcp_host_is_plain_remote() {
    assert!("tcp://10.0.0.1".parse::<Endpoint>().unwrap().is_plain_remote());
    assert!(!"tcp://127.0.0.1".parse::<Endpoint>().unwrap().is_plain_remote());
    for private in ["/x", "https://10.0.0.1", "ssh://10.0.0.1"] {
        assert!(!private.parse::<Endpoint>().unwrap().is_plain_remote(), "{private}");
    }
}
