//! Tables that published forms make: columns `f_<field>` beside a core table, or a table of an admin's own form.
//!
//! Adding a column is instant; none is ever dropped. A field whose type changes gets a column of its own.

mod own;

use domain::{Currency, LocalDate, Money, Timestamp};
use engine::value::Value;
use rusqlite::types::Value as Col;

use crate::conn::{BuiltSql, Conn, Tx};
use crate::error::Error;
use crate::params::{named_params, sql};
use crate::row::Row;

pub use own::{OwnTable, RecordRow};

/// What a field is stored as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnType {
    /// Texts and codes.
    Text,
    /// Numbers of up to 15 digits, so that the stored double reads back exactly.
    Number,
    /// Minor units, with the currency in a second column.
    Money,
    /// Yes or no.
    Bool,
    /// A day.
    Date,
    /// An instant.
    Time,
    /// Lists and rows, as JSON.
    Json,
}

/// One field's column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// The field's id.
    pub field: String,
    /// What it is stored as.
    pub kind: ColumnType,
}

/// A table that a form made, with its statements.
#[derive(Clone, Debug)]
pub struct Shape {
    table: String,
    columns: Vec<Column>,
    insert: String,
    select: String,
}

impl ColumnType {
    /// Whether a value fits; a blank one always does.
    #[must_use]
    pub const fn takes(self, value: &Value) -> bool {
        matches!(
            (self, value),
            (Self::Json, _)
                | (_, Value::Blank)
                | (Self::Text, Value::Text(_))
                | (Self::Number, Value::Number(_))
                | (Self::Money, Value::Money(_))
                | (Self::Bool, Value::Bool(_))
                | (Self::Date, Value::Date(_))
                | (Self::Time, Value::DateTime(_))
        )
    }

    /// The word in `entity_column.type`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Number => "number",
            Self::Money => "money",
            Self::Bool => "bool",
            Self::Date => "date",
            Self::Time => "time",
            Self::Json => "json",
        }
    }
    fn parse(text: &str) -> Option<Self> {
        [Self::Text, Self::Number, Self::Money, Self::Bool, Self::Date, Self::Time, Self::Json]
            .into_iter()
            .find(|kind| kind.as_str() == text)
    }
    const fn sql(self) -> &'static str {
        match self {
            Self::Text | Self::Date | Self::Json => "TEXT",
            Self::Number => "REAL",
            Self::Money | Self::Bool | Self::Time => "INTEGER",
        }
    }
}

impl Column {
    /// The column's name: stable, made of the field's id, and of the type when the field had another before.
    fn name(&self, conn: &Conn, entity: &str) -> Result<String, Error> {
        let sql = sql!("SELECT count(*) FROM entity_column WHERE entity_id = :entity AND field_id = :field");
        let earlier: i64 = conn.value(sql, named_params! { ":entity": entity, ":field": self.field })?.unwrap_or(0);
        let base = format!("f_{}", self.field);
        Ok(if earlier == 0 { base } else { format!("{base}_{}", self.kind.as_str()) })
    }
}

impl Shape {
    /// The entity's table as published, if it has one; `columns` in the order wanted.
    ///
    /// # Errors
    /// The store's.
    pub fn load(conn: &Conn, entity: &str, columns: &[Column]) -> Result<Option<Self>, Error> {
        let find = sql!("SELECT table_name FROM entity WHERE id = :id");
        let Some(table) = conn.value::<String>(find, named_params! { ":id": entity })? else { return Ok(None) };
        let mut names = Vec::new();
        for column in columns {
            let Some(name) = stored_name(conn, entity, column)? else { return Ok(None) };
            names.push(name.clone());
            if column.kind == ColumnType::Money {
                names.push(format!("{name}_currency"));
            }
        }
        let marks: Vec<String> = (2..names.len() + 2).map(|index| format!("?{index}")).collect();
        let assignments: Vec<String> = names.iter().map(|name| format!("\"{name}\" = excluded.\"{name}\"")).collect();
        let quoted: Vec<String> = names.iter().map(|name| format!("\"{name}\"")).collect();
        let tail =
            if names.is_empty() { "NOTHING".to_owned() } else { format!("UPDATE SET {}", assignments.join(", ")) };
        let separator = if names.is_empty() { "" } else { ", " };
        let insert = format!(
            "INSERT INTO \"{table}\" (id{separator}{}) VALUES (?1{separator}{}) ON CONFLICT (id) DO {tail}",
            quoted.join(", "),
            marks.join(", ")
        );
        let wanted = if quoted.is_empty() { "id".to_owned() } else { quoted.join(", ") };
        let select = format!("SELECT {wanted} FROM \"{table}\" WHERE id = ?1");
        Ok(Some(Self { table, columns: columns.to_vec(), insert, select }))
    }

