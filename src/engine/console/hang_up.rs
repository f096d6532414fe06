//! Hanging up on what a session would leave behind: engines have no call that ends a process of an exec.

use super::Engine;
use crate::domain::{ContainerId, ExecSpec, Failure};
use std::hash::{BuildHasher, Hasher, RandomState};

/// The variable that tells the processes of a session from all others in the container. Every process inherits it.
const VARIABLE: &str = "DOCKERUI_SESSION";
/// Sends the hang-up to what has the variable and sits at a terminal, or began the session: not to services that were started in it
/// and let go of the terminal. What is stopped would not hear of it before it goes on. `cat` and a shell are all it takes.
const SCRIPT: &str = r#"for p in /proc/[0-9]*; do
case "$(cat "$p/environ")" in *"$0"*)
read -r stat <"$p/stat" || continue
set -- ${stat##*) }
if [ "$5" != 0 ] || [ "$2" = 0 ]; then kill -HUP "${p#/proc/}"; kill -CONT "${p#/proc/}"; fi
esac
done 2>/dev/null"#;

/// How the processes of a session can be hung up on.
#[derive(Clone, Debug)]
pub struct HangUp {
    container: ContainerId,
    /// Whose processes they are: nobody else may look at their variables.
    user: String,
    variable: String,
}

impl HangUp {
    /// For a session that is about to begin.
    pub fn new(container: &ContainerId, user: &str) -> Self {
        // Every state begins with random keys; what is hashed does not matter.
        let mark = RandomState::new().build_hasher().finish();
        Self { container: container.clone(), user: user.to_owned(), variable: format!("{VARIABLE}={mark:016x}") }
    }

    /// What the session's first process is to have in its environment.
    pub fn variable(&self) -> &str {
        &self.variable
    }

    /// Hangs up, as a terminal does whose line breaks: by a shell in the same container.
    ///
    /// # Errors
    /// Where there is no shell, or the engine starts none. What ignores the hang-up is no error.
    pub async fn send(&self, engine: &Engine) -> Result<(), Failure> {
        let command = ["sh", "-c", SCRIPT, &self.variable].map(str::to_owned).to_vec();
        let spec = ExecSpec { command, user: self.user.clone(), ..ExecSpec::default() };
        let mut words = vec!["docker", "exec"];
        words.extend(["--user", &self.user].into_iter().filter(|_| !self.user.is_empty()));
        words.push(self.container.short());
        words.extend(spec.command.iter().map(String::as_str));
        engine.witness.tell(&words, run(engine, &self.container, &spec).await)
    }
}

/// Runs it to its end.
async fn run(engine: &Engine, container: &ContainerId, spec: &ExecSpec) -> Result<(), Failure> {
    let mut console = engine.exec(container, spec).await?;
    while let Some(bytes) = console.output.next().await {
        bytes?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::process::{Command, Stdio};

    #[test]
    fn no_two_sessions_have_the_same_variable() {
        let one = || HangUp::new(&"ab".into(), "").variable;
        assert!(one().starts_with("DOCKERUI_SESSION=") && one() != one());
    }

    #[test]
    fn the_script_reaches_the_session_alone() {
        let sleeper = |mark: &str| {
            // Whoever runs the tests may ignore hang-ups, which is inherited.
            let mut command = Command::new("env");
            command.args(["--default-signal=HUP", "sh", "-c", "kill -STOP $$; exec sleep 100"]);
            command.env(VARIABLE, mark).stdin(Stdio::null());
            command.spawn().unwrap()
        };
        let (mut ours, mut other) = (sleeper("1111"), sleeper("2222"));
        // Neither sits at a terminal here, so that condition is left out.
        let script = SCRIPT.replace(r#"[ "$2" = 0 ]"#, "true");
        let hang_up = |mark: &str| {
            let variable = format!("{VARIABLE}={mark}");
            assert!(Command::new("sh").args(["-c", &script, &variable]).status().unwrap().success());
        };
        // Before the shell is there, the hang-up would come to one that still ignores it.
        for sleeper in [&ours, &other] {
            let stat = format!("/proc/{}/stat", sleeper.id());
            while !std::fs::read_to_string(&stat).unwrap().contains(") T ") {
                std::thread::yield_now();
            }
        }
        hang_up("1111");
        assert_eq!(std::os::unix::process::ExitStatusExt::signal(&ours.wait().unwrap()), Some(1));
        assert!(other.try_wait().unwrap().is_none());
        hang_up("2222");
        other.wait().unwrap();
    }
}
