//! Cases a person filed, and steps they are told of.

use domain::{CopyId, PersonId, RmaId, Text, Timestamp};
use rusqlite::types::Value as Col;

use super::brief::{self, BRIEF, BRIEF_FROM, CaseBrief};
use crate::conn::{BuiltSql, Conn};
use crate::error::Error;
use crate::scope::RowScope;

/// A copy with its case.
#[derive(Clone, Debug)]
pub struct CopiedRow {
    /// Its id.
    pub id: CopyId,
    /// The step that was passed.
    pub node: String,
    /// The step's name.
    pub title: Text,
    /// When.
    pub at: Timestamp,
    /// When it was read.
    pub read_at: Option<Timestamp>,
    /// Its case.
    pub case: CaseBrief,
}

/// Cases in scope that `filer` filed, newest first, before `before`.
///
/// # Errors
/// The store's.
pub fn started(
    conn: &Conn,
    filer: &str,
    scope: &RowScope,
    before: Option<RmaId>,
    limit: u32,
) -> Result<Vec<CaseBrief>, Error> {
    let mut params = vec![
        Col::Text(filer.to_owned()),
        Col::Integer(before.map_or(i64::MAX, RmaId::get)),
        Col::Integer(i64::from(limit)),
    ];
    let scope = scope.condition("rma", &mut params).map(|scope| format!(" AND {scope}")).unwrap_or_default();
    let sql = BuiltSql::new(format!(
        "SELECT {BRIEF} FROM rma {BRIEF_FROM} WHERE rma.filed_by = ?1 AND rma.id < ?2{scope} \
         ORDER BY rma.id DESC LIMIT ?3"
    ));
    let rows = conn.all(&sql, params.as_slice(), brief::read)?;
    Ok(rows.into_iter().flatten().collect())
}

/// A person's copies of cases in scope, newest first, before `before`.
///
/// # Errors
/// The store's.
pub fn copied(
    conn: &Conn,
    person: PersonId,
    scope: &RowScope,
    before: Option<CopyId>,
    limit: u32,
) -> Result<Vec<CopiedRow>, Error> {
    let mut params = vec![
        Col::Integer(person.get()),
        Col::Integer(before.map_or(i64::MAX, CopyId::get)),
        Col::Integer(i64::from(limit)),
    ];
    let scope = scope.condition("rma", &mut params).map(|scope| format!(" AND {scope}")).unwrap_or_default();
    let sql = BuiltSql::new(format!(
        "SELECT case_copy.id, case_copy.node, case_copy.title_zh, case_copy.title_en, case_copy.at, case_copy.read_at, \
         {BRIEF} FROM case_copy JOIN rma ON rma.id = case_copy.rma_id {BRIEF_FROM} \
         WHERE case_copy.person_id = ?1 AND case_copy.taken_back_at IS NULL AND case_copy.id < ?2{scope} \
         ORDER BY case_copy.id DESC LIMIT ?3"
    ));
    let rows = conn.all(&sql, params.as_slice(), |row| {
        let Some(case) = brief::read(row)? else { return Ok(None) };
        Ok(Some(CopiedRow {
            id: row.get("id")?,
            node: row.get("node")?,
            title: Text { zh: row.get("title_zh")?, en: row.get("title_en")? },
            at: row.get("at")?,
            read_at: row.get("read_at")?,
            case,
        }))
    })?;
    Ok(rows.into_iter().flatten().collect())
}
