//! What somebody owes beyond what the program works out, booked by hand: a customer whose deductions exceed the refund,
//! a carrier's lump sum. Nothing is charged by it (M8).

use domain::state::Bearer;
use domain::{CarrierId, EventKind, Permission, RmaId, SupplierId};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::Tx;
use store::ledger::About;

use super::Party;
use crate::context::Ctx;
use crate::error::{Error, Refusal};
use crate::event::Event;
use crate::reach;

/// What begins the memo of a receivable booked by hand.
pub(super) const MEMO: &str = "claim:";
/// What begins the memo of an entry that ends some of it.
pub(super) const ENDED: &str = "claim ended:";

/// Books a receivable.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// The case it comes from.
    pub rma: RmaId,
    /// Who owes.
    pub bearer: Bearer,
    /// Which carrier.
    pub carrier: Option<CarrierId>,
    /// Which supplier.
    pub supplier: Option<SupplierId>,
    /// Minor units, above zero.
    pub amount_minor: i64,
    /// Why.
    pub reason: String,
}

/// Books what somebody owes. A reminder to collect, never a charge.
///
/// # Errors
/// `NotFound`, `Forbidden`; `Invalid` for the amount, the reason, or when the shop would owe itself.
pub fn claim(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &Claim) -> Result<RmaId, Error> {
    let rma = reach::case(tx, ctx, cmd.rma, Permission::SettlementPropose)?;
    let reason = reach::reason(&cmd.reason, "reason")?;
    if cmd.amount_minor <= 0 {
        let refusal = Refusal::new("not_positive", "金额应大于零", "the amount is above zero");
        return Err(Error::invalid(refusal.at("amount_minor")));
    }
    let party = match cmd.bearer {
        Bearer::Customer => Party::customer(&rma),
        Bearer::Carrier => Party::carrier(cmd.carrier),
        Bearer::Supplier => Party::supplier(cmd.supplier),
        Bearer::Platform | Bearer::Warehouse => Party::outside(cmd.bearer, None),
        Bearer::Shop => {
            let refusal = Refusal::new("owes_itself", "不能登记本店铺自己的应收", "the shop cannot owe itself");
            return Err(Error::invalid(refusal.at("bearer")));
        }
    };
    let memo = format!("{MEMO} {reason}");
    let about = About { rma_id: Some(rma.id), settlement_id: None, unit_group_id: None, memo };
    super::owe(tx, ctx, &rma, &party, cmd.amount_minor, &about)?;
    let event = Event::new(EventKind::ReceivableChanged)
        .rma(rma.id)
        .at(Some(rma.shop_id), rma.warehouse_id)
        .with(json!({ "bearer": party.bearer, "amount_minor": cmd.amount_minor, "reason": reason }));
    ctx.record(event);
    Ok(rma.id)
}
