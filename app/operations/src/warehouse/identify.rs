//! What a scanned text is: looked for as licence plate, return waybill, outbound waybill, case number, order number,
//! barcode, serial.

use domain::{Gs1, OrderId, ParcelId, Plated, RmaId, SkuId, UnitGroupId};
use serde::{Deserialize, Serialize};
use store::Conn;

use super::read::SEE_GOODS;
use crate::actor::Actor;
use crate::error::Error;
use crate::gate;

/// What a scanned text turned out to be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "what")]
pub enum Identified {
    /// A parcel under its waybill.
    Parcel {
        /// The parcel.
        parcel: ParcelId,
        /// The cases it belongs to.
        cases: Vec<RmaId>,
    },
    /// A shipment of ours under its waybill.
    Shipment {
        /// The orders it carried.
        orders: Vec<OrderId>,
        /// Their open cases.
        #[serde(default)]
        cases: Vec<RmaId>,
    },
    /// What we sent for cases, under its waybill.
    Outbound {
        /// The cases.
        cases: Vec<RmaId>,
    },
    /// Like units under their licence plate.
    UnitGroup {
        /// The group.
        unit_group: UnitGroupId,
        /// Its case.
        rma: RmaId,
        /// The parcel it came in.
        parcel: Option<ParcelId>,
    },
    /// A case by its number.
    Case {
        /// The case.
        rma: RmaId,
    },
    /// Orders by their number.
    Order {
        /// One per shop.
        orders: Vec<OrderId>,
        /// Their open cases.
        #[serde(default)]
        cases: Vec<RmaId>,
    },
    /// An article by its barcode or code.
    Sku {
        /// The article.
        sku: SkuId,
        /// Its code.
        code: String,
        /// Its name.
        name: String,
        /// Base units in the package that carries the code.
        quantity: i64,
    },
    /// One unit by its serial.
    Serial {
        /// As stored.
        serial: String,
        /// The article.
        sku: SkuId,
    },
    /// Nothing we know.
    Nothing,
}

/// What a gun read, without what guns add: control characters, spaces at the ends, the symbology prefix `]C1`.
#[must_use]
pub fn clean(raw: &str) -> String {
    let kept: String = raw.chars().filter(|letter| !letter.is_control()).collect();
    let kept = kept.trim();
    let mut letters = kept.chars();
    let (first, second, third) = (letters.next(), letters.next(), letters.next());
    let has_prefix = first == Some(']')
        && second.is_some_and(|letter| letter.is_ascii_alphabetic())
        && third.is_some_and(|letter| letter.is_ascii_digit());
    if has_prefix { letters.as_str().trim().to_owned() } else { kept.to_owned() }
}

/// Looks for a cleaned text in the order in which guns mostly mean it.
///
/// # Errors
/// The store's.
pub fn identify(conn: &Conn, code: &str) -> Result<Identified, Error> {
    if code.is_empty() {
        return Ok(Identified::Nothing);
    }
    let capitals: String = code.chars().filter(|letter| !letter.is_whitespace()).collect::<String>().to_uppercase();
    if let Some(found) = plated(conn, &capitals)? {
        return Ok(found);
    }
    if let Some(parcel) = store::parcel::by_waybill(conn, &capitals)?.first() {
        return of_parcel(conn, parcel.id);
    }
    let shipped = store::shipment::orders_of_waybill(conn, &capitals)?;
    if !shipped.is_empty() {
        let cases = open_cases(conn, &shipped)?;
        return Ok(Identified::Shipment { orders: shipped, cases });
    }
    let sent = store::parcel::cases_by_outbound_waybill(conn, &capitals)?;
    if !sent.is_empty() {
        return Ok(Identified::Outbound { cases: sent });
    }
    if let Some(rma) = store::rma::by_number(conn, &capitals)? {
        return Ok(Identified::Case { rma });
    }
    let orders = store::order::ids_by_number(conn, code)?;
    if !orders.is_empty() {
        let cases = open_cases(conn, &orders)?;
        return Ok(Identified::Order { orders, cases });
    }
    if let Some(sku) = store::scan::sku(conn, code)? {
        return Ok(Identified::Sku { sku: sku.sku_id, code: sku.code, name: sku.name, quantity: sku.quantity });
    }
    match store::scan::serial(conn, &capitals)?.first() {
        Some((_, sku)) => Ok(Identified::Serial { serial: capitals, sku: *sku }),
        None => Ok(Identified::Nothing),
    }
}

