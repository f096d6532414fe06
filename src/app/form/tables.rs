//! The fields of every form, in the order on screen.

use super::ask::{Ask, Name, Section, Shape};
use super::{build, log_save};
use crate::config::ColorSpec;
use crate::domain::text::is_unsafe;
use crate::domain::{
    Endpoint, FileOwner, ImageReference, Invalid, Moment, MountSpec, RegistryName, RestartPolicy, check_change,
    check_image, check_platform, parse_assignment, parse_capability, parse_command, parse_cpus, parse_dns,
    parse_environment, parse_extra_host, parse_hostname, parse_label, parse_memory, parse_name, parse_ports,
    parse_signal, parse_user, parse_working_dir,
};

pub(super) type Check = fn(&str) -> Result<(), Invalid>;

pub(super) const fn ask(
    section: Section,
    name: Name,
    shape: Shape,
    label: &'static str,
    hint: &'static str,
    check: Check,
) -> Ask {
    Ask { name, label, hint, section, shape, check }
}

pub(super) fn any(_: &str) -> Result<(), Invalid> {
    Ok(())
}

pub(super) fn checked<T>(read: Result<T, Invalid>) -> Result<(), Invalid> {
    read.map(|_| ())
}

use Section::{Basics, Environment, Network, Options, Runtime, Security, Storage};
use Shape::{Line, Lines, Secret, Toggle};

const SINCE_HINT: &str = "15m, 2h, 14:30, yesterday, 2026-11-20 14:30 or 2026-11-20T14:30:00Z; empty: its start.";
const PLATFORM_HINT: &str = "Such as linux/arm64 or linux/arm/v7; empty: the engine's own.";
const CHANGES_HINT: &str = "Such as CMD [\"nginx\"] or ENV A=1, instructions of a Dockerfile, one a line.";
const IMAGE_HINT: &str = "The image it is made from, such as nginx:1.27.";
const NAME_HINT: &str = "Letters, digits, _ . and -; empty: the engine makes one up.";
const COMMAND_HINT: &str = "Words as in a shell, quotes included; empty: the image's own.";
const ENVIRONMENT_HINT: &str = "KEY=value, one a line.";
const RESTART_HINT: &str = "no, always, unless-stopped or on-failure:3.";
const MEMORY_HINT: &str = "512m, 1.5g or bytes; empty: no limit.";
const CPUS_HINT: &str = "Cores, such as 0.5 or 2; empty: no limit.";
const USER_HINT: &str = "A name or number, a group after a colon; empty: the image's own.";

pub static SAVE_LOG: &[Ask] = &[
    ask(Basics, Name::Path, Line, "File", "A new file; ~/ is your home. It appears when all is written.", any),
    ask(Basics, Name::Lines, Line, "Lines", "Which of them to write.", |text| checked(text.parse::<log_save::Lines>())),
    ask(Basics, Name::Times, Toggle(false), "Times", "Begin each line with its time, in UTC.", any),
    ask(Basics, Name::Raw, Toggle(false), "Raw", "Keep colours and control characters as they were written.", any),
];

pub static SAVE_EVENTS: &[Ask] = &[
    ask(Basics, Name::Path, Line, "File", "A new file; ~/ is your home. It appears when all is written.", any),
    ask(Basics, Name::Raw, Toggle(true), "JSON", "One object a line, as the engine wrote it; else lines to read.", any),
];

pub static DOWNLOAD: &[Ask] = &[ask(
    Basics,
    Name::Path,
    Line,
    "To",
    "A new file or folder, or a folder to put it in; ~/ is your home. It appears when all has come.",
    any,
)];

pub static UPLOAD: &[Ask] = &[
    ask(Basics, Name::Path, Line, "From", "A file or folder of this machine; ~/ is your home.", any),
    ask(Basics, Name::Owner, Line, "Owner", "To whom it belongs there.", |text| checked(text.parse::<FileOwner>())),
];

pub static EXPORT: &[Ask] =
    &[ask(Basics, Name::Path, Line, "File", "A new tar file; ~/ is your home. It appears when all is written.", any)];

pub static LOG_RANGE: &[Ask] = &[
    ask(Basics, Name::Since, Line, "Since", SINCE_HINT, |text| checked(text.parse::<Moment>())),
    ask(Basics, Name::Until, Line, "Until", "The same; empty: go on with what comes.", |text| {
        checked(text.parse::<Moment>())
    }),
];

