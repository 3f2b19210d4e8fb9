//! What the operators do with values. Blank spreads; money stays in minor units of one currency.

use std::cmp::Ordering;

use domain::money::MoneyError;
use domain::{LocalDate, Money};
use rust_decimal::{Decimal, RoundingStrategy};

use super::node::Operator;
use super::{EvalError, MAX_TEXT_BYTES};
use crate::value::{Duration, DurationUnit, Value};

impl From<MoneyError> for EvalError {
    fn from(error: MoneyError) -> Self {
        match error {
            MoneyError::CurrenciesDiffer(left, right) => Self::CurrenciesDiffer(left, right),
            MoneyError::TooLarge | MoneyError::NotAnAmount(_) => Self::TooLarge,
        }
    }
}

/// Applies an operator other than `in`.
pub(super) fn binary(operator: Operator, left: &Value, right: &Value) -> Result<Value, EvalError> {
    let symbol = operator.symbol();
    let ordered = |holds: fn(Ordering) -> bool| {
        Ok(compare(symbol, left, right)?.map_or(Value::Blank, |ordering| Value::Bool(holds(ordering))))
    };
    match operator {
        Operator::Equal => equal(symbol, left, right).map(Value::Bool),
        Operator::NotEqual => equal(symbol, left, right).map(|equal| Value::Bool(!equal)),
        Operator::Less => ordered(Ordering::is_lt),
        Operator::LessOrEqual => ordered(Ordering::is_le),
        Operator::Greater => ordered(Ordering::is_gt),
        Operator::GreaterOrEqual => ordered(Ordering::is_ge),
        Operator::In => contains(right, left).map(Value::Bool),
        _ if *left == Value::Blank || *right == Value::Blank => Ok(Value::Blank),
        Operator::Add => add(left, right),
        Operator::Subtract => subtract(left, right),
        Operator::Multiply => multiply(left, right),
        Operator::Divide => divide(left, right),
    }
}

/// Whether two values are equal. Blank equals what says nothing; other kinds must agree.
pub(super) fn equal(operation: &'static str, left: &Value, right: &Value) -> Result<bool, EvalError> {
    match (left, right) {
        (Value::Blank, other) | (other, Value::Blank) => Ok(other.is_blank()),
        (Value::Text(left), Value::Text(right)) => Ok(left == right),
        (Value::Bool(left), Value::Bool(right)) => Ok(left == right),
        (Value::List(_), Value::List(_)) | (Value::Record(_), Value::Record(_)) => Ok(left == right),
        _ => Ok(compare(operation, left, right)? == Some(Ordering::Equal)),
    }
}

/// The order of two values; `None` when one is blank.
pub(super) fn compare(operation: &'static str, left: &Value, right: &Value) -> Result<Option<Ordering>, EvalError> {
    Ok(Some(match (left, right) {
        (Value::Blank, _) | (_, Value::Blank) => return Ok(None),
        (Value::Number(left), Value::Number(right)) => left.cmp(right),
        (Value::Money(left), Value::Money(right)) => left.compare(*right)?,
        // Zero is zero in every currency.
        (Value::Money(money), Value::Number(number)) if number.is_zero() => money.minor.cmp(&0),
        (Value::Number(number), Value::Money(money)) if number.is_zero() => 0.cmp(&money.minor),
        (Value::Text(left), Value::Text(right)) => left.cmp(right),
        (Value::Date(left), Value::Date(right)) => left.cmp(right),
        (Value::DateTime(left), Value::DateTime(right)) => left.cmp(right),
        (Value::Duration(left), Value::Duration(right)) => {
            compare_durations(*left, *right).ok_or_else(|| EvalError::wrong(operation, &Value::Duration(*right)))?
        }
        (Value::Number(_) | Value::Money(_) | Value::Text(_), other) | (other, _) => {
            return Err(EvalError::wrong(operation, other));
        }
    }))
}

