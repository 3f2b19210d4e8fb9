//! A scan is a fact: stored once under the station's key, whatever follows from it. What cannot follow becomes a to-do.

mod follow;

use domain::{DeviceId, EventKind, ParcelId, Permission, PersonId, ScanId, Text, Timestamp, WarehouseId};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::Tx;
use store::parcel::ParcelCase;
use store::scan::ScanRow;

use super::count::Counted;
use super::identify::{Identified, clean, identify_raw};
use super::sign::Signed;
use crate::context::{Ctx, Place};
use crate::error::{Error, Refusal};
use crate::event::Event;
use crate::order::conflict;
use crate::reach;
use crate::station;
use crate::station::attribute::Doubt;

/// Most characters of a client key and of a scanned text.
const MAX_KEY_CHARS: usize = 200;
/// A scan that arrives so long after it was made was queued.
const LATE_MS: i64 = 60_000;

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
    /// Which station, when nobody signed in at one sends it.
    pub device: Option<DeviceId>,
    /// The shift it says to be of.
    pub shift: String,
    /// Who sent it, when that is somebody else than who made it: the actor.
    pub sent_by: Option<PersonId>,
    /// What is doubtful about who made it and when.
    pub doubt: Option<Doubt>,
    /// Where; an operator's is where the station stands.
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
    /// Who made it.
    #[serde(default)]
    pub operator: Option<PersonId>,
    /// What is doubtful about it.
    #[serde(default)]
    pub doubt: Option<Doubt>,
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
    // Where the station stands is where its scans are, whatever a page kept from before it was moved.
    let warehouse = ctx.actor.station.map_or(cmd.warehouse, |station| station.warehouse);
    authorise(ctx, cmd, warehouse)?;
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
    let identified = identify_raw(tx, &cmd.raw)?;
    let followed = follow::follow(tx, ctx, cmd, &identified, warehouse)?;
    let scanned = Scanned {
        scan: ScanId::from_raw(ctx.id()),
        identified,
        followed,
        operator: ctx.actor.person(),
        doubt: cmd.doubt,
    };
    store(tx, ctx, cmd, warehouse, &scanned)?;
    station::note_scan(tx, ctx.actor, scanned.scan, ctx.now)?;
    if let Followed::Conflict { message, .. } = &scanned.followed {
        station::note_conflict(tx, ctx.actor, scanned.scan, ctx.now)?;
        if ctx.now.ms() - cmd.scanned_at.ms() > LATE_MS {
            raise_late(tx, ctx, cmd, &scanned, message)?;
        }
    }
    Ok(scanned)
}

fn authorise(ctx: &Ctx<'_>, cmd: &Scan, warehouse: WarehouseId) -> Result<(), Error> {
    if ctx.definitions.masters.warehouse(warehouse).is_none() {
        return Err(Error::NotFound("warehouse"));
    }
    // Who made it was let in when it was made: a right lost since does not unmake the fact.
    if cmd.sent_by.is_some() {
        return Ok(());
    }
    let place = Place { shop: None, warehouse: Some(warehouse) };
    match cmd.mode {
        ScanMode::Dock => reach::place(ctx, Permission::ParcelSign, place, "warehouse"),
        ScanMode::Bench => reach::place(ctx, Permission::ParcelReceive, place, "warehouse"),
        ScanMode::LookUp => {
            let any = [Permission::ParcelSign, Permission::ParcelReceive, Permission::Inspect];
            let held = any.into_iter().find(|permission| ctx.actor.may(*permission, None, Some(warehouse)));
            reach::place(ctx, held.unwrap_or(Permission::ParcelSign), place, "warehouse")
        }
    }
}

// Nobody stands at the station any more to see what it says: the case gets a to-do.
fn raise_late(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &Scan, scanned: &Scanned, why: &Text) -> Result<(), Error> {
    let parcel = match &scanned.identified {
        Identified::Parcel { parcel, .. } => Some(*parcel),
        _ => cmd.parcel,
    };
    let Some(parcel) = parcel else { return Ok(()) };
    let cases = store::parcel::cases(tx, parcel)?;
    let Some(case) = cases.iter().find(|case| !case.state.is_final()) else { return Ok(()) };
    let raw = clean(&cmd.raw);
    let title = Text::new(
        format!("离线扫描 {raw} 未能入账：{}", why.zh),
        format!("scan {raw} sent later had no effect: {}", why.en),
    );
    if conflict::raise(tx, ctx, case.rma_id, &format!("scan:{}", scanned.scan), &title)? {
        let event = Event::new(EventKind::ScanConflict)
            .rma(case.rma_id)
            .about("parcel", parcel.get())
            .at(Some(case.shop_id), None)
            .with(json!({ "raw": raw }));
        ctx.record_quietly(event);
    }
    Ok(())
}

fn store(tx: &Tx<'_>, ctx: &Ctx<'_>, cmd: &Scan, warehouse: WarehouseId, scanned: &Scanned) -> Result<(), Error> {
    let parcel_id = match &scanned.followed {
        Followed::Signed { signed } => Some(signed.parcel),
        Followed::Opened { parcel } => Some(*parcel),
        // A page may name a parcel that is gone from a restored server: the scan is kept without it.
        _ => match cmd.parcel {
            Some(parcel) => store::parcel::find(tx, parcel)?.map(|parcel| parcel.id),
            None => None,
        },
    };
    let device_id = match (ctx.actor.station, cmd.device) {
        (Some(station), _) => Some(station.device),
        (None, Some(device)) => store::device::find(tx, device)?.map(|device| device.id),
        (None, None) => None,
    };
    let rma_id = match &scanned.followed {
        Followed::Counted { counted } => Some(counted.rma),
        Followed::Signed { signed } => signed.cases.first().copied(),
        _ => None,
    };
    let row = ScanRow {
        id: scanned.scan,
        client_key: cmd.client_key.clone(),
        device_id,
        operator_id: ctx.actor.person(),
        shift: cmd.shift.chars().take(MAX_KEY_CHARS).collect(),
        warehouse_id: Some(warehouse),
        raw: cmd.raw.clone(),
        quantity: cmd.quantity,
        scanned_at: cmd.scanned_at,
        received_at: ctx.now,
        result: serde_json::to_string(scanned).map_err(|error| Error::internal(error.to_string()))?,
        parcel_id,
        rma_id,
        shift_id: ctx.actor.station.map(|station| station.shift),
        sent_by: cmd.sent_by,
        doubt: cmd.doubt.map_or_else(String::new, |doubt| doubt.as_str().to_owned()),
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
