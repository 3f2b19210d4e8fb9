//! What is wrong with a form, before anybody fills it in.

mod expressions;

use std::collections::BTreeSet;

use domain::{Currency, Diagnostic, Text, Timestamp};

use super::context::{CONTEXT_NAMES, Context};
use super::definition::{Audience, Field, FieldType, Form, text_is_empty};
use super::field::{Attribute, Behaviour, Judging, behaviour};
use super::{MAX_FIELDS, MAX_VALIDATORS, dependencies};
use crate::expr::{Nothing, Pattern, is_reserved};

/// Longest field id: with its prefix it is a column's name.
const MAX_ID_CHARS: usize = 40;

/// Every problem of a form. Paths begin at the form: `fields[3].visible_when`.
#[must_use]
pub fn check(form: &Form) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    if text_is_empty(&form.title) {
        problems.push(title_missing("title"));
    }
    if form.fields.len() > MAX_FIELDS {
        let message = Text::new(format!("字段最多 {MAX_FIELDS} 个"), format!("at most {MAX_FIELDS} fields"));
        problems.push(Diagnostic::error("too_many_fields", "fields", message));
    }
    check_ids(&form.fields, "fields", &mut problems);
    check_single(form, &mut problems);
    for (index, field) in form.fields.iter().enumerate() {
        let path = format!("fields[{index}]");
        check_field(field, &path, &mut problems);
        check_ids(&field.columns, &format!("{path}.columns"), &mut problems);
        for (index, column) in field.columns.iter().enumerate() {
            let path = format!("{path}.columns[{index}]");
            check_field(column, &path, &mut problems);
            if !behaviour(column.kind).in_rows {
                let (zh, en) = behaviour(column.kind).title;
                let message = Text::new(format!("{zh}不能放在商品行里"), format!("{en} cannot stand in a row"));
                problems.push(Diagnostic::error("not_in_rows", format!("{path}.type"), message));
            }
        }
        check_rounds(&field.columns, &format!("{path}.columns"), &mut problems);
    }
    check_rounds(&form.fields, "fields", &mut problems);
    expressions::check(form, &mut problems);
    problems
}

fn title_missing(path: impl Into<String>) -> Diagnostic {
    Diagnostic::error("title_missing", path, Text::new("需要名称", "a title is needed"))
}

fn check_ids(fields: &[Field], path: &str, problems: &mut Vec<Diagnostic>) {
    let mut seen = BTreeSet::new();
    let pattern = Pattern::new("[a-z][a-z0-9_]*");
    for (index, field) in fields.iter().enumerate() {
        let path = format!("{path}[{index}].id");
        let id = field.id.as_str();
        if !pattern.matches(id) || id.len() > MAX_ID_CHARS {
            let message = Text::new(
                format!("编号“{id}”应为小写字母开头的小写字母、数字和“_”，最多 {MAX_ID_CHARS} 个"),
                format!(
                    "the id `{id}` should be lower-case letters, digits and `_`, at most {MAX_ID_CHARS}, a letter first"
                ),
            );
            problems.push(Diagnostic::error("bad_id", path.clone(), message));
        }
        if is_reserved(id) || CONTEXT_NAMES.contains(&id) {
            let message = Text::new(
                format!("“{id}”在表达式中另有含义，请换一个编号"),
                format!("`{id}` means something else in expressions, choose another id"),
            );
            problems.push(Diagnostic::error("reserved_id", path.clone(), message));
        }
        if !seen.insert(id) {
            let message = Text::new(format!("编号“{id}”重复"), format!("the id `{id}` is used twice"));
            problems.push(Diagnostic::error("duplicate_id", path, message));
        }
    }
}

/// The core reads one order and one list of goods, and goods come from an order.
fn check_single(form: &Form, problems: &mut Vec<Diagnostic>) {
    let places = |kind: FieldType| -> Vec<usize> {
        form.fields.iter().enumerate().filter(|(_, field)| field.kind == kind).map(|(index, _)| index).collect()
    };
    for kind in [FieldType::Order, FieldType::Goods, FieldType::Reason, FieldType::Customer] {
        if let Some(second) = places(kind).get(1) {
            let (zh, en) = behaviour(kind).title;
            let message = Text::new(format!("{zh}只能有一个"), format!("a form has {en} once"));
            problems.push(Diagnostic::error("only_one", format!("fields[{second}].type"), message));
        }
    }
    if let (Some(goods), None) = (places(FieldType::Goods).first(), places(FieldType::Order).first()) {
        let message =
            Text::new("商品由订单填入，需要订单号字段", "goods are filled in from an order: an order field is needed");
        problems.push(Diagnostic::error("order_missing", format!("fields[{goods}].type"), message));
    }
}

