//! What each type of field is: one file a type, one closed table.

mod bool;
mod choice;
mod customer;
mod date;
mod email;
mod formula;
pub(super) mod goods;
mod long_text;
mod money;
mod multi_choice;
mod number;
mod order;
mod phone;
mod photos;
mod reason;
mod text;

use std::collections::BTreeSet;

use domain::{Diagnostic, LineKind, Text};

use super::context::Context;
use super::definition::{Choice, Field, FieldType, text_is_empty};
use super::problem::Problem;
use super::{MAX_OPTIONS, MAX_TEXT_CHARS};
use crate::expr::{Scope, Type};
use crate::value::Value;

/// An attribute that only some types have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Attribute {
    Required,
    ReadOnlyWhen,
    Default,
    Prefill,
    Preset,
    Pattern,
    Length,
    Bounds,
    Decimals,
    Currency,
    Count,
    Options,
    Kinds,
    Columns,
    Formula,
}

/// What a type of field does. Values that `read` gives are canonical: reading them again changes nothing.
pub(super) struct Behaviour {
    pub(super) title: (&'static str, &'static str),
    pub(super) attributes: &'static [Attribute],
    /// Whether it may be a column of a sub-table.
    pub(super) in_rows: bool,
    pub(super) value_type: fn(&Field) -> Type,
    /// What is wrong with its own attributes.
    pub(super) check: fn(&Field, &str, &mut Vec<Diagnostic>),
    /// An answer in its canonical form; nothing given is blank.
    pub(super) read: fn(&Field, &Value, &Context) -> Result<Value, Problem>,
    /// What does not fit about an answer that was given.
    pub(super) judge: fn(&Field, &Value, &Judging<'_>, &mut Vec<Problem>),
}

/// What a judgement may look at.
pub(super) struct Judging<'j> {
    pub(super) scope: &'j dyn Scope,
    pub(super) context: &'j Context,
    /// The kinds of the goods rows that count.
    pub(super) kinds: &'j [LineKind],
}

/// Everything a person answers can be required, fixed and begun with.
const ANSWERED: &[Attribute] = &[Attribute::Required, Attribute::ReadOnlyWhen, Attribute::Default, Attribute::Prefill];

const PLAIN: Behaviour = Behaviour {
    title: ("", ""),
    attributes: &[],
    in_rows: true,
    value_type: |_| Type::Text,
    check: |_, _, _| {},
    read: |_, value, _| Ok(value.clone()),
    judge: |_, _, _, _| {},
};

/// The behaviour of a type.
pub(super) fn behaviour(kind: FieldType) -> &'static Behaviour {
    match kind {
        FieldType::Text => &text::BEHAVIOUR,
        FieldType::LongText => &long_text::BEHAVIOUR,
        FieldType::Number => &number::BEHAVIOUR,
        FieldType::Money => &money::BEHAVIOUR,
        FieldType::Choice => &choice::BEHAVIOUR,
        FieldType::MultiChoice => &multi_choice::BEHAVIOUR,
        FieldType::Reason => &reason::BEHAVIOUR,
        FieldType::Order => &order::BEHAVIOUR,
        FieldType::Goods => &goods::BEHAVIOUR,
        FieldType::Photos => &photos::BEHAVIOUR,
        FieldType::Date => &date::BEHAVIOUR,
        FieldType::Phone => &phone::BEHAVIOUR,
        FieldType::Email => &email::BEHAVIOUR,
        FieldType::Bool => &bool::BEHAVIOUR,
        FieldType::Customer => &customer::BEHAVIOUR,
        FieldType::Formula => &formula::BEHAVIOUR,
    }
}

impl Behaviour {
    pub(super) fn has(&self, attribute: Attribute) -> bool {
        let answered = ANSWERED.contains(&attribute) && !self.attributes.contains(&Attribute::Formula);
        answered || self.attributes.contains(&attribute)
    }
}

fn not_this(zh: &str, en: &str) -> Problem {
    Problem::new("wrong_kind", format!("请填写{zh}"), format!("please give {en}"))
}

/// A text without blanks at its ends; blank when nothing is left. Control characters do not belong into an answer.
fn read_text(value: &Value, lines: bool) -> Result<Value, Problem> {
    let text = match value {
        Value::Blank => return Ok(Value::Blank),
        Value::Text(text) => text.trim(),
        Value::Number(number) => return Ok(Value::Text(number.to_string())),
        _ => return Err(not_this("文字", "a text")),
    };
    let allowed = |letter: char| !letter.is_control() || (lines && matches!(letter, '\n' | '\t'));
    let normal = if lines { text.replace("\r\n", "\n") } else { text.to_owned() };
    if !normal.chars().all(allowed) {
        return Err(Problem::new("control_character", "含有不能使用的控制字符", "it contains control characters"));
    }
    Ok(if normal.is_empty() { Value::Blank } else { Value::Text(normal) })
}

/// A number-like text as a Chinese keyboard may give it: full-width signs become ASCII, `drop` is left out.
fn half_width(text: &str, drop: &[char]) -> String {
    let narrow = |letter: char| match letter {
        '！'..='～' => char::from_u32(u32::from(letter) - 0xFEE0).unwrap_or(letter),
        '\u{3000}' => ' ',
        other => other,
    };
    text.trim().chars().map(narrow).filter(|letter| !drop.contains(letter)).collect()
}

