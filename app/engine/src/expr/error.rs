//! Why an expression has no value.

use domain::{Currency, Text};

use super::{MAX_LIST_ITEMS, MAX_STEPS, MAX_TEXT_BYTES};
use crate::value::Value;

/// Why an evaluation ended without a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EvalError {
    /// The scope does not know the name.
    UnknownName(String),
    /// An operator or function got a kind of value that it does not take.
    WrongType {
        /// The operator or function.
        operation: &'static str,
        /// What it got.
        found: Text,
    },
    /// Amounts of two currencies were compared or added: a person decides.
    CurrenciesDiffer(Currency, Currency),
    /// Division by zero.
    DivisionByZero,
    /// A number, amount or date out of range.
    TooLarge,
    /// More than `MAX_STEPS` steps.
    TooManySteps,
    /// A list of more than `MAX_LIST_ITEMS` or a text of more than `MAX_TEXT_BYTES`.
    TooLong,
    /// The source has mistakes.
    NotParsed,
}

impl EvalError {
    pub(super) fn wrong(operation: &'static str, found: &Value) -> Self {
        Self::WrongType { operation, found: found.kind_title() }
    }
    /// Stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::UnknownName(_) => "unknown_name",
            Self::WrongType { .. } => "wrong_type",
            Self::CurrenciesDiffer(..) => "currencies_differ",
            Self::DivisionByZero => "division_by_zero",
            Self::TooLarge => "too_large",
            Self::TooManySteps => "too_many_steps",
            Self::TooLong => "too_long",
            Self::NotParsed => "not_parsed",
        }
    }
    /// For the person who wrote the expression, or who has to decide in its place.
    #[must_use]
    pub fn text(&self) -> Text {
        match self {
            Self::UnknownName(name) => {
                Text::new(format!("没有名为“{name}”的值"), format!("nothing is called `{name}`"))
            }
            Self::WrongType { operation, found } => Text::new(
                format!("“{operation}”不能用于{}", found.zh),
                format!("`{operation}` does not take {}", found.en),
            ),
            Self::CurrenciesDiffer(left, right) => Text::new(
                format!("币种不同（{left} 与 {right}），需要人工判断"),
                format!("the currencies differ ({left} and {right}), a person must decide"),
            ),
            Self::DivisionByZero => Text::new("除数为零", "division by zero"),
            Self::TooLarge => Text::new("数值超出范围", "the value is out of range"),
            Self::TooManySteps => Text::new(format!("计算超过 {MAX_STEPS} 步"), format!("more than {MAX_STEPS} steps")),
            Self::TooLong => Text::new(
                format!("列表超过 {MAX_LIST_ITEMS} 项或文本超过 {MAX_TEXT_BYTES} 字节"),
                format!("a list of more than {MAX_LIST_ITEMS} items or a text of more than {MAX_TEXT_BYTES} bytes"),
            ),
            Self::NotParsed => Text::new("表达式有错误，无法计算", "the expression has mistakes and cannot be run"),
        }
    }
}
