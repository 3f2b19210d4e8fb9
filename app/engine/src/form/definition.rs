//! The form document: what an admin writes and a case pins. Field ids are stable.

use domain::{Currency, LineKind, Text};
use serde::{Deserialize, Serialize};

use super::Preset;
use crate::expr::{Formula, Pattern, Toggle, Type};
use crate::value::Value;

/// A form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Form {
    /// Stable id.
    pub id: String,
    /// Name.
    pub title: Text,
    /// What to know before filling it in.
    #[serde(default, skip_serializing_if = "text_is_empty")]
    pub intro: Text,
    /// From top to bottom.
    pub fields: Vec<Field>,
    /// What must hold between fields.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub validators: Vec<Validator>,
}

/// A field. Which attributes a type has stands in its file under `field/`; others are refused by `check`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// Stable id: lower-case ASCII letters, digits and `_`.
    pub id: String,
    /// Name.
    pub title: Text,
    /// What it holds.
    #[serde(rename = "type")]
    pub kind: FieldType,
    /// What to write there.
    #[serde(default, skip_serializing_if = "text_is_empty")]
    pub help: Text,
    /// Who is asked.
    #[serde(default, skip_serializing_if = "Audience::is_both")]
    pub audience: Audience,
    /// Whether an answer must be given. Unclear counts as yes.
    #[serde(default, skip_serializing_if = "Toggle::is_never")]
    pub required: Toggle,
    /// Shown only when this holds. Unclear counts as shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visible_when: Option<Formula>,
    /// Not to be changed when this holds. Unclear counts as yes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub read_only_when: Option<Formula>,
    /// The answer until one is given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<Value>,
    /// The answer until one is given, computed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prefill: Option<Formula>,
    /// A well-known pattern.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preset: Option<Preset>,
    /// A pattern that the whole text must match.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pattern: Option<Pattern>,
    /// Fewest characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_length: Option<u32>,
    /// Most characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_length: Option<u32>,
    /// Least number, amount or day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<Formula>,
    /// Greatest number, amount or day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<Formula>,
    /// Most decimals.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decimals: Option<u32>,
    /// The currency of amounts; without it the shop's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<Currency>,
    /// Fewest options, rows or files.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_count: Option<u32>,
    /// Most options, rows or files.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_count: Option<u32>,
    /// What can be chosen.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<Choice>,
    /// Kinds of claim that a goods row may have; none: all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kinds: Vec<LineKind>,
    /// Columns of a sub-table beside those it has.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<Field>,
    /// How the value is computed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub formula: Option<Formula>,
    /// What a formula computes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub result: Option<FormulaResult>,
    /// Further conditions on the answer, each with its own words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub validators: Vec<Validator>,
    /// Said instead of the usual words when the answer does not fit.
    #[serde(default, skip_serializing_if = "text_is_empty")]
    pub message: Text,
}

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldType {
    /// A line of text.
    Text,
    /// Several lines.
    LongText,
    /// A number.
    Number,
    /// An amount.
    Money,
    /// One of its options.
    Choice,
    /// Several of its options.
    MultiChoice,
    /// A reason from master data, in two levels; the answer is the leaf's code.
    Reason,
    /// An order number, looked up as it is written.
    Order,
    /// The goods of the order: line, kind and quantity a row.
    Goods,
    /// Pictures and videos; the answer is their ids.
    Photos,
    /// A day.
    Date,
    /// A phone number.
    Phone,
    /// An e-mail address.
    Email,
    /// Yes or no.
    Bool,
    /// Who asks: name, phone and e-mail.
    Customer,
    /// Computed.
    Formula,
}

impl FieldType {
    /// Whether a case keeps the answer in its own tables: its order, goods, reason, photos, and whoever asks.
    #[must_use]
    pub const fn is_of_core(self) -> bool {
        matches!(
            self,
            Self::Order | Self::Goods | Self::Reason | Self::Photos | Self::Customer | Self::Phone | Self::Email
        )
    }

    /// All types.
    pub const ALL: &'static [Self] = &[
        Self::Text,
        Self::LongText,
        Self::Number,
        Self::Money,
        Self::Choice,
        Self::MultiChoice,
        Self::Reason,
        Self::Order,
        Self::Goods,
        Self::Photos,
        Self::Date,
        Self::Phone,
        Self::Email,
        Self::Bool,
        Self::Customer,
        Self::Formula,
    ];
}

/// What a formula computes, and thus how it is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FormulaResult {
    /// A text.
    Text,
    /// A number.
    Number,
    /// An amount.
    Money,
    /// Yes or no.
    Bool,
    /// A day.
    Date,
}

impl FormulaResult {
    /// The type of its values.
    #[must_use]
    pub const fn value_type(self) -> Type {
        match self {
            Self::Text => Type::Text,
            Self::Number => Type::Number,
            Self::Money => Type::Money,
            Self::Bool => Type::Bool,
            Self::Date => Type::Date,
        }
    }
}

/// Who is asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// Customers only.
    Portal,
    /// Staff only; customers never learn of it.
    Desk,
    /// Whoever fills in the form.
    #[default]
    Both,
}

impl Audience {
    fn is_both(&self) -> bool {
        *self == Self::Both
    }
    /// Whether a field for `self` is part of the form that `reader` fills in.
    #[must_use]
    pub fn reaches(self, reader: Self) -> bool {
        self == Self::Both || reader == Self::Both || self == reader
    }
    /// The written form.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Portal => "portal",
            Self::Desk => "desk",
            Self::Both => "both",
        }
    }
}

/// An option.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// Stable code.
    pub id: String,
    /// Name.
    pub title: Text,
}

/// What must hold, and what is said when it does not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Validator {
    /// Must hold. Blank holds: whether an answer is needed is `required`'s business. Unclear does not.
    pub holds: Formula,
    /// Said when it does not hold.
    pub message: Text,
}

pub(super) fn text_is_empty(text: &Text) -> bool {
    text.zh.is_empty() && text.en.is_empty()
}
