//! Credential helpers: programs that keep logins for Docker, spoken to over their standard input and output.

use crate::domain::{Credential, Failure, FailureKind};
use serde_json::{Value, json};
use std::io::{self, Write};
use std::process::{Command, Output, Stdio};

/// What stands for the user's name where a token is kept.
const TOKEN_USER: &str = "<token>";
/// Letters of a helper's complaint that are told.
const LONGEST: usize = 300;

/// Has it keep a login. It waits for the helper, which may ask the user something elsewhere.
pub fn store(helper: &str, server: &str, credential: &Credential) -> Result<(), Failure> {
    let (user, secret) = match credential {
        Credential::Password { user, password } => (&**user, password),
        Credential::Token { token, .. } => (TOKEN_USER, token),
    };
    let login = json!({ "ServerURL": server, "Username": user, "Secret": secret.reveal() });
    ask(helper, "store", &login.to_string()).map(drop)
}

/// Has it forget a login. One that it does not have is forgotten already.
pub fn erase(helper: &str, server: &str) -> Result<(), Failure> {
    let output = run(helper, "erase", server)?;
    let (said, complained) = texts(&output);
    if output.status.success() || knows_none(&said, &complained) {
        return Ok(());
    }
    Err(refused(helper, "erase", &words(&said, &complained)))
}

/// The servers that it keeps logins of, each with the user's name.
pub fn list(helper: &str) -> Result<Vec<(String, String)>, Failure> {
    let text = ask(helper, "list", "")?;
    let Ok(Value::Object(servers)) = serde_json::from_str(&text) else {
        return Err(refused(helper, "list", "what it answered cannot be read"));
    };
    let user = |value: Value| value.as_str().filter(|user| *user != TOKEN_USER).unwrap_or_default().to_owned();
    Ok(servers.into_iter().map(|(server, value)| (server, user(value))).collect())
}

/// Whether its words mean that it has no such login.
pub fn knows_none(stdout: &str, stderr: &str) -> bool {
    [stdout, stderr].iter().any(|words| words.contains("credentials not found"))
}

/// What it had to say, in one line.
pub fn words(stdout: &str, stderr: &str) -> String {
    let said = if stdout.trim().is_empty() { stderr } else { stdout };
    let line = said.split_whitespace().collect::<Vec<_>>().join(" ");
    let line = line.trim_end_matches('.');
    if line.is_empty() { "it gave no reason".to_owned() } else { line.chars().take(LONGEST).collect() }
}

/// What it prints; its complaint where it ends with another code than 0.
fn ask(helper: &str, verb: &str, input: &str) -> Result<String, Failure> {
    let output = run(helper, verb, input)?;
    let (said, complained) = texts(&output);
    if output.status.success() { Ok(said) } else { Err(refused(helper, verb, &words(&said, &complained))) }
}

fn run(helper: &str, verb: &str, input: &str) -> Result<Output, Failure> {
    let program = format!("docker-credential-{helper}");
    talk(&program, verb, input).map_err(|error| {
        let sentence = format!("The credential helper {program} cannot be run: {error}.");
        Failure::new(FailureKind::LocalFile, sentence)
            .with_hint("Install it, or take it out of Docker's config.json (credsStore, credHelpers).")
    })
}

fn talk(program: &str, verb: &str, input: &str) -> io::Result<Output> {
    let pipes = |command: &mut Command| -> io::Result<std::process::Child> {
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()
    };
    let mut child = pipes(Command::new(program).arg(verb))?;
    if let Some(mut stdin) = child.stdin.take() {
        match stdin.write_all(input.as_bytes()) {
            // It ended without reading: its exit code says why.
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => return Err(error),
            Ok(()) | Err(_) => {}
        }
    }
    child.wait_with_output()
}

fn texts(output: &Output) -> (String, String) {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (text(&output.stdout), text(&output.stderr))
}

fn refused(helper: &str, verb: &str, why: &str) -> Failure {
    Failure::new(FailureKind::LocalFile, format!("docker-credential-{helper} {verb} failed: {why}."))
}
