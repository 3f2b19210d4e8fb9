//! Records of a merchant's own forms: a table each, with who made a record and its version beside the published columns.

use domain::{RecordId, Timestamp};
use engine::value::Value;
use rusqlite::types::Value as Col;

use super::{Column, ColumnType, pull, push, stored_name};
use crate::conn::{BuiltSql, Conn, Tx};
use crate::error::Error;
use crate::params::{named_params, sql};
use crate::row::Row;

/// A record as stored. Blank fields are left out.
#[derive(Clone, Debug, PartialEq)]
pub struct RecordRow {
    /// Its id.
    pub id: RecordId,
    /// When it was made.
    pub created_at: Timestamp,
    /// Who made it: kind and id, such as `person:12`.
    pub created_by: String,
    /// Rises with each change.
    pub version: i64,
    /// Answers by field id, in the order of the columns.
    pub values: Vec<(String, Value)>,
}

/// The table of an own form, with its statements.
#[derive(Clone, Debug)]
pub struct OwnTable {
    columns: Vec<Column>,
    insert: BuiltSql,
    update: BuiltSql,
    find: BuiltSql,
    page: BuiltSql,
}

impl OwnTable {
    /// The table of an entity as published; `None` when it was never published with these columns.
    ///
    /// # Errors
    /// The store's.
    pub fn load(conn: &Conn, entity: &str, columns: &[Column]) -> Result<Option<Self>, Error> {
        let find = sql!("SELECT table_name FROM entity WHERE id = :id AND storage = 'own'");
        let Some(table) = conn.value::<String>(find, named_params! { ":id": entity })? else { return Ok(None) };
        let mut names = vec!["id".to_owned(), "created_at".to_owned(), "created_by".to_owned(), "version".to_owned()];
        let fixed = names.len();
        for column in columns {
            let Some(name) = stored_name(conn, entity, column)? else { return Ok(None) };
            if column.kind == ColumnType::Money {
                names.extend([format!("\"{name}\""), format!("\"{name}_currency\"")]);
            } else {
                names.push(format!("\"{name}\""));
            }
        }
        let list = names.join(", ");
        let marks: Vec<String> = (1..=names.len()).map(|place| format!("?{place}")).collect();
        let changes: Vec<String> =
            names.iter().enumerate().skip(fixed).map(|(at, name)| format!(", {name} = ?{}", at - fixed + 3)).collect();
        let table = format!("\"{table}\"");
        Ok(Some(Self {
            columns: columns.to_vec(),
            insert: BuiltSql::new(format!("INSERT INTO {table} ({list}) VALUES ({})", marks.join(", "))),
            update: BuiltSql::new(format!(
                "UPDATE {table} SET version = version + 1{} WHERE id = ?1 AND version = ?2",
                changes.concat()
            )),
            find: BuiltSql::new(format!("SELECT {list} FROM {table} WHERE id = ?1")),
            page: BuiltSql::new(format!("SELECT {list} FROM {table} WHERE id < ?1 ORDER BY id DESC LIMIT ?2")),
        }))
    }

    /// Adds a record: all fields, blank where `value` gives none.
    ///
    /// # Errors
    /// The store's.
    pub fn insert<'v>(
        &self,
        tx: &Tx<'_>,
        id: RecordId,
        at: Timestamp,
        by: &str,
        value: impl Fn(&str) -> Option<&'v Value>,
    ) -> Result<(), Error> {
        let mut row = vec![Col::Integer(id.get()), Col::Integer(at.ms()), Col::Text(by.to_owned()), Col::Integer(1)];
        self.push(&mut row, value);
        tx.exec(&self.insert, row.as_slice()).map(|_| ())
    }

    /// Writes all fields anew; `false` when the record is not at this version any more.
    ///
    /// # Errors
    /// The store's.
    pub fn update<'v>(
        &self,
        tx: &Tx<'_>,
        id: RecordId,
        version: i64,
        value: impl Fn(&str) -> Option<&'v Value>,
    ) -> Result<bool, Error> {
        let mut row = vec![Col::Integer(id.get()), Col::Integer(version)];
        self.push(&mut row, value);
        Ok(tx.exec(&self.update, row.as_slice())? == 1)
    }

    /// The record, if there is one.
    ///
    /// # Errors
    /// The store's.
    pub fn find(&self, conn: &Conn, id: RecordId) -> Result<Option<RecordRow>, Error> {
        conn.one(&self.find, [id.get()].as_slice(), |row| self.read(row))
    }

    /// A page of records, newest first, below `before`.
    ///
    /// # Errors
    /// The store's.
    pub fn page(&self, conn: &Conn, before: Option<RecordId>, limit: u32) -> Result<Vec<RecordRow>, Error> {
        let before = before.map_or(i64::MAX, RecordId::get);
        conn.all(&self.page, [before, i64::from(limit)].as_slice(), |row| self.read(row))
    }

    fn push<'v>(&self, row: &mut Vec<Col>, value: impl Fn(&str) -> Option<&'v Value>) {
        for column in &self.columns {
            push(row, column.kind, value(&column.field).unwrap_or(&Value::Blank));
        }
    }

    fn read(&self, row: &Row<'_>) -> Result<RecordRow, Error> {
        let mut index = 4;
        let mut values = Vec::new();
        for column in &self.columns {
            let value = pull(row, &mut index, column.kind)?;
            if value != Value::Blank {
                values.push((column.field.clone(), value));
            }
        }
        Ok(RecordRow {
            id: row.get("id")?,
            created_at: row.get("created_at")?,
            created_by: row.get("created_by")?,
            version: row.get("version")?,
            values,
        })
    }
}
