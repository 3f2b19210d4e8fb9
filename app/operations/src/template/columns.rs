//! Which fields of a form are columns of their own, and what they are stored as.

use engine::form::{Field, FieldType, Form, FormulaResult};
use engine::template::Compiled;
use store::extension::{Column, ColumnType};

/// The columns of the case form: every field that the core does not hold itself.
pub(crate) fn case_columns(template: &Compiled) -> Vec<Column> {
    template.case_form().map(columns).unwrap_or_default()
}

/// The columns of a form's own fields, in document order.
pub(crate) fn columns(form: &Form) -> Vec<Column> {
    let own = form.fields.iter().filter_map(|field| {
        let kind = column_type(field)?;
        Some(Column { field: field.id.clone(), kind })
    });
    own.collect()
}

// `None` for what the core keeps in its own tables.
const fn column_type(field: &Field) -> Option<ColumnType> {
    match field.kind {
        FieldType::Text | FieldType::LongText | FieldType::Choice => Some(ColumnType::Text),
        FieldType::Number => Some(ColumnType::Number),
        FieldType::Money => Some(ColumnType::Money),
        FieldType::Bool => Some(ColumnType::Bool),
        FieldType::Date => Some(ColumnType::Date),
        FieldType::MultiChoice => Some(ColumnType::Json),
        FieldType::Formula => match field.result {
            Some(FormulaResult::Number) => Some(ColumnType::Number),
            Some(FormulaResult::Money) => Some(ColumnType::Money),
            Some(FormulaResult::Bool) => Some(ColumnType::Bool),
            Some(FormulaResult::Date) => Some(ColumnType::Date),
            Some(FormulaResult::Text) | None => Some(ColumnType::Text),
        },
        FieldType::Order
        | FieldType::Goods
        | FieldType::Reason
        | FieldType::Photos
        | FieldType::Customer
        | FieldType::Phone
        | FieldType::Email => None,
    }
}
