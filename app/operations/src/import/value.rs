//! Reads dates, words and flags of cells. Times are naive and belong to the shop's zone.

use domain::{LineKind, LocalDate, Timestamp};
use jiff::civil;
use jiff::tz::TimeZone;

/// A day and the milliseconds after its midnight, without a zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NaiveTime {
    pub(crate) date: LocalDate,
    pub(crate) of_day_ms: i64,
}

impl NaiveTime {
    /// The instant in a zone. A time that a clock change skips is taken as if the clock had not changed yet.
    pub(super) fn at(self, zone: &TimeZone) -> Option<Timestamp> {
        let (year, month, day) = self.date.ymd();
        let seconds = self.of_day_ms / 1_000;
        let part = |value: i64| i8::try_from(value).ok();
        let datetime = civil::DateTime::new(
            i16::try_from(year).ok()?,
            i8::try_from(month).ok()?,
            i8::try_from(day).ok()?,
            part(seconds / 3_600)?,
            part(seconds / 60 % 60)?,
            part(seconds % 60)?,
            i32::try_from(self.of_day_ms % 1_000 * 1_000_000).ok()?,
        );
        let zoned = zone.to_ambiguous_timestamp(datetime.ok()?).compatible().ok()?;
        Some(Timestamp::from_ms(zoned.as_millisecond()))
    }
}

/// A date with or without a time: `2026-01-31 08:05:00`, `2026/1/31 8:05`, `2026年1月31日`, `20260131`, and ISO forms.
/// None when it is no date or one that does not exist.
pub(crate) fn time(text: &str) -> Option<NaiveTime> {
    let text = text.trim();
    let (date, rest) = date(text)?;
    let rest = rest.trim_start_matches(['T', 't', ' ', '\u{a0}']).trim_end();
    let of_day_ms = if rest.is_empty() { 0 } else { of_day_ms(rest)? };
    Some(NaiveTime { date, of_day_ms })
}

fn date(text: &str) -> Option<(LocalDate, &str)> {
    let (year, rest) = digits(text, 8)?;
    // `20260131`
    if text.len() - rest.len() == 8 {
        let number = u32::try_from(year).ok()?;
        let year = i32::try_from(number / 10_000).ok()?;
        return Some((LocalDate::from_ymd(year, number / 100 % 100, number % 100)?, rest));
    }
    if text.len() - rest.len() != 4 {
        return None;
    }
    let separator = rest.chars().next().filter(|c| matches!(c, '-' | '/' | '.' | '年'))?;
    let (month, rest) = digits(rest.strip_prefix(separator)?, 2)?;
    let second = if separator == '年' { '月' } else { separator };
    let (day, rest) = digits(rest.strip_prefix(second)?, 2)?;
    let rest = if separator == '年' { rest.strip_prefix('日').unwrap_or(rest) } else { rest };
    let date = LocalDate::from_ymd(i32::try_from(year).ok()?, u32::try_from(month).ok()?, u32::try_from(day).ok()?)?;
    Some((date, rest))
}

fn of_day_ms(text: &str) -> Option<i64> {
    let (hour, rest) = digits(text, 2)?;
    let (minute, rest) = digits(rest.strip_prefix(':').or_else(|| rest.strip_prefix('时'))?, 2)?;
    let rest = rest.strip_prefix('分').unwrap_or(rest);
    let (second, rest) = match rest.strip_prefix(':') {
        Some(after) => digits(after, 2)?,
        None => (0, rest),
    };
    // A fraction is dropped; a zone would contradict the shop's.
    let rest = match rest.strip_prefix('.') {
        Some(after) => digits(after, 9)?.1,
        None => rest,
    };
    let fits = hour < 24 && minute < 60 && second < 60 && rest.is_empty();
    fits.then_some(((hour * 60 + minute) * 60 + second) * 1_000)
}

// One to `most` digits at the beginning, and what follows them.
fn digits(text: &str, most: usize) -> Option<(i64, &str)> {
    let end = text.bytes().take(most).take_while(u8::is_ascii_digit).count();
    let (head, rest) = text.split_at_checked(end)?;
    Some((head.parse().ok()?, rest))
}

