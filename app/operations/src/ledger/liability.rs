//! What a carrier, supplier, warehouse or platform owes for goods it damaged: booked when the inspector says so, taken
//! back when a second look says otherwise.

use domain::allocate::share_of_units;
use domain::settlement::loss_minor;
use domain::state::{Bearer, DispositionKind};
use domain::{EventKind, UnitGroupId};
use serde_json::json;
use store::Tx;
use store::inspection::InspectionRow;
use store::ledger::About;
use store::master::GradeRow;
use store::rma::RmaRow;
use store::unit_group::UnitGroupRow;

use super::{Party, RECEIVABLE};
use crate::context::Ctx;
use crate::error::Error;
use crate::event::Event;

/// What the program books as owed for damage.
pub(super) const MEMO: &str = "liability";

/// Books what is lost on inspected units whose paid share is `share_minor`. Gives the amount, minor units.
///
/// # Errors
/// The store's.
pub(crate) fn book(
    tx: &Tx<'_>,
    ctx: &mut Ctx<'_>,
    rma: &RmaRow,
    group: &UnitGroupRow,
    inspection: &InspectionRow,
    share_minor: i64,
    grade: &GradeRow,
) -> Result<i64, Error> {
    take_back(tx, ctx, rma, group.id)?;
    let resalable = grade.disposition == DispositionKind::Restock.as_str();
    let amount_minor = loss_minor(share_minor, inspection.accepted, grade.money_percent, resalable);
    let Some(party) = party(tx, group, inspection.liability)?.filter(|_| amount_minor > 0) else { return Ok(0) };
    super::owe(tx, ctx, rma, &party, amount_minor, &about(rma, group.id))?;
    let event = Event::new(EventKind::LiabilityBooked)
        .rma(rma.id)
        .about("unit_group", group.id.get())
        .at(Some(rma.shop_id), Some(group.warehouse_id))
        .with(json!({ "bearer": party.bearer, "amount_minor": amount_minor, "currency": rma.currency }));
    ctx.record(event);
    Ok(amount_minor)
}

fn party(tx: &Tx<'_>, group: &UnitGroupRow, liability: Bearer) -> Result<Option<Party>, Error> {
    let party = match liability {
        Bearer::Customer | Bearer::Shop => return Ok(None),
        Bearer::Carrier => {
            let parcel = match group.parcel_id {
                Some(parcel) => store::parcel::find(tx, parcel)?,
                None => None,
            };
            Party::carrier(parcel.and_then(|parcel| parcel.carrier_id))
        }
        Bearer::Supplier => {
            let sku = match group.sku_id {
                Some(sku) => store::sku::find(tx, sku)?,
                None => None,
            };
            Party::supplier(sku.and_then(|sku| sku.supplier_id))
        }
        Bearer::Warehouse => Party::warehouse(group.warehouse_id),
        Bearer::Platform => Party::outside(Bearer::Platform, None),
    };
    Ok(Some(party))
}

/// Moves what is owed for a part of a group that goes its own way onto that part. `group` is as it was before.
///
/// # Errors
/// The store's.
pub(crate) fn divide(
    tx: &Tx<'_>,
    ctx: &Ctx<'_>,
    rma: &RmaRow,
    group: &UnitGroupRow,
    part: &UnitGroupRow,
) -> Result<(), Error> {
    for (bearer, amount_minor) in owed(tx, rma, group.id)? {
        let moved = share_of_units(amount_minor, group.quantity, 0, part.quantity);
        let party = Party { customer: None, bearer };
        super::owe(tx, ctx, rma, &party, -moved, &about(rma, group.id))?;
        super::owe(tx, ctx, rma, &party, moved, &about(rma, part.id))?;
    }
    Ok(())
}

// Compensates what an earlier look has booked for the same units.
fn take_back(tx: &Tx<'_>, ctx: &Ctx<'_>, rma: &RmaRow, group: UnitGroupId) -> Result<(), Error> {
    for (bearer, amount_minor) in owed(tx, rma, group)? {
        super::owe(tx, ctx, rma, &Party { customer: None, bearer }, -amount_minor, &about(rma, group))?;
    }
    Ok(())
}

fn about(rma: &RmaRow, group: UnitGroupId) -> About {
    About { rma_id: Some(rma.id), unit_group_id: Some(group), memo: MEMO.to_owned(), settlement_id: None }
}

// What stands on a group, by who owes it.
fn owed(tx: &Tx<'_>, rma: &RmaRow, group: UnitGroupId) -> Result<Vec<(String, i64)>, Error> {
    let entries = store::ledger::of_rma(tx, rma.id)?;
    let mut owed: Vec<(String, i64)> = Vec::new();
    let booked = entries
        .iter()
        .filter(|entry| entry.unit_group_id == Some(group) && entry.memo == MEMO && entry.kind == RECEIVABLE);
    for entry in booked {
        match owed.iter_mut().find(|known| known.0 == entry.bearer) {
            Some(known) => known.1 += entry.amount_minor,
            None => owed.push((entry.bearer.clone(), entry.amount_minor)),
        }
    }
    owed.retain(|owed| owed.1 != 0);
    Ok(owed)
}
