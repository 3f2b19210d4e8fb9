//! Reads numbers of cells: whole numbers and amounts, with the dress that spreadsheets give them.

use domain::{Currency, Money};

/// Why a text is no number of the wanted sort.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wrong {
    NotANumber,
    Negative,
    TooLarge,
}

/// Amounts above this are a mistake of the source, and keep sums far from overflow.
const MINOR_MAX: i64 = 1_000_000_000_000_000;

/// A whole number, `12.0` and `1,200` included.
pub(super) fn whole(text: &str) -> Result<i64, Wrong> {
    if let Some(plain) = plain(text.as_bytes()) {
        return Ok(plain);
    }
    let undressed = undressed(text);
    let (whole, fraction) = undressed.split_once('.').unwrap_or((&undressed, ""));
    if fraction.bytes().any(|byte| byte != b'0') {
        return Err(Wrong::NotANumber);
    }
    let number: i64 = whole.parse().map_err(|_| Wrong::NotANumber)?;
    if number < 0 { Err(Wrong::Negative) } else { Ok(number) }
}

// A few digits and nothing else: nearly every cell.
fn plain(bytes: &[u8]) -> Option<i64> {
    if bytes.is_empty() || bytes.len() > 9 {
        return None;
    }
    bytes.iter().try_fold(0_i64, |number, byte| byte.is_ascii_digit().then(|| number * 10 + i64::from(byte - b'0')))
}

/// An amount in minor units, never negative.
pub(crate) fn minor(text: &str, currency: Currency) -> Result<i64, Wrong> {
    let parsed = Money::parse(text, currency).or_else(|_| Money::parse(&undressed(text), currency));
    match parsed {
        Ok(money) if money.minor < 0 => Err(Wrong::Negative),
        Ok(money) if money.minor > MINOR_MAX => Err(Wrong::TooLarge),
        Ok(money) => Ok(money.minor),
        Err(domain::money::MoneyError::TooLarge) => Err(Wrong::TooLarge),
        Err(_) => Err(Wrong::NotANumber),
    }
}

fn undressed(text: &str) -> String {
    let dress = |c: char| matches!(c, '¥' | '￥' | '$' | '€' | '£' | ',' | '，' | '元' | ' ' | '\u{a0}');
    text.chars().filter(|c| !dress(*c)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers() {
        let check = |text: &str, expect| assert_eq!(whole(text), expect, "{text}");
        check("12", Ok(12));
        check("12.0", Ok(12));
        check("1,200", Ok(1_200));
        check("12345678901", Ok(12_345_678_901));
        check("-1", Err(Wrong::Negative));
        check("1.5", Err(Wrong::NotANumber));
        check("", Err(Wrong::NotANumber));
        check("两", Err(Wrong::NotANumber));
        check("99999999999999999999", Err(Wrong::NotANumber));
    }

    #[test]
    fn amounts() {
        let check = |text: &str, expect| assert_eq!(minor(text, Currency::CNY), expect, "{text}");
        check("12.5", Ok(1_250));
        check("￥1,234.50元", Ok(123_450));
        check("-0.01", Err(Wrong::Negative));
        check("1.005", Err(Wrong::NotANumber));
        check("99999999999999", Err(Wrong::TooLarge));
        check("free", Err(Wrong::NotANumber));
    }
}
