//! How an order was paid: each means once by kind and number.

use domain::{OrderId, TenderId};
use store::Tx;
use store::order::TenderRow;

use crate::context::Ctx;
use crate::error::Error;
use crate::order::facts::OrderFacts;

/// Writes the means of payment. An amount that falls below what was refunded stays as it was; the conflict on the
/// order's total names it.
pub(super) fn write(tx: &Tx<'_>, ctx: &Ctx<'_>, order: OrderId, facts: &OrderFacts) -> Result<(), Error> {
    let known = store::order::tenders(tx, order)?;
    for tender in facts.tenders.iter().filter(|tender| tender.amount_minor > 0) {
        let same = |row: &&TenderRow| row.kind == tender.kind.trim() && row.reference == tender.reference.trim();
        match known.iter().find(same) {
            Some(row) if row.amount_minor == tender.amount_minor || row.refunded_minor > tender.amount_minor => {}
            Some(row) => store::order::set_tender_amount(tx, row.id, tender.amount_minor)?,
            None => {
                let row = TenderRow {
                    id: TenderId::from_raw(ctx.id()),
                    kind: tender.kind.trim().to_owned(),
                    reference: tender.reference.trim().to_owned(),
                    amount_minor: tender.amount_minor,
                    refunded_minor: 0,
                };
                store::order::insert_tender(tx, order, &row)?;
            }
        }
    }
    Ok(())
}
