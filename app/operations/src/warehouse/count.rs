//! Counting: what came out of a parcel, line by line, into unit groups. Announced goods count towards their line; more,
//! or anything else, stands on a line of its own and is worth nothing until somebody says so (Q3).

mod undeclared;

use std::collections::BTreeMap;

use domain::state::{Bucket, Reception};
use domain::{
    EventKind, LocalDate, ParcelId, Permission, RmaId, RmaLineId, SkuId, Timestamp, UnitGroupId, WarehouseId,
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::Tx;
use store::parcel::ParcelRow;
use store::rma::RmaRow;
use store::rma_line::RmaLineRow;
use store::unit_group::UnitGroupRow;

use super::{serial, stock};
use crate::context::{Ctx, Place};
use crate::error::{Error, Refusal};
use crate::event::Event;
use crate::reach;

/// Most groups counted in one go.
pub const MAX_GROUPS: usize = 500;

/// Like units as counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CountedUnits {
    /// The case line: always for announced and missing goods; for others, the line they came instead of or beside.
    pub line: Option<RmaLineId>,
    /// The case, for goods without a line when the parcel belongs to several.
    pub rma: Option<RmaId>,
    /// The article, for goods without a line; absent when nobody knows it.
    pub sku: Option<SkuId>,
    /// Base units.
    pub quantity: i64,
    /// How they arrived.
    pub reception: Reception,
    /// The serial of the one unit.
    pub serial: Option<String>,
    /// The serial is not one that was shipped: another unit came back.
    pub swapped: bool,
    /// The lot.
    pub lot: Option<String>,
    /// Best before.
    pub expires_on: Option<LocalDate>,
}

/// Counts goods.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    /// The parcel they came in; none when somebody brought them.
    pub parcel: Option<ParcelId>,
    /// Where, when there is no parcel.
    pub warehouse: Option<WarehouseId>,
    /// What was counted.
    pub units: Vec<CountedUnits>,
    /// When; now unless the station was without network.
    pub at: Option<Timestamp>,
}

/// A group as counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counted {
    /// The group.
    pub unit_group: UnitGroupId,
    /// The line it stands on; a new one for undeclared goods.
    pub line: RmaLineId,
    /// Its case.
    pub rma: RmaId,
}

/// Where and when a count happens.
pub(crate) struct Bench {
    parcel: Option<ParcelRow>,
    warehouse: WarehouseId,
    at: Timestamp,
}

/// Counts goods into unit groups and puts them into 待检. Opens the parcel if nobody did.
///
/// # Errors
/// `NotFound`, `Forbidden`; `Invalid` for quantities, serials and times; `Conflict` with what remains when more is
/// counted than announced, when the parcel is not signed, not of that case, or the case is not under way.
pub fn count(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &Count) -> Result<Vec<Counted>, Error> {
    if cmd.units.is_empty() || cmd.units.len() > MAX_GROUPS {
        let refusal = Refusal::new(
            "nothing_counted",
            format!("一次清点 1 到 {MAX_GROUPS} 组商品"),
            format!("between 1 and {MAX_GROUPS} groups are counted in one go"),
        );
        return Err(Error::invalid(refusal.at("units")));
    }
    let bench = bench(tx, ctx, cmd)?;
    if let Some(parcel) = &bench.parcel {
        super::open::open_signed(tx, ctx, parcel, bench.at)?;
    }
    let mut counted = Vec::with_capacity(cmd.units.len());
    let mut cases: BTreeMap<RmaId, Vec<serde_json::Value>> = BTreeMap::new();
    for (index, units) in cmd.units.iter().enumerate() {
        let field = format!("units[{index}]");
        let (rma, line) = target(tx, ctx, &bench, units, &field)?;
        let group = count_one(tx, ctx, &bench, &rma, line, units, &field)?;
        counted.push(Counted { unit_group: group.id, line: group.rma_line_id, rma: rma.id });
        cases.entry(rma.id).or_default().push(json!({
            "unit_group": group.id, "line": group.rma_line_id, "quantity": group.quantity,
            "reception": group.reception,
        }));
    }
    for (id, groups) in cases {
        let rma = store::rma::find(tx, id)?.ok_or(Error::NotFound("rma"))?;
        let event = Event::new(EventKind::GoodsCounted)
            .rma(id)
            .about("parcel", cmd.parcel.map_or(0, ParcelId::get))
            .at(Some(rma.shop_id), Some(bench.warehouse))
            .with(json!({ "groups": groups }));
        ctx.record(event);
    }
    Ok(counted)
}

