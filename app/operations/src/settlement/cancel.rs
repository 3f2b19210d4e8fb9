//! Taking a settlement back before money moved: everything it held is free again.

use std::collections::BTreeMap;

use domain::settlement::{Basis, ComponentKind};
use domain::state::{PayoutState, SettlementState};
use domain::{EventKind, Permission, RmaLineId, SettlementId};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::Tx;
use store::settlement::SettlementRow;

use crate::context::Ctx;
use crate::error::{Error, Refusal};
use crate::event::Event;
use crate::reach;

/// Takes a settlement back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CancelSettlement {
    /// The settlement.
    pub settlement: SettlementId,
    /// Why.
    pub reason: String,
}

/// Takes a settlement back: while it waits, is approved, or every payout of it was refused.
///
/// # Errors
/// `NotFound`, `Forbidden`; `Invalid` without a reason; `Conflict` when money moved or may have moved.
pub fn cancel(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &CancelSettlement) -> Result<SettlementId, Error> {
    let (settlement, rma) = super::reached(tx, ctx, cmd.settlement, Permission::SettlementPropose)?;
    let reason = reach::reason(&cmd.reason, "reason")?;
    match settlement.state {
        SettlementState::Proposed | SettlementState::Approved => {}
        SettlementState::Executing => nothing_moved(tx, &settlement)?,
        SettlementState::Settled | SettlementState::Cancelled => return Err(super::too_late(&settlement)),
    }
    if !store::settlement::advance(tx, settlement.id, settlement.state, SettlementState::Cancelled)? {
        return Err(super::too_late(&settlement));
    }
    release(tx, &settlement)?;
    super::invoice::lower(tx, &rma, settlement.order_id, settlement.net_minor)?;
    let event = Event::new(EventKind::SettlementCancelled)
        .rma(rma.id)
        .about("settlement", settlement.id.get())
        .at(Some(rma.shop_id), rma.warehouse_id)
        .with(json!({ "net_minor": settlement.net_minor, "reason": reason }));
    ctx.record(event);
    Ok(settlement.id)
}

fn nothing_moved(tx: &Tx<'_>, settlement: &SettlementRow) -> Result<(), Error> {
    let payouts = store::payout::of_settlement(tx, settlement.id)?;
    if payouts.iter().all(|payout| payout.state == PayoutState::Failed) {
        return Ok(());
    }
    let unknown = payouts.iter().any(|payout| payout.state == PayoutState::Unknown);
    let refusal = if unknown {
        Refusal::new(
            "outcome_unknown",
            "支付结果未知，不能取消",
            "a payout's outcome is unknown, so the settlement cannot be cancelled",
        )
        .help("请先查询支付结果", "resolve it by a query first")
    } else {
        Refusal::new(
            "money_moved",
            "款项正在支付或已支付，不能取消",
            "money is moving or has moved, so it cannot be cancelled",
        )
    };
    Err(Error::conflict(refusal))
}

// Gives back what `propose` held: on the order, its freight, and each line.
fn release(tx: &Tx<'_>, settlement: &SettlementRow) -> Result<(), Error> {
    let components = store::settlement::components(tx, settlement.id)?;
    let freight: i64 = components
        .iter()
        .filter(|part| part.kind == ComponentKind::OutboundFreight)
        .map(|part| part.amount_minor)
        .sum();
    if let Some(order) = settlement.order_id {
        store::order::add_held(tx, order, -settlement.net_minor, -freight)?;
    }
    let mut by_line: BTreeMap<RmaLineId, i64> = BTreeMap::new();
    for part in components.iter().filter(|part| matches!(part.kind, ComponentKind::Goods | ComponentKind::Tax)) {
        if let Some(line) = part.rma_line_id {
            *by_line.entry(line).or_default() += part.amount_minor;
        }
    }
    for (line, amount) in by_line {
        let counted = if settlement.basis == Basis::Counted { amount } else { 0 };
        store::rma_line::add_settled(tx, line, -amount, -counted)?;
    }
    Ok(())
}
