//! Which fields of a form are columns of their own, and what they are stored as.

use engine::form::{Field, FieldType, Form, FormulaResult};
use engine::template::Compiled;
use store::extension::{Column, ColumnType};

/// The columns of the case form: every field that the core does not hold itself.
pub(crate) fn case_columns(template: &Compiled) -> Vec<Column> {
    let fields = template.case_form().map(|form| form.fields.as_slice()).unwrap_or_default();
    columns_of(fields.iter().filter(|field| !field.kind.is_of_core()))
}

/// The columns of a form of the merchant's own, in document order. It has no contact beside it: phones and addresses
/// are texts of the record.
pub(crate) fn own_columns(form: &Form) -> Vec<Column> {
    columns_of(form.fields.iter())
}

fn columns_of<'f>(fields: impl Iterator<Item = &'f Field>) -> Vec<Column> {
    let own = fields.filter_map(|field| {
        let kind = column_type(field)?;
        Some(Column { field: field.id.clone(), kind })
    });
    own.collect()
}

// `None` for what only a case can keep.
const fn column_type(field: &Field) -> Option<ColumnType> {
    match field.kind {
        FieldType::Text | FieldType::LongText | FieldType::Choice | FieldType::Phone | FieldType::Email => {
            Some(ColumnType::Text)
        }
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
        FieldType::Order | FieldType::Goods | FieldType::Reason | FieldType::Photos | FieldType::Customer => None,
    }
}
