//! Payouts: the row and its key are on the disk before anything is sent; the answer, or its loss, is written beside it.

use domain::state::PayoutState;
use domain::{Currency, EffectId, PayoutId, PersonId, RmaId, SettlementId, ShopId, TenderId, Timestamp};

use crate::conn::{Conn, Tx};
use crate::error::Error;
use crate::params::{named_params, sql};
use crate::row::Row;

/// A row of `payout`.
#[derive(Clone, Debug)]
pub struct PayoutRow {
    /// Its id.
    pub id: PayoutId,
    /// Its settlement.
    pub settlement_id: SettlementId,
    /// What the gateway knows it by, for good.
    pub key: String,
    /// The customer's payment it goes back to.
    pub tender_id: Option<TenderId>,
    /// Minor units.
    pub amount_minor: i64,
    /// In this currency.
    pub currency: Currency,
    /// Where it stands.
    pub state: PayoutState,
    /// How often it was sent.
    pub attempts: u32,
    /// The gateway's own number.
    pub gateway_id: Option<String>,
    /// What the gateway or the line said last.
    pub error: String,
    /// A transfer's number or a receipt's, when paid by hand.
    pub proof: String,
    /// Who paid by hand.
    pub paid_by: Option<PersonId>,
    /// When it was written.
    pub requested_at: Timestamp,
    /// When it was sent last.
    pub sent_at: Option<Timestamp>,
    /// When its outcome was known.
    pub finished_at: Option<Timestamp>,
    /// When to ask the gateway about it.
    pub next_query_at: Option<Timestamp>,
}

/// A payout with what the gateway needs to know.
#[derive(Clone, Debug)]
pub struct PayoutTask {
    /// The payout.
    pub payout: PayoutRow,
    /// The case.
    pub rma_id: RmaId,
    /// Whose.
    pub shop_id: ShopId,
    /// The case's human number.
    pub rma_number: String,
    /// The order's number, or empty.
    pub order_number: String,
    /// The payment that is given back, or empty.
    pub tender_reference: String,
    /// What kind of payment it was, or empty.
    pub tender_kind: String,
}

/// Writes a payout.
///
/// # Errors
/// `payout_one_live` (M5).
pub fn insert(tx: &Tx<'_>, row: &PayoutRow) -> Result<(), Error> {
    let params = named_params! {
        ":id": row.id, ":settlement_id": row.settlement_id, ":key": row.key, ":tender_id": row.tender_id,
        ":amount_minor": row.amount_minor, ":currency": row.currency, ":state": row.state,
        ":attempts": row.attempts, ":proof": row.proof, ":paid_by": row.paid_by, ":requested_at": row.requested_at,
        ":finished_at": row.finished_at,
    };
    tx.exec(sql!(include_str!("payout/insert.sql")), params).map(|_| ())
}

/// One payout, if there is one.
///
/// # Errors
/// The store's.
pub fn find(conn: &Conn, id: PayoutId) -> Result<Option<PayoutRow>, Error> {
    conn.one(sql!(include_str!("payout/find.sql")), named_params! { ":id": id }, read)
}

/// A settlement's payouts, oldest first.
///
/// # Errors
/// The store's.
pub fn of_settlement(conn: &Conn, settlement: SettlementId) -> Result<Vec<PayoutRow>, Error> {
    conn.all(sql!(include_str!("payout/of_settlement.sql")), named_params! { ":settlement_id": settlement }, read)
}

/// One payout with what the gateway needs to know.
///
/// # Errors
/// The store's.
pub fn task(conn: &Conn, id: PayoutId) -> Result<Option<PayoutTask>, Error> {
    conn.one(sql!(include_str!("payout/task.sql")), named_params! { ":id": id }, |row| {
        Ok(PayoutTask {
            payout: read(row)?,
            rma_id: row.get("rma_id")?,
            shop_id: row.get("shop_id")?,
            rma_number: row.get("rma_number")?,
            order_number: row.get("order_number")?,
            tender_reference: row.get("tender_reference")?,
            tender_kind: row.get("tender_kind")?,
        })
    })
}

/// Payouts that were written and never sent, oldest first.
///
/// # Errors
/// The store's.
pub fn to_send(conn: &Conn, now: Timestamp, limit: u32) -> Result<Vec<PayoutId>, Error> {
    let sql = sql!(
        "SELECT id FROM payout
         WHERE state = 'requested' AND (next_query_at IS NULL OR next_query_at <= :now) ORDER BY id LIMIT :limit"
    );
    conn.all(sql, named_params! { ":now": now, ":limit": limit }, |row| row.get(0))
}

/// Payouts whose answer is missing and that may be asked about now, oldest question first.
///
/// # Errors
/// The store's.
pub fn to_query(conn: &Conn, now: Timestamp, limit: u32) -> Result<Vec<PayoutId>, Error> {
    let sql = sql!(
        "SELECT id FROM payout
         WHERE state IN ('sent', 'unknown') AND next_query_at <= :now ORDER BY next_query_at, id LIMIT :limit"
    );
    conn.all(sql, named_params! { ":now": now, ":limit": limit }, |row| row.get(0))
}

