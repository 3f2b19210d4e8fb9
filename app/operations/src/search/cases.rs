//! Cases by their number, their order's, the waybill they come back under, and whom they are about.

use domain::{Permission, RmaId};
use store::rma_list::{self, Listed};

use super::{Asked, MAX_FOUND, field_of};
use crate::error::Error;
use crate::gate;
use crate::order::search::{OrderHit, may_find};

/// The cases, and those that are exactly what was asked for.
pub(super) fn find(asked: &Asked<'_>, orders: &[OrderHit]) -> Result<(Vec<Listed>, Vec<RmaId>), Error> {
    let Asked { conn, text, .. } = *asked;
    let scope = gate::rows(asked.actor, Permission::RmaView);
    let number = text.to_uppercase();
    let first = store::rma::by_number(conn, &number)?;
    let mut ids = rma_list::by_number(conn, &scope, &number, MAX_FOUND)?;
    let mut under_waybill = Vec::new();
    for parcel in store::parcel::by_waybill(conn, text)? {
        under_waybill.extend(store::parcel::cases(conn, parcel.id)?.into_iter().map(|case| case.rma_id));
    }
    ids.extend(&under_waybill);
    for order in orders {
        ids.extend(rma_list::of_order(conn, order.id)?);
    }
    // A case's page names its order to whoever sees the case, also to those who may not open orders.
    let named = store::order::search::by_number(conn, None, text, ("", 0), MAX_FOUND)?;
    for (order, _) in named.into_iter().filter(|(_, number)| number == text) {
        ids.extend(rma_list::of_order(conn, order)?);
    }
    ids.extend(of_persons(asked)?);
    ids.sort_unstable_by(|one, other| other.cmp(one));
    ids.dedup();
    let mut cases = Vec::new();
    // The one of exactly this number stands first, however many newer ones there are.
    for id in first.into_iter().chain(ids.into_iter().filter(|id| Some(*id) != first)) {
        if cases.len() == MAX_FOUND as usize {
            break;
        }
        let listed = rma_list::one(conn, id)?;
        cases.extend(listed.filter(|case| scope.admits(Some(case.shop_id), case.warehouse_id)));
    }
    let is_exact = |case: &&Listed| case.number == number || under_waybill.contains(&case.id);
    let exact = cases.iter().filter(is_exact).map(|case| case.id).collect();
    Ok((cases, exact))
}

// Two cases of one person may stand at places where the reader sees differently much.
fn of_persons(asked: &Asked<'_>) -> Result<Vec<RmaId>, Error> {
    let scope = gate::rows(asked.actor, Permission::RmaView);
    let mut ids = Vec::new();
    for (key, contacts) in &asked.persons {
        let field = format!("contact.{}", field_of(key.kind));
        for id in rma_list::by_contacts(asked.conn, &scope, contacts, MAX_FOUND)? {
            let Some(rma) = store::rma::find(asked.conn, id)? else { continue };
            let place = (Some(rma.shop_id), rma.warehouse_id);
            let sight = gate::sight(asked.definitions, asked.actor, Permission::RmaView, place, &field);
            if may_find(key.kind, sight) {
                ids.push(id);
            }
        }
    }
    Ok(ids)
}
