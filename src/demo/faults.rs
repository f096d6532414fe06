//! What tests can make go wrong: faults by request, and the door that lets connections in.

use tokio::time::Duration;

/// One thing that goes wrong for requests that match.
#[derive(Clone, Debug)]
pub struct Fault {
    /// `METHOD part-of-path` (`GET /containers/json`); a `*` or nothing before the path is any method; an empty text is
    /// every request.
    pub on: String,
    pub what: What,
    /// How often, `None` for always.
    pub times: Option<u32>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// The request is performed and answered after that time.
    Delay(Duration),
    /// The request is not performed; as a page of HTML in the manner of proxies, or as an engine's `{"message": …}`.
    Status { code: u16, message: String, html: bool },
    /// The answer breaks off after that many bytes of its body, and the connection with it.
    CutStream { after: usize },
    /// A 200 answer whose JSON breaks off in the middle.
    Malformed,
    /// A 200 answer with this body, whatever the request was.
    Answer(String),
    /// No answer ever.
    Hang,
    /// The connection is closed without an answer.
    Drop,
    /// Connections are refused; `on` does not matter.
    RefuseConnections,
}

impl Fault {
    /// A fault that stays.
    pub fn always(on: impl Into<String>, what: What) -> Self {
        Self { on: on.into(), what, times: None }
    }

    /// A fault that happens once.
    pub fn once(on: impl Into<String>, what: What) -> Self {
        Self { on: on.into(), what, times: Some(1) }
    }

    fn matches(&self, method: &str, path: &str) -> bool {
        let (wanted, part) = match self.on.split_once(' ') {
            Some((wanted, part)) => (wanted, part),
            None => ("*", self.on.as_str()),
        };
        (wanted == "*" || wanted.eq_ignore_ascii_case(method)) && path.contains(part)
    }
}

/// Takes the first fault that matches, and one of its times.
pub fn take(faults: &mut Vec<Fault>, method: &str, path: &str) -> Option<What> {
    let index = faults.iter().position(|fault| fault.matches(method, path))?;
    let fault = faults.get_mut(index)?;
    let what = fault.what.clone();
    if let Some(left) = &mut fault.times {
        *left = left.saturating_sub(1);
        if *left == 0 {
            faults.remove(index);
        }
    }
    Some(what)
}

/// Whether connections are let in, and whether those inside may stay.
#[derive(Clone, Copy, Debug)]
pub struct Door {
    pub up: bool,
    /// How many connections are refused next; `None` for all.
    refusing: Option<u32>,
}

impl Default for Door {
    fn default() -> Self {
        Self { up: true, refusing: Some(0) }
    }
}

impl Door {
    pub fn refuse(&mut self, times: Option<u32>) {
        self.refusing = times;
    }

    /// Whether this connection is to be refused, and counts it.
    pub fn turn_away(&mut self) -> bool {
        match &mut self.refusing {
            None => true,
            Some(0) => false,
            Some(left) => {
                *left -= 1;
                true
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_match_by_method_and_part_of_the_path_and_run_out() {
        let mut faults = vec![Fault::once("GET /json", What::Hang), Fault::always("", What::Malformed)];
        assert_eq!(take(&mut faults, "POST", "/containers/json"), Some(What::Malformed));
        assert_eq!(take(&mut faults, "GET", "/containers/json"), Some(What::Hang));
        assert_eq!(take(&mut faults, "GET", "/containers/json"), Some(What::Malformed));
        let mut none = vec![Fault { on: "* /info".into(), what: What::Drop, times: Some(2) }];
        assert_eq!(take(&mut none, "GET", "/version"), None);
        assert_eq!(take(&mut none, "GET", "/v1.41/info"), Some(What::Drop));
    }
}
