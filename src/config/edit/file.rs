//! Replacing a file of the user at once.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Links followed from one to the next at most.
const LINKS: usize = 16;

/// Replaces a file at once, readable by its owner only; a reader sees the old or the new one, never a half.
///
/// # Errors
/// Where it, or its folder, cannot be written. A file that nobody may write is left alone, though it could be replaced.
pub fn write_file(path: &Path, text: &str) -> io::Result<()> {
    let target = target(path);
    if std::fs::metadata(&target).is_ok_and(|known| known.permissions().readonly()) {
        return Err(io::Error::new(io::ErrorKind::PermissionDenied, "it is read-only"));
    }
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    let temporary = folder.join(format!(".{name}.{}.new", std::process::id()));
    let written = write_new(&temporary, text).and_then(|()| std::fs::rename(&temporary, &target));
    if written.is_err() {
        // The first failure is the one to tell.
        let _ = std::fs::remove_file(&temporary);
    }
    written
}

/// Where a link leads, also to a file that is not there yet: many keep their settings in a repository elsewhere, and a
/// link stays a link.
fn target(path: &Path) -> PathBuf {
    let mut target = path.to_owned();
    for _ in 0..LINKS {
        let Ok(next) = std::fs::read_link(&target) else { break };
        target = target.parent().map_or(next.clone(), |folder| folder.join(next));
    }
    target
}

fn write_new(path: &Path, text: &str) -> io::Result<()> {
    let mut file = private_file(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

/// Makes a file that is not there yet, for its owner alone.
///
/// # Errors
/// When it is there, or cannot be made.
#[cfg(unix)]
pub fn private_file(path: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)
}

/// Makes a file that is not there yet.
///
/// # Errors
/// When it is there, or cannot be made.
#[cfg(not(unix))]
pub fn private_file(path: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).create_new(true).open(path)
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::fs::{PermissionsExt, symlink};

    #[test]
    fn a_written_file_is_private_and_a_link_stays() {
        let folder = std::env::temp_dir().join(format!("dockerui-edit-{}", std::process::id()));
        let (real, link) = (folder.join("deep/real.toml"), folder.join("link.toml"));
        std::fs::create_dir_all(&folder).unwrap();
        // The first time it leads to nothing yet.
        symlink("deep/real.toml", &link).unwrap();
        for text in ["a = 1\n", "a = 2\n"] {
            write_file(&link, text).unwrap();
            assert_eq!(std::fs::read_to_string(&real).unwrap(), text);
        }
        assert!(link.is_symlink());
        assert_eq!(std::fs::metadata(&real).unwrap().permissions().mode() & 0o777, 0o600);
        std::fs::set_permissions(&real, std::fs::Permissions::from_mode(0o444)).unwrap();
        assert_eq!(write_file(&link, "a = 3\n").unwrap_err().to_string(), "it is read-only");
        assert_eq!(std::fs::read_to_string(&real).unwrap(), "a = 2\n");
        assert_eq!(std::fs::read_dir(folder.join("deep")).unwrap().count(), 1);
        std::fs::remove_dir_all(folder).unwrap();
    }
}
