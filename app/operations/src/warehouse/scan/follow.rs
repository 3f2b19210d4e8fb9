//! What follows from a scan at the dock and at the bench. It is tried on its own: the scan stays whatever becomes of it.

use domain::state::{ParcelState, Reception};
use domain::{ParcelId, RmaId, RmaLineId, Text, Timestamp, WarehouseId};
use store::Tx;
use store::parcel::ParcelRow;

use super::{Followed, Scan, ScanMode};
use crate::context::Ctx;
use crate::error::Error;
use crate::warehouse;
use crate::warehouse::count::{Count, CountedUnits, count};
use crate::warehouse::identify::{Identified, clean};
use crate::warehouse::open::{Open, open};
use crate::warehouse::sign::{Sign, sign_one, sign_parcel};

// The consequence is tried on its own: when it is refused, its traces go and the scan stays.
pub(super) fn follow(
    tx: &Tx<'_>,
    ctx: &mut Ctx<'_>,
    cmd: &Scan,
    identified: &Identified,
    warehouse: WarehouseId,
) -> Result<Followed, Error> {
    let mark = ctx.mark();
    let at = cmd.scanned_at.min(ctx.now);
    let sign = Sign { warehouse, carrier: None, waybills: Vec::new(), at: Some(at) };
    let tried = tx.nested(|tx| match cmd.mode {
        ScanMode::Dock => at_dock(tx, ctx, cmd, identified, &sign),
        ScanMode::Bench => at_bench(tx, ctx, cmd, identified, &sign),
        ScanMode::LookUp => Ok(Followed::Shown),
    });
    match tried {
        Ok(followed) => Ok(followed),
        Err(Error::Conflict(refusal) | Error::Invalid(refusal)) => {
            ctx.forget_since(mark);
            Ok(Followed::Conflict { code: refusal.code.to_owned(), message: refusal.message, help: refusal.help })
        }
        Err(Error::NotFound(what)) => {
            ctx.forget_since(mark);
            Ok(unknown(what))
        }
        // Somebody who may scan here and not do this: the scan stays, and says so.
        Err(Error::Forbidden(_)) => {
            ctx.forget_since(mark);
            Ok(Followed::Conflict {
                code: "forbidden".to_owned(),
                message: Text::new("您没有在这里处理该包裹的权限", "you may not do this here"),
                help: Some(Text::new("请交给有权限的同事处理", "hand it to a colleague who may")),
            })
        }
        Err(other) => Err(other),
    }
}

fn unknown(what: &str) -> Followed {
    Followed::Conflict {
        code: "not_found".to_owned(),
        message: Text::new("找不到对应的单据或商品", format!("no such {what}")),
        help: None,
    }
}

// The dock signs parcels. A label may carry the case's or the order's number instead of a waybill: then the one parcel
// that is waited for is meant. Goods are no parcels.
fn at_dock(
    tx: &Tx<'_>,
    ctx: &mut Ctx<'_>,
    cmd: &Scan,
    identified: &Identified,
    sign: &Sign,
) -> Result<Followed, Error> {
    let at = sign.at.unwrap_or(ctx.now);
    let signed = match identified {
        Identified::Parcel { parcel, .. } if !is_waybill(tx, cmd, *parcel)? => {
            let parcel = store::parcel::find(tx, *parcel)?.ok_or(Error::NotFound("parcel"))?;
            sign_parcel(tx, ctx, sign, &parcel, at)?
        }
        Identified::Case { rma } => match awaited(tx, &[*rma])? {
            Some(parcel) => sign_parcel(tx, ctx, sign, &parcel, at)?,
            None => return Ok(Followed::Shown),
        },
        Identified::Order { cases, .. } => match awaited(tx, cases)? {
            Some(parcel) => sign_parcel(tx, ctx, sign, &parcel, at)?,
            None => return Ok(Followed::Shown),
        },
        Identified::Sku { .. } | Identified::Serial { .. } | Identified::UnitGroup { .. } => {
            return Ok(Followed::Shown);
        }
        Identified::Parcel { .. } | Identified::Shipment { .. } | Identified::Outbound { .. } | Identified::Nothing => {
            let waybill = warehouse::waybill(&clean(&cmd.raw), "raw")?;
            sign_one(tx, ctx, sign, waybill, at)?
        }
    };
    ctx.topic(format!("parcels:{}", sign.warehouse));
    Ok(Followed::Signed { signed })
}

