//! Gives a case's claims back to the order lines when it is refused or taken back.

use domain::RmaId;
use store::Tx;
use store::claim::Claim;

use crate::error::Error;

/// Gives all claims of a case back.
pub(crate) fn release_budget(tx: &Tx<'_>, rma: RmaId) -> Result<(), Error> {
    for line in store::rma_line::of_rma(tx, rma)? {
        let Some(order_line_id) = line.order_line_id.filter(|_| !line.undeclared) else { continue };
        let claim = Claim {
            order_line_id,
            kind: line.kind,
            quantity: line.requested,
            goods_minor: line.share_goods_minor,
            tax_minor: line.share_tax_minor,
        };
        store::claim::give_back(tx, &claim)?;
    }
    Ok(())
}
