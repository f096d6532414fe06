//! Files to this machine and from it, on the screen, of containers that run, that are stopped, and that have no shell.

use super::disk_full::Disk;
use crate::support::engines::{IMAGE, Live, on_engines};
use crate::support::stage::{Play, Stage};
use dockerui_tui::domain::Target;
use std::fs;
use std::io::Read;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::{Path, PathBuf};

on_engines!(
    a_folder_there_and_back,
    a_folder_of_a_volume,
    without_anything_in_the_image,
    edited_in_a_stopped_container,
    edited_in_a_running_container,
    a_full_disk
);

struct Folder(PathBuf);

impl Folder {
    fn new(live: &Live) -> Self {
        let folder = std::env::temp_dir().join(live.name("transfers"));
        fs::create_dir_all(&folder).expect("a folder");
        Self(folder)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// The files of a container on the whole screen.
async fn files_of(live: &Live, stage: Stage, target: &Target) -> Play {
    let mut play = stage.socket(live.socket()).open();
    play.wait_for("Containers ").await.wait_for(&target.name).await;
    play.keys("/").keys(&target.name).keys("<Enter>").wait_for("▸").await;
    // “1 entry”, “12 entries”.
    play.keys("fz").wait_for(" entr").await;
    play
}

async fn submit(play: &mut Play, place: &Path) {
    play.keys("<C-u>").keys(place.to_str().unwrap()).settle().await;
    play.keys("<C-s>");
}

fn made(folder: &Folder) -> PathBuf {
    let site = folder.0.join("site");
    fs::create_dir_all(site.join("deep")).expect("a folder");
    for (name, text, mode) in [("run", "#!/bin/sh\n", 0o4755), ("secret", "x", 0o600), ("deep/read", "y", 0o444)] {
        fs::write(site.join(name), text).expect("a file");
        fs::set_permissions(site.join(name), fs::Permissions::from_mode(mode)).expect("its mode");
    }
    fs::set_permissions(site.join("deep"), fs::Permissions::from_mode(0o2750)).expect("its mode");
    symlink("deep/read", site.join("link")).expect("a link");
    fs::write(site.join("big"), vec![7; 3_000_000]).expect("a file");
    site
}

/// Modes, links and contents are the same there and when they have come back; of a stopped container as well.
async fn a_folder_there_and_back(live: Live) {
    let folder = Folder::new(&live);
    let site = made(&folder);
    let target = live.idle("files").await;
    let mut play = files_of(&live, Stage::new(140, 40), &target).await;
    play.keys("u").wait_for("Upload to ").await;
    submit(&mut play, &site).await;
    play.wait_for("Uploaded to ").await.wait_for("site/").await;
    let look = "cd /site; stat -c '%n %a %u %g' run secret deep deep/read; readlink link; md5sum <big";
    let there = live.docker(&["exec", &target.name, "sh", "-c", look]);
    assert!(
        there.starts_with("run 4755 0 0\nsecret 600 0 0\ndeep 2750 0 0\ndeep/read 444 0 0\ndeep/read\n"),
        "{there}"
    );
    live.docker(&["kill", &target.name]);
    play.keys("<Esc>/site<Enter>").wait_for("1 of ").await.keys("d").wait_for("Download ").await;
    let back = folder.0.join("back");
    submit(&mut play, &back).await;
    play.wait_for("Downloaded ").await;
    for name in ["run", "secret", "deep", "deep/read", "big"] {
        let (one, two) = (fs::metadata(site.join(name)).unwrap(), fs::metadata(back.join(name)).unwrap());
        // Nobody else's program is to run as this user.
        assert_eq!(two.mode() & 0o7777, one.mode() & 0o777, "{name}");
        assert!(!one.is_file() || fs::read(site.join(name)).unwrap() == fs::read(back.join(name)).unwrap(), "{name}");
    }
    assert_eq!(fs::read_link(back.join("link")).unwrap(), Path::new("deep/read"));
    // All of it, also of one that is stopped.
    play.keys("<Esc>qT").wait_for("Export ").await;
    let all = folder.0.join("all.tar");
    submit(&mut play, &all).await;
    play.wait_for("Exported ").await;
    let mut archive = tar::Archive::new(fs::File::open(&all).unwrap());
    let names: Vec<String> = archive
        .entries()
        .unwrap()
        .map(|entry| entry.unwrap().path().unwrap().to_string_lossy().trim_start_matches("./").to_owned())
        .collect();
    assert!(names.iter().any(|name| name == "site/deep/read") && names.iter().any(|name| name == "bin/sh"));
    play.quit().await;
}

/// Sent to a volume that no container has, edited there and fetched again, each time through a helper that is never started.
async fn a_folder_of_a_volume(live: Live) {
    let folder = Folder::new(&live);
    let site = made(&folder);
    let volume = live.name("volume");
    live.docker(&["volume", "create", "--label", &live.label(), &volume]);
    let mut play = editing(Stage::new(140, 40), &folder).socket(live.socket()).open();
    play.wait_for("Containers ").await.keys("3").wait_for(&volume).await;
    play.keys("/").keys(&volume).keys("<Enter>").wait_for("▸").await.keys("fz").wait_for(" entr").await;
    play.keys("u").wait_for("Upload to ").await;
    submit(&mut play, &site).await;
    play.wait_for("Uploaded to ").await.wait_for("site/").await;
    let mount = format!("{volume}:/v");
    let look = "cd /v/site; stat -c '%n %a' run secret deep deep/read; readlink link; head -n 1 run";
    let there = || live.docker(&["run", "--rm", "--network=none", "-v", &mount, IMAGE, "sh", "-c", look]);
    let modes = "run 4755\nsecret 600\ndeep 2750\ndeep/read 444\ndeep/read\n";
    assert_eq!(there(), format!("{modes}#!/bin/sh\n"));
    play.keys("<Esc>").keys("<Enter>").wait_for("run*").await.keys("/run<Enter>").wait_for("1 of 5").await;
    play.keys("e").wait_for("Put back ").await;
    assert_eq!(there(), format!("{modes}new\n"));
    play.keys("<Backspace>").wait_for("1 entry").await.keys("d").wait_for("Download ").await;
    let back = folder.0.join("back");
    submit(&mut play, &back).await;
    play.wait_for("Downloaded ").await.quit().await;
    assert_eq!(fs::read_to_string(back.join("run")).unwrap(), "new\n");
    assert_eq!(fs::read(back.join("big")).unwrap(), fs::read(site.join("big")).unwrap());
    let helpers = ["ps", "-aq", "--filter", &format!("label=dockerui.volume-of={volume}")];
    assert!((0..100).any(|_| live.docker(&helpers).is_empty()), "a helper stays");
}

/// An image of two files, never started: no `ls`, no shell, no process.
async fn without_anything_in_the_image(live: Live) {
    let folder = Folder::new(&live);
    let tag = format!("{}:1", live.name("bare"));
    live.build(
        &tag,
        &format!(
            "FROM {IMAGE} AS all\nRUN mkdir /only && echo one >/only/one\nFROM scratch\nCOPY --from=all /only /only\n"
        ),
    );
    let spec =
        dockerui_tui::domain::ContainerSpec { image: tag.clone(), start: false, ..live.spec("bare", &["/none"]) };
    let target = live.create(spec).await;
    let mut play = files_of(&live, Stage::new(140, 40), &target).await;
    play.keys("/only<Enter>").wait_for("1 of ").await;
    play.keys("<Enter>").wait_for("one").await.keys("d").wait_for("Download ").await;
    submit(&mut play, &folder.0.join("one")).await;
    play.wait_for("Downloaded ").await;
    assert_eq!(fs::read_to_string(folder.0.join("one")).unwrap(), "one\n");
    live.docker(&["rm", "-f", &target.name]);
    play.quit().await;
}

const EDITED: &str =
    "mkdir /edited; cd /edited; echo old >file; chown 12:34 file; chmod 2640 file; echo ready; sleep 1000";

/// A stage whose editor writes “new”.
fn editing(mut stage: Stage, folder: &Folder) -> Stage {
    let editor = folder.0.join("edit");
    fs::write(&editor, "#!/bin/sh\necho new >\"$1\"\n").expect("an editor");
    fs::set_permissions(&editor, fs::Permissions::from_mode(0o755)).expect("its mode");
    stage.variables.insert("EDITOR".into(), editor.display().to_string());
    stage
}

/// The program, and the file put back; `end` is waited for.
async fn edit(live: &Live, target: &Target, folder: &Folder, end: &str) {
    let mut play = files_of(live, editing(Stage::new(160, 40), folder), target).await;
    play.keys("/edited<Enter>").wait_for("1 of ").await;
    play.keys("<Enter>").wait_for("file").await.keys("e").wait_for("Put back ").await;
    play.keys("M").wait_for(end).await;
    play.quit().await;
}

/// Permissions and owner stay as they were, where the engine tells the owner.
async fn edited_in_a_stopped_container(live: Live) {
    let folder = Folder::new(&live);
    let target = live.script("edited", EDITED).await;
    live.logs_until(&target.id, "ready").await;
    live.docker(&["kill", &target.name]);
    edit(&live, &target, &folder, if live.is_podman() { "it belongs to root now" } else { "Put back " }).await;
    // The client keeps no owner when it unpacks, but the archive tells it.
    let copy = live.docker(&["cp", &format!("{}:/edited/file", target.name), "-"]);
    let mut archive = tar::Archive::new(copy.as_bytes());
    let mut file = archive.entries().unwrap().next().unwrap().unwrap();
    let header = file.header();
    let known = (header.mode().unwrap() & 0o7777, header.uid().unwrap(), header.gid().unwrap());
    // Podman tells of every file that it belongs to the user of the container.
    assert_eq!(known, if live.is_podman() { (0o2640, 0, 0) } else { (0o2640, 12, 34) });
    let mut text = String::new();
    file.read_to_string(&mut text).unwrap();
    assert_eq!(text, "new\n");
}

/// What runs can be asked for the owner.
async fn edited_in_a_running_container(live: Live) {
    let folder = Folder::new(&live);
    let target = live.script("edited-up", EDITED).await;
    live.logs_until(&target.id, "ready").await;
    edit(&live, &target, &folder, "Put back ").await;
    let look = ["exec", &target.name, "sh", "-c", "stat -c '%a %u %g' /edited/file; cat /edited/file"];
    assert_eq!(live.docker(&look), "2640 12 34\nnew\n");
}

/// A file, a folder and a whole container are written whole or not at all.
async fn a_full_disk(live: Live) {
    let Some(disk) = Disk::of(512, &live.name("disk")) else { return };
    let target =
        live.script("full", "mkdir /full; dd if=/dev/zero of=/full/zeros bs=1M count=4; echo ready; sleep 1000").await;
    live.logs_until(&target.id, "ready").await;
    let mut play = files_of(&live, Stage::new(140, 40), &target).await;
    for (keys, form) in [("/full<Enter>", "1 of "), ("d", "Download "), ("qT", "Export ")] {
        play.keys(keys).wait_for(form).await;
        if form == "1 of " {
            continue;
        }
        submit(&mut play, &disk.0.join("there")).await;
        play.wait_for("The disk is full").await.keys("<Esc>").gone("The disk is full").await;
        assert_eq!(fs::read_dir(&disk.0).expect("the disk").count(), 0, "{form}");
    }
    play.quit().await;
}
