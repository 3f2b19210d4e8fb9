//! Case lines: what is asked for, counted, inspected and settled.

use domain::state::Verdict;
use domain::{LineKind, LocalDate, OrderLineId, ReasonId, RmaId, RmaLineId, SkuId};

use crate::conn::{Conn, Tx};
use crate::error::Error;
use crate::params::{named_params, sql};
use crate::row::Row;

/// A row of `rma_line`. Quantities are base units, money minor units of the case's currency.
#[derive(Clone, Debug)]
pub struct RmaLineRow {
    /// Its id.
    pub id: RmaLineId,
    /// Its case.
    pub rma_id: RmaId,
    /// From 1.
    pub position: i64,
    /// What is asked for.
    pub kind: LineKind,
    /// The order line, unless the goods are not known to any order.
    pub order_line_id: Option<OrderLineId>,
    /// The article.
    pub sku_id: Option<SkuId>,
    /// Found in a parcel, not announced.
    pub undeclared: bool,
    /// Why.
    pub reason_id: Option<ReasonId>,
    /// Asked for.
    pub requested: i64,
    /// Agreed to.
    pub approved: i64,
    /// Counted.
    pub received: i64,
    /// Written off as not coming.
    pub waived: i64,
    /// Inspected and accepted.
    pub accepted: i64,
    /// Inspected and refused.
    pub refused: i64,
    /// Disposed of.
    pub dispositioned: i64,
    /// Paid share of the goods.
    pub share_goods_minor: i64,
    /// Paid share of the tax.
    pub share_tax_minor: i64,
    /// Paid share of the accepted quantity.
    pub cap_counted_minor: i64,
    /// Settled and in flight, all bases.
    pub settled_minor: i64,
    /// Settled and in flight on the counted basis.
    pub settled_counted_minor: i64,
    /// Whether nothing more will be paid on it.
    pub money_done: bool,
    /// The policy's answer.
    pub verdict: Verdict,
    /// The rule that answered.
    pub policy_rule: String,
    /// The judgement as explained, JSON.
    pub judgement: String,
    /// Last day of the window.
    pub window_ends_on: Option<LocalDate>,
    /// As counted on boards.
    pub refund_minor: i64,
}

/// Writes a new line.
///
/// # Errors
/// The store's.
pub fn insert(tx: &Tx<'_>, line: &RmaLineRow) -> Result<(), Error> {
    let params = named_params! {
        ":id": line.id, ":rma_id": line.rma_id, ":position": line.position, ":kind": line.kind,
        ":order_line_id": line.order_line_id, ":sku_id": line.sku_id, ":undeclared": line.undeclared,
        ":reason_id": line.reason_id, ":requested": line.requested, ":approved": line.approved,
        ":received": line.received, ":share_goods_minor": line.share_goods_minor,
        ":share_tax_minor": line.share_tax_minor, ":verdict": line.verdict, ":policy_rule": line.policy_rule,
        ":judgement": line.judgement, ":window_ends_on": line.window_ends_on, ":refund_minor": line.refund_minor,
        ":money_done": line.money_done,
    };
    tx.exec(sql!(include_str!("rma_line/insert.sql")), params).map(|_| ())
}

/// A case's lines in order.
///
/// # Errors
/// The store's.
pub fn of_rma(conn: &Conn, rma: RmaId) -> Result<Vec<RmaLineRow>, Error> {
    conn.all(sql!(include_str!("rma_line/of_rma.sql")), named_params! { ":rma_id": rma }, read)
}

/// One line, if there is one.
///
/// # Errors
/// The store's.
pub fn find(conn: &Conn, id: RmaLineId) -> Result<Option<RmaLineRow>, Error> {
    conn.one(sql!(include_str!("rma_line/find.sql")), named_params! { ":id": id }, read)
}

/// Agrees to all that was requested on a case's lines that were not agreed yet.
///
/// # Errors
/// The store's.
pub fn approve_all(tx: &Tx<'_>, rma: RmaId) -> Result<(), Error> {
    let sql = sql!("UPDATE rma_line SET approved = requested WHERE rma_id = :rma_id AND approved = 0");
    tx.exec(sql, named_params! { ":rma_id": rma }).map(|_| ())
}

/// Takes the agreement to a case's lines back.
///
/// # Errors
/// A guard's, when something was counted or written off already.
pub fn approve_none(tx: &Tx<'_>, rma: RmaId) -> Result<(), Error> {
    let sql = sql!("UPDATE rma_line SET approved = 0 WHERE rma_id = :rma_id");
    tx.exec(sql, named_params! { ":rma_id": rma }).map(|_| ())
}

