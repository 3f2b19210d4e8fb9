//! The entity that a form describes.

use super::{Entity, Field, FieldType, Storage, core_entity};
use crate::expr::Toggle;
use crate::form::{self, Choice, Form, FormulaResult};

/// The entity of a form. With the id of a core entity its own fields stand behind the core's, and what the core keeps
/// itself (order, goods, reason, photos, customer) is left out; else all fields are stored in a table of its own.
#[must_use]
pub fn of_form(form: &Form, core: Option<&str>) -> Entity {
    let base = core.and_then(core_entity);
    let kept = |field: &&form::Field| base.is_none() || !is_cores(field.kind);
    let own: Vec<Field> = form.fields.iter().filter(kept).map(of_field).collect();
    match &base {
        Some(base) => {
            let fields = base.fields.iter().cloned().chain(own).collect();
            Entity { title: form.title.clone(), fields, ..base.clone() }
        }
        None => Entity { id: form.id.clone(), title: form.title.clone(), storage: Storage::Own, fields: own },
    }
}

/// What a case keeps in tables of the core.
const fn is_cores(kind: form::FieldType) -> bool {
    use form::FieldType::{Customer, Goods, Order, Photos, Reason};
    matches!(kind, Customer | Goods | Order | Photos | Reason)
}

fn of_field(field: &form::Field) -> Field {
    Field {
        id: field.id.clone(),
        title: field.title.clone(),
        kind: kind(field),
        // A field that may be hidden is not on every record.
        required: field.required == Toggle::Always(true) && field.visible_when.is_none(),
        locked: false,
        maskable: true,
    }
}

fn kind(field: &form::Field) -> FieldType {
    use form::FieldType as From;
    match field.kind {
        From::Text | From::Phone | From::Email | From::Order | From::Reason => FieldType::Text,
        From::LongText => FieldType::LongText,
        From::Number => FieldType::Number,
        From::Money => FieldType::Money,
        From::Choice => FieldType::Choice(field.options.clone()),
        From::MultiChoice => FieldType::MultiChoice(field.options.clone()),
        From::Photos => FieldType::Files,
        From::Date => FieldType::Date,
        From::Bool => FieldType::Bool,
        From::Customer => FieldType::Contact,
        From::Goods => FieldType::Rows(goods(field)),
        From::Formula => match field.result {
            Some(FormulaResult::Number) => FieldType::Number,
            Some(FormulaResult::Money) => FieldType::Money,
            Some(FormulaResult::Bool) => FieldType::Bool,
            Some(FormulaResult::Date) => FieldType::Date,
            Some(FormulaResult::Text) | None => FieldType::Text,
        },
    }
}

fn goods(field: &form::Field) -> Vec<Field> {
    let kinds: Vec<Choice> = form::goods_kinds(field)
        .iter()
        .map(|kind| Choice { id: kind.as_str().to_owned(), title: crate::facts::kind_title(*kind) })
        .collect();
    let core = form::CORE_COLUMNS.iter().chain(&form::DERIVED_COLUMNS).map(|column| {
        let kind = match *column {
            "kind" => FieldType::Choice(kinds.clone()),
            "quantity" | "claimable" => FieldType::Number,
            "price" | "amount" => FieldType::Money,
            _ => FieldType::Text,
        };
        let title = domain::Text::new(*column, *column);
        Field { id: (*column).to_owned(), title, kind, required: false, locked: true, maskable: false }
    });
    core.chain(field.columns.iter().map(of_field)).collect()
}
