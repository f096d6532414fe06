//! Building an image from a folder: what is asked for, and what a builder tells while it is at it.

use super::Progress;
use super::secret::{is_secret, mask};
use std::time::Duration;

/// What is built from what, and how.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BuildSpec {
    /// The context, as typed: `~/` is the user's home; what begins otherwise and not with `/`, the folder that the
    /// program was started in.
    pub folder: String,
    /// Within the folder, its parts joined by `/`; elsewhere as typed, from the folder on or from `/` or `~/` on. Empty for
    /// `Dockerfile`.
    pub dockerfile: String,
    /// Names of the image.
    pub tags: Vec<String>,
    pub arguments: Vec<(String, String)>,
    pub labels: Vec<(String, String)>,
    /// The stage to stop at; empty for the last one.
    pub target: String,
    /// `linux/arm64`; empty for the engine's own.
    pub platform: String,
    /// Every step is done anew.
    pub no_cache: bool,
    /// Base images are pulled even when they are there.
    pub pull: bool,
    pub builder: Builder,
}

/// What a Dockerfile from elsewhere is called in what is sent, as the docker client does it.
const SENT_FROM_ELSEWHERE: &str = ".dockerfile.from-elsewhere";

/// The path of a Dockerfile within the folder, without `.`, `..` and doubled slashes; `None` where it leads out.
pub fn within(path: &str) -> Option<String> {
    if path.starts_with(['/', '~']) {
        return None;
    }
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// Which of an engine's builders is at it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Builder {
    /// Docker's: steps side by side, those that nothing depends on left out.
    BuildKit,
    /// One step after the other; that of Podman as well.
    #[default]
    Classic,
}

/// One word of a builder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BuildNews {
    /// A step is known now, or has gone on.
    Step { key: Box<str>, name: Box<str>, state: StepState },
    /// Output of a step, where lines may end anywhere.
    Output { key: Box<str>, text: Box<str> },
    /// How far something within a step is, such as a layer that is pulled.
    Part { key: Box<str>, progress: Progress },
    /// Something about the whole: what was left out, what is warned of.
    Note(Box<str>),
}

/// How a step is doing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StepState {
    Waiting,
    Running,
    /// Nothing had to be done.
    Cached,
    /// With the engine's own measure of its time, where there is one.
    Done(Option<Duration>),
    Failed,
    /// Another one failed, and it was not waited for.
    Stopped,
}

impl BuildSpec {
    /// The path of the Dockerfile within the folder.
    pub fn dockerfile(&self) -> &str {
        if self.dockerfile.is_empty() { "Dockerfile" } else { &self.dockerfile }
    }

    /// Its path in what is sent: one from elsewhere gets a name that nothing else has.
    pub fn sent_dockerfile(&self) -> &str {
        if self.is_elsewhere() { SENT_FROM_ELSEWHERE } else { self.dockerfile() }
    }

    /// Whether the Dockerfile does not lie in the folder.
    pub fn is_elsewhere(&self) -> bool {
        within(self.dockerfile()).is_none()
    }

    /// What it is called: its first name, else the folder.
    pub fn title(&self) -> &str {
        self.tags.first().unwrap_or(&self.folder)
    }

    /// The words of the equivalent `docker build` line, without `docker` and unquoted.
    pub fn docker_words(&self) -> Vec<String> {
        let mut words = vec!["build".to_owned()];
        let mut option = |flag: &str, value: &str| words.extend([flag.to_owned(), value.to_owned()]);
        if !self.dockerfile.is_empty() {
            match self.dockerfile.starts_with(['/', '~']) {
                true => option("--file", &self.dockerfile),
                false => option("--file", &format!("{}/{}", self.folder.trim_end_matches('/'), self.dockerfile)),
            }
        }
        self.tags.iter().for_each(|tag| option("--tag", tag));
        self.arguments.iter().for_each(|(key, value)| option("--build-arg", &format!("{key}={value}")));
        self.labels.iter().for_each(|(key, value)| option("--label", &format!("{key}={value}")));
        for (flag, value) in [("--target", &self.target), ("--platform", &self.platform)] {
            if !value.is_empty() {
                option(flag, value);
            }
        }
        words.extend(self.no_cache.then(|| "--no-cache".to_owned()));
        words.extend(self.pull.then(|| "--pull".to_owned()));
        words.push(self.folder.clone());
        words
    }

