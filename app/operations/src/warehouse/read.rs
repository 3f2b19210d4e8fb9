//! What the warehouse sees: parcels, what is expected in them, what was counted. No price stands in any of it.

use domain::state::{CaseState, ParcelState};
use domain::{LineKind, ParcelId, Permission, RmaId, RmaLineId, SkuId, UnitGroupId, WarehouseId};
use store::Conn;
use store::case_work::CaseWork;
pub use store::disposition::DispositionRow;
pub use store::inspection::InspectionRow;
pub use store::parcel::{ParcelFilter, ParcelRow};
pub use store::stock_move::StockMoveRow;
pub use store::unit_group::UnitGroupRow;

use crate::actor::Actor;
use crate::error::Error;
use crate::gate;

/// A parcel as a list shows it.
#[derive(Clone, Debug)]
pub struct ParcelInList {
    /// The parcel.
    pub parcel: ParcelRow,
    /// The cases it belongs to.
    pub cases: Vec<store::parcel::ParcelCase>,
}

/// A parcel on the bench.
#[derive(Clone, Debug)]
pub struct ParcelOnBench {
    /// The parcel.
    pub parcel: ParcelRow,
    /// Its cases with what they wait for.
    pub cases: Vec<CaseOnBench>,
}

/// A case on the bench.
#[derive(Clone, Debug)]
pub struct CaseOnBench {
    /// The case.
    pub rma_id: RmaId,
    /// Its human number.
    pub number: String,
    /// Its inner state.
    pub state: CaseState,
    /// What it waits for and has.
    pub lines: Vec<LineOnBench>,
    /// What was counted.
    pub groups: Vec<GroupOnBench>,
}

/// A case line on the bench.
#[derive(Clone, Debug)]
pub struct LineOnBench {
    /// The line.
    pub line: RmaLineId,
    /// What it asks for.
    pub kind: LineKind,
    /// Whether it was found, not announced.
    pub undeclared: bool,
    /// The article.
    pub sku: Option<SkuOnBench>,
    /// Agreed to.
    pub approved: i64,
    /// Counted.
    pub received: i64,
    /// Written off.
    pub waived: i64,
    /// Accepted.
    pub accepted: i64,
    /// Refused.
    pub refused: i64,
    /// Disposed of.
    pub dispositioned: i64,
}

/// An article on the bench.
#[derive(Clone, Debug)]
pub struct SkuOnBench {
    /// Its id.
    pub id: SkuId,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its category: which checklist applies.
    pub category: String,
    /// Whether each unit has a serial.
    pub has_serial: bool,
    /// Whether units have a lot.
    pub has_lot: bool,
}

/// A unit group with what was decided on it.
#[derive(Clone, Debug)]
pub struct GroupOnBench {
    /// The group.
    pub group: UnitGroupRow,
    /// Its last inspection.
    pub inspection: Option<InspectionRow>,
    /// Its dispositions, oldest first; the last one is in force.
    pub dispositions: Vec<DispositionRow>,
}

/// A page of parcels the actor may see, newest first.
///
/// # Errors
/// The store's.
pub fn parcels(conn: &Conn, actor: &Actor, filter: &ParcelFilter, limit: u32) -> Result<Vec<ParcelInList>, Error> {
    let scope = gate::rows(actor, Permission::ParcelSign);
    let rows = store::parcel::page(conn, &scope, filter, limit)?;
    let with_cases = rows.into_iter().map(|parcel| {
        let cases = store::parcel::cases(conn, parcel.id)?;
        Ok(ParcelInList { parcel, cases })
    });
    with_cases.collect()
}

/// A parcel with its cases, what they wait for and what was counted. Cases of shops the actor does not reach are left
/// out.
///
/// # Errors
/// `NotFound`, the store's.
pub fn parcel(conn: &Conn, actor: &Actor, id: ParcelId) -> Result<ParcelOnBench, Error> {
    let parcel = store::parcel::find(conn, id)?.ok_or(Error::NotFound("parcel"))?;
    let scope = gate::rows(actor, Permission::ParcelSign);
    let mut cases = Vec::new();
    let linked = store::parcel::cases(conn, id)?;
    for case in &linked {
        if scope.admits(Some(case.shop_id), parcel.warehouse_id) {
            cases.push(case_on_bench(conn, case.rma_id)?);
        }
    }
    let seen = if linked.is_empty() { reaches(actor, parcel.warehouse_id) } else { !cases.is_empty() };
    if seen { Ok(ParcelOnBench { parcel, cases }) } else { Err(Error::NotFound("parcel")) }
}

