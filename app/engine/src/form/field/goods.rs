//! The goods of the order: which line, what is asked for it, how many. The order fills in the rest.

use std::sync::Arc;

use domain::{Diagnostic, LineKind, Text};

use super::{Attribute, Behaviour, PLAIN, check_range, not_this};
use crate::expr::{Schema, Type};
use crate::form::definition::Field;
use crate::form::problem::Problem;
use crate::form::{MAX_COLUMNS, MAX_ROWS};
use crate::value::Value;

/// Columns that a person answers.
pub const CORE_COLUMNS: [&str; 3] = ["line", "kind", "quantity"];
/// Columns that the order fills in; an answer given for them is not looked at.
pub const DERIVED_COLUMNS: [&str; 6] = ["sku", "title", "category", "claimable", "price", "amount"];

pub(super) const BEHAVIOUR: Behaviour = Behaviour {
    title: ("退换商品", "goods"),
    attributes: &[Attribute::Kinds, Attribute::Columns, Attribute::Count],
    in_rows: false,
    value_type: |field| Type::list(Type::Record(Arc::new(columns(field)))),
    check,
    read: |_, value, _| match value {
        Value::Blank => Ok(Value::Blank),
        Value::List(rows) if rows.len() > MAX_ROWS => {
            let (zh, en) = (format!("最多 {MAX_ROWS} 行"), format!("at most {MAX_ROWS} rows"));
            Err(Problem::new("too_many", zh, en))
        }
        Value::List(rows) if rows.iter().all(|row| row.as_record().is_some()) => Ok(value.clone()),
        _ => Err(not_this("商品行", "rows of goods")),
    },
    ..PLAIN
};

/// The types of all columns of a row.
pub(in crate::form) fn columns(field: &Field) -> Schema {
    let kinds: Vec<&str> = kinds(field).iter().map(|kind| kind.as_str()).collect();
    let core = Schema::new()
        .with("line", Type::Text)
        .with("kind", Type::choice(kinds))
        .with("quantity", Type::Number)
        .with("sku", Type::Text)
        .with("title", Type::Text)
        .with("category", Type::Text)
        .with("claimable", Type::Number)
        .with("price", Type::Money)
        .with("amount", Type::Money);
    field.columns.iter().fold(core, |schema, column| {
        schema.with(column.id.as_str(), (super::behaviour(column.kind).value_type)(column))
    })
}

/// The kinds that a row of a goods field may have.
#[must_use]
pub fn kinds(field: &Field) -> &[LineKind] {
    if field.kinds.is_empty() { LineKind::ALL } else { &field.kinds }
}

fn check(field: &Field, path: &str, problems: &mut Vec<Diagnostic>) {
    let most = u32::try_from(MAX_ROWS).unwrap_or(u32::MAX);
    check_range(field.min_count, field.max_count, most, path, problems);
    if field.columns.len() > MAX_COLUMNS {
        let message = Text::new(format!("最多添加 {MAX_COLUMNS} 列"), format!("at most {MAX_COLUMNS} columns"));
        problems.push(Diagnostic::error("too_many_columns", format!("{path}.columns"), message));
    }
    if field.default.is_some() || field.prefill.is_some() {
        let message =
            Text::new("商品由订单填入，不能设默认值", "goods are filled in from the order and have no default");
        problems.push(Diagnostic::error("attribute_not_taken", format!("{path}.default"), message));
    }
    for (index, column) in field.columns.iter().enumerate() {
        if CORE_COLUMNS.contains(&column.id.as_str()) || DERIVED_COLUMNS.contains(&column.id.as_str()) {
            let message = Text::new(
                format!("商品表已有列“{}”", column.id),
                format!("goods have a column `{}` already", column.id),
            );
            problems.push(Diagnostic::error("duplicate_id", format!("{path}.columns[{index}].id"), message));
        }
    }
}
