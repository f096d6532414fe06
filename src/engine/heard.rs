//! When an engine was last heard, over whichever of its connections: whoever hears something need not ask.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio::time::Instant;

/// Clones tell of the same engine.
#[derive(Clone, Debug)]
pub struct Heard {
    began: Instant,
    /// Milliseconds since then.
    last: Arc<AtomicU64>,
}

impl Heard {
    /// Heard just now.
    pub fn new() -> Self {
        Self { began: Instant::now(), last: Arc::default() }
    }

    /// Something came.
    pub fn mark(&self) {
        let millis = u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.last.fetch_max(millis, Ordering::Relaxed);
    }

    /// When something came last.
    pub fn at(&self) -> Instant {
        self.began + Duration::from_millis(self.last.load(Ordering::Relaxed))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn clones_hear_together() {
        let heard = Heard::new();
        let before = heard.at();
        tokio::time::advance(Duration::from_millis(7)).await;
        heard.clone().mark();
        assert_eq!(heard.at() - before, Duration::from_millis(7));
    }
}