fn bench(tx: &Tx<'_>, ctx: &Ctx<'_>, cmd: &Count) -> Result<Bench, Error> {
    let at = super::happened_at(ctx, cmd.at, "at")?;
    let Some(id) = cmd.parcel else {
        let Some(warehouse) = cmd.warehouse else {
            let refusal = Refusal::new("parcel_needed", "请选择包裹或仓库", "name the parcel or the warehouse");
            return Err(Error::invalid(refusal.at("parcel")));
        };
        reach::place(ctx, Permission::ParcelReceive, Place { shop: None, warehouse: Some(warehouse) }, "warehouse")?;
        if ctx.definitions.masters.warehouse(warehouse).is_none() {
            return Err(Error::NotFound("warehouse"));
        }
        return Ok(Bench { parcel: None, warehouse, at });
    };
    let parcel = super::parcel(tx, ctx, id, Permission::ParcelReceive, cmd.warehouse)?;
    // Counting opens the parcel, and the schema opens none that is not signed.
    let Some(warehouse) = parcel.warehouse_id else {
        return Err(Error::conflict(Refusal::new("sign_first", "请先签收包裹", "sign the parcel first")));
    };
    let at = parcel.signed_at.map_or(at, |signed| signed.max(at));
    Ok(Bench { parcel: Some(parcel), warehouse, at })
}

// A1: the line belongs to a case that the parcel belongs to, and the actor may receive goods of that case's shop.
fn target(
    tx: &Tx<'_>,
    ctx: &Ctx<'_>,
    bench: &Bench,
    units: &CountedUnits,
    field: &str,
) -> Result<(RmaRow, Option<RmaLineRow>), Error> {
    let line = match units.line {
        Some(id) => Some(store::rma_line::find(tx, id)?.ok_or(Error::NotFound("rma_line"))?),
        None => None,
    };
    let linked = match &bench.parcel {
        Some(parcel) => Some(store::parcel::cases(tx, parcel.id)?),
        None => None,
    };
    let only = linked.as_ref().and_then(|cases| match cases.as_slice() {
        [only] => Some(only.rma_id),
        _ => None,
    });
    let Some(id) = line.as_ref().map(|line| line.rma_id).or(units.rma).or(only) else {
        let refusal = Refusal::new("case_needed", "请选择商品所属的退换单", "name the case these goods belong to");
        return Err(Error::invalid(refusal.at(format!("{field}.rma"))));
    };
    let rma = reach::goods(tx, ctx, id, Permission::ParcelReceive, bench.warehouse)?;
    if linked.is_some_and(|cases| cases.iter().all(|case| case.rma_id != id)) {
        let refusal = Refusal::new(
            "parcel_of_another_case",
            format!("该包裹不属于 {}", rma.number),
            format!("this parcel does not belong to {}", rma.number),
        )
        .help("请先把包裹归入这张单", "match the parcel to that case first");
        return Err(Error::conflict(refusal.at(field)));
    }
    reach::under_way(&rma)?;
    received_in_order(tx, bench, &rma)?;
    Ok((rma, line))
}

