//! Operations on networks and volumes.

use super::Operation;

pub(super) const NETWORKS: &[Operation] = &[
    Operation::get("/networks", "List networks").query("filters").used(&["view.networks"]),
    Operation::get("/networks/{id}", "Inspect a network")
        .query("verbose scope")
        .itself("The tab Inspect of a network shows it."),
    Operation::delete("/networks/{id}", "Remove a network").used(&["network.remove"]),
    Operation::post("/networks/create", "Create a network").used(&["network.create"]),
    Operation::post("/networks/{id}/connect", "Connect a container to a network").used(&["network.connect"]),
    Operation::post("/networks/{id}/disconnect", "Disconnect a container from a network").used(&["network.disconnect"]),
    Operation::post("/networks/prune", "Remove unused networks")
        .since(25)
        .query("filters")
        .destructive()
        .used(&["network.prune", "system.prune"]),
];

pub(super) const VOLUMES: &[Operation] = &[
    Operation::get("/volumes", "List volumes").query("filters").used(&["view.volumes"]),
    Operation::post("/volumes/create", "Create a volume").used(&["volume.create", "volume.clone", "volume.import"]),
    Operation::get("/volumes/{name}", "Inspect a volume").itself("The tab Inspect of a volume shows it."),
    Operation::put("/volumes/{name}", "Change a cluster volume")
        .since(42)
        .query("version")
        .console("It is for the volumes of a swarm alone, which few have."),
    Operation::delete("/volumes/{name}", "Remove a volume").query("force").used(&["volume.remove"]),
    Operation::post("/volumes/prune", "Remove unused volumes")
        .since(25)
        .query("filters")
        .destructive()
        .used(&["volume.prune", "system.prune"]),
];
