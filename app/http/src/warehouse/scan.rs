//! What guns read.

use contract::warehouse::{CodeView, IDENTIFY, SCAN, ScanEffect, ScanMode, ScanRequest, ScannedView};
use operations::warehouse::identify::{Identified, look_up, seen};
use operations::warehouse::scan::{self, Followed, Scan};

use super::view;
use crate::answer::{Reply, changed, ok};
use crate::doc::Doc;
use crate::extract::{Caller, Id, Json, Key};
use crate::registry::Area;
use crate::state::Server;

pub(super) fn routes(area: &mut Area<'_>) {
    area.add(&SCAN, Doc::view::<ScannedView>(200).body::<ScanRequest>(), record);
    area.add(&IDENTIFY, Doc::view::<CodeView>(200), identify);
}

async fn record(server: Server, caller: Caller, key: Key, wanted: Json<ScanRequest>) -> Reply {
    let Json(wanted) = wanted;
    let command = Scan {
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
    let call = caller.call("scan.record", &key);
    let answer = server.app.run(call, move |tx, ctx| scan::scan(tx, ctx, &command)).await?;
    let scanned = answer.value.clone();
    let identified = server.app.read(|conn| seen(conn, caller.actor(), scanned.identified))?;
    let view = ScannedView { scan: scanned.scan, code: code(identified), effect: effect(scanned.followed) };
    changed(&answer, &view)
}

async fn identify(server: Server, caller: Caller, Id(raw): Id<String>) -> Reply {
    ok(&code(server.app.read(|conn| look_up(conn, caller.actor(), &raw))?))
}

fn code(identified: Identified) -> CodeView {
    match identified {
        Identified::Parcel { parcel, cases } => CodeView::Parcel { parcel, cases },
        Identified::Shipment { orders } => CodeView::Shipment { orders },
        Identified::Case { rma } => CodeView::Case { rma },
        Identified::Order { orders } => CodeView::Order { orders },
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
