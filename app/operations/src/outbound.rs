//! What goes out again: orders for exchange, reship, repair return and send-back, opened by what was accepted and agreed,
//! shipped and delivered, or waived. The case does not close before.

pub mod deliver;
mod ensure;
pub mod read;
pub(crate) mod recall;
pub mod ship;
pub mod substitute;
pub mod waive;

pub(crate) use ensure::ensure;

use domain::kind::OutboundKind;
use domain::state::DispositionKind;
use domain::{OutboundOrderId, Permission};
use store::Conn;
use store::outbound::OutboundRow;

use crate::context::{Ctx, Place};
use crate::error::Error;
use crate::reach;

/// What goes out by a disposition, if anything does.
pub(crate) const fn kind_of(disposition: DispositionKind) -> Option<OutboundKind> {
    match disposition {
        DispositionKind::Repair => Some(OutboundKind::RepairReturn),
        DispositionKind::SendBack => Some(OutboundKind::SendBack),
        DispositionKind::Restock | DispositionKind::Defective | DispositionKind::Scrap | DispositionKind::Vendor => {
            None
        }
    }
}

/// An outbound order that the actor may do `permission` on.
fn reached(conn: &Conn, ctx: &Ctx<'_>, id: OutboundOrderId, permission: Permission) -> Result<OutboundRow, Error> {
    let order = store::outbound::find(conn, id)?.ok_or(Error::NotFound("outbound_order"))?;
    let place = Place { shop: Some(order.shop_id), warehouse: order.warehouse_id };
    reach::place(ctx, permission, place, "outbound_order")?;
    Ok(order)
}