fn compare_durations(left: Duration, right: Duration) -> Option<Ordering> {
    if left.unit == right.unit {
        return Some(left.amount.cmp(&right.amount));
    }
    let left_minutes = left.unit.natural_minutes()?.checked_mul(left.amount)?;
    let right_minutes = right.unit.natural_minutes()?.checked_mul(right.amount)?;
    Some(left_minutes.cmp(&right_minutes))
}

/// Whether a list holds an item or a text a part; values of other kinds than the items are simply not in it.
pub(super) fn contains(whole: &Value, part: &Value) -> Result<bool, EvalError> {
    match (whole, part) {
        (Value::Blank, _) | (_, Value::Blank) => Ok(false),
        (Value::List(items), part) => Ok(items.contains(part)),
        (Value::Text(whole), Value::Text(part)) => Ok(whole.contains(part.as_str())),
        (Value::Text(_), other) | (other, _) => Err(EvalError::wrong("in", other)),
    }
}

pub(super) fn add(left: &Value, right: &Value) -> Result<Value, EvalError> {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => number(left.checked_add(*right)),
        (Value::Money(left), Value::Money(right)) => Ok(Value::Money(left.plus(*right)?)),
        (Value::Money(money), Value::Number(zero)) | (Value::Number(zero), Value::Money(money)) if zero.is_zero() => {
            Ok(Value::Money(*money))
        }
        (Value::Text(left), Value::Text(right)) => joined(left, right),
        (Value::Date(date), Value::Number(days)) | (Value::Number(days), Value::Date(date)) => {
            shift(*date, whole(*days)?)
        }
        (Value::Duration(left), Value::Duration(right)) if left.unit == right.unit => {
            duration(left.amount.checked_add(right.amount), left.unit)
        }
        (moment @ (Value::Date(_) | Value::DateTime(_)), Value::Duration(by))
        | (Value::Duration(by), moment @ (Value::Date(_) | Value::DateTime(_))) => moved(moment, *by, 1),
        (Value::Number(_) | Value::Money(_) | Value::Text(_) | Value::Date(_), other) | (other, _) => {
            Err(EvalError::wrong("+", other))
        }
    }
}

fn subtract(left: &Value, right: &Value) -> Result<Value, EvalError> {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => number(left.checked_sub(*right)),
        (Value::Money(left), Value::Money(right)) => Ok(Value::Money(left.minus(*right)?)),
        (Value::Money(money), Value::Number(zero)) if zero.is_zero() => Ok(Value::Money(*money)),
        (Value::Date(left), Value::Date(right)) => Ok(Value::from(left.days().saturating_sub(right.days()))),
        (Value::Date(date), Value::Number(days)) => shift(*date, -whole(*days)?),
        (Value::DateTime(left), Value::DateTime(right)) => {
            let ms = left.ms().checked_sub(right.ms()).ok_or(EvalError::TooLarge)?;
            duration(Some(ms.div_euclid(60_000)), DurationUnit::Minutes)
        }
        (Value::Duration(left), Value::Duration(right)) if left.unit == right.unit => {
            duration(left.amount.checked_sub(right.amount), left.unit)
        }
        (moment @ (Value::Date(_) | Value::DateTime(_)), Value::Duration(by)) => moved(moment, *by, -1),
        (Value::Number(_) | Value::Money(_) | Value::Date(_) | Value::DateTime(_), other) | (other, _) => {
            Err(EvalError::wrong("-", other))
        }
    }
}

fn multiply(left: &Value, right: &Value) -> Result<Value, EvalError> {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => number(left.checked_mul(*right)),
        (Value::Money(money), Value::Number(factor)) | (Value::Number(factor), Value::Money(money)) => {
            rounded(Decimal::from(money.minor).checked_mul(*factor), *money)
        }
        (Value::Number(_) | Value::Money(_), other) | (other, _) => Err(EvalError::wrong("*", other)),
    }
}

