//! Opening a session: which shell, what it is told of its terminal, how long it may take.

use crate::app::effect::Session;
use crate::domain::{ContainerId, ExecSpec, Failure, FailureKind, HostId, exec_command, print_command};
use crate::engine::{Console, ConsoleControl, Engine, HangUp, Helper};
use crate::runtime::audit::AuditLog;
use std::time::Duration;
use tokio::sync::watch;

/// How long a session may take to open: an engine that hangs must not take the screen with it.
const OPENING: Duration = Duration::from_secs(15);
/// How often a process is told its window's size until it takes it.
const RESIZES: usize = 5;
const RESIZE_AGAIN: Duration = Duration::from_millis(100);
/// What a container answers when asked for its shell is a path, no more.
const LONGEST_PATH: usize = 4096;

/// A session that can be talked to.
#[derive(Debug)]
pub struct Opened {
    pub console: Console,
    /// The shell that was found, where one was looked for.
    pub shell: Option<String>,
    /// The helper container that the session runs in, to be put away when it ends.
    pub helper: Option<Helper>,
    /// How its processes are hung up on, where they are the session's own.
    pub hang_up: Option<HangUp>,
}

/// Where it is written down that a session was opened, and of whom.
#[derive(Clone, Debug)]
pub struct Record {
    pub audit: Option<AuditLog>,
    pub host: HostId,
    /// The container's name.
    pub name: String,
}

impl Record {
    fn write(&self, command: &str, result: &Result<Opened, Failure>) {
        if let Some(audit) = &self.audit {
            let result = result.as_ref().map(drop).map_err(|failure| failure.sentence.clone());
            audit.write_command(&self.host, command, &result);
        }
    }
}

/// Opens a session; `term` names the kind of terminal it gets. Runs on the engine thread.
pub async fn open(
    engine: Engine,
    container: ContainerId,
    session: Session,
    term: String,
    record: Record,
) -> Result<Opened, Failure> {
    let command = discreet_command(&session, &record.name);
    let opening = tokio::time::timeout(OPENING, opened(&engine, &container, session, &term));
    let result = opening.await.unwrap_or_else(|_| {
        let words = format!("The container did not open a session within {} s.", OPENING.as_secs());
        Err(Failure::new(FailureKind::TimedOut, words))
    });
    record.write(&command, &result);
    result
}

/// The docker command that opens the same session, secrets hidden.
fn discreet_command(session: &Session, name: &str) -> String {
    match session {
        Session::Shell { remembered } => exec_command(name, remembered.as_deref().unwrap_or("sh")),
        Session::Exec(spec) => spec.discreet_command(name),
        Session::Attach { .. } => print_command(&["docker", "attach", name]),
        Session::Helper { image } => {
            let shared = format!("container:{name}");
            print_command(&["docker", "run", "--rm", "-it", "--pid", &shared, "--network", &shared, image, "sh"])
        }
    }
}

async fn opened(engine: &Engine, container: &ContainerId, session: Session, term: &str) -> Result<Opened, Failure> {
    // The process should know what kind of terminal it writes to.
    let mut environment = vec![format!("TERM={term}")];
    match session {
        Session::Shell { remembered } => {
            let shell = match remembered {
                Some(known) => known,
                None => find_shell(engine, container).await?,
            };
            let hang_up = HangUp::new(container, "");
            environment.push(hang_up.variable().to_owned());
            let spec = ExecSpec { command: vec![shell.clone()], environment, tty: true, ..ExecSpec::default() };
            let console = engine.exec(container, &spec).await.map_err(named)?;
            Ok(Opened { console, shell: Some(shell), helper: None, hang_up: Some(hang_up) })
        }
        Session::Exec(mut spec) => {
            if spec.tty {
                spec.environment.extend(environment);
            }
            let hang_up = HangUp::new(container, &spec.user);
            spec.environment.push(hang_up.variable().to_owned());
            let console = engine.exec(container, &spec).await.map_err(named)?;
            Ok(Opened { console, shell: None, helper: None, hang_up: Some(hang_up) })
        }
        Session::Attach { tty } => {
            let console = engine.attach(container, tty).await?;
            Ok(Opened { console, shell: None, helper: None, hang_up: None })
        }
        Session::Helper { image } => {
            let made = engine.helper_shell(container, &image, environment).await;
            let (helper, console) = made.map_err(|failure| named_helper(failure, &image))?;
            Ok(Opened { console, shell: None, helper: Some(helper), hang_up: None })
        }
    }
}