    /// The query of `POST /build`, as names and values. Containers of steps are taken away, also of the one that failed.
    pub fn query(&self) -> Vec<(&'static str, String)> {
        let object = |pairs: &[(String, String)]| {
            let pairs = pairs.iter().map(|(key, value)| (key.clone(), serde_json::Value::from(value.as_str())));
            serde_json::Value::Object(pairs.collect()).to_string()
        };
        let mut query = vec![("version", self.builder.version().to_owned())];
        query.extend(self.tags.iter().map(|tag| ("t", tag.clone())));
        if !self.dockerfile.is_empty() {
            query.push(("dockerfile", self.sent_dockerfile().to_owned()));
        }
        if !self.arguments.is_empty() {
            query.push(("buildargs", object(&self.arguments)));
        }
        if !self.labels.is_empty() {
            query.push(("labels", object(&self.labels)));
        }
        for (name, value) in [("target", &self.target), ("platform", &self.platform)] {
            if !value.is_empty() {
                query.push((name, value.clone()));
            }
        }
        for (name, is_on) in [("nocache", self.no_cache), ("pull", self.pull), ("rm", true), ("forcerm", true)] {
            if is_on {
                query.push((name, "1".to_owned()));
            }
        }
        query
    }

    /// The same with every value hidden that looks like a secret: for what is kept or shown unasked.
    #[must_use]
    pub fn without_secrets(&self) -> Self {
        let mut spec = self.clone();
        for (key, value) in spec.arguments.iter_mut().chain(&mut spec.labels) {
            if is_secret(key, value) {
                *value = mask(value);
            }
        }
        spec
    }
}

impl Builder {
    /// As the API numbers them.
    pub fn version(self) -> &'static str {
        match self {
            Self::Classic => "1",
            Self::BuildKit => "2",
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Classic => "classic",
            Self::BuildKit => "BuildKit",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dockerfile_from_elsewhere_is_sent_under_another_name() {
        for (path, inside) in
            [("a/./b//c", Some("a/b/c")), ("a/../b", Some("b")), ("../b", None), ("/b", None), ("~/b", None)]
        {
            assert_eq!(within(path).as_deref(), inside, "{path}");
        }
        let line = |dockerfile: &str| {
            let spec = BuildSpec { folder: "app".into(), dockerfile: dockerfile.into(), ..BuildSpec::default() };
            (spec.docker_words().join(" "), spec.query().contains(&("dockerfile", SENT_FROM_ELSEWHERE.to_owned())))
        };
        assert_eq!(line("~/x"), ("build --file ~/x app".to_owned(), true));
        assert_eq!(line("../x"), ("build --file app/../x app".to_owned(), true));
        assert_eq!(line("x"), ("build --file app/x app".to_owned(), false));
    }

    #[test]
    fn the_line_and_the_query_say_the_same() {
        let spec = BuildSpec {
            folder: "~/app/".into(),
            dockerfile: "docker/web".into(),
            tags: vec!["app:1".into(), "app:latest".into()],
            arguments: vec![("MODE".into(), "fast".into()), ("API_TOKEN".into(), "abc".into())],
            target: "web".into(),
            no_cache: true,
            builder: Builder::BuildKit,
            ..BuildSpec::default()
        };
        assert_eq!(
            crate::domain::print_places(&spec.without_secrets().docker_words()),
            "build --file ~/app/docker/web --tag app:1 --tag app:latest --build-arg 'MODE=fast' \
             --build-arg 'API_TOKEN=••••••••' --target web --no-cache ~/app/"
        );
        let query: Vec<String> = spec.query().iter().map(|(name, value)| format!("{name}={value}")).collect();
        assert_eq!(
            query.join("&"),
            "version=2&t=app:1&t=app:latest&dockerfile=docker/web&buildargs={\"MODE\":\"fast\",\"API_TOKEN\":\"abc\"}\
             &target=web&nocache=1&rm=1&forcerm=1"
        );
        assert_eq!((spec.title(), BuildSpec::default().dockerfile()), ("app:1", "Dockerfile"));
    }
}
