//! Outbound orders: what goes out again for exchange, reship, repair return and send-back.

use domain::kind::OutboundKind;
use domain::state::OutboundState;
use domain::{
    CarrierId, ContactId, OrderLineId, OutboundLineId, OutboundOrderId, RmaId, RmaLineId, ShopId, SkuId, Timestamp,
    WarehouseId,
};

use crate::col::Json;
use crate::conn::{Conn, Tx};
use crate::error::Error;
use crate::params::{named_params, sql};
use crate::row::Row;
use crate::scope::RowScope;

/// A row of `outbound_order`.
#[derive(Clone, Debug)]
pub struct OutboundRow {
    /// Its id.
    pub id: OutboundOrderId,
    /// Human number.
    pub number: String,
    /// Its case.
    pub rma_id: RmaId,
    /// Whose.
    pub shop_id: ShopId,
    /// Where it leaves from.
    pub warehouse_id: Option<WarehouseId>,
    /// Why.
    pub kind: OutboundKind,
    /// Where it stands.
    pub state: OutboundState,
    /// Whom it goes to.
    pub contact_id: Option<ContactId>,
    /// Who brings it.
    pub carrier_id: Option<CarrierId>,
    /// Its waybill, or empty.
    pub waybill: String,
    /// Since when.
    pub opened_at: Timestamp,
    /// When it left.
    pub shipped_at: Option<Timestamp>,
    /// When it arrived.
    pub delivered_at: Option<Timestamp>,
    /// Why it does not go.
    pub waived_reason: String,
    /// Row version.
    pub version: i64,
}

/// A row of `outbound_line`.
#[derive(Clone, Debug)]
pub struct OutboundLineRow {
    /// Its id.
    pub id: OutboundLineId,
    /// Its order.
    pub outbound_order_id: OutboundOrderId,
    /// The case line.
    pub rma_line_id: RmaLineId,
    /// The article that goes out.
    pub sku_id: SkuId,
    /// Base units.
    pub quantity: i64,
}

/// A line as printed.
#[derive(Clone, Debug)]
pub struct SlipLine {
    /// The line.
    pub id: OutboundLineId,
    /// The article's code.
    pub sku_code: String,
    /// The article's name.
    pub sku_name: String,
    /// Base units.
    pub quantity: i64,
}

/// Writes an outbound order with its lines.
///
/// # Errors
/// The store's.
pub fn insert(tx: &Tx<'_>, row: &OutboundRow, lines: &[OutboundLineRow]) -> Result<(), Error> {
    let params = named_params! {
        ":id": row.id, ":number": row.number, ":rma_id": row.rma_id, ":shop_id": row.shop_id,
        ":warehouse_id": row.warehouse_id, ":kind": row.kind, ":state": row.state, ":contact_id": row.contact_id,
        ":opened_at": row.opened_at,
    };
    tx.exec(sql!(include_str!("outbound/insert.sql")), params)?;
    for line in lines {
        let params = named_params! {
            ":id": line.id, ":outbound_order_id": line.outbound_order_id, ":rma_line_id": line.rma_line_id,
            ":sku_id": line.sku_id, ":quantity": line.quantity,
        };
        tx.exec(sql!(include_str!("outbound/insert_line.sql")), params)?;
    }
    Ok(())
}

/// One outbound order, if there is one.
///
/// # Errors
/// The store's.
pub fn find(conn: &Conn, id: OutboundOrderId) -> Result<Option<OutboundRow>, Error> {
    conn.one(sql!(include_str!("outbound/find.sql")), named_params! { ":id": id }, read)
}

/// The outbound orders of a case, oldest first.
///
/// # Errors
/// The store's.
pub fn of_rma(conn: &Conn, rma: RmaId) -> Result<Vec<OutboundRow>, Error> {
    conn.all(sql!(include_str!("outbound/of_rma.sql")), named_params! { ":rma_id": rma }, read)
}

/// A page of outbound orders in scope, newest first; all states when none is named.
///
/// # Errors
/// The store's.
pub fn page(
    conn: &Conn,
    scope: &RowScope,
    state: Option<OutboundState>,
    before: Option<OutboundOrderId>,
    limit: u32,
) -> Result<Vec<OutboundRow>, Error> {
    let scope = scope.pairs();
    let params = named_params! {
        ":state": state, ":before": before.map_or(i64::MAX, OutboundOrderId::get),
        ":scope": scope.as_ref().map(Json), ":limit": limit,
    };
    // Few orders wait and many have ended: the few are found by state, the many by walking back in time.
    if state.is_some_and(|state| !state.is_final()) {
        return conn.all(sql!(include_str!("outbound/page_waiting.sql")), params, read);
    }
    conn.all(sql!(include_str!("outbound/page.sql")), params, read)
}

