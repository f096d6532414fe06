//! Requests about images.

use super::Request;
use super::act::{Act, Verb, command_line};
use super::api::{ApiCall, encode, switch};
use crate::domain::{Image, ImageId, split_tag};

/// One changing call on one image.
#[derive(Clone, Debug, PartialEq)]
pub enum ImageRequest {
    /// `POST /images/create`
    Pull { reference: String },
    /// `DELETE /images/{name}`
    Remove { id: ImageId, reference: String, force: bool, prune_parents: bool },
    /// `POST /images/{name}/tag`
    Tag { id: ImageId, reference: String, new: String },
}

impl From<ImageRequest> for Request {
    fn from(request: ImageRequest) -> Self {
        Self::Image(request)
    }
}

impl ImageRequest {
    pub fn remove(image: &Image, force: bool, prune_parents: bool) -> Self {
        Self::Remove { id: image.id.clone(), reference: image.reference().to_owned(), force, prune_parents }
    }
}

impl Act for ImageRequest {
    fn verb(&self) -> Verb {
        match self {
            Self::Pull { .. } => Verb::new("Pull", "Pulling", "Pulled"),
            Self::Remove { .. } => Verb::new("Remove", "Removing", "Removed"),
            Self::Tag { .. } => Verb::new("Tag", "Tagging", "Tagged"),
        }
    }

    fn object(&self) -> &str {
        match self {
            Self::Pull { reference } | Self::Remove { reference, .. } | Self::Tag { reference, .. } => reference,
        }
    }

    fn nouns(&self) -> &'static str {
        "images"
    }

    fn question(&self) -> String {
        match self {
            Self::Tag { reference, new, .. } => format!("Tag {reference} as {new}?"),
            other => format!("{} {}?", other.verb().button, other.object()),
        }
    }

    fn consequence(&self) -> String {
        match self {
            Self::Pull { .. } => {
                "Downloads what is missing of it from its registry. An older image of that name stays, without the name.".to_owned()
            }
            Self::Remove { force, prune_parents, .. } => remove(*force, *prune_parents),
            Self::Tag { new, .. } => format!("The same image gets one more name. An image that is called {new} now loses that name."),
        }
    }

    fn api(&self) -> ApiCall {
        match self {
            Self::Pull { reference } => {
                let (name, tag) = split_reference(reference);
                let query = [("fromImage", name.to_owned()), ("tag", tag.to_owned())];
                ApiCall::new("POST", "/images/create".to_owned(), &query)
            }
            Self::Remove { reference, force, prune_parents, .. } => {
                let query = [("force", switch(*force)), ("noprune", switch(!prune_parents))];
                ApiCall::new("DELETE", format!("/images/{}", encode(reference)), &query)
            }
            Self::Tag { reference, new, .. } => {
                let (repository, tag) = split_tag(new);
                let query = [("repo", repository.to_owned()), ("tag", tag.to_owned())];
                ApiCall::new("POST", format!("/images/{}/tag", encode(reference)), &query)
            }
        }
    }

    fn docker_words(&self) -> Vec<String> {
        match self {
            Self::Pull { reference } => command_line(&["pull"], &[], &[reference]),
            Self::Remove { reference, force, prune_parents, .. } => {
                command_line(&["rmi"], &[(*force, "--force"), (!prune_parents, "--no-prune")], &[reference])
            }
            Self::Tag { reference, new, .. } => command_line(&["tag"], &[], &[reference, new]),
        }
    }

    fn is_destructive(&self) -> bool {
        match self {
            Self::Remove { .. } => true,
            Self::Pull { .. } | Self::Tag { .. } => false,
        }
    }

    fn tells_progress(&self) -> bool {
        matches!(self, Self::Pull { .. })
    }
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
