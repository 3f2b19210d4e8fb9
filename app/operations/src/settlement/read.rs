//! Settlements for the desk: lists, one with all that belongs to it, the work on invoices.

use domain::state::SettlementState;
use domain::{Permission, RmaId, SettlementId};
use store::Conn;
pub use store::invoice_work::InvoiceWorkRow;
pub use store::payout::{AttemptRow, PayoutRow};
pub use store::settlement::{ComponentRow, SettlementRow};

use crate::actor::Actor;
use crate::error::Error;
use crate::gate;

/// A settlement with all that belongs to it.
#[derive(Clone, Debug)]
pub struct SettlementDetail {
    /// The settlement.
    pub settlement: SettlementRow,
    /// Its case's number.
    pub rma_number: String,
    /// Who keyed it.
    pub proposed_by: String,
    /// Who approved it.
    pub approved_by: Option<String>,
    /// What for.
    pub components: Vec<ComponentRow>,
    /// Its payouts with their attempts.
    pub payouts: Vec<(PayoutRow, Vec<AttemptRow>)>,
}

/// A page of settlements of one state that the actor may see, newest first.
///
/// # Errors
/// The store's.
pub fn page(
    conn: &Conn,
    actor: &Actor,
    state: SettlementState,
    before: Option<SettlementId>,
    limit: u32,
) -> Result<Vec<SettlementDetail>, Error> {
    let scope = gate::rows(actor, Permission::SettlementPropose);
    let rows = store::settlement::page(conn, &scope, state, before, limit)?;
    rows.into_iter().map(|row| detail(conn, row)).collect()
}

/// One settlement.
///
/// # Errors
/// `NotFound`, the store's.
pub fn one(conn: &Conn, actor: &Actor, id: SettlementId) -> Result<SettlementDetail, Error> {
    let settlement = store::settlement::find(conn, id)?.ok_or(Error::NotFound("settlement"))?;
    sees(conn, actor, settlement.rma_id).map_err(|_| Error::NotFound("settlement"))?;
    detail(conn, settlement)
}

/// The settlements of a case, oldest first, with its work on invoices.
///
/// # Errors
/// `NotFound`, the store's.
pub fn of_case(conn: &Conn, actor: &Actor, id: RmaId) -> Result<(Vec<SettlementDetail>, Vec<InvoiceWorkRow>), Error> {
    sees(conn, actor, id)?;
    let rows = store::settlement::of_rma(conn, id)?;
    let settlements = rows.into_iter().map(|row| detail(conn, row)).collect::<Result<_, _>>()?;
    Ok((settlements, store::invoice_work::of_rma(conn, id)?))
}

/// Payouts whose outcome is unknown, oldest first, of cases that the actor may pay for.
///
/// # Errors
/// The store's.
pub fn unknown_payouts(conn: &Conn, actor: &Actor, limit: u32) -> Result<Vec<SettlementDetail>, Error> {
    let mut found: Vec<SettlementDetail> = Vec::new();
    for payout in store::payout::unknown(conn, limit)? {
        let settlement = store::settlement::find(conn, payout.settlement_id)?.ok_or(Error::NotFound("settlement"))?;
        let known = found.iter().any(|one| one.settlement.id == settlement.id);
        if !known && sees(conn, actor, settlement.rma_id).is_ok() {
            found.push(detail(conn, settlement)?);
        }
    }
    Ok(found)
}

fn sees(conn: &Conn, actor: &Actor, id: RmaId) -> Result<(), Error> {
    let rma = store::rma::find(conn, id)?.ok_or(Error::NotFound("rma"))?;
    let rights = [Permission::SettlementPropose, Permission::SettlementApprove, Permission::SettlementPay];
    let may = |right: &Permission| actor.may(*right, Some(rma.shop_id), rma.warehouse_id);
    if rights.iter().any(may) { Ok(()) } else { Err(Error::NotFound("rma")) }
}

fn detail(conn: &Conn, settlement: SettlementRow) -> Result<SettlementDetail, Error> {
    let name =
        |id| -> Result<Option<String>, Error> { Ok(store::person::find(conn, id)?.map(|person| person.display_name)) };
    let approved_by = match settlement.approved_by {
        Some(person) => name(person)?,
        None => None,
    };
    Ok(SettlementDetail {
        rma_number: store::rma::find(conn, settlement.rma_id)?.map(|rma| rma.number).unwrap_or_default(),
        proposed_by: name(settlement.proposed_by)?.unwrap_or_default(),
        approved_by,
        components: store::settlement::components(conn, settlement.id)?,
        payouts: crate::payout::read::of_settlement(conn, settlement.id)?,
        settlement,
    })
}
