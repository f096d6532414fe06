//! Tests of the folder that is sent, on real folders.

use super::*;
use crate::config::Environment;
use crate::domain::BuildSpec;
use futures_util::StreamExt;
use pretty_assertions::assert_eq;
use std::fs;
use std::io::Read;

/// A folder of its own for a test, taken away at its end.
struct Scene(PathBuf);

impl Scene {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("dockerui-context-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        let scene = Self(folder);
        scene.file("Dockerfile", "FROM scratch\n");
        scene
    }

    fn file(&self, path: &str, text: &str) {
        let path = self.0.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn walk(&self, dockerfile: &str) -> Result<Context, Failure> {
        let folder = self.0.to_str().unwrap().to_owned();
        let spec = BuildSpec { folder, dockerfile: dockerfile.to_owned(), ..BuildSpec::default() };
        walk(self.0.clone(), &spec, &|| false)
    }

    fn paths(&self, dockerfile: &str) -> Vec<String> {
        let context = self.walk(dockerfile).unwrap();
        context.entries.iter().map(|entry| entry.path.to_str().unwrap().to_owned()).collect()
    }
}

impl Drop for Scene {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).unwrap();
    }
}

async fn packed(context: Context) -> std::io::Result<Vec<u8>> {
    let mut stream = stream(context);
    let mut archive = Vec::new();
    while let Some(piece) = stream.next().await {
        archive.extend_from_slice(&piece?);
    }
    Ok(archive)
}

#[test]
fn what_is_ignored_is_not_sent_but_for_what_the_builder_reads() {
    let scene = Scene::new("ignored");
    for path in ["src/a.rs", "src/b.md", "target/x/y", "target/keep/z", "docs/only.md", "empty/.gitkeep"] {
        scene.file(path, "x");
    }
    scene.file(".dockerignore", "target\n!target/keep\n**/*.md\nDockerfile\n.dockerignore\nempty/*\n");
    assert_eq!(
        scene.paths(""),
        [".dockerignore", "Dockerfile", "docs", "empty", "src", "src/a.rs", "target", "target/keep", "target/keep/z"]
    );
    assert_eq!(scene.walk("").unwrap().notes.len(), 1);
    let folder = scene.0.to_str().unwrap().to_owned();
    let spec = BuildSpec { folder, builder: crate::domain::Builder::BuildKit, ..BuildSpec::default() };
    let context = walk(scene.0.clone(), &spec, &|| false).unwrap();
    assert_eq!(context.entries[0].path, Path::new("Dockerfile"), "nobody reads the ignore file then");
    assert!(context.notes.iter().any(|note| note.starts_with("BuildKit needs")), "{:?}", context.notes);
    assert!(look(&spec.folder, "", &Environment::default()).hides_dockerfile);
    scene.file("docker/web", "FROM scratch\n");
    scene.file("docker/web.dockerignore", "*\n!src\n");
    assert_eq!(
        scene.paths("docker/web"),
        [".dockerignore", "docker", "docker/web", "src", "src/a.rs", "src/b.md"],
        "the ignore file beside the Dockerfile is the one that counts"
    );
}

