//! Exec and attach: bytes both ways, the window's size, the exit code, and leaving what runs to run on.

use crate::support::engines::{Live, PATIENCE, on_engines};
use dockerui_tui::domain::{ContainerId, ExecSpec, FailureKind};
use dockerui_tui::engine::{Console, ConsoleOutput};
use tokio::io::AsyncWriteExt;

on_engines!(
    exec_without_a_terminal,
    exec_with_a_terminal,
    every_byte_there_and_back,
    user_folder_and_environment,
    refused,
    killed_while_talking,
    attach_and_leave,
    attach_without_a_terminal,
);

fn spec(tty: bool, words: &[&str]) -> ExecSpec {
    ExecSpec { command: words.iter().map(|word| (*word).to_owned()).collect(), tty, ..ExecSpec::default() }
}

async fn open(live: &Live, id: &ContainerId, spec: &ExecSpec) -> Console {
    live.engine.exec(id, spec).await.expect("an exec")
}

/// All that it writes until it ends.
async fn rest(output: &mut ConsoleOutput) -> Vec<u8> {
    let mut all = Vec::new();
    let reading = async {
        while let Some(bytes) = output.next().await {
            all.extend_from_slice(&bytes.expect("output"));
        }
    };
    tokio::time::timeout(PATIENCE, reading).await.expect("the output to end");
    all
}

/// What it writes up to a text.
async fn until(output: &mut ConsoleOutput, text: &str) -> String {
    let mut all = Vec::new();
    let reading = async {
        while !String::from_utf8_lossy(&all).contains(text) {
            let Some(bytes) = output.next().await else { return false };
            all.extend_from_slice(&bytes.expect("output"));
        }
        true
    };
    let outcome = tokio::time::timeout(PATIENCE, reading).await;
    assert_eq!(outcome, Ok(true), "“{text}” in {:?}", String::from_utf8_lossy(&all));
    String::from_utf8_lossy(&all).into_owned()
}

async fn exec_without_a_terminal(live: Live) {
    let target = live.idle("exec").await;
    let mut console = open(&live, &target.id, &spec(false, &["sh", "-c", "echo out; echo err >&2; exit 5"])).await;
    let output = String::from_utf8_lossy(&rest(&mut console.output).await).into_owned();
    assert!(output.contains("out\n") && output.contains("err\n"), "{output:?}");
    assert_eq!(console.control.exit_code().await, Ok(Some(5)));
}

async fn exec_with_a_terminal(live: Live) {
    let target = live.idle("shell").await;
    let mut console = open(&live, &target.id, &spec(true, &["sh"])).await;
    assert!(console.tty);
    console.control.resize(91, 17).await.expect("a resize");
    console.input.send(b"stty size; tty; echo hello-$((40 + 2))\r").await.expect("typing");
    let told = until(&mut console.output, "hello-42").await;
    assert!(told.contains("17 91") && told.contains("/dev/pts/"), "{told:?}");
    console.control.resize(40, 10).await.expect("a resize");
    console.input.send(b"stty size\r").await.expect("typing");
    until(&mut console.output, "10 40").await;
    console.input.send(b"echo again-$((40 + 2))\r").await.expect("typing");
    until(&mut console.output, "again-42\r\n/ # ").await;
    // A key that engines hold back as the start of their detach sequence comes at once: the line before.
    console.input.send(b"\x10").await.expect("typing");
    until(&mut console.output, "echo again-").await;
    console.input.send(b"\r").await.expect("typing");
    until(&mut console.output, "again-42\r\n/ # ").await;
    console.input.send(b"exit 9\r").await.expect("typing");
    rest(&mut console.output).await;
    assert_eq!(console.control.exit_code().await, Ok(Some(9)));
    assert_eq!(live.state(&target.name), "running");
}

async fn every_byte_there_and_back(live: Live) {
    let target = live.idle("bytes").await;
    let sent: Vec<u8> = (0..40u32).flat_map(|_| 0..=255u8).collect();
    let mut console = open(&live, &target.id, &spec(false, &["cat"])).await;
    console.input.send(&sent).await.expect("typing");
    console.input.shutdown().await.expect("the end of input");
    assert_eq!(rest(&mut console.output).await, sent);
    assert_eq!(console.control.exit_code().await, Ok(Some(0)));

    // And through a terminal that leaves them alone.
    let raw = "stty raw -echo; echo ready; head -c 10240";
    let mut console = open(&live, &target.id, &spec(true, &["sh", "-c", raw])).await;
    until(&mut console.output, "ready\n").await;
    for piece in sent.chunks(1000) {
        console.input.send(piece).await.expect("typing");
    }
    assert_eq!(rest(&mut console.output).await, sent);
}

