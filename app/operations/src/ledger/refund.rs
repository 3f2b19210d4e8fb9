//! What a paid settlement does to the books: its cost, where the money went, and what others bear of it.

use domain::settlement::{Basis, ComponentKind};
use domain::state::Bearer;
use store::Tx;
use store::ledger::About;
use store::rma::RmaRow;
use store::settlement::{ComponentRow, SettlementRow};

use super::{CASH_CLEARING, Party, REFUND_EXPENSE};
use crate::context::Ctx;
use crate::error::Error;

/// What a refund is booked under.
pub(super) const MEMO: &str = "refund";

/// Books a paid settlement. Store credit went through the same clearing account when it grew.
///
/// # Errors
/// The store's.
pub(crate) fn book(
    tx: &Tx<'_>,
    ctx: &Ctx<'_>,
    rma: &RmaRow,
    settlement: &SettlementRow,
    components: &[ComponentRow],
) -> Result<(), Error> {
    let about = |memo: &str| About {
        rma_id: Some(rma.id),
        settlement_id: Some(settlement.id),
        unit_group_id: None,
        memo: memo.to_owned(),
    };
    let expense = super::account(tx, ctx, REFUND_EXPENSE, &Party::own(), settlement.currency)?;
    let clearing = super::account(tx, ctx, CASH_CLEARING, &Party::own(), settlement.currency)?;
    super::post(tx, ctx, expense, clearing, settlement.net_minor, &about(MEMO))?;
    for part in components.iter().filter(|part| part.amount_minor > 0 && bears_outside(settlement.basis, part)) {
        let party = match part.bearer {
            Bearer::Carrier => Party::carrier(part.carrier_id),
            Bearer::Supplier => Party::supplier(part.supplier_id),
            other => Party::outside(other, None),
        };
        super::owe(tx, ctx, rma, &party, part.amount_minor, &about(part.kind.as_str()))?;
    }
    Ok(())
}

// Counted goods that somebody outside damaged were booked when they were inspected.
fn bears_outside(basis: Basis, part: &ComponentRow) -> bool {
    let outside = !matches!(part.bearer, Bearer::Customer | Bearer::Shop);
    let inspected = basis == Basis::Counted && matches!(part.kind, ComponentKind::Goods | ComponentKind::Tax);
    outside && !inspected
}
