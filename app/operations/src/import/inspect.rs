//! Looks at a file before it is imported: its columns, what they seem to be, its first rows.

use serde::{Deserialize, Serialize};
use store::Conn;

use super::mapping::{self, Mapping};
use super::source::{Format, Source};
use super::target::Target;
use crate::actor::Actor;
use crate::error::Error;

const ROWS_SHOWN: usize = 20;

/// What a file looks like.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inspected {
    /// Its headers.
    pub headers: Vec<String>,
    /// Its first rows.
    pub rows: Vec<Vec<String>>,
    /// `UTF-8`, `GB18030`, `UTF-16LE`, `UTF-16BE` or `XLSX`.
    pub encoding: String,
    /// What is remembered for such headers, or suggested.
    pub mapping: Mapping,
    /// Whether the mapping was used before.
    pub is_remembered: bool,
}

/// Looks at a file.
///
/// # Errors
/// `Forbidden`; what reading the file fails with.
pub fn inspect(conn: &Conn, actor: &Actor, source: &Source, target: Target) -> Result<Inspected, Error> {
    super::stop::require(actor)?;
    let mut rows = Vec::new();
    source.rows(&mut |record, _| {
        rows.push((0..record.width()).map(|column| record.get(column).to_owned()).collect());
        Ok(rows.len() < ROWS_SHOWN)
    })?;
    let hash = mapping::header_hash(&source.headers);
    let remembered = store::import::mapping(conn, target.as_str(), &hash)?;
    let remembered = remembered.and_then(|text| serde_json::from_str::<Mapping>(&text).ok());
    let is_remembered = remembered.is_some();
    let encoding = match source.format() {
        Format::Text { encoding, .. } => encoding.name(),
        Format::Sheet => "XLSX",
    };
    Ok(Inspected {
        headers: source.headers.clone(),
        rows,
        encoding: encoding.to_owned(),
        mapping: remembered.unwrap_or_else(|| mapping::suggest(target, &source.headers)),
        is_remembered,
    })
}
