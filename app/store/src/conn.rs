//! What aggregates read and write with: a connection, the writer's transaction, a cached statement.

use std::cell::Cell;
use std::ops::Deref;

use rusqlite::CachedStatement;

use crate::col::FromCol;
use crate::error::Error;
use crate::params::Params;
use crate::row::Row;

/// A connection as aggregates see it. A reader's refuses to write.
pub struct Conn {
    pub(crate) raw: rusqlite::Connection,
    // The first disk fault since the writer last asked, also when the command swallowed the error.
    fault: Cell<Option<Error>>,
    // Whether a statement that may write has run since the writer last asked.
    wrote: Cell<bool>,
}

/// A command's share of the writer's transaction. Only the writer makes one.
pub struct Tx<'c> {
    conn: &'c Conn,
}

/// A prepared statement that goes back to the connection's cache when dropped.
pub(crate) struct Stmt<'c> {
    raw: CachedStatement<'c>,
    conn: &'c Conn,
}

/// SQL put together at run time (reports, lists of user-made forms). Values are always parameters, never text.
#[derive(Clone, Debug)]
pub(crate) struct BuiltSql(String);

/// SQL text: `sql!("…")`, an `include_str!` constant, or a `&BuiltSql`.
pub(crate) trait SqlText {
    /// The text.
    fn text(&self) -> &str;
}

impl SqlText for &'static str {
    fn text(&self) -> &str {
        self
    }
}

impl SqlText for &BuiltSql {
    fn text(&self) -> &str {
        &self.0
    }
}

impl BuiltSql {
    /// Marks text put together by a compiler in this crate as SQL.
    // INVARIANT: `text` holds names and values of nobody outside this crate; those are parameters or checked columns.
    pub(crate) const fn new(text: String) -> Self {
        Self(text)
    }
}

impl Conn {
    pub(crate) const fn new(raw: rusqlite::Connection) -> Self {
        Self { raw, fault: Cell::new(None), wrote: Cell::new(false) }
    }

    /// The statement, from the cache when it was used before.
    pub(crate) fn prepare(&self, sql: impl SqlText) -> Result<Stmt<'_>, Error> {
        let raw = self.raw.prepare_cached(sql.text()).map_err(|error| self.fail(error))?;
        Ok(Stmt { raw, conn: self })
    }

    /// The first row, if any.
    pub(crate) fn one<T>(
        &self,
        sql: impl SqlText,
        params: impl Params,
        read: impl FnOnce(&Row<'_>) -> Result<T, Error>,
    ) -> Result<Option<T>, Error> {
        self.prepare(sql)?.one(params, read)
    }

    /// All rows.
    pub(crate) fn all<T>(
        &self,
        sql: impl SqlText,
        params: impl Params,
        read: impl FnMut(&Row<'_>) -> Result<T, Error>,
    ) -> Result<Vec<T>, Error> {
        self.prepare(sql)?.all(params, read)
    }

    /// Each row in turn, without keeping them.
    pub(crate) fn each(
        &self,
        sql: impl SqlText,
        params: impl Params,
        visit: impl FnMut(&Row<'_>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        self.prepare(sql)?.each(params, visit)
    }

    /// The first column of the first row, if any: counts, sums, look-ups of one value.
    pub(crate) fn value<T: FromCol>(&self, sql: impl SqlText, params: impl Params) -> Result<Option<T>, Error> {
        self.one(sql, params, |row| row.get(0))
    }

    /// Whether there is a row.
    pub(crate) fn exists(&self, sql: impl SqlText, params: impl Params) -> Result<bool, Error> {
        self.one(sql, params, |_| Ok(())).map(|row| row.is_some())
    }

    /// Maps an error and remembers a disk fault for the writer.
    pub(crate) fn fail(&self, error: rusqlite::Error) -> Error {
        let error = Error::from_sqlite(error);
        if error.is_fault() {
            self.fault.set(Some(error.clone()));
        }
        error
    }

    /// The disk fault since the last call, if there was one.
    pub(crate) fn take_fault(&self) -> Option<Error> {
        self.fault.take()
    }

    /// Whether anything that may write has run since the last call, also when it failed.
    pub(crate) fn take_wrote(&self) -> bool {
        self.wrote.take()
    }
}

impl<'c> Tx<'c> {
    pub(crate) const fn new(conn: &'c Conn) -> Self {
        Self { conn }
    }

    /// Runs a changing statement; the number of rows changed.
    pub(crate) fn exec(&self, sql: impl SqlText, params: impl Params) -> Result<usize, Error> {
        self.prepare(sql)?.exec(params)
    }

    /// Runs several statements without parameters: tables and columns of published forms.
    pub(crate) fn exec_batch(&self, sql: &BuiltSql) -> Result<(), Error> {
        self.conn.wrote.set(true);
        self.conn.raw.execute_batch(&sql.0).map_err(|error| self.conn.fail(error))
    }

    /// Runs `part` so that its changes are undone when it returns an error, and the rest of the command goes on.
    ///
    /// # Errors
    /// What `part` returns, or the store's own error when the savepoint cannot be made or kept.
    pub fn nested<T, E: From<Error>>(&self, part: impl FnOnce(&Self) -> Result<T, E>) -> Result<T, E> {
        self.exec(crate::params::sql!("SAVEPOINT part"), ())?;
        let result = part(self);
        if result.is_err() {
            self.exec(crate::params::sql!("ROLLBACK TO part"), ())?;
        }
        self.exec(crate::params::sql!("RELEASE part"), ())?;
        result
    }
}

impl Deref for Tx<'_> {
    type Target = Conn;
    fn deref(&self) -> &Conn {
        self.conn
    }
}

impl<'s> Stmt<'s> {
    /// Runs a changing statement; the number of rows changed.
    pub(crate) fn exec(&mut self, params: impl Params) -> Result<usize, Error> {
        let conn = self.begin();
        params.bind(&mut self.raw).and_then(|()| self.raw.raw_execute()).map_err(|error| conn.fail(error))
    }

    /// The first row, if any.
    pub(crate) fn one<T>(
        &mut self,
        params: impl Params,
        read: impl FnOnce(&Row<'_>) -> Result<T, Error>,
    ) -> Result<Option<T>, Error> {
        let conn = self.begin();
        params.bind(&mut self.raw).map_err(|error| conn.fail(error))?;
        let mut rows = self.raw.raw_query();
        match rows.next().map_err(|error| conn.fail(error))? {
            Some(row) => read(&Row::new(row)).map(Some),
            None => Ok(None),
        }
    }

    /// All rows.
    pub(crate) fn all<T>(
        &mut self,
        params: impl Params,
        mut read: impl FnMut(&Row<'_>) -> Result<T, Error>,
    ) -> Result<Vec<T>, Error> {
        let mut found = Vec::new();
        self.each(params, |row| {
            found.push(read(row)?);
            Ok(())
        })?;
        Ok(found)
    }

    // Notes whether it writes: SQLite counts savepoints and the ends of transactions among those that do not.
    fn begin(&self) -> &'s Conn {
        if !self.raw.readonly() {
            self.conn.wrote.set(true);
        }
        self.conn
    }

    /// Each row in turn, without keeping them.
    pub(crate) fn each(
        &mut self,
        params: impl Params,
        mut visit: impl FnMut(&Row<'_>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let conn = self.begin();
        params.bind(&mut self.raw).map_err(|error| conn.fail(error))?;
        let mut rows = self.raw.raw_query();
        while let Some(row) = rows.next().map_err(|error| conn.fail(error))? {
            visit(&Row::new(row))?;
        }
        Ok(())
    }
}
