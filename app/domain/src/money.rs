//! Money: integer minor units and a currency. Sums never cross currencies.

use std::cmp::Ordering;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::Currency;

/// An amount in the currency's minor units (分 for CNY); may be negative.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Money {
    /// Minor units.
    pub minor: i64,
    /// The currency.
    pub currency: Currency,
}

/// Why two amounts cannot be combined or a text is not an amount.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// The currencies differ.
    #[error("`{0}` and `{1}` cannot be added or compared")]
    CurrenciesDiffer(Currency, Currency),
    /// The sum leaves the range of 64 bits.
    #[error("the amount is too large")]
    TooLarge,
    /// More decimals than the currency has, or not a number.
    #[error("`{0}` is not an amount")]
    NotAnAmount(String),
}

impl Money {
    /// Minor units in a currency.
    #[must_use]
    pub const fn new(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }
    /// Nothing.
    #[must_use]
    pub const fn zero(currency: Currency) -> Self {
        Self::new(0, currency)
    }
    /// The sum, unless the currencies differ or it is too large.
    ///
    /// # Errors
    /// `CurrenciesDiffer`, `TooLarge`.
    pub fn plus(self, other: Self) -> Result<Self, MoneyError> {
        self.same_currency(other)?;
        let minor = self.minor.checked_add(other.minor).ok_or(MoneyError::TooLarge)?;
        Ok(Self::new(minor, self.currency))
    }
    /// The difference, unless the currencies differ or it is too large.
    ///
    /// # Errors
    /// `CurrenciesDiffer`, `TooLarge`.
    pub fn minus(self, other: Self) -> Result<Self, MoneyError> {
        self.same_currency(other)?;
        let minor = self.minor.checked_sub(other.minor).ok_or(MoneyError::TooLarge)?;
        Ok(Self::new(minor, self.currency))
    }
    /// Orders two amounts of one currency.
    ///
    /// # Errors
    /// `CurrenciesDiffer`.
    pub fn compare(self, other: Self) -> Result<Ordering, MoneyError> {
        self.same_currency(other)?;
        Ok(self.minor.cmp(&other.minor))
    }
    /// Reads a decimal text such as `1234.5` with at most the currency's digits.
    ///
    /// # Errors
    /// `NotAnAmount`, `TooLarge`.
    pub fn parse(text: &str, currency: Currency) -> Result<Self, MoneyError> {
        let wrong = || MoneyError::NotAnAmount(text.to_owned());
        let trimmed = text.trim();
        let (negative, digits) = match trimmed.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, trimmed),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || !all_digits(whole) || !all_digits(fraction) {
            return Err(wrong());
        }
        let kept = fraction.trim_end_matches('0');
        if kept.len() > currency.digits() as usize {
            return Err(wrong());
        }
        let mut minor: i64 = 0;
        let padding = currency.digits() as usize - kept.len();
        let zeros = std::iter::repeat_n(b'0', padding);
        for byte in whole.bytes().chain(kept.bytes()).chain(zeros) {
            let next = minor.checked_mul(10).and_then(|tens| tens.checked_add(i64::from(byte - b'0')));
            minor = next.ok_or(MoneyError::TooLarge)?;
        }
        Ok(Self::new(if negative { -minor } else { minor }, currency))
    }
    /// The decimal text without a symbol, all minor digits shown: `1234.50`.
    #[must_use]
    pub fn to_decimal_text(self) -> String {
        let scale = self.currency.scale().unsigned_abs();
        let magnitude = self.minor.unsigned_abs();
        let sign = if self.minor < 0 { "-" } else { "" };
        match self.currency.digits() as usize {
            0 => format!("{sign}{magnitude}"),
            width => format!("{sign}{}.{:0width$}", magnitude / scale, magnitude % scale),
        }
    }
    fn same_currency(self, other: Self) -> Result<(), MoneyError> {
        if self.currency == other.currency {
            Ok(())
        } else {
            Err(MoneyError::CurrenciesDiffer(self.currency, other.currency))
        }
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.to_decimal_text(), self.currency)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, code: &str, expect: Result<i64, MoneyError>) {
        let currency = code.parse().unwrap_or(Currency::CNY);
        assert_eq!(Money::parse(text, currency).map(|money| money.minor), expect);
    }

    #[test]
    fn reads_decimal_texts() {
        check("0", "CNY", Ok(0));
        check("1234.5", "CNY", Ok(123_450));
        check("-0.01", "CNY", Ok(-1));
        check("19.900", "CNY", Ok(1_990));
        check("500", "JPY", Ok(500));
        check("1.5", "JPY", Err(MoneyError::NotAnAmount("1.5".into())));
        check("1.234", "BHD", Ok(1_234));
        check("1.005", "CNY", Err(MoneyError::NotAnAmount("1.005".into())));
        check("", "CNY", Err(MoneyError::NotAnAmount(String::new())));
        check(".5", "CNY", Err(MoneyError::NotAnAmount(".5".into())));
        check("1e3", "CNY", Err(MoneyError::NotAnAmount("1e3".into())));
        check("99999999999999999999", "CNY", Err(MoneyError::TooLarge));
    }

    #[test]
    fn writes_what_it_reads() {
        for minor in [0, 1, -1, 99, 100, -12_345, i64::MAX, i64::MIN + 1] {
            let money = Money::new(minor, Currency::CNY);
            assert_eq!(Money::parse(&money.to_decimal_text(), Currency::CNY), Ok(money));
        }
    }
}
