//! Requests about images that an engine has or that a registry has.

use super::Request;
use super::act::{Act, Verb, command_line};
use super::api::{ApiCall, encode, switch};
use crate::domain::{Commit, Image, ImageId, split_tag};

/// One changing call about images.
#[derive(Clone, Debug, PartialEq)]
pub enum ImageRequest {
    /// `POST /images/create`; `platform` as in `linux/arm64`, empty for the engine's own.
    Pull { reference: String, platform: String, all_tags: bool },
    /// `POST /images/{name}/push`; an image that is called `from` here is tagged so first, where one is given.
    Push { reference: String, all_tags: bool, from: String },
    /// `DELETE /images/{name}`
    Remove { id: ImageId, reference: String, force: bool, prune_parents: bool },
    /// `DELETE /images/{name}` of an image that has other names as well.
    Untag { id: ImageId, reference: String },
    /// `POST /images/{name}/tag`
    Tag { id: ImageId, reference: String, new: String },
    /// `POST /commit`
    Commit(Box<Commit>),
    /// `POST /images/prune`: those without a name, or all that no container uses; `until` as engines take it (`24h`),
    /// empty for any age.
    Prune { unused: bool, until: String },
}

impl From<ImageRequest> for Request {
    fn from(request: ImageRequest) -> Self {
        Self::Image(request)
    }
}

impl ImageRequest {
    /// One tag, for the engine's own platform.
    pub fn pull(reference: impl Into<String>) -> Self {
        Self::Pull { reference: reference.into(), platform: String::new(), all_tags: false }
    }

    pub fn remove(image: &Image, force: bool, prune_parents: bool) -> Self {
        Self::Remove { id: image.id.clone(), reference: image.reference().to_owned(), force, prune_parents }
    }
}

impl Act for ImageRequest {
    fn verb(&self) -> Verb {
        match self {
            Self::Pull { .. } => Verb::new("Pull", "Pulling", "Pulled"),
            Self::Push { .. } => Verb::new("Push", "Pushing", "Pushed"),
            Self::Remove { .. } => Verb::new("Remove", "Removing", "Removed"),
            Self::Untag { .. } => Verb::new("Untag", "Untagging", "Untagged"),
            Self::Tag { .. } => Verb::new("Tag", "Tagging", "Tagged"),
            Self::Commit(_) => Verb::new("Commit", "Committing", "Committed"),
            Self::Prune { .. } => Verb::new("Prune", "Pruning", "Pruned"),
        }
    }

    fn object(&self) -> &str {
        match self {
            Self::Pull { reference, .. }
            | Self::Push { reference, .. }
            | Self::Remove { reference, .. }
            | Self::Untag { reference, .. }
            | Self::Tag { reference, .. } => reference,
            Self::Commit(commit) => &commit.target.name,
            Self::Prune { unused: true, .. } => "unused images",
            Self::Prune { unused: false, .. } => "dangling images",
        }
    }

