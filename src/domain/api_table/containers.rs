//! Operations on containers, and on processes that are started in them.

use super::Operation;

pub(super) const CONTAINERS: &[Operation] = &[
    Operation::get("/containers/json", "List containers").query("all limit size filters").used(&["view.containers"]),
    Operation::post("/containers/create", "Create a container").query("name platform").used(&[
        "container.create",
        "container.create-another",
        "image.create",
    ]),
    Operation::get("/containers/{id}/json", "Inspect a container").query("size").used(&["container.inspect"]),
    Operation::get("/containers/{id}/top", "List the processes in a container")
        .query("ps_args")
        .used(&["container.top"]),
    Operation::get("/containers/{id}/logs", "Read the log of a container")
        .query("follow stdout stderr since until timestamps tail")
        .stream()
        .used(&["container.logs", "container.project-logs"]),
    Operation::get("/containers/{id}/changes", "List the changed files of a container")
        .itself("The tab Changes of a container shows them."),
    Operation::get("/containers/{id}/export", "Export the files of a container").archive().used(&["container.export"]),
    Operation::get("/containers/{id}/stats", "Sample what a container uses")
        .query("stream one-shot")
        .stream()
        .used(&["container.stats"]),
    Operation::post("/containers/{id}/resize", "Tell the size of a container's terminal")
        .query("h w")
        .itself("A session that is attached follows the size of the terminal."),
    Operation::post("/containers/{id}/start", "Start a container").query("detachKeys").used(&["container.start"]),
    Operation::post("/containers/{id}/stop", "Stop a container")
        .query("signal t")
        .destructive()
        .used(&["container.stop"]),
    Operation::post("/containers/{id}/restart", "Restart a container")
        .query("signal t")
        .destructive()
        .used(&["container.restart"]),
    Operation::post("/containers/{id}/kill", "Send a signal to a container")
        .query("signal")
        .destructive()
        .used(&["container.kill"]),
    Operation::post("/containers/{id}/update", "Change the limits of a container").used(&["container.update"]),
    Operation::post("/containers/{id}/rename", "Rename a container").query("name").used(&["container.rename"]),
    Operation::post("/containers/{id}/pause", "Pause a container").used(&["container.pause"]),
    Operation::post("/containers/{id}/unpause", "Go on with a paused container").used(&["container.pause"]),
    Operation::post("/containers/{id}/attach", "Attach to the main process of a container")
        .query("detachKeys logs stream stdin stdout stderr")
        .upgrade()
        .used(&["container.attach", "container.attach-in-pane"]),
    Operation::get("/containers/{id}/attach/ws", "Attach to the main process over a WebSocket")
        .query("detachKeys logs stream stdin stdout stderr")
        .upgrade()
        .nowhere("For browsers; the program attaches without a WebSocket."),
    Operation::post("/containers/{id}/wait", "Wait until a container ends")
        .query("condition")
        .used(&["container.wait"]),
    Operation::delete("/containers/{id}", "Remove a container").query("v force link").used(&["container.remove"]),
    Operation::head("/containers/{id}/archive", "Look at a file of a container")
        .query("path")
        .used(&["files.open", "files.edit"]),
    Operation::get("/containers/{id}/archive", "Download files of a container").query("path").archive().used(&[
        "container.files",
        "volume.files",
        "files.open",
        "files.download",
        "volume.export",
    ]),
    Operation::put("/containers/{id}/archive", "Upload files into a container")
        .query("path noOverwriteDirNonDir copyUIDGID")
        .archive()
        .used(&["files.upload", "files.edit", "volume.import"]),
    Operation::post("/containers/prune", "Remove all stopped containers")
        .since(25)
        .query("filters")
        .destructive()
        .used(&["system.prune"]),
];

pub(super) const EXEC: &[Operation] = &[
    Operation::post("/containers/{id}/exec", "Prepare a process in a container").used(&[
        "container.exec",
        "container.shell",
        "container.shell-in-pane",
    ]),
    Operation::post("/exec/{id}/start", "Start a prepared process").upgrade().used(&[
        "container.exec",
        "container.shell",
        "container.shell-in-pane",
    ]),
    Operation::post("/exec/{id}/resize", "Tell the size of a process's terminal")
        .query("h w")
        .itself("A session follows the size of the terminal."),
    Operation::get("/exec/{id}/json", "Inspect a process").itself("It tells with which exit code a session ended."),
];