/// Adds to what was counted; below zero takes back a miscount.
///
/// # Errors
/// `rma_line_received_within_approved` when more is counted than announced.
pub fn add_received(tx: &Tx<'_>, id: RmaLineId, quantity: i64) -> Result<(), Error> {
    let sql = sql!("UPDATE rma_line SET received = received + :quantity WHERE id = :id");
    tx.exec(sql, named_params! { ":id": id, ":quantity": quantity }).map(|_| ())
}

/// Adds to what is written off as not coming.
///
/// # Errors
/// `rma_line_received_within_approved`.
pub fn add_waived(tx: &Tx<'_>, id: RmaLineId, quantity: i64) -> Result<(), Error> {
    let sql = sql!("UPDATE rma_line SET waived = waived + :quantity WHERE id = :id");
    tx.exec(sql, named_params! { ":id": id, ":quantity": quantity }).map(|_| ())
}

/// Adds inspected units and sets the counted basis' cap.
///
/// # Errors
/// `rma_line_inspected_within_received`.
pub fn add_inspected(
    tx: &Tx<'_>,
    id: RmaLineId,
    accepted: i64,
    refused: i64,
    cap_counted_minor: i64,
) -> Result<(), Error> {
    let sql = sql!(
        "UPDATE rma_line SET accepted = accepted + :accepted, refused = refused + :refused,
             cap_counted_minor = :cap_counted_minor
         WHERE id = :id"
    );
    let params = named_params! {
        ":id": id, ":accepted": accepted, ":refused": refused, ":cap_counted_minor": cap_counted_minor,
    };
    tx.exec(sql, params).map(|_| ())
}

/// Adds disposed units.
///
/// # Errors
/// `rma_line_dispositioned_once`.
pub fn add_dispositioned(tx: &Tx<'_>, id: RmaLineId, quantity: i64) -> Result<(), Error> {
    let sql = sql!("UPDATE rma_line SET dispositioned = dispositioned + :quantity WHERE id = :id");
    tx.exec(sql, named_params! { ":id": id, ":quantity": quantity }).map(|_| ())
}

/// Holds or gives back money on a line.
///
/// # Errors
/// `rma_line_settled_within_share`, `rma_line_counted_within_accepted`.
pub fn add_settled(tx: &Tx<'_>, id: RmaLineId, amount_minor: i64, counted_minor: i64) -> Result<(), Error> {
    let sql = sql!(
        "UPDATE rma_line SET settled_minor = settled_minor + :amount,
             settled_counted_minor = settled_counted_minor + :counted
         WHERE id = :id"
    );
    tx.exec(sql, named_params! { ":id": id, ":amount": amount_minor, ":counted": counted_minor }).map(|_| ())
}

/// Says whether money on the line is done, and what boards count.
///
/// # Errors
/// The store's.
pub fn set_money(tx: &Tx<'_>, id: RmaLineId, done: bool, refund_minor: i64) -> Result<(), Error> {
    let sql = sql!("UPDATE rma_line SET money_done = :done, refund_minor = :refund_minor WHERE id = :id");
    tx.exec(sql, named_params! { ":id": id, ":done": done, ":refund_minor": refund_minor }).map(|_| ())
}

/// Turns a line into another kind.
///
/// # Errors
/// The store's.
pub fn set_kind(tx: &Tx<'_>, id: RmaLineId, kind: LineKind) -> Result<(), Error> {
    let sql = sql!("UPDATE rma_line SET kind = :kind WHERE id = :id");
    tx.exec(sql, named_params! { ":id": id, ":kind": kind }).map(|_| ())
}

fn read(row: &Row<'_>) -> Result<RmaLineRow, Error> {
    Ok(RmaLineRow {
        id: row.get("id")?,
        rma_id: row.get("rma_id")?,
        position: row.get("position")?,
        kind: row.get("kind")?,
        order_line_id: row.get("order_line_id")?,
        sku_id: row.get("sku_id")?,
        undeclared: row.get("undeclared")?,
        reason_id: row.get("reason_id")?,
        requested: row.get("requested")?,
        approved: row.get("approved")?,
        received: row.get("received")?,
        waived: row.get("waived")?,
        accepted: row.get("accepted")?,
        refused: row.get("refused")?,
        dispositioned: row.get("dispositioned")?,
        share_goods_minor: row.get("share_goods_minor")?,
        share_tax_minor: row.get("share_tax_minor")?,
        cap_counted_minor: row.get("cap_counted_minor")?,
        settled_minor: row.get("settled_minor")?,
        settled_counted_minor: row.get("settled_counted_minor")?,
        money_done: row.get("money_done")?,
        verdict: row.get("verdict")?,
        policy_rule: row.get("policy_rule")?,
        judgement: row.get("judgement")?,
        window_ends_on: row.get("window_ends_on")?,
        refund_minor: row.get("refund_minor")?,
    })
}