/// Removes a helper container, whatever runs in it.
pub async fn put_away(control: ConsoleControl, helper: Helper) {
    if let Err(failure) = control.engine().remove_helper(&helper.id).await {
        tracing::warn!("the helper container {} is left to itself: {}", helper.id.short(), failure.sentence);
    }
}

/// bash where the image has it, else sh.
async fn find_shell(engine: &Engine, container: &ContainerId) -> Result<String, Failure> {
    let probe = ["sh", "-c", "command -v bash || command -v sh"];
    let spec = ExecSpec { command: probe.map(str::to_owned).to_vec(), ..ExecSpec::default() };
    let mut console = engine.exec(container, &spec).await.map_err(named)?;
    let mut output = Vec::new();
    while let Some(bytes) = console.output.next().await {
        output.extend_from_slice(&bytes?);
        if output.len() > LONGEST_PATH {
            return Err(no_shell());
        }
    }
    let words = String::from_utf8_lossy(&output).trim().to_owned();
    match found_shell(console.control.exit_code().await?, &words) {
        Some(shell) => Ok(shell.to_owned()),
        None => Err(no_shell()),
    }
}

/// The shell that the probe tells of. A shell that has everything built in (busybox) answers with a bare word: then
/// there is the `sh` that ran the probe.
fn found_shell(code: Option<i64>, words: &str) -> Option<&str> {
    match code {
        Some(0) | None if words.starts_with('/') => Some(words),
        Some(0) | None if words == "sh" || words == "bash" => Some("sh"),
        _ => None,
    }
}

fn no_shell() -> Failure {
    Failure::new(FailureKind::Unsupported, "There is no shell in this container.").with_hint(
        "Run a program that it has: the exec form asks for the command. Or open the shell of another image beside it.",
    )
}

/// Engines say in their runtime's words that there is no such program; newer ones before the session begins.
fn named(failure: Failure) -> Failure {
    match missing(&failure) {
        Missing::Nothing => failure,
        Missing::Shell => no_shell(),
        Missing::Program => Failure { kind: FailureKind::Unsupported, ..failure },
    }
}

/// The image that was chosen to help may have no shell either.
fn named_helper(failure: Failure, image: &str) -> Failure {
    match missing(&failure) {
        Missing::Nothing | Missing::Program => failure,
        Missing::Shell => {
            Failure::new(FailureKind::Unsupported, format!("There is no shell in the image {image} either."))
                .with_hint("Choose another image, or pull one with a shell, such as busybox.")
        }
    }
}

/// What a runtime did not find.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Missing {
    Nothing,
    Shell,
    Program,
}

fn missing(failure: &Failure) -> Missing {
    let says = |words: &[&str]| words.iter().any(|words| failure.sentence.contains(words));
    match (says(&["executable file not found", "no such file or directory"]), says(&["\"sh\"", "`sh`"])) {
        (false, _) => Missing::Nothing,
        (true, true) => Missing::Shell,
        (true, false) => Missing::Program,
    }
}

/// Tells the engine each size of a session's terminal, until nobody sets one any more; of those that come meanwhile, the
/// last: side by side an older one could win.
pub async fn tell_sizes(control: ConsoleControl, mut sizes: watch::Receiver<(u16, u16)>) {
    while sizes.changed().await.is_ok() {
        let (columns, rows) = *sizes.borrow_and_update();
        tell_size(control.clone(), columns, rows).await;
    }
}