/// Looks for what a gun read: as a whole, else for the article that a GS1 code names beside lot, expiry and serial.
///
/// # Errors
/// The store's.
pub fn identify_raw(conn: &Conn, raw: &str) -> Result<Identified, Error> {
    let whole = identify(conn, &clean(raw))?;
    let (Identified::Nothing, Some(code)) = (&whole, Gs1::read(raw)) else { return Ok(whole) };
    for barcode in code.barcodes() {
        if let Some(sku) = store::scan::sku(conn, &barcode)? {
            return Ok(Identified::Sku { sku: sku.sku_id, code: sku.code, name: sku.name, quantity: sku.quantity });
        }
    }
    Ok(whole)
}

// What a licence plate of ours stands on.
fn plated(conn: &Conn, code: &str) -> Result<Option<Identified>, Error> {
    match Plated::read(code) {
        Some(Plated::Parcel(id)) if store::parcel::find(conn, id)?.is_some() => of_parcel(conn, id).map(Some),
        Some(Plated::Units(id)) => {
            let group = store::unit_group::find(conn, id)?;
            Ok(group.map(|group| Identified::UnitGroup {
                unit_group: group.id,
                rma: group.rma_id,
                parcel: group.parcel_id,
            }))
        }
        _ => Ok(None),
    }
}

fn of_parcel(conn: &Conn, id: ParcelId) -> Result<Identified, Error> {
    let cases = store::parcel::cases(conn, id)?.into_iter().map(|case| case.rma_id).collect();
    Ok(Identified::Parcel { parcel: id, cases })
}

fn open_cases(conn: &Conn, orders: &[OrderId]) -> Result<Vec<RmaId>, Error> {
    let mut cases = Vec::new();
    for order in orders {
        cases.extend(store::parcel_match::open_cases_of_order(conn, *order)?);
    }
    cases.sort_unstable();
    cases.dedup();
    Ok(cases)
}

/// What a code is, as far as the actor may know of it.
///
/// # Errors
/// The store's.
pub fn look_up(conn: &Conn, actor: &Actor, raw: &str) -> Result<Identified, Error> {
    seen(conn, actor, identify_raw(conn, raw)?)
}

/// What the actor sees of a code's meaning: only cases, orders and parcels of their places.
///
/// # Errors
/// The store's.
pub fn seen(conn: &Conn, actor: &Actor, identified: Identified) -> Result<Identified, Error> {
    let scope = gate::rows_any(actor, &SEE_GOODS);
    let sees_case = |id: &RmaId| -> Result<bool, Error> {
        let rma = store::rma::find(conn, *id)?;
        Ok(rma.is_some_and(|rma| scope.touches(Some(rma.shop_id), rma.warehouse_id)))
    };
    let sees_order = |id: &OrderId| -> Result<bool, Error> {
        Ok(store::order::find(conn, *id)?.is_some_and(|order| scope.touches(Some(order.shop_id), None)))
    };
    Ok(match identified {
        Identified::Parcel { parcel, cases } => {
            let seen = kept(&cases, sees_case)?;
            let row = store::parcel::find(conn, parcel)?;
            let here = row.is_some_and(|row| scope.touches(None, row.warehouse_id));
            // A parcel of other people's cases is not known here; one without a case is known where it lies.
            let known = if cases.is_empty() { here } else { !seen.is_empty() };
            if known { Identified::Parcel { parcel, cases: seen } } else { Identified::Nothing }
        }
        Identified::Case { rma } if !sees_case(&rma)? => Identified::Nothing,
        Identified::UnitGroup { rma, .. } if !sees_case(&rma)? => Identified::Nothing,
        Identified::Outbound { cases } => match kept(&cases, sees_case)? {
            seen if seen.is_empty() => Identified::Nothing,
            cases => Identified::Outbound { cases },
        },
        Identified::Shipment { orders, cases } => match (kept(&orders, sees_order)?, kept(&cases, sees_case)?) {
            (orders, cases) if orders.is_empty() && cases.is_empty() => Identified::Nothing,
            (orders, cases) => Identified::Shipment { orders, cases },
        },
        Identified::Order { orders, cases } => match (kept(&orders, sees_order)?, kept(&cases, sees_case)?) {
            (orders, cases) if orders.is_empty() && cases.is_empty() => Identified::Nothing,
            (orders, cases) => Identified::Order { orders, cases },
        },
        other => other,
    })
}

fn kept<T: Copy>(all: &[T], seen: impl Fn(&T) -> Result<bool, Error>) -> Result<Vec<T>, Error> {
    let mut found = Vec::new();
    for one in all {
        if seen(one)? {
            found.push(*one);
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_guns_add_is_taken_off() {
        assert_eq!(clean("]C1SF1234\r\n"), "SF1234");
        assert_eq!(clean("\u{1d} 6901234567892\t"), "6901234567892");
        assert_eq!(clean("]Cx"), "]Cx");
        assert_eq!(clean("\u{0}\n"), "");
    }
}
