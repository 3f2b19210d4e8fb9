//! Makes ids: time-ordered, strictly rising, never repeated even when the clock goes back.

use std::sync::atomic::{AtomicI64, Ordering};

use domain::Timestamp;
use domain::id::{ID_EPOCH_MS, ID_SEQUENCE_BITS};

/// The one source of ids of a process.
#[derive(Debug, Default)]
pub struct IdMaker(AtomicI64);

impl IdMaker {
    /// Continues after the largest id that is stored.
    #[must_use]
    pub const fn after(last: i64) -> Self {
        Self(AtomicI64::new(last))
    }

    /// The next id: the first of this millisecond, or one more than the last.
    pub fn next(&self, now: Timestamp) -> i64 {
        let floor = now.ms().saturating_sub(ID_EPOCH_MS).max(1) << ID_SEQUENCE_BITS;
        let step = |last: i64| Some(floor.max(last + 1));
        match self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, step) {
            Ok(last) | Err(last) => floor.max(last + 1),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_rise_when_the_clock_does_not() {
        let ids = IdMaker::after(0);
        let now = Timestamp::from_ms(ID_EPOCH_MS + 10);
        let first = ids.next(now);
        assert_eq!(ids.next(now), first + 1);
        assert_eq!(ids.next(now.plus_ms(-5)), first + 2);
        assert!(ids.next(now.plus_ms(1)) > first + 2);
    }
}
