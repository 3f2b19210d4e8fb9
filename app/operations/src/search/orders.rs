//! Orders by number, waybill, phone, article or name: each way is asked, the first that finds anything answers.

use domain::Permission;

use super::{Asked, MAX_FOUND};
use crate::error::Error;
use crate::order::search::{OrderHit, Search, search};

pub(super) fn find(asked: &Asked<'_>) -> Result<Vec<OrderHit>, Error> {
    if !asked.may(Permission::OrderView) {
        return Ok(Vec::new());
    }
    let text = || Some(asked.text.to_owned());
    let base = || Search { limit: MAX_FOUND, ..Search::default() };
    let ways = [
        Search { number: text(), ..base() },
        Search { waybill: text(), ..base() },
        Search { phone: text(), ..base() },
        Search { sku: text(), ..base() },
        Search { name: text(), ..base() },
    ];
    for way in ways {
        let mut hits = match search(asked.conn, asked.definitions, asked.actor, &way) {
            Ok(page) => page.items,
            // A name is no phone number: that way simply finds nothing.
            Err(Error::Invalid(_) | Error::Forbidden(_)) => continue,
            Err(error) => return Err(error),
        };
        if !hits.is_empty() {
            hits.truncate(MAX_FOUND as usize);
            return Ok(hits);
        }
    }
    Ok(Vec::new())
}
