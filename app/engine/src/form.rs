//! Forms: one definition, checked once, run live in the browser and again on the server by the same code.
//!
//! Invariant: `submit` accepts exactly what `run` shows without errors, and submitting its result again changes nothing.

mod check;
mod context;
mod definition;
mod dependencies;
mod field;
mod preset;
mod problem;
mod project;
mod rows;
mod run;
mod scope;
mod state;
mod submit;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use crate::value::Value;

pub use check::check;
pub use context::{CONTEXT_NAMES, Context, OfferedLine, Reason, context_schema};
pub use definition::{Audience, Choice, Field, FieldType, Form, FormulaResult, Validator};
pub use field::goods::{CORE_COLUMNS, DERIVED_COLUMNS, kinds as goods_kinds};
pub use preset::Preset;
pub use project::{answers_schema, project};
pub use run::run;
pub use state::{FieldState, FormState, RowState};
pub use submit::submit;

/// Answers by field id. An absent answer takes the default; a blank one is an answer.
pub type Answers = BTreeMap<String, Value>;

/// Most fields of one form.
pub const MAX_FIELDS: usize = 300;
/// Most columns added to a sub-table.
pub const MAX_COLUMNS: usize = 50;
/// Most options of a choice.
pub const MAX_OPTIONS: usize = 1_000;
/// Most validators of one field or form.
pub const MAX_VALIDATORS: usize = 20;
/// Most rows of a sub-table.
pub const MAX_ROWS: usize = 500;
/// Most files of one field.
pub const MAX_FILES: u32 = 50;
/// Longest text answer, in characters.
pub const MAX_TEXT_CHARS: u32 = 20_000;
/// Most decimals of a number answer.
pub const MAX_DECIMALS: u32 = 6;
/// Largest number answer either side of zero.
pub const MAX_NUMBER: i64 = 1_000_000_000_000;
