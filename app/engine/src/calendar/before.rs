//! When somebody is to be warned: a duration before a deadline.

use domain::Timestamp;

use super::{Calendar, CalendarError, MAX_SEARCH_DAYS};
use crate::value::{Duration, DurationUnit};

/// The instant a duration before `due`: the latest one from which the duration is over at `due` or has just as much
/// working time before it. Working days go back to the same wall-clock time of the so-manieth earlier working day.
///
/// # Errors
/// `NoWorkingTime` when the calendar has too little within `MAX_SEARCH_DAYS`, `Negative`, `OutOfRange`.
pub fn before(calendar: &Calendar, due: Timestamp, duration: Duration) -> Result<Timestamp, CalendarError> {
    let (last_day, last_ms) = calendar.place(due)?;
    if duration.amount < 0 {
        return Err(CalendarError::Negative);
    }
    if duration.amount == 0 {
        return Ok(due);
    }
    match duration.unit {
        DurationUnit::Minutes => Ok(due.plus_ms(duration.amount.saturating_mul(-60_000))),
        DurationUnit::Hours => Ok(due.plus_ms(duration.amount.saturating_mul(-3_600_000))),
        DurationUnit::Days if duration.amount > 10 * MAX_SEARCH_DAYS => Err(CalendarError::OutOfRange),
        DurationUnit::Days => Ok(calendar.instant(last_day.plus_days(-duration.amount), last_ms).min(due)),
        DurationUnit::WorkingHours => working_ms(calendar, due, duration.amount.saturating_mul(3_600_000)),
        DurationUnit::WorkingDays => working_days(calendar, due, duration.amount),
    }
}

fn working_ms(calendar: &Calendar, due: Timestamp, wanted_ms: i64) -> Result<Timestamp, CalendarError> {
    let (last_day, _) = calendar.place(due)?;
    let mut left_ms = wanted_ms;
    for back in 0..=MAX_SEARCH_DAYS {
        let day = last_day.plus_days(-back);
        for frame in calendar.frames(day).iter().rev() {
            let (begin, end) = calendar.span(day, *frame);
            let end = end.min(due);
            let open_ms = (end.ms() - begin.ms()).max(0);
            if left_ms <= open_ms {
                return Ok(end.plus_ms(-left_ms));
            }
            left_ms -= open_ms;
        }
    }
    Err(CalendarError::NoWorkingTime)
}

fn working_days(calendar: &Calendar, due: Timestamp, wanted: i64) -> Result<Timestamp, CalendarError> {
    let (last_day, last_ms) = calendar.place(due)?;
    let mut left = wanted;
    for back in 1..=MAX_SEARCH_DAYS {
        let day = last_day.plus_days(-back);
        if calendar.frames(day).is_empty() {
            continue;
        }
        left -= 1;
        if left == 0 {
            return Ok(calendar.instant(day, last_ms).min(due));
        }
    }
    Err(CalendarError::NoWorkingTime)
}