/// As the docker client sends it, so that neither file gets into the image.
#[tokio::test]
async fn a_dockerfile_from_elsewhere_is_sent_beside_the_folder() {
    let (scene, other) = (Scene::new("inner"), Scene::new("other"));
    other.file("web", "FROM scratch\nRUN --mount=type=secret,id=x true\n");
    let path = other.0.join("web").to_str().unwrap().to_owned();
    let sent = async |builder| {
        let folder = scene.0.to_str().unwrap().to_owned();
        let spec = BuildSpec { folder, dockerfile: path.clone(), builder, ..BuildSpec::default() };
        let context = walk(scene.0.clone(), &spec, &|| false).unwrap();
        let notes = context.notes.join(" ");
        let mut archive = tar::Archive::new(std::io::Cursor::new(packed(context).await.unwrap()));
        let files: Vec<(String, String)> = archive
            .entries()
            .unwrap()
            .map(|entry| {
                let mut entry = entry.unwrap();
                let mut text = String::new();
                entry.read_to_string(&mut text).unwrap();
                (entry.path().unwrap().to_str().unwrap().to_owned(), text)
            })
            .collect();
        (files, notes)
    };
    let name = ".dockerfile.from-elsewhere".to_owned();
    let written = fs::read_to_string(&path).unwrap();
    let own = ("Dockerfile".to_owned(), "FROM scratch\n".to_owned());
    let ignore = |text: &str| (".dockerignore".to_owned(), text.to_owned());
    let made = (name.clone(), written);
    let (files, notes) = sent(crate::domain::Builder::Classic).await;
    assert_eq!(files, [ignore(".dockerignore\n.dockerfile.from-elsewhere\n"), made.clone(), own.clone()]);
    assert!(notes.contains("mounts secrets"), "{notes}");
    let (files, notes) = sent(crate::domain::Builder::BuildKit).await;
    assert_eq!(files, [made.clone(), own.clone()]);
    assert!(notes.contains("BuildKit needs"), "{notes}");
    scene.file(".dockerignore", "x");
    let (files, _) = sent(crate::domain::Builder::Classic).await;
    assert_eq!(files, [ignore("x\n.dockerfile.from-elsewhere\n"), made, own]);
}

#[test]
fn what_is_wrong_with_the_folder_is_told_before_anything_is_sent() {
    let scene = Scene::new("wrong");
    let told = |dockerfile: &str| scene.walk(dockerfile).unwrap_err().to_string();
    assert!(told("Nofile").contains("There is no Nofile in"), "{}", told("Nofile"));
    assert!(told("Nofile").ends_with("There is Dockerfile."));
    assert!(
        told("../no-such-file").contains("There is no ../no-such-file on this machine"),
        "{}",
        told("../no-such-file")
    );
    scene.file(".dockerignore", "a\n[b\n");
    assert!(told("").starts_with(".dockerignore: Line 2, “[b”: a bracket"), "{}", told(""));
    let spec = BuildSpec { folder: "x".into(), ..BuildSpec::default() };
    let missing = walk(scene.0.join("x"), &spec, &|| false).unwrap_err();
    assert!(missing.sentence.contains("cannot be read: no such file"), "{missing}");
    let file = walk(scene.0.join("Dockerfile"), &spec, &|| false).unwrap_err();
    assert_eq!(file.sentence, "x is no folder.");
    let over = walk(scene.0.clone(), &BuildSpec { dockerfile: String::new(), ..spec }, &|| true).unwrap_err();
    assert!(over.sentence.contains("Line 2") || over.sentence.contains("Nobody waits"));
}

#[tokio::test]
async fn the_archive_holds_everything_as_it_is() {
    let scene = Scene::new("archive");
    let long = format!("{}/{}", "d".repeat(120), "ünïcödé file\nwith a line end");
    scene.file(&long, "deep");
    scene.file("run.sh", "#!/bin/sh\n");
    scene.file("big", &"0123456789".repeat(40_000));
    #[cfg(unix)]
    {
        use std::os::unix::fs::{PermissionsExt, symlink};
        fs::set_permissions(scene.0.join("run.sh"), fs::Permissions::from_mode(0o4750)).unwrap();
        symlink("..", scene.0.join("loop")).unwrap();
        symlink("/nowhere/at/all", scene.0.join("dangling")).unwrap();
    }
    let context = scene.walk("").unwrap();
    assert_eq!(context.outward, if cfg!(unix) { vec!["loop"] } else { vec![] });
    let first = packed(scene.walk("").unwrap()).await.unwrap();
    assert!(first == packed(scene.walk("").unwrap()).await.unwrap(), "the same folder is the same archive");
    let mut archive = tar::Archive::new(first.as_slice());
    let mut found = Vec::new();
    for entry in archive.entries().unwrap() {
        let mut entry = entry.unwrap();
        let mut text = String::new();
        entry.read_to_string(&mut text).unwrap();
        let header = entry.header().clone();
        assert_eq!((header.uid().unwrap(), header.gid().unwrap()), (0, 0));
        let path = entry.path().unwrap().to_str().unwrap().trim_end_matches('/').to_owned();
        let target = entry.link_name().unwrap().map(|target| target.to_str().unwrap().to_owned());
        found.push((path, text.len(), header.mode().unwrap(), target));
    }
    let names: Vec<&str> = found.iter().map(|(path, ..)| path.as_str()).collect();
    let folder = "d".repeat(120);
    assert_eq!(names, ["Dockerfile", "big", "dangling", folder.as_str(), long.as_str(), "loop", "run.sh"]);
    assert_eq!(found[1].1, 400_000);
    assert_eq!((found[2].3.as_deref(), found[5].3.as_deref()), (Some("/nowhere/at/all"), Some("..")));
    assert_eq!(found[6].2, 0o4750);
}

