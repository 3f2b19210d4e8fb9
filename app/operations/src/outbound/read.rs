//! Lists of outbound orders and what their slip prints.

use domain::kind::OutboundKind;
use domain::state::OutboundState;
use domain::{OutboundOrderId, Permission, RmaId, Text, Timestamp};
use store::Conn;
pub use store::outbound::{OutboundRow, SlipLine};

use crate::actor::Actor;
use crate::definitions::Definitions;
use crate::error::Error;
use crate::gate::{self, Sight};

/// What a slip prints.
#[derive(Clone, Debug)]
pub struct Slip {
    /// Human number, also as a barcode.
    pub number: String,
    /// The case's number.
    pub rma_number: String,
    /// The order's number, if any.
    pub order_number: Option<String>,
    /// Why it goes out.
    pub kind: OutboundKind,
    /// Where it stands.
    pub state: OutboundState,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// Where it leaves from.
    pub warehouse: Option<Text>,
    /// Who receives it, as far as the reader may see.
    pub contact_name: Option<String>,
    /// Their phone, as far as the reader may see.
    pub contact_phone: Option<String>,
    /// Where it goes, as far as the reader may see.
    pub contact_address: Option<String>,
    /// What is in it.
    pub lines: Vec<SlipLine>,
}

/// A page of outbound orders the actor may see, newest first.
///
/// # Errors
/// The store's.
pub fn page(
    conn: &Conn,
    actor: &Actor,
    state: Option<OutboundState>,
    before: Option<OutboundOrderId>,
    limit: u32,
) -> Result<Vec<(OutboundRow, Vec<SlipLine>)>, Error> {
    let scope = gate::rows(actor, Permission::OutboundManage);
    let rows = store::outbound::page(conn, &scope, state, before, limit)?;
    rows.into_iter().map(|row| Ok((row.clone(), store::outbound::slip_lines(conn, row.id)?))).collect()
}

/// The outbound orders of a case, oldest first, for a reader who sees the case.
///
/// # Errors
/// The store's.
pub fn of_case(conn: &Conn, rma: RmaId) -> Result<Vec<(OutboundRow, Vec<SlipLine>)>, Error> {
    let rows = store::outbound::of_rma(conn, rma)?;
    rows.into_iter().map(|row| Ok((row.clone(), store::outbound::slip_lines(conn, row.id)?))).collect()
}

/// What an outbound order's slip prints.
///
/// # Errors
/// `NotFound`, the store's.
pub fn slip(conn: &Conn, actor: &Actor, definitions: &Definitions, id: OutboundOrderId) -> Result<Slip, Error> {
    let order = store::outbound::find(conn, id)?.ok_or(Error::NotFound("outbound_order"))?;
    let place = (Some(order.shop_id), order.warehouse_id);
    if !actor.may(Permission::OutboundManage, place.0, place.1) {
        return Err(Error::NotFound("outbound_order"));
    }
    let rma = store::rma::find(conn, order.rma_id)?.ok_or(Error::NotFound("rma"))?;
    let sold = match rma.order_id {
        Some(order) => store::order::find(conn, order)?,
        None => None,
    };
    let contact = match order.contact_id {
        Some(contact) => store::contact::find(conn, contact)?,
        None => None,
    };
    let sight = |field: &str| -> Sight { gate::sight(definitions, actor, Permission::OutboundManage, place, field) };
    let warehouse = order.warehouse_id.and_then(|id| definitions.masters.warehouse(id));
    Ok(Slip {
        number: order.number,
        rma_number: rma.number,
        order_number: sold.map(|order| order.number),
        kind: order.kind,
        state: order.state,
        opened_at: order.opened_at,
        warehouse: warehouse.map(|warehouse| warehouse.name.clone()),
        contact_name: gate::shown(sight("contact.name"), contact.as_ref().and_then(|one| one.name.clone())),
        contact_phone: gate::shown(sight("contact.phone"), contact.as_ref().and_then(|one| one.phone.clone())),
        contact_address: gate::shown(sight("contact.address"), contact.and_then(|one| one.address)),
        lines: store::outbound::slip_lines(conn, id)?,
    })
}
