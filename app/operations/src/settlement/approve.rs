//! Approving a settlement that somebody else keyed (A2).

use domain::state::SettlementState;
use domain::{EventKind, Permission, SettlementId};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::Tx;

use crate::context::Ctx;
use crate::error::{Error, Refusal};
use crate::event::Event;
use crate::reach;

/// Approves a settlement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApproveSettlement {
    /// The settlement.
    pub settlement: SettlementId,
}

/// Approves a settlement above the limit.
///
/// # Errors
/// `NotFound`, `Forbidden`; `Conflict` for who keyed it, and when it is no longer waiting.
pub fn approve(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &ApproveSettlement) -> Result<SettlementId, Error> {
    let (settlement, rma) = super::reached(tx, ctx, cmd.settlement, Permission::SettlementApprove)?;
    let person = reach::person(ctx, Permission::SettlementApprove)?;
    if settlement.state != SettlementState::Proposed {
        return Err(super::too_late(&settlement));
    }
    if settlement.needs_second && settlement.proposed_by == person {
        let refusal = Refusal::new(
            "four_eyes",
            "超过限额的款项不能由录入人自己批准",
            "above the limit, who keyed a settlement cannot approve it",
        )
        .help("请由另一位有权限的同事批准", "ask a colleague with this right to approve it");
        return Err(Error::conflict(refusal));
    }
    if !store::settlement::approve(tx, settlement.id, person, ctx.now)? {
        return Err(super::too_late(&settlement));
    }
    let event = Event::new(EventKind::SettlementApproved)
        .rma(rma.id)
        .about("settlement", settlement.id.get())
        .at(Some(rma.shop_id), rma.warehouse_id)
        .with(json!({ "net_minor": settlement.net_minor, "currency": settlement.currency }));
    ctx.record(event);
    Ok(settlement.id)
}
