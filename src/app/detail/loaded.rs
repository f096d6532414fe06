//! What was asked of the engine and may not be there yet; an answer that failed leaves the last good one in place.

use crate::domain::Failure;

#[derive(Debug)]
pub struct Loaded<T> {
    value: Option<T>,
    failure: Option<Failure>,
}

impl<T> Default for Loaded<T> {
    fn default() -> Self {
        Self { value: None, failure: None }
    }
}

impl<T> Loaded<T> {
    pub fn take(&mut self, answer: Result<T, Failure>) {
        match answer {
            Ok(value) => *self = Self { value: Some(value), failure: None },
            Err(failure) => self.failure = Some(failure),
        }
    }

    /// The last good answer.
    pub fn value(&self) -> Option<&T> {
        self.value.as_ref()
    }

    /// The last good answer, for what the user does with it.
    pub fn value_mut(&mut self) -> Option<&mut T> {
        self.value.as_mut()
    }

    /// Gives the last good answer away.
    pub fn into_value(self) -> Option<T> {
        self.value
    }

    /// Why the last answer is not there or not new.
    pub fn failure(&self) -> Option<&Failure> {
        self.failure.as_ref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::FailureKind;

    #[test]
    fn what_was_known_stays_through_a_failure() {
        let mut loaded = Loaded::default();
        loaded.take(Ok(1));
        loaded.take(Err(Failure::new(FailureKind::Engine, "It broke.")));
        assert_eq!(loaded.value(), Some(&1));
        assert_eq!(loaded.failure().unwrap().sentence, "It broke.");
        loaded.take(Ok(2));
        assert!(loaded.failure().is_none());
    }
}