pub static BUILD: &[Ask] = &[
    ask(
        Basics,
        Name::Folder,
        Line,
        "Folder",
        "Of this machine: it is sent to the engine, but for what .dockerignore leaves out.",
        any,
    ),
    ask(
        Basics,
        Name::Dockerfile,
        Line,
        "Dockerfile",
        "Its path in the folder, or from / or ~/ on; empty: Dockerfile.",
        any,
    ),
    ask(Basics, Name::Tags, Lines, "Tags", "Names for the image, one a line, such as app:1.", tag),
    ask(Basics, Name::Target, Line, "Target stage", "The stage to stop at; empty: the last one.", any),
    ask(
        Options,
        Name::Arguments,
        Lines,
        "Build arguments",
        "NAME=value, one a line; they stay visible in the image's history.",
        |line| checked(build::argument(line)),
    ),
    ask(Options, Name::Labels, Lines, "Labels", "key=value, one a line.", |line| checked(parse_label(line))),
    ask(
        Options,
        Name::Platform,
        Line,
        "Platform",
        "linux/arm64 and the like; empty: the engine's own.",
        build::platform,
    ),
    ask(Options, Name::Builder, Line, "Builder", "auto, buildkit or classic.", build::builder),
    ask(Options, Name::NoCache, Toggle(false), "No cache", "Do every step anew.", any),
    ask(Options, Name::PullBases, Toggle(false), "Pull", "Pull the base images even when they are there.", any),
];

pub static CREATE: &[Ask] = &[
    ask(Basics, Name::Image, Line, "Image", IMAGE_HINT, check_image),
    ask(Basics, Name::Name, Line, "Name", NAME_HINT, |text| checked(parse_name(text))),
    ask(Basics, Name::Command, Line, "Command", COMMAND_HINT, |text| checked(parse_command(text))),
    ask(
        Basics,
        Name::Ports,
        Lines,
        "Ports",
        "8080:80, 127.0.0.1:8080:80/tcp, 8000-8010:8000-8010/udp or 80 for any free one; one a line.",
        |line| checked(parse_ports(line)),
    ),
    ask(Basics, Name::Environment, Lines, "Variables", ENVIRONMENT_HINT, |line| checked(parse_environment(line))),
    ask(Basics, Name::Start, Toggle(true), "Start it", "Start it as soon as it is created.", any),
    ask(
        Environment,
        Name::EnvironmentFile,
        Line,
        "Variables file",
        "A file of KEY=value lines on this machine; Enter adds them to the variables.",
        any,
    ),
    ask(Environment, Name::Labels, Lines, "Labels", "key=value, one a line.", |line| checked(parse_label(line))),
    ask(Network, Name::Network, Line, "Network", "A network's name, host, none or container:NAME; empty: bridge.", any),
    ask(Network, Name::Hostname, Line, "Hostname", "Its own name inside; empty: its id.", |text| {
        checked(parse_hostname(text))
    }),
    ask(Network, Name::ExtraHosts, Lines, "Extra hosts", "name:address or name:host-gateway, one a line.", |line| {
        checked(parse_extra_host(line))
    }),
    ask(Network, Name::Dns, Lines, "DNS servers", "IP addresses, one a line.", |line| checked(parse_dns(line))),
    ask(
        Storage,
        Name::Mounts,
        Lines,
        "Mounts",
        "/on/host:/inside:ro, volume:/inside, /inside or tmpfs:/inside:size=64m; one a line.",
        |line| checked(line.parse::<MountSpec>()),
    ),
    ask(Runtime, Name::Restart, Line, "Restart policy", RESTART_HINT, |text| checked(text.parse::<RestartPolicy>())),
    ask(Runtime, Name::AutoRemove, Toggle(false), "Remove at end", "Remove it as soon as it ends (--rm).", any),
    ask(Runtime, Name::Memory, Line, "Memory", MEMORY_HINT, |text| checked(parse_memory(text))),
    ask(Runtime, Name::Cpus, Line, "CPUs", CPUS_HINT, |text| checked(parse_cpus(text))),
    ask(Runtime, Name::Tty, Toggle(false), "Terminal", "Give it a terminal (-t).", any),
    ask(Runtime, Name::Interactive, Toggle(false), "Interactive", "Keep its input open (-i).", any),
    ask(Runtime, Name::Init, Toggle(false), "Init", "Run an init that reaps processes (--init).", any),
    ask(Runtime, Name::Entrypoint, Line, "Entrypoint", COMMAND_HINT, |text| checked(parse_command(text))),
    ask(
        Runtime,
        Name::WorkingDir,
        Line,
        "Working folder",
        "An absolute path inside; empty: the image's own.",
        |text| checked(parse_working_dir(text)),
    ),
    ask(Security, Name::User, Line, "User", USER_HINT, |text| checked(parse_user(text))),
    ask(Security, Name::Privileged, Toggle(false), "Privileged", "All rights on the host: use with care.", any),
    ask(Security, Name::CapAdd, Lines, "Add capabilities", "Such as NET_ADMIN, one a line.", |line| {
        checked(parse_capability(line))
    }),
    ask(Security, Name::CapDrop, Lines, "Drop capabilities", "Such as ALL, one a line.", |line| {
        checked(parse_capability(line))
    }),
];

