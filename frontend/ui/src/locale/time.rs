//! Instants, dates and durations as people read them. Instants are UTC milliseconds; zones are minutes east of UTC.

use std::sync::atomic::{AtomicI32, Ordering};

use super::{Lang, number::integer};
use crate::browser;

const MINUTE_MS: i64 = 60_000;
const HOUR_MS: i64 = 60 * MINUTE_MS;
const DAY_MS: i64 = 24 * HOUR_MS;

/// A calendar day and clock reading in some zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Civil {
    /// Year, proleptic Gregorian.
    pub year: i64,
    /// 1–12.
    pub month: u8,
    /// 1–31.
    pub day: u8,
    /// 0–23.
    pub hour: u8,
    /// 0–59.
    pub minute: u8,
    /// 0–59.
    pub second: u8,
    /// Days since 1970-01-01 in that zone.
    pub day_number: i64,
}

/// The calendar day and clock reading of `at_ms` in a zone.
pub fn civil(at_ms: i64, zone_minutes: i32) -> Civil {
    let local = at_ms.saturating_add(i64::from(zone_minutes) * MINUTE_MS);
    let day_number = local.div_euclid(DAY_MS);
    let in_day = local.rem_euclid(DAY_MS) / 1000;
    let (year, month, day) = date_of_day(day_number);
    Civil {
        year,
        month,
        day,
        hour: (in_day / 3600) as u8,
        minute: (in_day / 60 % 60) as u8,
        second: (in_day % 60) as u8,
        day_number,
    }
}

/// Year, month and day of a day number, counting in 400-year eras that start in March.
fn date_of_day(day_number: i64) -> (i64, u8, u8) {
    let shifted = day_number + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let march_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * march_month + 2) / 5 + 1;
    let month = if march_month < 10 { march_month + 3 } else { march_month - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month as u8, day as u8)
}

/// Day number of a date; the reverse of the calendar part of [`civil`].
fn day_of_date(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let march_month = (month + 9) % 12;
    let day_of_year = (153 * march_month + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

/// `2026-03-15`.
pub fn date(at_ms: i64, zone_minutes: i32) -> String {
    let at = civil(at_ms, zone_minutes);
    format!("{:04}-{:02}-{:02}", at.year, at.month, at.day)
}

/// `14:30`.
pub fn clock_time(at_ms: i64, zone_minutes: i32) -> String {
    let at = civil(at_ms, zone_minutes);
    format!("{:02}:{:02}", at.hour, at.minute)
}

/// `2026-03-15 14:30`.
pub fn date_time(at_ms: i64, zone_minutes: i32) -> String {
    format!("{} {}", date(at_ms, zone_minutes), clock_time(at_ms, zone_minutes))
}

/// `今天 14:30`, `昨天 09:00`, `明天 18:00`, else `2026-03-15 14:30`.
pub fn when(lang: Lang, at_ms: i64, now_ms: i64, zone_minutes: i32) -> String {
    let days = civil(at_ms, zone_minutes).day_number - civil(now_ms, zone_minutes).day_number;
    let day = match (days, lang) {
        (-1, Lang::Zh) => "昨天",
        (-1, Lang::En) => "yesterday",
        (0, Lang::Zh) => "今天",
        (0, Lang::En) => "today",
        (1, Lang::Zh) => "明天",
        (1, Lang::En) => "tomorrow",
        _ => return date_time(at_ms, zone_minutes),
    };
    format!("{day} {}", clock_time(at_ms, zone_minutes))
}

/// `1 小时 20 分`, `1 h 20 min`: the two largest units, sign ignored, whole minutes, below one minute in seconds.
pub fn duration(lang: Lang, length_ms: i64) -> String {
    parts(lang, length_ms, 2)
}

/// The largest unit only, for narrow places: `3 天`, `2 h`.
pub fn short_duration(lang: Lang, length_ms: i64) -> String {
    parts(lang, length_ms, 1)
}

fn parts(lang: Lang, length_ms: i64, count: usize) -> String {
    let length = i64::try_from(length_ms.unsigned_abs()).unwrap_or(i64::MAX);
    let [day, hour, minute, second] = match lang {
        Lang::Zh => ["天", "小时", "分", "秒"],
        Lang::En => ["d", "h", "min", "s"],
    };
    if length < MINUTE_MS {
        return format!("{} {second}", length / 1000);
    }
    let split = [(length / DAY_MS, day), (length % DAY_MS / HOUR_MS, hour), (length % HOUR_MS / MINUTE_MS, minute)];
    let mut words = Vec::with_capacity(count);
    for (amount, unit) in split.into_iter().skip_while(|(amount, _)| *amount == 0).take(count) {
        if amount > 0 {
            words.push(format!("{} {unit}", integer(amount)));
        }
    }
    words.join(" ")
}

/// `3 天前`, `2 小时后`, `刚刚`.
pub fn relative(lang: Lang, at_ms: i64, now_ms: i64) -> String {
    let distance = at_ms.saturating_sub(now_ms);
    if distance.unsigned_abs() < MINUTE_MS as u64 {
        return match lang {
            Lang::Zh => "刚刚".to_owned(),
            Lang::En => "just now".to_owned(),
        };
    }
    let length = short_duration(lang, distance);
    match (lang, distance < 0) {
        (Lang::Zh, true) => format!("{length}前"),
        (Lang::Zh, false) => format!("{length}后"),
        (Lang::En, true) => format!("{length} ago"),
        (Lang::En, false) => format!("in {length}"),
    }
}

/// `剩 1 小时 20 分` before the due time, `超时 2 小时` after it.
pub fn due(lang: Lang, due_ms: i64, now_ms: i64) -> String {
    let left = due_ms.saturating_sub(now_ms);
    let length = duration(lang, left);
    match (lang, left < 0) {
        (Lang::Zh, false) => format!("剩 {length}"),
        (Lang::Zh, true) => format!("超时 {length}"),
        (Lang::En, false) => format!("{length} left"),
        (Lang::En, true) => format!("{length} late"),
    }
}

/// Midnight of a `YYYY-MM-DD` value in a zone as UTC milliseconds; `None` when it is no date.
pub fn date_of_input(value: &str, zone_minutes: i32) -> Option<i64> {
    let mut parts = value.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    let (year, month, day): (i64, i64, i64) = (year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
    let number = (1..=12).contains(&month).then(|| day_of_date(year, month, day))?;
    let exists = date_of_day(number) == (year, month as u8, u8::try_from(day).ok()?);
    exists.then(|| number * DAY_MS - i64::from(zone_minutes) * MINUTE_MS)
}

/// The `YYYY-MM-DD` value of a date input for an instant.
pub fn date_to_input(at_ms: i64, zone_minutes: i32) -> String {
    date(at_ms, zone_minutes)
}

/// Marks "not set": take the browser's zone.
const UNSET: i32 = i32::MIN;
static ZONE_MINUTES: AtomicI32 = AtomicI32::new(UNSET);

/// Fixes the zone all times are shown in (the shop's), in minutes east of UTC; without it the browser's zone is used.
pub fn set_zone(minutes_east: i32) {
    ZONE_MINUTES.store(minutes_east, Ordering::Relaxed);
}

/// The zone times are shown in, in minutes east of UTC.
pub fn zone_minutes() -> i32 {
    match ZONE_MINUTES.load(Ordering::Relaxed) {
        UNSET => browser::zone_minutes(),
        minutes => minutes,
    }
}
