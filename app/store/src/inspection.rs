//! Inspections of unit groups: written once each; a second look is another row.

use domain::state::Bearer;
use domain::{AttachmentId, GradeId, InspectionId, PersonId, RmaId, Timestamp, UnitGroupId};

use crate::conn::{Conn, Tx};
use crate::error::Error;
use crate::params::{named_params, sql};

/// A row of `inspection`.
#[derive(Clone, Debug)]
pub struct InspectionRow {
    /// Its id.
    pub id: InspectionId,
    /// What was looked at.
    pub unit_group_id: UnitGroupId,
    /// Its case.
    pub rma_id: RmaId,
    /// Who looked.
    pub inspector_id: PersonId,
    /// The checklist's id in the template, or empty.
    pub checklist: String,
    /// Answers by item, JSON.
    pub answers: String,
    /// The grade given.
    pub grade_id: GradeId,
    /// Whether the units are accepted.
    pub accepted: bool,
    /// Who is liable.
    pub liability: Bearer,
    /// What the inspector wrote.
    pub note: String,
    /// How long it took.
    pub seconds_spent: i64,
    /// When.
    pub at: Timestamp,
}

/// Writes an inspection.
///
/// # Errors
/// The store's.
pub fn insert(tx: &Tx<'_>, row: &InspectionRow) -> Result<(), Error> {
    let params = named_params! {
        ":id": row.id, ":unit_group_id": row.unit_group_id, ":rma_id": row.rma_id, ":inspector_id": row.inspector_id,
        ":checklist": row.checklist, ":answers": row.answers, ":grade_id": row.grade_id, ":accepted": row.accepted,
        ":liability": row.liability, ":note": row.note, ":seconds_spent": row.seconds_spent, ":at": row.at,
    };
    tx.exec(sql!(include_str!("inspection/insert.sql")), params).map(|_| ())
}

/// The last inspection of a group, if there is one.
///
/// # Errors
/// The store's.
pub fn last_of_group(conn: &Conn, group: UnitGroupId) -> Result<Option<InspectionRow>, Error> {
    conn.one(sql!(include_str!("inspection/last_of_group.sql")), named_params! { ":unit_group_id": group }, read)
}

/// Ties a file to an inspection; false unless this uploader put it there, or it is on the case already.
///
/// # Errors
/// The store's.
pub fn attach(
    tx: &Tx<'_>,
    id: InspectionId,
    rma: RmaId,
    attachment: AttachmentId,
    uploaded_by: &str,
) -> Result<bool, Error> {
    let params = named_params! {
        ":attachment_id": attachment, ":rma_id": rma, ":inspection_id": id, ":uploaded_by": uploaded_by,
    };
    Ok(tx.exec(sql!(include_str!("inspection/attach.sql")), params)? == 1)
}

fn read(row: &crate::row::Row<'_>) -> Result<InspectionRow, Error> {
    Ok(InspectionRow {
        id: row.get("id")?,
        unit_group_id: row.get("unit_group_id")?,
        rma_id: row.get("rma_id")?,
        inspector_id: row.get("inspector_id")?,
        checklist: row.get("checklist")?,
        answers: row.get("answers")?,
        grade_id: row.get("grade_id")?,
        accepted: row.get("accepted")?,
        liability: row.get("liability")?,
        note: row.get("note")?,
        seconds_spent: row.get("seconds_spent")?,
        at: row.get("at")?,
    })
}