fn check_field(field: &Field, path: &str, problems: &mut Vec<Diagnostic>) {
    let behaviour = behaviour(field.kind);
    if text_is_empty(&field.title) {
        problems.push(title_missing(format!("{path}.title")));
    }
    for (name, _) in given(field).into_iter().filter(|(_, attribute)| !behaviour.has(*attribute)) {
        let (zh, en) = behaviour.title;
        let message = Text::new(format!("{zh}没有属性 {name}"), format!("{en} has no attribute `{name}`"));
        problems.push(Diagnostic::error("attribute_not_taken", format!("{path}.{name}"), message));
    }
    if field.default.is_some() && field.prefill.is_some() {
        let message = Text::new("default 与 prefill 只能有一个", "give `default` or `prefill`, not both");
        problems.push(Diagnostic::error("two_defaults", format!("{path}.prefill"), message));
    }
    if let Some(problem) = field.pattern.as_ref().and_then(Pattern::problem) {
        problems.push(Diagnostic::error("bad_pattern", format!("{path}.pattern"), problem.text()));
    }
    if field.validators.len() > MAX_VALIDATORS {
        let message =
            Text::new(format!("校验最多 {MAX_VALIDATORS} 条"), format!("at most {MAX_VALIDATORS} validators"));
        problems.push(Diagnostic::error("too_many_validators", format!("{path}.validators"), message));
    }
    (behaviour.check)(field, path, problems);
    check_default(field, behaviour, path, problems);
}

/// The attributes that a field has been given, beside those of every type.
fn given(field: &Field) -> Vec<(&'static str, Attribute)> {
    let all = [
        ("required", Attribute::Required, !field.required.is_never()),
        ("read_only_when", Attribute::ReadOnlyWhen, field.read_only_when.is_some()),
        ("default", Attribute::Default, field.default.is_some()),
        ("prefill", Attribute::Prefill, field.prefill.is_some()),
        ("preset", Attribute::Preset, field.preset.is_some()),
        ("pattern", Attribute::Pattern, field.pattern.is_some()),
        ("min_length", Attribute::Length, field.min_length.is_some()),
        ("max_length", Attribute::Length, field.max_length.is_some()),
        ("min", Attribute::Bounds, field.min.is_some()),
        ("max", Attribute::Bounds, field.max.is_some()),
        ("decimals", Attribute::Decimals, field.decimals.is_some()),
        ("currency", Attribute::Currency, field.currency.is_some()),
        ("min_count", Attribute::Count, field.min_count.is_some()),
        ("max_count", Attribute::Count, field.max_count.is_some()),
        ("options", Attribute::Options, !field.options.is_empty()),
        ("kinds", Attribute::Kinds, !field.kinds.is_empty()),
        ("columns", Attribute::Columns, !field.columns.is_empty()),
        ("formula", Attribute::Formula, field.formula.is_some()),
        ("result", Attribute::Formula, field.result.is_some()),
    ];
    all.into_iter().filter(|(_, _, given)| *given).map(|(name, attribute, _)| (name, attribute)).collect()
}

/// A default must be an answer that fits.
fn check_default(field: &Field, behaviour: &Behaviour, path: &str, problems: &mut Vec<Diagnostic>) {
    let Some(default) = &field.default else { return };
    let currency = field.currency.unwrap_or(Currency::CNY);
    let context = Context::new(Audience::Both, Timestamp::from_ms(0), 0, currency);
    let path = format!("{path}.default");
    match (behaviour.read)(field, default, &context) {
        Err(problem) => problems.push(Diagnostic::error(problem.code, path, problem.message)),
        Ok(value) => {
            let judging = Judging { scope: &Nothing, context: &context, kinds: &[] };
            let mut found = Vec::new();
            (behaviour.judge)(field, &value, &judging, &mut found);
            problems.extend(
                found.into_iter().map(|problem| Diagnostic::error(problem.code, path.as_str(), problem.message)),
            );
        }
    }
}

fn check_rounds(fields: &[Field], path: &str, problems: &mut Vec<Diagnostic>) {
    for round in dependencies::order(fields).rounds {
        let mut ids: Vec<&str> =
            round.iter().filter_map(|place| fields.get(*place)).map(|field| field.id.as_str()).collect();
        ids.extend(ids.first().copied());
        let chain = ids.join(" → ");
        let message = Text::new(format!("互相依赖，无法计算：{chain}"), format!("these depend on each other: {chain}"));
        let first = round.first().copied().unwrap_or(0);
        problems.push(Diagnostic::error("cycle", format!("{path}[{first}]"), message));
    }
}
