//! Cases as platforms see them: raw and mapped status, the platform's deadline, version and conflict.

use domain::{Currency, ExternalCaseId, OrderId, RmaId, ShopId, Timestamp};

use crate::conn::{Conn, Tx};
use crate::error::Error;
use crate::params::{named_params, sql};
use crate::row::Row;

/// A row of `external_case`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExternalCaseRow {
    /// Its id.
    pub id: ExternalCaseId,
    /// Whose.
    pub shop_id: ShopId,
    /// The platform's code.
    pub platform: String,
    /// The platform's number.
    pub number: String,
    /// Our case, when linked.
    pub rma_id: Option<RmaId>,
    /// The order it is about, or empty.
    pub order_number: String,
    /// The platform's own status.
    pub raw_status: String,
    /// What it means.
    pub mapped_status: String,
    /// The platform's own kind, or empty.
    pub kind: String,
    /// What the buyer asks for, in minor units.
    pub amount_minor: Option<i64>,
    /// Its currency.
    pub currency: Option<Currency>,
    /// The platform's deadline, in natural hours.
    pub due_at: Option<Timestamp>,
    /// The platform's version; older ones are ignored.
    pub source_version: i64,
    /// Why it contradicts ours, a code.
    pub conflict: Option<String>,
    /// When it was last heard of.
    pub seen_at: Timestamp,
}

/// Writes a new external case.
///
/// # Errors
/// The store's; `external_case.shop_id` when the number is known.
pub fn insert(tx: &Tx<'_>, case: &ExternalCaseRow) -> Result<(), Error> {
    let params = named_params! {
        ":id": case.id, ":shop_id": case.shop_id, ":platform": case.platform, ":number": case.number,
        ":rma_id": case.rma_id, ":order_number": case.order_number, ":raw_status": case.raw_status,
        ":mapped_status": case.mapped_status, ":kind": case.kind, ":amount_minor": case.amount_minor,
        ":currency": case.currency, ":due_at": case.due_at, ":source_version": case.source_version,
        ":conflict": case.conflict, ":seen_at": case.seen_at,
    };
    tx.exec(sql!(include_str!("external_case/insert.sql")), params).map(|_| ())
}

/// Writes what the platform says now, the link and the conflict.
///
/// # Errors
/// The store's.
pub fn update(tx: &Tx<'_>, case: &ExternalCaseRow) -> Result<(), Error> {
    let params = named_params! {
        ":rma_id": case.rma_id, ":order_number": case.order_number, ":raw_status": case.raw_status,
        ":mapped_status": case.mapped_status, ":kind": case.kind, ":amount_minor": case.amount_minor,
        ":currency": case.currency, ":due_at": case.due_at, ":source_version": case.source_version,
        ":conflict": case.conflict, ":seen_at": case.seen_at, ":id": case.id,
    };
    tx.exec(sql!(include_str!("external_case/update.sql")), params).map(|_| ())
}

/// The external case, if there is one.
///
/// # Errors
/// The store's.
pub fn find(conn: &Conn, id: ExternalCaseId) -> Result<Option<ExternalCaseRow>, Error> {
    conn.one(sql!(include_str!("external_case/find.sql")), named_params! { ":id": id }, read)
}

/// The external case with this number at a shop, if there is one.
///
/// # Errors
/// The store's.
pub fn by_number(conn: &Conn, shop: ShopId, number: &str) -> Result<Option<ExternalCaseRow>, Error> {
    let params = named_params! { ":shop_id": shop, ":number": number };
    conn.one(sql!(include_str!("external_case/by_number.sql")), params, read)
}

/// The external cases linked to a case.
///
/// # Errors
/// The store's.
pub fn of_rma(conn: &Conn, rma: RmaId) -> Result<Vec<ExternalCaseRow>, Error> {
    conn.all(sql!(include_str!("external_case/of_rma.sql")), named_params! { ":rma_id": rma }, read)
}

