//! Links a platform's case to ours by hand, or unlinks it.

use domain::{ExternalCaseId, Permission, RmaId};
use store::Tx;

use super::put::{conflict_of, follow};
use crate::context::{Ctx, Place};
use crate::error::{Error, Refusal};
use crate::order::put::Outcome;

/// Which to which.
#[derive(Clone, Copy, Debug)]
pub struct LinkExternalCase {
    /// The platform's case.
    pub id: ExternalCaseId,
    /// Our case; none unlinks.
    pub rma_id: Option<RmaId>,
}

/// Links or unlinks.
///
/// # Errors
/// `NotFound`, `Forbidden`; `Conflict` when the cases are of different shops.
pub fn link(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &LinkExternalCase) -> Result<(), Error> {
    let before = store::external_case::find(tx, cmd.id)?.ok_or(Error::NotFound("external_case"))?;
    let place = Place { shop: Some(before.shop_id), warehouse: None };
    if !ctx.actor.may(Permission::RmaView, place.shop, None) {
        return Err(Error::NotFound("external_case"));
    }
    ctx.require(Permission::RmaFile, place)?;
    if let Some(rma) = cmd.rma_id {
        let case = store::rma::find(tx, rma)?.ok_or(Error::NotFound("rma"))?;
        if case.shop_id != before.shop_id {
            let refusal = Refusal::new("shops_differ", "两单不属于同一店铺", "the two cases belong to different shops");
            return Err(Error::conflict(refusal.at("rma_id")));
        }
    }
    let mut row = before.clone();
    row.rma_id = cmd.rma_id;
    row.conflict = conflict_of(tx, &row)?.map(str::to_owned);
    store::external_case::update(tx, &row)?;
    if let Some(old) = before.rma_id.filter(|old| cmd.rma_id != Some(*old)) {
        ctx.touch(old);
    }
    follow(tx, ctx, &row, Some(&before), Outcome::Updated)
}