pub static RENAME: &[Ask] =
    &[ask(Basics, Name::Name, Line, "New name", "Letters, digits, _ . and -.", |text| checked(parse_name(text)))];

pub static UPDATE: &[Ask] = &[
    ask(
        Basics,
        Name::Memory,
        Line,
        "Memory",
        "Such as 512m or 1.5g, or bytes; untouched, it stays as it is.",
        |text| checked(parse_memory(text)),
    ),
    ask(Basics, Name::Cpus, Line, "CPUs", "Cores, such as 0.5 or 2; untouched, it stays as it is.", |text| {
        checked(parse_cpus(text))
    }),
    ask(Basics, Name::Restart, Line, "Restart policy", RESTART_HINT, |text| checked(text.parse::<RestartPolicy>())),
];

pub static PULL: &[Ask] = &[
    ask(Basics, Name::Reference, Line, "Image", "Such as nginx, nginx:1.27 or ghcr.io/owner/app:2.", |text| {
        checked(text.parse::<ImageReference>())
    }),
    ask(Basics, Name::Platform, Line, "Platform", PLATFORM_HINT, check_platform),
    ask(Basics, Name::AllTags, Toggle(false), "All tags", "Every tag that the registry has of it: may be many.", any),
];

pub static PUSH: &[Ask] = &[
    ask(
        Basics,
        Name::Reference,
        Line,
        "Image",
        "The name to push: its registry is the part before the first slash.",
        tag,
    ),
    ask(Basics, Name::AllTags, Toggle(false), "All tags", "Every tag that the image's repository has here.", any),
];

pub static PUSH_TO: &[Ask] = &[
    ask(Basics, Name::Image, Line, "Image", "An image of this host; it gets the name below first.", check_image),
    ask(Basics, Name::Reference, Line, "As", "Its name in the registry, with a tag: localhost:5000/team/app:1.", tag),
];

pub static UNTAG: &[Ask] =
    &[ask(Basics, Name::Reference, Line, "Name", "The name to take off the image; it keeps the others.", any)];

pub static SAVE_IMAGES: &[Ask] =
    &[ask(Basics, Name::Path, Line, "File", "A new tar file; ~/ is your home. It appears when all is written.", any)];

pub static LOAD_IMAGES: &[Ask] = &[ask(
    Basics,
    Name::Path,
    Line,
    "File",
    "A tar file of images on this machine, packed or not; ~/ is your home.",
    any,
)];

pub static IMPORT_IMAGE: &[Ask] = &[
    ask(
        Basics,
        Name::Path,
        Line,
        "From",
        "A tar file of this machine, or an http address that the engine fetches.",
        any,
    ),
    ask(Basics, Name::Reference, Line, "Name", "What the image is called, such as app:1; empty: nothing.", tag),
    ask(Basics, Name::Message, Line, "Message", "What its history says.", any),
    ask(Basics, Name::Changes, Lines, "Changes", CHANGES_HINT, check_change),
    ask(Basics, Name::Platform, Line, "Platform", PLATFORM_HINT, check_platform),
];

pub static COMMIT: &[Ask] = &[
    ask(Basics, Name::Reference, Line, "Name", "What the image is called, such as app:2; empty: nothing.", tag),
    ask(Basics, Name::Author, Line, "Author", "Such as Ada Lovelace <ada@example.com>; may be empty.", any),
    ask(Basics, Name::Message, Line, "Message", "What its history says; may be empty.", any),
    ask(Basics, Name::Changes, Lines, "Changes", CHANGES_HINT, check_change),
    ask(
        Basics,
        Name::Pause,
        Toggle(true),
        "Pause",
        "Let its processes stand still meanwhile: no file is caught half-written.",
        any,
    ),
];

