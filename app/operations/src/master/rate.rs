//! Exchange rates by day: what another currency than a threshold's is compared by.

use domain::{Currency, LocalDate};
use serde::{Deserialize, Serialize};
use store::reference::list::RateRow;
use store::{Conn, Tx};

use super::check::Problems;
use super::{changed, require_editor, require_staff};
use crate::actor::Actor;
use crate::context::Ctx;
use crate::error::Error;

const DIGITS_MAX: usize = 12;

/// A rate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rate {
    /// One unit of this …
    pub from_currency: Currency,
    /// … is so many of that.
    pub to_currency: Currency,
    /// From this day on.
    pub local_date: LocalDate,
    /// A decimal number above zero, as text.
    pub rate: String,
}

/// Adds or corrects a rate.
///
/// # Errors
/// `Forbidden`, `Invalid`.
pub fn save(tx: &Tx<'_>, ctx: &mut Ctx<'_>, rate: &Rate) -> Result<(), Error> {
    require_editor(ctx)?;
    let mut problems = Problems::default();
    let text = rate.rate.trim();
    let sound = is_rate(text);
    problems.unless(sound, "rate", "not_a_rate", "汇率为大于 0 的小数", "a rate is a decimal number above zero");
    let differ = rate.from_currency != rate.to_currency;
    problems.unless(differ, "to_currency", "same_currency", "两种币种相同", "the currencies are the same");
    problems.done()?;
    let row = RateRow {
        from_currency: rate.from_currency,
        to_currency: rate.to_currency,
        local_date: rate.local_date,
        rate: text.to_owned(),
    };
    store::reference::list::put_rate(tx, &row)?;
    changed(ctx, "exchange_rate", 0, true);
    Ok(())
}

fn is_rate(text: &str) -> bool {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let digits =
        |part: &str| !part.is_empty() && part.len() <= DIGITS_MAX && part.bytes().all(|byte| byte.is_ascii_digit());
    digits(whole) && digits(fraction) && text.bytes().any(|byte| (b'1'..=b'9').contains(&byte))
}

/// All rates, newest day first within a pair.
///
/// # Errors
/// `Forbidden`.
pub fn list(conn: &Conn, actor: &Actor) -> Result<Vec<Rate>, Error> {
    require_staff(actor)?;
    let rate = |row: RateRow| Rate {
        from_currency: row.from_currency,
        to_currency: row.to_currency,
        local_date: row.local_date,
        rate: row.rate,
    };
    Ok(store::reference::list::rates(conn)?.into_iter().map(rate).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_are_decimals_above_zero() {
        assert!(["7.1", "0.0001", "12"].into_iter().all(is_rate));
        assert!(!["0", "0.0", "-1", "", "1.", ".5", "1e3", "1.2.3", "1234567890123"].into_iter().any(is_rate));
    }
}
