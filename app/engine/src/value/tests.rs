//! Tables and properties of values.

#![expect(clippy::unwrap_used, reason = "tests")]

use domain::{Currency, LocalDate, Money, Timestamp};
use rust_decimal::Decimal;

use super::{Duration, DurationUnit, Value};

#[track_caller]
fn check(value: Value, json: &str) {
    assert_eq!(serde_json::to_string(&value).unwrap(), json);
    let read: Value = serde_json::from_str(json).unwrap();
    assert_eq!(read, value);
    assert_eq!(serde_json::to_string(&read).unwrap(), json, "the bytes differ the second time");
}

#[track_caller]
fn refused(json: &str, says: &str) {
    let error = serde_json::from_str::<Value>(json).unwrap_err().to_string();
    assert!(error.contains(says), "{error}");
}

#[test]
fn every_kind_has_one_json_form() {
    check(Value::Blank, "null");
    check(Value::text("破损"), "\"破损\"");
    check(Value::number(3), "3");
    check(Value::number(-3), "-3");
    check(Value::number((1_i64 << 53) - 1), "9007199254740991");
    check(Value::number(1_i64 << 53), r#"{"$number":"9007199254740992"}"#);
    check(Value::number(Decimal::new(1250, 2)), r#"{"$number":"12.5"}"#);
    check(Value::Money(Money::new(-1, Currency::CNY)), r#"{"$money":{"minor":-1,"currency":"CNY"}}"#);
    check(Value::Bool(true), "true");
    check(Value::Date(LocalDate::from_ymd(2026, 11, 11).unwrap()), r#"{"$date":"2026-11-11"}"#);
    check(Value::DateTime(Timestamp::from_ms(-5)), r#"{"$time":-5}"#);
    let four = Duration::new(4, DurationUnit::WorkingHours).unwrap();
    check(Value::Duration(four), r#"{"$duration":"4 working_hours"}"#);
    check(Value::List(vec![Value::Blank, Value::List(vec![])]), "[null,[]]");
    let row = [("quantity".to_owned(), Value::number(2)), ("line".to_owned(), Value::text("7"))];
    check(Value::Record(row.into_iter().collect()), r#"{"line":"7","quantity":2}"#);
    check(Value::Record(super::Record::new()), "{}");
}

#[test]
fn floats_are_read_by_their_shortest_text_and_written_exactly() {
    let read: Value = serde_json::from_str("12.50").unwrap();
    assert_eq!(read, Value::number(Decimal::new(125, 1)));
    let unnormalised = Value::Number(Decimal::new(3000, 3));
    assert_eq!(serde_json::to_string(&unnormalised).unwrap(), "3");
}

#[test]
fn what_is_no_value_is_named() {
    refused(r#"{"$nmber":"1"}"#, "did you mean `$number`?");
    refused(r#"{"$number":"1","x":2}"#, "must stand alone");
    refused(r#"{"x":2,"$number":"1"}"#, "must stand alone");
    refused(r#"{"x":1,"x":2}"#, "given twice");
    refused(r#"{"$duration":"4 working_hour"}"#, "did you mean `working_hours`?");
    refused(r#"{"$number":"1e400"}"#, "not a number");
    refused("1e300", "not a number");
    let reserved: super::Record = [("$x".to_owned(), Value::Blank)].into_iter().collect();
    assert!(serde_json::to_string(&Value::Record(reserved)).is_err());
}

#[test]
fn durations_say_themselves() {
    let day: Duration = "1 working_days".parse().unwrap();
    assert_eq!(day.say(domain::Lang::En), "1 working day");
    assert_eq!(day.say(domain::Lang::Zh), "1 个工作日");
    assert!("99999999999 hours".parse::<Duration>().is_err());
    assert!("hours".parse::<Duration>().is_err());
}

#[test]
fn values_are_said_in_the_readers_language() {
    let say = |value: Value, lang| value.say(lang, 480);
    let cny = |minor| Value::Money(Money::new(minor, Currency::CNY));
    assert_eq!(say(cny(500_000), domain::Lang::Zh), "¥5,000.00");
    assert_eq!(say(cny(-123_456_789), domain::Lang::En), "-¥1,234,567.89");
    assert_eq!(say(cny(99), domain::Lang::En), "¥0.99");
    assert_eq!(say(Value::Money(Money::new(1_000, "JPY".parse().unwrap())), domain::Lang::En), "¥1,000");
    assert_eq!(say(Value::Money(Money::new(1_000, "CHF".parse().unwrap())), domain::Lang::En), "CHF 10.00");
    assert_eq!(say(Value::Bool(true), domain::Lang::Zh), "是");
    assert_eq!(say(Value::DateTime(Timestamp::from_ms(0)), domain::Lang::Zh), "1970-01-01 08:00");
    assert_eq!(say(Value::texts(["a", "", "b"]), domain::Lang::Zh), "a、b");
    assert_eq!(say(Value::texts(["a", "b"]), domain::Lang::En), "a, b");
}
