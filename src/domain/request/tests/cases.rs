//! One of each request, and what it is called.

use super::super::*;
use crate::domain::{
    BuildSpec, Commit, Connection, ContainerSpec, FileEdit, FileKind, FilePath, FileStat, ImageId, ImageImport,
    ImageSave, ImportSource, Limits, LogContent, LogForm, NetworkId, NetworkSpec, RegistryName, RegistryPath,
    RestartPolicy, Secret, VolumeName, VolumeSpec,
};

pub(super) struct Case {
    pub request: Request,
    pub question: &'static str,
    pub docker: &'static str,
    pub api: &'static str,
}

pub(super) fn cases_for(name: &str) -> Vec<Request> {
    let target = || Target::new(ContainerId::new("0123456789abcdef"), name);
    let limits = Limits { memory: Some(1 << 29), nano_cpus: Some(1_500_000_000), restart: Some(RestartPolicy::No) };
    let spec = ContainerSpec { image: "nginx".into(), name: name.into(), start: true, ..ContainerSpec::default() };
    let id = || ImageId::new("sha256:0123");
    let form = LogForm { times: true, raw: false };
    let path = "web.log".to_owned();
    let volume = || VolumeSpec { name: name.into(), ..VolumeSpec::default() };
    let network = || NetworkId::new("0123");
    let connection = Connection {
        id: network(),
        network: "front".into(),
        container: target(),
        aliases: Vec::new(),
        ipv4: None,
        ipv6: None,
    };
    let save = LogSave { target: target(), path, content: LogContent::Whole, form, overwrite: false };
    let (folder, target_stage) = ("./web".to_owned(), "app".to_owned());
    let build = BuildSpec { folder, tags: vec![name.into()], target: target_stage, ..BuildSpec::default() };
    let changes = vec!["CMD a".to_owned()];
    let commit = Commit {
        target: target(),
        reference: "app:2".into(),
        author: "Me".into(),
        message: "done".into(),
        changes: changes.clone(),
        pause: false,
    };
    let import = ImageImport {
        source: ImportSource::File("x.tar".into()),
        reference: "app:1".into(),
        message: String::new(),
        changes,
        platform: "linux/arm64".into(),
    };
    let requests = vec![
        Request::Container(ContainerRequest::Start(target())),
        Request::Container(ContainerRequest::Stop { target: target(), timeout: Some(5) }),
        Request::Container(ContainerRequest::Stop { target: target(), timeout: None }),
        Request::Container(ContainerRequest::Restart { target: target(), timeout: Some(0) }),
        Request::Container(ContainerRequest::Kill { target: target(), signal: "SIGHUP".into() }),
        Request::Container(ContainerRequest::Pause(target())),
        Request::Container(ContainerRequest::Unpause(target())),
        Request::Container(ContainerRequest::Remove { target: target(), force: true, volumes: true }),
        Request::Container(ContainerRequest::Remove { target: target(), force: false, volumes: false }),
        Request::Container(ContainerRequest::Rename { target: target(), name: "new".into() }),
        Request::Container(ContainerRequest::Update { target: target(), limits }),
        Request::Container(ContainerRequest::Wait(target())),
        Request::Container(ContainerRequest::Create(Box::new(spec))),
        Request::Image(ImageRequest::pull("localhost:5000/a/b")),
        Request::Image(ImageRequest::Pull { reference: "a:1".into(), platform: "linux/arm64".into(), all_tags: true }),
        Request::Image(ImageRequest::Push { reference: "x:5/a:1".into(), all_tags: false, from: String::new() }),
        Request::Image(ImageRequest::Push { reference: "x:5/a:1".into(), all_tags: true, from: String::new() }),
        Request::Image(ImageRequest::Untag { id: id(), reference: "a:1".into() }),
        Request::Image(ImageRequest::Commit(Box::new(commit))),
        Request::Image(ImageRequest::Prune { unused: true, until: "24h".into() }),
        Request::Image(ImageRequest::Prune { unused: false, until: String::new() }),
        Request::ImageFile(ImageFileRequest::Save(ImageSave::new(vec!["a:1".into(), "b:2".into()], "x.tar"))),
        Request::ImageFile(ImageFileRequest::Load { path: "x.tar".into() }),
        Request::ImageFile(ImageFileRequest::Import(Box::new(import))),
        Request::Image(ImageRequest::Remove { id: id(), reference: "a/b:1".into(), force: true, prune_parents: false }),
        Request::Image(ImageRequest::Remove { id: id(), reference: "a/b:1".into(), force: false, prune_parents: true }),
        Request::Image(ImageRequest::Tag { id: id(), reference: "a:1".into(), new: "localhost:5000/a:2".into() }),
        Request::Volume(VolumeRequest::Remove { name: VolumeName::new("data"), force: true }),
        Request::Volume(VolumeRequest::Create(volume())),
        Request::Volume(VolumeRequest::Prune { reach: PruneReach::All, labels: vec!["a=b".into()] }),
        Request::Volume(VolumeRequest::Prune { reach: PruneReach::Anonymous, labels: Vec::new() }),
        Request::Volume(VolumeRequest::Clone { from: VolumeName::new("data"), to: volume() }),
        Request::Network(NetworkRequest::Remove { id: network(), name: "front".into() }),
        Request::Network(NetworkRequest::Create(NetworkSpec { name: name.into(), ..NetworkSpec::default() })),
        Request::Network(NetworkRequest::Connect(Box::new(connection))),
        Request::Network(NetworkRequest::Disconnect {
            id: network(),
            name: "front".into(),
            target: target(),
            force: true,
        }),
        Request::Network(NetworkRequest::Prune { labels: Vec::new() }),
        Request::SaveLog(Box::new(save)),
        Request::Build(Box::new(build)),
        Request::SaveText(Box::new(TextSave { what: "2 events".into(), ..TextSave::default() })),
        RawRequest::parse("POST /containers/web/start", "").unwrap().into(),
    ];
    requests
        .into_iter()
        .chain(file_cases(name))
        .chain(registry_cases())
        .chain(system_cases())
        .chain(plugin_cases())
        .collect()
}

