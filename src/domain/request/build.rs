//! The request to build an image.

use super::act::{Act, Verb};
use super::api::ApiCall;
use crate::domain::BuildSpec;

impl Act for BuildSpec {
    fn verb(&self) -> Verb {
        Verb::new("Build", "Building", "Built")
    }

    fn object(&self) -> &str {
        self.title()
    }

    fn nouns(&self) -> &'static str {
        "images"
    }

    fn consequence(&self) -> String {
        "Sends the folder to the engine, which builds an image from it. An older image of that name stays, without the name."
            .to_owned()
    }

    fn api(&self) -> ApiCall {
        ApiCall::new("POST", "/build".to_owned(), &self.without_secrets().query())
    }

    fn docker_words(&self) -> Vec<String> {
        BuildSpec::docker_words(self)
    }

    fn discreet_words(&self) -> Vec<String> {
        self.without_secrets().docker_words()
    }

    fn is_destructive(&self) -> bool {
        false
    }
}
