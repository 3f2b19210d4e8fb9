//! A number, decimal and exact.

use rust_decimal::Decimal;

use super::{Attribute, Behaviour, PLAIN, check_range, half_width, judge_bounds, not_this};
use crate::expr::Type;
use crate::form::problem::Problem;
use crate::form::{MAX_DECIMALS, MAX_NUMBER};
use crate::value::Value;

pub(super) const BEHAVIOUR: Behaviour = Behaviour {
    title: ("数字", "a number"),
    attributes: &[Attribute::Bounds, Attribute::Decimals],
    value_type: |_| Type::Number,
    check: |field, path, problems| {
        check_range(None, field.decimals, MAX_DECIMALS, &format!("{path}.decimals"), problems)
    },
    read: |_, value, _| read(value),
    judge: |field, value, judging, problems| {
        let Value::Number(number) = value else { return };
        let decimals = field.decimals.unwrap_or(MAX_DECIMALS);
        if number.scale() > decimals {
            let (zh, en) = match decimals {
                0 => ("请填写整数".to_owned(), "please give a whole number".to_owned()),
                _ => (format!("最多 {decimals} 位小数"), format!("at most {decimals} decimals")),
            };
            problems.push(Problem::new("too_many_decimals", zh, en));
        }
        if number.abs() > Decimal::from(MAX_NUMBER) {
            problems.push(Problem::new("out_of_range", "数字太大", "the number is too large"));
        }
        judge_bounds(field, value, judging, problems);
    },
    ..PLAIN
};

/// Numbers, and texts that are numbers: thousands apart and full-width digits are how people write them.
fn read(value: &Value) -> Result<Value, Problem> {
    match value {
        Value::Blank => Ok(Value::Blank),
        Value::Number(number) => Ok(Value::number(*number)),
        Value::Text(text) => {
            let digits = half_width(text, &[',', ' ']);
            if digits.is_empty() {
                return Ok(Value::Blank);
            }
            Decimal::from_str_exact(&digits).map(Value::number).map_err(|_| not_this("数字", "a number"))
        }
        _ => Err(not_this("数字", "a number")),
    }
}
