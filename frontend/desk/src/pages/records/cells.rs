//! What a record says, field by field: in a table, and in words.

use std::sync::Arc;

use contract::record::RecordView;
use engine::form::{Field, FieldType, Form, FormulaResult};
use engine::value::Value;
use leptos::prelude::*;
use parts::said::{read, said, value};
use ui::{Column, Money, TimeStamp, text};

/// More fields than this are read in the record itself.
const MAX_COLUMNS: usize = 10;
/// Columns of a form are neither hidden nor sorted: none needs a name of its own.
const COLUMN: &str = "field";

/// The fields that records hold.
pub(super) fn kept(form: &Form) -> impl Iterator<Item = &Field> {
    form.fields.iter().filter(|field| {
        matches!(
            field.kind,
            FieldType::Text
                | FieldType::LongText
                | FieldType::Phone
                | FieldType::Email
                | FieldType::Choice
                | FieldType::MultiChoice
                | FieldType::Number
                | FieldType::Money
                | FieldType::Bool
                | FieldType::Date
                | FieldType::Formula
        )
    })
}

/// A field's value as people read it; options by their titles, one that is offered no more as it was kept.
pub(super) fn words(field: &Field, held: &Value) -> String {
    match held {
        Value::Text(id) => {
            let option = field.options.iter().find(|option| option.id == *id);
            option.map_or_else(|| id.clone(), |option| read(&option.title))
        }
        Value::List(items) => value(&Value::texts(items.iter().map(|item| words(field, item)))),
        other => value(other),
    }
}

fn is_number(field: &Field) -> bool {
    matches!(field.kind, FieldType::Number | FieldType::Money)
        || matches!(field.result, Some(FormulaResult::Number | FormulaResult::Money))
}

/// The column that takes the room which is left: the one with most to say.
fn widest(fields: &[&Field]) -> usize {
    let first = |kind: FieldType| fields.iter().position(|field| field.kind == kind);
    first(FieldType::LongText).or_else(|| first(FieldType::Text)).unwrap_or(0)
}

/// A form's columns, and when each record was made.
pub(super) fn columns(form: &Form) -> Vec<Column<RecordView>> {
    let fields: Vec<&Field> = kept(form).take(MAX_COLUMNS).collect();
    let widest = widest(&fields);
    let column = |(at, field): (usize, &&Field)| {
        let (own, is_first, grows) = (Arc::new((*field).clone()), at == 0, at == widest);
        let title = said(&own.title);
        let column = Column::new(COLUMN, title, move |row: &RecordView| cell(&own, row, is_first, grows));
        let column = if is_number(field) { column.number() } else { column };
        let column = if grows { column.grow() } else { column };
        if is_first { column.pinned() } else { column }
    };
    let mut columns: Vec<_> = fields.iter().enumerate().map(column).collect();
    columns.push(Column::new("recorded", text("记录时间", "Recorded"), |row: &RecordView| {
        view! { <TimeStamp at_ms=row.created_at.ms()/> }
    }));
    columns
}

fn cell(field: &Arc<Field>, row: &RecordView, is_first: bool, grows: bool) -> AnyView {
    match row.answers.get(&field.id) {
        Some(Value::Money(amount)) => {
            let currency = amount.currency.code().to_owned();
            view! { <Money amount_minor=amount.minor currency/> }.into_any()
        }
        Some(held) => {
            let (field, held) = (Arc::clone(field), held.clone());
            let words = move || words(&field, &held);
            view! { <span class="records__text" class:records__text--grows=grows>{words}</span> }.into_any()
        }
        // It is the heading of the row's card on a phone.
        None if is_first => view! { <span class="u-soft">"—"</span> }.into_any(),
        None => ().into_any(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(fields: &str) -> Form {
        let json = format!(r#"{{"id": "f", "title": {{"zh": "表", "en": "Form"}}, "fields": [{fields}]}}"#);
        serde_json::from_str(&json).unwrap()
    }

    const NAME: &str = r#"{"id": "name", "type": "text", "title": {"zh": "名", "en": "Name"}}"#;
    const NOTE: &str = r#"{"id": "note", "type": "long_text", "title": {"zh": "注", "en": "Note"}}"#;
    const DAY: &str = r#"{"id": "day", "type": "date", "title": {"zh": "日", "en": "Day"}}"#;
    const PHOTOS: &str = r#"{"id": "photos", "type": "photos", "title": {"zh": "照", "en": "Photos"}}"#;

    #[track_caller]
    fn check_widest(fields: &str, expect: usize) {
        assert_eq!(widest(&kept(&form(fields)).collect::<Vec<_>>()), expect);
    }

    #[test]
    fn what_says_most_gets_the_room() {
        check_widest(&[DAY, NAME, NOTE].join(","), 2);
        check_widest(&[DAY, NAME].join(","), 1);
        check_widest(DAY, 0);
    }

    #[test]
    fn what_records_do_not_hold_is_no_column() {
        let form = form(&[PHOTOS, NAME].join(","));
        assert_eq!(kept(&form).map(|field| field.id.as_str()).collect::<Vec<_>>(), ["name"]);
    }
}
