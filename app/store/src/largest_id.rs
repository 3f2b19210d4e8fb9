//! The largest id that is stored, of whatever it is: a process that starts continues after it. What is imported in bulk has
//! no event of its own, so that asking the events would not do.

use crate::conn::{BuiltSql, Conn};
use crate::error::Error;
use crate::params::sql;

/// The largest id in any table; 0 in an empty database. One step in each table's tree.
///
/// # Errors
/// The store's.
pub fn largest_id(conn: &Conn) -> Result<i64, Error> {
    let tables: Vec<String> = conn.all(sql!(include_str!("largest_id.sql")), (), |row| row.get(0))?;
    let mut largest = 0;
    for table in tables {
        let sql = BuiltSql::new(format!("SELECT max(id) FROM \"{table}\""));
        largest = largest.max(conn.value::<Option<i64>>(&sql, ())?.flatten().unwrap_or(0));
    }
    Ok(largest)
}
