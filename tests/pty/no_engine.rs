//! No engine at the start: what was tried and why it failed is on the screen, and every key works.

use crate::support::terminal::{Home, Terminal};
use std::net::TcpListener;
use std::os::unix::net::UnixListener;

#[test]
fn a_missing_socket() {
    let mut terminal = Terminal::start(&["-H", "unix:///nonexistent/docker.sock"]);
    terminal.wait_for("There is no socket at /nonexistent/docker.sock.");
    terminal.wait_for("systemctl start docker");
    terminal.wait_for("Trying again in");
    terminal.keys("q");
    assert_eq!(terminal.ended(), 0);
}

#[test]
fn nobody_listens() {
    let home = Home::new();
    let socket = home.path().join("d.sock");
    drop(UnixListener::bind(&socket).expect("a socket"));
    let address = format!("unix://{}", socket.display());
    let mut terminal = Terminal::start_with(home, &["-H", &address], &[]);
    terminal.wait_for("Connection refused: nobody listens at");
    // Somebody does from now on; it is noticed without a key.
    std::fs::remove_file(&socket).expect("the socket");
    let listener = UnixListener::bind(&socket).expect("a socket");
    let (_held, _) = listener.accept().expect("the next try");
    terminal.wait_for("Connecting");
    terminal.keys("q");
    assert_eq!(terminal.ended(), 0);
}

#[test]
fn a_port_where_nobody_listens_by_docker_host() {
    let port = {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        listener.local_addr().expect("its address").port()
    };
    let address = format!("tcp://127.0.0.1:{port}");
    let mut terminal = Terminal::start_with(Home::new(), &[], &[("DOCKER_HOST", &address)]);
    terminal.wait_for(&format!("nobody listens at 127.0.0.1:{port}"));
    terminal.keys("\x03");
    assert_eq!(terminal.ended(), 0);
}

#[test]
fn an_engine_that_accepts_and_never_answers() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = format!("tcp://{}", listener.local_addr().expect("its address"));
    let mut terminal = Terminal::start(&["-H", &address]);
    let (_held, _) = listener.accept().expect("a connection");
    // How long it has waited is shown, and goes on.
    terminal.wait_for("… 1 s");
    terminal.wait_for("… 2 s");
    terminal.keys("2");
    terminal.wait_for("╭ Images");
    terminal.keys("?");
    terminal.wait_for("Help");
    terminal.keys("\x1b");
    // Typed at once, both would be Alt-q.
    terminal.wait_without("Help");
    terminal.keys("q");
    assert_eq!(terminal.ended(), 0);
}
