//! A form's expressions: names, types, and that nobody is shown what depends on what they may not see.

use domain::{Diagnostic, Text};

use crate::expr::{Formula, Schema, Type};
use crate::form::context::context_schema;
use crate::form::definition::{Audience, Field, FieldType, Form, Validator, text_is_empty};
use crate::form::dependencies::front;
use crate::form::field::{behaviour, goods};
use crate::form::project::answers_schema;

pub(super) fn check(form: &Form, problems: &mut Vec<Diagnostic>) {
    let mut schema = context_schema();
    schema.extend(&answers_schema(form));
    for field in form.fields.iter().filter(|field| field.kind == FieldType::Reason) {
        schema.insert(format!("{}.parent", field.id), Type::Text);
        schema.insert(format!("{}.evidence", field.id), Type::Bool);
    }
    for (index, field) in form.fields.iter().enumerate() {
        let path = format!("fields[{index}]");
        check_field(field, &schema, &path, problems);
        check_readers(form, field, field.audience, &path, problems);
        if field.columns.is_empty() {
            continue;
        }
        let mut row_schema = schema.clone();
        row_schema.extend(&goods::columns(field));
        for (index, column) in field.columns.iter().enumerate() {
            let path = format!("{path}.columns[{index}]");
            check_field(column, &row_schema, &path, problems);
            check_row_readers(form, field, column, &path, problems);
        }
    }
    for (index, validator) in form.validators.iter().enumerate() {
        check_validator(validator, &schema, &format!("validators[{index}]"), problems);
    }
}

fn check_field(field: &Field, schema: &Schema, path: &str, problems: &mut Vec<Diagnostic>) {
    let conditions = [
        ("visible_when", field.visible_when.as_ref()),
        ("read_only_when", field.read_only_when.as_ref()),
        ("required", field.required.formula()),
    ];
    for (name, condition) in conditions {
        if let Some(condition) = condition {
            problems.extend(condition.check_condition(schema, &format!("{path}.{name}")));
        }
    }
    let own = (behaviour(field.kind).value_type)(field);
    let values = [("prefill", &field.prefill), ("formula", &field.formula), ("min", &field.min), ("max", &field.max)];
    for (name, formula) in values {
        if let Some(formula) = formula {
            check_value(formula, &own, schema, &format!("{path}.{name}"), problems);
        }
    }
    for (index, validator) in field.validators.iter().enumerate() {
        check_validator(validator, schema, &format!("{path}.validators[{index}]"), problems);
    }
}

/// The expression's type is the field's; the number 0 stands for no money.
fn check_value(formula: &Formula, own: &Type, schema: &Schema, path: &str, problems: &mut Vec<Diagnostic>) {
    let (found, own_problems) = formula.check(schema, path);
    let sound = own_problems.is_empty();
    problems.extend(own_problems);
    let zero = *own == Type::Money && formula.source().trim() == "0";
    if sound && !zero && found.join(own).is_none() {
        let (found, own) = (found.title(), own.title());
        let message = Text::new(
            format!("结果是{}，应为{}", found.zh, own.zh),
            format!("this comes out as {}, it should be {}", found.en, own.en),
        );
        problems.push(Diagnostic::error("wrong_type", path, message));
    }
}

fn check_validator(validator: &Validator, schema: &Schema, path: &str, problems: &mut Vec<Diagnostic>) {
    problems.extend(validator.holds.check_condition(schema, &format!("{path}.holds")));
    if text_is_empty(&validator.message) {
        let message = Text::new("校验需要提示文字", "a validator needs a message");
        problems.push(Diagnostic::error("message_missing", format!("{path}.message"), message));
    }
}

/// All expressions of a field.
fn formulas(field: &Field) -> Vec<&Formula> {
    let options = [
        field.visible_when.as_ref(),
        field.read_only_when.as_ref(),
        field.required.formula(),
        field.prefill.as_ref(),
        field.formula.as_ref(),
        field.min.as_ref(),
        field.max.as_ref(),
    ];
    options.into_iter().flatten().chain(field.validators.iter().map(|validator| &validator.holds)).collect()
}

/// Whoever is shown a field is also asked everything that it reads: else it would tell of what is hidden, or be
/// computed differently in the browser and on the server.
fn check_readers(form: &Form, field: &Field, audience: Audience, path: &str, problems: &mut Vec<Diagnostic>) {
    for formula in formulas(field) {
        for name in formula.references() {
            let Some(read) = form.fields.iter().find(|read| read.id == front(name)) else { continue };
            if let Some(reader) = left_out(audience, read.audience) {
                problems.push(hidden_input(&field.id, &read.id, reader, path));
            }
        }
    }
}

fn check_row_readers(form: &Form, table: &Field, column: &Field, path: &str, problems: &mut Vec<Diagnostic>) {
    let audience = if column.audience == Audience::Both { table.audience } else { column.audience };
    for formula in formulas(column) {
        for name in formula.references() {
            if let Some(read) = table.columns.iter().find(|read| read.id == front(name)) {
                if let Some(reader) = left_out(audience, read.audience) {
                    problems.push(hidden_input(&column.id, &read.id, reader, path));
                }
            } else if let Some(read) = form.fields.iter().find(|read| read.id == front(name))
                && let Some(reader) = left_out(audience, read.audience)
            {
                problems.push(hidden_input(&column.id, &read.id, reader, path));
            }
        }
    }
}

fn left_out(shown: Audience, read: Audience) -> Option<Audience> {
    [Audience::Portal, Audience::Desk].into_iter().find(|reader| shown.reaches(*reader) && !read.reaches(*reader))
}

fn hidden_input(shown: &str, read: &str, reader: Audience, path: &str) -> Diagnostic {
    let (zh, en) = if reader == Audience::Portal { ("客户", "customers") } else { ("员工", "staff") };
    let message = Text::new(
        format!("“{shown}”对{zh}可见，却读取了{zh}看不到的“{read}”"),
        format!("`{shown}` is shown to {en} but reads `{read}`, which {en} are not asked"),
    );
    let help = Text::new("把两个字段的 audience 设为一致", "give both fields the same `audience`");
    Diagnostic::error("hidden_input", path, message).with_help(help)
}
