//! Writes what is in an archive below one folder of this machine, and nowhere else, whatever the archive says.

use crate::domain::{Failure, FailureKind, archived_parts};
use crate::engine::{EMPTY_ARCHIVE, TarReader};
use crate::runtime::act::save::draft::{Draft, unwritten};
use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};
use tar::{Archive, Entry, EntryType};
use tokio::time::Instant;

/// Bytes copied at once.
const PIECE: usize = 64 * 1024;
/// Folders of one process beside the same place.
const SIDE_BY_SIDE: u32 = 100;

/// What has been written so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Unpacked {
    pub files: u64,
    pub bytes: u64,
    /// Pipes, devices, and names that lead elsewhere.
    pub left_out: u64,
}

/// Why it stopped.
#[derive(Debug)]
pub enum Halt {
    /// The archive cannot be read on.
    Read(io::Error),
    /// This cannot be written.
    Write(PathBuf, io::Error),
}

/// A folder under another name beside the place where it belongs; it gets its own when all is in it, and is gone when it is given up.
#[derive(Debug)]
pub struct Workshop {
    folder: PathBuf,
    place: PathBuf,
    /// The place as the user typed it.
    typed: String,
}

impl Drop for Workshop {
    fn drop(&mut self) {
        // It is not there any more where it got its name.
        make_removable(&self.folder);
        let _ = fs::remove_dir_all(&self.folder);
    }
}

impl Workshop {
    /// Begins a folder.
    ///
    /// # Errors
    /// Where something of that name is there already: folders are never merged.
    pub fn begin(place: &Path, typed: &str) -> Result<Self, Failure> {
        if fs::symlink_metadata(place).is_ok() {
            return Err(Failure::new(FailureKind::LocalFile, format!("{typed} is there already."))
                .with_hint("Nothing was written: name a folder that is not there."));
        }
        let parent = place.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        if !parent.is_dir() {
            return Err(Failure::new(FailureKind::LocalFile, format!("There is no folder {}.", super::shown(parent)))
                .with_hint("Make it first, or choose another one."));
        }
        let name = place.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let mut error = io::Error::from(ErrorKind::AlreadyExists);
        for number in 0..SIDE_BY_SIDE {
            let folder = parent.join(format!(".{name}.{}-{number}", std::process::id()));
            match make_private(&folder) {
                Ok(()) => return Ok(Self { folder, place: place.to_owned(), typed: typed.to_owned() }),
                Err(failed) if failed.kind() == ErrorKind::AlreadyExists => {}
                Err(failed) => {
                    error = failed;
                    break;
                }
            }
        }
        Err(unwritten(typed, &error))
    }

    /// Gives the folder its name.
    ///
    /// # Errors
    /// Where something of that name came meanwhile.
    pub fn finish(self) -> Result<(), Failure> {
        let named = match fs::symlink_metadata(&self.place) {
            Ok(_) => Err(ErrorKind::AlreadyExists.into()),
            Err(_) => fs::rename(&self.folder, &self.place),
        };
        named.map_err(|error| unwritten(&self.typed, &error))
    }
}

/// Writes the only file of an archive, with its permissions.
pub fn file(
    reader: TarReader,
    mut draft: Draft,
    pause: Duration,
    told: impl FnMut(&Unpacked),
) -> Result<Draft, Failure> {
    let mut archive = Archive::new(reader);
    let written = only_file(&mut archive, &mut draft, pause, told);
    match written {
        Ok(()) => Ok(draft),
        Err(Refused::Read(error)) => Err(archive.into_inner().failure(&error)),
        Err(Refused::Draft(failure)) => Err(failure),
    }
}

enum Refused {
    Read(io::Error),
    Draft(Failure),
}