// G3: goods are received after they left the merchant and after their return was filed.
fn received_in_order(tx: &Tx<'_>, bench: &Bench, rma: &RmaRow) -> Result<(), Error> {
    let early = match store::parcel::first_dispatch(tx, rma.id)? {
        Some(dispatched) if bench.at < dispatched => Some(("received_before_dispatch", "发货", "dispatch")),
        _ if bench.at < rma.filed_at => Some(("received_before_filing", "申请", "filing")),
        _ => None,
    };
    let Some((code, zh, en)) = early else { return Ok(()) };
    let refusal =
        Refusal::new(code, format!("收货时间不能早于{zh}时间"), format!("goods cannot be received before their {en}"))
            .help("请检查设备时钟", "check the station's clock");
    Err(Error::invalid(refusal.at("at")))
}

fn count_one(
    tx: &Tx<'_>,
    ctx: &Ctx<'_>,
    bench: &Bench,
    rma: &RmaRow,
    line: Option<RmaLineRow>,
    units: &CountedUnits,
    field: &str,
) -> Result<UnitGroupRow, Error> {
    let quantity = super::quantity(units.quantity, &format!("{field}.quantity"))?;
    let line = match (units.reception, line) {
        (Reception::AsAnnounced | Reception::Missing, Some(line)) => {
            undeclared::expects(&line, quantity, units.reception, field)?;
            line
        }
        (Reception::AsAnnounced | Reception::Missing, None) => {
            let refusal =
                Refusal::new("line_needed", "请选择对应的申请商品", "name the line these goods were announced on");
            return Err(Error::invalid(refusal.at(format!("{field}.line"))));
        }
        (Reception::Undeclared | Reception::WrongItem, beside) => {
            undeclared::line(tx, ctx, rma, beside.as_ref(), units, quantity)?
        }
    };
    let group = group(tx, ctx, bench, &line, units, quantity, field)?;
    store::unit_group::insert(tx, &group)?;
    if units.reception == Reception::AsAnnounced {
        store::rma_line::add_received(tx, line.id, quantity)?;
    }
    if units.reception != Reception::Missing {
        stock::shift(tx, ctx, rma, &group, Bucket::Pending, quantity, None)?;
    }
    Ok(group)
}

fn group(
    tx: &Tx<'_>,
    ctx: &Ctx<'_>,
    bench: &Bench,
    line: &RmaLineRow,
    units: &CountedUnits,
    quantity: i64,
    field: &str,
) -> Result<UnitGroupRow, Error> {
    let sku_id = if line.undeclared { units.sku.or(line.sku_id) } else { line.sku_id };
    let sku = match sku_id {
        Some(id) => Some(store::sku::find(tx, id)?.ok_or(Error::NotFound("sku"))?),
        None => None,
    };
    let is_here = units.reception != Reception::Missing;
    let (serial, swapped) = match &units.serial {
        Some(text) if is_here => {
            let serial = serial::code(text, &format!("{field}.serial"))?;
            let order_line = line.order_line_id.filter(|_| !line.undeclared);
            let swapped = serial::check(tx, &serial, order_line, units.swapped, &format!("{field}.serial"))?;
            (Some(serial), swapped)
        }
        _ if is_here && sku.as_ref().is_some_and(|sku| sku.has_serial) => {
            let refusal = Refusal::new("serial_needed", "该商品需要登记序列号", "this article is counted by serial");
            return Err(Error::invalid(refusal.at(format!("{field}.serial"))));
        }
        _ => (None, units.swapped && is_here),
    };
    let lot = units.lot.as_deref().map(|text| serial::code(text, &format!("{field}.lot"))).transpose()?;
    let done = (!is_here).then_some(bench.at);
    Ok(UnitGroupRow {
        id: UnitGroupId::from_raw(ctx.id()),
        rma_id: line.rma_id,
        rma_line_id: line.id,
        parcel_id: bench.parcel.as_ref().map(|parcel| parcel.id),
        warehouse_id: bench.warehouse,
        sku_id,
        quantity,
        reception: units.reception,
        serial,
        lot,
        expires_on: units.expires_on,
        swapped,
        grade_id: None,
        liability: None,
        inspected_at: done,
        dispositioned_at: done,
        counted_at: bench.at,
        version: 1,
    })
}
