//! Lists a folder by `find` in the container: the live view, and cheap however much lies below.

use super::super::Engine;
use crate::domain::{ContainerId, Failure, FileEntry, FileKind, FilePath, Folder, ListWay, LogStream, MOST_SHOWN};
use crate::engine::call::{Call, Wait};
use crate::engine::demultiplex::Demultiplexer;
use crate::engine::lenient::Word;
use serde::Deserialize;
use serde_json::json;

/// Output that is longer is given up.
const LONGEST: usize = 64 * 1024 * 1024;

/// Goes to the folder, whose bytes come as octal escapes, and prints what is in it: by GNU `find` alone, or (busybox) with `stat`
/// and `readlink`. A name ends with a byte that no name has. `E` at the end says that nothing broke off.
const SCRIPT: &str = r#"p=$(printf "$1"; printf x)
cd -- "${p%x}" || exit 92
if find . -maxdepth 0 -printf '' 2>/dev/null; then
  printf G
  find . -mindepth 1 -maxdepth 1 -printf '%y %m %s %U %G %T@ %f\0%l\0' 2>/dev/null
elif command -v find >/dev/null && command -v stat >/dev/null; then
  printf B
  find . -maxdepth 1 ! -name . -exec stat -c '%f %s %u %g %Y %n/' {} + 2>/dev/null
  printf '\0'
  find . -maxdepth 1 -type l -exec sh -c 'for f; do printf "%s\0" "$f"; readlink -n "$f"; printf "\0"; done' sh {} + 2>/dev/null
else
  exit 93
fi
printf E"#;

/// Prints the beginning of a file, whose path comes in the same way.
const HEAD: &str = r#"p=$(printf "$1"; printf x)
head -c "$2" "${p%x}" && printf E"#;

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct Created {
    id: Word,
}

impl Engine {
    /// `POST /containers/{id}/exec`, then its start. `None` where there is no shell, no `find`, or no such folder: the archive
    /// tells then.
    pub(super) async fn list_inside(&self, id: &ContainerId, folder: &FilePath) -> Result<Option<Folder>, Failure> {
        match self.output_of(id, SCRIPT, folder, 0).await {
            Ok(output) => Ok(parse(&output)),
            Err(failure) if failure.is_connection() => Err(failure),
            Err(_) => Ok(None),
        }
    }

    /// The beginning of a file as a process in the container reads it; `None` where it cannot.
    pub(super) async fn head_inside(&self, id: &ContainerId, path: &FilePath) -> Result<Option<Vec<u8>>, Failure> {
        match self.output_of(id, HEAD, path, MOST_SHOWN).await {
            Ok(mut output) => Ok((output.pop() == Some(b'E')).then_some(output)),
            Err(failure) if failure.is_connection() => Err(failure),
            Err(_) => Ok(None),
        }
    }

    async fn output_of(
        &self,
        id: &ContainerId,
        script: &str,
        path: &FilePath,
        most: usize,
    ) -> Result<Vec<u8>, Failure> {
        let path: String = path.as_bytes().iter().map(|byte| format!("\\{byte:03o}")).collect();
        let body = json!({
            "AttachStdout": true,
            "User": "0",
            "Cmd": ["sh", "-c", script, "sh", path, most.to_string()],
        });
        let call = Call::post(&["containers", id.as_str(), "exec"]).json(&body).wait(Wait::Answer);
        let created: Created = self.ask_json("“exec”", call).await?;
        let start = Call::post(&["exec", &created.id.0, "start"]).json(&json!({ "Detach": false, "Tty": false }));
        let (_, mut stream) = self.direct_body(start).await?;
        let mut demultiplexer = Demultiplexer::default();
        let mut output = Vec::new();
        while let Some(piece) = stream.piece().await {
            demultiplexer.push(&piece?, |stream, bytes| {
                if stream == LogStream::Stdout {
                    output.extend_from_slice(bytes);
                }
            })?;
            if output.len() > LONGEST {
                break;
            }
        }
        Ok(output)
    }
}

/// Reads what the script printed; `None` where it did not come to its end.
fn parse(output: &[u8]) -> Option<Folder> {
    let (style, rest) = output.split_first()?;
    let printed = rest.strip_suffix(b"E")?;
    let mut folder = Folder::new(ListWay::Inside);
    match style {
        b'G' => parse_gnu(printed, &mut folder)?,
        b'B' => parse_busybox(printed, &mut folder)?,
        _ => return None,
    }
    Some(folder)
}

