//! When a duration that starts at an instant is over.

use domain::Timestamp;

use super::{Calendar, CalendarError, DAY_MS, MAX_SEARCH_DAYS};
use crate::value::{Duration, DurationUnit};

/// The instant at which a duration is over.
///
/// Minutes and hours are natural. Days are calendar days: the same time of a later day. Working hours are counted
/// inside frames only and end at the last moment counted, thus possibly exactly at a frame's end. Working days do not
/// count the day of `from` and end with the last frame of the last of them. Nothing added is `from` itself.
///
/// # Errors
/// `NoWorkingTime` when the calendar has too little within `MAX_SEARCH_DAYS`, `Negative`, `OutOfRange`.
pub fn add(calendar: &Calendar, from: Timestamp, duration: Duration) -> Result<Timestamp, CalendarError> {
    calendar.place(from)?;
    if duration.amount < 0 {
        return Err(CalendarError::Negative);
    }
    if duration.amount == 0 {
        return Ok(from);
    }
    match duration.unit {
        DurationUnit::Minutes => Ok(from.plus_ms(duration.amount.saturating_mul(60_000))),
        DurationUnit::Hours => Ok(from.plus_ms(duration.amount.saturating_mul(3_600_000))),
        DurationUnit::Days => Ok(from.plus_ms(duration.amount.saturating_mul(DAY_MS))),
        DurationUnit::WorkingHours => working_ms(calendar, from, duration.amount.saturating_mul(3_600_000)),
        DurationUnit::WorkingDays => working_days(calendar, from, duration.amount),
    }
}

fn working_ms(calendar: &Calendar, from: Timestamp, wanted_ms: i64) -> Result<Timestamp, CalendarError> {
    let (first_day, first_ms) = calendar.place(from)?;
    let mut left_ms = wanted_ms;
    for ahead in 0..=MAX_SEARCH_DAYS {
        let day = first_day.plus_days(ahead);
        let since_ms = if ahead == 0 { first_ms } else { 0 };
        for frame in calendar.frames(day) {
            let begin_ms = frame.from_ms().max(since_ms);
            let open_ms = (frame.to_ms() - begin_ms).max(0);
            if left_ms <= open_ms {
                return Ok(calendar.instant(day, begin_ms + left_ms));
            }
            left_ms -= open_ms;
        }
    }
    Err(CalendarError::NoWorkingTime)
}

fn working_days(calendar: &Calendar, from: Timestamp, wanted: i64) -> Result<Timestamp, CalendarError> {
    let (first_day, _) = calendar.place(from)?;
    let mut left = wanted;
    for ahead in 1..=MAX_SEARCH_DAYS {
        let day = first_day.plus_days(ahead);
        let Some(last) = calendar.frames(day).last() else { continue };
        left -= 1;
        if left == 0 {
            return Ok(calendar.instant(day, last.to_ms()));
        }
    }
    Err(CalendarError::NoWorkingTime)
}
