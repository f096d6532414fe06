//! A folder that nobody else may look into, gone when it is dropped: the forwarded socket lies in it.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::io;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

#[derive(Debug)]
pub struct Folder(PathBuf);

impl Folder {
    /// In the user's run-time folder, else in the one for temporary files.
    pub fn new() -> io::Result<Self> {
        let own = std::env::var_os("XDG_RUNTIME_DIR").map(PathBuf::from).filter(|folder| folder.is_dir());
        Self::below(&own.unwrap_or_else(std::env::temp_dir)).or_else(|_| Self::below(&std::env::temp_dir()))
    }

    /// Short: the name of a socket may have about a hundred bytes.
    fn below(parent: &Path) -> io::Result<Self> {
        let chance = RandomState::new().build_hasher().finish();
        let path = parent.join(format!("dockerui-{:x}-{:08x}", std::process::id(), chance & 0xffff_ffff));
        // Fails when somebody has made it before us.
        std::fs::DirBuilder::new().mode(0o700).create(&path)?;
        Ok(Self(path))
    }

    pub fn socket(&self) -> PathBuf {
        self.0.join("engine.sock")
    }

    /// Another one, for an engine that was found elsewhere.
    pub fn other_socket(&self) -> PathBuf {
        self.0.join("other.sock")
    }

    /// Where a process that was logged in by hand listens.
    pub fn control(&self) -> PathBuf {
        self.0.join("control")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn it_is_private_and_goes() {
        let folder = Folder::new().unwrap();
        let path = folder.0.clone();
        assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o700);
        std::fs::write(folder.socket(), "").unwrap();
        drop(folder);
        assert!(!path.exists());
    }
}
