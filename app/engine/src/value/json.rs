//! The JSON form of values. Reading what was written gives the same value and the same bytes.

use std::fmt;

use domain::{LocalDate, Money, Timestamp};
use rust_decimal::Decimal;
use serde::de::{self, MapAccess, SeqAccess, Visitor};
use serde::ser::{Error as _, SerializeMap};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Duration, Record, Value};
use crate::similar;

/// Whole numbers up to this size are JSON numbers: JavaScript reads them exactly.
const MAX_PLAIN_INTEGER: u64 = (1 << 53) - 1;

const NUMBER: &str = "$number";
const MONEY: &str = "$money";
const DATE: &str = "$date";
const TIME: &str = "$time";
const DURATION: &str = "$duration";
const TAGS: [&str; 5] = [NUMBER, MONEY, DATE, TIME, DURATION];

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Blank => serializer.serialize_unit(),
            Self::Text(text) => serializer.serialize_str(text),
            Self::Bool(yes) => serializer.serialize_bool(*yes),
            Self::Number(number) => write_number(*number, serializer),
            Self::Money(money) => tagged(serializer, MONEY, money),
            Self::Date(date) => tagged(serializer, DATE, date),
            Self::DateTime(instant) => tagged(serializer, TIME, instant),
            Self::Duration(duration) => tagged(serializer, DURATION, duration),
            Self::List(items) => serializer.collect_seq(items),
            Self::Record(fields) if fields.keys().any(|key| key.starts_with('$')) => {
                Err(S::Error::custom("a field id cannot begin with `$`"))
            }
            Self::Record(fields) => serializer.collect_map(fields),
        }
    }
}

fn tagged<S: Serializer, T: Serialize + ?Sized>(serializer: S, tag: &str, inner: &T) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(Some(1))?;
    map.serialize_entry(tag, inner)?;
    map.end()
}

fn write_number<S: Serializer>(number: Decimal, serializer: S) -> Result<S::Ok, S::Error> {
    let number = number.normalize();
    match i64::try_from(number) {
        Ok(whole) if number.is_integer() && whole.unsigned_abs() <= MAX_PLAIN_INTEGER => {
            serializer.serialize_i64(whole)
        }
        _ => tagged(serializer, NUMBER, &number.to_string()),
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ValueVisitor)
    }
}

struct ValueVisitor;

impl<'de> Visitor<'de> for ValueVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value: null, text, true, false, a number, a list, a record or a `$` form")
    }
    fn visit_unit<E: de::Error>(self) -> Result<Value, E> {
        Ok(Value::Blank)
    }
    fn visit_none<E: de::Error>(self) -> Result<Value, E> {
        Ok(Value::Blank)
    }
    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        Value::deserialize(deserializer)
    }
    fn visit_bool<E: de::Error>(self, yes: bool) -> Result<Value, E> {
        Ok(Value::Bool(yes))
    }
    fn visit_i64<E: de::Error>(self, number: i64) -> Result<Value, E> {
        Ok(Value::number(number))
    }
    fn visit_u64<E: de::Error>(self, number: u64) -> Result<Value, E> {
        Ok(Value::number(number))
    }
    fn visit_f64<E: de::Error>(self, number: f64) -> Result<Value, E> {
        read_number(&number.to_string())
    }
    fn visit_str<E: de::Error>(self, text: &str) -> Result<Value, E> {
        Ok(Value::text(text))
    }
    fn visit_string<E: de::Error>(self, text: String) -> Result<Value, E> {
        Ok(Value::Text(text))
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element()? {
            items.push(item);
        }
        Ok(Value::List(items))
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut fields = Record::new();
        while let Some(key) = map.next_key::<String>()? {
            if key.starts_with('$') {
                let value = read_tagged(&key, &mut map)?;
                let alone = fields.is_empty() && map.next_key::<String>()?.is_none();
                return if alone { Ok(value) } else { Err(de::Error::custom(format!("`{key}` must stand alone"))) };
            }
            let value = map.next_value()?;
            if fields.insert(key.clone(), value).is_some() {
                return Err(de::Error::custom(format!("`{key}` is given twice")));
            }
        }
        Ok(Value::Record(fields))
    }
}

fn read_tagged<'de, A: MapAccess<'de>>(tag: &str, map: &mut A) -> Result<Value, A::Error> {
    match tag {
        NUMBER => read_number(&map.next_value::<String>()?),
        MONEY => map.next_value::<Money>().map(Value::Money),
        DATE => map.next_value::<LocalDate>().map(Value::Date),
        TIME => map.next_value::<Timestamp>().map(Value::DateTime),
        DURATION => map.next_value::<Duration>().map(Value::Duration),
        _ => {
            let help = similar::closest(tag, TAGS).map(|tag| format!("; did you mean `{tag}`?")).unwrap_or_default();
            Err(de::Error::custom(format!("`{tag}` is not a kind of value{help}")))
        }
    }
}

fn read_number<E: de::Error>(text: &str) -> Result<Value, E> {
    let number = Decimal::from_str_exact(text);
    number.map(Value::number).map_err(|_| E::custom(format!("`{text}` is not a number of up to 28 digits")))
}