fn judge_length(field: &Field, value: &Value, most_by_default: u32, problems: &mut Vec<Problem>) {
    let Some(text) = value.as_text() else { return };
    let given = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
    let most = field.max_length.unwrap_or(most_by_default).min(MAX_TEXT_CHARS);
    if given > most {
        let (zh, en) =
            (format!("最多 {most} 个字，现在 {given} 个"), format!("at most {most} characters, not {given}"));
        problems.push(Problem::new("too_long", zh, en));
    }
    if let Some(least) = field.min_length.filter(|least| given < *least) {
        let (zh, en) =
            (format!("至少 {least} 个字，现在 {given} 个"), format!("at least {least} characters, not {given}"));
        problems.push(Problem::new("too_short", zh, en));
    }
}

/// A text that is too long already is not matched: a pattern's cost grows with the text.
fn judge_pattern(field: &Field, value: &Value, problems: &mut Vec<Problem>) {
    let Some(text) = value.as_text().filter(|_| problems.is_empty()) else { return };
    problems.extend(field.preset.and_then(|preset| preset.problem(text)));
    if field.pattern.as_ref().is_some_and(|pattern| !pattern.matches(text)) {
        problems.push(Problem::new("pattern", "格式不正确", "this does not have the right form"));
    }
}

/// Least and greatest, computed now. A bound that has no value does not bind; `check` has seen to its type.
fn judge_bounds(field: &Field, value: &Value, judging: &Judging<'_>, problems: &mut Vec<Problem>) {
    let bound = |formula: &Option<crate::expr::Formula>| -> Value {
        formula.as_ref().and_then(|formula| formula.eval(judging.scope).ok()).unwrap_or_default()
    };
    let offset = judging.context.offset_minutes;
    let say = |bound: &Value| (bound.say(domain::Lang::Zh, offset), bound.say(domain::Lang::En, offset));
    let (least, most) = (bound(&field.min), bound(&field.max));
    if orders(value, &least) == Some(std::cmp::Ordering::Less) {
        let (zh, en) = say(&least);
        problems.push(Problem::new("too_small", format!("不能小于 {zh}"), format!("not below {en}")));
    }
    if orders(value, &most) == Some(std::cmp::Ordering::Greater) {
        let (zh, en) = say(&most);
        problems.push(Problem::new("too_large", format!("不能大于 {zh}"), format!("not above {en}")));
    }
}

fn orders(value: &Value, bound: &Value) -> Option<std::cmp::Ordering> {
    match (value, bound) {
        (Value::Number(value), Value::Number(bound)) => Some(value.cmp(bound)),
        (Value::Money(value), Value::Money(bound)) => value.compare(*bound).ok(),
        (Value::Money(value), Value::Number(zero)) if zero.is_zero() => Some(value.minor.cmp(&0)),
        (Value::Date(value), Value::Date(bound)) => Some(value.cmp(bound)),
        _ => None,
    }
}

fn judge_count(field: &Field, given: usize, unit: (&str, &str), problems: &mut Vec<Problem>) {
    let given = u32::try_from(given).unwrap_or(u32::MAX);
    if let Some(least) = field.min_count.filter(|least| given < *least) {
        let (zh, en) = (format!("至少 {least} {}", unit.0), format!("at least {least} {}", unit.1));
        problems.push(Problem::new("too_few", zh, en));
    }
    if let Some(most) = field.max_count.filter(|most| given > *most) {
        let (zh, en) = (format!("最多 {most} {}", unit.0), format!("at most {most} {}", unit.1));
        problems.push(Problem::new("too_many", zh, en));
    }
}

fn option_missing(options: &[Choice], code: &str) -> Option<Problem> {
    let known = options.iter().any(|option| option.id == code);
    (!known)
        .then(|| Problem::new("unknown_option", format!("没有选项“{code}”"), format!("there is no option `{code}`")))
}

fn check_options(field: &Field, path: &str, problems: &mut Vec<Diagnostic>) {
    if field.options.is_empty() || field.options.len() > MAX_OPTIONS {
        let message =
            Text::new(format!("需要 1 到 {MAX_OPTIONS} 个选项"), format!("1 to {MAX_OPTIONS} options are needed"));
        problems.push(Diagnostic::error("option_count", format!("{path}.options"), message));
    }
    let mut seen = BTreeSet::new();
    for (index, option) in field.options.iter().enumerate() {
        let path = format!("{path}.options[{index}]");
        if option.id.is_empty() || !seen.insert(option.id.as_str()) {
            let message = Text::new(
                format!("选项编号“{}”为空或重复", option.id),
                format!("the option id `{}` is empty or used twice", option.id),
            );
            problems.push(Diagnostic::error("duplicate_id", format!("{path}.id"), message));
        }
        if text_is_empty(&option.title) {
            let message = Text::new("选项需要名称", "an option needs a title");
            problems.push(Diagnostic::error("title_missing", format!("{path}.title"), message));
        }
    }
}

/// A least and a most that leave nothing between them.
fn check_range(least: Option<u32>, most: Option<u32>, limit: u32, path: &str, problems: &mut Vec<Diagnostic>) {
    if least.zip(most).is_some_and(|(least, most)| least > most) {
        let message = Text::new("下限大于上限", "the least is more than the most");
        problems.push(Diagnostic::error("empty_range", path, message));
    }
    if least.max(most).is_some_and(|given| given > limit) {
        let message = Text::new(format!("最多 {limit}"), format!("at most {limit}"));
        problems.push(Diagnostic::error("beyond_limit", path, message));
    }
}
