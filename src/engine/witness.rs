//! Who is told of what an engine was made to do beside what was asked for: helper containers that come and go, sessions
//! that are hung up on.

use crate::domain::{Failure, print_command};
use std::fmt;
use std::sync::Arc;

type Told = dyn Fn(&str, Result<(), &Failure>) + Send + Sync;

/// Is told of each such call, as a docker command, with what became of it.
#[derive(Clone, Default)]
pub struct Witness(Option<Arc<Told>>);

impl Witness {
    pub fn new(told: impl Fn(&str, Result<(), &Failure>) + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(told)))
    }

    /// Tells it; gives the result back.
    pub(super) fn tell<T>(&self, words: &[&str], result: Result<T, Failure>) -> Result<T, Failure> {
        if let Some(told) = &self.0 {
            told(&print_command(words), result.as_ref().map(drop));
        }
        result
    }
}

impl fmt::Debug for Witness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Witness").field(&self.0.is_some()).finish()
    }
}
