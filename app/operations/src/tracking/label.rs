//! What stands on the label that comes back with the goods. No price, no name of the customer: strangers carry it.

use domain::{Permission, RmaId, Text};
use store::master::WarehouseRow;

use crate::actor::Actor;
use crate::app::App;
use crate::error::Error;

/// A return label.
#[derive(Clone, Debug)]
pub struct Label {
    /// The case's number.
    pub number: String,
    /// The shop's name.
    pub shop: Text,
    /// The order's number.
    pub order_number: Option<String>,
    /// Where the goods go.
    pub to: Option<WarehouseRow>,
    /// Goods that are expected back, and how many.
    pub lines: Vec<(String, i64)>,
}

/// The label of a case.
///
/// # Errors
/// `NotFound`.
pub fn of_case(app: &App, actor: &Actor, id: RmaId) -> Result<Label, Error> {
    let definitions = app.definitions();
    app.read(|conn| {
        let rma = store::rma::find(conn, id)?.ok_or(Error::NotFound("rma"))?;
        if !actor.may(Permission::RmaView, Some(rma.shop_id), rma.warehouse_id) {
            return Err(Error::NotFound("rma"));
        }
        let order = match rma.order_id {
            Some(order) => store::order::find(conn, order)?.map(|order| order.number),
            None => None,
        };
        let back = store::rma_view::lines(conn, id)?;
        let back = back.into_iter().filter(|detail| detail.line.kind.expects_goods() && !detail.line.undeclared);
        let count = |approved: i64, requested: i64| if rma.agreed_at.is_some() { approved } else { requested };
        let lines = back.map(|detail| {
            let name = detail.sku.map(|(_, _, name, _)| name).unwrap_or_default();
            (name, count(detail.line.approved, detail.line.requested))
        });
        Ok(Label {
            number: rma.number.clone(),
            shop: definitions.masters.shop(rma.shop_id).map(|shop| shop.name.clone()).unwrap_or_default(),
            order_number: order,
            to: rma.warehouse_id.and_then(|id| definitions.masters.warehouse(id)).cloned(),
            lines: lines.filter(|(_, quantity)| *quantity > 0).collect(),
        })
    })
}
