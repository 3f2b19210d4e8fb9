//! Waybills and what carriers say of them: which carrier a number can be of, corrections with their history, where a parcel is.

pub mod add;
pub mod carrier;
pub mod correct;
pub mod label;
pub mod put;
pub mod read;

use domain::{EventKind, Timestamp};
use serde_json::json;
use store::Tx;
use store::parcel::ParcelRow;
pub use store::tracking::{TrackingEventRow, WaybillChangeRow};

use crate::context::Ctx;
use crate::error::{Error, Refusal};
use crate::event::Event;

/// Longest place, in characters.
const MAX_PLACE_CHARS: usize = 100;
/// Longest words of a carrier, in characters.
const MAX_TEXT_CHARS: usize = 500;
/// How far another system's clock may be ahead of ours.
const CLOCK_SKEW_MS: i64 = 10 * 60_000;

/// Writes what was said of a parcel and tells its cases when it moved them on; false when it was known.
fn write(tx: &Tx<'_>, ctx: &mut Ctx<'_>, parcel: &ParcelRow, row: &TrackingEventRow) -> Result<bool, Error> {
    let before = store::tracking::now(tx, parcel.id)?;
    if !store::tracking::insert(tx, row)? {
        return Ok(false);
    }
    let after = store::tracking::now(tx, parcel.id)?;
    for case in store::parcel::cases(tx, parcel.id)? {
        // Each new depot is news for who looks at the case; only another state is an event that rules hear.
        ctx.topic(format!("rma:{}", case.rma_id));
        if before.map(|(state, _)| state) != after.map(|(state, _)| state) {
            let event = Event::new(EventKind::TrackingMoved)
                .rma(case.rma_id)
                .about("parcel", parcel.id.get())
                .at(Some(case.shop_id), parcel.warehouse_id)
                .with(json!({ "waybill": parcel.waybill, "state": row.state, "at": row.at }));
            ctx.record(event);
        }
    }
    if let Some(warehouse) = parcel.warehouse_id {
        ctx.topic(format!("parcels:{warehouse}"));
    }
    Ok(true)
}

/// What was said, trimmed; refused when it is too long or not yet.
fn checked(ctx: &Ctx<'_>, at: Timestamp, place: &str, text: &str, path: &str) -> Result<(String, String), Error> {
    if at > ctx.now.plus_ms(CLOCK_SKEW_MS) {
        let refusal = Refusal::new("in_the_future", "时间不能晚于现在", "this time is in the future");
        return Err(Error::invalid(refusal.at(format!("{path}at"))));
    }
    for (value, field, most) in [(place, "place", MAX_PLACE_CHARS), (text, "text", MAX_TEXT_CHARS)] {
        if value.chars().count() > most {
            let refusal =
                Refusal::new("too_long", format!("最长 {most} 个字符"), format!("it has at most {most} characters"));
            return Err(Error::invalid(refusal.at(format!("{path}{field}"))));
        }
    }
    Ok((place.trim().to_owned(), text.trim().to_owned()))
}
