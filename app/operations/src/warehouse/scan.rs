//! A scan is a fact: stored once under the station's key, whatever follows from it. What cannot follow becomes a to-do.

use domain::state::Reception;
use domain::{DeviceId, EventKind, ParcelId, Permission, RmaId, RmaLineId, ScanId, Text, Timestamp, WarehouseId};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::Tx;
use store::parcel::ParcelCase;
use store::scan::ScanRow;

use super::count::{Count, Counted, CountedUnits, count};
use super::identify::{Identified, clean, identify};
use super::sign::{Sign, Signed, sign_one};
use crate::context::{Ctx, Place};
use crate::error::{Error, Refusal};
use crate::event::Event;
use crate::order::conflict;
use crate::reach;

/// Most characters of a client key and of a scanned text.
const MAX_KEY_CHARS: usize = 200;

/// What the station does with what it scans.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ScanMode {
    /// The dock: a waybill is a parcel to sign.
    Dock,
    /// The bench: a waybill opens a parcel, a barcode or serial counts goods of the open parcel.
    Bench,
    /// Only says what it is.
    LookUp,
}

/// One pull of the trigger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scan {
    /// The station's own key for this scan.
    pub client_key: String,
    /// Which station.
    pub device: Option<DeviceId>,
    /// In which shift.
    pub shift: String,
    /// Where.
    pub warehouse: WarehouseId,
    /// What it is for.
    pub mode: ScanMode,
    /// What the gun read.
    pub raw: String,
    /// How many like units: scan once, key the number.
    pub quantity: i64,
    /// The parcel on the bench.
    pub parcel: Option<ParcelId>,
    /// The station's clock.
    pub scanned_at: Timestamp,
}

/// What followed from a scan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scanned {
    /// The stored scan.
    pub scan: ScanId,
    /// What the text is.
    pub identified: Identified,
    /// What followed.
    pub followed: Followed,
}

/// What followed from a scan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "effect")]
pub enum Followed {
    /// A parcel was signed.
    Signed {
        /// The parcel.
        signed: Signed,
    },
    /// A parcel was opened, or is open.
    Opened {
        /// The parcel.
        parcel: ParcelId,
    },
    /// Goods were counted.
    Counted {
        /// The group.
        counted: Counted,
    },
    /// Nothing but the answer.
    Shown,
    /// The scan is kept and a person must look at it.
    Conflict {
        /// Stable code.
        code: String,
        /// Why nothing followed.
        message: Text,
        /// What would help.
        help: Option<Text>,
    },
}

/// Stores a scan and does what follows from it. The same key gets the first answer.
///
/// # Errors
/// `NotFound`, `Forbidden` for who may not scan at this warehouse; `Invalid` for the key. Nothing that the goods, the case
/// or their places say is an error here.
pub fn scan(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &Scan) -> Result<Scanned, Error> {
    let permission = if cmd.mode == ScanMode::Bench { Permission::ParcelReceive } else { Permission::ParcelSign };
    reach::place(ctx, permission, Place { shop: None, warehouse: Some(cmd.warehouse) }, "warehouse")?;
    if ctx.definitions.masters.warehouse(cmd.warehouse).is_none() {
        return Err(Error::NotFound("warehouse"));
    }
    let too_long = cmd.client_key.chars().count() > MAX_KEY_CHARS || cmd.raw.chars().count() > MAX_KEY_CHARS;
    if cmd.client_key.trim().is_empty() || too_long {
        let refusal = Refusal::new(
            "key_needed",
            format!("每次扫描需要自己的标识，内容最长 {MAX_KEY_CHARS} 个字符"),
            format!("each scan needs a key of its own; it and the text have at most {MAX_KEY_CHARS} characters"),
        );
        return Err(Error::invalid(refusal.at("client_key")));
    }
    // I2: the station sends again what it is not sure of.
    if let Some(stored) = store::scan::by_key(tx, &cmd.client_key)? {
        return serde_json::from_str(&stored.result).map_err(|error| Error::internal(error.to_string()));
    }
    let identified = identify(tx, &clean(&cmd.raw))?;
    let followed = follow(tx, ctx, cmd, &identified)?;
    let scanned = Scanned { scan: ScanId::from_raw(ctx.id()), identified, followed };
    store(tx, ctx, cmd, &scanned)?;
    Ok(scanned)
}

