//! Volumes written to tar files and made of them, on the screen, on real engines.

use super::disk_full::Disk;
use crate::support::engines::{IMAGE, Live, on_engines};
use crate::support::stage::{Play, Stage};
use std::path::{Path, PathBuf};
use std::process::Command;

on_engines!(
    there_and_back,
    a_link_that_leads_out,
    what_was_packed_elsewhere,
    what_is_no_archive,
    stopped_in_the_middle,
    a_full_disk
);

/// What the engine's own `tar` and `find` tell of everything in a volume: kinds, modes, owners, links, times, contents.
const LOOK: &str = "cd /v; find . | sort | while read name; do stat -c '%n %F %a %u %g %Y' \"$name\"; done; \
                    readlink link; md5sum deep/file big; stat -c %h deep/file";
/// A little of everything that a file system has.
const FILL: &str = "mkdir -m 2750 /v/deep; echo hello > /v/deep/file; chmod 4640 /v/deep/file; chown 12:34 /v/deep/file; \
                    ln -s ./nowhere /v/link; ln /v/deep/file /v/hard; mkfifo -m 600 /v/pipe; \
                    dd if=/dev/urandom of=/v/big bs=64k count=40 2>/dev/null; chown 56:78 /v/deep /v; chmod 1777 /v; \
                    mkdir '/v/a b'; touch '/v/a b/ü'; find /v -exec touch -h -d '2020-02-02 02:02:02' {} +";

struct Scene {
    folder: PathBuf,
}

