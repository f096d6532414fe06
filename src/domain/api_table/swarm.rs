//! Operations on a swarm: its nodes, services, tasks, secrets and configs.

use super::Operation;

pub(super) const SWARM: &[Operation] = &[
    Operation::get("/swarm", "Inspect the swarm"),
    Operation::post("/swarm/init", "Start a swarm"),
    Operation::post("/swarm/join", "Join a swarm"),
    Operation::post("/swarm/leave", "Leave the swarm").query("force").destructive(),
    Operation::post("/swarm/update", "Change the swarm")
        .query("version rotateWorkerToken rotateManagerToken rotateManagerUnlockKey"),
    Operation::get("/swarm/unlockkey", "Tell the key that unlocks managers").since(25),
    Operation::post("/swarm/unlock", "Unlock a manager").since(25),
];

pub(super) const NODES: &[Operation] = &[
    Operation::get("/nodes", "List the nodes of the swarm").query("filters"),
    Operation::get("/nodes/{id}", "Inspect a node"),
    Operation::delete("/nodes/{id}", "Remove a node").query("force"),
    Operation::post("/nodes/{id}/update", "Change a node").query("version"),
];

pub(super) const SERVICES: &[Operation] = &[
    Operation::get("/services", "List services").query("filters status"),
    Operation::post("/services/create", "Create a service"),
    Operation::get("/services/{id}", "Inspect a service").query("insertDefaults"),
    Operation::delete("/services/{id}", "Remove a service"),
    Operation::post("/services/{id}/update", "Change a service").query("version registryAuthFrom rollback"),
    Operation::get("/services/{id}/logs", "Read the log of a service")
        .since(29)
        .query("details follow stdout stderr since timestamps tail")
        .stream(),
];

pub(super) const TASKS: &[Operation] = &[
    Operation::get("/tasks", "List the tasks of services").query("filters"),
    Operation::get("/tasks/{id}", "Inspect a task"),
    Operation::get("/tasks/{id}/logs", "Read the log of a task")
        .since(29)
        .query("details follow stdout stderr since timestamps tail")
        .stream(),
];

pub(super) const SECRETS: &[Operation] = &[
    Operation::get("/secrets", "List secrets").since(25).query("filters"),
    Operation::post("/secrets/create", "Create a secret").since(25),
    Operation::get("/secrets/{id}", "Inspect a secret").since(25),
    Operation::delete("/secrets/{id}", "Remove a secret").since(25),
    Operation::post("/secrets/{id}/update", "Change the labels of a secret").since(25).query("version"),
];

pub(super) const CONFIGS: &[Operation] = &[
    Operation::get("/configs", "List configs").since(30).query("filters"),
    Operation::post("/configs/create", "Create a config").since(30),
    Operation::get("/configs/{id}", "Inspect a config").since(30),
    Operation::delete("/configs/{id}", "Remove a config").since(30),
    Operation::post("/configs/{id}/update", "Change the labels of a config").since(30).query("version"),
];
