//! Store credit: grows in the transaction that pays by it (M7).

use domain::Money;
use store::Tx;
use store::ledger::About;
use store::rma::RmaRow;
use store::settlement::SettlementRow;

use super::{CASH_CLEARING, Party, STORE_CREDIT};
use crate::context::Ctx;
use crate::error::{Error, Refusal};

/// What begins the memo of credit that was given.
pub(super) const MEMO: &str = "store credit";

/// Gives a customer credit for a settlement.
///
/// # Errors
/// `Conflict` when the case has no customer.
pub(crate) fn grow(
    tx: &Tx<'_>,
    ctx: &Ctx<'_>,
    rma: &RmaRow,
    settlement: &SettlementRow,
    amount_minor: i64,
) -> Result<(), Error> {
    if rma.customer_id.is_none() {
        let refusal =
            Refusal::new("no_customer", "没有顾客账户，无法退为余额", "there is no customer whose credit could grow");
        return Err(Error::conflict(refusal));
    }
    let party = Party { customer: rma.customer_id, bearer: String::new() };
    let credit = super::account(tx, ctx, STORE_CREDIT, &party, settlement.currency)?;
    let clearing = super::account(tx, ctx, CASH_CLEARING, &Party::own(), settlement.currency)?;
    let about = About {
        rma_id: Some(rma.id),
        settlement_id: Some(settlement.id),
        unit_group_id: None,
        memo: format!("{MEMO} {}", Money::new(amount_minor, settlement.currency)),
    };
    super::post(tx, ctx, clearing, credit, amount_minor, &about)
}
