//! Makes a browser a station: it gets a cookie, the row the hash of it.

use domain::{DeviceId, WarehouseId};
use serde::{Deserialize, Serialize};
use store::Tx;
use store::device::DeviceRow;

use crate::context::{Ctx, Forgotten};
use crate::error::Error;

/// A browser to enrol.
#[derive(Clone, Debug)]
pub struct Enrol {
    /// A new station's name and place; or the station it becomes again.
    pub station: Which,
    /// The hash of its cookie.
    pub token_hash: [u8; 32],
    /// The hash of the station's cookie it had until now.
    pub old_token_hash: Option<[u8; 32]>,
}

/// Which station a browser becomes.
#[derive(Clone, Debug)]
pub enum Which {
    /// A new one.
    New {
        /// Its name.
        name: String,
        /// Where it stands.
        warehouse: WarehouseId,
        /// Gun and screen.
        settings: Option<serde_json::Value>,
    },
    /// One that is known; the browser that was it until now is it no more.
    Known(DeviceId),
}

/// The station.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enrolled {
    /// Its id.
    pub id: DeviceId,
}

/// Enrols a browser.
///
/// # Errors
/// `Forbidden`; `NotFound`; `Invalid` for name, warehouse or settings; `Conflict` when the name is taken.
pub fn enrol(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &Enrol) -> Result<Enrolled, Error> {
    super::require_manager(ctx)?;
    // One browser is one station.
    if let Some(old) = &cmd.old_token_hash
        && let Some(before) = store::device::by_token(tx, old)?
    {
        super::close::end_at(tx, ctx, before.id)?;
        store::device::forget_token(tx, old)?;
        ctx.forget(Forgotten::Station(before.id));
    }
    let by = ctx.actor.person();
    let id = match &cmd.station {
        Which::New { name, warehouse, settings } => {
            let row = DeviceRow {
                id: DeviceId::from_raw(ctx.id()),
                name: super::name(name)?,
                warehouse_id: Some(super::warehouse(ctx, *warehouse)?),
                active: true,
                settings: super::settings(settings.as_ref())?,
                enrolled_at: ctx.now,
                enrolled_by: by,
                version: 1,
            };
            store::device::insert(tx, &row, &cmd.token_hash)?;
            row.id
        }
        Which::Known(id) => {
            let row = super::load(tx, *id)?;
            super::close::end_at(tx, ctx, row.id)?;
            store::device::enrol(tx, row.id, &cmd.token_hash, ctx.now, by)?;
            ctx.forget(Forgotten::Station(row.id));
            row.id
        }
    };
    super::changed(ctx, id, "enrolled");
    Ok(Enrolled { id })
}