/// `%y %m %s %U %G %T@ %f\0%l\0`
fn parse_gnu(printed: &[u8], folder: &mut Folder) -> Option<()> {
    let mut fields = printed.split(|byte| *byte == 0);
    while let (Some(head), Some(target)) = (fields.next(), fields.next()) {
        let mut words = head.splitn(7, |byte| *byte == b' ');
        let kind = match words.next()? {
            b"d" => Some(FileKind::Folder),
            b"f" => Some(FileKind::File),
            b"l" => Some(FileKind::Link),
            b"p" => Some(FileKind::Pipe),
            b"s" => Some(FileKind::Socket),
            b"b" => Some(FileKind::Block),
            b"c" => Some(FileKind::Character),
            _ => None,
        };
        let mode = u32::from_str_radix(std::str::from_utf8(words.next()?).ok()?, 8).ok()?;
        let size = number(words.next()?)?;
        let (user, group) = (number(words.next()?)?, number(words.next()?)?);
        let modified = words.next()?.split(|byte| *byte == b'.').next().and_then(number).unwrap_or(0);
        let name = words.next()?;
        let Some(kind) = kind else { continue };
        let target = (kind == FileKind::Link).then(|| target.into());
        let entry = FileEntry { name: name.into(), kind, size: Some(size), mode, user, group, modified, target };
        if !folder.keep(entry) {
            break;
        }
    }
    Some(())
}

/// `%f %s %u %g %Y ./name/\n` each, a zero byte, then `./name\0target\0` of each link.
fn parse_busybox(printed: &[u8], folder: &mut Folder) -> Option<()> {
    let mut fields = printed.split(|byte| *byte == 0);
    let mut listed = fields.next()?;
    // No name has a slash in it: what is between two of them is a name, whatever else it holds.
    while let [head, name, rest] = listed.splitn(3, |byte| *byte == b'/').collect::<Vec<_>>()[..] {
        listed = rest.strip_prefix(b"\n")?;
        let mut words = head.split(|byte| *byte == b' ');
        let mode = u32::from_str_radix(std::str::from_utf8(words.next()?).ok()?, 16).ok()?;
        let size = number(words.next()?)?;
        let (user, group) = (number(words.next()?)?, number(words.next()?)?);
        let modified = words.next().and_then(number).unwrap_or(0);
        let Some(kind) = FileKind::of_mode(mode) else { continue };
        let entry = FileEntry {
            name: name.into(),
            kind,
            size: Some(size),
            mode: mode & 0o7777,
            user,
            group,
            modified,
            target: None,
        };
        if !folder.keep(entry) {
            break;
        }
    }
    let mut links = std::collections::HashMap::new();
    while let (Some(name), Some(target)) = (fields.next(), fields.next()) {
        links.insert(name.strip_prefix(b"./").unwrap_or(name), target);
    }
    for entry in folder.entries.iter_mut().filter(|entry| entry.kind == FileKind::Link) {
        entry.target = links.get(&*entry.name).map(|target| (*target).into());
    }
    Some(())
}

fn number<T: std::str::FromStr>(digits: &[u8]) -> Option<T> {
    std::str::from_utf8(digits).ok()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_gnu_find_prints_is_read() {
        let printed = b"Gd 755 4096 0 0 1795230794.0079824400 etc\0\0l 777 7 0 0 1.5 bin lib\0usr/bin\0f 4755 3 7 8 0.0 a\nb\xff\0\0s 1777 0 0 0 -3.0 x\0\0E";
        let folder = parse(printed).unwrap();
        let rows: Vec<String> =
            folder.entries.iter().map(|entry| format!("{} {}", entry.mode_text(), entry.title())).collect();
        assert_eq!(rows, ["drwxr-xr-x etc", "lrwxrwxrwx bin lib → usr/bin", "-rwsr-xr-x a�b�", "srwxrwxrwt x"]);
        assert_eq!((folder.entries[0].modified, folder.entries[3].modified), (1_795_230_794, -3));
        assert_eq!(parse(&printed[..printed.len() - 1]), None);
    }

    #[test]
    fn what_busybox_prints_is_read() {
        let printed = b"B41ed 4096 0 0 1795230794 ./etc/\na1ff 3 0 0 5 ./lnk/\n81a4 2 0 0 5 ./a\n41ed 0 0 0 0 .x/\n\0./lnk\0../y z\n\0E";
        let folder = parse(printed).unwrap();
        let rows: Vec<String> =
            folder.entries.iter().map(|entry| format!("{} {}", entry.mode_text(), entry.title())).collect();
        assert_eq!(rows, ["drwxr-xr-x etc", "lrwxrwxrwx lnk → ../y z�", "-rw-r--r-- a�41ed 0 0 0 0 .x"]);
        assert_eq!(parse(b"B\0E").unwrap().entries, []);
        assert_eq!(parse(b"GE").unwrap().entries, []);
        assert_eq!(parse(b""), None);
    }

    proptest! {
        #[test]
        fn no_output_is_trouble(output in any::<Vec<u8>>(), style in prop::sample::select(vec![b'G', b'B'])) {
            let mut whole = vec![style];
            whole.extend(output);
            whole.push(b'E');
            let _ = parse(&whole);
        }
    }
}
