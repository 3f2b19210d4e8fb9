//! When a duration that starts at an instant is over.

use domain::Timestamp;

use super::{Calendar, CalendarError, MAX_SEARCH_DAYS};
use crate::value::{Duration, DurationUnit};

/// The instant at which a duration is over.
///
/// Minutes and hours are natural. Days are calendar days: the same wall-clock time of a later day. Working hours are counted
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
        DurationUnit::Days => days(calendar, from, duration.amount),
        DurationUnit::WorkingHours => add_working_ms(calendar, from, duration.amount.saturating_mul(3_600_000)),
        DurationUnit::WorkingDays => working_days(calendar, from, duration.amount),
    }
}

fn days(calendar: &Calendar, from: Timestamp, amount: i64) -> Result<Timestamp, CalendarError> {
    let (first_day, first_ms) = calendar.place(from)?;
    if amount > 10 * MAX_SEARCH_DAYS {
        return Err(CalendarError::OutOfRange);
    }
    Ok(calendar.instant(first_day.plus_days(amount), first_ms).max(from))
}

/// The instant at which so many working milliseconds after `from` have passed; `from` itself for none.
///
/// # Errors
/// As `add`.
pub fn add_working_ms(calendar: &Calendar, from: Timestamp, wanted_ms: i64) -> Result<Timestamp, CalendarError> {
    let (first_day, _) = calendar.place(from)?;
    match wanted_ms {
        ..0 => return Err(CalendarError::Negative),
        0 => return Ok(from),
        1.. => {}
    }
    let mut left_ms = wanted_ms;
    for ahead in 0..=MAX_SEARCH_DAYS {
        let day = first_day.plus_days(ahead);
        for frame in calendar.frames(day) {
            let (begin, end) = calendar.span(day, *frame);
            let begin = begin.max(from);
            let open_ms = (end.ms() - begin.ms()).max(0);
            if left_ms <= open_ms {
                return Ok(begin.plus_ms(left_ms));
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
