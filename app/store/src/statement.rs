//! Statements of payment channels: files taken in, their lines, and the payouts they are matched with.

use domain::state::PayoutState;
use domain::{Currency, PayoutId, PersonId, RmaId, ShopId, StatementId, StatementLineId, Timestamp};

use crate::col::Json;
use crate::conn::{Conn, Tx};
use crate::error::Error;
use crate::params::{named_params, sql};
use crate::row::Row;
use crate::scope::RowScope;

/// A row of `statement`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatementRow {
    /// Its id.
    pub id: StatementId,
    /// Whose account.
    pub shop_id: ShopId,
    /// alipay, wechat or generic.
    pub layout: String,
    /// The file's name as given.
    pub file_name: String,
    /// BLAKE3 of the file, hex.
    pub file_hash: String,
    /// Of all its lines.
    pub currency: Currency,
    /// The beginning of its first day at the shop.
    pub from_at: Timestamp,
    /// The end of its last day at the shop.
    pub until_at: Timestamp,
    /// Lines that paid out.
    pub out_count: i64,
    /// What they come to, minor units.
    pub out_minor: i64,
    /// Lines that took in.
    pub in_count: i64,
    /// What they come to, minor units.
    pub in_minor: i64,
    /// Lines that earlier statements have already; they are in none of the sums.
    pub known_count: i64,
    /// Who took it in.
    pub imported_by: Option<PersonId>,
    /// When.
    pub imported_at: Timestamp,
}

/// A new line.
#[derive(Clone, Debug)]
pub struct NewLine<'l> {
    /// Its id.
    pub id: StatementLineId,
    /// Its statement.
    pub statement_id: StatementId,
    /// Whose.
    pub shop_id: ShopId,
    /// Its row in the file.
    pub line: i64,
    /// What makes it this line in every file that has it.
    pub line_key: &'l str,
    /// When the channel booked it.
    pub at: Timestamp,
    /// Minor units, never negative.
    pub amount_minor: i64,
    /// In this currency.
    pub currency: Currency,
    /// out or in.
    pub direction: &'l str,
    /// Whether the channel is done with it.
    pub is_final: bool,
    /// The channel's number.
    pub channel_reference: &'l str,
    /// The number that the channel got from us.
    pub our_reference: &'l str,
    /// What the channel wrote.
    pub text: &'l str,
}

/// A line with the payout it is matched with or may belong to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineRow {
    /// Its id.
    pub id: StatementLineId,
    /// Its statement.
    pub statement_id: StatementId,
    /// Whose.
    pub shop_id: ShopId,
    /// Its row in the file.
    pub line: i64,
    /// When the channel booked it.
    pub at: Timestamp,
    /// Minor units, never negative.
    pub amount_minor: i64,
    /// In this currency.
    pub currency: Currency,
    /// out or in.
    pub direction: String,
    /// Whether the channel is done with it.
    pub is_final: bool,
    /// The channel's number.
    pub channel_reference: String,
    /// The number that the channel got from us.
    pub our_reference: String,
    /// What the channel wrote.
    pub text: String,
    /// matched, suggested, open, different or other.
    pub state: String,
    /// reference, person, amount, twice, `not_paid`, `not_final` or parted; empty when there is nothing to say.
    pub why: String,
    /// The payout.
    pub payout_id: Option<PayoutId>,
    /// Who matched it; nobody when its reference did.
    pub matched_by: Option<PersonId>,
    /// When.
    pub matched_at: Option<Timestamp>,
    /// What a person wrote about it.
    pub note: String,
    /// The payout's case.
    pub rma_id: Option<RmaId>,
    /// The case's number.
    pub rma_number: Option<String>,
    /// The payout's amount, minor units.
    pub payout_minor: Option<i64>,
    /// Where the payout stands.
    pub payout_state: Option<PayoutState>,
}