/// An outbound order's lines.
///
/// # Errors
/// The store's.
pub fn lines(conn: &Conn, id: OutboundOrderId) -> Result<Vec<OutboundLineRow>, Error> {
    let sql = sql!(
        "SELECT id, outbound_order_id, rma_line_id, sku_id, quantity FROM outbound_line
         WHERE outbound_order_id = :id ORDER BY id"
    );
    conn.all(sql, named_params! { ":id": id }, |row| {
        Ok(OutboundLineRow {
            id: row.get("id")?,
            outbound_order_id: row.get("outbound_order_id")?,
            rma_line_id: row.get("rma_line_id")?,
            sku_id: row.get("sku_id")?,
            quantity: row.get("quantity")?,
        })
    })
}

/// An outbound order's lines as printed.
///
/// # Errors
/// The store's.
pub fn slip_lines(conn: &Conn, id: OutboundOrderId) -> Result<Vec<SlipLine>, Error> {
    conn.all(sql!(include_str!("outbound/slip_lines.sql")), named_params! { ":id": id }, |row| {
        Ok(SlipLine {
            id: row.get("id")?,
            sku_code: row.get("code")?,
            sku_name: row.get("name")?,
            quantity: row.get("quantity")?,
        })
    })
}

/// Records that an open order left; false when it is no longer open.
///
/// # Errors
/// `outbound_shipped_has_waybill`.
pub fn ship(
    tx: &Tx<'_>,
    id: OutboundOrderId,
    carrier: Option<CarrierId>,
    waybill: &str,
    at: Timestamp,
) -> Result<bool, Error> {
    let params = named_params! { ":id": id, ":carrier_id": carrier, ":waybill": waybill, ":at": at };
    Ok(tx.exec(sql!(include_str!("outbound/ship.sql")), params)? == 1)
}

/// Records that a shipped order arrived; false when it was not under way.
///
/// # Errors
/// The store's.
pub fn deliver(tx: &Tx<'_>, id: OutboundOrderId, at: Timestamp) -> Result<bool, Error> {
    let sql = sql!(
        "UPDATE outbound_order SET state = 'delivered', delivered_at = :at, version = version + 1
         WHERE id = :id AND state = 'shipped'"
    );
    Ok(tx.exec(sql, named_params! { ":id": id, ":at": at })? == 1)
}

/// Records that an order does not go, or was lost on its way; false when it ended before.
///
/// # Errors
/// `outbound_waived_has_reason`.
pub fn waive(tx: &Tx<'_>, id: OutboundOrderId, reason: &str) -> Result<bool, Error> {
    let sql = sql!(
        "UPDATE outbound_order SET state = 'waived', waived_reason = :reason, version = version + 1
         WHERE id = :id AND state IN ('open', 'shipped')"
    );
    Ok(tx.exec(sql, named_params! { ":id": id, ":reason": reason })? == 1)
}

/// Takes units off a line that is not shipped; the line goes when nothing is left of it.
///
/// # Errors
/// The store's.
pub fn take_off(tx: &Tx<'_>, line: &OutboundLineRow, quantity: i64) -> Result<(), Error> {
    if quantity < line.quantity {
        let sql = sql!("UPDATE outbound_line SET quantity = quantity - :quantity WHERE id = :id");
        return tx.exec(sql, named_params! { ":id": line.id, ":quantity": quantity }).map(|_| ());
    }
    tx.exec(sql!("DELETE FROM outbound_line WHERE id = :id"), named_params! { ":id": line.id }).map(|_| ())
}

/// Sends another article than the one that came back.
///
/// # Errors
/// The store's.
pub fn set_sku(tx: &Tx<'_>, line: OutboundLineId, sku: SkuId) -> Result<(), Error> {
    let sql = sql!("UPDATE outbound_line SET sku_id = :sku_id WHERE id = :id");
    tx.exec(sql, named_params! { ":id": line, ":sku_id": sku }).map(|_| ())
}

/// Makes delivered units claimable again, through this delivery, with the money that stands for them (Q5).
///
/// # Errors
/// The store's.
pub fn redeliver(
    tx: &Tx<'_>,
    order_line: OrderLineId,
    quantity: i64,
    goods_minor: i64,
    tax_minor: i64,
) -> Result<(), Error> {
    let params = named_params! {
        ":id": order_line, ":quantity": quantity, ":goods": goods_minor, ":tax": tax_minor,
    };
    tx.exec(sql!(include_str!("outbound/redeliver.sql")), params).map(|_| ())
}

fn read(row: &Row<'_>) -> Result<OutboundRow, Error> {
    Ok(OutboundRow {
        id: row.get("id")?,
        number: row.get("number")?,
        rma_id: row.get("rma_id")?,
        shop_id: row.get("shop_id")?,
        warehouse_id: row.get("warehouse_id")?,
        kind: row.get("kind")?,
        state: row.get("state")?,
        contact_id: row.get("contact_id")?,
        carrier_id: row.get("carrier_id")?,
        waybill: row.get("waybill")?,
        opened_at: row.get("opened_at")?,
        shipped_at: row.get("shipped_at")?,
        delivered_at: row.get("delivered_at")?,
        waived_reason: row.get("waived_reason")?,
        version: row.get("version")?,
    })
}
