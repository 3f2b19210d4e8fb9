//! Effects outside: written with the change, performed after commit under a deterministic key.

use domain::{ContactId, EffectId, EventId, FiringId, OutboxId, PersonId, RmaId, Timestamp};

use crate::col::Json;
use crate::conn::{Conn, Tx};
use crate::error::Error;
use crate::params::{named_params, sql};

/// A row of `outbox`.
#[derive(Clone, Debug)]
pub struct OutboxRow {
    /// Its id.
    pub id: OutboxId,
    /// Deterministic: the same effect of the same event is written once.
    pub key: String,
    /// sms, email, webhook, robot, …
    pub channel: String,
    /// What caused it.
    pub event_id: Option<EventId>,
    /// Which firing wrote it.
    pub firing_id: Option<FiringId>,
    /// The case.
    pub rma_id: Option<RmaId>,
    /// Whom it goes to.
    pub contact_id: Option<ContactId>,
    /// Whom it goes to.
    pub person_id: Option<PersonId>,
    /// What goes out, JSON.
    pub body: String,
    /// Not before this; an undo until then cancels it.
    pub not_before: Timestamp,
    /// pending, sent, failed, unknown, dead or cancelled.
    pub state: String,
    /// How often it was tried.
    pub attempts: u32,
    /// When it was written.
    pub created_at: Timestamp,
}

/// Writes an effect; false when its key exists already.
///
/// # Errors
/// The store's.
pub fn put(tx: &Tx<'_>, row: &OutboxRow) -> Result<bool, Error> {
    let params = named_params! {
        ":id": row.id, ":key": row.key, ":channel": row.channel, ":event_id": row.event_id,
        ":firing_id": row.firing_id, ":rma_id": row.rma_id, ":contact_id": row.contact_id,
        ":person_id": row.person_id, ":body": row.body, ":not_before": row.not_before,
        ":created_at": row.created_at,
    };
    Ok(tx.exec(sql!(include_str!("outbox/put.sql")), params)? == 1)
}

/// Pending effects that may go out at `now`, in order.
///
/// # Errors
/// The store's.
pub fn due(conn: &Conn, now: Timestamp, limit: u32) -> Result<Vec<OutboxRow>, Error> {
    conn.all(sql!(include_str!("outbox/due.sql")), named_params! { ":now": now, ":limit": limit }, read)
}

/// The effects of a case, newest first.
///
/// # Errors
/// The store's.
pub fn of_rma(conn: &Conn, rma: RmaId) -> Result<Vec<OutboxRow>, Error> {
    conn.all(sql!(include_str!("outbox/of_rma.sql")), named_params! { ":rma_id": rma }, read)
}

/// Records the outcome of an attempt; the row waits for `next_attempt_at` when it stays pending.
///
/// # Errors
/// The store's.
pub fn record(tx: &Tx<'_>, id: OutboxId, state: &str, next_attempt_at: Timestamp) -> Result<(), Error> {
    let sql = sql!(
        "UPDATE outbox SET state = :state, attempts = attempts + 1, next_attempt_at = :next_attempt_at
         WHERE id = :id AND state = 'pending'"
    );
    tx.exec(sql, named_params! { ":id": id, ":state": state, ":next_attempt_at": next_attempt_at }).map(|_| ())
}

/// Stops pending effects of an event: an undo before `not_before`. How many.
///
/// # Errors
/// The store's.
pub fn cancel_of_event(tx: &Tx<'_>, event: EventId, by: EventId) -> Result<usize, Error> {
    let sql = sql!(
        "UPDATE outbox SET state = 'cancelled', cancelled_by = :by WHERE event_id = :event_id AND state = 'pending'"
    );
    tx.exec(sql, named_params! { ":event_id": event, ":by": by })
}

/// Pending effects on these channels that may go out at `now`, in order.
///
/// # Errors
/// The store's.
pub fn due_on(conn: &Conn, now: Timestamp, channels: &[&str], limit: u32) -> Result<Vec<OutboxId>, Error> {
    let params = named_params! { ":now": now, ":channels": Json(&channels), ":limit": limit };
    conn.all(sql!(include_str!("outbox/due_on.sql")), params, |row| row.get(0))
}

/// One effect, if there is one.
///
/// # Errors
/// The store's.
pub fn find(conn: &Conn, id: OutboxId) -> Result<Option<OutboxRow>, Error> {
    conn.one(sql!(include_str!("outbox/find.sql")), named_params! { ":id": id }, read)
}

/// Claims a pending effect for sending until `until`; false when somebody has it, or it is not pending.
///
/// # Errors
/// The store's.
pub fn claim(tx: &Tx<'_>, id: OutboxId, now: Timestamp, until: Timestamp) -> Result<bool, Error> {
    let sql = sql!(
        "UPDATE outbox SET attempts = attempts + 1, next_attempt_at = :until
         WHERE id = :id AND state = 'pending' AND next_attempt_at <= :now"
    );
    Ok(tx.exec(sql, named_params! { ":id": id, ":now": now, ":until": until })? == 1)
}

/// Writes what became of a claimed effect; it waits for `next_attempt_at` when it stays pending.
///
/// # Errors
/// The store's.
pub fn finish(tx: &Tx<'_>, id: OutboxId, state: &str, next_attempt_at: Timestamp) -> Result<(), Error> {
    let sql = sql!(
        "UPDATE outbox SET state = :state, next_attempt_at = :next_attempt_at WHERE id = :id AND state = 'pending'"
    );
    tx.exec(sql, named_params! { ":id": id, ":state": state, ":next_attempt_at": next_attempt_at }).map(|_| ())
}

/// Keeps an attempt of an effect for the record.
///
/// # Errors
/// The store's.
pub fn record_attempt(
    tx: &Tx<'_>,
    id: EffectId,
    outbox: OutboxId,
    outcome: &str,
    detail: &str,
    span: (Timestamp, Timestamp),
) -> Result<(), Error> {
    let params = named_params! {
        ":id": id, ":outbox_id": outbox, ":outcome": outcome, ":detail": detail, ":started_at": span.0,
        ":finished_at": span.1,
    };
    tx.exec(sql!(include_str!("outbox/record_attempt.sql")), params).map(|_| ())
}

/// Gives up effects that were written before `before` and never tried, at most `limit`; how many.
///
/// # Errors
/// The store's.
pub fn give_up(tx: &Tx<'_>, before: Timestamp, limit: u32) -> Result<usize, Error> {
    let params = named_params! { ":before": before, ":limit": limit };
    tx.exec(sql!(include_str!("outbox/give_up.sql")), params)
}

fn read(row: &crate::row::Row<'_>) -> Result<OutboxRow, Error> {
    Ok(OutboxRow {
        id: row.get("id")?,
        key: row.get("key")?,
        channel: row.get("channel")?,
        event_id: row.get("event_id")?,
        firing_id: row.get("firing_id")?,
        rma_id: row.get("rma_id")?,
        contact_id: row.get("contact_id")?,
        person_id: row.get("person_id")?,
        body: row.get("body")?,
        not_before: row.get("not_before")?,
        state: row.get("state")?,
        attempts: row.get("attempts")?,
        created_at: row.get("created_at")?,
    })
}
