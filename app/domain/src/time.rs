//! Instants and days. Zones are resolved on the server; the browser is told offsets.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// UTC milliseconds since the Unix epoch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(i64);

impl Timestamp {
    /// Wraps UTC milliseconds.
    #[must_use]
    pub const fn from_ms(ms: i64) -> Self {
        Self(ms)
    }
    /// UTC milliseconds.
    #[must_use]
    pub const fn ms(self) -> i64 {
        self.0
    }
    /// This instant moved by `ms`, saturating.
    #[must_use]
    pub const fn plus_ms(self, ms: i64) -> Self {
        Self(self.0.saturating_add(ms))
    }
    /// The calendar day at a fixed offset from UTC in minutes.
    #[must_use]
    pub const fn local_date(self, offset_minutes: i32) -> LocalDate {
        let local_ms = self.0.saturating_add(offset_minutes as i64 * 60_000);
        LocalDate::from_days(local_ms.div_euclid(86_400_000))
    }
}

/// A calendar day without a zone; `YYYY-MM-DD` in text and in the database.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LocalDate {
    days: i64,
}

impl LocalDate {
    /// Days since 1970-01-01.
    #[must_use]
    pub const fn from_days(days: i64) -> Self {
        Self { days }
    }
    /// Days since 1970-01-01.
    #[must_use]
    pub const fn days(self) -> i64 {
        self.days
    }
    /// From a proleptic Gregorian date; `None` when there is no such day.
    #[must_use]
    pub fn from_ymd(year: i32, month: u32, day: u32) -> Option<Self> {
        if !(1..=12).contains(&month) || day == 0 || !(0..=9999).contains(&year) {
            return None;
        }
        let date = Self { days: days_from_civil(i64::from(year), i64::from(month), i64::from(day)) };
        (date.ymd() == (year, month, day)).then_some(date)
    }
    /// Year, month 1-12, day 1-31.
    #[must_use]
    pub fn ymd(self) -> (i32, u32, u32) {
        let (year, month, day) = civil_from_days(self.days);
        (i32::try_from(year).unwrap_or(0), u32::try_from(month).unwrap_or(1), u32::try_from(day).unwrap_or(1))
    }
    /// 1 is Monday, 7 is Sunday.
    #[must_use]
    pub const fn weekday(self) -> u8 {
        ((self.days + 3).rem_euclid(7) + 1) as u8
    }
    /// This day moved by `days`.
    #[must_use]
    pub const fn plus_days(self, days: i64) -> Self {
        Self { days: self.days.saturating_add(days) }
    }
}

// Days and civil dates by the era method: 400-year eras of 146,097 days, years beginning in March.
const fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let shifted = if month <= 2 { year - 1 } else { year };
    let era = shifted.div_euclid(400);
    let year_of_era = shifted.rem_euclid(400);
    let month_of_year = (month + 9) % 12;
    let day_of_year = (153 * month_of_year + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

const fn civil_from_days(days: i64) -> (i64, i64, i64) {
    let shifted = days.saturating_add(719_468);
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_of_year = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_of_year + 2) / 5 + 1;
    let month = if month_of_year < 10 { month_of_year + 3 } else { month_of_year - 9 };
    let year = year_of_era + era * 400 + if month <= 2 { 1 } else { 0 };
    (year, month, day)
}

impl fmt::Display for LocalDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.ymd();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

/// A text is not a day of the form `YYYY-MM-DD`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a date of the form YYYY-MM-DD")]
pub struct NotADate;

impl FromStr for LocalDate {
    type Err = NotADate;
    fn from_str(text: &str) -> Result<Self, NotADate> {
        let mut parts = text.split('-');
        let (Some(year), Some(month), Some(day), None) = (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(NotADate);
        };
        if year.len() != 4 || month.len() != 2 || day.len() != 2 {
            return Err(NotADate);
        }
        let year = year.parse().map_err(|_| NotADate)?;
        let month = month.parse().map_err(|_| NotADate)?;
        let day = day.parse().map_err(|_| NotADate)?;
        Self::from_ymd(year, month, day).ok_or(NotADate)
    }
}

impl Serialize for LocalDate {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for LocalDate {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_civil_dates_agree_over_eight_centuries() {
        let mut previous = LocalDate::from_days(-146_097).ymd();
        for days in -146_096..146_097 {
            let date = LocalDate::from_days(days);
            let (year, month, day) = date.ymd();
            assert_eq!(LocalDate::from_ymd(year, month, day), Some(date));
            assert!((year, month, day) > previous, "{date}");
            previous = (year, month, day);
        }
    }

    #[test]
    fn weekdays_and_offsets() {
        assert_eq!(LocalDate::from_ymd(2026, 11, 23).map(LocalDate::weekday), Some(1));
        assert_eq!(LocalDate::from_ymd(2026, 2, 29), None);
        let late = Timestamp::from_ms(1_767_196_800_000); // 2025-12-31T16:00:00Z
        assert_eq!(late.local_date(480).to_string(), "2026-01-01");
        assert_eq!(late.local_date(0).to_string(), "2025-12-31");
        assert_eq!("2026-1-1".parse::<LocalDate>(), Err(NotADate));
    }
}
