//! Walks over every request: its words are whole sentences, its docker line and its API call exact.

mod cases;

use super::*;
use crate::domain::{ContainerSpec, Limits};
use cases::{Case, cases, cases_for};

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
        Request::File(FileRequest::ExportVolume { .. }) => (8, 4),
        Request::File(FileRequest::ImportVolume { .. }) => (8, 5),
        Request::Raw(_) => (9, 0),
        Request::Registry(request) => (10, registry_kind(request)),
        Request::System(SystemRequest::PruneContainers) => (11, 0),
        Request::System(SystemRequest::PruneBuildCache { .. }) => (11, 1),
        Request::Plugin(request) => (12, plugin_kind(request)),
    }
}

fn plugin_kind(request: &PluginRequest) -> usize {
    match request {
        PluginRequest::Install(_) => 0,
        PluginRequest::Upgrade { .. } => 1,
        PluginRequest::Enable { .. } => 2,
        PluginRequest::Disable { .. } => 3,
        PluginRequest::Remove { .. } => 4,
        PluginRequest::Set { .. } => 5,
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
    let counts = [11, 7, 4, 5, 1, 1, 3, 1, 6, 1, 3, 2, 6];
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
fn several_acts_are_several_commands() {
    let target = |name: &str| Target::new(ContainerId::new(name), name);
    let start = |name: &str| Request::from(ContainerRequest::Start(target(name)));
    assert_eq!(Request::docker_command_of(&[start("a"), start("b")]), "docker start a b");
    let prune = Request::from(SystemRequest::PruneContainers);
    assert_eq!(Request::docker_command_of(&[start("a"), prune]), "docker start a; docker container prune");
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
