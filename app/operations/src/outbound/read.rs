//! Lists of outbound orders and what their slip prints.

use domain::state::OutboundState;
use domain::{OutboundOrderId, Permission, RmaId, ShopId, Text};
use store::Conn;
pub use store::outbound::{OutboundRow, SlipLine};

use crate::actor::Actor;
use crate::definitions::Definitions;
use crate::error::Error;
use crate::gate::{self, Sight};

/// What a slip prints.
#[derive(Clone, Debug)]
pub struct Slip {
    /// The outbound order, its case and what is in it.
    pub order: OutboundInList,
    /// The number of the order that was sold, if any.
    pub order_number: Option<String>,
    /// Where it leaves from.
    pub warehouse: Option<Text>,
    /// Who receives it, as far as the reader may see.
    pub contact_name: Option<String>,
    /// Their phone, as far as the reader may see.
    pub contact_phone: Option<String>,
    /// Where it goes, as far as the reader may see.
    pub contact_address: Option<String>,
}

/// An outbound order in a list.
#[derive(Clone, Debug)]
pub struct OutboundInList {
    /// The order.
    pub outbound: OutboundRow,
    /// Its case's number.
    pub rma_number: String,
    /// What is in it.
    pub lines: Vec<SlipLine>,
}

/// Which outbound orders a list shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only in this state.
    pub state: Option<OutboundState>,
    /// Only of this shop.
    pub shop: Option<ShopId>,
    /// Older than this one.
    pub before: Option<OutboundOrderId>,
}

/// A page of outbound orders the actor may see, newest first.
///
/// # Errors
/// The store's.
pub fn page(conn: &Conn, actor: &Actor, filter: &Filter, limit: u32) -> Result<Vec<OutboundInList>, Error> {
    let scope = gate::rows(actor, Permission::OutboundManage).in_shop(filter.shop);
    let rows = store::outbound::page(conn, &scope, filter.state, filter.before, limit)?;
    let in_list = |row: OutboundRow| -> Result<OutboundInList, Error> {
        let rma_number = store::rma::find(conn, row.rma_id)?.map(|rma| rma.number).unwrap_or_default();
        Ok(OutboundInList { rma_number, lines: store::outbound::slip_lines(conn, row.id)?, outbound: row })
    };
    rows.into_iter().map(in_list).collect()
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
        order_number: sold.map(|order| order.number),
        warehouse: warehouse.map(|warehouse| warehouse.name.clone()),
        contact_name: gate::shown(sight("contact.name"), contact.as_ref().and_then(|one| one.name.clone())),
        contact_phone: gate::shown(sight("contact.phone"), contact.as_ref().and_then(|one| one.phone.clone())),
        contact_address: gate::shown(sight("contact.address"), contact.and_then(|one| one.address)),
        order: OutboundInList {
            rma_number: rma.number,
            lines: store::outbound::slip_lines(conn, id)?,
            outbound: order,
        },
    })
}
