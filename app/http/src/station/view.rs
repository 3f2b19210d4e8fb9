//! Stations, shifts and sheets into views.

use contract::rma::PersonName;
use contract::station::{HandOverCounts, HandOverView, LeftParcel, ShiftView, StationView, StationWarehouse};
use domain::HandOverId;
use operations::definitions::Definitions;
use operations::person::names::Names;
use operations::station::read::{ShiftRow, Station};
use operations::station::sheet::{Left, Named, Sheet};

pub(super) fn station(station: &Station, definitions: &Definitions) -> StationView {
    let row = &station.row;
    let warehouse = row.warehouse_id.and_then(|id| definitions.masters.warehouse(id));
    let operator = station.shift.as_ref().map(|shift| shift.person_id);
    StationView {
        id: row.id,
        name: row.name.clone(),
        warehouse: warehouse.map(|warehouse| StationWarehouse {
            id: warehouse.id,
            code: warehouse.code.clone(),
            title: warehouse.name.clone(),
        }),
        settings: serde_json::from_str(&row.settings).unwrap_or_default(),
        enrolled_at: row.enrolled_at,
        active: row.active,
        operator: operator.map(|id| PersonName { id, name: station.names.of(id) }),
        version: row.version,
    }
}

pub(super) fn shift(row: &ShiftRow, names: &Names) -> Option<ShiftView> {
    let operator = PersonName { id: row.person_id, name: names.of(row.person_id) };
    Some(ShiftView { id: row.id, operator, started_at: row.started_at })
}

fn named(person: Named) -> PersonName {
    PersonName { id: person.id, name: person.name }
}

fn left(parcel: Left) -> LeftParcel {
    LeftParcel {
        parcel: parcel.parcel,
        waybill: parcel.waybill,
        since: parcel.since,
        cases: parcel.cases,
        parked: parcel.parked,
    }
}

pub(super) fn sheet(id: Option<HandOverId>, sheet: Sheet) -> HandOverView {
    let done = sheet.done;
    HandOverView {
        id,
        station: sheet.station,
        station_name: sheet.station_name,
        warehouse: sheet.warehouse,
        from: named(sheet.from),
        to: sheet.to.map(named),
        since: sheet.since,
        at: sheet.at,
        operators: sheet.operators.into_iter().map(named).collect(),
        counts: HandOverCounts {
            scans: done.scans,
            signed: done.signed,
            opened: done.opened,
            units_counted: done.units_counted,
            units_inspected: done.units_inspected,
            units_dispositioned: done.units_dispositioned,
            parked: done.parked,
            conflicts: done.conflicts,
        },
        unopened: sheet.unopened,
        unopened_parcels: sheet.unopened_parcels.into_iter().map(left).collect(),
        unfinished: sheet.unfinished,
        unfinished_parcels: sheet.unfinished_parcels.into_iter().map(left).collect(),
        pending_uploads: sheet.pending_uploads,
        note: sheet.note,
    }
}
