//! Taking a case back: only before anything arrived, left or was paid (S3).

use domain::{EventKind, Permission, RmaId};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::Tx;
use store::case_work::CaseWork;
use store::rma::Derived;

use super::load::Loaded;
use super::release_budget::release_budget;
use crate::actor::ActorKind;
use crate::context::Ctx;
use crate::error::{Error, Refusal};
use crate::event::Event;
use crate::reach;

/// Takes a case back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdraw {
    /// The case.
    pub rma: RmaId,
    /// Why.
    pub reason: String,
}

/// Takes the case back and gives its quantities and money shares to the order again. What was to go out does not go.
///
/// # Errors
/// `NotFound`, `Forbidden`; `Conflict` when goods have arrived or left, money is held, or the case is over.
pub fn withdraw(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &Withdraw) -> Result<RmaId, Error> {
    let loaded = Loaded::read(tx, ctx, cmd.rma)?;
    match ctx.actor.kind {
        ActorKind::Customer(own) if own == Some(cmd.rma) => {}
        ActorKind::Customer(_) => return Err(Error::NotFound("rma")),
        _ => reach::place(ctx, Permission::RmaWithdraw, loaded.place(), "rma")?,
    }
    if cmd.reason.trim().is_empty() {
        return Err(Error::invalid(Refusal::new("reason_needed", "请填写原因", "say why").at("reason")));
    }
    if loaded.rma.state.is_final() {
        return Err(Error::conflict(Refusal::new("case_is_over", "该单已结束", "the case is over")));
    }
    if let Some(refusal) = stands_against(&store::case_work::case_work(tx, cmd.rma)?) {
        return Err(Error::conflict(refusal));
    }
    crate::outbound::recall::call_off(tx, ctx, &loaded.rma, cmd.reason.trim())?;
    release_budget(tx, cmd.rma)?;
    let derived = Derived {
        state: domain::state::CaseState::Withdrawn,
        stage: String::new(),
        due_at: None,
        closed_at: Some(ctx.now),
        ..loaded.rma.derived()
    };
    store::rma::derive(tx, cmd.rma, &derived)?;
    let event = Event::new(EventKind::RmaWithdrawn)
        .rma(cmd.rma)
        .at(Some(loaded.rma.shop_id), loaded.rma.warehouse_id)
        .with(json!({ "reason": cmd.reason.trim() }));
    ctx.record(event);
    Ok(cmd.rma)
}

/// What stands against taking a case back, if anything does (S3). The pages that offer it ask here too.
pub(crate) fn stands_against(work: &CaseWork) -> Option<Refusal> {
    let arrived = work.parcels_signed + work.parcels_opened + work.groups_declared + work.groups_undeclared > 0;
    if arrived {
        return Some(Refusal::new(
            "goods_arrived",
            "包裹已签收，不能撤回；请通过验收和处置完成",
            "a parcel has arrived, so the case cannot be withdrawn; inspect and dispose of the goods instead",
        ));
    }
    if work.outbound_left > 0 {
        return Some(Refusal::new(
            "goods_have_left",
            "换货或补发的商品已寄出，不能撤回",
            "goods of this case have left for the customer, so it cannot be withdrawn",
        ));
    }
    if work.settlement_is_open() || work.settlements_settled > 0 {
        return Some(Refusal::new(
            "money_held",
            "已有结算，不能撤回；请先取消结算",
            "there is a settlement, so the case cannot be withdrawn; cancel it first",
        ));
    }
    None
}
