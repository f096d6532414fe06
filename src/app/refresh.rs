//! One refresh runs, one waits: an event storm costs two lists, not a thousand.

/// What is under way for one list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Refresh {
    #[default]
    Idle,
    Running,
    /// Asked again while one runs: start anew when it ends.
    RunningWithOneWaiting,
}

impl Refresh {
    /// Asks for a refresh; true when one is to be started now.
    #[must_use]
    pub fn ask(&mut self) -> bool {
        let start = *self == Self::Idle;
        *self = if start { Self::Running } else { Self::RunningWithOneWaiting };
        start
    }

    /// The running one ended; true when the waiting one is to be started now.
    #[must_use]
    pub fn ended(&mut self) -> bool {
        let waiting = *self == Self::RunningWithOneWaiting;
        *self = if waiting { Self::Running } else { Self::Idle };
        waiting
    }
}

#[cfg(test)]
mod tests {
    use super::Refresh;

    #[test]
    fn a_storm_costs_one_running_and_one_waiting() {
        let mut refresh = Refresh::default();
        let started = (0..1000).filter(|_| refresh.ask()).count();
        assert_eq!(started, 1);
        assert!(refresh.ended());
        assert!(!refresh.ended());
        assert!(refresh.ask());
    }
}
