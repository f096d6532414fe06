//! Walks over every request: its words are whole sentences, its docker line and its API call exact.

use super::*;
use crate::domain::{
    BuildSpec, Commit, Connection, ContainerSpec, FileEdit, FileKind, FilePath, FileStat, ImageId, ImageImport,
    ImageSave, ImportSource, Limits, LogContent, LogForm, NetworkId, NetworkSpec, RegistryName, RegistryPath,
    RestartPolicy, Secret, VolumeName, VolumeSpec,
};

struct Case {
    request: Request,
    question: &'static str,
    docker: &'static str,
    api: &'static str,
}

fn cases_for(name: &str) -> Vec<Request> {
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
        Request::Image(ImageRequest::Push { reference: "x:5/a:1".into(), all_tags: false }),
        Request::Image(ImageRequest::Push { reference: "x:5/a:1".into(), all_tags: true }),
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
    requests.into_iter().chain(file_cases(name)).chain(registry_cases()).collect()
}

fn file_cases(name: &str) -> Vec<Request> {
    let spot = |path: &[u8]| FileSpot::new(FileRoot::Container(ContainerId::new("0")), name, FilePath::new(path));
    let place = || "~/x".to_owned();
    let overwrite = false;
    let before = FileStat { kind: FileKind::File, size: 1, mode: 0o644, modified: "".into(), target: "".into() };
    let edit = FileEdit { bytes: vec![1], before, mode: 0o644, user: 0, group: 0, modified: 0 };
    let volume = FileSpot::new(FileRoot::Volume(VolumeName::new("data")), "data", FilePath::new(b"/a b"));
    [
        FileRequest::Download { from: spot(b"/etc/hosts"), place: place(), overwrite },
        FileRequest::Download { from: volume, place: place(), overwrite },
        FileRequest::Export { target: Target::new(ContainerId::new("0"), name), place: place(), overwrite },
        FileRequest::Upload { into: spot(b"/srv"), place: place(), owner: FileOwner::Container, overwrite },
        FileRequest::PutBack { spot: spot(b"/etc/hosts"), edit: std::sync::Arc::new(edit), overwrite },
    ]
    .map(Request::File)
    .to_vec()
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

fn cases() -> Vec<Case> {
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
        (
            "Download web:/etc/hosts?",
            "docker cp web:/etc/hosts '~/x'",
            "GET /containers/web/archive?path=%2Fetc%2Fhosts",
        ),
        (
            "Download data:/a b?",
            "docker cp 'HELPER-OF-data:/volume/a b' '~/x'",
            "GET /containers/HELPER-OF-data/archive?path=%2Fvolume%2Fa%20b",
        ),
        ("Export web?", "docker export --output '~/x' web", "GET /containers/web/export"),
        (
            "Upload web:/srv?",
            "docker cp --archive '~/x' web:/srv",
            "PUT /containers/web/archive?path=%2Fsrv&noOverwriteDirNonDir=1&copyUIDGID=1",
        ),
        (
            "Put back web:/etc/hosts?",
            "docker cp EDITED web:/etc/hosts",
            "PUT /containers/web/archive?path=%2Fetc&noOverwriteDirNonDir=1",
        ),
        ("Log in to reg.example.com?", "docker login --username ann --password-stdin reg.example.com", "POST /auth"),
        ("Log out of reg.example.com?", "docker logout reg.example.com", "GET https://reg.example.com/v2/"),
        (
            "Delete reg.example.com/team/app:1?",
            "curl -X DELETE https://reg.example.com/v2/team/app/manifests/1",
            "DELETE https://reg.example.com/v2/team/app/manifests/1",
        ),
    ];
    let requests = cases_for("web");
    assert_eq!(requests.len(), expected.len());
    let pair = |(request, (question, docker, api))| Case { request, question, docker, api };
    requests.into_iter().zip(expected).map(pair).collect()
}

/// The group and the kind of a request in it. Fails to compile when one is added: it belongs among the cases.
fn kind(request: &Request) -> (usize, usize) {
    match request {
        Request::Container(request) => (0, container_kind(request)),
        Request::Image(request) => (1, image_kind(request)),
        Request::Volume(request) => (2, volume_kind(request)),
        Request::Network(request) => (3, network_kind(request)),
        Request::SaveLog(_) => (4, 0),
        Request::Build(_) => (5, 0),
        Request::ImageFile(ImageFileRequest::Save(_)) => (6, 0),
        Request::ImageFile(ImageFileRequest::Load { .. }) => (6, 1),
        Request::ImageFile(ImageFileRequest::Import(_)) => (6, 2),
        Request::SaveText(_) => (7, 0),
        Request::File(FileRequest::Download { .. }) => (8, 0),
        Request::File(FileRequest::Export { .. }) => (8, 1),
        Request::File(FileRequest::Upload { .. }) => (8, 2),
        Request::File(FileRequest::PutBack { .. }) => (8, 3),
        Request::Raw(_) => (9, 0),
        Request::Registry(request) => (10, registry_kind(request)),
    }
}

fn registry_kind(request: &RegistryRequest) -> usize {
    match request {
        RegistryRequest::Login { .. } => 0,
        RegistryRequest::Logout(_) => 1,
        RegistryRequest::Delete { .. } => 2,
    }
}

fn container_kind(request: &ContainerRequest) -> usize {
    match request {
        ContainerRequest::Start(_) => 0,
        ContainerRequest::Stop { .. } => 1,
        ContainerRequest::Restart { .. } => 2,
        ContainerRequest::Kill { .. } => 3,
        ContainerRequest::Pause(_) => 4,
        ContainerRequest::Unpause(_) => 5,
        ContainerRequest::Remove { .. } => 6,
        ContainerRequest::Rename { .. } => 7,
        ContainerRequest::Update { .. } => 8,
        ContainerRequest::Wait(_) => 9,
        ContainerRequest::Create(_) => 10,
    }
}