/// A payout that a line may belong to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PayoutOf {
    /// The payout.
    pub id: PayoutId,
    /// Minor units.
    pub amount_minor: i64,
    /// In this currency.
    pub currency: Currency,
    /// Where it stands.
    pub state: PayoutState,
    /// What the channel calls it, or the proof.
    pub reference: String,
    /// original or manual.
    pub means: String,
    /// Its case.
    pub rma_id: RmaId,
    /// The case's number.
    pub rma_number: String,
    /// When it was paid, or sent.
    pub at: Timestamp,
    /// Whether a line is matched with it.
    pub is_taken: bool,
}

/// How many lines stand where, and what they come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SumRow {
    /// matched, suggested, open, different or other.
    pub state: String,
    /// How many.
    pub count: i64,
    /// Minor units.
    pub sum_minor: i64,
}

/// What was found about a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found<'f> {
    /// matched, suggested, open, different or other.
    pub state: &'f str,
    /// As in `LineRow`.
    pub why: &'f str,
    /// The payout it is about.
    pub payout: Option<PayoutId>,
    /// Who says so, and when; for matched lines.
    pub by: (Option<PersonId>, Option<Timestamp>),
}

/// Writes a statement.
///
/// # Errors
/// A file is taken in once a shop.
pub fn insert(tx: &Tx<'_>, row: &StatementRow) -> Result<(), Error> {
    let params = named_params! {
        ":id": row.id, ":shop_id": row.shop_id, ":layout": row.layout, ":file_name": row.file_name,
        ":file_hash": row.file_hash, ":currency": row.currency, ":from_at": row.from_at, ":until_at": row.until_at,
        ":out_count": row.out_count, ":out_minor": row.out_minor, ":in_count": row.in_count,
        ":in_minor": row.in_minor, ":known_count": row.known_count, ":imported_by": row.imported_by,
        ":imported_at": row.imported_at,
    };
    tx.exec(sql!(include_str!("statement/insert.sql")), params).map(|_| ())
}

/// Writes the sums of a statement, once its lines are there.
///
/// # Errors
/// The store's.
pub fn set_sums(tx: &Tx<'_>, row: &StatementRow) -> Result<(), Error> {
    let sql = sql!(
        "UPDATE statement SET out_count = :out_count, out_minor = :out_minor, in_count = :in_count,
         in_minor = :in_minor, known_count = :known_count WHERE id = :id"
    );
    let params = named_params! {
        ":id": row.id, ":out_count": row.out_count, ":out_minor": row.out_minor, ":in_count": row.in_count,
        ":in_minor": row.in_minor, ":known_count": row.known_count,
    };
    tx.exec(sql, params).map(|_| ())
}

/// One statement, if there is one.
///
/// # Errors
/// The store's.
pub fn find(conn: &Conn, id: StatementId) -> Result<Option<StatementRow>, Error> {
    conn.one(sql!(include_str!("statement/find.sql")), named_params! { ":id": id }, read)
}

/// The statement that a file became at a shop.
///
/// # Errors
/// The store's.
pub fn of_file(conn: &Conn, shop: ShopId, hash: &str) -> Result<Option<StatementId>, Error> {
    let sql = sql!("SELECT id FROM statement WHERE shop_id = :shop_id AND file_hash = :hash");
    conn.one(sql, named_params! { ":shop_id": shop, ":hash": hash }, |row| row.get(0))
}

/// Statements in scope, newest first.
///
/// # Errors
/// The store's.
pub fn page(
    conn: &Conn,
    scope: &RowScope,
    before: Option<StatementId>,
    limit: u32,
) -> Result<Vec<StatementRow>, Error> {
    let scope = scope.pairs();
    let params = named_params! {
        ":before": before.map_or(i64::MAX, StatementId::get), ":scope": scope.as_ref().map(Json), ":limit": limit,
    };
    conn.all(sql!(include_str!("statement/page.sql")), params, read)
}

