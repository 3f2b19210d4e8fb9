//! The table of functions, one file a group.

mod date;
mod list;
mod logic;
mod money;
mod number;
mod text;

use std::borrow::Cow;

use domain::Text;

use super::{EvalError, Nothing, Scope, Type};
use crate::value::Value;

/// What a function is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// Choosing.
    Logic,
    /// Texts.
    Text,
    /// Numbers.
    Number,
    /// Amounts.
    Money,
    /// Lists and sub-table columns.
    List,
    /// Days, instants, durations.
    Date,
}

/// A function: its names, what it takes, what it does.
pub struct Function {
    /// Canonical name.
    pub name: &'static str,
    /// Chinese name; means the same.
    pub zh: &'static str,
    /// What it is about.
    pub group: Group,
    /// How it is used, in Chinese and in English.
    pub help: (&'static str, &'static str),
    pub(super) params: &'static [Accept],
    /// How many of the last parameters may be left out.
    pub(super) optional: usize,
    /// Further arguments of this kind.
    pub(super) rest: Option<Accept>,
    /// Whether `f(list: …)` is allowed.
    pub(super) each: bool,
    /// What a fold's items must be.
    pub(super) items: Accept,
    /// Whether one blank argument makes the result blank.
    pub(super) blank_spreads: bool,
    /// Whether a call with constants becomes a constant, and a mistake when that has no value.
    pub(super) folds: bool,
    /// Whether the second argument is a written pattern.
    pub(super) takes_pattern: bool,
    pub(super) result: fn(&Given<'_>) -> Type,
    pub(super) run: Run,
}

/// The types a call gives to its function.
pub(super) struct Given<'t> {
    pub(super) args: &'t [Type],
    /// The type of a fold's items.
    pub(super) item: &'t Type,
}

impl Given<'_> {
    pub(super) fn first(&self) -> Type {
        self.args.first().cloned().unwrap_or(Type::Any)
    }
}

pub(super) type Plain = for<'x> fn(&[Cow<'x, Value>], &dyn Scope) -> Result<Value, EvalError>;
pub(super) type Fold = for<'x> fn(&'static str, &[Cow<'x, Value>], bool) -> Result<Value, EvalError>;

/// How a function runs.
#[derive(Clone, Copy)]
pub(super) enum Run {
    /// Only the branch that is taken.
    If,
    /// Until one says something.
    Coalesce,
    /// Against the compiled pattern.
    Matches,
    /// On its arguments.
    Plain(Plain),
    /// On the items of a list.
    Fold(Fold),
}

/// What an argument may be. Blank and unknown types always may.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Accept {
    Any,
    Text,
    Number,
    /// A number or money.
    Amount,
    Money,
    Bool,
    /// A day or an instant.
    Day,
    Instant,
    List,
    /// A text or a list.
    TextOrList,
    /// What has an order.
    Ordered,
    /// What has a written form.
    Written,
}

impl Accept {
    pub(super) fn takes(self, given: &Type) -> bool {
        let fits = |kinds: &[Type]| kinds.contains(&given.plain());
        match (self, given) {
            (_, Type::Any | Type::Blank) | (Self::Any, _) => true,
            (Self::List | Self::TextOrList, Type::List(_)) => true,
            (Self::Text | Self::TextOrList, _) => given.is_textual(),
            (Self::Number, _) => fits(&[Type::Number]),
            (Self::Money, _) => fits(&[Type::Money]),
            (Self::Amount, _) => fits(&[Type::Number, Type::Money]),
            (Self::Bool, _) => fits(&[Type::Bool]),
            (Self::Day, _) => fits(&[Type::Date, Type::DateTime]),
            (Self::Instant, _) => fits(&[Type::DateTime]),
            (Self::List, _) => false,
            (Self::Ordered, _) => {
                fits(&[Type::Number, Type::Money, Type::Text, Type::Date, Type::DateTime, Type::Duration])
            }
            (Self::Written, _) => !matches!(given, Type::List(_) | Type::Record(_)),
        }
    }
    pub(super) fn title(self) -> Text {
        let (zh, en) = match self {
            Self::Any => ("任意值", "any value"),
            Self::Text => ("文本", "text"),
            Self::Number => ("数字", "a number"),
            Self::Amount => ("数字或金额", "a number or money"),
            Self::Money => ("金额", "money"),
            Self::Bool => ("是/否", "yes or no"),
            Self::Day => ("日期或时间", "a date or time"),
            Self::Instant => ("时间", "a time"),
            Self::List => ("列表", "a list"),
            Self::TextOrList => ("文本或列表", "text or a list"),
            Self::Ordered => ("可比较的值", "a value that has an order"),
            Self::Written => ("单个值", "a single value"),
        };
        Text::new(zh, en)
    }
}

/// What most functions share; each entry states what differs.
const PLAIN: Function = Function {
    name: "",
    zh: "",
    group: Group::Logic,
    help: ("", ""),
    params: &[],
    optional: 0,
    rest: None,
    each: false,
    items: Accept::Any,
    blank_spreads: true,
    folds: false,
    takes_pattern: false,
    result: |_| Type::Any,
    run: Run::Coalesce,
};

static GROUPS: [&[Function]; 6] = [logic::TABLE, text::TABLE, number::TABLE, money::TABLE, list::TABLE, date::TABLE];

/// Every function, by group.
pub fn functions() -> impl Iterator<Item = &'static Function> {
    GROUPS.iter().flat_map(|group| group.iter())
}

/// The function of a name, English or Chinese; English names in any case.
pub(super) fn find(name: &str) -> Option<&'static Function> {
    functions().find(|function| function.name.eq_ignore_ascii_case(name) || function.zh == name)
}

impl Function {
    /// The value of a call with constants; `None` when it has none.
    pub(super) fn constant(&self, args: &[&Value]) -> Option<Value> {
        let Run::Plain(run) = self.run else { return None };
        let args: Vec<Cow<'_, Value>> = args.iter().map(|arg| Cow::Borrowed(*arg)).collect();
        run(&args, &Nothing).ok().filter(|value| *value != Value::Blank)
    }
}

impl std::fmt::Debug for Function {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

/// An argument that arity checking has promised; blank where there is none.
fn arg<'v>(args: &'v [Cow<'_, Value>], index: usize) -> &'v Value {
    args.get(index).map_or(&Value::Blank, Cow::as_ref)
}

fn text_arg<'v>(name: &'static str, args: &'v [Cow<'_, Value>], index: usize) -> Result<&'v str, EvalError> {
    let value = arg(args, index);
    value.as_text().ok_or_else(|| EvalError::wrong(name, value))
}

fn number_arg(name: &'static str, args: &[Cow<'_, Value>], index: usize) -> Result<rust_decimal::Decimal, EvalError> {
    let value = arg(args, index);
    value.as_number().ok_or_else(|| EvalError::wrong(name, value))
}

/// A whole number that bounds a text or a rounding: negative and fractional ones are not taken.
fn count_arg(name: &'static str, args: &[Cow<'_, Value>], index: usize) -> Result<usize, EvalError> {
    let value = arg(args, index);
    let count = value.as_integer().ok_or_else(|| EvalError::wrong(name, value))?;
    usize::try_from(count).map_err(|_| EvalError::TooLarge)
}