    fn nouns(&self) -> &'static str {
        if matches!(self, Self::Commit(_)) { "containers" } else { "images" }
    }

    fn question(&self) -> String {
        match self {
            Self::Tag { reference, new, .. } => format!("Tag {reference} as {new}?"),
            other => format!("{} {}?", other.verb().button, other.object()),
        }
    }

    fn consequence(&self) -> String {
        match self {
            Self::Pull { all_tags: true, .. } => {
                "Downloads every tag that its registry has of it: that may be many. Older images of these names stay, without a name.".to_owned()
            }
            Self::Pull { .. } => {
                "Downloads what is missing of it from its registry. An older image of that name stays, without the name.".to_owned()
            }
            Self::Push { from, .. } if !from.is_empty() => format!(
                "Gives {from} this name here, and uploads what the registry lacks of it. An image that has this tag there loses it."
            ),
            Self::Push { .. } => {
                "Uploads what its registry lacks of it. An image that has this tag there loses it.".to_owned()
            }
            Self::Remove { force, prune_parents, .. } => remove(*force, *prune_parents),
            Self::Untag { reference, .. } => {
                format!("Takes the name {reference} off the image, which stays under its other names.")
            }
            Self::Tag { new, .. } => format!("The same image gets one more name. An image that is called {new} now loses that name."),
            Self::Commit(commit) => {
                let pause = if commit.pause { "Its processes stand still meanwhile." } else { "Its processes go on meanwhile, so that files may be caught half-written." };
                format!("Makes an image of the container's files and settings; volumes are not part of it. {pause}")
            }
            Self::Prune { unused, until } => {
                let which = match unused {
                    true => "Deletes all images that no container uses, stopped ones included",
                    false => "Deletes the images that have no name and that no container uses",
                };
                let age = if until.is_empty() { String::new() } else { format!(", where they were made before {}", age(until)) };
                format!("{which}{age}; they must be pulled or built again then.")
            }
        }
    }

    fn api(&self) -> ApiCall {
        match self {
            Self::Pull { reference, platform, all_tags } => {
                let (name, tag) = if *all_tags { (split_tag(reference).0, "") } else { split_reference(reference) };
                let query = [("fromImage", name.to_owned()), ("tag", tag.to_owned()), ("platform", platform.clone())];
                ApiCall::new("POST", "/images/create".to_owned(), &query)
            }
            Self::Push { reference, from, .. } if !from.is_empty() => {
                let (repository, tag) = split_tag(reference);
                let query = [("repo", repository.to_owned()), ("tag", tag.to_owned())];
                ApiCall::new("POST", format!("/images/{}/tag", encode(from)), &query)
            }
            Self::Push { reference, all_tags, .. } => {
                let (name, tag) = split_reference(reference);
                let tag = if *all_tags { String::new() } else { tag.to_owned() };
                ApiCall::new("POST", format!("/images/{}/push", encode(name)), &[("tag", tag)])
            }
            Self::Remove { reference, force, prune_parents, .. } => {
                let query = [("force", switch(*force)), ("noprune", switch(!prune_parents))];
                ApiCall::new("DELETE", format!("/images/{}", encode(reference)), &query)
            }
            Self::Untag { reference, .. } => ApiCall::new("DELETE", format!("/images/{}", encode(reference)), &[]),
            Self::Tag { reference, new, .. } => {
                let (repository, tag) = split_tag(new);
                let query = [("repo", repository.to_owned()), ("tag", tag.to_owned())];
                ApiCall::new("POST", format!("/images/{}/tag", encode(reference)), &query)
            }
            Self::Commit(commit) => {
                let (repository, tag) = split_tag(&commit.reference);
                let query = [
                    ("container", commit.target.name.to_string()),
                    ("pause", if commit.pause { "1" } else { "0" }.to_owned()),
                    ("repo", repository.to_owned()),
                    ("tag", tag.to_owned()),
                    ("author", commit.author.clone()),
                    ("comment", commit.message.clone()),
                    ("changes", commit.changes.join("\n")),
                ];
                ApiCall::new("POST", "/commit".to_owned(), &query)
            }
            Self::Prune { unused, until } => {
                ApiCall::new("POST", "/images/prune".to_owned(), &[("filters", prune_filters(*unused, until))])
            }
        }
    }

    fn docker_words(&self) -> Vec<String> {
        match self {
            Self::Pull { reference, platform, all_tags } => {
                let mut words = command_line(&["pull"], &[(*all_tags, "--all-tags")], &[]);
                words.extend(flag("--platform", platform));
                words.push(if *all_tags { split_tag(reference).0 } else { reference }.to_owned());
                words
            }
            Self::Push { reference, all_tags, .. } => {
                let name = if *all_tags { split_tag(reference).0 } else { reference };
                command_line(&["push"], &[(*all_tags, "--all-tags")], &[name])
            }
            Self::Remove { reference, force, prune_parents, .. } => {
                command_line(&["rmi"], &[(*force, "--force"), (!prune_parents, "--no-prune")], &[reference])
            }
            Self::Untag { reference, .. } => command_line(&["rmi"], &[], &[reference]),
            Self::Tag { reference, new, .. } => command_line(&["tag"], &[], &[reference, new]),
            Self::Commit(commit) => {
                let mut words = command_line(&["commit"], &[(!commit.pause, "--pause=false")], &[]);
                words.extend(flag("--author", &commit.author));
                words.extend(flag("--message", &commit.message));
                words.extend(commit.changes.iter().flat_map(|change| flag("--change", change)));
                words.push(commit.target.name.to_string());
                words.extend(Some(commit.reference.clone()).filter(|name| !name.is_empty()));
                words
            }
            Self::Prune { unused, until } => {
                let mut words = command_line(&["image", "prune"], &[(*unused, "--all")], &[]);
                if !until.is_empty() {
                    words.extend(["--filter".to_owned(), format!("until={until}")]);
                }
                words
            }
        }
    }

    fn words_before(&self) -> Vec<String> {
        match self {
            Self::Push { reference, from, .. } if !from.is_empty() => command_line(&["tag"], &[], &[from, reference]),
            _ => Vec::new(),
        }
    }

    fn is_destructive(&self) -> bool {
        match self {
            Self::Remove { .. } | Self::Untag { .. } | Self::Prune { .. } => true,
            Self::Pull { .. } | Self::Push { .. } | Self::Tag { .. } | Self::Commit(_) => false,
        }
    }

    fn tells_progress(&self) -> bool {
        matches!(self, Self::Pull { .. } | Self::Push { .. })
    }
}

/// A flag with its value; nothing where there is none.
pub(super) fn flag(name: &str, value: &str) -> Vec<String> {
    if value.is_empty() { Vec::new() } else { vec![name.to_owned(), value.to_owned()] }
}

/// What `POST /images/prune` is told to leave.
pub fn prune_filters(unused: bool, until: &str) -> String {
    let until = if until.is_empty() { String::new() } else { format!(",\"until\":[\"{until}\"]") };
    format!("{{\"dangling\":[\"{}\"]{until}}}", !unused)
}

/// `24h` is so long ago, a date is itself.
fn age(until: &str) -> String {
    if until.contains('-') { until.to_owned() } else { format!("the last {until}") }
}

/// Name and tag or digest; without either an engine would pull every tag there is.
fn split_reference(reference: &str) -> (&str, &str) {
    if let Some((name, digest)) = reference.split_once('@') {
        return (name, digest);
    }
    match split_tag(reference) {
        (name, "") => (name, "latest"),
        named => named,
    }
}

fn remove(force: bool, prune_parents: bool) -> String {
    let mut sentences = vec![
        "Takes the name off the image, and deletes the image if that was its last one; it must be pulled or built again then.",
    ];
    if force {
        sentences.push("Goes ahead even if stopped containers use it: they keep their files.");
    }
    sentences.push(match prune_parents {
        true => "Parent images without a name are deleted as well.",
        false => "Parent images without a name stay.",
    });
    sentences.join(" ")
}