/// Podman refuses it until the process runs. One that ended meanwhile has no size; nothing is lost by it.
async fn tell_size(control: ConsoleControl, columns: u16, rows: u16) {
    for _ in 0..RESIZES {
        if control.resize(columns, rows).await.is_ok() {
            return;
        }
        tokio::time::sleep(RESIZE_AGAIN).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shell_with_everything_built_in_is_a_shell() {
        assert_eq!(found_shell(Some(0), "/bin/bash"), Some("/bin/bash"));
        assert_eq!(found_shell(Some(0), "sh"), Some("sh"));
        assert_eq!(found_shell(Some(127), "sh: not found"), None);
        assert_eq!(found_shell(Some(0), ""), None);
    }

    #[test]
    fn a_missing_shell_is_told_apart_from_a_missing_program() {
        let of = |words: &str| named(Failure::new(FailureKind::Engine, words));
        let shell = of("OCI runtime exec failed: exec: \"sh\": executable file not found in $PATH: unknown");
        assert_eq!((shell.kind, shell.hint.is_some()), (FailureKind::Unsupported, true));
        let program = of("OCI runtime exec failed: exec: \"psql\": executable file not found in $PATH: unknown");
        assert!(program.kind == FailureKind::Unsupported && program.sentence.contains("psql"));
        assert_eq!(of("container is paused").kind, FailureKind::Engine);
    }

    #[tokio::test(start_paused = true)]
    async fn every_session_is_written_down_and_what_it_cannot_have() {
        use crate::demo::{DemoEngine, DemoOptions};
        let demo = DemoEngine::start(DemoOptions { containers: 0, images: 0, seed: 1, now: 0, living: false });
        let engine = Engine::new(crate::engine::Dialer::Memory(std::sync::Arc::new(move || demo.dial())));
        let listed = engine.containers(true).await.unwrap().containers;
        let web = listed.into_iter().find(|row| &*row.name == "web").unwrap().id;
        let folder = std::env::temp_dir().join(format!("dockerui-sessions-{}", std::process::id()));
        let log = folder.join("audit.log");
        let audit = AuditLog::open(&log, crate::runtime::clock::Clock::start()).ok();
        let record = Record { audit, host: HostId::new("demo"), name: "web".to_owned() };
        let shell = Session::Shell { remembered: None };
        open(engine.clone(), web.clone(), shell, "xterm".to_owned(), record.clone()).await.unwrap();
        let helper = Session::Helper { image: "no-such-image".to_owned() };
        open(engine, web, helper, "xterm".to_owned(), record).await.unwrap_err();
        let text = std::fs::read_to_string(&log).unwrap();
        std::fs::remove_dir_all(folder).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        assert!(lines[0].contains("docker exec -it web sh") && lines[0].contains("\"ok\""), "{text}");
        assert!(lines[1].contains("--pid container:web") && lines[1].contains("failed"), "{text}");
    }

    #[tokio::test(start_paused = true)]
    async fn the_end_of_a_helper_is_written_down_and_of_those_left_behind() {
        use crate::demo::{DemoEngine, DemoOptions, Fault, What};
        let demo = DemoEngine::start(DemoOptions { containers: 0, images: 0, seed: 1, now: 0, living: false });
        let dialed = demo.clone();
        let engine = Engine::new(crate::engine::Dialer::Memory(std::sync::Arc::new(move || dialed.dial())));
        let folder = std::env::temp_dir().join(format!("dockerui-helpers-{}", std::process::id()));
        let log = folder.join("audit.log");
        let audit = AuditLog::open(&log, crate::runtime::clock::Clock::start()).unwrap();
        let engine = engine.witnessed(audit.witness(HostId::new("demo")));
        let listed = engine.containers(true).await.unwrap().containers;
        let web = listed.into_iter().find(|row| &*row.name == "web").unwrap().id;
        let image = engine.images().await.unwrap().remove(0).id;
        let record = Record { audit: Some(audit), host: HostId::new("demo"), name: "web".to_owned() };
        let helper = || Session::Helper { image: image.as_str().to_owned() };
        let open = || open(engine.clone(), web.clone(), helper(), "xterm".to_owned(), record.clone());
        let opened = open().await.unwrap();
        let id = opened.helper.as_ref().unwrap().id.clone();
        put_away(opened.console.control, opened.helper.unwrap()).await;
        // One that was left behind is swept with the next, which does not start and is removed as well.
        let left = r#"[{"Id":"0123456789abcdef"}]"#.to_owned();
        demo.inject(Fault::once("GET /containers/json", What::Answer(left)));
        demo.inject(Fault::once("/start", What::Status { code: 500, message: "no memory".into(), html: false }));
        assert!(open().await.is_err());
        let text = std::fs::read_to_string(&log).unwrap();
        std::fs::remove_dir_all(folder).unwrap();
        let removed: Vec<&str> = text.lines().filter(|line| line.contains("docker rm --force --volumes")).collect();
        assert!(removed.len() == 3 && removed.iter().all(|line| line.contains("\"ok\"")), "{text}");
        assert!(removed[0].contains(id.short()) && removed[1].contains("0123456789ab"), "{text}");
    }
}
