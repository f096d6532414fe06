//! The form of a build: what is known of the folder that is typed, what is offered for that, and what it describes.

use super::{Form, FormKind, Name, Offer};
use crate::app::host::Host;
use crate::app::msg::ContextSeen;
use crate::domain::{BuildSpec, Builder, Invalid, parse_assignment, parse_label, within};

/// What the form of a build knows beside its fields.
#[derive(Debug, Default)]
pub struct Surroundings {
    /// Folder and Dockerfile, as typed, that were asked about last.
    asked: Option<(String, String)>,
    seen: ContextSeen,
    /// Whether the engine has BuildKit.
    pub has_buildkit: bool,
}

/// What the field of the builder may say, and what it means.
const BUILDERS: [(&str, &str); 3] = [
    ("auto", "BuildKit where the engine has it; classic where the Dockerfile is not for the image"),
    ("buildkit", "steps side by side, only those that are needed"),
    ("classic", "one step after the other"),
];

const PLATFORMS: [&str; 8] = [
    "linux/amd64",
    "linux/arm64",
    "linux/arm/v7",
    "linux/arm/v6",
    "linux/386",
    "linux/ppc64le",
    "linux/s390x",
    "linux/riscv64",
];

impl Form {
    /// What is to be looked at on this machine, if what is typed names something else than before.
    pub fn context_to_look_at(&mut self) -> Option<(String, String)> {
        let typed = (self.line(Name::Folder).to_owned(), self.line(Name::Dockerfile).to_owned());
        if self.surroundings.asked.as_ref() == Some(&typed) {
            return None;
        }
        self.surroundings.asked = Some(typed.clone());
        // What was said of another folder is not so of this one.
        for name in [Name::Folder, Name::Dockerfile] {
            if let Some(field) = self.field_mut(name) {
                field.validate();
            }
        }
        Some(typed)
    }

    /// The folder may have changed since it was looked at.
    pub fn look_again(&mut self) {
        self.surroundings.asked = None;
    }

    /// A form with what was built before.
    pub fn build_again(host: &Host, spec: &BuildSpec) -> Self {
        let mut form = Self::new(host, FormKind::Build);
        let pairs = |pairs: &[(String, String)]| pairs.iter().map(|(key, value)| format!("{key}={value}")).collect();
        for (name, text) in [
            (Name::Folder, &spec.folder),
            (Name::Dockerfile, &spec.dockerfile),
            (Name::Target, &spec.target),
            (Name::Platform, &spec.platform),
        ] {
            form.start_with(name, text);
        }
        let entries: [(Name, Vec<String>); 3] = [
            (Name::Tags, spec.tags.clone()),
            (Name::Arguments, pairs(&spec.arguments)),
            (Name::Labels, pairs(&spec.labels)),
        ];
        for (name, entries) in entries {
            if let Some(field) = form.field_mut(name) {
                field.start_with_entries(entries);
            }
        }
        for (name, on) in [(Name::NoCache, spec.no_cache), (Name::PullBases, spec.pull)] {
            if let Some(field) = form.field_mut(name) {
                field.start_with_toggle(on);
            }
        }
        form
    }

    /// Takes what was found, if it is still what is typed.
    pub fn context_looked(&mut self, folder: &str, dockerfile: &str, seen: ContextSeen) {
        let is_asked = self.surroundings.asked.as_ref().is_some_and(|asked| asked.0 == folder && asked.1 == dockerfile);
        if !is_asked {
            return;
        }
        let is_dead_end = !seen.is_folder && seen.folders.is_empty() && !folder.is_empty();
        let folder_error = is_dead_end.then(|| "There is no such folder on this machine.".to_owned());
        let file = if dockerfile.is_empty() { "Dockerfile" } else { dockerfile };
        let file_error = (seen.is_folder && !seen.has_dockerfile).then(|| match seen.dockerfiles.as_slice() {
            _ if within(file).is_none() => format!("There is no {file} on this machine."),
            [] => format!("There is no {file} in the folder."),
            known => format!("There is no {file} in the folder; there is {}.", known.join(", ")),
        });
        self.surroundings.seen = seen;
        for (name, error) in [(Name::Folder, folder_error), (Name::Dockerfile, file_error)] {
            if let Some(field) = self.field_mut(name) {
                field.validate();
                field.error = field.error.take().or(error);
            }
        }
    }

    /// The build that the fields describe as far as they are right.
    pub fn build_spec(&self) -> BuildSpec {
        let right = |name| match self.field(name) {
            Some(field) if field.error.is_none() => self.line(name).to_owned(),
            _ => String::new(),
        };
        let lines = |name| self.field(name).map(super::Field::entries).unwrap_or_default();
        BuildSpec {
            folder: self.line(Name::Folder).to_owned(),
            dockerfile: cleaned(self.line(Name::Dockerfile)),
            tags: lines(Name::Tags).iter().map(|tag| tag.trim().to_owned()).collect(),
            arguments: lines(Name::Arguments).iter().filter_map(|line| argument(line).ok()).collect(),
            labels: lines(Name::Labels).iter().filter_map(|line| parse_label(line).ok()).collect(),
            target: right(Name::Target),
            platform: right(Name::Platform),
            no_cache: self.is_on(Name::NoCache),
            pull: self.is_on(Name::PullBases),
            builder: self.builder(),
        }
    }