/// Yes or no.
pub(super) fn flag(text: &str) -> Option<bool> {
    match text.trim().to_lowercase().as_str() {
        "1" | "true" | "yes" | "y" | "是" | "有" | "✓" | "√" => Some(true),
        "0" | "false" | "no" | "n" | "否" | "无" | "" => Some(false),
        _ => None,
    }
}

/// What was asked for, as the core names it or as Chinese files do.
pub(super) fn kind(text: &str) -> Option<LineKind> {
    let text = text.trim();
    Some(match text {
        "" | "退货" | "退货退款" | "普通退货" | "return" => LineKind::ReturnRefund,
        "未发货仅退款" => LineKind::UnshippedRefund,
        "仅退款" | "已发货仅退款" | "退款不退货" | "refund" => LineKind::ShippedRefund,
        "换货" => LineKind::Exchange,
        "补发" | "补寄" => LineKind::Reship,
        "维修" => LineKind::Repair,
        "价保" | "退差价" => LineKind::PriceDifference,
        "补偿" => LineKind::Compensation,
        "拒收" | "拒收退货" => LineKind::Refused,
        "拦截" => LineKind::Intercepted,
        _ => LineKind::parse(text)?,
    })
}

/// none, ordinary or special.
pub(super) fn invoice(text: &str) -> Option<&'static str> {
    Some(match text.trim() {
        "" | "none" | "无" | "不开票" | "未开票" => "none",
        "ordinary" | "普票" | "普通发票" | "电子普票" | "电子发票" => "ordinary",
        "special" | "专票" | "增值税专用发票" | "专用发票" => "special",
        _ => return None,
    })
}

/// shipped, delivered, refused or intercepted.
pub(super) fn shipment_state(text: &str) -> Option<&'static str> {
    Some(match text.trim() {
        "shipped" | "已发货" | "运输中" | "已揽收" | "派送中" => "shipped",
        "delivered" | "已签收" | "签收" | "已妥投" => "delivered",
        "refused" | "拒收" | "已拒收" => "refused",
        "intercepted" | "拦截" | "已拦截" => "intercepted",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: Option<(&str, i64)>) {
        let read = time(text).map(|time| (time.date.to_string(), time.of_day_ms / 60_000));
        assert_eq!(read, expect.map(|(date, minutes)| (date.to_owned(), minutes)), "{text}");
    }

    #[test]
    fn dates_of_files() {
        check("2026-01-31 08:05:00", Some(("2026-01-31", 485)));
        check("2026-01-31T08:05:00.123", Some(("2026-01-31", 485)));
        check("2026/1/31 8:05", Some(("2026-01-31", 485)));
        check("2026.1.31", Some(("2026-01-31", 0)));
        check("2026年1月31日 8:05", Some(("2026-01-31", 485)));
        check("20260131", Some(("2026-01-31", 0)));
        check("20260131 2359", None);
    }

    #[test]
    fn impossible_dates() {
        check("2026-02-29", None);
        check("2026-13-01", None);
        check("2026-00-10", None);
        check("2026-01-31 24:00:00", None);
        check("2026-01-31 08:60", None);
        check("2026-01-31 08:05:00+08:00", None);
        check("31/01/2026", None);
        check("yesterday", None);
        check("", None);
        check("2026-1", None);
    }

    #[test]
    fn times_belong_to_the_zone() {
        let shanghai = TimeZone::get("Asia/Shanghai").unwrap();
        let utc = |text: &str, zone: &TimeZone| time(text).and_then(|time| time.at(zone)).map(Timestamp::ms);
        assert_eq!(utc("2026-01-01 00:00:00", &shanghai), Some(1_767_196_800_000));
        assert_eq!(utc("1970-01-01 08:00:00", &shanghai), Some(0));
        // Skipped by summer time: taken with the offset before.
        let berlin = TimeZone::get("Europe/Berlin").unwrap();
        assert_eq!(utc("2026-03-29 02:30:00", &berlin), utc("2026-03-29 03:30:00", &berlin));
    }
}
