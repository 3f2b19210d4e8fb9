//! The business' limits as they apply to an amount: typed money from the case's own release, never summed across
//! currencies. Without a rate, another currency means that a second person looks.

use domain::{Currency, LocalDate, Money, Timestamp};
use store::Conn;
use store::rma::RmaRow;

use crate::definitions::Definitions;
use crate::error::Error;

/// The documents and the time that limits are read by: the same for a verb and for its preview.
#[derive(Clone, Copy)]
pub(super) struct Terms<'a> {
    pub(super) definitions: &'a Definitions,
    pub(super) now: Timestamp,
}

/// The limits of one case in its own currency.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    /// Above this, who approves did not key it. `None` when no rate tells.
    pub(super) four_eyes_minor: Option<i64>,
    /// What may be given without goods on the case. `None` when no rate tells: then a second person looks.
    pub(super) per_case_minor: Option<i64>,
    /// The same a shop and month.
    pub(super) per_month_minor: Option<i64>,
}

/// Reads the limits that the case was filed under.
pub(super) fn of(conn: &Conn, terms: &Terms<'_>, rma: &RmaRow) -> Result<Limits, Error> {
    let release = terms.definitions.release(conn, rma.release_id)?;
    let settings = &release.template.template().settings;
    let day = terms.definitions.masters.local_date(rma.shop_id, terms.now);
    let own = |money: Money| in_currency(conn, money, rma.currency, day);
    Ok(Limits {
        four_eyes_minor: own(settings.four_eyes_limit)?,
        per_case_minor: own(settings.compensation.per_case)?,
        per_month_minor: own(settings.compensation.per_month)?,
    })
}

fn in_currency(conn: &Conn, money: Money, currency: Currency, day: LocalDate) -> Result<Option<i64>, Error> {
    if money.currency == currency {
        return Ok(Some(money.minor));
    }
    let rate = store::settlement::rate(conn, money.currency, currency, day)?;
    Ok(rate.and_then(|rate| convert(money, currency, &rate)))
}

// Rounded down: a limit is never made wider by its conversion.
fn convert(money: Money, currency: Currency, rate: &str) -> Option<i64> {
    let (whole, fraction) = rate.split_once('.').unwrap_or((rate, ""));
    let digits: String = [whole, fraction].concat();
    if digits.is_empty() || digits.len() > 18 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let rate: i128 = digits.parse().ok()?;
    let below = 10_i128.checked_pow(u32::try_from(fraction.len()).ok()?)?;
    let scaled = i128::from(money.minor).checked_mul(rate)?.checked_mul(i128::from(currency.scale()))?;
    i64::try_from(scaled / (below * i128::from(money.currency.scale()))).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(minor: i64, to: &str, rate: &str, expect: Option<i64>) {
        let to: Currency = to.parse().unwrap_or(Currency::CNY);
        assert_eq!(convert(Money::new(minor, Currency::CNY), to, rate), expect);
    }

    #[test]
    fn a_limit_is_converted_and_never_widened() {
        check(500_000, "USD", "0.1389", Some(69_450));
        check(1, "USD", "0.1389", Some(0));
        check(500_000, "JPY", "20.5", Some(102_500));
        check(500_000, "USD", "abc", None);
        check(500_000, "USD", "", None);
    }
}
