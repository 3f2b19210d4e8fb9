//! An amount in the field's or the shop's currency.

use domain::Money;

use super::{Attribute, Behaviour, PLAIN, half_width, judge_bounds, not_this};
use crate::expr::Type;
use crate::form::context::Context;
use crate::form::definition::Field;
use crate::form::problem::Problem;
use crate::value::Value;

pub(super) const BEHAVIOUR: Behaviour = Behaviour {
    title: ("金额", "an amount"),
    attributes: &[Attribute::Bounds, Attribute::Currency],
    value_type: |_| Type::Money,
    read,
    judge: |field, value, judging, problems| judge_bounds(field, value, judging, problems),
    ..PLAIN
};

fn read(field: &Field, value: &Value, context: &Context) -> Result<Value, Problem> {
    let currency = field.currency.unwrap_or(context.currency);
    let text = match value {
        Value::Blank => return Ok(Value::Blank),
        Value::Money(money) if money.currency == currency => return Ok(value.clone()),
        Value::Money(_) => {
            let (zh, en) = (format!("币种应为 {currency}"), format!("the currency should be {currency}"));
            return Err(Problem::new("wrong_currency", zh, en));
        }
        Value::Number(number) => number.to_string(),
        Value::Text(text) => half_width(text, &[',', ' ', '¥', '￥', '$']),
        _ => return Err(not_this("金额", "an amount")),
    };
    if text.is_empty() {
        return Ok(Value::Blank);
    }
    Money::parse(&text, currency).map(Value::Money).map_err(|_| match currency.digits() {
        0 => not_this("没有小数的金额", "an amount without decimals"),
        digits => Problem::new(
            "wrong_kind",
            format!("请填写金额，最多 {digits} 位小数"),
            format!("please give an amount of at most {digits} decimals"),
        ),
    })
}
