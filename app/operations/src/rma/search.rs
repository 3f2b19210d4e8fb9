//! Finds cases by their number, and through their orders by number, phone tail, name, article or waybill.

use domain::{Permission, RmaId};
use store::Conn;
use store::rma_list::Listed;

use crate::actor::Actor;
use crate::definitions::Definitions;
use crate::error::Error;
use crate::gate;
use crate::order::search::{OrderHit, Search, search as orders};

/// Most cases and orders of an answer.
pub const MAX_FOUND: u32 = 20;

/// What was found.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// Cases, newest first.
    pub cases: Vec<Listed>,
    /// Orders.
    pub orders: Vec<OrderHit>,
}

/// Looks a text up everywhere the actor may look.
///
/// # Errors
/// The store's.
pub fn search(conn: &Conn, actor: &Actor, definitions: &Definitions, text: &str) -> Result<Found, Error> {
    let text = text.trim();
    if text.chars().count() < 2 {
        return Ok(Found::default());
    }
    let mut found = if actor.may_somewhere(Permission::OrderView) {
        orders_by_any(conn, actor, definitions, text)?
    } else {
        Vec::new()
    };
    found.truncate(MAX_FOUND as usize);
    let scope = gate::rows(actor, Permission::RmaView);
    let mut ids: Vec<RmaId> = store::rma_list::by_number(conn, &text.to_uppercase(), MAX_FOUND)?;
    for order in &found {
        ids.extend(store::rma_list::of_order(conn, order.id)?);
    }
    ids.sort_unstable();
    ids.dedup();
    ids.reverse();
    ids.truncate(MAX_FOUND as usize);
    let mut cases = Vec::with_capacity(ids.len());
    for id in ids {
        let listed = store::rma_list::one(conn, id)?;
        cases.extend(listed.filter(|case| scope.admits(Some(case.shop_id), case.warehouse_id)));
    }
    Ok(Found { cases, orders: found })
}

// A text may be several things at once; each way is asked, the first that finds anything answers.
fn orders_by_any(conn: &Conn, actor: &Actor, definitions: &Definitions, text: &str) -> Result<Vec<OrderHit>, Error> {
    let text = || Some(text.to_owned());
    let base = || Search { limit: MAX_FOUND, ..Search::default() };
    let ways = [
        Search { number: text(), ..base() },
        Search { waybill: text(), ..base() },
        Search { phone: text(), ..base() },
        Search { sku: text(), ..base() },
        Search { name: text(), ..base() },
    ];
    for way in ways {
        let hits = match orders(conn, definitions, actor, &way) {
            Ok(page) => page.items,
            // A name is no phone number: that way simply finds nothing.
            Err(Error::Invalid(_) | Error::Forbidden(_)) => continue,
            Err(error) => return Err(error),
        };
        if !hits.is_empty() {
            return Ok(hits);
        }
    }
    Ok(Vec::new())
}
