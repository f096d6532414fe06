//! A process to start in a running container.

use super::hide_secret;

/// What `POST /containers/{id}/exec` is asked for. Empty text and empty lists leave it to the container.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExecSpec {
    pub command: Vec<String>,
    pub user: String,
    pub working_dir: String,
    /// `KEY=value`
    pub environment: Vec<String>,
    pub tty: bool,
}

impl ExecSpec {
    /// The `docker exec` line for a container of that name, secrets hidden: for the audit log.
    pub fn discreet_command(&self, container: &str) -> String {
        let mut words = vec!["docker".to_owned(), "exec".to_owned()];
        words.push(if self.tty { "-it" } else { "-i" }.to_owned());
        for (option, value) in [("--user", &self.user), ("--workdir", &self.working_dir)] {
            if !value.is_empty() {
                words.extend([option.to_owned(), value.clone()]);
            }
        }
        words.extend(self.environment.iter().flat_map(|entry| ["--env".to_owned(), hide_secret(entry)]));
        words.push(container.to_owned());
        words.extend(self.command.iter().map(|word| hide_secret(word)));
        shell_words::join(words)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_not_in_the_line() {
        let spec = ExecSpec {
            command: vec!["psql".into(), "-c".into(), "select 1".into()],
            user: "postgres".into(),
            environment: vec!["PGPASSWORD=hunter2".into(), "LANG=C".into()],
            tty: true,
            ..ExecSpec::default()
        };
        let line = spec.discreet_command("db");
        assert!(line.starts_with("docker exec -it --user postgres --env "), "{line}");
        assert!(line.ends_with("--env 'LANG=C' db psql -c 'select 1'"), "{line}");
        assert!(!line.contains("hunter2"), "{line}");
    }
}
