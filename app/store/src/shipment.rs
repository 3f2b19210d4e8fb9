//! What left for the customer: waybills with their own delivery, the lines in them, and serials.

use domain::{CarrierId, OrderId, OrderLineId, ShipmentId, Timestamp};

use crate::conn::{Conn, Tx};
use crate::error::Error;
use crate::params::{named_params, sql};
use crate::row::Row;

/// A row of `shipment`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShipmentRow {
    /// Its id.
    pub id: ShipmentId,
    /// Its order.
    pub order_id: OrderId,
    /// Who carries it.
    pub carrier_id: Option<CarrierId>,
    /// Its waybill.
    pub waybill: String,
    /// shipped, delivered, refused or intercepted.
    pub state: String,
    /// When it left.
    pub shipped_at: Timestamp,
    /// When it arrived.
    pub delivered_at: Option<Timestamp>,
}

/// Writes a new shipment.
///
/// # Errors
/// The store's; `shipment.order_id` when the order has this waybill already.
pub fn insert(tx: &Tx<'_>, shipment: &ShipmentRow) -> Result<(), Error> {
    let sql = sql!(
        "INSERT INTO shipment (id, order_id, carrier_id, waybill, state, shipped_at, delivered_at)
         VALUES (:id, :order_id, :carrier_id, :waybill, :state, :shipped_at, :delivered_at)"
    );
    let params = named_params! {
        ":id": shipment.id, ":order_id": shipment.order_id, ":carrier_id": shipment.carrier_id,
        ":waybill": shipment.waybill, ":state": shipment.state, ":shipped_at": shipment.shipped_at,
        ":delivered_at": shipment.delivered_at,
    };
    tx.exec(sql, params).map(|_| ())
}

/// Writes what the source says about a shipment now.
///
/// # Errors
/// The store's.
pub fn update(tx: &Tx<'_>, shipment: &ShipmentRow) -> Result<(), Error> {
    let sql = sql!(
        "UPDATE shipment SET carrier_id = :carrier_id, state = :state, shipped_at = :shipped_at,
             delivered_at = :delivered_at
         WHERE id = :id"
    );
    let params = named_params! {
        ":carrier_id": shipment.carrier_id, ":state": shipment.state, ":shipped_at": shipment.shipped_at,
        ":delivered_at": shipment.delivered_at, ":id": shipment.id,
    };
    tx.exec(sql, params).map(|_| ())
}

/// An order's shipments, oldest first.
///
/// # Errors
/// The store's.
pub fn of_order(conn: &Conn, order: OrderId) -> Result<Vec<ShipmentRow>, Error> {
    let sql = sql!(
        "SELECT id, order_id, carrier_id, waybill, state, shipped_at, delivered_at FROM shipment
         WHERE order_id = :order_id ORDER BY shipped_at, id"
    );
    conn.all(sql, named_params! { ":order_id": order }, read)
}

/// An order's shipment with this waybill, if there is one.
///
/// # Errors
/// The store's.
pub fn by_waybill(conn: &Conn, order: OrderId, waybill: &str) -> Result<Option<ShipmentRow>, Error> {
    let sql = sql!(
        "SELECT id, order_id, carrier_id, waybill, state, shipped_at, delivered_at FROM shipment
         WHERE order_id = :order_id AND waybill = :waybill"
    );
    conn.one(sql, named_params! { ":order_id": order, ":waybill": waybill }, read)
}

/// The orders that left under a waybill: what comes back under it is refused or intercepted.
///
/// # Errors
/// The store's.
pub fn orders_of_waybill(conn: &Conn, waybill: &str) -> Result<Vec<OrderId>, Error> {
    let sql = sql!("SELECT DISTINCT order_id FROM shipment WHERE waybill = :waybill ORDER BY order_id DESC");
    conn.all(sql, named_params! { ":waybill": waybill }, |row| row.get(0))
}

/// The lines in a shipment with their quantities.
///
/// # Errors
/// The store's.
pub fn lines(conn: &Conn, id: ShipmentId) -> Result<Vec<(OrderLineId, i64)>, Error> {
    let sql = sql!("SELECT order_line_id, quantity FROM shipment_line WHERE shipment_id = :id ORDER BY order_line_id");
    conn.all(sql, named_params! { ":id": id }, |row| Ok((row.get(0)?, row.get(1)?)))
}

/// Sets how much of a line is in a shipment.
///
/// # Errors
/// The store's.
pub fn put_line(tx: &Tx<'_>, id: ShipmentId, line: OrderLineId, quantity: i64) -> Result<(), Error> {
    let sql = sql!(
        "INSERT INTO shipment_line (shipment_id, order_line_id, quantity)
         VALUES (:shipment_id, :order_line_id, :quantity)
         ON CONFLICT DO UPDATE SET quantity = excluded.quantity"
    );
    let params = named_params! { ":shipment_id": id, ":order_line_id": line, ":quantity": quantity };
    tx.exec(sql, params).map(|_| ())
}

/// How much of a line all shipments carry.
///
/// # Errors
/// The store's.
pub fn shipped_of_line(conn: &Conn, line: OrderLineId) -> Result<i64, Error> {
    let sql = sql!("SELECT coalesce(sum(quantity), 0) FROM shipment_line WHERE order_line_id = :line");
    Ok(conn.value(sql, named_params! { ":line": line })?.unwrap_or(0))
}

/// Notes a serial that left with a line.
///
/// # Errors
/// The store's.
pub fn put_serial(tx: &Tx<'_>, serial: &str, line: OrderLineId) -> Result<(), Error> {
    let sql = sql!("INSERT INTO shipped_serial (serial, order_line_id) VALUES (:serial, :line) ON CONFLICT DO NOTHING");
    tx.exec(sql, named_params! { ":serial": serial, ":line": line }).map(|_| ())
}

/// The lines a serial left with.
///
/// # Errors
/// The store's.
pub fn lines_of_serial(conn: &Conn, serial: &str) -> Result<Vec<OrderLineId>, Error> {
    let sql = sql!("SELECT order_line_id FROM shipped_serial WHERE serial = :serial ORDER BY order_line_id");
    conn.all(sql, named_params! { ":serial": serial }, |row| row.get(0))
}

fn read(row: &Row<'_>) -> Result<ShipmentRow, Error> {
    Ok(ShipmentRow {
        id: row.get("id")?,
        order_id: row.get("order_id")?,
        carrier_id: row.get("carrier_id")?,
        waybill: row.get("waybill")?,
        state: row.get("state")?,
        shipped_at: row.get("shipped_at")?,
        delivered_at: row.get("delivered_at")?,
    })
}
