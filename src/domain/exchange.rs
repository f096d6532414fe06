//! One request to an engine and what came of it, for the request log.

use super::{Endpoint, print_command};
use std::time::Duration;

/// A request as it was sent, told when its answer (of a stream: the answer's head) is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exchange {
    /// `GET`, `POST`, `DELETE`, …
    pub method: Box<str>,
    /// Path and query, with the version prefix.
    pub path: Box<str>,
    /// The JSON that was sent, secrets hidden; empty for none.
    pub body: Box<str>,
    /// The HTTP status; `None` where no answer came.
    pub status: Option<u16>,
    /// The sentence of the failure: a refusal's, or why there is no whole answer.
    pub failure: Option<Box<str>>,
    /// From sending to the end of the answer (of a stream: to its head).
    pub elapsed: Duration,
    /// Bytes of the answer's body that were read; 0 for streams.
    pub bytes: u64,
}

impl Exchange {
    /// Whether it may have changed something on the engine.
    pub fn is_change(&self) -> bool {
        !matches!(&*self.method, "GET" | "HEAD")
    }

    /// The same request as a `curl` command line, for the machine that this program runs on. Hidden secrets stay hidden.
    pub fn curl(&self, endpoint: Option<&Endpoint>) -> String {
        let over_there = |socket: &str| {
            let mut words = self.words(&format!("http://localhost{}", self.path));
            words.splice(1..1, ["--unix-socket".to_owned(), socket.to_owned()]);
            words
        };
        let words = match endpoint {
            Some(Endpoint::Unix(path)) => over_there(&path.display().to_string()),
            Some(Endpoint::Tcp { host, port }) => self.words(&format!("http://{}{}", place(host, *port), self.path)),
            Some(Endpoint::Tls { host, port, identity, skip_verify }) => {
                let mut words = self.words(&format!("https://{}{}", place(host, *port), self.path));
                let files = [("--cacert", &identity.ca), ("--cert", &identity.cert), ("--key", &identity.key)];
                for (flag, path) in files {
                    if let Some(path) = path {
                        words.splice(1..1, [flag.to_owned(), path.display().to_string()]);
                    }
                }
                if *skip_verify {
                    words.insert(1, "--insecure".to_owned());
                }
                words
            }
            Some(Endpoint::Ssh { user, host, port, socket }) => {
                let socket = socket.as_deref().map_or(SOCKET.into(), |socket| socket.display().to_string());
                let mut words = vec!["ssh".to_owned()];
                if let Some(port) = port {
                    words.extend(["-p".to_owned(), port.to_string()]);
                }
                words.push(user.as_ref().map_or_else(|| host.clone(), |user| format!("{user}@{host}")));
                words.push(print_command(&over_there(&socket)));
                words
            }
            Some(Endpoint::Demo) | None => over_there(SOCKET),
        };
        print_command(&words)
    }

    fn words(&self, url: &str) -> Vec<String> {
        let mut words = vec!["curl".to_owned()];
        match &*self.method {
            "GET" => {}
            // With -X alone it waits for a body that never comes.
            "HEAD" => words.push("--head".to_owned()),
            method => words.extend(["-X".to_owned(), method.to_owned()]),
        }
        if !self.body.is_empty() {
            let header = "Content-Type: application/json";
            words.extend(["-H", header, "-d", &self.body].map(str::to_owned));
        }
        words.push(url.to_owned());
        words
    }
}

/// Where an engine listens when nobody says otherwise.
const SOCKET: &str = "/var/run/docker.sock";

fn place(host: &str, port: u16) -> String {
    if host.contains(':') { format!("[{host}]:{port}") } else { format!("{host}:{port}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exchange(method: &str, body: &str) -> Exchange {
        Exchange {
            method: method.into(),
            path: "/v1.41/containers/create?name=a%20b".into(),
            body: body.into(),
            status: Some(201),
            failure: None,
            elapsed: Duration::from_millis(3),
            bytes: 9,
        }
    }

    #[test]
    fn curl_speaks_to_each_kind_of_endpoint() {
        let curl = |endpoint: &str| exchange("GET", "").curl(Some(&endpoint.parse().unwrap()));
        let path = "/v1.41/containers/create?name=a%20b";
        assert_eq!(curl("/run/x.sock"), format!("curl --unix-socket /run/x.sock 'http://localhost{path}'"));
        assert_eq!(curl("tcp://[::1]:5"), format!("curl 'http://[::1]:5{path}'"));
        assert_eq!(curl("https://far"), format!("curl 'https://far:2376{path}'"));
        let over = curl("ssh://me@far:2222/run/d.sock");
        let words = shell_words::split(&over).unwrap();
        assert_eq!(words[..4], ["ssh", "-p", "2222", "me@far"]);
        assert_eq!(words[4], format!("curl --unix-socket /run/d.sock 'http://localhost{path}'"));
    }

    #[test]
    fn what_was_sent_goes_along() {
        let curl = exchange("POST", r#"{"Image":"it's"}"#).curl(None);
        let words = shell_words::split(&curl).unwrap();
        assert_eq!(words[..5], ["curl", "--unix-socket", SOCKET, "-X", "POST"]);
        assert_eq!(words[7..9], ["-d", r#"{"Image":"it's"}"#]);
        assert!(exchange("POST", "").is_change() && !exchange("HEAD", "").is_change());
    }
}
