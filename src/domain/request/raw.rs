//! The changing request that somebody typed in the API console.

use super::Request;
use super::act::{Act, Verb};
use super::api::ApiCall;
use crate::domain::RawRequest;

impl From<RawRequest> for Request {
    fn from(raw: RawRequest) -> Self {
        Self::Raw(Box::new(raw))
    }
}

impl Act for RawRequest {
    fn verb(&self) -> Verb {
        Verb::new("Send", "Sending", "Sent")
    }

    fn object(&self) -> &str {
        &self.line
    }

    fn nouns(&self) -> &'static str {
        "requests"
    }

    fn consequence(&self) -> String {
        match self.operation() {
            Some(operation) => format!("{}. The engine asks nothing more; this cannot be undone.", operation.purpose),
            None => "Sends the request as it was typed; what it does cannot be undone.".to_owned(),
        }
    }

    fn api(&self) -> ApiCall {
        ApiCall { method: self.method, path: self.discreet_path() }
    }

    /// No `docker` line does the same: it is told as what it is, and this is what stands behind its method.
    fn docker_words(&self) -> Vec<String> {
        vec![self.discreet_path()]
    }

    fn is_destructive(&self) -> bool {
        Self::is_destructive(self)
    }
}