// The consequence is tried on its own: when it is refused, its traces go and the scan stays.
fn follow(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &Scan, identified: &Identified) -> Result<Followed, Error> {
    let mark = ctx.mark();
    let tried = tx.nested(|tx| consequence(tx, ctx, cmd, identified));
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

fn consequence(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &Scan, identified: &Identified) -> Result<Followed, Error> {
    let at = cmd.scanned_at.min(ctx.now);
    match (cmd.mode, identified) {
        (ScanMode::Dock, _) => {
            let waybill = super::waybill(&clean(&cmd.raw), "raw")?;
            let sign = Sign { warehouse: cmd.warehouse, carrier: None, waybills: Vec::new(), at: Some(at) };
            let signed = sign_one(tx, ctx, &sign, waybill, at)?;
            ctx.topic(format!("parcels:{}", cmd.warehouse));
            Ok(Followed::Signed { signed })
        }
        (ScanMode::Bench, Identified::Parcel { .. } | Identified::Shipment { .. }) => {
            // One person may sign and open: a parcel that the dock has not signed yet is signed here.
            let waybill = super::waybill(&clean(&cmd.raw), "raw")?;
            let sign = Sign { warehouse: cmd.warehouse, carrier: None, waybills: Vec::new(), at: Some(at) };
            let signed = sign_one(tx, ctx, &sign, waybill, at)?;
            let open = super::open::Open { parcel: signed.parcel, at: Some(at) };
            super::open::open(tx, ctx, &open).map(|parcel| Followed::Opened { parcel })
        }
        (ScanMode::Bench, Identified::Sku { sku, quantity, .. }) => {
            let quantity = cmd.quantity.saturating_mul(*quantity);
            count_on_bench(tx, ctx, cmd, *sku, quantity, None, at)
        }
        (ScanMode::Bench, Identified::Serial { serial, sku }) => {
            count_on_bench(tx, ctx, cmd, *sku, 1, Some(serial.clone()), at)
        }
        (ScanMode::Bench, Identified::Nothing) => Ok(unknown("code")),
        (ScanMode::Bench | ScanMode::LookUp, _) => Ok(Followed::Shown),
    }
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

fn store(tx: &Tx<'_>, ctx: &Ctx<'_>, cmd: &Scan, scanned: &Scanned) -> Result<(), Error> {
    let parcel_id = match &scanned.followed {
        Followed::Signed { signed } => Some(signed.parcel),
        Followed::Opened { parcel } => Some(*parcel),
        _ => cmd.parcel,
    };
    let rma_id = match &scanned.followed {
        Followed::Counted { counted } => Some(counted.rma),
        Followed::Signed { signed } => signed.cases.first().copied(),
        _ => None,
    };
    let row = ScanRow {
        id: scanned.scan,
        client_key: cmd.client_key.clone(),
        device_id: cmd.device,
        operator_id: ctx.actor.person(),
        shift: cmd.shift.chars().take(MAX_KEY_CHARS).collect(),
        warehouse_id: Some(cmd.warehouse),
        raw: cmd.raw.clone(),
        quantity: cmd.quantity,
        scanned_at: cmd.scanned_at,
        received_at: ctx.now,
        result: serde_json::to_string(scanned).map_err(|error| Error::internal(error.to_string()))?,
        parcel_id,
        rma_id,
    };
    Ok(store::scan::insert(tx, &row)?)
}

/// Raises a to-do for each case that was over when its parcel arrived: a fact is never refused, a person looks at it.
pub(crate) fn raise_conflicts(
    tx: &Tx<'_>,
    ctx: &mut Ctx<'_>,
    parcel: ParcelId,
    waybill: &str,
    cases: &[ParcelCase],
) -> Result<(), Error> {
    for case in cases.iter().filter(|case| case.state.is_final()) {
        let title = Text::new(
            format!("包裹 {waybill} 到仓，但 {} 已结束", case.number),
            format!("parcel {waybill} arrived, but {} is over", case.number),
        );
        if !conflict::raise(tx, ctx, case.rma_id, &format!("parcel:{parcel}"), &title)? {
            continue;
        }
        let event = Event::new(EventKind::ScanConflict)
            .rma(case.rma_id)
            .about("parcel", parcel.get())
            .at(Some(case.shop_id), None)
            .with(json!({ "waybill": waybill, "state": case.state }));
        ctx.record(event);
    }
    Ok(())
}