/// Which part of the list is wanted.
#[derive(Clone, Copy, Debug, Default)]
pub struct PageQuery {
    /// Only this shop.
    pub shop: Option<ShopId>,
    /// Only those not linked yet.
    pub unlinked: bool,
    /// Only those in conflict.
    pub conflict: bool,
    /// After this deadline and id; those without a deadline come last.
    pub after: Option<(i64, ExternalCaseId)>,
}

/// Those without a deadline sort as if it were then.
pub const NO_DEADLINE: i64 = i64::MAX;

/// A page of external cases, the most urgent first.
///
/// # Errors
/// The store's.
pub fn page(conn: &Conn, query: &PageQuery, limit: u32) -> Result<Vec<ExternalCaseRow>, Error> {
    let (after_due, after_id) = query.after.map_or((i64::MIN, 0), |(due, id)| (due, id.get()));
    let params = named_params! {
        ":after_due": after_due, ":after_id": after_id, ":shop_id": query.shop, ":unlinked": query.unlinked,
        ":conflict": query.conflict, ":limit": limit,
    };
    conn.all(sql!(include_str!("external_case/page.sql")), params, read)
}

/// The one open case on an order that no external case is linked to yet; none when there are several.
///
/// # Errors
/// The store's.
pub fn linkable(conn: &Conn, order: OrderId) -> Result<Option<RmaId>, Error> {
    let found: Vec<RmaId> =
        conn.all(sql!(include_str!("external_case/linkable.sql")), named_params! { ":order_id": order }, |row| {
            row.get(0)
        })?;
    Ok(match found.as_slice() {
        [one] => Some(*one),
        _ => None,
    })
}

/// Notes the earliest deadline of a case's open external cases on the case.
///
/// # Errors
/// The store's.
pub fn note_deadline(tx: &Tx<'_>, rma: RmaId, due_at: Option<Timestamp>) -> Result<(), Error> {
    let sql = sql!("UPDATE rma SET platform_due_at = :due_at, version = version + 1 WHERE id = :id");
    tx.exec(sql, named_params! { ":due_at": due_at, ":id": rma }).map(|_| ())
}

/// What is settled or in flight on a case, in minor units.
///
/// # Errors
/// The store's.
pub fn settled_minor(conn: &Conn, rma: RmaId) -> Result<i64, Error> {
    let sql = sql!(
        "SELECT coalesce(sum(net_minor), 0) FROM settlement
         WHERE rma_id = :rma_id AND state <> 'cancelled' AND means <> 'platform'"
    );
    Ok(conn.value(sql, named_params! { ":rma_id": rma })?.unwrap_or(0))
}

/// What the case's settlements have booked of refunds made by the platform, minor units.
///
/// # Errors
/// The store's.
pub fn booked_minor(conn: &Conn, rma: RmaId) -> Result<i64, Error> {
    let sql = sql!(
        "SELECT coalesce(sum(net_minor), 0) FROM settlement
         WHERE rma_id = :rma_id AND state <> 'cancelled' AND means = 'platform'"
    );
    Ok(conn.value(sql, named_params! { ":rma_id": rma })?.unwrap_or(0))
}

fn read(row: &Row<'_>) -> Result<ExternalCaseRow, Error> {
    Ok(ExternalCaseRow {
        id: row.get("id")?,
        shop_id: row.get("shop_id")?,
        platform: row.get("platform")?,
        number: row.get("number")?,
        rma_id: row.get("rma_id")?,
        order_number: row.get("order_number")?,
        raw_status: row.get("raw_status")?,
        mapped_status: row.get("mapped_status")?,
        kind: row.get("kind")?,
        amount_minor: row.get("amount_minor")?,
        currency: row.get("currency")?,
        due_at: row.get("due_at")?,
        source_version: row.get("source_version")?,
        conflict: row.get("conflict")?,
        seen_at: row.get("seen_at")?,
    })
}
