//! What is written, and what is said where it cannot be.

use super::*;
use crate::config::{Confirm, HostProfile, Source};
use pretty_assertions::assert_eq;

/// A folder of its own for one test, gone at its end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("dockerui-profiles-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn profiles(&self, file: &str) -> Profiles {
        Profiles { store: Store::File(self.0.join(file)), environment: Environment::default() }
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn save(name: &str) -> ProfileEdit {
    let profile = HostProfile {
        name: name.into(),
        url: "ssh://web".into(),
        color: None,
        read_only: false,
        confirm: Confirm::Button,
        tls: None,
    };
    ProfileEdit::Save { profile: Box::new(profile), replaces: None, is_default: true }
}

#[test]
fn the_first_host_makes_the_file_and_its_folder() {
    let folder = Folder::new("first");
    let saved = folder.profiles("deep/config.toml").perform(&save("web")).unwrap();
    assert_eq!((saved.hosts.len(), saved.default_host.as_deref()), (1, Some("web")));
    let known = saved.roster.iter().find(|known| known.name.as_str() == "web").unwrap();
    assert!(known.source == Source::Profile && known.is_default);
    let text = std::fs::read_to_string(folder.0.join("deep/config.toml")).unwrap();
    assert_eq!(text, "default_host = \"web\"\n[[hosts]]\nname = \"web\"\nurl = \"ssh://web\"\n");
}

#[test]
fn a_file_with_mistakes_is_left_alone_and_they_are_told_with_their_line() {
    let folder = Folder::new("mistakes");
    for (text, told) in [
        (
            "theme = \"dark\"\nthme = 1\nx = 2\n",
            "config.toml:2:1: There is no setting “thme”. Did you mean “theme”? There are 1 more.",
        ),
        ("[[hosts]]\nname = \n", "config.toml:2:"),
    ] {
        std::fs::write(folder.0.join("config.toml"), text).unwrap();
        let failure = folder.profiles("config.toml").perform(&save("web")).unwrap_err();
        assert!(failure.sentence.contains(told), "{failure}");
        assert_eq!(std::fs::read_to_string(folder.0.join("config.toml")).unwrap(), text);
    }
}

#[test]
fn a_file_that_cannot_be_written_is_told_with_a_remedy() {
    let folder = Folder::new("unwritable");
    std::fs::write(folder.0.join("plain"), "").unwrap();
    let failure = folder.profiles("plain/config.toml").perform(&save("web")).unwrap_err();
    assert!(failure.sentence.contains("plain/config.toml cannot be"), "{failure}");
    let path = folder.0.join("config.toml");
    std::fs::write(&path, "theme = \"dark\"\n").unwrap();
    let mut permissions = std::fs::metadata(&path).unwrap().permissions();
    permissions.set_readonly(true);
    std::fs::set_permissions(&path, permissions).unwrap();
    let failure = folder.profiles("config.toml").perform(&save("web")).unwrap_err();
    assert!(failure.to_string().contains("it is read-only. Make it writable"), "{failure}");
}

#[test]
fn in_memory_each_edit_goes_on_from_the_one_before() {
    let mut profiles = Profiles { store: Store::Memory(String::new()), environment: Environment::default() };
    profiles.perform(&save("web")).unwrap();
    assert_eq!(profiles.perform(&save("db")).unwrap().hosts.len(), 2);
    let saved = profiles.perform(&ProfileEdit::Remove(vec!["web".into(), "db".into()])).unwrap();
    assert_eq!((saved.hosts.len(), saved.default_host), (0, None));
}
