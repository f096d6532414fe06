//! The equivalent `docker run`, `docker create`, `docker update` and `docker exec` lines.

use super::{ContainerSpec, Limits, MountKind, MountSpec, print_cpus, print_memory, print_ports};
use crate::domain::Invalid;
use crate::domain::command_words::Words;
use crate::domain::secret::{hide_secret, is_secret, mask};

impl ContainerSpec {
    /// The words of the equivalent `docker run` (or `docker create`) line, without `docker` and unquoted.
    pub fn docker_words(&self) -> Vec<String> {
        let mut line = Words::default();
        match self.start {
            // Through the API a container is always started in the background.
            true => line.0.extend(["run".to_owned(), "-d".to_owned()]),
            false => line.0.push("create".to_owned()),
        }
        line.flag("--interactive", self.interactive);
        line.flag("--tty", self.tty);
        line.flag("--rm", self.auto_remove);
        line.flag("--init", self.init);
        line.flag("--privileged", self.privileged);
        line.option("--name", &self.name);
        line.option("--hostname", &self.hostname);
        line.option("--user", &self.user);
        line.option("--workdir", &self.working_dir);
        line.option("--network", &self.network);
        line.options("--publish", print_ports(&self.ports));
        self.mounts.iter().for_each(|mount| line.mount(mount));
        line.options("--env", &self.environment);
        line.pairs("--label", &self.labels);
        if self.restart != super::RestartPolicy::No {
            line.option("--restart", &self.restart.to_string());
        }
        line.amounts(&self.limits);
        line.options("--cap-add", &self.cap_add);
        line.options("--cap-drop", &self.cap_drop);
        line.options("--add-host", &self.extra_hosts);
        line.options("--dns", &self.dns);
        // The flag takes one word; the others go before the command, where the engine puts them too.
        let (entrypoint, rest) = match self.entrypoint.split_first() {
            Some((first, rest)) => (Some(first), rest),
            None => (None, Default::default()),
        };
        line.options("--entrypoint", entrypoint);
        line.0.push(self.image.clone());
        line.0.extend(rest.iter().chain(&self.command).cloned());
        line.0
    }

    /// `docker run -d --name web nginx`, quoted for a shell.
    pub fn docker_command(&self) -> String {
        format!("docker {}", shell_words::join(self.docker_words()))
    }

    /// The same with every value hidden that looks like a secret: for what is kept or shown unasked.
    #[must_use]
    pub fn without_secrets(&self) -> Self {
        let mut spec = self.clone();
        spec.environment
            .iter_mut()
            .chain(&mut spec.command)
            .chain(&mut spec.entrypoint)
            .for_each(|word| *word = hide_secret(word));
        for (key, value) in &mut spec.labels {
            if is_secret(key, value) {
                *value = mask(value);
            }
        }
        spec
    }
}

impl Limits {
    /// The flags of `docker update`; they say the same as [`Limits::body`].
    pub fn docker_flags(&self) -> Vec<String> {
        let mut line = Words::default();
        line.amounts(self);
        if let Some(bytes) = self.memory.filter(|bytes| *bytes > 0) {
            line.option("--memory-swap", &print_memory(bytes.saturating_mul(2)));
        }
        if let Some(restart) = self.restart {
            line.option("--restart", &restart.to_string());
        }
        line.0
    }

    /// What an existing container cannot be given.
    pub fn check_update(&self) -> Result<(), Invalid> {
        if self.memory == Some(0) {
            return Err(Invalid::new("An engine cannot lift the memory limit of a container: give a larger one."));
        }
        if self.nano_cpus == Some(0) {
            return Err(Invalid::new(
                "An engine cannot lift the CPU limit of a container: give as many as the host has.",
            ));
        }
        Ok(())
    }
}

/// `docker exec -it web sh`: a shell in a running container, quoted; the shell may have arguments.
pub fn exec_command(name: &str, shell: &str) -> String {
    let command = shell_words::split(shell).unwrap_or_else(|_| vec![shell.to_owned()]);
    let words = ["docker", "exec", "-it", name].into_iter().chain(command.iter().map(String::as_str));
    shell_words::join(words)
}

/// Splits a command as a shell would: quotes and backslashes, but no variables.
pub fn parse_command(text: &str) -> Result<Vec<String>, Invalid> {
    shell_words::split(text).map_err(|_| Invalid::new("A quotation mark is not closed."))
}

/// Prints a command so that [`parse_command`] and a shell read the same words.
pub fn print_command<S: AsRef<str>>(words: &[S]) -> String {
    shell_words::join(words)
}

/// As [`print_command`], where `~/` at the begin of a word is the user's home: a shell knows it only outside of quotes.
pub fn print_places<S: AsRef<str>>(words: &[S]) -> String {
    let quoted = words.iter().map(|word| match word.as_ref().strip_prefix("~/") {
        Some("") => "~/".to_owned(),
        Some(rest) => format!("~/{}", shell_words::quote(rest)),
        None => shell_words::quote(word.as_ref()).into_owned(),
    });
    quoted.collect::<Vec<_>>().join(" ")
}

impl Words {
    fn mount(&mut self, mount: &MountSpec) {
        if mount.needs_long_form() {
            return self.option("--mount", &mount.long_form());
        }
        match mount.kind {
            MountKind::Bind | MountKind::Volume => self.option("--volume", &mount.to_string()),
            MountKind::Tmpfs => {
                let text = mount.to_string();
                self.option("--tmpfs", text.strip_prefix("tmpfs:").unwrap_or(&text));
            }
        }
    }

    fn amounts(&mut self, limits: &Limits) {
        if let Some(bytes) = limits.memory.filter(|bytes| *bytes > 0) {
            self.option("--memory", &print_memory(bytes));
        }
        if let Some(nano) = limits.nano_cpus.filter(|nano| *nano > 0) {
            self.option("--cpus", &print_cpus(nano));
        }
    }
}
