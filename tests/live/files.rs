//! Files of containers and volumes on real engines: running and stopped, with and without a shell, whatever names are called.

use crate::support::engines::{IMAGE, Live, on_engines};
use dockerui_tui::domain::{
    ContainerId, Extent, FailureKind, FileContent, FileKind, FileLook, FilePath, FileRoot, Folder, ListWay, Reach,
    VolumeName,
};

on_engines!(
    both_ways_tell_the_same,
    links_are_followed_and_files_shown,
    without_a_shell_the_archive_tells,
    ten_thousand_names,
    a_volume_through_its_helper,
    a_helper_that_was_left_goes,
);

const HOSTILE: &str = "mkdir -p /h/sub; cd /h; echo hi >sub/hi; : >\"$(printf 'a\\nb')\"; : >\"$(printf 'x\\377y')\"; \
                       ln -s /etc lnk; ln -s sub l2; mkfifo p; chmod 4755 sub/hi; seq 1 10 >plain; echo ready; \
                       while :; do sleep 1; done";

async fn list(live: &Live, root: FileRoot, folder: &str, inside: bool) -> Folder {
    let look = FileLook { root, folder: FilePath::new(folder.as_bytes()), inside, reach: Reach::Near, turn: 0 };
    live.engine.list_folder(&look, drop).await.unwrap()
}

fn root(id: &ContainerId) -> FileRoot {
    FileRoot::Container(id.clone())
}

fn lines(folder: &Folder) -> Vec<String> {
    let line = |entry: &dockerui_tui::domain::FileEntry| {
        let size = if entry.kind == FileKind::File { entry.size } else { None };
        format!("{} {}:{} {size:?} {}", entry.mode_text(), entry.user, entry.group, entry.title())
    };
    let mut lines: Vec<String> = folder.entries.iter().map(line).collect();
    lines.sort();
    lines
}

async fn both_ways_tell_the_same(live: Live) {
    let target = live.script("files", HOSTILE).await;
    live.logs_until(&target.id, "ready").await;
    let inside = list(&live, root(&target.id), "/h", true).await;
    let archive = list(&live, root(&target.id), "/h", false).await;
    assert_eq!((inside.way, archive.way), (ListWay::Inside, ListWay::Archive));
    assert_eq!(lines(&inside), lines(&archive));
    assert_eq!(inside.entries.len(), 7);
    assert!(inside.entries.iter().any(|entry| &*entry.name == b"x\xffy"));
    assert!(lines(&inside).iter().any(|line| line.ends_with(" lnk → /etc")), "{:?}", lines(&inside));
    live.docker(&["kill", &target.name]);
    let stopped = list(&live, root(&target.id), "/h", false).await;
    assert_eq!(lines(&stopped), lines(&archive));
}

async fn links_are_followed_and_files_shown(live: Live) {
    let target = live.script("links", HOSTILE).await;
    live.logs_until(&target.id, "ready").await;
    let open = async |path: &[u8], inside| live.engine.open_file(&root(&target.id), &FilePath::new(path), inside).await;
    assert_eq!(open(b"/h/lnk", false).await, Ok(FileContent::Folder(FilePath::new(b"/etc"))));
    assert_eq!(open(b"/h/l2", false).await, Ok(FileContent::Folder(FilePath::new(b"/h/sub"))));
    let file = |path: &[u8], bytes: &[u8]| FileContent::File {
        path: FilePath::new(path),
        bytes: bytes.to_vec(),
        size: Some(bytes.len() as u64),
    };
    assert_eq!(open(b"/h/l2/hi", false).await, Ok(file(b"/h/l2/hi", b"hi\n")));
    // Docker lists a name that is no UTF-8, and does not find it again.
    match open(b"/h/x\xffy", false).await {
        Ok(found) if live.is_podman() || live.major() >= 26 => assert_eq!(found, file(b"/h/x\xffy", b"")),
        Err(failure) if !live.is_podman() => assert!(failure.sentence.contains("no UTF-8"), "{failure}"),
        other => panic!("{other:?}"),
    }
    assert_eq!(open(b"/h/nosuch", false).await.unwrap_err().kind, FailureKind::NotFound);
    assert!(open(b"/h/p", false).await.unwrap_err().sentence.contains("pipe"));
    // Where only the running container has it, a process in it tells.
    match open(b"/proc/1/comm", true).await {
        Ok(FileContent::File { bytes, .. }) => assert!(!bytes.is_empty()),
        other => panic!("{other:?}"),
    }
}

