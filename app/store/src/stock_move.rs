//! Stock moves: signed, per bucket and warehouse. The merchant's ERP owns stock; these go out as documents.

use domain::state::Bucket;
use domain::{DispositionId, LocalDate, SkuId, StockMoveId, Timestamp, UnitGroupId, WarehouseId};

use crate::conn::{Conn, Tx};
use crate::error::Error;
use crate::params::{named_params, sql};
use crate::row::Row;

/// A row of `stock_move`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StockMoveRow {
    /// Its id.
    pub id: StockMoveId,
    /// Where.
    pub warehouse_id: WarehouseId,
    /// The article.
    pub sku_id: Option<SkuId>,
    /// Which bucket changes.
    pub bucket: Bucket,
    /// By how much; below zero takes out.
    pub quantity: i64,
    /// The lot.
    pub lot: Option<String>,
    /// Best before.
    pub expires_on: Option<LocalDate>,
    /// The units.
    pub unit_group_id: Option<UnitGroupId>,
    /// The disposition that moved them; only 待检 moves without one.
    pub disposition_id: Option<DispositionId>,
    /// The shop's day.
    pub local_date: LocalDate,
    /// When.
    pub at: Timestamp,
}

/// Writes a move.
///
/// # Errors
/// `stock_move_by_disposition` (G1).
pub fn insert(tx: &Tx<'_>, row: &StockMoveRow) -> Result<(), Error> {
    let params = named_params! {
        ":id": row.id, ":warehouse_id": row.warehouse_id, ":sku_id": row.sku_id, ":bucket": row.bucket,
        ":quantity": row.quantity, ":lot": row.lot, ":expires_on": row.expires_on,
        ":unit_group_id": row.unit_group_id, ":disposition_id": row.disposition_id, ":local_date": row.local_date,
        ":at": row.at,
    };
    tx.exec(sql!(include_str!("stock_move/insert.sql")), params).map(|_| ())
}

/// The moves of a unit group, oldest first.
///
/// # Errors
/// The store's.
pub fn of_group(conn: &Conn, group: UnitGroupId) -> Result<Vec<StockMoveRow>, Error> {
    conn.all(sql!(include_str!("stock_move/of_group.sql")), named_params! { ":unit_group_id": group }, read)
}

/// What a warehouse's buckets hold of returned goods, by our own moves.
///
/// # Errors
/// The store's.
pub fn balance(conn: &Conn, warehouse: WarehouseId) -> Result<Vec<(SkuId, Bucket, i64)>, Error> {
    conn.all(sql!(include_str!("stock_move/balance.sql")), named_params! { ":warehouse_id": warehouse }, |row| {
        Ok((row.get("sku_id")?, row.get("bucket")?, row.get("quantity")?))
    })
}

fn read(row: &Row<'_>) -> Result<StockMoveRow, Error> {
    Ok(StockMoveRow {
        id: row.get("id")?,
        warehouse_id: row.get("warehouse_id")?,
        sku_id: row.get("sku_id")?,
        bucket: row.get("bucket")?,
        quantity: row.get("quantity")?,
        lot: row.get("lot")?,
        expires_on: row.get("expires_on")?,
        unit_group_id: row.get("unit_group_id")?,
        disposition_id: row.get("disposition_id")?,
        local_date: row.get("local_date")?,
        at: row.get("at")?,
    })
}