/// Payouts whose outcome is unknown, oldest first.
///
/// # Errors
/// The store's.
pub fn unknown(conn: &Conn, limit: u32) -> Result<Vec<PayoutRow>, Error> {
    conn.all(sql!(include_str!("payout/unknown.sql")), named_params! { ":limit": limit }, read)
}

/// Claims a payout for sending; false when somebody has it already.
///
/// # Errors
/// The store's.
pub fn claim(tx: &Tx<'_>, id: PayoutId, at: Timestamp, query_at: Timestamp) -> Result<bool, Error> {
    let sql = sql!(
        "UPDATE payout SET state = 'sent', attempts = attempts + 1, sent_at = :at, next_query_at = :query_at
         WHERE id = :id AND state = 'requested'"
    );
    Ok(tx.exec(sql, named_params! { ":id": id, ":at": at, ":query_at": query_at })? == 1)
}

/// What became of a payout that was sent.
#[derive(Clone, Debug, Default)]
pub struct PayoutAnswer {
    /// The gateway's own number, once known.
    pub gateway_id: Option<String>,
    /// What the gateway or the line said.
    pub error: String,
    /// When the outcome was known.
    pub finished_at: Option<Timestamp>,
    /// When to ask again or send again.
    pub next_query_at: Option<Timestamp>,
}

/// Writes an answer on a payout that is sent or unknown; false when it is finished already.
///
/// # Errors
/// The store's.
pub fn answer(tx: &Tx<'_>, id: PayoutId, state: PayoutState, answer: &PayoutAnswer) -> Result<bool, Error> {
    let params = named_params! {
        ":id": id, ":state": state, ":gateway_id": answer.gateway_id, ":error": answer.error,
        ":finished_at": answer.finished_at, ":next_query_at": answer.next_query_at,
    };
    Ok(tx.exec(sql!(include_str!("payout/answer.sql")), params)? == 1)
}

/// Asks for a payout with an unknown outcome to be looked up at once; false when it is finished.
///
/// # Errors
/// The store's.
pub fn query_now(tx: &Tx<'_>, id: PayoutId, at: Timestamp) -> Result<bool, Error> {
    let sql = sql!("UPDATE payout SET next_query_at = :at WHERE id = :id AND state IN ('sent', 'unknown')");
    Ok(tx.exec(sql, named_params! { ":id": id, ":at": at })? == 1)
}

/// Takes back a payout that was never sent; false once it was.
///
/// # Errors
/// The store's.
pub fn stop(tx: &Tx<'_>, id: PayoutId, at: Timestamp) -> Result<bool, Error> {
    let sql = sql!(
        "UPDATE payout SET state = 'failed', error = 'stopped', finished_at = :at
         WHERE id = :id AND state = 'requested' AND attempts = 0"
    );
    Ok(tx.exec(sql, named_params! { ":id": id, ":at": at })? == 1)
}

/// Keeps an attempt of a payout for the record.
///
/// # Errors
/// The store's.
pub fn record_attempt(
    tx: &Tx<'_>,
    id: EffectId,
    payout: PayoutId,
    outcome: &str,
    detail: &str,
    span: (Timestamp, Timestamp),
) -> Result<(), Error> {
    let params = named_params! {
        ":id": id, ":payout_id": payout, ":outcome": outcome, ":detail": detail, ":started_at": span.0,
        ":finished_at": span.1,
    };
    tx.exec(sql!(include_str!("payout/record_attempt.sql")), params).map(|_| ())
}

/// One attempt of a payout.
#[derive(Clone, Debug)]
pub struct AttemptRow {
    /// From 1.
    pub attempt: u32,
    /// ok, failed or unknown.
    pub outcome: String,
    /// What was said.
    pub detail: String,
    /// When it began.
    pub started_at: Timestamp,
    /// When it ended.
    pub finished_at: Timestamp,
}

/// A payout's attempts, oldest first.
///
/// # Errors
/// The store's.
pub fn attempts(conn: &Conn, payout: PayoutId) -> Result<Vec<AttemptRow>, Error> {
    conn.all(sql!(include_str!("payout/attempts.sql")), named_params! { ":payout_id": payout }, |row| {
        Ok(AttemptRow {
            attempt: row.get("attempt")?,
            outcome: row.get("outcome")?,
            detail: row.get("detail")?,
            started_at: row.get("started_at")?,
            finished_at: row.get("finished_at")?,
        })
    })
}

fn read(row: &Row<'_>) -> Result<PayoutRow, Error> {
    Ok(PayoutRow {
        id: row.get("id")?,
        settlement_id: row.get("settlement_id")?,
        key: row.get("key")?,
        tender_id: row.get("tender_id")?,
        amount_minor: row.get("amount_minor")?,
        currency: row.get("currency")?,
        state: row.get("state")?,
        attempts: row.get("attempts")?,
        gateway_id: row.get("gateway_id")?,
        error: row.get("error")?,
        proof: row.get("proof")?,
        paid_by: row.get("paid_by")?,
        requested_at: row.get("requested_at")?,
        sent_at: row.get("sent_at")?,
        finished_at: row.get("finished_at")?,
        next_query_at: row.get("next_query_at")?,
    })
}
