//! Parcels and goods into views: names put to ids.

use contract::rma::PersonName;
use contract::station::ParcelPhoto;
use contract::warehouse::{
    CarrierName, CountedView, DispositionView, GoodsLineView, GoodsSku, GoodsView, GradeBrief, GroupView,
    InspectionView, MoveView, ParcelCase, ParcelOnBench, ParcelView, SignedAs, SignedView,
};
use domain::{CarrierId, PersonId, Plated};
use operations::definitions::Definitions;
use operations::person::names::Names;
use operations::warehouse::count::Counted;
use operations::warehouse::read;
use operations::warehouse::sign;

/// A carrier by its id.
pub(crate) fn carrier(id: Option<CarrierId>, definitions: &Definitions) -> Option<CarrierName> {
    let known = definitions.masters.carriers().iter().find(|row| Some(row.id) == id);
    known.map(|row| CarrierName { id: row.id, name: row.name.clone() })
}

/// A person by their id.
pub(crate) fn person(id: PersonId, names: &Names) -> PersonName {
    PersonName { id, name: names.of(id) }
}

pub(super) fn parcel(found: read::ParcelInList, definitions: &Definitions) -> ParcelView {
    let read::ParcelInList { parcel, cases, photo: first, names, clock } = found;
    let case = |case: read::ParcelCase| ParcelCase {
        rma: case.rma_id,
        number: case.number,
        state: case.state,
        shop: case.shop_id,
    };
    ParcelView {
        id: parcel.id,
        waybill: parcel.waybill,
        carrier: carrier(parcel.carrier_id, definitions),
        warehouse: parcel.warehouse_id,
        direction: parcel.direction,
        state: parcel.state,
        announced_at: parcel.announced_at,
        signed_at: parcel.signed_at,
        signed_by: parcel.signed_by.map(|id| person(id, &names)),
        opened_at: parcel.opened_at,
        opened_by: parcel.opened_by.map(|id| person(id, &names)),
        due_at: clock.due_at,
        warn_at: clock.warn_at,
        owner: parcel.owner_id.map(|id| person(id, &names)),
        next_follow_up_at: parcel.next_follow_up_at,
        weight_grams: parcel.weight_grams,
        note: parcel.note,
        plate: Plated::Parcel(parcel.id).plate(),
        phone_tail: parcel.phone_tail,
        damaged: parcel.damaged,
        parked_at: parcel.parked_at,
        photo: first.map(photo),
        reused: parcel.reused,
        cases: cases.into_iter().map(case).collect(),
    }
}

pub(super) fn on_bench(found: read::ParcelOnBench, definitions: &Definitions) -> ParcelOnBench {
    ParcelOnBench {
        parcel: parcel(found.parcel, definitions),
        photos: found.photos.into_iter().map(photo).collect(),
        cases: found.cases.into_iter().map(|case| goods(case, definitions)).collect(),
    }
}

fn photo(row: read::AttachmentRow) -> ParcelPhoto {
    ParcelPhoto { id: row.id, media_type: row.media_type, at: row.at }
}

pub(super) fn signed(signed: sign::Signed) -> SignedView {
    SignedView {
        parcel: signed.parcel,
        waybill: signed.waybill,
        signed_as: match signed.signed_as {
            sign::SignedAs::Known => SignedAs::Known,
            sign::SignedAs::OutboundBack => SignedAs::OutboundBack,
            sign::SignedAs::Unknown => SignedAs::Unknown,
            sign::SignedAs::SignedBefore => SignedAs::SignedBefore,
        },
        cases: signed.cases,
        conflict: signed.conflict,
    }
}

pub(super) fn counted(counted: Counted) -> CountedView {
    CountedView { unit_group: counted.unit_group, line: counted.line, rma: counted.rma }
}

pub(super) fn goods(found: read::CaseOnBench, definitions: &Definitions) -> GoodsView {
    let names = &found.names;
    GoodsView {
        rma: found.rma_id,
        number: found.number,
        shop: found.shop_id,
        state: found.state,
        lines: found.lines.into_iter().map(line).collect(),
        groups: found.groups.into_iter().map(|one| group(one, names, definitions)).collect(),
    }
}

fn line(line: read::LineOnBench) -> GoodsLineView {
    let expects = line.kind.expects_goods() && !line.undeclared;
    let sku = |sku: read::SkuOnBench| GoodsSku {
        id: sku.id,
        code: sku.code,
        name: sku.name,
        category: sku.category,
        has_serial: sku.has_serial,
        has_lot: sku.has_lot,
    };
    GoodsLineView {
        id: line.line,
        kind: line.kind,
        undeclared: line.undeclared,
        sku: line.sku.map(sku),
        approved: line.approved,
        received: line.received,
        waived: line.waived,
        awaited: if expects { (line.approved - line.received - line.waived).max(0) } else { 0 },
        accepted: line.accepted,
        refused: line.refused,
        dispositioned: line.dispositioned,
    }
}

fn group(found: read::GroupOnBench, names: &Names, definitions: &Definitions) -> GroupView {
    let group = found.group;
    let disposition = |row: read::DispositionRow| DispositionView {
        id: row.id,
        kind: row.kind,
        quantity: row.quantity,
        person: person(row.person_id, names),
        corrects: row.corrects_id,
        at: row.at,
    };
    GroupView {
        id: group.id,
        plate: Plated::Units(group.id).plate(),
        line: group.rma_line_id,
        parcel: group.parcel_id,
        warehouse: group.warehouse_id,
        quantity: group.quantity,
        reception: group.reception,
        serial: group.serial,
        lot: group.lot,
        expires_on: group.expires_on,
        swapped: group.swapped,
        counted_at: group.counted_at,
        inspection: found.inspection.map(|row| inspection(row, names, definitions)),
        dispositions: found.dispositions.into_iter().map(disposition).collect(),
    }
}

fn inspection(row: read::InspectionRow, names: &Names, definitions: &Definitions) -> InspectionView {
    let name = definitions.masters.grade(row.grade_id).map(|grade| grade.name.clone());
    InspectionView {
        id: row.id,
        grade: GradeBrief { id: row.grade_id, name: name.unwrap_or_default() },
        accepted: row.accepted,
        liability: row.liability,
        checklist: row.checklist,
        answers: serde_json::from_str(&row.answers).unwrap_or_default(),
        note: row.note,
        inspector: person(row.inspector_id, names),
        seconds_spent: row.seconds_spent,
        at: row.at,
    }
}

pub(super) fn moved(row: read::StockMoveRow) -> MoveView {
    MoveView {
        id: row.id,
        warehouse: row.warehouse_id,
        sku: row.sku_id,
        bucket: row.bucket,
        quantity: row.quantity,
        lot: row.lot,
        expires_on: row.expires_on,
        disposition: row.disposition_id,
        local_date: row.local_date,
        at: row.at,
    }
}