impl Scene {
    fn new(live: &Live) -> Self {
        let folder = std::env::temp_dir().join(live.name("archives"));
        std::fs::create_dir_all(&folder).expect("a folder");
        Self { folder }
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    fn count(&self) -> usize {
        std::fs::read_dir(&self.folder).expect("the folder").count()
    }
}

impl Drop for Scene {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

fn beside(live: &Live, volume: &str, script: &str) -> String {
    let mount = format!("{volume}:/v");
    live.docker(&["run", "--rm", "--network=none", "-v", &mount, IMAGE, "sh", "-c", script])
}

/// The volumes on screen with the cursor on this one.
async fn at(live: &Live, volume: &str) -> Play {
    let mut play = Stage::new(140, 40).socket(live.socket()).open();
    play.wait_for("Containers ").await.keys("3").wait_for(volume).await;
    play.keys("/").keys(volume).keys("<Enter>").wait_for("▸").await;
    play
}

async fn export(play: &mut Play, file: &Path) {
    play.keys("X").wait_for("Export ").await.keys("<C-u>").keys(file.to_str().unwrap()).settle().await;
    play.keys("<C-s>");
}

async fn import(play: &mut Play, file: &Path, volume: &str) {
    play.keys("I").wait_for("Import a volume").await.keys("<C-u>").keys(file.to_str().unwrap());
    play.keys("<Tab>").keys(volume).settle().await;
    play.keys("<C-s>");
}

fn nothing_stays(live: &Live, volumes: &[&str]) {
    for name in volumes {
        let left = || live.docker(&["ps", "-aq", "--filter", &format!("label=dockerui.volume-of={name}")]);
        assert!((0..100).any(|_| left().is_empty()), "a helper of {name} stays");
    }
}

fn is_there(live: &Live, volume: &str) -> bool {
    live.docker(&["volume", "ls", "-q"]).lines().any(|line| line == volume)
}

async fn there_and_back(live: Live) {
    let scene = Scene::new(&live);
    let (from, to) = (live.name("from"), live.name("to"));
    live.docker(&["volume", "create", "--label", &live.label(), &from]);
    beside(&live, &from, FILL);
    let mut play = at(&live, &from).await;
    export(&mut play, &scene.file("all.tar")).await;
    play.wait_for(&format!("Exported {from}: ")).await.keys("<Esc>");
    import(&mut play, &scene.file("all.tar"), &to).await;
    play.wait_for(&format!("into {to}")).await.quit().await;
    let (original, copy) = (beside(&live, &from, LOOK), beside(&live, &to, LOOK));
    // Podman's archives tell no owners; the form says so.
    let (expected, copy) =
        if live.is_podman() { (without_owners(&original), without_owners(&copy)) } else { (original, copy) };
    pretty_assertions::assert_eq!(copy, expected);
    nothing_stays(&live, &[&from, &to]);
    assert_eq!(scene.count(), 1, "nothing half-written is left");
    // Others read it as well.
    let listed = Command::new("tar").arg("-tf").arg(scene.file("all.tar")).output().expect("tar");
    assert!(listed.status.success() && String::from_utf8_lossy(&listed.stdout).contains("deep/file"), "{listed:?}");
}

/// Docker refuses it, which is told; nothing stays.
async fn a_link_that_leads_out(live: Live) {
    let scene = Scene::new(&live);
    let (from, to) = (live.name("from"), live.name("to"));
    live.docker(&["volume", "create", "--label", &live.label(), &from]);
    beside(&live, &from, "ln -s ../nowhere /v/link");
    let mut play = at(&live, &from).await;
    export(&mut play, &scene.file("all.tar")).await;
    play.wait_for(&format!("Exported {from}: ")).await.keys("<Esc>");
    import(&mut play, &scene.file("all.tar"), &to).await;
    if live.is_podman() {
        play.wait_for(&format!("into {to}")).await;
        assert_eq!(beside(&live, &to, "readlink /v/link").trim(), "../nowhere");
    } else {
        play.wait_for("Docker takes no link that leads out").await;
        assert!(!is_there(&live, &to), "{}", play.screen());
    }
    nothing_stays(&live, &[&to]);
    play.quit().await;
}

fn without_owners(told: &str) -> String {
    let line = |line: &str| {
        let mut words: Vec<&str> = line.split(' ').collect();
        let count = words.len();
        if count >= 6 && line.starts_with('.') {
            words[count - 3] = "0";
            words[count - 2] = "0";
        }
        words.join(" ") + "\n"
    };
    told.lines().map(line).collect()
}

/// By GNU tar, packed, with owners and modes of its own.
async fn what_was_packed_elsewhere(live: Live) {
    let scene = Scene::new(&live);
    let root = scene.file("root");
    std::fs::create_dir_all(root.join("sub")).expect("a folder");
    std::fs::write(root.join("sub/run"), "#!/bin/sh\n").expect("a file");
    let file = scene.file("packed.tar.gz");
    let packed = Command::new("tar")
        .args(["--owner=12", "--group=34", "--numeric-owner", "--mode=u=rwxs,g=rx,o=", "-czf"])
        .arg(&file)
        .arg("-C")
        .arg(&root)
        .args(["sub/run"])
        .status();
    assert!(packed.expect("tar").success());
    let (other, to) = (live.name("other"), live.name("to"));
    live.docker(&["volume", "create", "--label", &live.label(), &other]);
    let mut play = at(&live, &other).await;
    import(&mut play, &file, &to).await;
    play.wait_for(&format!("into {to}")).await;
    assert_eq!(beside(&live, &to, "stat -c '%a %u %g' /v/sub/run").trim(), "4750 12 34");
    nothing_stays(&live, &[&to]);
    play.quit().await;
}

async fn what_is_no_archive(live: Live) {
    let scene = Scene::new(&live);
    let (other, to) = (live.name("other"), live.name("to"));
    live.docker(&["volume", "create", "--label", &live.label(), &other]);
    let mut play = at(&live, &other).await;
    let file = scene.file("junk.tar");
    for junk in [vec![7; 30_000], cut_archive()] {
        std::fs::write(&file, junk).expect("a file");
        import(&mut play, &file, &to).await;
        play.wait_for("cannot unpack the").await;
        assert!(!is_there(&live, &to), "{}", play.screen());
        nothing_stays(&live, &[&to]);
        play.keys("<C-r><Esc>").gone("Import a volume").await;
    }
    play.quit().await;
}

/// The half of an archive.
fn cut_archive() -> Vec<u8> {
    let mut archive = tar::Builder::new(Vec::new());
    let mut header = tar::Header::new_gnu();
    header.set_size(300_000);
    header.set_mode(0o644);
    header.set_cksum();
    archive.append_data(&mut header, "big", &*vec![1; 300_000]).expect("a file");
    let mut bytes = archive.into_inner().expect("an archive");
    bytes.truncate(150_000);
    bytes
}

async fn stopped_in_the_middle(live: Live) {
    let scene = Scene::new(&live);
    let (from, to) = (live.name("from"), live.name("to"));
    live.docker(&["volume", "create", "--label", &live.label(), &from]);
    beside(&live, &from, "dd if=/dev/zero of=/v/big bs=1M count=400 2>/dev/null");
    let mut play = at(&live, &from).await;
    export(&mut play, &scene.file("all.tar")).await;
    play.wait_for("Exporting ")
        .await
        .keys("J")
        .wait_for("written")
        .await
        .keys("x")
        .wait_for("nothing was written")
        .await;
    play.keys("<Esc><Esc>").settle().await;
    nothing_stays(&live, &[&from]);
    assert_eq!(scene.count(), 0, "nothing half-written is left");
    play.keys("<Esc>");
    export(&mut play, &scene.file("all.tar")).await;
    play.wait_for(&format!("Exported {from}: 400")).await.keys("<Esc>");
    import(&mut play, &scene.file("all.tar"), &to).await;
    play.wait_for("Sending").await.keys("<C-x>").wait_for("no volume stays of it").await;
    let gone = async {
        while is_there(&live, &to) {
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
    };
    tokio::time::timeout(crate::support::engines::PATIENCE, gone).await.expect("the half to go");
    nothing_stays(&live, &[&to]);
    play.keys("<Esc>").quit().await;
}

async fn a_full_disk(live: Live) {
    let Some(disk) = Disk::of(512, &live.name("disk")) else { return };
    let from = live.name("from");
    live.docker(&["volume", "create", "--label", &live.label(), &from]);
    beside(&live, &from, "dd if=/dev/zero of=/v/big bs=1M count=4 2>/dev/null");
    let mut play = at(&live, &from).await;
    export(&mut play, &disk.0.join("all.tar")).await;
    play.wait_for("The disk is full").await;
    assert_eq!(std::fs::read_dir(&disk.0).expect("the disk").count(), 0);
    nothing_stays(&live, &[&from]);
    play.quit().await;
}
