//! `schema.sql` shows what the migrations add up to. `RETURNDESK_BLESS=1 cargo test -p store schema_is_fresh` writes it.

use std::fs;
use std::path::Path;

use rusqlite::Connection;

use crate::migrate::{MIGRATIONS, migrate};
use crate::pragma;

pub(crate) fn migrated() -> Connection {
    let raw = Connection::open_in_memory().unwrap();
    migrate(&raw, MIGRATIONS).unwrap();
    pragma::set_up_reader(&raw).unwrap();
    raw
}

fn schema() -> String {
    let raw = migrated();
    let mut statement = raw
        .prepare(
            "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL
             ORDER BY tbl_name, CASE type WHEN 'table' THEN 0 WHEN 'index' THEN 1 ELSE 2 END, name",
        )
        .unwrap();
    let objects: Vec<String> = statement.query_map((), |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap();
    format!(
        "-- What the migrations add up to. Generated; see app/store/src/tests/schema.rs.\n\n{};\n",
        objects.join(";\n\n")
    )
}

#[test]
fn schema_is_fresh() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("schema.sql");
    let schema = schema();
    if std::env::var_os("RETURNDESK_BLESS").is_some() {
        fs::write(&path, &schema).unwrap();
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    assert!(written == schema, "schema.sql is stale: RETURNDESK_BLESS=1 cargo test -p store schema_is_fresh");
}

#[test]
fn every_table_is_strict() {
    let raw = migrated();
    let mut statement = raw
        .prepare("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0")
        .unwrap();
    let loose: Vec<String> = statement.query_map((), |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap();
    assert_eq!(loose, ["sqlite_schema"]);
}

#[test]
fn the_list_of_migrations_is_the_folder() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations");
    let mut files: Vec<String> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    files.sort();
    let listed: Vec<String> =
        MIGRATIONS.iter().map(|migration| format!("{:04}_{}.sql", migration.version, migration.name)).collect();
    assert_eq!(files, listed);
    assert!(MIGRATIONS.is_sorted_by(|before, after| before.version < after.version));
}
