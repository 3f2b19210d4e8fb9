//! Hours in which somebody is left alone, by the shop's clock or its working calendar.

use domain::Timestamp;
use serde::{Deserialize, Serialize};

use crate::calendar::{Calendar, is_open, next_open};

/// Minutes of a day.
const DAY_MINUTES: i64 = 1_440;
/// Milliseconds of a minute.
const MINUTE_MS: i64 = 60_000;

/// When somebody is left alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Quiet {
    /// Never.
    #[default]
    Never,
    /// Between two times of every day.
    Between,
    /// Whenever the shop's calendar has no working time: nights, weekends and holidays, but not make-up days.
    OutsideWork,
}

/// Hours in which somebody is left alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct QuietHours {
    /// When.
    pub quiet: Quiet,
    /// Minutes after midnight at which it begins.
    pub from_minute: u16,
    /// Minutes after midnight at which it ends; before the beginning: on the next day.
    pub to_minute: u16,
}

/// When the quiet that holds at `at` ends; `None` when somebody may be disturbed now, or there never is a time to.
#[must_use]
pub fn ends_ms(
    hours: QuietHours,
    at: Timestamp,
    offset_minutes: i32,
    calendar: Option<&Calendar>,
) -> Option<Timestamp> {
    match hours.quiet {
        Quiet::Never => None,
        Quiet::OutsideWork => {
            let calendar = calendar?;
            if is_open(calendar, at) { None } else { next_open(calendar, at).ok() }
        }
        Quiet::Between => {
            let local_ms = at.ms() + i64::from(offset_minutes) * MINUTE_MS;
            let day_ms = DAY_MINUTES * MINUTE_MS;
            let since_midnight_ms = local_ms.rem_euclid(day_ms);
            let (from_ms, to_ms) = (i64::from(hours.from_minute) * MINUTE_MS, i64::from(hours.to_minute) * MINUTE_MS);
            let within = if from_ms <= to_ms {
                (from_ms..to_ms).contains(&since_midnight_ms)
            } else {
                since_midnight_ms >= from_ms || since_midnight_ms < to_ms
            };
            let wait_ms = (to_ms - since_midnight_ms).rem_euclid(day_ms);
            within.then(|| at.plus_ms(wait_ms))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // Monday, 2026-11-23, 00:00 in China.
    const MIDNIGHT: i64 = 1_795_363_200_000;

    #[track_caller]
    fn check(from: u16, to: u16, now_minute: i64, expect_minute: Option<i64>) {
        let hours = QuietHours { quiet: Quiet::Between, from_minute: from, to_minute: to };
        let at = Timestamp::from_ms(MIDNIGHT + now_minute * MINUTE_MS);
        let ends = ends_ms(hours, at, 480, None).map(|at| (at.ms() - MIDNIGHT) / MINUTE_MS);
        assert_eq!(ends, expect_minute, "{now_minute}");
    }

    #[test]
    fn a_night_reaches_over_midnight() {
        check(1_260, 510, 1_259, None);
        check(1_260, 510, 1_260, Some(1_440 + 510));
        check(1_260, 510, 0, Some(510));
        check(1_260, 510, 509, Some(510));
        check(1_260, 510, 510, None);
    }

    #[test]
    fn a_noon_lies_within_a_day() {
        check(720, 810, 719, None);
        check(720, 810, 720, Some(810));
        check(720, 810, 810, None);
        check(600, 600, 600, None);
    }
}
