//! Effects outside: written with the change, performed after commit under a deterministic key.

use domain::{ChannelId, ContactId, EffectId, EventId, FiringId, OutboxId, PersonId, RmaId, Timestamp};

use crate::col::Json;
use crate::conn::{Conn, Tx};
use crate::error::Error;
use crate::params::{named_params, sql};
use crate::scope::RowScope;

/// A row of `outbox`.
#[derive(Clone, Debug)]
pub struct OutboxRow {
    /// Its id.
    pub id: OutboxId,
    /// Deterministic: the same effect of the same event is written once.
    pub key: String,
    /// sms, email, webhook, robot, …
    pub channel: String,
    /// The channel it left by, or must leave by.
    pub channel_id: Option<ChannelId>,
    /// customer, staff, system or trial.
    pub audience: String,
    /// The case's shop, 0 for none.
    pub shop_id: i64,
    /// The role it speaks to, or empty.
    pub role: String,
    /// Whether quiet hours do not hold it.
    pub urgent: bool,
    /// quiet, rate or rest: what it waits for beside its time; empty for nothing.
    pub held: String,
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
    /// When it is tried next, or was claimed until.
    pub next_attempt_at: Timestamp,
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
        ":id": row.id, ":key": row.key, ":channel": row.channel, ":channel_id": row.channel_id,
        ":audience": row.audience, ":shop_id": row.shop_id, ":role": row.role, ":urgent": row.urgent,
        ":event_id": row.event_id,
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

/// Pending effects by these means, and trials, that may go out at `now`, in order.
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

/// Claims a pending effect for sending by a channel until `until`; false when somebody has it, or it is not pending.
///
/// # Errors
/// The store's.
pub fn claim(
    tx: &Tx<'_>,
    id: OutboxId,
    channel: Option<ChannelId>,
    now: Timestamp,
    until: Timestamp,
) -> Result<bool, Error> {
    let sql = sql!(
        "UPDATE outbox SET attempts = attempts + 1, next_attempt_at = :until, channel_id = :channel_id, held = ''
         WHERE id = :id AND state = 'pending' AND next_attempt_at <= :now"
    );
    let params = named_params! { ":id": id, ":now": now, ":until": until, ":channel_id": channel };
    Ok(tx.exec(sql, params)? == 1)
}

/// Lets a pending effect wait until `until`, and says for what.
///
/// # Errors
/// The store's.
pub fn hold(tx: &Tx<'_>, id: OutboxId, held: &str, until: Timestamp) -> Result<(), Error> {
    let sql = sql!("UPDATE outbox SET held = :held, next_attempt_at = :until WHERE id = :id AND state = 'pending'");
    tx.exec(sql, named_params! { ":id": id, ":held": held, ":until": until }).map(|_| ())
}

/// Stops one pending effect for an event that made it needless, or for a person.
///
/// # Errors
/// The store's.
pub fn cancel(tx: &Tx<'_>, id: OutboxId, by: Option<EventId>) -> Result<bool, Error> {
    let sql = sql!(
        "UPDATE outbox SET state = 'cancelled', cancelled_by = :by
         WHERE id = :id AND state IN ('pending', 'failed', 'unknown', 'dead')"
    );
    Ok(tx.exec(sql, named_params! { ":id": id, ":by": by })? == 1)
}

/// Which effects a list shows.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// In one state.
    pub state: Option<String>,
    /// By one means.
    pub channel: Option<String>,
    /// By one channel.
    pub channel_id: Option<ChannelId>,
    /// Of one case.
    pub rma: Option<RmaId>,
}

/// A page of effects in scope, newest first.
///
/// # Errors
/// The store's.
pub fn page(
    conn: &Conn,
    scope: &RowScope,
    wanted: &Wanted,
    before: Option<OutboxId>,
    limit: u32,
) -> Result<Vec<OutboxRow>, Error> {
    let scope = scope.pairs();
    let params = named_params! {
        ":before": before.map_or(i64::MAX, OutboxId::get), ":state": wanted.state, ":channel": wanted.channel,
        ":channel_id": wanted.channel_id, ":rma_id": wanted.rma, ":scope": scope.as_ref().map(Json), ":limit": limit,
    };
    conn.all(sql!(include_str!("outbox/page.sql")), params, read)
}