fn divide(left: &Value, right: &Value) -> Result<Value, EvalError> {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => number(quotient(*left, *right)?),
        (Value::Money(money), Value::Number(divisor)) => rounded(quotient(money.minor.into(), *divisor)?, *money),
        (Value::Money(left), Value::Money(right)) => {
            left.compare(*right)?;
            number(quotient(left.minor.into(), right.minor.into())?)
        }
        (Value::Number(_) | Value::Money(_), other) | (other, _) => Err(EvalError::wrong("/", other)),
    }
}

/// The opposite of a number, an amount or a duration.
pub(super) fn negate(value: &Value) -> Result<Value, EvalError> {
    match value {
        Value::Blank => Ok(Value::Blank),
        Value::Number(number) => Ok(Value::number(-*number)),
        Value::Money(money) => {
            let minor = money.minor.checked_neg().ok_or(EvalError::TooLarge)?;
            Ok(Value::Money(Money::new(minor, money.currency)))
        }
        Value::Duration(inner) => duration(inner.amount.checked_neg(), inner.unit),
        other => Err(EvalError::wrong("-", other)),
    }
}

/// Two texts behind each other, within `MAX_TEXT_BYTES`.
pub(super) fn joined(left: &str, right: &str) -> Result<Value, EvalError> {
    if left.len().saturating_add(right.len()) > MAX_TEXT_BYTES {
        return Err(EvalError::TooLong);
    }
    Ok(Value::Text(format!("{left}{right}")))
}

/// A number that came out in range.
pub(super) fn number(result: Option<Decimal>) -> Result<Value, EvalError> {
    result.map(Value::number).ok_or(EvalError::TooLarge)
}

/// A day moved by whole days, within the years 0 to 9999.
pub(super) fn shift(date: LocalDate, days: i64) -> Result<Value, EvalError> {
    day_in_range(date.plus_days(days)).map(Value::Date)
}

/// The day, when its year has four digits.
pub(super) fn day_in_range(date: LocalDate) -> Result<LocalDate, EvalError> {
    const FIRST_DAY: i64 = -719_528;
    const LAST_DAY: i64 = 2_932_896;
    if (FIRST_DAY..=LAST_DAY).contains(&date.days()) { Ok(date) } else { Err(EvalError::TooLarge) }
}

/// A number without a fraction.
pub(super) fn whole(number: Decimal) -> Result<i64, EvalError> {
    if !number.is_integer() {
        return Err(EvalError::wrong("+", &Value::Number(number)));
    }
    i64::try_from(number).ok().filter(|days| days.unsigned_abs() < 1 << 40).ok_or(EvalError::TooLarge)
}

fn quotient(left: Decimal, right: Decimal) -> Result<Option<Decimal>, EvalError> {
    if right.is_zero() { Err(EvalError::DivisionByZero) } else { Ok(left.checked_div(right)) }
}

/// Minor units rounded half away from zero.
fn rounded(minor: Option<Decimal>, money: Money) -> Result<Value, EvalError> {
    let minor = minor.ok_or(EvalError::TooLarge)?.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero);
    let minor = i64::try_from(minor).map_err(|_| EvalError::TooLarge)?;
    Ok(Value::Money(Money::new(minor, money.currency)))
}

fn duration(amount: Option<i64>, unit: DurationUnit) -> Result<Value, EvalError> {
    amount.and_then(|amount| Duration::new(amount, unit)).map(Value::Duration).ok_or(EvalError::TooLarge)
}

fn moved(moment: &Value, by: Duration, sign: i64) -> Result<Value, EvalError> {
    let minutes = by.unit.natural_minutes().ok_or_else(|| EvalError::wrong("+", &Value::Duration(by)))?;
    match moment {
        Value::Date(date) if by.unit == DurationUnit::Days => shift(*date, by.amount * sign),
        Value::DateTime(instant) => {
            let ms = by.amount * sign * minutes * 60_000;
            instant
                .ms()
                .checked_add(ms)
                .map(|ms| Value::DateTime(domain::Timestamp::from_ms(ms)))
                .ok_or(EvalError::TooLarge)
        }
        _ => Err(EvalError::wrong("+", &Value::Duration(by))),
    }
}