async fn without_a_shell_the_archive_tells(live: Live) {
    let target = live.idle("bare").await;
    // As bare as an image of one program: nothing that could list is left.
    live.docker(&["exec", &target.name, "sh", "-c", "echo alone >/only; rm /bin/sh /bin/find /bin/stat"]);
    let folder = list(&live, root(&target.id), "/", true).await;
    assert_eq!((folder.way, folder.extent), (ListWay::Archive, Extent::Whole));
    assert!(folder.entries.iter().any(|entry| &*entry.name == b"only"));
}

async fn ten_thousand_names(live: Live) {
    let script = "mkdir /many; cd /many; seq 1 10000 | xargs touch; echo ready; while :; do sleep 1; done";
    let target = live.script("many", script).await;
    live.logs_until(&target.id, "ready").await;
    for inside in [true, false] {
        let folder = list(&live, root(&target.id), "/many", inside).await;
        assert_eq!((folder.entries.len(), folder.extent), (10_000, Extent::Whole));
    }
}

async fn a_volume_through_its_helper(live: Live) {
    let name = live.name("data");
    live.docker(&["volume", "create", "--label", &live.label(), &name]);
    let mount = format!("{name}:/data");
    live.docker(&[
        "run",
        "--rm",
        "--volume",
        &mount,
        "busybox",
        "sh",
        "-c",
        "echo kept >/data/a; ln -s /etc /data/out",
    ]);
    let root = FileRoot::Volume(VolumeName::new(&*name));
    let folder = list(&live, root.clone(), "/", false).await;
    assert_eq!(folder.entries.len(), 2);
    let opened = live.engine.open_file(&root, &FilePath::new(b"/a"), false).await;
    assert!(matches!(opened, Ok(FileContent::File { bytes, .. }) if bytes == b"kept\n"));
    let failure = live.engine.open_file(&root, &FilePath::new(b"/out"), false).await.unwrap_err();
    // Podman follows the link itself, and finds nothing there.
    let words = if live.is_podman() { "There is no /out" } else { "leads out of the volume" };
    assert!(failure.sentence.contains(words), "{failure}");
    // No helper is left: the volume can go.
    live.docker(&["volume", "rm", &name]);
}

/// As a program leaves it that is killed while it looks at a volume.
async fn a_helper_that_was_left_goes(live: Live) {
    let name = live.name("looked");
    live.docker(&["volume", "create", "--label", &live.label(), &name]);
    let boot = std::fs::read_to_string("/proc/sys/kernel/random/boot_id").expect("the boot");
    let namespace = std::fs::read_link("/proc/self/ns/pid").expect("the namespace");
    let status = std::fs::read_to_string("/proc/self/status").expect("the status");
    let user = status.lines().find_map(|line| line.strip_prefix("Uid:")).and_then(|ids| ids.split_whitespace().next());
    // No process but the system's first began in its first tick.
    let owner = format!("{} {} {} {} 1", boot.trim(), namespace.display(), user.expect("a user"), std::process::id());
    let (volume, owner) = (format!("dockerui.volume-of={name}"), format!("dockerui.made-by={owner}"));
    let labels = ["--label", &live.label(), "--label", &volume, "--label", &owner];
    let words: Vec<&str> = ["create"].into_iter().chain(labels).chain([IMAGE, "true"]).collect();
    live.docker(&words);
    let there = || live.docker(&["ps", "-aq", "--filter", &format!("label={volume}")]);
    assert!(!there().is_empty());
    list(&live, FileRoot::Volume(VolumeName::new(&*name)), "/", false).await;
    assert!((0..50).any(|_| there().is_empty()), "what was left stays");
    live.docker(&["volume", "rm", &name]);
}