    /// The table's name.
    #[must_use]
    pub fn table(&self) -> &str {
        &self.table
    }
    /// The fields, in order.
    #[must_use]
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// Writes the row of `id`: all fields, blank where `value` gives none.
    ///
    /// # Errors
    /// The store's.
    pub fn write<'v>(&self, tx: &Tx<'_>, id: i64, value: impl Fn(&str) -> Option<&'v Value>) -> Result<(), Error> {
        let mut row = vec![Col::Integer(id)];
        for column in &self.columns {
            push(&mut row, column.kind, value(&column.field).unwrap_or(&Value::Blank));
        }
        tx.exec(&BuiltSql::new(self.insert.clone()), row.as_slice()).map(|_| ())
    }

    /// Reads the row of `id`; `None` when there is none. Blank fields are left out.
    ///
    /// # Errors
    /// The store's.
    pub fn read(&self, conn: &Conn, id: i64) -> Result<Option<Vec<(String, Value)>>, Error> {
        let sql = BuiltSql::new(self.select.clone());
        conn.one(&sql, [id].as_slice(), |row| {
            let mut found = Vec::new();
            let mut index = 0;
            for column in &self.columns {
                let value = pull(row, &mut index, column.kind)?;
                if value != Value::Blank {
                    found.push((column.field.clone(), value));
                }
            }
            Ok(found)
        })
    }
}

/// Makes the table of an entity and the columns it lacks. `owner` is the core table that the row stands beside.
///
/// # Errors
/// The store's.
pub fn publish(tx: &Tx<'_>, entity: &str, owner: Option<&str>, columns: &[Column], at: Timestamp) -> Result<(), Error> {
    let table = match owner {
        Some(owner) => format!("ext_{owner}"),
        None => format!("rec_{entity}"),
    };
    let known = tx.exists(sql!("SELECT 1 FROM entity WHERE id = :id"), named_params! { ":id": entity })?;
    if !known {
        let key = match owner {
            Some(owner) => format!("id INTEGER PRIMARY KEY REFERENCES {owner} (id)"),
            None => "id INTEGER PRIMARY KEY, created_at INTEGER NOT NULL, created_by TEXT NOT NULL, \
                     version INTEGER NOT NULL DEFAULT 1"
                .to_owned(),
        };
        tx.exec_batch(&BuiltSql::new(format!("CREATE TABLE \"{table}\" ({key}) STRICT")))?;
        let storage = if owner.is_some() { "extension" } else { "own" };
        let insert = sql!(
            "INSERT INTO entity (id, table_name, storage, created_at) VALUES (:id, :table_name, :storage, :created_at)"
        );
        let params = named_params! { ":id": entity, ":table_name": table, ":storage": storage, ":created_at": at };
        tx.exec(insert, params)?;
    }
    for column in columns {
        add_column(tx, entity, &table, column, at)?;
    }
    Ok(())
}

