//! Money in documents: `100.00 CNY`, which a person writes and reads without counting minor units.

use domain::{Currency, Money};
use serde::{Deserialize, Deserializer, Serializer};

/// Writes `100.00 CNY`.
pub(super) fn serialize<S: Serializer>(money: &Money, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(money)
}

/// Reads `100.00 CNY`.
pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Money, D::Error> {
    let text = String::deserialize(deserializer)?;
    read(&text).ok_or_else(|| serde::de::Error::custom(format!("`{text}` is not an amount such as `100.00 CNY`")))
}

fn read(text: &str) -> Option<Money> {
    let (amount, currency) = text.trim().split_once(' ')?;
    let currency: Currency = currency.trim().parse().ok()?;
    Money::parse(amount, currency).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: Option<(i64, &str)>) {
        let found = read(text);
        assert_eq!(found.as_ref().map(|money| (money.minor, money.currency.code())), expect, "{text}");
    }

    #[test]
    fn amounts_carry_their_currency() {
        check("100.00 CNY", Some((10_000, "CNY")));
        check("500 JPY", Some((500, "JPY")));
        check("100.00", None);
        check("100.001 CNY", None);
        check("CNY 100", None);
        check("100 cny", None);
    }
}