pub static TAG: &[Ask] =
    &[ask(Basics, Name::Reference, Line, "New name", "Such as app:2 or registry.example.com/app:2.", tag)];

pub static EXEC: &[Ask] = &[
    ask(Basics, Name::Command, Line, "Command", "Words as in a shell, quotes included.", |text| {
        checked(parse_command(text))
    }),
    ask(Basics, Name::User, Line, "User", "A name or number, a group after a colon; empty: its own.", |text| {
        checked(parse_user(text))
    }),
    ask(Basics, Name::WorkingDir, Line, "Working folder", "An absolute path inside; empty: its own.", |text| {
        checked(parse_working_dir(text))
    }),
    ask(Basics, Name::Environment, Lines, "Variables", ENVIRONMENT_HINT, |line| checked(parse_assignment(line))),
    ask(Basics, Name::Tty, Toggle(true), "Terminal", "Give it a terminal: shells and editors need one.", any),
    ask(Basics, Name::InPane, Toggle(false), "In a pane", "Beside log and stats; else it has the whole screen.", any),
];

pub static KILL: &[Ask] =
    &[ask(Basics, Name::Signal, Line, "Signal", "A name or number; empty: SIGKILL, which ends it at once.", |text| {
        checked(parse_signal(text))
    })];

pub static LOGIN: &[Ask] = &[
    ask(
        Basics,
        Name::Registry,
        Line,
        "Registry",
        "Its host, with :port if it has one; docker.io is the Docker Hub.",
        |text| checked(RegistryName::parse(text)),
    ),
    ask(Basics, Name::User, Line, "User", "Who you are there.", any),
    ask(Basics, Name::Password, Secret, "Password", "Or an access token. It is not shown, and never logged.", any),
];

pub static REPOSITORY: &[Ask] = &[ask(
    Basics,
    Name::Reference,
    Line,
    "Repository",
    "Its path in the registry, such as team/app; official ones of the Docker Hub are in library/.",
    |text| checked(format!("localhost/{}", text.trim()).parse::<ImageReference>()),
)];

pub static PROFILE: &[Ask] = &[
    ask(Basics, Name::Name, Line, "Name", "What it is called here, in --host and in the header.", profile_name),
    ask(
        Basics,
        Name::Address,
        Line,
        "Address",
        "ssh://user@host, tcp://host:2376, https://host or unix:///path/to.sock.",
        |text| checked(text.trim().parse::<Endpoint>().map_err(|failure| Invalid::new(failure.sentence))),
    ),
    ask(Basics, Name::Tls, Toggle(false), "TLS", "Encrypted, and the engine proves who it is.", any),
    ask(Basics, Name::Ca, Line, "CA certificate", "The only authority to trust, a file; empty: the system's.", any),
    ask(Basics, Name::Certificate, Line, "Certificate", "A file that shows the engine who we are; may be empty.", any),
    ask(Basics, Name::Key, Line, "Key", "The file of the certificate's private key; may be empty.", any),
    ask(Basics, Name::Color, Line, "Colour", "Of its name in header and dialogs: a name, #rrggbb or 0 to 255.", color),
    ask(
        Basics,
        Name::ReadOnly,
        Toggle(false),
        "Read-only",
        "Refuse everything that would change something there.",
        any,
    ),
    ask(
        Basics,
        Name::ByName,
        Toggle(false),
        "Confirm by name",
        "Ask for its name, typed, before anything is destroyed there.",
        any,
    ),
    ask(Basics, Name::Default, Toggle(false), "Default", "Open it at the start when nothing names another.", any),
];

fn profile_name(text: &str) -> Result<(), Invalid> {
    let name = text.trim();
    if name.starts_with(['/', '-']) || name.contains("://") {
        return Err(Invalid::new("A name is no address: --host must be able to tell them apart."));
    }
    if name.chars().any(is_unsafe) {
        return Err(Invalid::new("A name has no control characters."));
    }
    Ok(())
}

fn color(text: &str) -> Result<(), Invalid> {
    text.trim().parse::<ColorSpec>().map(drop).map_err(|allowed| Invalid::new(format!("This must be {allowed}.")))
}

/// A digest is no name that an image can be given.
fn tag(text: &str) -> Result<(), Invalid> {
    let reference = text.parse::<ImageReference>()?;
    if reference.digest().is_some() {
        return Err(Invalid::new("A new name has no digest: leave out the @ and what follows."));
    }
    Ok(())
}
