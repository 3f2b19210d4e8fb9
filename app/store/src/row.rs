//! One row of an answer, read by column name (fastest in the order of the SELECT) or by position.

use std::cell::Cell;

use rusqlite::types::ValueRef;

use crate::col::{FromCol, Unreadable};
use crate::error::Error;

/// One row of an answer.
pub(crate) struct Row<'r> {
    raw: &'r rusqlite::Row<'r>,
    // Where the next name is looked for first.
    expected: Cell<usize>,
}

/// A column by name or by position from 0.
pub(crate) trait Column: Copy {
    /// The position, if the answer has such a column.
    fn find(self, row: &Row<'_>) -> Result<usize, Error>;
}

impl Column for usize {
    fn find(self, _: &Row<'_>) -> Result<usize, Error> {
        Ok(self)
    }
}

impl Column for &str {
    fn find(self, row: &Row<'_>) -> Result<usize, Error> {
        let statement: &rusqlite::Statement<'_> = row.raw.as_ref();
        let expected = row.expected.get();
        let found = match statement.column_name(expected) {
            Ok(name) if name == self => expected,
            _ => statement.column_index(self).map_err(Error::from_sqlite)?,
        };
        row.expected.set(found + 1);
        Ok(found)
    }
}

impl<'r> Row<'r> {
    pub(crate) fn new(raw: &'r rusqlite::Row<'r>) -> Self {
        Self { raw, expected: Cell::new(0) }
    }

    /// The column's value.
    pub(crate) fn get<T: FromCol>(&self, column: impl Column) -> Result<T, Error> {
        self.read(column, T::from_col)
    }

    /// The column's value by a reading of its own, such as `|text: String| State::parse(&text)`.
    pub(crate) fn get_with<S: FromCol, T>(
        &self,
        column: impl Column,
        read: impl FnOnce(S) -> Option<T>,
    ) -> Result<T, Error> {
        self.read(column, |value| S::from_col(value).and_then(|stored| read(stored).ok_or(Unreadable)))
    }

    /// How many columns the answer has.
    pub(crate) fn width(&self) -> usize {
        AsRef::<rusqlite::Statement<'_>>::as_ref(self.raw).column_count()
    }

    fn read<T>(
        &self,
        column: impl Column,
        read: impl FnOnce(ValueRef<'_>) -> Result<T, Unreadable>,
    ) -> Result<T, Error> {
        let index = column.find(self)?;
        let value = self.raw.get_ref(index).map_err(Error::from_sqlite)?;
        read(value).map_err(|Unreadable| self.inconsistent(index))
    }

    #[cold]
    fn inconsistent(&self, index: usize) -> Error {
        let statement: &rusqlite::Statement<'_> = self.raw.as_ref();
        let origin = statement.columns_with_metadata().nth(index);
        let table = origin.as_ref().and_then(|column| column.table_name()).unwrap_or_default().to_owned();
        let column = statement.column_name(index).unwrap_or_default().to_owned();
        let row = self.raw.get::<_, i64>("id").unwrap_or_default();
        Error::Inconsistent { table, column, row }
    }
}
