//! Opens the outbound orders that a case calls for and does not have yet. Called whenever a case is brought up to date.

use domain::kind::OutboundKind;
use domain::state::{DispositionKind, OutboundState};
use domain::{EventKind, LineKind, OutboundLineId, OutboundOrderId, RmaLineId};
use serde_json::json;
use store::Tx;
use store::case_work::CaseWork;
use store::outbound::{OutboundLineRow, OutboundRow};
use store::rma::RmaRow;
use store::rma_line::RmaLineRow;

use crate::context::Ctx;
use crate::error::Error;
use crate::event::Event;

const KINDS: [OutboundKind; 4] =
    [OutboundKind::Exchange, OutboundKind::Reship, OutboundKind::RepairReturn, OutboundKind::SendBack];

/// Opens one order per kind for what is accepted, agreed or sent back and not on any order. Writes nothing otherwise.
///
/// # Errors
/// The store's.
pub(crate) fn ensure(tx: &Tx<'_>, ctx: &mut Ctx<'_>, rma: &RmaRow) -> Result<(), Error> {
    let lines = store::rma_line::of_rma(tx, rma.id)?;
    let goods = lines.iter().any(|line| line.dispositioned > 0);
    if !goods && lines.iter().all(|line| line.kind.outbound().is_none()) {
        return Ok(());
    }
    let going_out = if goods { store::disposition::going_out(tx, rma.id)? } else { Vec::new() };
    let work = store::case_work::case_work(tx, rma.id)?;
    for kind in KINDS {
        let missing: Vec<(&RmaLineRow, i64)> = lines
            .iter()
            .map(|line| (line, wanted(line, kind, &going_out) - placed(&work, line.id, kind)))
            .filter(|(line, quantity)| *quantity > 0 && line.sku_id.is_some())
            .collect();
        if !missing.is_empty() {
            open(tx, ctx, rma, kind, &missing)?;
        }
    }
    Ok(())
}

/// X1: another unit goes out for an accepted one; a reship at once; one's own unit when its disposition says so.
fn wanted(line: &RmaLineRow, kind: OutboundKind, going_out: &[(RmaLineId, DispositionKind, i64)]) -> i64 {
    match kind {
        OutboundKind::Exchange if line.kind == LineKind::Exchange => line.accepted,
        OutboundKind::Reship if line.kind == LineKind::Reship => line.approved,
        OutboundKind::Exchange | OutboundKind::Reship => 0,
        OutboundKind::RepairReturn | OutboundKind::SendBack => {
            let sent = |found: &&(RmaLineId, DispositionKind, i64)| {
                found.0 == line.id && super::kind_of(found.1) == Some(kind)
            };
            going_out.iter().filter(sent).map(|found| found.2).sum()
        }
    }
}

fn placed(work: &CaseWork, line: RmaLineId, kind: OutboundKind) -> i64 {
    let here = work.outbound.iter().filter(|part| part.line == line && part.kind == kind);
    here.map(|part| part.quantity + part.waived).sum()
}

fn open(
    tx: &Tx<'_>,
    ctx: &mut Ctx<'_>,
    rma: &RmaRow,
    kind: OutboundKind,
    missing: &[(&RmaLineRow, i64)],
) -> Result<(), Error> {
    let id = OutboundOrderId::from_raw(ctx.id());
    let row = OutboundRow {
        id,
        number: number(tx, ctx, rma)?,
        rma_id: rma.id,
        shop_id: rma.shop_id,
        warehouse_id: rma.warehouse_id,
        kind,
        state: OutboundState::Open,
        contact_id: rma.contact_id,
        carrier_id: None,
        waybill: String::new(),
        opened_at: ctx.now,
        shipped_at: None,
        delivered_at: None,
        waived_reason: String::new(),
        version: 1,
    };
    let lines: Vec<OutboundLineRow> = missing
        .iter()
        .filter_map(|(line, quantity)| {
            line.sku_id.map(|sku_id| OutboundLineRow {
                id: OutboundLineId::from_raw(ctx.id()),
                outbound_order_id: id,
                rma_line_id: line.id,
                sku_id,
                quantity: *quantity,
            })
        })
        .collect();
    store::outbound::insert(tx, &row, &lines)?;
    ctx.topic(format!("outbound:{}", rma.shop_id));
    // Quietly: the case is being brought up to date right now.
    let event = Event::new(EventKind::OutboundOpened)
        .rma(rma.id)
        .about("outbound_order", id.get())
        .at(Some(rma.shop_id), rma.warehouse_id)
        .with(json!({ "number": row.number, "kind": kind.as_str() }));
    ctx.record_quietly(event);
    Ok(())
}

/// `OB-<shop>-<yymmdd>-<count>`: gaps are allowed, nobody reads a meaning out of it.
fn number(tx: &Tx<'_>, ctx: &Ctx<'_>, rma: &RmaRow) -> Result<String, Error> {
    let masters = &ctx.definitions.masters;
    let day = masters.local_date(rma.shop_id, ctx.now);
    let count = store::rma::next_number(tx, "outbound", rma.shop_id, day)?;
    let (year, month, day) = day.ymd();
    let shop = masters.shop(rma.shop_id)?.code.to_uppercase();
    Ok(format!("OB-{shop}-{:02}{month:02}{day:02}-{count}", year % 100))
}