fn image_kind(request: &ImageRequest) -> usize {
    match request {
        ImageRequest::Pull { .. } => 0,
        ImageRequest::Remove { .. } => 1,
        ImageRequest::Tag { .. } => 2,
        ImageRequest::Push { .. } => 3,
        ImageRequest::Untag { .. } => 4,
        ImageRequest::Commit(_) => 5,
        ImageRequest::Prune { .. } => 6,
    }
}

fn volume_kind(request: &VolumeRequest) -> usize {
    match request {
        VolumeRequest::Remove { .. } => 0,
        VolumeRequest::Create(_) => 1,
        VolumeRequest::Prune { .. } => 2,
        VolumeRequest::Clone { .. } => 3,
    }
}

fn network_kind(request: &NetworkRequest) -> usize {
    match request {
        NetworkRequest::Remove { .. } => 0,
        NetworkRequest::Create(_) => 1,
        NetworkRequest::Connect(_) => 2,
        NetworkRequest::Disconnect { .. } => 3,
        NetworkRequest::Prune { .. } => 4,
    }
}

#[test]
fn every_kind_of_request_is_among_the_cases() {
    let counts = [11, 7, 4, 5, 1, 1, 3, 1, 4, 1, 3];
    let seen: std::collections::BTreeSet<_> = cases_for("web").iter().map(kind).collect();
    let expected = counts.into_iter().enumerate().flat_map(|(group, count)| (0..count).map(move |kind| (group, kind)));
    assert!(seen.into_iter().eq(expected));
}

#[test]
fn commands_and_calls_are_exact() {
    for Case { request, question, docker, api } in cases() {
        assert_eq!(request.question(), question);
        assert_eq!(request.docker_command(), docker);
        assert_eq!(request.api().to_string(), api);
    }
}

#[test]
fn every_sentence_is_complete() {
    for request in cases_for("web") {
        for word in [request.verb(), request.doing(), request.done()] {
            assert!(word.starts_with(|first: char| first.is_ascii_uppercase()), "{word}");
            assert!(word.ends_with(|last: char| last.is_ascii_lowercase()), "{word}");
        }
        assert!(!request.object().is_empty());
        let consequence = request.consequence();
        for sentence in consequence.split_inclusive(". ") {
            assert!(sentence.starts_with(|first: char| first.is_ascii_uppercase()), "{consequence}");
            assert!(sentence.trim_end().ends_with('.'), "{consequence}");
        }
        assert!(!consequence.contains("  ") && consequence.len() < 300, "{consequence}");
    }
}

#[test]
fn the_same_request_has_the_same_words_whatever_its_options() {
    let requests = cases_for("web");
    for (one, two) in requests.iter().zip(requests.iter().skip(1)) {
        if kind(one) == kind(two) {
            assert_eq!((one.verb(), one.doing(), one.done()), (two.verb(), two.doing(), two.done()));
        }
    }
}

#[test]
fn what_cannot_be_undone_is_said() {
    let remove = &cases_for("web")[7];
    assert_eq!(
        remove.consequence(),
        "Kills it if it runs. Deletes the container with all files written in it outside of volumes; this cannot be \
         undone. Its anonymous volumes are deleted as well, with what is in them; named volumes stay."
    );
    let target = || Target::new(ContainerId::new("0"), "web");
    let kill = |signal: &str| {
        Request::Container(ContainerRequest::Kill { target: target(), signal: signal.into() }).consequence()
    };
    assert!(kill("SIGKILL").contains("is lost") && kill("9") == kill("kill"));
    assert!(kill("HUP").starts_with("Sends HUP"));
    let nothing = Request::Container(ContainerRequest::Update { target: target(), limits: Limits::default() });
    assert_eq!(nothing.consequence(), "Changes nothing: no new limit is given.");
}

#[test]
fn hostile_names_stay_one_word() {
    for name in ["a b", "$(reboot)", "a;b", "a'b", "../../x", "a?force=1", "a\nb", "ä", "\u{1b}[2J", "-f", "a#b%"] {
        for request in cases_for(name) {
            let command = request.docker_command();
            let words = shell_words::split(&command).unwrap();
            assert_eq!(words.get(1..).unwrap(), request.docker_words(), "{command}");
            let call = request.api().to_string();
            assert!(call.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' '), "{call}");
            assert_eq!(call.matches(' ').count(), 1, "{call}");
            assert!(call.matches('?').count() <= 1 && !call.contains("..%2F/"), "{call}");
        }
    }
}

#[test]
fn what_is_kept_of_a_command_has_no_secret_in_it() {
    let spec = ContainerSpec {
        image: "postgres".into(),
        environment: vec!["POSTGRES_PASSWORD=hunter2".into(), "TZ=UTC".into()],
        labels: vec![("api.token".into(), "hunter2".into())],
        command: vec!["--password=hunter2".into(), "postgres://app:hunter2@db/app".into()],
        ..ContainerSpec::default()
    };
    let request = Request::Container(ContainerRequest::Create(Box::new(spec)));
    assert_eq!(request.docker_command().matches("hunter2").count(), 4);
    let kept = request.discreet_command();
    assert!(!kept.contains("hunter2") && kept.contains("TZ=UTC") && kept.contains("POSTGRES_PASSWORD="), "{kept}");
    assert!(kept.contains("@db/app"), "{kept}");
}
