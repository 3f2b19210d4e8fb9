//! Dispositions: what is done with inspected goods, once per group; corrected by another row, never edited.

use domain::state::DispositionKind;
use domain::{DispositionId, PersonId, RmaId, RmaLineId, Timestamp, UnitGroupId};

use crate::conn::{Conn, Tx};
use crate::error::Error;
use crate::params::{named_params, sql};
use crate::row::Row;

/// A row of `disposition`.
#[derive(Clone, Debug)]
pub struct DispositionRow {
    /// Its id.
    pub id: DispositionId,
    /// What it is about.
    pub unit_group_id: UnitGroupId,
    /// Its case.
    pub rma_id: RmaId,
    /// What is done.
    pub kind: DispositionKind,
    /// Units.
    pub quantity: i64,
    /// Who decided.
    pub person_id: PersonId,
    /// The disposition it replaces.
    pub corrects_id: Option<DispositionId>,
    /// When.
    pub at: Timestamp,
}

/// Writes a disposition.
///
/// # Errors
/// `disposition_once` (G1), `disposition.corrects_id` when that one is corrected already.
pub fn insert(tx: &Tx<'_>, row: &DispositionRow) -> Result<(), Error> {
    let params = named_params! {
        ":id": row.id, ":unit_group_id": row.unit_group_id, ":rma_id": row.rma_id, ":kind": row.kind,
        ":quantity": row.quantity, ":person_id": row.person_id, ":corrects_id": row.corrects_id, ":at": row.at,
    };
    tx.exec(sql!(include_str!("disposition/insert.sql")), params).map(|_| ())
}

/// One disposition, if there is one.
///
/// # Errors
/// The store's.
pub fn find(conn: &Conn, id: DispositionId) -> Result<Option<DispositionRow>, Error> {
    conn.one(sql!(include_str!("disposition/find.sql")), named_params! { ":id": id }, read)
}

/// The dispositions of a case, oldest first, corrected ones too.
///
/// # Errors
/// The store's.
pub fn of_rma(conn: &Conn, rma: RmaId) -> Result<Vec<DispositionRow>, Error> {
    conn.all(sql!(include_str!("disposition/of_rma.sql")), named_params! { ":rma_id": rma }, read)
}

/// Units per line that the dispositions in force send back out: kind `repair` or `send_back`.
///
/// # Errors
/// The store's.
pub fn going_out(conn: &Conn, rma: RmaId) -> Result<Vec<(RmaLineId, DispositionKind, i64)>, Error> {
    conn.all(sql!(include_str!("disposition/going_out.sql")), named_params! { ":rma_id": rma }, |row| {
        Ok((row.get("rma_line_id")?, row.get("kind")?, row.get("quantity")?))
    })
}

fn read(row: &Row<'_>) -> Result<DispositionRow, Error> {
    Ok(DispositionRow {
        id: row.get("id")?,
        unit_group_id: row.get("unit_group_id")?,
        rma_id: row.get("rma_id")?,
        kind: row.get("kind")?,
        quantity: row.get("quantity")?,
        person_id: row.get("person_id")?,
        corrects_id: row.get("corrects_id")?,
        at: row.get("at")?,
    })
}
