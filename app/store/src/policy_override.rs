//! The override ledger: who bypassed which rule, for how much.

use domain::state::Verdict;
use domain::{Currency, OverrideId, PersonId, RmaId, Timestamp};

use crate::conn::{Conn, Tx};
use crate::error::Error;
use crate::params::{named_params, sql};

/// A row of `policy_override`.
#[derive(Clone, Debug)]
pub struct OverrideRow {
    /// Its id.
    pub id: OverrideId,
    /// The case.
    pub rma_id: RmaId,
    /// Who.
    pub person_id: PersonId,
    /// Which rule.
    pub policy_rule: String,
    /// What the rule said.
    pub verdict: Verdict,
    /// Why.
    pub reason: String,
    /// For how much, minor units.
    pub amount_minor: i64,
    /// Of this.
    pub currency: Currency,
    /// When.
    pub at: Timestamp,
}

/// Writes an entry.
///
/// # Errors
/// The store's.
pub fn insert(tx: &Tx<'_>, row: &OverrideRow) -> Result<(), Error> {
    let sql = sql!(
        "INSERT INTO policy_override
             (id, rma_id, person_id, policy_rule, verdict, reason, amount_minor, currency, at)
         VALUES (:id, :rma_id, :person_id, :policy_rule, :verdict, :reason, :amount_minor, :currency, :at)"
    );
    let params = named_params! {
        ":id": row.id, ":rma_id": row.rma_id, ":person_id": row.person_id, ":policy_rule": row.policy_rule,
        ":verdict": row.verdict, ":reason": row.reason, ":amount_minor": row.amount_minor,
        ":currency": row.currency, ":at": row.at,
    };
    tx.exec(sql, params).map(|_| ())
}

/// Entries before `before`, newest first.
///
/// # Errors
/// The store's.
pub fn page(conn: &Conn, before: i64, limit: u32) -> Result<Vec<OverrideRow>, Error> {
    let sql = sql!(
        "SELECT id, rma_id, person_id, policy_rule, verdict, reason, amount_minor, currency, at FROM policy_override
         WHERE id < :before ORDER BY id DESC LIMIT :limit"
    );
    conn.all(sql, named_params! { ":before": before, ":limit": limit }, |row| {
        Ok(OverrideRow {
            id: row.get("id")?,
            rma_id: row.get("rma_id")?,
            person_id: row.get("person_id")?,
            policy_rule: row.get("policy_rule")?,
            verdict: row.get("verdict")?,
            reason: row.get("reason")?,
            amount_minor: row.get("amount_minor")?,
            currency: row.get("currency")?,
            at: row.get("at")?,
        })
    })
}
