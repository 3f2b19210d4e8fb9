//! How much working time lies between two instants, and when the next begins.

use domain::Timestamp;

use super::{Calendar, CalendarError, MAX_SEARCH_DAYS};

/// Working milliseconds between two instants; zero when `to` is not later.
///
/// # Errors
/// `OutOfRange` for instants a thousand years away or further than ten times `MAX_SEARCH_DAYS` apart.
pub fn working_ms_between(calendar: &Calendar, from: Timestamp, to: Timestamp) -> Result<i64, CalendarError> {
    let (first_day, first_ms) = calendar.place(from)?;
    let (last_day, last_ms) = calendar.place(to)?;
    if to <= from {
        return Ok(0);
    }
    let span_days = last_day.days() - first_day.days();
    if span_days > 10 * MAX_SEARCH_DAYS {
        return Err(CalendarError::OutOfRange);
    }
    let mut total_ms = 0;
    for ahead in 0..=span_days {
        let day = first_day.plus_days(ahead);
        let since_ms = if ahead == 0 { first_ms } else { 0 };
        let until_ms = if ahead == span_days { last_ms } else { super::DAY_MS };
        for frame in calendar.frames(day) {
            total_ms += (frame.to_ms().min(until_ms) - frame.from_ms().max(since_ms)).max(0);
        }
    }
    Ok(total_ms)
}

/// Whether people work at an instant; a frame's end is outside it.
#[must_use]
pub fn is_open(calendar: &Calendar, at: Timestamp) -> bool {
    calendar.place(at).is_ok_and(|(day, day_ms)| {
        calendar.frames(day).iter().any(|frame| (frame.from_ms()..frame.to_ms()).contains(&day_ms))
    })
}

/// The first instant from `at` on at which people work: `at` itself inside a frame.
///
/// # Errors
/// `NoWorkingTime` when there is none within `MAX_SEARCH_DAYS`, `OutOfRange`.
pub fn next_open(calendar: &Calendar, at: Timestamp) -> Result<Timestamp, CalendarError> {
    let (first_day, first_ms) = calendar.place(at)?;
    for ahead in 0..=MAX_SEARCH_DAYS {
        let day = first_day.plus_days(ahead);
        let since_ms = if ahead == 0 { first_ms } else { 0 };
        if let Some(frame) = calendar.frames(day).iter().find(|frame| frame.to_ms() > since_ms) {
            return Ok(calendar.instant(day, frame.from_ms().max(since_ms)));
        }
    }
    Err(CalendarError::NoWorkingTime)
}