fn only_file(
    archive: &mut Archive<TarReader>,
    draft: &mut Draft,
    pause: Duration,
    mut told: impl FnMut(&Unpacked),
) -> Result<(), Refused> {
    let mut entries = archive.entries().map_err(Refused::Read)?;
    let entry = entries.next().unwrap_or_else(|| Err(io::Error::other(EMPTY_ARCHIVE)));
    let mut entry = entry.map_err(Refused::Read)?;
    let mode = entry.header().mode().unwrap_or(0o600);
    let mut piece = vec![0; PIECE];
    let mut last = Instant::now();
    let size = entry.size();
    loop {
        let count = entry.read(&mut piece).map_err(Refused::Read)?;
        if count == 0 {
            break;
        }
        draft.add(piece.get(..count).unwrap_or_default()).map_err(Refused::Draft)?;
        if last.elapsed() >= pause {
            last = Instant::now();
            told(&Unpacked { files: 1, bytes: draft.bytes(), left_out: 0 });
        }
    }
    if draft.bytes() < size {
        return Err(Refused::Read(ErrorKind::UnexpectedEof.into()));
    }
    draft.permit(mode).map_err(Refused::Draft)
}

/// Writes all that is in an archive into the folder; `mode` is its own where the archive does not tell it.
pub fn folder(
    reader: TarReader,
    workshop: Workshop,
    mode: u32,
    pause: Duration,
    told: impl FnMut(&Unpacked),
) -> Result<(Workshop, Unpacked), Failure> {
    let mut archive = Archive::new(reader);
    match tree(&mut archive, &workshop.folder, mode, pause, told) {
        Ok(unpacked) => Ok((workshop, unpacked)),
        Err(Halt::Read(error)) => Err(archive.into_inner().failure(&error)),
        Err(Halt::Write(path, error)) => {
            let below = path.strip_prefix(&workshop.folder).unwrap_or(Path::new(""));
            Err(unwritten(&super::shown(&Path::new(&workshop.typed).join(below)), &error))
        }
    }
}

/// The same for any archive. What leads out of the folder has no place in it: names that climb or are absolute, and names below a
/// link that the archive itself made. Links are made as they are, and never followed.
pub fn tree(
    archive: &mut Archive<impl Read>,
    into: &Path,
    mode: u32,
    pause: Duration,
    mut told: impl FnMut(&Unpacked),
) -> Result<Unpacked, Halt> {
    let mut unpacked = Unpacked::default();
    // Permissions of folders come last: one that may not be written would take no more files.
    let mut folders = vec![(into.to_owned(), mode)];
    let mut last = Instant::now();
    for entry in archive.entries().map_err(Halt::Read)? {
        let mut entry = entry.map_err(Halt::Read)?;
        match place_of(into, &entry.path_bytes()) {
            Some(place) if place == into => {
                if let (EntryType::Directory, Ok(mode), Some(own)) =
                    (entry.header().entry_type(), entry.header().mode(), folders.first_mut())
                {
                    own.1 = mode;
                }
            }
            Some(place) => put(&mut entry, into, place, &mut folders, &mut unpacked)?,
            None => unpacked.left_out += 1,
        }
        if last.elapsed() >= pause {
            last = Instant::now();
            told(&unpacked);
        }
    }
    for (folder, mode) in folders.into_iter().rev() {
        set_mode(&folder, mode).map_err(|error| Halt::Write(folder, error))?;
    }
    Ok(unpacked)
}

fn put(
    entry: &mut Entry<'_, impl Read>,
    into: &Path,
    place: PathBuf,
    folders: &mut Vec<(PathBuf, u32)>,
    unpacked: &mut Unpacked,
) -> Result<(), Halt> {
    let failed = |place: &Path| {
        let place = place.to_owned();
        move |error| Halt::Write(place, error)
    };
    let mode = entry.header().mode().unwrap_or(0o600);
    match entry.header().entry_type() {
        EntryType::Directory => {
            if !place.is_dir() || place.is_symlink() {
                replace(&place).map_err(failed(&place))?;
                fs::create_dir_all(&place).map_err(failed(&place))?;
            }
            folders.push((place, mode));
        }
        EntryType::Regular | EntryType::Continuous | EntryType::GNUSparse => {
            begin(&place).map_err(failed(&place))?;
            let mut file = OpenOptions::new().write(true).create_new(true).open(&place).map_err(failed(&place))?;
            unpacked.bytes += copy(entry, &mut file, &place)?;
            unpacked.files += 1;
            let modified = entry.header().mtime().ok().map(|time| SystemTime::UNIX_EPOCH + Duration::from_secs(time));
            // A time that this file system does not take is no loss.
            let _ = modified.map(|modified| file.set_modified(modified));
            set_mode(&place, mode).map_err(failed(&place))?;
        }
        EntryType::Symlink => {
            let Some(target) = entry.link_name_bytes().and_then(|target| os_name(&target)) else {
                unpacked.left_out += 1;
                return Ok(());
            };
            begin(&place).map_err(failed(&place))?;
            link(&target, &place).map_err(failed(&place))?;
            unpacked.files += 1;
        }
        EntryType::Link => {
            // A second name of a file that came before, which has to be one of these.
            let first = entry.link_name_bytes().and_then(|name| place_of(into, &name));
            let is_ours = |first: &PathBuf| fs::symlink_metadata(first).is_ok_and(|known| known.is_file());
            match first.filter(is_ours) {
                Some(first) => {
                    begin(&place).map_err(failed(&place))?;
                    fs::hard_link(first, &place).map_err(failed(&place))?;
                    unpacked.files += 1;
                }
                None => unpacked.left_out += 1,
            }
        }
        _ => unpacked.left_out += 1,
    }
    Ok(())
}

