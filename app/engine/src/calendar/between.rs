//! How much working time lies between two instants, and when the next begins.

use domain::Timestamp;

use super::{Calendar, CalendarError, MAX_SEARCH_DAYS};

/// Working milliseconds between two instants; zero when `to` is not later.
///
/// # Errors
/// `OutOfRange` for instants a thousand years away or further than ten times `MAX_SEARCH_DAYS` apart.
pub fn working_ms_between(calendar: &Calendar, from: Timestamp, to: Timestamp) -> Result<i64, CalendarError> {
    let (first_day, _) = calendar.place(from)?;
    let (last_day, _) = calendar.place(to)?;
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
        for frame in calendar.frames(day) {
            let (begin, end) = calendar.span(day, *frame);
            total_ms += (end.min(to).ms() - begin.max(from).ms()).max(0);
        }
    }
    Ok(total_ms)
}

/// Whether people work at an instant; a frame's end is outside it.
#[must_use]
pub fn is_open(calendar: &Calendar, at: Timestamp) -> bool {
    calendar.place(at).is_ok_and(|(day, _)| {
        calendar.frames(day).iter().any(|frame| {
            let (begin, end) = calendar.span(day, *frame);
            (begin..end).contains(&at)
        })
    })
}

/// The first instant from `at` on at which people work: `at` itself inside a frame.
///
/// # Errors
/// `NoWorkingTime` when there is none within `MAX_SEARCH_DAYS`, `OutOfRange`.
pub fn next_open(calendar: &Calendar, at: Timestamp) -> Result<Timestamp, CalendarError> {
    let (first_day, _) = calendar.place(at)?;
    for ahead in 0..=MAX_SEARCH_DAYS {
        let day = first_day.plus_days(ahead);
        let spans = calendar.frames(day).iter().map(|frame| calendar.span(day, *frame));
        if let Some((begin, _)) = spans.filter(|(begin, end)| begin < end).find(|(_, end)| *end > at) {
            return Ok(begin.max(at));
        }
    }
    Err(CalendarError::NoWorkingTime)
}
