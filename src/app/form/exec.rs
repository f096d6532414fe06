//! The form of a command to be run: what it describes, and its `docker` line.

use super::{Form, Name};
use crate::domain::{ExecSpec, parse_assignment, print_command};

impl Form {
    pub(super) fn exec(&self) -> ExecSpec {
        ExecSpec {
            command: self.words(Name::Command),
            user: self.right(Name::User).to_owned(),
            working_dir: self.right(Name::WorkingDir).to_owned(),
            environment: self.entries(Name::Environment, parse_assignment),
            tty: self.is_on(Name::Tty),
        }
    }
}

/// `docker exec --interactive --tty web sh`, quoted for a shell.
pub(super) fn exec_line(name: &str, spec: &ExecSpec) -> String {
    let mut words = vec!["docker", "exec", "--interactive"];
    words.extend(spec.tty.then_some("--tty"));
    for (flag, value) in [("--user", &spec.user), ("--workdir", &spec.working_dir)] {
        if !value.is_empty() {
            words.extend([flag, value]);
        }
    }
    words.extend(spec.environment.iter().flat_map(|entry| ["--env", entry]));
    words.push(name);
    words.extend(spec.command.iter().map(String::as_str));
    print_command(&words)
}
