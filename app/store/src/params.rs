//! Parameters of a statement. Every parameter must be given: one forgotten would silently be NULL.

use rusqlite::Statement;

use crate::col::ToCol;

/// What can be bound to a statement: `()`, `named_params! { ":id": id }`, or a slice of one type for `?1`, `?2`, ….
pub(crate) trait Params {
    /// Binds all parameters of `statement`.
    fn bind(self, statement: &mut Statement<'_>) -> rusqlite::Result<()>;
}

/// Built by `named_params!`.
pub(crate) struct Named<'a>(pub(crate) &'a [(&'static str, &'a dyn ToCol)]);

impl Params for () {
    fn bind(self, statement: &mut Statement<'_>) -> rusqlite::Result<()> {
        check_count(statement, 0)
    }
}

impl Params for Named<'_> {
    fn bind(self, statement: &mut Statement<'_>) -> rusqlite::Result<()> {
        check_count(statement, self.0.len())?;
        for (position, (name, value)) in self.0.iter().enumerate() {
            // SQLite numbers parameters in the order of their first use, which is mostly the order they are given in.
            let index = position + 1;
            if statement.parameter_name(index) == Some(name) {
                statement.raw_bind_parameter(index, value.to_col())?;
            } else {
                statement.raw_bind_parameter(*name, value.to_col())?;
            }
        }
        Ok(())
    }
}

impl<T: ToCol> Params for &[T] {
    fn bind(self, statement: &mut Statement<'_>) -> rusqlite::Result<()> {
        check_count(statement, self.len())?;
        for (position, value) in self.iter().enumerate() {
            statement.raw_bind_parameter(position + 1, value.to_col())?;
        }
        Ok(())
    }
}

fn check_count(statement: &Statement<'_>, given: usize) -> rusqlite::Result<()> {
    match statement.parameter_count() {
        needed if needed == given => Ok(()),
        needed => Err(rusqlite::Error::InvalidParameterCount(given, needed)),
    }
}

/// Named parameters: `named_params! { ":id": rma_id, ":state": state }`; anything that is `ToCol`.
macro_rules! named_params {
    ($($name:literal : $value:expr),+ $(,)?) => {
        $crate::params::Named(&[$(($name, &$value as &dyn $crate::col::ToCol)),+])
    };
}
pub(crate) use named_params;

/// Marks a statement as checked: a test finds every `sql!("…")` in this crate and prepares it on the migrated schema.
macro_rules! sql {
    ($text:expr) => {{
        const SQL: &str = $text;
        SQL
    }};
}
pub(crate) use sql;