fn file_cases(name: &str) -> Vec<Request> {
    let spot = |path: &[u8]| FileSpot::new(FileRoot::Container(ContainerId::new("0")), name, FilePath::new(path));
    let place = || "~/x".to_owned();
    let overwrite = false;
    let before = FileStat {
        kind: FileKind::File,
        size: 1,
        mode: 0o644,
        modified: "".into(),
        target: "".into(),
        tells_owner: true,
    };
    let edit = FileEdit { bytes: vec![1], before, mode: 0o644, owner: Some((0, 0)), modified: 0 };
    let volume = FileSpot::new(FileRoot::Volume(VolumeName::new("data")), "data", FilePath::new(b"/a b"));
    [
        FileRequest::Download { from: spot(b"/etc/hosts"), place: place(), overwrite },
        FileRequest::Download { from: volume, place: place(), overwrite },
        FileRequest::Export { target: Target::new(ContainerId::new("0"), name), place: place(), overwrite },
        FileRequest::Upload { into: spot(b"/srv"), place: place(), owner: FileOwner::Container, overwrite },
        FileRequest::PutBack { spot: spot(b"/etc/hosts"), edit: std::sync::Arc::new(edit), overwrite },
        FileRequest::ExportVolume { name: VolumeName::new("data"), place: place(), overwrite },
        FileRequest::ImportVolume {
            place: format!("/a b/{name}.tar"),
            to: Box::new(VolumeSpec { name: name.into(), ..VolumeSpec::default() }),
        },
    ]
    .map(Request::File)
    .to_vec()
}

fn plugin_cases() -> Vec<Request> {
    let name = || "a/b:1".into();
    let install = PluginInstall {
        reference: "a/b:1".into(),
        alias: "b".into(),
        settings: vec!["DEBUG=1".into()],
        enable: false,
        privileges: Vec::new(),
    };
    [
        PluginRequest::Install(Box::new(install)),
        PluginRequest::Upgrade { name: name(), reference: "a/b:2".into(), privileges: Vec::new() },
        PluginRequest::Enable { name: name() },
        PluginRequest::Disable { name: name(), force: true },
        PluginRequest::Remove { name: name(), force: true },
        PluginRequest::Set { name: name(), settings: vec!["DEBUG=1".into()] },
    ]
    .map(Request::Plugin)
    .to_vec()
}

fn system_cases() -> Vec<Request> {
    vec![SystemRequest::PruneContainers.into(), SystemRequest::PruneBuildCache { all: true }.into()]
}

