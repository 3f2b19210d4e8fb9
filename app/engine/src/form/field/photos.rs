//! Pictures and videos, by the ids of their uploads.

use super::{Attribute, Behaviour, PLAIN, check_range, judge_count, not_this};
use crate::expr::Type;
use crate::form::MAX_FILES;
use crate::form::problem::Problem;
use crate::value::Value;

pub(super) const BEHAVIOUR: Behaviour = Behaviour {
    title: ("照片", "photos"),
    attributes: &[Attribute::Count],
    value_type: |_| Type::list(Type::Text),
    check: |field, path, problems| check_range(field.min_count, field.max_count, MAX_FILES, path, problems),
    read: |_, value, _| read(value),
    judge: |field, value, _, problems| {
        let given = value.as_list().map_or(0, <[Value]>::len);
        judge_count(field, given, ("张", "photos"), problems);
        if field.max_count.is_none() && given > MAX_FILES as usize {
            let (zh, en) = (format!("最多 {MAX_FILES} 张"), format!("at most {MAX_FILES} photos"));
            problems.push(Problem::new("too_many", zh, en));
        }
    },
    ..PLAIN
};

fn read(value: &Value) -> Result<Value, Problem> {
    let wrong = || not_this("照片", "photos");
    let items = match value {
        Value::Blank => return Ok(Value::Blank),
        Value::List(items) if items.len() <= 2 * MAX_FILES as usize => items,
        _ => return Err(wrong()),
    };
    let is_id = |text: &&str| !text.is_empty() && text.len() <= 20 && text.bytes().all(|byte| byte.is_ascii_digit());
    let mut ids: Vec<&str> = Vec::new();
    for item in items {
        let id = item.as_text().filter(is_id).ok_or_else(wrong)?;
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    Ok(if ids.is_empty() { Value::Blank } else { Value::texts(ids) })
}