/// Writes a line; false when a statement of the shop has it already.
///
/// # Errors
/// The store's.
pub fn insert_line(tx: &Tx<'_>, row: &NewLine<'_>) -> Result<bool, Error> {
    let state = if row.direction == "in" { "other" } else { "open" };
    let params = named_params! {
        ":id": row.id, ":statement_id": row.statement_id, ":shop_id": row.shop_id, ":line": row.line,
        ":line_key": row.line_key, ":at": row.at, ":amount_minor": row.amount_minor, ":currency": row.currency,
        ":direction": row.direction, ":is_final": row.is_final, ":channel_reference": row.channel_reference,
        ":our_reference": row.our_reference, ":text": row.text, ":state": state,
    };
    Ok(tx.exec(sql!(include_str!("statement/insert_line.sql")), params)? == 1)
}

/// Whether a statement of the shop has a line.
///
/// # Errors
/// The store's.
pub fn knows(conn: &Conn, shop: ShopId, line_key: &str) -> Result<bool, Error> {
    let sql = sql!("SELECT 1 FROM statement_line WHERE shop_id = :shop_id AND line_key = :line_key");
    let found = conn.one(sql, named_params! { ":shop_id": shop, ":line_key": line_key }, |row| row.get::<i64>(0))?;
    Ok(found.is_some())
}

/// One line, if there is one.
///
/// # Errors
/// The store's.
pub fn line(conn: &Conn, id: StatementLineId) -> Result<Option<LineRow>, Error> {
    conn.one(sql!(include_str!("statement/line.sql")), named_params! { ":id": id }, read_line)
}

/// Lines of a statement in the file's order, of one state if asked.
///
/// # Errors
/// The store's.
pub fn lines(
    conn: &Conn,
    statement: StatementId,
    state: Option<&str>,
    after: Option<StatementLineId>,
    limit: u32,
) -> Result<Vec<LineRow>, Error> {
    let params = named_params! {
        ":statement_id": statement, ":state": state, ":after": after.map_or(0, StatementLineId::get), ":limit": limit,
    };
    conn.all(sql!(include_str!("statement/lines.sql")), params, read_line)
}

/// A statement's lines by state, counted and summed.
///
/// # Errors
/// The store's.
pub fn sums(conn: &Conn, statement: StatementId) -> Result<Vec<SumRow>, Error> {
    conn.all(sql!(include_str!("statement/sums.sql")), named_params! { ":statement_id": statement }, |row| {
        Ok(SumRow { state: row.get("state")?, count: row.get("count")?, sum_minor: row.get("sum_minor")? })
    })
}

/// The payout of a shop that a reference names; free ones, and those of the same amount, first.
///
/// # Errors
/// The store's.
pub fn by_reference(conn: &Conn, line: &LineRow) -> Result<Option<PayoutOf>, Error> {
    let params = named_params! {
        ":shop_id": line.shop_id, ":ours": line.our_reference, ":channel": line.channel_reference,
        ":amount_minor": line.amount_minor,
    };
    conn.one(sql!(include_str!("statement/by_reference.sql")), params, read_payout)
}

/// The payout of a shop with the line's amount that was paid nearest to it, within `window_ms`, and that no other line has
/// or may have.
///
/// # Errors
/// The store's.
pub fn nearest(conn: &Conn, line: &LineRow, window_ms: i64) -> Result<Option<PayoutOf>, Error> {
    let params = named_params! {
        ":shop_id": line.shop_id, ":amount_minor": line.amount_minor, ":currency": line.currency, ":at": line.at,
        ":window_ms": window_ms, ":line": line.id,
    };
    conn.one(sql!(include_str!("statement/nearest.sql")), params, read_payout)
}

/// A payout of a shop.
///
/// # Errors
/// The store's.
pub fn payout(conn: &Conn, shop: ShopId, id: PayoutId) -> Result<Option<PayoutOf>, Error> {
    let params = named_params! { ":id": id, ":shop_id": shop };
    conn.one(sql!(include_str!("statement/one_payout.sql")), params, read_payout)
}