fn registry_cases() -> Vec<Request> {
    let password = Secret::new("hunter2");
    let image = RegistryPath::root(registry(), false).repository("team/app").reference("1");
    vec![
        RegistryRequest::Login { registry: registry(), insecure: false, user: "ann".into(), password }.into(),
        RegistryRequest::Logout(registry()).into(),
        RegistryRequest::delete(image).unwrap().into(),
    ]
}

fn registry() -> RegistryName {
    RegistryName::parse("reg.example.com").unwrap()
}

pub(super) fn cases() -> Vec<Case> {
    let expected = [
        ("Start web?", "docker start web", "POST /containers/web/start"),
        ("Stop web?", "docker stop --time 5 web", "POST /containers/web/stop?t=5"),
        ("Stop web?", "docker stop web", "POST /containers/web/stop"),
        ("Restart web?", "docker restart --time 0 web", "POST /containers/web/restart?t=0"),
        ("Kill web?", "docker kill --signal SIGHUP web", "POST /containers/web/kill?signal=SIGHUP"),
        ("Pause web?", "docker pause web", "POST /containers/web/pause"),
        ("Unpause web?", "docker unpause web", "POST /containers/web/unpause"),
        ("Remove web?", "docker rm --force --volumes web", "DELETE /containers/web?force=1&v=1"),
        ("Remove web?", "docker rm web", "DELETE /containers/web"),
        ("Rename web to new?", "docker rename web new", "POST /containers/web/rename?name=new"),
        (
            "Update web?",
            "docker update --memory 512m --cpus 1.5 --memory-swap 1g --restart no web",
            "POST /containers/web/update",
        ),
        ("Wait for web to end?", "docker wait web", "POST /containers/web/wait"),
        ("Create web?", "docker run -d --name web nginx", "POST /containers/create?name=web"),
        (
            "Pull localhost:5000/a/b?",
            "docker pull localhost:5000/a/b",
            "POST /images/create?fromImage=localhost%3A5000%2Fa%2Fb&tag=latest",
        ),
        (
            "Pull a:1?",
            "docker pull --all-tags --platform linux/arm64 a",
            "POST /images/create?fromImage=a&platform=linux%2Farm64",
        ),
        ("Push x:5/a:1?", "docker push x:5/a:1", "POST /images/x%3A5%2Fa/push?tag=1"),
        ("Push x:5/a:1?", "docker push --all-tags x:5/a", "POST /images/x%3A5%2Fa/push"),
        ("Untag a:1?", "docker rmi a:1", "DELETE /images/a%3A1"),
        (
            "Commit web?",
            "docker commit '--pause=false' --author Me --message done --change 'CMD a' web app:2",
            "POST /commit?container=web&pause=0&repo=app&tag=2&author=Me&comment=done&changes=CMD%20a",
        ),
        (
            "Prune unused images?",
            "docker image prune --all --filter 'until=24h'",
            "POST /images/prune?filters=%7B%22dangling%22%3A%5B%22false%22%5D%2C%22until%22%3A%5B%2224h%22%5D%7D",
        ),
        (
            "Prune dangling images?",
            "docker image prune",
            "POST /images/prune?filters=%7B%22dangling%22%3A%5B%22true%22%5D%7D",
        ),
        ("Save 2 images?", "docker save --output x.tar a:1 b:2", "GET /images/get?names=a%3A1&names=b%3A2"),
        ("Load x.tar?", "docker load --input x.tar", "POST /images/load"),
        (
            "Import x.tar?",
            "docker import --platform linux/arm64 --change 'CMD a' x.tar app:1",
            "POST /images/create?fromSrc=-&repo=app%3A1&platform=linux%2Farm64&changes=CMD%20a",
        ),
        ("Remove a/b:1?", "docker rmi --force --no-prune a/b:1", "DELETE /images/a%2Fb%3A1?force=1&noprune=1"),
        ("Remove a/b:1?", "docker rmi a/b:1", "DELETE /images/a%2Fb%3A1"),
        (
            "Tag a:1 as localhost:5000/a:2?",
            "docker tag a:1 localhost:5000/a:2",
            "POST /images/a%3A1/tag?repo=localhost%3A5000%2Fa&tag=2",
        ),
        ("Remove data?", "docker volume rm --force data", "DELETE /volumes/data?force=1"),
        ("Create web?", "docker volume create web", "POST /volumes/create"),
        (
            "Prune unused volumes?",
            "docker volume prune --all --filter 'label=a=b'",
            "POST /volumes/prune?filters=%7B%22all%22%3A%5B%221%22%5D%2C%22label%22%3A%5B%22a%3Db%22%5D%7D",
        ),
        ("Prune anonymous volumes?", "docker volume prune", "POST /volumes/prune"),
        (
            "Clone data into web?",
            "docker run --rm -v data:/from:ro -v web:/to busybox cp -a /from/. /to",
            "POST /volumes/create",
        ),
        ("Remove front?", "docker network rm front", "DELETE /networks/front"),
        ("Create web?", "docker network create web", "POST /networks/create"),
        ("Connect web to front?", "docker network connect front web", "POST /networks/front/connect"),
        (
            "Disconnect web from front?",
            "docker network disconnect --force front web",
            "POST /networks/front/disconnect",
        ),
        ("Prune unused networks?", "docker network prune", "POST /networks/prune"),
        ("Save the log of web?", "docker logs --timestamps web", "GET /containers/web/logs?stdout=1&stderr=1"),
        (
            "Build web?",
            "docker build --tag web --target app ./web",
            "POST /build?version=1&t=web&target=app&rm=1&forcerm=1",
        ),
        ("Save 2 events?", "docker events", "GET /events"),
        ("Send POST /containers/web/start?", "POST /containers/web/start", "POST /containers/web/start"),
        ("Download web:/etc/hosts?", "docker cp web:/etc/hosts ~/x", "GET /containers/web/archive?path=%2Fetc%2Fhosts"),
        (
            "Download data:/a b?",
            "docker cp 'HELPER-OF-data:/volume/a b' ~/x",
            "GET /containers/HELPER-OF-data/archive?path=%2Fvolume%2Fa%20b",
        ),
        ("Export web?", "docker export --output ~/x web", "GET /containers/web/export"),
        (
            "Upload web:/srv?",
            "docker cp --archive ~/x web:/srv",
            "PUT /containers/web/archive?path=%2Fsrv&noOverwriteDirNonDir=1&copyUIDGID=1",
        ),
        (
            "Put back web:/etc/hosts?",
            "docker cp EDITED web:/etc/hosts",
            "PUT /containers/web/archive?path=%2Fetc&noOverwriteDirNonDir=1",
        ),
        (
            "Export data?",
            "docker run --rm -v data:/volume:ro -v ~/:/files busybox tar -cf /files/x -C /volume .",
            "GET /containers/HELPER-OF-data/archive?path=%2Fvolume%2F.",
        ),
        (
            "Import /a b/web.tar into web?",
            "docker run --rm -v web:/volume -v '/a b:/files:ro' busybox tar -xpf /files/web.tar -C /volume",
            "POST /volumes/create",
        ),
        ("Log in to reg.example.com?", "docker login --username ann --password-stdin reg.example.com", "POST /auth"),
        ("Log out of reg.example.com?", "docker logout reg.example.com", "GET https://reg.example.com/v2/"),
        (
            "Delete reg.example.com/team/app:1?",
            "curl -X DELETE https://reg.example.com/v2/team/app/manifests/1",
            "DELETE https://reg.example.com/v2/team/app/manifests/1",
        ),
        ("Prune stopped containers?", "docker container prune", "POST /containers/prune"),
        ("Prune build cache?", "docker builder prune --all", "POST /build/prune?all=1"),
        (
            "Install b?",
            "docker plugin install --grant-all-permissions --alias b --disable a/b:1 'DEBUG=1'",
            "POST /plugins/pull?remote=a%2Fb%3A1&name=b",
        ),
        (
            "Upgrade a/b:1?",
            "docker plugin upgrade --grant-all-permissions a/b:1 a/b:2",
            "POST /plugins/a%2Fb%3A1/upgrade?remote=a%2Fb%3A2",
        ),
        ("Enable a/b:1?", "docker plugin enable a/b:1", "POST /plugins/a%2Fb%3A1/enable"),
        ("Disable a/b:1?", "docker plugin disable --force a/b:1", "POST /plugins/a%2Fb%3A1/disable?force=1"),
        ("Remove a/b:1?", "docker plugin rm --force a/b:1", "DELETE /plugins/a%2Fb%3A1?force=1"),
        ("Set a/b:1?", "docker plugin set a/b:1 'DEBUG=1'", "POST /plugins/a%2Fb%3A1/set"),
    ];
    let requests = cases_for("web");
    assert_eq!(requests.len(), expected.len());
    let pair = |(request, (question, docker, api))| Case { request, question, docker, api };
    requests.into_iter().zip(expected).map(pair).collect()
}