    fn builder(&self) -> Builder {
        match self.line(Name::Builder) {
            "classic" => Builder::Classic,
            "buildkit" => Builder::BuildKit,
            _ if self.surroundings.has_buildkit && !self.hides_dockerfile() => Builder::BuildKit,
            _ => Builder::Classic,
        }
    }

    /// Whether the Dockerfile must not be there for `COPY`, which the classic builder alone sees to; where the file needs
    /// BuildKit that comes first.
    fn hides_dockerfile(&self) -> bool {
        let seen = &self.surroundings.seen;
        seen.hides_dockerfile && !seen.dockerfile.needs_buildkit
    }

    /// What the Dockerfile wants and cannot have from here.
    pub fn wanted_secrets(&self) -> Option<&'static str> {
        (self.kind == FormKind::Build && self.surroundings.seen.dockerfile.wants_secrets).then_some(
            "It mounts secrets or ssh keys, which cannot be handed over from here: its steps find none. “docker build” takes \
             them by --secret and --ssh.",
        )
    }

    /// What is missing, beyond what each field says of itself.
    pub(super) fn check_build(&self) -> Result<(), Invalid> {
        if self.line(Name::Folder).is_empty() {
            return Err(Invalid::new("Name the folder to build from."));
        }
        if self.builder() == Builder::BuildKit && !self.surroundings.has_buildkit {
            return Err(Invalid::new("This engine is not known to have BuildKit: choose auto or classic."));
        }
        let target = self.line(Name::Target);
        let stages = &self.surroundings.seen.dockerfile.stages;
        let is_number = target.parse::<usize>().is_ok_and(|number| number < stages.len());
        let is_named =
            stages.iter().any(|stage| stage.name.as_deref().is_some_and(|name| name.eq_ignore_ascii_case(target)));
        if !target.is_empty() && !stages.is_empty() && !is_named && !is_number {
            return Err(Invalid::new(format!("The Dockerfile has no stage {target}.")));
        }
        Ok(())
    }

    /// What is offered for a field of this form.
    pub(super) fn build_offers(&self, name: Name, fits: &dyn Fn(&str) -> bool) -> Vec<Offer> {
        let seen = &self.surroundings.seen;
        let plain = |text: &str| Offer { text: text.to_owned(), detail: String::new() };
        let told = |(text, detail): &(&str, &str)| Offer { text: (*text).to_owned(), detail: (*detail).to_owned() };
        match name {
            Name::Folder => seen.folders.iter().map(|folder| plain(folder)).collect(),
            Name::Dockerfile => seen.dockerfiles.iter().filter(|file| fits(file)).map(|file| plain(file)).collect(),
            Name::Target => {
                let named = seen.dockerfile.stages.iter().filter_map(|stage| {
                    let name = stage.name.as_deref().filter(|name| fits(name))?;
                    Some(Offer { text: name.to_owned(), detail: format!("from {}", stage.image) })
                });
                named.collect()
            }
            Name::Arguments => {
                let arguments = seen.dockerfile.arguments.iter().filter(|(name, _)| fits(name));
                arguments
                    .map(|(name, value)| plain(&format!("{name}={}", value.as_deref().unwrap_or_default())))
                    .collect()
            }
            Name::Platform => {
                PLATFORMS.iter().filter(|platform| fits(platform)).map(|platform| plain(platform)).collect()
            }
            Name::Builder => BUILDERS.iter().filter(|(word, _)| fits(word)).map(told).collect(),
            _ => Vec::new(),
        }
    }
}

/// `NAME=value` for a build.
pub fn argument(line: &str) -> Result<(String, String), Invalid> {
    let line = parse_assignment(line)?;
    let (name, value) = line.split_once('=').unwrap_or((&line, ""));
    Ok((name.to_owned(), value.to_owned()))
}

/// One of the words for the builder.
pub fn builder(text: &str) -> Result<(), Invalid> {
    match BUILDERS.iter().any(|(word, _)| *word == text.trim()) {
        true => Ok(()),
        false => Err(Invalid::new("Choose auto, buildkit or classic.")),
    }
}

/// `linux/arm64`, `linux/arm/v7`
pub fn platform(text: &str) -> Result<(), Invalid> {
    let parts: Vec<&str> = text.trim().split('/').collect();
    let is_word =
        |part: &&str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    match (2..=3).contains(&parts.len()) && parts.iter().all(is_word) {
        true => Ok(()),
        false => Err(Invalid::new("Write system and processor, such as linux/arm64.")),
    }
}

/// A path within the folder without detours, one that leads out of it as it is.
fn cleaned(path: &str) -> String {
    match within(path) {
        Some(path) if path == "Dockerfile" => String::new(),
        Some(path) => path,
        None => path.to_owned(),
    }
}
