//! Several of its options.

use super::{Attribute, Behaviour, PLAIN, check_options, check_range, judge_count, not_this, option_missing};
use crate::expr::Type;
use crate::form::MAX_OPTIONS;
use crate::form::definition::Field;
use crate::form::problem::Problem;
use crate::value::Value;

pub(super) const BEHAVIOUR: Behaviour = Behaviour {
    title: ("多选", "several choices"),
    attributes: &[Attribute::Options, Attribute::Count],
    value_type: |field| Type::list(Type::choice(field.options.iter().map(|option| option.id.as_str()))),
    check: |field, path, problems| {
        check_options(field, path, problems);
        let most = u32::try_from(MAX_OPTIONS).unwrap_or(u32::MAX);
        check_range(field.min_count, field.max_count, most, path, problems);
    },
    read: |field, value, _| read(field, value),
    judge: |field, value, _, problems| {
        let Value::List(items) = value else { return };
        problems
            .extend(items.iter().filter_map(Value::as_text).filter_map(|code| option_missing(&field.options, code)));
        judge_count(field, items.len(), ("项", "of them"), problems);
    },
    ..PLAIN
};

/// Each once, in the order of the options; unknown codes behind them, so that they are named.
fn read(field: &Field, value: &Value) -> Result<Value, Problem> {
    let given: Vec<&str> = match value {
        Value::Blank => return Ok(Value::Blank),
        Value::Text(one) => vec![one.as_str()],
        Value::List(items) if items.len() <= MAX_OPTIONS => {
            let texts: Option<Vec<&str>> = items.iter().map(Value::as_text).collect();
            texts.ok_or_else(|| not_this("选项", "options"))?
        }
        _ => return Err(not_this("选项", "options")),
    };
    let known = field.options.iter().map(|option| option.id.as_str()).filter(|code| given.contains(code));
    let unknown = given.iter().copied().filter(|code| !field.options.iter().any(|option| option.id == *code));
    let mut codes: Vec<&str> = known.collect();
    for code in unknown.filter(|code| !code.is_empty()) {
        if !codes.contains(&code) {
            codes.push(code);
        }
    }
    Ok(if codes.is_empty() { Value::Blank } else { Value::texts(codes) })
}
