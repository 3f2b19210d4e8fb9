//! Numbers.

use std::borrow::Cow;

use rust_decimal::{Decimal, RoundingStrategy};

use super::{Accept, Function, Group, PLAIN, Run, arg, count_arg, number_arg};
use crate::expr::{EvalError, Scope, Type, operate};
use crate::value::Value;

const NUMBER: Function = Function { group: Group::Number, result: |_| Type::Number, ..PLAIN };
/// Most decimals that `round` keeps.
const MAX_DECIMALS: usize = 28;

pub(super) const TABLE: &[Function] = &[
    Function {
        name: "number",
        zh: "转数字",
        help: ("number(文本)：读成数字；读不出来则为空", "number(text): read as a number; blank when it is none"),
        params: &[Accept::Written],
        run: Run::Plain(|args, _| match arg(args, 0) {
            Value::Number(number) => Ok(Value::number(*number)),
            Value::Text(text) => Ok(Decimal::from_str_exact(text.trim()).map_or(Value::Blank, Value::number)),
            other => Err(EvalError::wrong("number", other)),
        }),
        ..NUMBER
    },
    Function {
        name: "round",
        zh: "四舍五入",
        help: ("round(数字, 小数位)：四舍五入", "round(number, decimals): half away from zero"),
        params: &[Accept::Number, Accept::Number],
        optional: 1,
        run: Run::Plain(|args, _| round(args, RoundingStrategy::MidpointAwayFromZero)),
        ..NUMBER
    },
    Function {
        name: "floor",
        zh: "向下取整",
        help: ("floor(数字)", "floor(number)"),
        params: &[Accept::Number],
        run: Run::Plain(|args, _| Ok(Value::number(number_arg("floor", args, 0)?.floor()))),
        ..NUMBER
    },
    Function {
        name: "ceil",
        zh: "向上取整",
        help: ("ceil(数字)", "ceil(number)"),
        params: &[Accept::Number],
        run: Run::Plain(|args, _| Ok(Value::number(number_arg("ceil", args, 0)?.ceil()))),
        ..NUMBER
    },
    Function {
        name: "abs",
        zh: "绝对值",
        help: ("abs(数字或金额)", "abs(number or money)"),
        params: &[Accept::Amount],
        result: |given| given.first(),
        run: Run::Plain(absolute),
        ..NUMBER
    },
    Function {
        name: "mod",
        zh: "取余",
        help: ("mod(a, b)：a 除以 b 的余数，与 a 同号", "mod(a, b): what a leaves over b, with a's sign"),
        params: &[Accept::Number, Accept::Number],
        run: Run::Plain(|args, _| {
            let (number, divisor) = (number_arg("mod", args, 0)?, number_arg("mod", args, 1)?);
            if divisor.is_zero() {
                return Err(EvalError::DivisionByZero);
            }
            operate::number(number.checked_rem(divisor))
        }),
        ..NUMBER
    },
];

fn round(args: &[Cow<'_, Value>], strategy: RoundingStrategy) -> Result<Value, EvalError> {
    let decimals = if args.len() > 1 { count_arg("round", args, 1)?.min(MAX_DECIMALS) } else { 0 };
    let decimals = u32::try_from(decimals).unwrap_or(0);
    Ok(Value::number(number_arg("round", args, 0)?.round_dp_with_strategy(decimals, strategy)))
}

fn absolute(args: &[Cow<'_, Value>], _scope: &dyn Scope) -> Result<Value, EvalError> {
    let value = arg(args, 0);
    match value {
        Value::Number(number) => Ok(Value::number(number.abs())),
        Value::Money(money) if money.minor < 0 => operate::negate(value),
        Value::Money(_) => Ok(value.clone()),
        other => Err(EvalError::wrong("abs", other)),
    }
}
