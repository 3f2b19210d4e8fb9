//! Parameters in, columns out, and what is said when they do not fit.

use std::fmt::Debug;

use domain::{Currency, LineKind, LocalDate, RmaId, Timestamp};
use serde::Serialize;

use super::*;
use crate::col::{FromCol, Json, ToCol};

#[track_caller]
fn check_round_trip<T: ToCol + FromCol + PartialEq + Debug>(store: &Store, value: T) {
    let sql = BuiltSql::new("SELECT ?1 AS value".to_owned());
    let read = store.read(1_000, |conn| conn.one(&sql, [&value].as_slice(), |row| row.get::<T>("value"))).unwrap();
    assert_eq!(read, Some(value));
}

#[test]
fn values_come_back_as_they_went() {
    let probe = Probe::new();
    let store = &probe.store;
    check_round_trip(store, i64::MIN);
    check_round_trip(store, u32::MAX);
    check_round_trip(store, true);
    check_round_trip(store, 0.1_f64);
    check_round_trip(store, "退换货 \0 '".to_owned());
    check_round_trip(store, vec![0_u8, 255]);
    check_round_trip(store, [7_u8; 32]);
    check_round_trip(store, None::<i64>);
    check_round_trip(store, Some(String::new()));
    check_round_trip(store, RmaId::from_raw(1 << 60));
    check_round_trip(store, Timestamp::from_ms(-1));
    check_round_trip(store, LocalDate::from_ymd(2026, 2, 28).unwrap());
    check_round_trip(store, Currency::CNY);
    for kind in LineKind::ALL {
        check_round_trip(store, *kind);
    }
}

#[test]
fn documents_are_json() {
    #[derive(Serialize)]
    struct Document {
        name: String,
    }
    let probe = Probe::new();
    let document = Document { name: "表单".to_owned() };
    let sql = BuiltSql::new("SELECT ?1 AS body".to_owned());
    let read =
        probe.store.read(1_000, |conn| conn.one(&sql, [Json(&document)].as_slice(), |row| row.get::<String>("body")));
    assert_eq!(read, Ok(Some(r#"{"name":"表单"}"#.to_owned())));
}

#[test]
fn an_unreadable_column_is_named() {
    let probe = Probe::new();
    write(&probe.store, |tx| insert(tx, 42)).unwrap();
    let sql = BuiltSql::new("SELECT id, name AS kind, id + 1 AS next FROM probe".to_owned());
    let read = |column: &'static str| {
        probe.store.read(1_000, |conn| conn.one(&sql, (), |row| row.get::<LineKind>(column))).unwrap_err()
    };
    let unreadable =
        |table: &str, column: &str| Error::Inconsistent { table: table.to_owned(), column: column.to_owned(), row: 42 };
    assert_eq!(read("kind"), unreadable("probe", "kind"));
    assert_eq!(read("next"), unreadable("", "next"));
    assert!(matches!(read("no_such_column"), Error::Sql(_)));
}

#[test]
fn columns_are_found_in_any_order() {
    let probe = Probe::new();
    let sql = BuiltSql::new("SELECT 1 AS a, 2 AS b, 3 AS c".to_owned());
    let read = probe.store.read(1_000, |conn| {
        conn.one(&sql, (), |row| {
            let by_name = [row.get::<i64>("c")?, row.get("a")?, row.get("b")?, row.get("b")?];
            Ok((by_name, row.get::<i64>(2)?))
        })
    });
    assert_eq!(read, Ok(Some(([3, 1, 2, 2], 3))));
}

#[test]
fn a_forgotten_parameter_is_an_error_and_not_null() {
    let probe = Probe::new();
    let sql = BuiltSql::new("SELECT :b AS b, :a AS a".to_owned());
    let read = |params: crate::params::Named<'_>| {
        probe.store.read(1_000, |conn| conn.one(&sql, params, |row| Ok((row.get::<i64>("a")?, row.get::<i64>("b")?))))
    };
    assert_eq!(read(named_params! { ":a": 1_i64, ":b": 2_i64 }), Ok(Some((1, 2))));
    assert!(matches!(read(named_params! { ":a": 1_i64 }), Err(Error::Sql(_))));
    assert!(matches!(read(named_params! { ":a": 1_i64, ":c": 2_i64 }), Err(Error::Sql(_))));
    let nothing_given = probe.store.read(1_000, |conn| conn.exists(&sql, ()));
    assert!(matches!(nothing_given, Err(Error::Sql(_))));
    let list = BuiltSql::new("SELECT ?1 + ?2".to_owned());
    let sum = probe.store.read(1_000, |conn| conn.value::<i64>(&list, [3_i64, 4].as_slice()));
    assert_eq!(sum, Ok(Some(7)));
}

#[test]
fn a_misspelt_column_in_double_quotes_is_an_error() {
    let probe = Probe::new();
    let sql = BuiltSql::new("SELECT \"naem\" FROM probe".to_owned());
    assert!(matches!(probe.store.read(1_000, |conn| conn.exists(&sql, ())), Err(Error::Sql(_))));
}