/// Payouts within a statement's days that no line has or may have.
///
/// # Errors
/// The store's.
pub fn missing(conn: &Conn, row: &StatementRow, after: Option<PayoutId>, limit: u32) -> Result<Vec<PayoutOf>, Error> {
    let params = named_params! {
        ":shop_id": row.shop_id, ":currency": row.currency, ":from_at": row.from_at, ":until_at": row.until_at,
        ":after": after.map_or(0, PayoutId::get), ":limit": limit,
    };
    conn.all(sql!(include_str!("statement/missing.sql")), params, read_payout)
}

/// How many those are, and what they come to in minor units.
///
/// # Errors
/// The store's.
pub fn missing_sum(conn: &Conn, row: &StatementRow) -> Result<(i64, i64), Error> {
    let params = named_params! {
        ":shop_id": row.shop_id, ":currency": row.currency, ":from_at": row.from_at, ":until_at": row.until_at,
    };
    let found =
        conn.one(sql!(include_str!("statement/missing_sum.sql")), params, |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(found.unwrap_or((0, 0)))
}

/// Writes what was found about a line; false when it does not stand at `was` any more.
///
/// # Errors
/// A payout is matched with one line only.
pub fn judge(tx: &Tx<'_>, id: StatementLineId, was: &str, found: &Found<'_>) -> Result<bool, Error> {
    let params = named_params! {
        ":id": id, ":was": was, ":state": found.state, ":why": found.why, ":payout_id": found.payout,
        ":matched_by": found.by.0, ":matched_at": found.by.1,
    };
    Ok(tx.exec(sql!(include_str!("statement/judge.sql")), params)? == 1)
}

/// Writes a note on a line.
///
/// # Errors
/// The store's.
pub fn set_note(tx: &Tx<'_>, id: StatementLineId, note: &str) -> Result<(), Error> {
    let sql = sql!("UPDATE statement_line SET note = :note WHERE id = :id");
    tx.exec(sql, named_params! { ":id": id, ":note": note }).map(|_| ())
}

fn read(row: &Row<'_>) -> Result<StatementRow, Error> {
    Ok(StatementRow {
        id: row.get("id")?,
        shop_id: row.get("shop_id")?,
        layout: row.get("layout")?,
        file_name: row.get("file_name")?,
        file_hash: row.get("file_hash")?,
        currency: row.get("currency")?,
        from_at: row.get("from_at")?,
        until_at: row.get("until_at")?,
        out_count: row.get("out_count")?,
        out_minor: row.get("out_minor")?,
        in_count: row.get("in_count")?,
        in_minor: row.get("in_minor")?,
        known_count: row.get("known_count")?,
        imported_by: row.get("imported_by")?,
        imported_at: row.get("imported_at")?,
    })
}

fn read_line(row: &Row<'_>) -> Result<LineRow, Error> {
    Ok(LineRow {
        id: row.get("id")?,
        statement_id: row.get("statement_id")?,
        shop_id: row.get("shop_id")?,
        line: row.get("line")?,
        at: row.get("at")?,
        amount_minor: row.get("amount_minor")?,
        currency: row.get("currency")?,
        direction: row.get("direction")?,
        is_final: row.get("is_final")?,
        channel_reference: row.get("channel_reference")?,
        our_reference: row.get("our_reference")?,
        text: row.get("text")?,
        state: row.get("state")?,
        why: row.get("why")?,
        payout_id: row.get("payout_id")?,
        matched_by: row.get("matched_by")?,
        matched_at: row.get("matched_at")?,
        note: row.get("note")?,
        rma_id: row.get("rma_id")?,
        rma_number: row.get("rma_number")?,
        payout_minor: row.get("payout_minor")?,
        payout_state: row.get("payout_state")?,
    })
}

fn read_payout(row: &Row<'_>) -> Result<PayoutOf, Error> {
    Ok(PayoutOf {
        id: row.get("id")?,
        amount_minor: row.get("amount_minor")?,
        currency: row.get("currency")?,
        state: row.get("state")?,
        reference: row.get("reference")?,
        means: row.get("means")?,
        rma_id: row.get("rma_id")?,
        rma_number: row.get("rma_number")?,
        at: row.get("at")?,
        is_taken: row.get("is_taken")?,
    })
}
