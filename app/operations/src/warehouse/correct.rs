//! A disposition that was wrong: corrected by another row and compensating moves, never edited (G2).

use domain::state::DispositionKind;
use domain::{DispositionId, EventKind, Permission};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::Tx;
use store::disposition::DispositionRow;
use store::rma::RmaRow;
use store::unit_group::UnitGroupRow;

use super::stock;
use crate::context::Ctx;
use crate::error::{Error, Refusal};
use crate::event::Event;
use crate::outbound::recall;
use crate::reach;

/// Corrects a disposition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correct {
    /// The one that was wrong.
    pub disposition: DispositionId,
    /// What is done instead.
    pub kind: DispositionKind,
    /// Why.
    pub reason: String,
}

/// Takes a disposition's moves back and makes those of another. A closed case's goods may be corrected too.
///
/// # Errors
/// `NotFound`, `Forbidden`; `Invalid` without a reason; `Conflict` when it was corrected before or the goods have left.
pub fn correct(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &Correct) -> Result<DispositionId, Error> {
    let wrong = store::disposition::find(tx, cmd.disposition)?.ok_or(Error::NotFound("disposition"))?;
    let group = store::unit_group::find(tx, wrong.unit_group_id)?.ok_or(Error::NotFound("unit_group"))?;
    let rma = reach::goods(tx, ctx, wrong.rma_id, Permission::Dispose, group.warehouse_id)?;
    let person = reach::person(ctx, Permission::Dispose)?;
    let reason = reach::reason(&cmd.reason, "reason")?;
    if wrong.kind == cmd.kind {
        let refusal = Refusal::new("nothing_to_correct", "与原处置相同", "this is what was done already");
        return Err(Error::invalid(refusal.at("kind")));
    }
    super::dispose::fits_line(tx, &group, cmd.kind)?;
    if cmd.kind.bucket().is_none() {
        reach::under_way(&rma)?;
    }
    call_back(tx, ctx, (&rma, &group), &wrong, reason)?;
    let row = DispositionRow {
        id: DispositionId::from_raw(ctx.id()),
        unit_group_id: group.id,
        rma_id: rma.id,
        kind: cmd.kind,
        quantity: wrong.quantity,
        person_id: person,
        corrects_id: Some(wrong.id),
        at: ctx.now,
    };
    store::disposition::insert(tx, &row)?;
    if let Some(bucket) = wrong.kind.bucket() {
        stock::shift(tx, ctx, &rma, &group, bucket, -row.quantity, Some(row.id))?;
    }
    if let Some(bucket) = cmd.kind.bucket() {
        stock::shift(tx, ctx, &rma, &group, bucket, row.quantity, Some(row.id))?;
    }
    let event = Event::new(EventKind::DispositionCorrected)
        .rma(rma.id)
        .about("unit_group", group.id.get())
        .at(Some(rma.shop_id), Some(group.warehouse_id))
        .with(json!({ "from": wrong.kind, "kind": cmd.kind, "quantity": row.quantity, "reason": reason }));
    ctx.record(event);
    Ok(row.id)
}

// Goods on their way out are called back while their outbound order is still open.
fn call_back(
    tx: &Tx<'_>,
    ctx: &mut Ctx<'_>,
    (rma, group): (&RmaRow, &UnitGroupRow),
    wrong: &DispositionRow,
    reason: &str,
) -> Result<(), Error> {
    let Some(kind) = crate::outbound::kind_of(wrong.kind) else { return Ok(()) };
    let line = group.rma_line_id;
    let left = recall::recall(tx, ctx, rma, (kind, line, wrong.quantity), reason)?;
    // What the customer declined before it left is still here.
    if recall::free_declined(tx, rma, (kind, line, left))? == 0 {
        return Ok(());
    }
    let refusal = Refusal::new(
        "goods_have_left",
        "这些商品已寄出，不能更正处置",
        "these goods have left, so their disposition stands",
    );
    Err(Error::conflict(refusal))
}
