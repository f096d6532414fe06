//! Operations on the engine as a whole, and on its plugins.

use super::Operation;

pub(super) const SYSTEM: &[Operation] = &[
    Operation::post("/auth", "Try a login to a registry").used(&["registry.login"]),
    Operation::get("/info", "Tell about the engine and its machine").used(&["view.system", "view.overview"]),
    Operation::get("/version", "Tell the versions of the engine").itself("The header shows the version."),
    Operation::get("/_ping", "See whether the engine answers")
        .itself("The header shows how long the answer takes, and whether there is one."),
    Operation::head("/_ping", "See whether the engine answers").since(40).itself("A trial of a host asks with it."),
    Operation::get("/events", "Follow what happens").query("since until filters").stream().used(&["view.events"]),
    Operation::get("/system/df", "Tell what takes room on the disk")
        .since(25)
        .query("type verbose")
        .used(&["view.system"]),
    Operation::post("/session", "Open a session for a build")
        .since(31)
        .upgrade()
        .nowhere("It is BuildKit's own line, of which the reference says no more."),
];

pub(super) const PLUGINS: &[Operation] = &[
    Operation::get("/plugins", "List plugins").since(25).query("filters").used(&["view.system"]),
    Operation::get("/plugins/privileges", "List what a plugin wants to be allowed")
        .since(25)
        .query("remote")
        .used(&["plugin.install"]),
    Operation::post("/plugins/pull", "Install a plugin")
        .since(25)
        .query("remote name")
        .stream()
        .used(&["plugin.install"]),
    Operation::get("/plugins/{name}/json", "Inspect a plugin").since(25).used(&["plugin.inspect"]),
    Operation::delete("/plugins/{name}", "Remove a plugin").since(25).query("force").used(&["plugin.remove"]),
    Operation::post("/plugins/{name}/enable", "Enable a plugin").since(25).query("timeout").used(&["plugin.enable"]),
    Operation::post("/plugins/{name}/disable", "Disable a plugin")
        .since(25)
        .query("force")
        .destructive()
        .used(&["plugin.disable"]),
    Operation::post("/plugins/{name}/upgrade", "Upgrade a plugin")
        .since(26)
        .query("remote")
        .stream()
        .used(&["plugin.upgrade"]),
    Operation::post("/plugins/create", "Create a plugin").since(25).query("name").archive(),
    Operation::post("/plugins/{name}/push", "Push a plugin").since(25).stream(),
    Operation::post("/plugins/{name}/set", "Configure a plugin").since(25).used(&["plugin.set"]),
];