#[tokio::test]
async fn a_file_that_changes_while_it_is_sent_is_named() {
    let scene = Scene::new("changes");
    scene.file("a", "0123456789");
    let context = scene.walk("").unwrap();
    scene.file("a", "012");
    let error = packed(context).await.unwrap_err();
    let failure = error.get_ref().and_then(|inner| inner.downcast_ref::<Failure>()).unwrap();
    assert_eq!(failure.sentence, "a became shorter while it was sent.");
    let context = scene.walk("").unwrap();
    fs::remove_file(scene.0.join("a")).unwrap();
    assert!(packed(context).await.unwrap_err().to_string().starts_with("a cannot be read any more: no such file"));
}

#[cfg(unix)]
#[test]
fn sockets_are_told_and_left_out() {
    let scene = Scene::new("sockets");
    let _socket = std::os::unix::net::UnixListener::bind(scene.0.join("s")).unwrap();
    let context = scene.walk("").unwrap();
    assert_eq!(context.notes, ["Not sent, being no file, folder or link: s."]);
}

#[test]
fn a_form_is_offered_what_is_there() {
    let scene = Scene::new("offers");
    scene.file("docker/Dockerfile.web", "FROM a AS build\nFROM b\n");
    scene.file("api.Dockerfile", "FROM a\n");
    scene.file("Dockerfile.dockerignore", "x\n");
    let root = scene.0.to_str().unwrap();
    let seen = look(&format!("{root}/"), "docker/Dockerfile.web", &Environment::default());
    assert_eq!(seen.dockerfiles, ["Dockerfile", "api.Dockerfile", "docker/Dockerfile.web"]);
    assert_eq!(seen.folders, [format!("{root}/docker/")]);
    assert!(seen.is_folder && seen.has_dockerfile);
    assert_eq!(seen.dockerfile.stages[0].name.as_deref(), Some("build"));
    let seen = look(&format!("{root}/doc"), "", &Environment::default());
    assert_eq!((seen.is_folder, seen.folders), (false, vec![format!("{root}/docker/")]));
}

/// Root reads everything: as root the test runs itself once more as somebody else.
#[cfg(unix)]
#[test]
fn what_cannot_be_read_is_named_before_anything_is_sent() {
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::process::CommandExt;
    const NAME: &str = "runtime::context::tests::what_cannot_be_read_is_named_before_anything_is_sent";
    if rustix::process::geteuid().is_root() {
        let program = std::env::current_exe().unwrap();
        let mut again = std::process::Command::new(program);
        let again = again.args([NAME, "--exact"]).env("TMPDIR", "/tmp").uid(65534).gid(65534).output();
        // Where nobody else may run it there is nothing to be seen.
        if let Ok(output) = again {
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
        }
        return;
    }
    let scene = Scene::new("unreadable");
    let lock = |path: &str, mode| fs::set_permissions(scene.0.join(path), fs::Permissions::from_mode(mode)).unwrap();
    scene.file("secret", "x");
    scene.file("locked/in", "x");
    scene.file("left/in", "x");
    scene.file(".dockerignore", "left\n!left/kept\n");
    for path in ["secret", "locked", "left"] {
        lock(path, 0);
    }
    let told = scene.walk("").unwrap_err();
    let expected = "2 things in the folder cannot be read: locked (permission denied), secret (permission denied).";
    assert_eq!(told.sentence, expected);
    scene.file(".dockerignore", "left\nlocked\nsecret\n");
    let sent = scene.paths("");
    lock("locked", 0o755);
    lock("left", 0o755);
    assert_eq!(sent, [".dockerignore", "Dockerfile"], "what is left out need not be readable");
}
