//! Stock moves that follow from counting and disposing.

use domain::state::Bucket;
use domain::{DispositionId, LocalDate, StockMoveId};
use store::Tx;
use store::rma::RmaRow;
use store::stock_move::StockMoveRow;
use store::unit_group::UnitGroupRow;

use crate::context::Ctx;
use crate::error::Error;

/// The shop's day now.
pub(super) fn today(ctx: &Ctx<'_>, rma: &RmaRow) -> LocalDate {
    ctx.definitions.masters.local_date(rma.shop_id, ctx.now)
}

/// Moves `quantity` units of a group into a bucket, or out of it below zero.
///
/// # Errors
/// `stock_move_by_disposition` outside 待检 without a disposition (G1).
pub(super) fn shift(
    tx: &Tx<'_>,
    ctx: &Ctx<'_>,
    rma: &RmaRow,
    group: &UnitGroupRow,
    bucket: Bucket,
    quantity: i64,
    disposition: Option<DispositionId>,
) -> Result<(), Error> {
    let row = StockMoveRow {
        id: StockMoveId::from_raw(ctx.id()),
        warehouse_id: group.warehouse_id,
        sku_id: group.sku_id,
        bucket,
        quantity,
        lot: group.lot.clone(),
        expires_on: group.expires_on,
        unit_group_id: Some(group.id),
        disposition_id: disposition,
        local_date: today(ctx, rma),
        at: ctx.now,
    };
    Ok(store::stock_move::insert(tx, &row)?)
}
