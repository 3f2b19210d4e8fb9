//! What bounds claims on an order line, and what history takes from it.

use domain::OrderLineId;
use domain::budget::LineBudget;

use crate::conn::{Conn, Tx};
use crate::error::Error;
use crate::order::line;
use crate::params::{named_params, sql};

/// What bounds claims on a line, if there is such a line.
///
/// # Errors
/// The store's.
pub fn of(conn: &Conn, id: OrderLineId) -> Result<Option<LineBudget>, Error> {
    Ok(line::find(conn, id)?.map(|line| line.budget()))
}

/// Takes what history claimed: never refused, whatever is left.
///
/// # Errors
/// The store's.
pub fn claim_imported(
    tx: &Tx<'_>,
    id: OrderLineId,
    quantity: i64,
    goods_minor: i64,
    tax_minor: i64,
) -> Result<(), Error> {
    let sql = sql!(
        "UPDATE order_line SET claimed_imported = claimed_imported + :quantity,
             allocated_goods_minor = allocated_goods_minor + :goods_minor,
             allocated_tax_minor = allocated_tax_minor + :tax_minor
         WHERE id = :id"
    );
    let params = named_params! {
        ":quantity": quantity, ":goods_minor": goods_minor, ":tax_minor": tax_minor, ":id": id,
    };
    tx.exec(sql, params).map(|_| ())
}
