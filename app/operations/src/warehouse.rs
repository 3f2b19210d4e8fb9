//! The warehouse: parcels announced, signed, matched and opened; goods counted, inspected and disposed of; scans.

pub mod announce;
pub mod checklist;
pub mod convert;
pub mod correct;
pub mod count;
pub mod dispose;
pub mod follow_up;
pub mod identify;
pub mod inspect;
pub mod matching;
pub mod open;
pub mod park;
pub mod read;
pub mod recount;
pub mod scan;
mod serial;
pub mod sign;
mod stock;
pub mod suggest;
pub mod waive;
pub mod weigh;

use domain::{LineKind, ParcelId, Permission, Timestamp, WarehouseId};
use store::Conn;
use store::parcel::ParcelRow;

use crate::context::{Ctx, Place};
use crate::error::{Error, Refusal};
use crate::reach;

/// Most characters of a waybill.
pub const MAX_WAYBILL_CHARS: usize = 64;
/// Most units counted in one go.
pub const MAX_UNITS: i64 = 1_000_000;

/// A waybill as it is stored and looked for: capitals, without spaces and control characters.
///
/// # Errors
/// `Invalid` at `field` when nothing is left or it is too long.
pub fn waybill(text: &str, field: &str) -> Result<String, Error> {
    let kept: String = text.chars().filter(|letter| !letter.is_whitespace() && !letter.is_control()).collect();
    let kept = kept.to_uppercase();
    if (1..=MAX_WAYBILL_CHARS).contains(&kept.chars().count()) {
        return Ok(kept);
    }
    let refusal = Refusal::new(
        "waybill_malformed",
        format!("运单号不能为空，最长 {MAX_WAYBILL_CHARS} 个字符"),
        format!("a waybill is not empty and has at most {MAX_WAYBILL_CHARS} characters"),
    );
    Err(Error::invalid(refusal.at(field)))
}

/// A parcel that the actor may do `permission` on: at the shop of one of its cases, or anywhere when it has none, and in
/// its warehouse: the one it lies in, or `fallback` before it is signed.
pub(crate) fn parcel(
    conn: &Conn,
    ctx: &Ctx<'_>,
    id: ParcelId,
    permission: Permission,
    fallback: Option<WarehouseId>,
) -> Result<ParcelRow, Error> {
    let parcel = store::parcel::find(conn, id)?.ok_or(Error::NotFound("parcel"))?;
    let warehouse = parcel.warehouse_id.or(fallback);
    let mut shops: Vec<_> = store::parcel::cases(conn, id)?.into_iter().map(|case| Some(case.shop_id)).collect();
    if shops.is_empty() {
        shops.push(None);
    }
    let mut refusal = Error::NotFound("parcel");
    for shop in shops {
        match reach::place(ctx, permission, Place { shop, warehouse }, "parcel") {
            Ok(()) => return Ok(parcel),
            Err(Error::NotFound(_)) => {}
            Err(known) => refusal = known,
        }
    }
    Err(refusal)
}

/// When something happened: the station's time when it gives one, never in the future.
pub(crate) fn happened_at(ctx: &Ctx<'_>, at: Option<Timestamp>, field: &str) -> Result<Timestamp, Error> {
    match at {
        Some(at) if at > ctx.now => {
            let refusal = Refusal::new("in_the_future", "时间不能晚于现在", "this time is in the future")
                .help("请检查设备时钟", "check the station's clock");
            Err(Error::invalid(refusal.at(field)))
        }
        Some(at) => Ok(at),
        None => Ok(ctx.now),
    }
}

/// A quantity that a person keyed.
pub(crate) fn quantity(quantity: i64, field: &str) -> Result<i64, Error> {
    if (1..=MAX_UNITS).contains(&quantity) {
        return Ok(quantity);
    }
    let refusal = Refusal::new(
        "quantity_out_of_range",
        format!("数量应在 1 到 {MAX_UNITS} 之间"),
        format!("a quantity is between 1 and {MAX_UNITS}"),
    );
    Err(Error::invalid(refusal.at(field)))
}

/// The kind of line that undeclared goods are counted on: expected back, worth nothing until somebody says so.
pub(crate) const UNDECLARED_KIND: LineKind = LineKind::ReturnRefund;
