//! Operations on images.

use super::Operation;

pub(super) const IMAGES: &[Operation] = &[
    Operation::get("/images/json", "List images")
        .query("all filters shared-size digests manifests")
        .used(&["view.images"]),
    Operation::post("/build", "Build an image")
        .query(
            "dockerfile t extrahosts remote q nocache cachefrom pull rm forcerm memory memswap cpushares cpusetcpus \
             cpuperiod cpuquota buildargs shmsize squash labels networkmode platform target outputs version",
        )
        .archive()
        .used(&["image.build"]),
    Operation::post("/build/prune", "Remove the cache of builds")
        .since(31)
        .query("reserved-space max-used-space min-free-space keep-storage all filters")
        .destructive()
        .used(&["system.prune"]),
    Operation::post("/images/create", "Pull or import an image")
        .query("fromImage fromSrc repo tag message changes platform")
        .stream()
        .used(&["image.pull", "registry.pull", "image.import"]),
    Operation::get("/images/{name}/json", "Inspect an image")
        .query("manifests platform")
        .itself("The tab Inspect of an image shows it."),
    Operation::get("/images/{name}/history", "List the layers of an image")
        .query("platform")
        .itself("The tab History of an image shows them."),
    Operation::post("/images/{name}/push", "Push an image")
        .query("tag platform")
        .stream()
        .used(&["image.push", "registry.push"]),
    Operation::post("/images/{name}/tag", "Tag an image").query("repo tag").used(&["image.tag"]),
    Operation::delete("/images/{name}", "Remove an image")
        .query("force noprune platforms")
        .used(&["image.remove", "image.untag"]),
    Operation::get("/images/search", "Search images in the registry")
        .query("term limit filters")
        .used(&["image.search"]),
    Operation::post("/images/prune", "Remove unused images")
        .since(25)
        .query("filters")
        .destructive()
        .used(&["image.prune", "system.prune"]),
    Operation::post("/commit", "Make an image of a container")
        .query("container repo tag comment author pause changes")
        .used(&["container.commit"]),
    Operation::get("/images/{name}/get", "Save an image")
        .query("platform")
        .archive()
        .nowhere("One image is saved by the call for several."),
    Operation::get("/images/get", "Save several images").query("names platform").archive().used(&["image.save"]),
    Operation::post("/images/load", "Load images").query("quiet platform").archive().used(&["image.load"]),
];

pub(super) const DISTRIBUTION: &[Operation] =
    &[Operation::get("/distribution/{name}/json", "Ask the registry about an image")
        .since(30)
        .used(&["image.newer", "container.newer"])];
