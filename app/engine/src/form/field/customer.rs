//! Who asks: a name with a phone number or an e-mail address.

use std::sync::Arc;

use super::{Behaviour, PLAIN, email, not_this, phone, read_text};
use crate::expr::{Schema, Type};
use crate::form::Preset;
use crate::form::problem::Problem;
use crate::value::{Record, Value};

/// Most characters of a name.
const MAX_NAME_CHARS: usize = 60;

pub(super) const BEHAVIOUR: Behaviour = Behaviour {
    title: ("客户", "a customer"),
    in_rows: false,
    value_type: |_| {
        let parts = ["name", "phone", "email"].into_iter();
        Type::Record(Arc::new(parts.fold(Schema::new(), |schema, part| schema.with(part, Type::Text))))
    },
    read: |_, value, _| read(value),
    judge: |_, value, _, problems| judge(value, problems),
    ..PLAIN
};

fn read(value: &Value) -> Result<Value, Problem> {
    let given = match value {
        Value::Blank => return Ok(Value::Blank),
        Value::Record(given) => given,
        _ => return Err(not_this("客户信息", "a customer")),
    };
    let mut parts = Record::new();
    for (part, value) in given {
        let read = match part.as_str() {
            "name" => read_text(value, false)?,
            "phone" => phone::read(value)?,
            "email" => email::read(value)?,
            other => {
                let (zh, en) = (format!("客户信息没有“{other}”"), format!("a customer has no `{other}`"));
                return Err(Problem::new("unknown_answer", zh, en));
            }
        };
        if read != Value::Blank {
            parts.insert(part.clone(), read);
        }
    }
    Ok(if parts.is_empty() { Value::Blank } else { Value::Record(parts) })
}

fn judge(value: &Value, problems: &mut Vec<Problem>) {
    let Value::Record(parts) = value else { return };
    let text = |part: &str| parts.get(part).and_then(Value::as_text);
    match text("name") {
        None => problems.push(Problem::new("name_missing", "请填写姓名", "please give a name")),
        Some(name) if name.chars().count() > MAX_NAME_CHARS => {
            let (zh, en) =
                (format!("姓名最多 {MAX_NAME_CHARS} 个字"), format!("a name has at most {MAX_NAME_CHARS} characters"));
            problems.push(Problem::new("too_long", zh, en));
        }
        Some(_) => {}
    }
    if text("phone").is_none() && text("email").is_none() {
        problems.push(Problem::new(
            "contact_missing",
            "请填写电话或邮箱",
            "please give a phone number or an e-mail address",
        ));
    }
    problems.extend(text("phone").and_then(|phone| Preset::Phone.problem(phone)));
    problems.extend(text("email").and_then(|email| Preset::Email.problem(email)));
}