fn at_bench(
    tx: &Tx<'_>,
    ctx: &mut Ctx<'_>,
    cmd: &Scan,
    identified: &Identified,
    sign: &Sign,
) -> Result<Followed, Error> {
    let at = sign.at.unwrap_or(ctx.now);
    match identified {
        // One person may sign and open: a parcel that the dock has not signed yet is signed here.
        Identified::Parcel { .. } | Identified::Shipment { .. } | Identified::Outbound { .. } => {
            let Followed::Signed { signed } = at_dock(tx, ctx, cmd, identified, sign)? else {
                return Ok(Followed::Shown);
            };
            open(tx, ctx, &Open { parcel: signed.parcel, at: Some(at) }).map(|parcel| Followed::Opened { parcel })
        }
        Identified::Case { rma } => open_only(tx, ctx, &[*rma], sign),
        Identified::Order { cases, .. } => open_only(tx, ctx, cases, sign),
        Identified::Sku { sku, quantity, .. } => {
            let quantity = cmd.quantity.saturating_mul(*quantity);
            count_on_bench(tx, ctx, cmd, *sku, quantity, None, at)
        }
        Identified::Serial { serial, sku } => count_on_bench(tx, ctx, cmd, *sku, 1, Some(serial.clone()), at),
        Identified::UnitGroup { .. } => Ok(Followed::Shown),
        Identified::Nothing => Ok(unknown("code")),
    }
}

// Whether the text is the parcel's waybill and not its licence plate.
fn is_waybill(tx: &Tx<'_>, cmd: &Scan, parcel: ParcelId) -> Result<bool, Error> {
    let waybill = warehouse::waybill(&clean(&cmd.raw), "raw")?;
    Ok(store::parcel::find(tx, parcel)?.is_some_and(|parcel| parcel.waybill == waybill))
}

// The parcels of some cases that are not opened yet, each once.
fn not_opened(tx: &Tx<'_>, cases: &[RmaId]) -> Result<Vec<ParcelRow>, Error> {
    let mut found: Vec<ParcelRow> = Vec::new();
    for rma in cases {
        let parcels = store::parcel::of_rma(tx, *rma)?.into_iter();
        for parcel in parcels.filter(|parcel| parcel.state != ParcelState::Opened) {
            if found.iter().all(|known| known.id != parcel.id) {
                found.push(parcel);
            }
        }
    }
    Ok(found)
}

// The one announced parcel of some cases; none when there are several or none.
fn awaited(tx: &Tx<'_>, cases: &[RmaId]) -> Result<Option<ParcelRow>, Error> {
    let mut waiting = not_opened(tx, cases)?;
    waiting.retain(|parcel| parcel.state == ParcelState::Announced);
    Ok(if waiting.len() == 1 { waiting.pop() } else { None })
}

fn open_only(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cases: &[RmaId], sign: &Sign) -> Result<Followed, Error> {
    let at = sign.at.unwrap_or(ctx.now);
    let waiting = not_opened(tx, cases)?;
    // Several parcels, or none: the person at the bench chooses.
    let [parcel] = waiting.as_slice() else { return Ok(Followed::Shown) };
    let signed = sign_parcel(tx, ctx, sign, parcel, at)?;
    open(tx, ctx, &Open { parcel: signed.parcel, at: Some(at) }).map(|parcel| Followed::Opened { parcel })
}

// Goods go to the first line of the parcel's cases that still waits for that article; more stands on its own.
fn count_on_bench(
    tx: &Tx<'_>,
    ctx: &mut Ctx<'_>,
    cmd: &Scan,
    sku: domain::SkuId,
    quantity: i64,
    serial: Option<String>,
    at: Timestamp,
) -> Result<Followed, Error> {
    let Some(parcel) = cmd.parcel else { return Ok(Followed::Shown) };
    let mut waiting: Option<RmaLineId> = None;
    let mut beside: Option<(RmaLineId, RmaId)> = None;
    for case in store::parcel::cases(tx, parcel)?.iter().filter(|case| !case.state.is_final()) {
        for line in store::rma_line::of_rma(tx, case.rma_id)? {
            let same = line.sku_id == Some(sku) && !line.undeclared && line.kind.expects_goods();
            let left = line.approved - line.received - line.waived;
            if same && left >= quantity && waiting.is_none() {
                waiting = Some(line.id);
            }
            if same && beside.is_none() {
                beside = Some((line.id, line.rma_id));
            }
        }
    }
    let reception = if waiting.is_some() { Reception::AsAnnounced } else { Reception::Undeclared };
    let units = CountedUnits {
        line: waiting.or(beside.map(|(line, _)| line)),
        rma: beside.map(|(_, rma)| rma),
        sku: Some(sku),
        quantity,
        reception,
        serial,
        swapped: false,
        lot: None,
        expires_on: None,
    };
    let counted = count(tx, ctx, &Count { parcel: Some(parcel), warehouse: None, units: vec![units], at: Some(at) })?;
    counted.first().copied().map(|counted| Followed::Counted { counted }).ok_or(Error::NotFound("unit_group"))
}
