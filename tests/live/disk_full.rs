//! A disk that is full while an image is saved to it: nothing half-written stays.

use crate::support::engines::{IMAGE, Live, on_engines};
use crate::support::stage::Stage;
use std::path::PathBuf;
use std::process::Command;

on_engines!(nothing_half_written_stays);

/// A disk of its own, in memory, unmounted at the end.
pub struct Disk(pub PathBuf);

impl Disk {
    /// `None` where this user may not mount any.
    pub fn of(kilobytes: u32, name: &str) -> Option<Self> {
        let folder = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&folder).expect("a folder");
        let size = format!("size={kilobytes}k");
        let mount = Command::new("mount").args(["-t", "tmpfs", "-o", &size, "tmpfs"]).arg(&folder).status();
        let disk = Self(folder);
        mount.is_ok_and(|status| status.success()).then_some(disk)
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(&self.0).status();
        let _ = std::fs::remove_dir(&self.0);
    }
}

async fn nothing_half_written_stays(live: Live) {
    let Some(disk) = Disk::of(512, &live.name("disk")) else { return };
    let mut play = Stage::new(120, 40).socket(live.socket()).open();
    play.wait_for("Containers ").await.keys("2").wait_for("REPOSITORY").await.wait_for("busybox").await;
    play.keys("/").keys(IMAGE).keys("<Enter>").wait_for("▸").await;
    play.keys("S").wait_for("Save ").await.keys("<C-u>").keys(disk.0.join("image.tar").to_str().unwrap());
    play.keys("<Enter>").wait_for("The disk is full").await;
    assert_eq!(std::fs::read_dir(&disk.0).expect("the disk").count(), 0);
    play.quit().await;
}
