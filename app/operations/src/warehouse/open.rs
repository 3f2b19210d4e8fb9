//! Opening a parcel: after it was signed, often by somebody else and hours later.

use domain::state::ParcelState;
use domain::{EventKind, ParcelId, Permission, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::Tx;
use store::parcel::ParcelRow;

use crate::context::Ctx;
use crate::error::{Error, Refusal};
use crate::event::Event;

/// Opens a parcel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Open {
    /// The parcel.
    pub parcel: ParcelId,
    /// When; now unless the station was without network.
    pub at: Option<Timestamp>,
}

/// Opens a signed parcel. Opening it again changes nothing.
///
/// # Errors
/// `NotFound`, `Forbidden`; `Conflict` before it is signed; `Invalid` for the time.
pub fn open(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &Open) -> Result<ParcelId, Error> {
    let parcel = super::parcel(tx, ctx, cmd.parcel, Permission::ParcelReceive, None)?;
    let at = super::happened_at(ctx, cmd.at, "at")?;
    open_signed(tx, ctx, &parcel, at)?;
    Ok(parcel.id)
}

/// Opens a parcel that the caller has authorised.
pub(crate) fn open_signed(tx: &Tx<'_>, ctx: &mut Ctx<'_>, parcel: &ParcelRow, at: Timestamp) -> Result<(), Error> {
    match parcel.state {
        ParcelState::Opened => return Ok(()),
        ParcelState::Announced => {
            let refusal = Refusal::new("sign_first", "请先签收包裹", "sign the parcel first");
            return Err(Error::conflict(refusal));
        }
        ParcelState::Signed => {}
    }
    let at = parcel.signed_at.map_or(at, |signed| signed.max(at));
    store::parcel::open(tx, parcel.id, at, ctx.actor.person())?;
    let cases = store::parcel::cases(tx, parcel.id)?;
    let event =
        Event::new(EventKind::ParcelOpened).about("parcel", parcel.id.get()).with(json!({ "waybill": parcel.waybill }));
    if cases.is_empty() {
        ctx.record(event.clone().at(None, parcel.warehouse_id));
    }
    for case in cases {
        ctx.record(event.clone().rma(case.rma_id).at(Some(case.shop_id), parcel.warehouse_id));
    }
    if let Some(warehouse) = parcel.warehouse_id {
        ctx.topic(format!("parcels:{warehouse}"));
    }
    Ok(())
}
