//! Decisions of a flow: rows keyed by case, node, round and person; written once, only ever marked as taken back.

use domain::{DecisionId, PersonId, RmaId, Timestamp};

use crate::conn::{Conn, Tx};
use crate::error::Error;
use crate::params::{named_params, sql};

/// A row of `decision`.
#[derive(Clone, Debug)]
pub struct DecisionRow {
    /// Its id.
    pub id: DecisionId,
    /// Its case.
    pub rma_id: RmaId,
    /// The flow node.
    pub node: String,
    /// The node's round, from 1.
    pub round: u32,
    /// Who; `None` for the flow itself and the customer.
    pub person_id: Option<PersonId>,
    /// A decision kind's word.
    pub decision: String,
    /// What it points at: a node or a branch.
    pub detail: String,
    /// What the person wrote.
    pub note: String,
    /// When.
    pub at: Timestamp,
}

/// Writes a decision.
///
/// # Errors
/// `decision.rma_id` (unique) when this person has decided this node and round already.
pub fn insert(tx: &Tx<'_>, decision: &DecisionRow) -> Result<(), Error> {
    let sql = sql!(
        "INSERT INTO decision (id, rma_id, node, round, person_id, decision, detail, note, at)
         VALUES (:id, :rma_id, :node, :round, :person_id, :decision, :detail, :note, :at)"
    );
    let params = named_params! {
        ":id": decision.id, ":rma_id": decision.rma_id, ":node": decision.node, ":round": decision.round,
        ":person_id": decision.person_id.map_or(0, PersonId::get), ":decision": decision.decision,
        ":detail": decision.detail, ":note": decision.note, ":at": decision.at,
    };
    tx.exec(sql, params).map(|_| ())
}

/// A case's decisions that stand, in the order they were written.
///
/// # Errors
/// The store's.
pub fn of_rma(conn: &Conn, rma: RmaId) -> Result<Vec<DecisionRow>, Error> {
    let sql = sql!(
        "SELECT id, rma_id, node, round, person_id, decision, detail, note, at FROM decision
         WHERE rma_id = :rma_id AND undone_at IS NULL ORDER BY id"
    );
    conn.all(sql, named_params! { ":rma_id": rma }, |row| {
        let person: i64 = row.get("person_id")?;
        Ok(DecisionRow {
            id: row.get("id")?,
            rma_id: row.get("rma_id")?,
            node: row.get("node")?,
            round: row.get("round")?,
            person_id: (person != 0).then(|| PersonId::from_raw(person)),
            decision: row.get("decision")?,
            detail: row.get("detail")?,
            note: row.get("note")?,
            at: row.get("at")?,
        })
    })
}

/// Marks a decision and all that the flow decided after it as taken back.
///
/// # Errors
/// The store's.
pub fn take_back(tx: &Tx<'_>, rma: RmaId, from: DecisionId, at: Timestamp) -> Result<(), Error> {
    let sql = sql!("UPDATE decision SET undone_at = :at WHERE rma_id = :rma_id AND id >= :from AND undone_at IS NULL");
    tx.exec(sql, named_params! { ":rma_id": rma, ":from": from, ":at": at }).map(|_| ())
}

/// Records the people asked at a node, in order.
///
/// # Errors
/// The store's.
pub fn ask(tx: &Tx<'_>, rma: RmaId, node: &str, round: u32, people: &[PersonId]) -> Result<(), Error> {
    let sql = sql!(
        "INSERT INTO voter (rma_id, node, round, person_id, position)
         VALUES (:rma_id, :node, :round, :person_id, :position) ON CONFLICT DO NOTHING"
    );
    for (position, person) in people.iter().enumerate() {
        let params = named_params! {
            ":rma_id": rma, ":node": node, ":round": round, ":person_id": person, ":position": position as i64,
        };
        tx.exec(sql, params)?;
    }
    Ok(())
}

/// The people asked on a case: node, round, person, in order.
///
/// # Errors
/// The store's.
pub fn voters(conn: &Conn, rma: RmaId) -> Result<Vec<(String, u32, PersonId)>, Error> {
    let sql = sql!("SELECT node, round, person_id FROM voter WHERE rma_id = :rma_id ORDER BY node, round, position");
    conn.all(sql, named_params! { ":rma_id": rma }, |row| {
        Ok((row.get("node")?, row.get("round")?, row.get("person_id")?))
    })
}
