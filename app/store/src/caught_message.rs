//! What would have gone out where nothing may leave.

use domain::{ContactId, EffectId, OutboxId, Timestamp};

use crate::conn::{Conn, Tx};
use crate::error::Error;
use crate::params::{named_params, sql};

/// A row of `caught_message`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaughtRow {
    /// Its id.
    pub id: EffectId,
    /// Which message.
    pub outbox_id: OutboxId,
    /// email, sms, webhook, dingtalk, wecom or feishu.
    pub channel: String,
    /// Whom it would have reached.
    pub receiver: String,
    /// Its subject.
    pub subject: String,
    /// Its words.
    pub text: String,
    /// As it would have left, secrets taken out.
    pub raw: String,
    /// When.
    pub at: Timestamp,
}

/// Keeps one.
///
/// # Errors
/// The store's.
pub fn insert(tx: &Tx<'_>, row: &CaughtRow) -> Result<(), Error> {
    let sql = sql!(
        "INSERT INTO caught_message (id, outbox_id, channel, receiver, subject, text, raw, at)
         VALUES (:id, :outbox_id, :channel, :receiver, :subject, :text, :raw, :at)"
    );
    let params = named_params! {
        ":id": row.id, ":outbox_id": row.outbox_id, ":channel": row.channel, ":receiver": row.receiver,
        ":subject": row.subject, ":text": row.text, ":raw": row.raw, ":at": row.at,
    };
    tx.exec(sql, params).map(|_| ())
}

/// A page, newest first.
///
/// # Errors
/// The store's.
pub fn page(conn: &Conn, before: Option<EffectId>, limit: u32) -> Result<Vec<CaughtRow>, Error> {
    let sql = sql!(
        "SELECT id, outbox_id, channel, receiver, subject, text, raw, at FROM caught_message
         WHERE id < :before ORDER BY id DESC LIMIT :limit"
    );
    let params = named_params! { ":before": before.map_or(i64::MAX, EffectId::get), ":limit": limit };
    conn.all(sql, params, |row| {
        Ok(CaughtRow {
            id: row.get("id")?,
            outbox_id: row.get("outbox_id")?,
            channel: row.get("channel")?,
            receiver: row.get("receiver")?,
            subject: row.get("subject")?,
            text: row.get("text")?,
            raw: row.get("raw")?,
            at: row.get("at")?,
        })
    })
}

/// Takes away what was caught for a contact, or on a case of theirs.
///
/// # Errors
/// The store's.
pub fn forget(tx: &Tx<'_>, contact: ContactId) -> Result<(), Error> {
    let sql = sql!(
        "DELETE FROM caught_message
         WHERE outbox_id IN (
             SELECT id FROM outbox WHERE contact_id = :id
             UNION
             SELECT outbox.id FROM outbox JOIN rma ON rma.id = outbox.rma_id WHERE rma.contact_id = :id
         )"
    );
    tx.exec(sql, named_params! { ":id": contact }).map(|_| ())
}
