//! A form for one reader, and what the rest of the product may read of its answers.

use super::definition::{Audience, Form};
use super::field::behaviour;
use super::run::reads_only;
use crate::expr::Schema;

/// The form without the fields of others. `check` holds that nothing a customer is shown reads a field that is not.
#[must_use]
pub fn project(form: &Form, reader: Audience) -> Form {
    let mut own = form.clone();
    own.validators.retain(|validator| reads_only(form, validator, reader));
    own.fields.retain(|field| field.audience.reaches(reader));
    for field in &mut own.fields {
        field.columns.retain(|column| column.audience.reaches(reader));
    }
    own
}

/// The types of a form's answers by field id; `facts::schema` offers them as `form.<id>`.
#[must_use]
pub fn answers_schema(form: &Form) -> Schema {
    form.fields.iter().fold(Schema::new(), |schema, field| {
        let found = (behaviour(field.kind).value_type)(field);
        schema.with(field.id.as_str(), found)
    })
}
