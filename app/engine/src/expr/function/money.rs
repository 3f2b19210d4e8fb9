//! Amounts: always with a currency.

use std::borrow::Cow;

use domain::{Currency, Money};
use rust_decimal::Decimal;

use super::{Accept, Function, Group, PLAIN, Run, arg, text_arg};
use crate::expr::{EvalError, Scope, Type};
use crate::value::Value;

const MONEY: Function = Function { group: Group::Money, ..PLAIN };

pub(super) const TABLE: &[Function] = &[
    Function {
        name: "money",
        zh: "金额",
        help: (
            "money(\"5000.00\", \"CNY\")：金额与三位币种代码",
            "money(\"5000.00\", \"CNY\"): an amount and a currency code of three capital letters",
        ),
        params: &[Accept::Written, Accept::Text],
        folds: true,
        result: |_| Type::Money,
        run: Run::Plain(money),
        ..MONEY
    },
    Function {
        name: "amount",
        zh: "金额数",
        help: ("amount(金额)：不带币种的数字", "amount(money): the number without its currency"),
        params: &[Accept::Money],
        result: |_| Type::Number,
        run: Run::Plain(|args, _| match arg(args, 0) {
            Value::Money(money) => Ok(Value::number(Decimal::new(money.minor, money.currency.digits()))),
            other => Err(EvalError::wrong("amount", other)),
        }),
        ..MONEY
    },
    Function {
        name: "currency",
        zh: "币种",
        help: ("currency(金额)：币种代码", "currency(money): its code"),
        params: &[Accept::Money],
        result: |_| Type::Text,
        run: Run::Plain(|args, _| match arg(args, 0) {
            Value::Money(money) => Ok(Value::text(money.currency.code())),
            other => Err(EvalError::wrong("currency", other)),
        }),
        ..MONEY
    },
];

/// Blank when the amount has more decimals than the currency, or the currency is none.
fn money(args: &[Cow<'_, Value>], _scope: &dyn Scope) -> Result<Value, EvalError> {
    let amount = match arg(args, 0) {
        Value::Number(number) => Cow::Owned(number.to_string()),
        Value::Text(text) => Cow::Borrowed(text.as_str()),
        other => return Err(EvalError::wrong("money", other)),
    };
    let Ok(currency) = text_arg("money", args, 1)?.parse::<Currency>() else { return Ok(Value::Blank) };
    Ok(Money::parse(&amount, currency).map_or(Value::Blank, Value::Money))
}
