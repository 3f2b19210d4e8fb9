//! Who may hear which topic of the live stream. A topic names a thing; whether a caller may know of it is the gate's
//! question as everywhere.

use domain::{DeviceId, OrderId, Permission, PersonId, RmaId, ShopId, WarehouseId};

use crate::actor::Actor;
use crate::app::App;
use crate::error::Error;
use crate::gate;

/// Whether the caller may hear `rma:<id>`, `queue:<shop>`, `parcels:<warehouse>`, `outbound:<shop>`, `person:<id>`, `station:<id>`,
/// `settlements:<shop>`, `payouts`, `order:<id>`, `external:<shop>`, `imports`, `import:<id>`, `master:<table>`,
/// `records:<form>`, `messages` or `board`. An unknown topic is nobody's.
///
/// # Errors
/// The store's.
pub fn may_hear(app: &App, actor: &Actor, topic: &str) -> Result<bool, Error> {
    let (kind, id) = topic.split_once(':').unwrap_or((topic, ""));
    match (kind, id.parse::<i64>()) {
        ("import" | "imports", _) => Ok(actor.may_somewhere(Permission::OrderImport)),
        // Names of shops and reasons are on every page of the staff's.
        ("master", _) => Ok(actor.grants.iter().any(|grant| grant.permissions != 0)),
        ("records", _) => Ok(actor.may_somewhere(Permission::RecordEdit)),
        ("messages", _) => Ok(crate::channel::read::READERS.iter().any(|permission| actor.may_somewhere(*permission))),
        ("board", _) => Ok(actor.may_somewhere(Permission::BoardView)),
        ("person", Ok(id)) => Ok(actor.person() == Some(PersonId::from_raw(id))),
        ("station", Ok(id)) => Ok(actor.station.is_some_and(|station| station.device == DeviceId::from_raw(id))),
        ("queue", Ok(id)) => Ok(works_at(actor, ShopId::from_raw(id))),
        ("parcels", Ok(id)) => {
            let parcels = gate::rows_any(actor, &[Permission::ParcelSign, Permission::ParcelReceive]);
            Ok(parcels.touches(None, Some(WarehouseId::from_raw(id))))
        }
        ("outbound", Ok(id)) => {
            let outbound = gate::rows(actor, Permission::OutboundManage);
            Ok(outbound.touches(Some(ShopId::from_raw(id)), None))
        }
        ("settlements", Ok(id)) => Ok(gate::rows_any(actor, &SETTLING).touches(Some(ShopId::from_raw(id)), None)),
        ("payouts", _) => Ok(SETTLING.iter().any(|permission| actor.may_somewhere(*permission))),
        ("external", Ok(id)) => Ok(gate::rows(actor, Permission::RmaView).touches(Some(ShopId::from_raw(id)), None)),
        ("order", Ok(id)) => may_see_order(app, actor, OrderId::from_raw(id)),
        ("rma", Ok(id)) => may_see_case(app, actor, RmaId::from_raw(id)),
        _ => Ok(false),
    }
}

/// Whoever keys, approves or pays hears of it.
const SETTLING: [Permission; 3] =
    [Permission::SettlementPropose, Permission::SettlementApprove, Permission::SettlementPay];

fn may_see_order(app: &App, actor: &Actor, id: OrderId) -> Result<bool, Error> {
    let scope = gate::rows(actor, Permission::OrderView);
    let order = app.read(|conn| Ok(store::order::find(conn, id)?))?;
    Ok(order.is_some_and(|order| scope.touches(Some(order.shop_id), None)))
}

fn works_at(actor: &Actor, shop: ShopId) -> bool {
    actor.grants.iter().any(|grant| grant.permissions != 0 && grant.shop.is_none_or(|own| own == shop))
}

fn may_see_case(app: &App, actor: &Actor, id: RmaId) -> Result<bool, Error> {
    if actor.may(Permission::RmaView, None, None) {
        return Ok(true);
    }
    if !actor.may_somewhere(Permission::RmaView) {
        return Ok(false);
    }
    let case = app.read(|conn| Ok(store::rma::find(conn, id)?))?;
    Ok(case.is_some_and(|case| actor.may(Permission::RmaView, Some(case.shop_id), case.warehouse_id)))
}
