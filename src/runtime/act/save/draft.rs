//! A file being written under another name: it gets its own when it is whole, and is gone when it is given up.

use crate::app::logs::escape::plain;
use crate::config::edit::private_file;
use crate::domain::{Failure, FailureKind, LONGEST_LINE, LogChunk, LogForm, LogStream};
use std::fs::{File, Permissions};
use std::io::{self, BufWriter, ErrorKind, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};

/// Bytes written to the file at once.
const BUFFER: usize = 256 * 1024;

/// Drafts of one process for the same file at a time.
const SIDE_BY_SIDE: u32 = 100;

#[derive(Debug)]
pub struct Draft {
    file: BufWriter<File>,
    temporary: Temporary,
    /// Where it belongs.
    place: PathBuf,
    /// The same as the user typed it, for the sentences.
    path: String,
    overwrite: bool,
    /// Who may read the file that it replaces.
    permissions: Option<Permissions>,
    lines: usize,
    bytes: u64,
    /// What was written last is so long that the next line of the same stream and time goes on with it.
    open: Option<(LogStream, i64)>,
}

/// The file under its other name, removed in the end; by then it has its own, or nobody wants it.
#[derive(Debug)]
struct Temporary(PathBuf);

impl Drop for Temporary {
    fn drop(&mut self) {
        // It is not there any more where it was given its name by renaming.
        let _ = std::fs::remove_file(&self.0);
    }
}

impl Draft {
    /// Begins a file in the folder where it belongs, readable by its owner alone; one that replaces another will be
    /// readable by who could read that.
    ///
    /// # Errors
    /// `Conflict` where there is one already that must not be replaced.
    pub fn begin(place: &Path, path: &str, overwrite: bool) -> Result<Self, Failure> {
        let place = destination(place, path, overwrite)?;
        let permissions = std::fs::metadata(&place).ok().map(|known| known.permissions());
        let folder = place.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        if !folder.is_dir() {
            return Err(Failure::new(FailureKind::LocalFile, format!("There is no folder {}.", folder.display()))
                .with_hint("Make it first, or choose another one."));
        }
        let name = place.file_name().unwrap_or_default().to_string_lossy();
        let (temporary, file) = temporary_file(folder, &name).map_err(|error| unwritten(path, &error))?;
        Ok(Self {
            file: BufWriter::with_capacity(BUFFER, file),
            temporary,
            place,
            path: path.to_owned(),
            overwrite,
            permissions,
            lines: 0,
            bytes: 0,
            open: None,
        })
    }

    pub fn lines(&self) -> usize {
        self.lines
    }

    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Adds bytes as they are.
    ///
    /// # Errors
    /// Where the disk takes no more.
    pub fn add(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        self.file.write_all(bytes).map_err(|error| unwritten(&self.path, &error))?;
        self.bytes += bytes.len() as u64;
        Ok(())
    }

    /// Gives the file these permissions for owner, group and others.
    ///
    /// # Errors
    /// Where the disk does not take them.
    pub fn permit(&self, mode: u32) -> Result<(), Failure> {
        permit(self.file.get_ref(), mode & 0o777).map_err(|error| unwritten(&self.path, &error))
    }

    /// Adds these lines of a chunk; the pieces of a very long line as one.
    ///
    /// # Errors
    /// Where the disk takes no more.
    pub fn write(&mut self, chunk: &LogChunk, lines: Range<usize>, form: LogForm) -> Result<(), Failure> {
        for index in lines {
            let Some(line) = chunk.lines.get(index) else { break };
            let text = chunk.text(index);
            let goes_on = self.open.take();
            let is_same = goes_on == Some((line.stream, line.time));
            let stamp = if form.times && !is_same { stamp(line.time) } else { String::new() };
            let before: &[u8] = if goes_on.is_some() && !is_same { b"\n" } else { b"" };
            self.open = (text.len() >= LONGEST_LINE).then_some((line.stream, line.time));
            let end: &[u8] = if self.open.is_some() { b"" } else { b"\n" };
            let shown = if form.raw { None } else { Some(plain(text)) };
            let text = shown.as_deref().map_or(text, str::as_bytes);
            let parts = [before, stamp.as_bytes(), text, end];
            parts
                .iter()
                .try_for_each(|part| self.file.write_all(part))
                .map_err(|error| unwritten(&self.path, &error))?;
            self.lines += usize::from(!is_same);
            self.bytes += parts.iter().map(|part| part.len() as u64).sum::<u64>();
        }
        Ok(())
    }

    /// Adds lines that are safe already.
    ///
    /// # Errors
    /// Where the disk takes no more.
    pub fn write_lines(&mut self, lines: &[Box<str>]) -> Result<(), Failure> {
        for line in lines {
            let written = [line.as_bytes(), b"\n"].into_iter().try_for_each(|part| self.file.write_all(part));
            written.map_err(|error| unwritten(&self.path, &error))?;
            self.lines += 1;
            self.bytes += line.len() as u64 + 1;
        }
        Ok(())
    }

