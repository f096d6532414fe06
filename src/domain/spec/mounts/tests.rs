//! Mounts: each form, each mistake, and the way back.

use super::*;
use proptest::prelude::*;

fn spec(kind: MountKind, source: &str, target: &str, read_only: bool, options: &str) -> MountSpec {
    MountSpec { kind, source: source.into(), target: target.into(), read_only, options: options.into() }
}

#[test]
fn every_form_is_read() {
    use MountKind::{Bind, Tmpfs, Volume};
    for (text, expected) in [
        ("/srv:/data", spec(Bind, "/srv", "/data", false, "")),
        ("/srv:/data:ro", spec(Bind, "/srv", "/data", true, "")),
        ("/srv:/data:rw,z", spec(Bind, "/srv", "/data", false, "z")),
        ("data:/data:ro,nocopy", spec(Volume, "data", "/data", true, "nocopy")),
        ("/data", spec(Volume, "", "/data", false, "")),
        ("tmpfs:/run", spec(Tmpfs, "", "/run", false, "")),
        ("tmpfs:/run:size=64m,noexec", spec(Tmpfs, "", "/run", false, "size=64m,noexec")),
        ("type=bind,source=/a:b,target=/c,readonly", spec(Bind, "/a:b", "/c", true, "")),
        ("type=bind,src=/a,dst=/c,ro=false,bind-propagation=rslave", spec(Bind, "/a", "/c", false, "rslave")),
        ("source=tmpfs,target=/c", spec(Volume, "tmpfs", "/c", false, "")),
        ("type=tmpfs,target=/c,tmpfs-size=1m", spec(Tmpfs, "", "/c", false, "size=1m")),
        ("type=volume,target=/c,volume-nocopy", spec(Volume, "", "/c", false, "nocopy")),
        ("type=bind,\"source=/a,b\",target=/c", spec(Bind, "/a,b", "/c", false, "")),
    ] {
        assert_eq!(text.parse::<MountSpec>(), Ok(expected), "{text}");
    }
}

#[test]
fn mistakes_are_told_in_a_sentence() {
    for (text, part) in [
        ("./data:/data", "not an absolute path"),
        ("~/data:/data", "not an absolute path"),
        ("some/data:/data", "not an absolute path"),
        ("type=bind,source=data,target=/data", "not an absolute path"),
        ("data", "Say where “data” is mounted"),
        ("data:", "Say where it is mounted"),
        ("data:data", "not an absolute path inside"),
        ("/srv:/", "Nothing can be mounted on /"),
        ("/srv:/data:read-only", "“read-only” is not a mount option"),
        ("/srv:/data:ro:z", "too many colons"),
        ("d:/data", "not a volume's name"),
        ("da ta:/data", "not a volume's name"),
        (":/data", "before the colon"),
        ("", "Name what is mounted"),
        ("type=nfs,target=/x", "not a type of mount"),
        ("type=bind,source=/a,target=/b,colour=red", "not understood"),
        ("type=tmpfs,source=/a,target=/b", "has no source"),
        ("type=bind,\"source=/a", "not closed"),
        ("type=bind,,target=/b", "empty field"),
    ] {
        let sentence = text.parse::<MountSpec>().unwrap_err().to_string();
        assert!(sentence.contains(part), "{text}: {sentence}");
        assert!(sentence.ends_with(['.', '…']), "{text}: {sentence}");
    }
}

#[test]
fn the_long_form_is_printed_where_the_short_one_cannot_say_it() {
    let mount = spec(MountKind::Bind, "/a:b,c", "/d", true, "");
    assert_eq!(mount.to_string(), "type=bind,\"source=/a:b,c\",target=/d,readonly");
    assert_eq!(spec(MountKind::Volume, "", "/d", true, "").to_string(), "type=volume,target=/d,readonly");
    assert_eq!(spec(MountKind::Volume, "tmpfs", "/d", false, "").to_string(), "type=volume,source=tmpfs,target=/d");
}

proptest! {
    #[test]
    fn printed_mounts_are_read_back(
        bind in any::<bool>(),
        path in "/[a-zA-Z0-9 :,\"._é-]{1,20}[a-z]",
        name in "[a-zA-Z0-9][a-zA-Z0-9_.-]{1,9}",
        target in "/[a-zA-Z0-9 :,\"._-]{1,20}[a-z]",
        read_only in any::<bool>(),
    ) {
        let mount = match bind {
            true => spec(MountKind::Bind, &path, &target, read_only, "rslave"),
            false => spec(MountKind::Volume, &name, &target, read_only, "nocopy"),
        };
        prop_assert_eq!(mount.to_string().parse(), Ok(mount));
        let tmpfs = spec(MountKind::Tmpfs, "", &target, read_only, "size=1m");
        prop_assert_eq!(tmpfs.to_string().parse(), Ok(tmpfs));
    }

    #[test]
    fn no_text_makes_it_panic(text in "[a-z:/=,\". ]{0,24}") {
        let _ = text.parse::<MountSpec>();
    }
}
