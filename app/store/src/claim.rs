//! Claims on order lines: the quantity budget and the paid money handed out with it.

use domain::{LineKind, OrderLineId};

use crate::conn::Tx;
use crate::error::Error;
use crate::params::{named_params, sql};

/// A claim's part of an order line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Claim {
    /// The order line.
    pub order_line_id: OrderLineId,
    /// What is asked for.
    pub kind: LineKind,
    /// Base units.
    pub quantity: i64,
    /// Goods money that goes with the units, minor.
    pub goods_minor: i64,
    /// Tax that goes with the units, minor.
    pub tax_minor: i64,
}

/// Takes a claim from the budget.
///
/// # Errors
/// The budget's guards: `order_line_claimed_within_ordered`, `order_line_goods_within_shipped`,
/// `order_line_unshipped_within_unshipped`.
pub fn take(tx: &Tx<'_>, claim: &Claim) -> Result<(), Error> {
    change(tx, claim, 1)
}

/// Gives a claim back to the budget.
///
/// # Errors
/// The store's.
pub fn give_back(tx: &Tx<'_>, claim: &Claim) -> Result<(), Error> {
    change(tx, claim, -1)
}

fn change(tx: &Tx<'_>, claim: &Claim, sign: i64) -> Result<(), Error> {
    if !claim.kind.consumes_quantity() {
        return Ok(());
    }
    let when = |applies: bool| if applies { sign * claim.quantity } else { 0 };
    let params = named_params! {
        ":id": claim.order_line_id, ":claimed": sign * claim.quantity, ":goods": when(claim.kind.expects_goods()),
        ":unshipped": when(claim.kind.needs_unshipped()), ":allocated_goods": sign * claim.goods_minor,
        ":allocated_tax": sign * claim.tax_minor,
    };
    tx.exec(sql!(include_str!("claim/change.sql")), params).map(|_| ())
}
