//! Between wall-clock time and instants, over changes of the offset from UTC.

use domain::{LocalDate, Timestamp};

use super::{Calendar, CalendarError, DAY_MS, Frame};

impl Calendar {
    /// The local day of an instant, and the milliseconds since its midnight by the wall clock.
    pub(super) fn place(&self, instant: Timestamp) -> Result<(LocalDate, i64), CalendarError> {
        // A thousand years either side keep every sum below within 64 bits.
        const FURTHEST_MS: i64 = 1_000 * 366 * DAY_MS;
        if instant.ms().unsigned_abs() > FURTHEST_MS.unsigned_abs() {
            return Err(CalendarError::OutOfRange);
        }
        let local_ms = instant.ms() + self.offset_ms(instant);
        Ok((LocalDate::from_days(local_ms.div_euclid(DAY_MS)), local_ms.rem_euclid(DAY_MS)))
    }

    /// The instant of a local day and the milliseconds since its midnight by the wall clock. A time that the zone leaves
    /// out is the moment of the change, one that it repeats is the first of the two.
    // INVARIANT: later wall-clock times never give earlier instants; everything that is counted here rests on it.
    pub(super) fn instant(&self, day: LocalDate, day_ms: i64) -> Timestamp {
        let local_ms = day.days() * DAY_MS + day_ms;
        let mut offset_minutes = self.offset_minutes;
        for (change, next_minutes) in &self.changes {
            let before_ms = local_ms - i64::from(offset_minutes) * 60_000;
            if before_ms < change.ms() {
                return Timestamp::from_ms(before_ms);
            }
            if local_ms - i64::from(*next_minutes) * 60_000 < change.ms() {
                return *change;
            }
            offset_minutes = *next_minutes;
        }
        Timestamp::from_ms(local_ms - i64::from(offset_minutes) * 60_000)
    }

    /// When a frame of a day begins and ends.
    pub(super) fn span(&self, day: LocalDate, frame: Frame) -> (Timestamp, Timestamp) {
        (self.instant(day, frame.from_ms()), self.instant(day, frame.to_ms()))
    }

    fn offset_ms(&self, at: Timestamp) -> i64 {
        let changed = self.changes.iter().take_while(|(change, _)| *change <= at).last();
        i64::from(changed.map_or(self.offset_minutes, |(_, minutes)| *minutes)) * 60_000
    }
}