async fn user_folder_and_environment(live: Live) {
    let target = live.idle("who").await;
    let asked = ExecSpec {
        user: "nobody".into(),
        working_dir: "/tmp".into(),
        environment: vec!["GREETING=hello there".into()],
        ..spec(false, &["sh", "-c", "id -un; pwd; echo $GREETING"])
    };
    let mut console = open(&live, &target.id, &asked).await;
    assert_eq!(rest(&mut console.output).await, b"nobody\n/tmp\nhello there\n");
}

async fn refused(live: Live) {
    let over = live.script("over", "exit 0").await;
    live.until(&over.id, |row| !row.state.is_up()).await;
    let failure = live.engine.exec(&over.id, &spec(true, &["sh"])).await.expect_err("it does not run");
    assert_eq!(failure.kind, FailureKind::Conflict, "{failure}");
    let gone = ContainerId::new("0000000000000000000000000000000000000000000000000000000000000000");
    let failure = live.engine.exec(&gone, &spec(true, &["sh"])).await.expect_err("there is none");
    assert_eq!(failure.kind, FailureKind::NotFound, "{failure}");

    let up = live.idle("up").await;
    match live.engine.exec(&up.id, &spec(true, &["no-such-command"])).await {
        Err(failure) => assert!(failure.sentence.contains("no-such-command"), "{failure}"),
        // Docker 20.10 says so on the stream.
        Ok(mut console) => {
            let told = String::from_utf8_lossy(&rest(&mut console.output).await).into_owned();
            assert!(told.contains("no-such-command"), "{told}");
            let code = console.control.exit_code().await.expect("an exit code");
            assert!(matches!(code, Some(126 | 127)), "{code:?}");
        }
    }
}

async fn killed_while_talking(live: Live) {
    let target = live.idle("killed").await;
    let mut console = open(&live, &target.id, &spec(true, &["sh"])).await;
    console.input.send(b"echo here-$((1 + 1))\r").await.expect("typing");
    until(&mut console.output, "here-2").await;
    live.docker(&["kill", &target.name]);
    rest(&mut console.output).await;
    let code = console.control.exit_code().await;
    assert!(matches!(&code, Ok(Some(129 | 137)) | Err(_)), "{code:?}");
}

async fn attach_and_leave(live: Live) {
    let mut asked = live.spec("attached", &["sh"]);
    (asked.tty, asked.interactive) = (true, true);
    let target = live.create(asked).await;
    for turn in ["1", "2"] {
        let mut console = live.engine.attach(&target.id, None).await.expect("an attach");
        assert!(console.tty);
        console.control.resize(77, 11).await.expect("a resize");
        console.input.send(format!("stty size; echo turn-{turn}$((1 + 1))\r").as_bytes()).await.expect("typing");
        let told = until(&mut console.output, &format!("turn-{turn}2")).await;
        assert!(told.contains("11 77"), "{told:?}");
        // Left without a word: it runs on.
        drop(console);
        assert_eq!(live.state(&target.name), "running");
    }
    let mut console = live.engine.attach(&target.id, Some(true)).await.expect("an attach");
    console.input.send(b"exit 6\r").await.expect("typing");
    rest(&mut console.output).await;
    live.until(&target.id, |row| !row.state.is_up()).await;
    assert_eq!(live.truth(&target.name)["State"]["ExitCode"], 6);
}

async fn attach_without_a_terminal(live: Live) {
    let mut asked = live.spec("cat", &["sh", "-c", "echo up; cat; echo over >&2"]);
    asked.interactive = true;
    let target = live.create(asked).await;
    live.logs_until(&target.id, "up").await;
    let mut console = live.engine.attach(&target.id, None).await.expect("an attach");
    assert!(!console.tty);
    console.input.send(b"there and back\n").await.expect("typing");
    until(&mut console.output, "there and back\n").await;
    assert_eq!(live.state(&target.name), "running");
    live.docker(&["kill", &target.name]);
    rest(&mut console.output).await;
}
