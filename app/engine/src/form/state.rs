//! A form as it stands for some answers: what is shown, asked, fixed and wrong.

use domain::Diagnostic;
use serde::{Deserialize, Serialize};

use super::Answers;
use crate::value::{Record, Value};

/// All fields of the reader's form, in its order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormState {
    /// The fields.
    pub fields: Vec<FieldState>,
    /// What does not hold between fields; the path is empty.
    pub errors: Vec<Diagnostic>,
}

/// A field or a cell.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldState {
    /// Field or column id.
    pub id: String,
    /// Whether it is shown; a hidden one is not validated, reads as blank and is not submitted.
    pub visible: bool,
    /// Whether an answer must be given.
    pub required: bool,
    /// Whether it cannot be changed.
    pub read_only: bool,
    /// The answer in its canonical form; blank when it does not fit.
    pub value: Value,
    /// What is wrong; each path is the field id, or `goods[2].quantity` with rows counted from 0.
    pub errors: Vec<Diagnostic>,
    /// The rows of a sub-table.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rows: Vec<RowState>,
}

/// Where a field or cell stands; written only when something is wrong there.
#[derive(Clone, Copy)]
pub(super) enum Place<'p> {
    Field(&'p str),
    /// Table, row counted from 0, column.
    Cell(&'p str, usize, &'p str),
}

impl std::fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Field(id) => f.write_str(id),
            Self::Cell(table, row, column) => write!(f, "{table}[{row}].{column}"),
        }
    }
}

/// A row of a sub-table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowState {
    /// Whether it counts: a goods row counts when its quantity is not zero.
    pub selected: bool,
    /// Its cells: the core's columns, then the form's.
    pub cells: Vec<FieldState>,
}

impl FieldState {
    /// Whether something is wrong with it or one of its cells.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        !self.errors.is_empty() || self.rows.iter().any(|row| row.cells.iter().any(Self::has_errors))
    }
}

impl RowState {
    /// A cell.
    #[must_use]
    pub fn cell(&self, column: &str) -> Option<&FieldState> {
        self.cells.iter().find(|cell| cell.id == column)
    }
    /// The values of its visible cells.
    #[must_use]
    pub fn record(&self) -> Record {
        let visible = self.cells.iter().filter(|cell| cell.visible);
        visible.map(|cell| (cell.id.clone(), cell.value.clone())).collect()
    }
}

impl FormState {
    /// A field.
    #[must_use]
    pub fn field(&self, id: &str) -> Option<&FieldState> {
        self.fields.iter().find(|field| field.id == id)
    }
    /// Everything that is wrong.
    #[must_use]
    pub fn problems(&self) -> Vec<Diagnostic> {
        let mut all = Vec::new();
        for field in &self.fields {
            all.extend(field.errors.iter().cloned());
            let cells = field.rows.iter().flat_map(|row| &row.cells);
            all.extend(cells.flat_map(|cell| cell.errors.iter().cloned()));
        }
        all.extend(self.errors.iter().cloned());
        all
    }
    /// The answers as they are submitted: every visible field in its canonical form, blank when nothing was given;
    /// of sub-tables the rows that count.
    #[must_use]
    pub fn answers(&self) -> Answers {
        let visible = self.fields.iter().filter(|field| field.visible);
        visible.map(|field| (field.id.clone(), field.value.clone())).collect()
    }
}
