//! What a scanned text is: looked for as return waybill, outbound waybill, case number, order number, barcode, serial.

use domain::{OrderId, ParcelId, RmaId, SkuId};
use serde::{Deserialize, Serialize};
use store::Conn;

use crate::error::Error;

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
    if let Some(parcel) = store::parcel::by_waybill(conn, &capitals)?.first() {
        let cases = store::parcel::cases(conn, parcel.id)?.into_iter().map(|case| case.rma_id).collect();
        return Ok(Identified::Parcel { parcel: parcel.id, cases });
    }
    let shipped = store::shipment::orders_of_waybill(conn, &capitals)?;
    if !shipped.is_empty() {
        return Ok(Identified::Shipment { orders: shipped });
    }
    if let Some(rma) = store::rma::by_number(conn, &capitals)? {
        return Ok(Identified::Case { rma });
    }
    let orders = store::order::ids_by_number(conn, code)?;
    if !orders.is_empty() {
        return Ok(Identified::Order { orders });
    }
    if let Some(sku) = store::scan::sku(conn, code)? {
        return Ok(Identified::Sku { sku: sku.sku_id, code: sku.code, name: sku.name, quantity: sku.quantity });
    }
    match store::scan::serial(conn, &capitals)?.first() {
        Some((_, sku)) => Ok(Identified::Serial { serial: capitals, sku: *sku }),
        None => Ok(Identified::Nothing),
    }
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