/// Where a name of the archive belongs; `None` where that is not below the folder, or a link lies on the way.
fn place_of(into: &Path, name: &[u8]) -> Option<PathBuf> {
    let parts = archived_parts(name)?;
    let mut place = into.to_owned();
    for (index, part) in parts.iter().enumerate() {
        if index > 0 && fs::symlink_metadata(&place).is_ok_and(|known| !known.is_dir()) {
            return None;
        }
        place.push(os_name(part)?);
    }
    Some(place)
}

/// Makes room for something: the folder it is in is there, and nothing has its name.
fn begin(place: &Path) -> io::Result<()> {
    if let Some(folder) = place.parent() {
        fs::create_dir_all(folder)?;
    }
    replace(place)
}

/// An archive may have a name twice: the last one counts. A folder stays.
fn replace(place: &Path) -> io::Result<()> {
    match fs::symlink_metadata(place) {
        Ok(known) if !known.is_dir() => fs::remove_file(place),
        Ok(_) | Err(_) => Ok(()),
    }
}

fn copy(entry: &mut Entry<'_, impl Read>, file: &mut File, place: &Path) -> Result<u64, Halt> {
    let mut piece = vec![0; PIECE];
    let mut copied = 0;
    loop {
        let count = entry.read(&mut piece).map_err(Halt::Read)?;
        if count == 0 {
            break;
        }
        file.write_all(piece.get(..count).unwrap_or_default()).map_err(|error| Halt::Write(place.to_owned(), error))?;
        copied += count as u64;
    }
    if copied < entry.size() { Err(Halt::Read(ErrorKind::UnexpectedEof.into())) } else { Ok(copied) }
}

/// So that what was given up can be removed whatever its permissions are.
fn make_removable(folder: &Path) {
    let Ok(entries) = set_mode(folder, 0o700).and_then(|()| fs::read_dir(folder)) else { return };
    for entry in entries.flatten() {
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            make_removable(&entry.path());
        }
    }
}

#[cfg(unix)]
fn os_name(bytes: &[u8]) -> Option<OsString> {
    use std::os::unix::ffi::OsStringExt;
    Some(OsString::from_vec(bytes.to_vec()))
}

#[cfg(not(unix))]
fn os_name(bytes: &[u8]) -> Option<OsString> {
    // Letters that mean more here than there.
    let text = std::str::from_utf8(bytes).ok().filter(|text| !text.contains(['\\', ':']))?;
    Some(text.into())
}

/// The permissions of owner, group and others; no bit that would lend the owner's rights.
#[cfg(unix)]
fn set_mode(path: &Path, mode: u32) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(mode & 0o777))
}

#[cfg(not(unix))]
fn set_mode(_: &Path, _: u32) -> io::Result<()> {
    Ok(())
}

#[cfg(unix)]
fn link(target: &OsString, place: &Path) -> io::Result<()> {
    std::os::unix::fs::symlink(target, place)
}

#[cfg(not(unix))]
fn link(_: &OsString, _: &Path) -> io::Result<()> {
    Err(ErrorKind::Unsupported.into())
}

#[cfg(unix)]
fn make_private(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    fs::DirBuilder::new().mode(0o700).create(folder)
}

#[cfg(not(unix))]
fn make_private(folder: &Path) -> io::Result<()> {
    fs::create_dir(folder)
}
