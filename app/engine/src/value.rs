//! What answers, facts and expressions hold: eleven kinds of value, with one JSON form for each.

mod duration;
mod json;
mod say;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use domain::{LocalDate, Money, Text, Timestamp};
use rust_decimal::Decimal;

pub use duration::{Duration, DurationUnit, NotADuration};
pub use say::say_money;

/// A row or nested object: values by field id.
pub type Record = BTreeMap<String, Value>;

/// One value. Blank is not zero and not false.
///
/// In JSON: `null`, text, `true`, arrays and objects as they are; whole numbers up to 2^53 − 1 as numbers, others as
/// `{"$number": "12.5"}`; `{"$money": {"minor": 12900, "currency": "CNY"}}`, `{"$date": "2026-11-11"}`,
/// `{"$time": ms}`, `{"$duration": "4 working_hours"}`. Keys beginning with `$` are reserved.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Value {
    /// Nothing was given.
    #[default]
    Blank,
    /// A text.
    Text(String),
    /// A decimal number of up to 28 digits.
    Number(Decimal),
    /// An amount in minor units of a currency.
    Money(Money),
    /// Yes or no.
    Bool(bool),
    /// A day.
    Date(LocalDate),
    /// An instant.
    DateTime(Timestamp),
    /// An amount of time with its unit.
    Duration(Duration),
    /// Several values, in order.
    List(Vec<Value>),
    /// Values by field id.
    Record(Record),
}

impl Value {
    /// A text.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }
    /// A number, trailing zeros dropped so that equal numbers are written alike.
    #[must_use]
    pub fn number(number: impl Into<Decimal>) -> Self {
        Self::Number(number.into().normalize())
    }
    /// A list of texts.
    #[must_use]
    pub fn texts<T: Into<String>>(texts: impl IntoIterator<Item = T>) -> Self {
        Self::List(texts.into_iter().map(Self::text).collect())
    }
    /// Whether it says nothing: blank, the empty text or the empty list.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        match self {
            Self::Blank => true,
            Self::Text(text) => text.is_empty(),
            Self::List(items) => items.is_empty(),
            _ => false,
        }
    }
    /// The text, if it is one.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }
    /// The number, if it is one.
    #[must_use]
    pub const fn as_number(&self) -> Option<Decimal> {
        if let Self::Number(number) = self { Some(*number) } else { None }
    }
    /// The whole number, if it is one within 64 bits.
    #[must_use]
    pub fn as_integer(&self) -> Option<i64> {
        let number = self.as_number()?;
        if number.is_integer() { i64::try_from(number).ok() } else { None }
    }
    /// The amount, if it is one.
    #[must_use]
    pub const fn as_money(&self) -> Option<Money> {
        if let Self::Money(money) = self { Some(*money) } else { None }
    }
    /// Yes or no, if it is one.
    #[must_use]
    pub const fn as_bool(&self) -> Option<bool> {
        if let Self::Bool(yes) = self { Some(*yes) } else { None }
    }
    /// The day, if it is one.
    #[must_use]
    pub const fn as_date(&self) -> Option<LocalDate> {
        if let Self::Date(date) = self { Some(*date) } else { None }
    }
    /// The items, if it is a list.
    #[must_use]
    pub fn as_list(&self) -> Option<&[Self]> {
        if let Self::List(items) = self { Some(items) } else { None }
    }
    /// The fields, if it is a record.
    #[must_use]
    pub const fn as_record(&self) -> Option<&Record> {
        if let Self::Record(fields) = self { Some(fields) } else { None }
    }
    /// What kind of value it is, for messages.
    #[must_use]
    pub fn kind_title(&self) -> Text {
        let (zh, en) = match self {
            Self::Blank => ("空", "blank"),
            Self::Text(_) => ("文本", "text"),
            Self::Number(_) => ("数字", "a number"),
            Self::Money(_) => ("金额", "money"),
            Self::Bool(_) => ("是/否", "yes or no"),
            Self::Date(_) => ("日期", "a date"),
            Self::DateTime(_) => ("时间", "a time"),
            Self::Duration(_) => ("时长", "a duration"),
            Self::List(_) => ("列表", "a list"),
            Self::Record(_) => ("记录", "a record"),
        };
        Text::new(zh, en)
    }
}

impl From<bool> for Value {
    fn from(yes: bool) -> Self {
        Self::Bool(yes)
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Number(number.into())
    }
}

impl From<Money> for Value {
    fn from(money: Money) -> Self {
        Self::Money(money)
    }
}

impl From<LocalDate> for Value {
    fn from(date: LocalDate) -> Self {
        Self::Date(date)
    }
}

impl From<Timestamp> for Value {
    fn from(instant: Timestamp) -> Self {
        Self::DateTime(instant)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::text(text)
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl<T: Into<Self>> From<Option<T>> for Value {
    fn from(option: Option<T>) -> Self {
        option.map_or(Self::Blank, Into::into)
    }
}

/// `YYYY-MM-DD HH:MM` at an offset from UTC in minutes.
#[must_use]
pub fn local_minute(instant: Timestamp, offset_minutes: i32) -> String {
    let local_ms = instant.plus_ms(i64::from(offset_minutes) * 60_000).ms();
    let minute = local_ms.div_euclid(60_000).rem_euclid(1_440);
    format!("{} {:02}:{:02}", LocalDate::from_days(local_ms.div_euclid(86_400_000)), minute / 60, minute % 60)
}