/// How many are pending, failed, unknown and dead, each counted to 1,000.
///
/// # Errors
/// The store's.
pub fn counts(conn: &Conn) -> Result<[u32; 4], Error> {
    let counts = conn.one(sql!(include_str!("outbox/counts.sql")), (), |row| {
        Ok([row.get("pending")?, row.get("failed")?, row.get("unknown")?, row.get("dead")?])
    })?;
    Ok(counts.unwrap_or_default())
}

/// Gives an effect a person as its receiver.
///
/// # Errors
/// The store's.
pub fn address(tx: &Tx<'_>, id: OutboxId, person: PersonId) -> Result<bool, Error> {
    let sql = sql!("UPDATE outbox SET person_id = :person_id WHERE id = :id AND state = 'pending'");
    Ok(tx.exec(sql, named_params! { ":id": id, ":person_id": person })? == 1)
}

/// One try of an effect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttemptRow {
    /// Its id.
    pub id: EffectId,
    /// Which try.
    pub attempt: u32,
    /// ok, failed or unknown.
    pub outcome: String,
    /// Why, as a stable word.
    pub code: String,
    /// What the other side said.
    pub detail: String,
    /// When it began.
    pub started_at: Timestamp,
    /// When it ended.
    pub finished_at: Timestamp,
}

/// The last hundred tries of an effect, newest first.
///
/// # Errors
/// The store's.
pub fn attempts(conn: &Conn, id: OutboxId) -> Result<Vec<AttemptRow>, Error> {
    conn.all(sql!(include_str!("outbox/attempts.sql")), named_params! { ":outbox_id": id }, |row| {
        Ok(AttemptRow {
            id: row.get("id")?,
            attempt: row.get("attempt")?,
            outcome: row.get("outcome")?,
            code: row.get("code")?,
            detail: row.get("detail")?,
            started_at: row.get("started_at")?,
            finished_at: row.get("finished_at")?,
        })
    })
}

/// Sends an effect again that did not go through; false for one that was sent, was cancelled, or is under way.
///
/// # Errors
/// The store's.
pub fn retry(tx: &Tx<'_>, id: OutboxId, now: Timestamp, under_way: bool) -> Result<bool, Error> {
    let claimed_until = if under_way { now } else { Timestamp::from_ms(i64::MAX) };
    let params = named_params! { ":now": now, ":id": id, ":claimed_until": claimed_until };
    Ok(tx.exec(sql!(include_str!("outbox/retry.sql")), params)? == 1)
}

/// The effects of a means, or of one channel, that were given up, at most `limit`.
///
/// # Errors
/// The store's.
pub fn given_up(conn: &Conn, channel: &str, channel_id: Option<ChannelId>, limit: u32) -> Result<Vec<OutboxId>, Error> {
    let params = named_params! { ":channel": channel, ":channel_id": channel_id, ":limit": limit };
    conn.all(sql!(include_str!("outbox/retry_all.sql")), params, |row| row.get(0))
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

/// Keeps an attempt of an effect for the record; `said` is its outcome, why, and the other side's words.
///
/// # Errors
/// The store's.
pub fn record_attempt(
    tx: &Tx<'_>,
    id: EffectId,
    outbox: OutboxId,
    said: (&str, &str, &str),
    span: (Timestamp, Timestamp),
) -> Result<(), Error> {
    let params = named_params! {
        ":id": id, ":outbox_id": outbox, ":outcome": said.0, ":code": said.1, ":detail": said.2, ":started_at": span.0,
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
        channel_id: row.get("channel_id")?,
        audience: row.get("audience")?,
        shop_id: row.get("shop_id")?,
        role: row.get("role")?,
        urgent: row.get("urgent")?,
        held: row.get("held")?,
        event_id: row.get("event_id")?,
        firing_id: row.get("firing_id")?,
        rma_id: row.get("rma_id")?,
        contact_id: row.get("contact_id")?,
        person_id: row.get("person_id")?,
        body: row.get("body")?,
        not_before: row.get("not_before")?,
        next_attempt_at: row.get("next_attempt_at")?,
        state: row.get("state")?,
        attempts: row.get("attempts")?,
        created_at: row.get("created_at")?,
    })
}
