//! A settlement is paid: its day, its entries in the books, what it means for its lines and for goods still owed.

use std::collections::BTreeSet;

use domain::EventKind;
use domain::RmaLineId;
use serde_json::json;
use store::Tx;
use store::rma::RmaRow;
use store::settlement::SettlementRow;

use crate::context::Ctx;
use crate::error::Error;
use crate::event::Event;

/// Marks a settlement as paid and does what follows. Does nothing when it is paid already.
///
/// # Errors
/// The store's.
pub(crate) fn settle(tx: &Tx<'_>, ctx: &mut Ctx<'_>, settlement: &SettlementRow, rma: &RmaRow) -> Result<(), Error> {
    let day = ctx.definitions.masters.local_date(rma.shop_id, ctx.now);
    if !store::settlement::settle(tx, settlement.id, ctx.now, day)? {
        return Ok(());
    }
    let components = store::settlement::components(tx, settlement.id)?;
    crate::ledger::refund::book(tx, ctx, rma, settlement, &components)?;
    let lines: BTreeSet<RmaLineId> = components.iter().filter_map(|part| part.rma_line_id).collect();
    for line in lines {
        super::refresh_line(tx, line)?;
    }
    crate::ledger::receivable::sync(tx, ctx, rma)?;
    ctx.topic(format!("settlements:{}", rma.shop_id));
    let event = Event::new(EventKind::SettlementSettled)
        .rma(rma.id)
        .about("settlement", settlement.id.get())
        .at(Some(rma.shop_id), rma.warehouse_id)
        .with(json!({
            "basis": settlement.basis, "means": settlement.means, "net_minor": settlement.net_minor,
            "currency": settlement.currency,
        }));
    ctx.record(event);
    Ok(())
}
