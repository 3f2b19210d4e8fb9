//! Taking a case back: only before the first receipt (S3).

use domain::{EventKind, Permission, RmaId};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::Tx;
use store::rma::Derived;

use super::load::Loaded;
use super::release_budget::release_budget;
use crate::actor::ActorKind;
use crate::context::Ctx;
use crate::error::{Error, Refusal};
use crate::event::Event;

/// Takes a case back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdraw {
    /// The case.
    pub rma: RmaId,
    /// Why.
    pub reason: String,
}

/// Takes the case back and gives its quantities and money shares to the order again.
///
/// # Errors
/// `NotFound`, `Forbidden`; `Conflict` when goods have arrived, money is held, or the case is over.
pub fn withdraw(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &Withdraw) -> Result<RmaId, Error> {
    let loaded = Loaded::read(tx, ctx, cmd.rma)?;
    match ctx.actor.kind {
        ActorKind::Customer(own) if own == Some(cmd.rma) => {}
        ActorKind::Customer(_) => return Err(Error::NotFound("rma")),
        _ => ctx.require(Permission::RmaWithdraw, loaded.place())?,
    }
    if cmd.reason.trim().is_empty() {
        return Err(Error::invalid(Refusal::new("reason_needed", "请填写原因", "say why").at("reason")));
    }
    if loaded.rma.state.is_final() {
        return Err(Error::conflict(Refusal::new("case_is_over", "该单已结束", "the case is over")));
    }
    guard_nothing_arrived(tx, cmd.rma)?;
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

// S3: cancel only before first receipt; after that only reject or close with disposition.
fn guard_nothing_arrived(tx: &Tx<'_>, rma: RmaId) -> Result<(), Error> {
    let work = store::case_work::case_work(tx, rma)?;
    let arrived = work.parcels_signed + work.parcels_opened + work.groups_declared + work.groups_undeclared > 0;
    if arrived {
        let refusal = Refusal::new(
            "goods_arrived",
            "包裹已签收，不能撤回；请通过验收和处置完成",
            "a parcel has arrived, so the case cannot be withdrawn; inspect and dispose of the goods instead",
        );
        return Err(Error::conflict(refusal));
    }
    if work.settlement_is_open() || work.settlements_settled > 0 {
        let refusal = Refusal::new(
            "money_held",
            "已有结算，不能撤回；请先取消结算",
            "there is a settlement, so the case cannot be withdrawn; cancel it first",
        );
        return Err(Error::conflict(refusal));
    }
    Ok(())
}