/// The goods of a case.
///
/// # Errors
/// `NotFound`, the store's.
pub fn goods(conn: &Conn, actor: &Actor, id: RmaId) -> Result<CaseOnBench, Error> {
    let rma = store::rma::find(conn, id)?.ok_or(Error::NotFound("rma"))?;
    let sees = [Permission::RmaView, Permission::ParcelSign, Permission::ParcelReceive, Permission::Inspect];
    if sees.iter().any(|permission| actor.may(*permission, Some(rma.shop_id), rma.warehouse_id)) {
        return case_on_bench(conn, id);
    }
    Err(Error::NotFound("rma"))
}

/// The parcels of a case, oldest first: every waybill that was given stays.
///
/// # Errors
/// The store's.
pub fn parcels_of_case(conn: &Conn, id: RmaId) -> Result<Vec<ParcelRow>, Error> {
    Ok(store::parcel::of_rma(conn, id)?)
}

/// What is done and left on a case.
///
/// # Errors
/// The store's.
pub fn work(conn: &Conn, id: RmaId) -> Result<CaseWork, Error> {
    Ok(store::case_work::case_work(conn, id)?)
}

/// The stock moves of a group, oldest first.
///
/// # Errors
/// The store's.
pub fn moves(conn: &Conn, group: UnitGroupId) -> Result<Vec<StockMoveRow>, Error> {
    Ok(store::stock_move::of_group(conn, group)?)
}

/// Which parcels of a state a list asks for.
#[must_use]
pub fn filter(state: Option<ParcelState>, warehouse: Option<WarehouseId>, without_case: bool) -> ParcelFilter {
    ParcelFilter { state, warehouse, without_case, before: None }
}

// A parcel without a case has no shop: whoever signs at its warehouse sees it.
fn reaches(actor: &Actor, warehouse: Option<WarehouseId>) -> bool {
    match gate::rows(actor, Permission::ParcelSign) {
        store::scope::RowScope::All => true,
        store::scope::RowScope::Nothing => false,
        store::scope::RowScope::Places(places) => {
            places.iter().any(|place| place.warehouse.is_none() || warehouse.is_none() || place.warehouse == warehouse)
        }
    }
}

fn case_on_bench(conn: &Conn, id: RmaId) -> Result<CaseOnBench, Error> {
    let rma = store::rma::find(conn, id)?.ok_or(Error::NotFound("rma"))?;
    let mut lines = Vec::new();
    for line in store::rma_line::of_rma(conn, id)? {
        let sku = match line.sku_id {
            Some(sku) => store::sku::find(conn, sku)?.map(|sku| SkuOnBench {
                id: sku.id,
                code: sku.code,
                name: sku.name,
                category: sku.category,
                has_serial: sku.has_serial,
                has_lot: sku.has_lot,
            }),
            None => None,
        };
        lines.push(LineOnBench {
            line: line.id,
            kind: line.kind,
            undeclared: line.undeclared,
            sku,
            approved: line.approved,
            received: line.received,
            waived: line.waived,
            accepted: line.accepted,
            refused: line.refused,
            dispositioned: line.dispositioned,
        });
    }
    Ok(CaseOnBench { rma_id: id, number: rma.number, state: rma.state, lines, groups: groups(conn, id)? })
}

fn groups(conn: &Conn, id: RmaId) -> Result<Vec<GroupOnBench>, Error> {
    let dispositions = store::disposition::of_rma(conn, id)?;
    let groups = store::unit_group::of_rma(conn, id)?.into_iter().map(|group| {
        let inspection = store::inspection::last_of_group(conn, group.id)?;
        let mine = dispositions.iter().filter(|row| row.unit_group_id == group.id).cloned().collect();
        Ok(GroupOnBench { group, inspection, dispositions: mine })
    });
    groups.collect()
}
