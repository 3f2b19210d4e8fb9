//! What the warehouse sees: parcels, what is expected in them, what was counted. No price stands in any of it.

use domain::state::CaseState;
use domain::{Currency, LineKind, ParcelId, Permission, RmaId, RmaLineId, ShopId, SkuId, UnitGroupId};
use store::Conn;
pub use store::attachment::AttachmentRow;
use store::case_work::CaseWork;
pub use store::disposition::DispositionRow;
pub use store::inspection::InspectionRow;
pub use store::parcel::{ParcelCase, ParcelFilter, ParcelRow};
use store::rma::RmaRow;
use store::scope::RowScope;
pub use store::stock_move::StockMoveRow;
pub use store::unit_group::UnitGroupRow;

use crate::actor::Actor;
use crate::definitions::Definitions;
use crate::error::Error;
use crate::gate;
use crate::person::names::Names;
use crate::timer::watch::{self, Watched};

/// Who sees parcels.
pub(super) const SEE_PARCELS: [Permission; 2] = [Permission::ParcelSign, Permission::ParcelReceive];
/// Who sees what is counted of a case.
pub(super) const SEE_GOODS: [Permission; 5] =
    [Permission::RmaView, Permission::ParcelSign, Permission::ParcelReceive, Permission::Inspect, Permission::Dispose];

/// A parcel as a list shows it.
#[derive(Clone, Debug)]
pub struct ParcelInList {
    /// The parcel.
    pub parcel: ParcelRow,
    /// The cases it belongs to, of shops that the reader reaches.
    pub cases: Vec<ParcelCase>,
    /// The first photo of a parked one.
    pub photo: Option<AttachmentRow>,
    /// Who signed, opened and looks after it.
    pub names: Names,
    /// By when it should be opened.
    pub clock: Watched,
}

/// A parcel on the bench.
#[derive(Clone, Debug)]
pub struct ParcelOnBench {
    /// The parcel.
    pub parcel: ParcelInList,
    /// Photos taken of it.
    pub photos: Vec<AttachmentRow>,
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
    /// Whose.
    pub shop_id: ShopId,
    /// Its inner state.
    pub state: CaseState,
    /// What it waits for and has.
    pub lines: Vec<LineOnBench>,
    /// What was counted.
    pub groups: Vec<GroupOnBench>,
    /// Who inspected and disposed.
    pub names: Names,
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
    let scope = gate::rows_any(actor, &SEE_PARCELS);
    let rows = store::parcel::page(conn, &scope, filter, limit)?;
    rows.into_iter().map(|parcel| in_list(conn, &scope, parcel)).collect()
}

fn in_list(conn: &Conn, scope: &RowScope, parcel: ParcelRow) -> Result<ParcelInList, Error> {
    let mut cases = store::parcel::cases(conn, parcel.id)?;
    cases.retain(|case| scope.touches(Some(case.shop_id), parcel.warehouse_id));
    let people = [parcel.signed_by, parcel.opened_by, parcel.owner_id];
    let names = Names::read(conn, people.into_iter().flatten())?;
    let photos = if parcel.parked_at.is_some() { store::attachment::of_parcel(conn, parcel.id)? } else { Vec::new() };
    let clock = watch::of_parcel(conn, &parcel)?;
    Ok(ParcelInList { parcel, cases, photo: photos.into_iter().next(), names, clock })
}

/// A parcel with its cases, what they wait for and what was counted. Cases of shops the actor does not reach are left
/// out.
///
/// # Errors
/// `NotFound`, the store's.
pub fn parcel(conn: &Conn, actor: &Actor, id: ParcelId) -> Result<ParcelOnBench, Error> {
    let parcel = store::parcel::find(conn, id)?.ok_or(Error::NotFound("parcel"))?;
    let scope = gate::rows_any(actor, &SEE_PARCELS);
    let parcel = in_list(conn, &scope, parcel)?;
    // A parcel without a case has no shop: whoever works with parcels at its warehouse sees it.
    let belongs_nowhere = store::parcel::cases(conn, id)?.is_empty();
    if parcel.cases.is_empty() && !(belongs_nowhere && scope.touches(None, parcel.parcel.warehouse_id)) {
        return Err(Error::NotFound("parcel"));
    }
    let cases = parcel.cases.iter().map(|case| case_on_bench(conn, case.rma_id)).collect::<Result<_, _>>()?;
    let photos = store::attachment::of_parcel(conn, id)?;
    Ok(ParcelOnBench { parcel, photos, cases })
}

/// The goods of a case.
///
/// # Errors
/// `NotFound`, the store's.
pub fn goods(conn: &Conn, actor: &Actor, id: RmaId) -> Result<CaseOnBench, Error> {
    seen(conn, actor, id)?;
    case_on_bench(conn, id)
}

fn seen(conn: &Conn, actor: &Actor, id: RmaId) -> Result<RmaRow, Error> {
    let rma = store::rma::find(conn, id)?.ok_or(Error::NotFound("rma"))?;
    let may = |warehouse| SEE_GOODS.iter().any(|permission| actor.may(*permission, Some(rma.shop_id), warehouse));
    // Goods are seen where they lie, too: a parcel may arrive at another warehouse than the case's.
    let lies_where_seen = || -> Result<bool, Error> {
        Ok(store::unit_group::of_rma(conn, id)?.iter().any(|group| may(Some(group.warehouse_id))))
    };
    if may(rma.warehouse_id) || lies_where_seen()? { Ok(rma) } else { Err(Error::NotFound("rma")) }
}

/// The currency of a group's case for a reader who sees what things cost; `None` for others.
///
/// # Errors
/// `NotFound`, the store's.
pub fn priced(
    conn: &Conn,
    definitions: &Definitions,
    actor: &Actor,
    group: UnitGroupId,
) -> Result<Option<Currency>, Error> {
    let group = store::unit_group::find(conn, group)?.ok_or(Error::NotFound("unit_group"))?;
    let rma = store::rma::find(conn, group.rma_id)?.ok_or(Error::NotFound("rma"))?;
    Ok(crate::rma::view::sees_prices(definitions, actor, &rma).then_some(rma.currency))
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
/// `NotFound`, the store's.
pub fn moves(conn: &Conn, actor: &Actor, group: UnitGroupId) -> Result<Vec<StockMoveRow>, Error> {
    let found = store::unit_group::find(conn, group)?.ok_or(Error::NotFound("unit_group"))?;
    seen(conn, actor, found.rma_id).map_err(|_| Error::NotFound("unit_group"))?;
    Ok(store::stock_move::of_group(conn, group)?)
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
    let groups = groups(conn, id)?;
    let inspectors = groups.iter().filter_map(|group| group.inspection.as_ref()).map(|one| one.inspector_id);
    let disposers = groups.iter().flat_map(|group| &group.dispositions).map(|one| one.person_id);
    let names = Names::read(conn, inspectors.chain(disposers))?;
    Ok(CaseOnBench { rma_id: id, number: rma.number, shop_id: rma.shop_id, state: rma.state, lines, groups, names })
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
