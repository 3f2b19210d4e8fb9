//! What guns read.

use contract::warehouse::{CodeView, IDENTIFY, SCAN, ScanDoubt, ScanEffect, ScanMode, ScanRequest, ScannedView};
use operations::Call;
use operations::person::names::Names;
use operations::station::attribute::{Attributed, Doubt, attribute};
use operations::warehouse::identify::{Identified, look_up, seen};
use operations::warehouse::scan::{self, Followed, Scan};

use super::view;
use crate::answer::{Reply, changed, ok};
use crate::doc::Doc;
use crate::error::Failure;
use crate::extract::{Caller, Id, Json, Key};
use crate::registry::Area;
use crate::state::{Server, State};

pub(super) fn routes(area: &mut Area<'_>) {
    area.add(&SCAN, Doc::view::<ScannedView>(200).body::<ScanRequest>(), record);
    area.add(&IDENTIFY, Doc::view::<CodeView>(200), identify);
}

async fn record(server: Server, caller: Caller, key: Key, wanted: Json<ScanRequest>) -> Reply {
    let Json(wanted) = wanted;
    let made_by = made_by(&server, &caller, &wanted)?;
    let command = Scan {
        sent_by: made_by.sent_by,
        doubt: made_by.doubt,
        client_key: wanted.client_key,
        device: wanted.device,
        shift: wanted.shift,
        warehouse: wanted.warehouse,
        mode: match wanted.mode {
            ScanMode::Dock => scan::ScanMode::Dock,
            ScanMode::Bench => scan::ScanMode::Bench,
            ScanMode::LookUp => scan::ScanMode::LookUp,
        },
        raw: wanted.raw,
        quantity: wanted.quantity,
        parcel: wanted.parcel,
        scanned_at: wanted.scanned_at,
    };
    let call = Call { actor: made_by.actor, ..caller.call("scan.record", &key) };
    let answer = server.app.run(call, move |tx, ctx| scan::scan(tx, ctx, &command)).await?;
    let scanned = answer.value.clone();
    let identified = server.app.read(|conn| seen(conn, caller.actor(), scanned.identified))?;
    let names = server.app.read(|conn| Names::read(conn, scanned.operator))?;
    let view = ScannedView {
        scan: scanned.scan,
        code: code(identified),
        effect: effect(scanned.followed),
        operator: scanned.operator.map(|id| view::person(id, &names)),
        doubt: scanned.doubt.map(doubt),
    };
    changed(&answer, &view)
}

// The scan names its shift itself; its time is the station's.
fn made_by(server: &State, caller: &Caller, wanted: &ScanRequest) -> Result<Attributed, Failure> {
    if let (Some(found), true) = (&caller.made_by, wanted.shift.is_empty()) {
        return Ok(found.clone());
    }
    let (app, sender) = (&server.app, &caller.signed_in.actor);
    let times = (Some(wanted.scanned_at), app.now());
    Ok(app.read(|conn| attribute(conn, &app.definitions(), sender, &wanted.shift, times))?)
}

fn doubt(doubt: Doubt) -> ScanDoubt {
    match doubt {
        Doubt::ForeignShift => ScanDoubt::ForeignShift,
        Doubt::OutsideShift => ScanDoubt::OutsideShift,
        Doubt::ClockAhead => ScanDoubt::ClockAhead,
    }
}

async fn identify(server: Server, caller: Caller, Id(raw): Id<String>) -> Reply {
    ok(&code(server.app.read(|conn| look_up(conn, caller.actor(), &raw))?))
}

fn code(identified: Identified) -> CodeView {
    match identified {
        Identified::Parcel { parcel, cases } => CodeView::Parcel { parcel, cases },
        Identified::Shipment { orders, cases } => CodeView::Shipment { orders, cases },
        Identified::Outbound { cases } => CodeView::Outbound { cases },
        Identified::UnitGroup { unit_group, rma, parcel } => CodeView::UnitGroup { unit_group, rma, parcel },
        Identified::Case { rma } => CodeView::Case { rma },
        Identified::Order { orders, cases } => CodeView::Order { orders, cases },
        Identified::Sku { sku, code, name, quantity } => CodeView::Sku { sku, code, name, quantity },
        Identified::Serial { serial, sku } => CodeView::Serial { serial, sku },
        Identified::Nothing => CodeView::Nothing,
    }
}

fn effect(followed: Followed) -> ScanEffect {
    match followed {
        Followed::Signed { signed } => ScanEffect::Signed { signed: view::signed(signed) },
        Followed::Opened { parcel } => ScanEffect::Opened { parcel },
        Followed::Counted { counted } => ScanEffect::Counted { counted: view::counted(counted) },
        Followed::Shown => ScanEffect::Shown,
        Followed::Conflict { code, message, help } => ScanEffect::Conflict { code, message, help },
    }
}
