//! Parcels nobody can place: parked with what is seen of them, and the cases they may belong to.

use contract::station::{PARK, ParkRequest, SUGGEST, SuggestionReason, SuggestionReasonKind, SuggestionView};
use contract::warehouse::ParcelOnBench;
use domain::ParcelId;
use operations::warehouse::park::{Park, park};
use operations::warehouse::suggest::{Reason, Sign, Suggestion, suggest};

use super::show;
use crate::answer::{Reply, ok};
use crate::doc::Doc;
use crate::extract::{Caller, Id, Json, Key};
use crate::registry::Area;
use crate::state::Server;

pub(crate) fn routes(area: &mut Area<'_>) {
    area.add(&PARK, Doc::view::<ParcelOnBench>(200).body::<ParkRequest>(), park_parcel);
    area.add(&SUGGEST, Doc::list::<SuggestionView>(), suggest_cases);
}

async fn park_parcel(server: Server, caller: Caller, key: Key, wanted: Json<ParkRequest>) -> Reply {
    let Json(wanted) = wanted;
    let command = Park {
        parcel: wanted.parcel,
        warehouse: wanted.warehouse,
        waybill: wanted.waybill,
        phone_tail: wanted.phone_tail,
        note: wanted.note,
        damaged: wanted.damaged,
        weight_grams: wanted.weight_grams,
        attachments: wanted.attachments,
        parked: wanted.parked,
        at: wanted.at,
    };
    let call = caller.call("parcel.park", &key);
    let answer = server.app.run(call, move |tx, ctx| park(tx, ctx, &command)).await?;
    show(&server, &caller, answer.value, &answer)
}

async fn suggest_cases(server: Server, caller: Caller, Id(id): Id<ParcelId>) -> Reply {
    let found = server.app.read(|conn| suggest(conn, caller.actor(), id))?;
    ok(&found.into_iter().map(suggestion).collect::<Vec<_>>())
}

fn suggestion(found: Suggestion) -> SuggestionView {
    SuggestionView {
        rma: found.rma,
        number: found.number,
        goods: found.goods,
        score: found.score,
        reasons: found.reasons.into_iter().map(reason).collect(),
    }
}

fn reason(found: Reason) -> SuggestionReason {
    let kind = match found.sign {
        Sign::Waybill => SuggestionReasonKind::Waybill,
        Sign::PhoneTail => SuggestionReasonKind::PhoneTail,
        Sign::Goods => SuggestionReasonKind::Goods,
    };
    SuggestionReason { kind, points: found.points, text: found.text }
}
