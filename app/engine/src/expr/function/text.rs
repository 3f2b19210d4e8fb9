//! Texts. Lengths count characters.

use std::borrow::Cow;

use super::{Accept, Function, Group, PLAIN, Run, arg, count_arg, text_arg};
use crate::expr::{EvalError, MAX_TEXT_BYTES, Scope, Type, operate};
use crate::value::Value;

const TEXT: Function = Function { group: Group::Text, result: |_| Type::Text, ..PLAIN };
const TEST: Function = Function { group: Group::Text, result: |_| Type::Bool, ..PLAIN };

pub(super) const TABLE: &[Function] = &[
    Function {
        name: "concat",
        zh: "拼接",
        help: ("concat(a, b, …)：连成一个文本，空值略去", "concat(a, b, …): one text, blanks left out"),
        params: &[Accept::Written],
        rest: Some(Accept::Written),
        blank_spreads: false,
        run: Run::Plain(|args, scope| joined(args, scope)),
        ..TEXT
    },
    Function {
        name: "contains",
        zh: "包含",
        help: (
            "contains(文本或列表, x)：文本含有 x，或列表中有 x",
            "contains(text or list, x): the text has the part, the list the item",
        ),
        params: &[Accept::TextOrList, Accept::Written],
        blank_spreads: false,
        run: Run::Plain(|args, _| operate::contains(arg(args, 0), arg(args, 1)).map(Value::Bool)),
        ..TEST
    },
    Function {
        name: "starts_with",
        zh: "开头是",
        help: ("starts_with(文本, 开头)", "starts_with(text, beginning)"),
        params: &[Accept::Text, Accept::Text],
        run: Run::Plain(|args, _| {
            let (text, part) = (text_arg("starts_with", args, 0)?, text_arg("starts_with", args, 1)?);
            Ok(Value::Bool(text.starts_with(part)))
        }),
        ..TEST
    },
    Function {
        name: "ends_with",
        zh: "结尾是",
        help: ("ends_with(文本, 结尾)", "ends_with(text, ending)"),
        params: &[Accept::Text, Accept::Text],
        run: Run::Plain(|args, _| {
            let (text, part) = (text_arg("ends_with", args, 0)?, text_arg("ends_with", args, 1)?);
            Ok(Value::Bool(text.ends_with(part)))
        }),
        ..TEST
    },
    Function {
        name: "matches",
        zh: "匹配",
        help: (
            "matches(文本, \"正则\")：整个文本符合；正则必须直接写出",
            "matches(text, \"pattern\"): the whole text fits; the pattern is written out",
        ),
        params: &[Accept::Text, Accept::Text],
        takes_pattern: true,
        run: Run::Matches,
        ..TEST
    },
    Function {
        name: "len",
        zh: "长度",
        help: ("len(文本或列表)：字符数或项数", "len(text or list): characters or items"),
        params: &[Accept::TextOrList],
        result: |_| Type::Number,
        run: Run::Plain(|args, _| match arg(args, 0) {
            Value::Text(text) => Ok(count(text.chars().count())),
            Value::List(items) => Ok(count(items.len())),
            other => Err(EvalError::wrong("len", other)),
        }),
        ..TEXT
    },
    Function {
        name: "upper",
        zh: "大写",
        help: ("upper(文本)", "upper(text)"),
        params: &[Accept::Text],
        run: Run::Plain(|args, _| Ok(Value::Text(text_arg("upper", args, 0)?.to_uppercase()))),
        ..TEXT
    },
    Function {
        name: "lower",
        zh: "小写",
        help: ("lower(文本)", "lower(text)"),
        params: &[Accept::Text],
        run: Run::Plain(|args, _| Ok(Value::Text(text_arg("lower", args, 0)?.to_lowercase()))),
        ..TEXT
    },
    Function {
        name: "trim",
        zh: "去空格",
        help: ("trim(文本)：去掉首尾空白", "trim(text): without blanks at its ends"),
        params: &[Accept::Text],
        run: Run::Plain(|args, _| Ok(Value::text(text_arg("trim", args, 0)?.trim()))),
        ..TEXT
    },
    Function {
        name: "left",
        zh: "左取",
        help: ("left(文本, n)：前 n 个字符", "left(text, n): the first n characters"),
        params: &[Accept::Text, Accept::Number],
        run: Run::Plain(|args, _| {
            let kept = count_arg("left", args, 1)?;
            Ok(Value::Text(text_arg("left", args, 0)?.chars().take(kept).collect()))
        }),
        ..TEXT
    },
    Function {
        name: "right",
        zh: "右取",
        help: ("right(文本, n)：后 n 个字符", "right(text, n): the last n characters"),
        params: &[Accept::Text, Accept::Number],
        run: Run::Plain(|args, _| {
            let (text, kept) = (text_arg("right", args, 0)?, count_arg("right", args, 1)?);
            let dropped = text.chars().count().saturating_sub(kept);
            Ok(Value::Text(text.chars().skip(dropped).collect()))
        }),
        ..TEXT
    },
    Function {
        name: "replace",
        zh: "替换",
        help: ("replace(文本, 旧, 新)", "replace(text, old, new)"),
        params: &[Accept::Text, Accept::Text, Accept::Text],
        run: Run::Plain(replace),
        ..TEXT
    },
    Function {
        name: "text",
        zh: "转文本",
        help: ("text(x)：写成文本", "text(x): as it is written"),
        params: &[Accept::Written],
        run: Run::Plain(|args, scope| written(arg(args, 0), scope).map(|text| Value::Text(text.into_owned()))),
        ..TEXT
    },
];

fn count(number: usize) -> Value {
    Value::number(u64::try_from(number).unwrap_or(u64::MAX))
}

fn joined(args: &[Cow<'_, Value>], scope: &dyn Scope) -> Result<Value, EvalError> {
    let mut whole = String::new();
    for value in args {
        whole.push_str(&written(value, scope)?);
        if whole.len() > MAX_TEXT_BYTES {
            return Err(EvalError::TooLong);
        }
    }
    Ok(Value::Text(whole))
}

fn replace(args: &[Cow<'_, Value>], _scope: &dyn Scope) -> Result<Value, EvalError> {
    let (text, old, new) =
        (text_arg("replace", args, 0)?, text_arg("replace", args, 1)?, text_arg("replace", args, 2)?);
    if old.is_empty() {
        return Ok(Value::text(text));
    }
    let grown = text.matches(old).count().saturating_mul(new.len());
    if text.len().saturating_add(grown) > MAX_TEXT_BYTES {
        return Err(EvalError::TooLong);
    }
    Ok(Value::Text(text.replace(old, new)))
}

/// The plain written form: no symbols, no language; an instant in the shop's local time.
pub(super) fn written<'v>(value: &'v Value, scope: &dyn Scope) -> Result<Cow<'v, str>, EvalError> {
    Ok(match value {
        Value::Blank => Cow::Borrowed(""),
        Value::Text(text) => Cow::Borrowed(text.as_str()),
        Value::Number(number) => Cow::Owned(number.to_string()),
        Value::Money(money) => Cow::Owned(money.to_string()),
        Value::Bool(yes) => Cow::Borrowed(if *yes { "true" } else { "false" }),
        Value::Date(date) => Cow::Owned(date.to_string()),
        Value::DateTime(instant) => Cow::Owned(crate::value::local_minute(*instant, scope.offset_minutes())),
        Value::Duration(duration) => Cow::Owned(duration.to_string()),
        Value::List(_) | Value::Record(_) => return Err(EvalError::wrong("text", value)),
    })
}