fn add_column(tx: &Tx<'_>, entity: &str, table: &str, column: &Column, at: Timestamp) -> Result<(), Error> {
    if stored_name(tx, entity, column)?.is_some() {
        return Ok(());
    }
    let name = column.name(tx, entity)?;
    tx.exec_batch(&BuiltSql::new(format!("ALTER TABLE \"{table}\" ADD COLUMN \"{name}\" {}", column.kind.sql())))?;
    if column.kind == ColumnType::Money {
        tx.exec_batch(&BuiltSql::new(format!("ALTER TABLE \"{table}\" ADD COLUMN \"{name}_currency\" TEXT")))?;
    }
    let insert = sql!(
        "INSERT INTO entity_column (entity_id, field_id, column_name, type, created_at)
         VALUES (:entity_id, :field_id, :column_name, :type, :created_at)"
    );
    let params = named_params! {
        ":entity_id": entity, ":field_id": column.field, ":column_name": name, ":type": column.kind.as_str(),
        ":created_at": at,
    };
    tx.exec(insert, params).map(|_| ())
}

/// The columns that were ever published on an entity: field, type, column name.
///
/// # Errors
/// The store's.
pub fn published(conn: &Conn, entity: &str) -> Result<Vec<(Column, String)>, Error> {
    let sql =
        sql!("SELECT field_id, type, column_name FROM entity_column WHERE entity_id = :entity ORDER BY field_id, type");
    conn.all(sql, named_params! { ":entity": entity }, |row| {
        let column = Column {
            field: row.get("field_id")?,
            kind: row.get_with("type", |text: String| ColumnType::parse(&text))?,
        };
        Ok((column, row.get("column_name")?))
    })
}

fn stored_name(conn: &Conn, entity: &str, column: &Column) -> Result<Option<String>, Error> {
    let sql =
        sql!("SELECT column_name FROM entity_column WHERE entity_id = :entity AND field_id = :field AND type = :type");
    conn.value(sql, named_params! { ":entity": entity, ":field": column.field, ":type": column.kind.as_str() })
}

// A value of another type than its column's is stored as nothing: the form refuses it before it comes here.
fn push(row: &mut Vec<Col>, kind: ColumnType, value: &Value) {
    let col = match (kind, value) {
        (ColumnType::Text, Value::Text(text)) => Col::Text(text.clone()),
        (ColumnType::Number, Value::Number(number)) => number.to_string().parse().map_or(Col::Null, Col::Real),
        (ColumnType::Bool, Value::Bool(yes)) => Col::Integer(i64::from(*yes)),
        (ColumnType::Date, Value::Date(date)) => Col::Text(date.to_string()),
        (ColumnType::Time, Value::DateTime(at)) => Col::Integer(at.ms()),
        (ColumnType::Money, Value::Money(money)) => {
            row.push(Col::Integer(money.minor));
            row.push(Col::Text(money.currency.code().to_owned()));
            return;
        }
        (ColumnType::Money, _) => {
            row.push(Col::Null);
            Col::Null
        }
        (ColumnType::Json, Value::Blank) => Col::Null,
        (ColumnType::Json, value) => serde_json::to_string(value).map_or(Col::Null, Col::Text),
        _ => Col::Null,
    };
    row.push(col);
}

fn pull(row: &Row<'_>, index: &mut usize, kind: ColumnType) -> Result<Value, Error> {
    let at = *index;
    *index += if kind == ColumnType::Money { 2 } else { 1 };
    Ok(match kind {
        ColumnType::Text => Value::from(row.get::<Option<String>>(at)?),
        ColumnType::Number => match row.get::<Option<f64>>(at)? {
            Some(number) => serde_json::from_str(&format!("{{\"$number\":\"{number}\"}}")).unwrap_or_default(),
            None => Value::Blank,
        },
        ColumnType::Bool => Value::from(row.get::<Option<bool>>(at)?),
        ColumnType::Date => Value::from(row.get::<Option<LocalDate>>(at)?),
        ColumnType::Time => Value::from(row.get::<Option<Timestamp>>(at)?),
        ColumnType::Money => match (row.get::<Option<i64>>(at)?, row.get::<Option<Currency>>(at + 1)?) {
            (Some(minor), Some(currency)) => Value::from(Money::new(minor, currency)),
            _ => Value::Blank,
        },
        ColumnType::Json => match row.get::<Option<String>>(at)? {
            Some(text) => serde_json::from_str(&text).unwrap_or_default(),
            None => Value::Blank,
        },
    })
}
