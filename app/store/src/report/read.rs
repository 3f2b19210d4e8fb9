//! Reads an answered row as the plan says what its columns are.

use engine::report::{Bucket, ColumnKind, Group, GroupKey, Plan};
use engine::value::Value;
use rusqlite::types::Value as Col;

use super::{Figure, ReportRow};
use crate::error::Error;
use crate::row::Row;

pub(super) fn row(plan: &Plan, row: &Row<'_>) -> Result<ReportRow, Error> {
    let mut at = 0..row.width();
    let mut next = || row.get::<Col>(at.next().unwrap_or_default());
    let keys = plan.groups.iter().map(|group| Ok(key(group, next()?))).collect::<Result<_, Error>>()?;
    let currency = match plan.currency {
        Some(_) => text(next()?),
        None => None,
    };
    let figures = plan.measures.iter().map(|_| Ok(figure(&next()?))).collect::<Result<_, Error>>()?;
    Ok(ReportRow { keys, currency, figures })
}

fn key(group: &Group, stored: Col) -> GroupKey {
    match (&group.bucket, stored) {
        (_, Col::Null) => GroupKey::Blank,
        (Bucket::Each, Col::Integer(number)) if group.column.kind() == ColumnKind::Bool => {
            GroupKey::Value(Value::Bool(number != 0))
        }
        (Bucket::Ranges(_), Col::Integer(place)) => {
            let label = usize::try_from(place).ok().and_then(|place| group.bucket.labels().into_iter().nth(place));
            label.map_or(GroupKey::Blank, GroupKey::Label)
        }
        (Bucket::Day, Col::Text(day)) => match day.parse() {
            Ok(day) => GroupKey::Value(Value::Date(day)),
            Err(_) => GroupKey::Label(day),
        },
        (Bucket::Month, Col::Text(month)) => GroupKey::Label(month),
        (_, stored) => text(stored).map_or(GroupKey::Blank, |text| GroupKey::Value(Value::Text(text))),
    }
}

fn text(stored: Col) -> Option<String> {
    match stored {
        Col::Text(text) => Some(text),
        Col::Integer(number) => Some(number.to_string()),
        Col::Real(number) => Some(number.to_string()),
        Col::Null | Col::Blob(_) => None,
    }
}

pub(super) const fn figure(stored: &Col) -> Figure {
    match stored {
        Col::Integer(number) => Figure::Whole(*number),
        Col::Real(number) => Figure::Decimal(*number),
        Col::Null | Col::Text(_) | Col::Blob(_) => Figure::Blank,
    }
}
