//! A value as it stands in an input.

use engine::value::Value;

/// What an input shows for a value: texts as typed, numbers and days plainly; what no text input holds is empty.
pub(super) fn written(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Date(day) => day.to_string(),
        Value::Money(amount) => amount.to_decimal_text(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{Currency, LocalDate, Money};

    #[test]
    fn what_was_typed_stays_as_it_was_typed() {
        assert_eq!(written(&Value::text(" 1,5 ")), " 1,5 ");
        assert_eq!(written(&Value::from(3)), "3");
        assert_eq!(written(&Value::Money(Money::new(1250, Currency::CNY))), "12.50");
        assert_eq!(written(&Value::from(LocalDate::from_ymd(2026, 11, 2))), "2026-11-02");
        assert_eq!(written(&Value::List(Vec::new())), "");
    }
}