    /// Gives the file its name.
    ///
    /// # Errors
    /// Where the disk takes no more, or another file of that name came meanwhile.
    pub fn finish(mut self) -> Result<(), Failure> {
        let permitted = |file: &File| self.permissions.clone().map_or(Ok(()), |old| file.set_permissions(old));
        let end: &[u8] = if self.open.is_some() { b"\n" } else { b"" };
        let flushed = self.file.write_all(end).and_then(|()| self.file.flush());
        let written =
            flushed.and_then(|()| permitted(self.file.get_ref())).and_then(|()| self.file.get_ref().sync_all());
        written.and_then(|()| self.name()).map_err(|error| match error.kind() {
            ErrorKind::AlreadyExists => exists(&self.path),
            _ => unwritten(&self.path, &error),
        })
    }

    fn name(&self) -> io::Result<()> {
        if self.overwrite {
            return std::fs::rename(&self.temporary.0, &self.place);
        }
        // Unlike renaming this never replaces a file.
        match std::fs::hard_link(&self.temporary.0, &self.place) {
            Err(error) if error.kind() != ErrorKind::AlreadyExists => {
                // Not every file system has such links.
                match std::fs::symlink_metadata(&self.place) {
                    Ok(_) => Err(ErrorKind::AlreadyExists.into()),
                    Err(_) => std::fs::rename(&self.temporary.0, &self.place),
                }
            }
            named => named,
        }
    }
}

/// A new file beside the one that it will be.
fn temporary_file(folder: &Path, name: &str) -> io::Result<(Temporary, File)> {
    let mut number = 0;
    loop {
        let path = folder.join(format!(".{name}.{}-{number}.part", std::process::id()));
        match private_file(&path) {
            Ok(file) => return Ok((Temporary(path), file)),
            Err(error) if error.kind() == ErrorKind::AlreadyExists && number < SIDE_BY_SIDE => number += 1,
            Err(error) => return Err(error),
        }
    }
}

#[cfg(unix)]
fn permit(file: &File, mode: u32) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(std::fs::Permissions::from_mode(mode))
}

#[cfg(not(unix))]
fn permit(_: &File, _: u32) -> io::Result<()> {
    Ok(())
}

/// Where the file goes: a link stays one.
fn destination(place: &Path, path: &str, overwrite: bool) -> Result<PathBuf, Failure> {
    let Ok(known) = std::fs::symlink_metadata(place) else {
        return match place.file_name() {
            Some(_) => Ok(place.to_owned()),
            None => Err(Failure::new(FailureKind::LocalFile, format!("{path} is not the name of a file."))),
        };
    };
    let place = if known.is_symlink() { std::fs::canonicalize(place) } else { Ok(place.to_owned()) };
    let place = place.map_err(|error| unwritten(path, &error))?;
    let known = std::fs::metadata(&place).map_err(|error| unwritten(path, &error))?;
    if known.is_dir() {
        return Err(Failure::new(FailureKind::LocalFile, format!("{path} is a folder."))
            .with_hint("Add the name of a file to it."));
    }
    if !known.is_file() {
        return Err(Failure::new(FailureKind::LocalFile, format!("{path} is no regular file.")));
    }
    if !overwrite {
        return Err(exists(path));
    }
    if known.permissions().readonly() {
        return Err(unwritten(path, &io::Error::new(ErrorKind::PermissionDenied, "it is read-only")));
    }
    Ok(place)
}

fn exists(path: &str) -> Failure {
    Failure::new(FailureKind::Conflict, format!("{path} is there already.")).with_hint("Nothing was written.")
}

/// Why something was not written, in plain words.
pub fn unwritten(path: &str, error: &io::Error) -> Failure {
    let (sentence, hint) = match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            (format!("The disk is full: {path} was not written."), "Make room, or choose another disk.")
        }
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
            (format!("{path} cannot be written: {error}."), "Choose another folder.")
        }
        _ => (format!("{path} cannot be written: {error}."), "Nothing is left of it."),
    };
    Failure::new(FailureKind::LocalFile, sentence).with_hint(hint)
}

/// `2026-11-20T14:51:07.123456789Z `; nothing where the engine told no time.
fn stamp(time: i64) -> String {
    match jiff::Timestamp::from_nanosecond(i128::from(time)) {
        Ok(stamp) if time != 0 => format!("{stamp:.9} "),
        _ => String::new(),
    }
}

#[cfg(all(test, target_os = "linux"))]
impl Draft {
    /// From now on every write says that the disk is full.
    pub fn fill_the_disk(&mut self) -> io::Result<()> {
        self.file = BufWriter::new(File::options().write(true).open("/dev/full")?);
        Ok(())
    }
}
